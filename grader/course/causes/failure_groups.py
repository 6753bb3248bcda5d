"""Groups of submissions that fail alike: the same engine, read without comments and spaces."""

import ast
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

from grader.course.batch.jobs import JobResult
from grader.engines.syntax import parse
from grader.grading.check_result import is_unexplained
from grader.reports.report import CheckResult, Report


class FailureGroup(NamedTuple):
    """Submissions that one search is enough for.

    Attributes:
        stamp: stands for the exercise, the engine and what it fails.
        exercise: its path.
        pattern: the checks that fail without a misconception that explains them.
        students: the keys of whoever handed it in; the first is searched.
    """

    stamp: str
    exercise: str
    pattern: tuple[str, ...]
    students: tuple[str, ...]


def failure_groups(
    outcomes: Mapping[str, JobResult], code: Callable[[str, str], str], same: str
) -> list[FailureGroup]:
    """Return the groups of a class, in the order in which they are worth a search.

    One of each pattern comes before the second of any, and what many handed in before what few did.

    Args:
        outcomes: by student.
        code: gives the text of a file that a student handed in, "" where there is none.
        same: stands for what is the same for all of them.
    """
    found: dict[str, FailureGroup] = {}
    for key, outcome in outcomes.items():
        for report in outcome.reports:
            pattern = tuple(one.id for one in report.checks if asks_for_cause(one))
            text = code(key, report.submission.name) if pattern else ""
            if text:
                stamp = _stamp(report, pattern, text, same)
                group = found.get(stamp) or FailureGroup(stamp, report.exercise, pattern, ())
                found[stamp] = group._replace(students=(*group.students, key))
    return list(_in_order(found.values()))


def asks_for_cause(result: CheckResult) -> bool:
    """Return whether a check fails openly, shows an example or a training, and nobody knows why."""
    is_shown = result.counterexample is not None or result.training is not None
    return is_shown and result.visibility == "public" and is_unexplained(result)


def _in_order(groups: Iterable[FailureGroup]) -> Iterable[FailureGroup]:
    before: Counter[tuple[str, tuple[str, ...]]] = Counter()
    ranked = []
    for group in sorted(groups, key=lambda one: (-len(one.students), one.stamp)):
        of_pattern = before[group.exercise, group.pattern]
        ranked.append((of_pattern, -len(group.students), group.stamp, group))
        before[group.exercise, group.pattern] += 1
    return [group for *_, group in sorted(ranked)]


def _stamp(report: Report, pattern: tuple[str, ...], text: str, same: str) -> str:
    parts = (same, report.exercise, *pattern, normalised(text))
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def normalised(text: str) -> str:
    """Return a source without comments and spaces; as it is where it cannot be parsed."""
    try:
        return ast.dump(parse(text))
    except (SyntaxError, ValueError, RecursionError):  # a notebook's magics, say
        return text
