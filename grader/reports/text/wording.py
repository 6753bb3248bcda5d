"""The words for answers, agreements and failures that every text of a report uses."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from grader.reports.report import CheckResult, Diagnosis, Outcome, Report, Shown

BARS = "▁▂▃▄▅▆▇█"  # a number each, from the least to the greatest


def agreed(answers: Iterable[Shown]) -> str:
    """Return the oracles' answer as text, one where they differ in the last digits alone."""
    distinct = dict.fromkeys(
        str(float(f"{answer:.10g}")) if isinstance(answer, float) else str(answer)
        for answer in answers
    )
    return " or ".join(distinct)


def prints(got: Shown) -> str:
    """Return the submission's answer with a verb: "prints 1.0", say."""
    text = str(got)
    verbs = ("raises", "did", "printed", "was", "gave", "no")
    return text if text.split(" ", maxsplit=1)[0] in verbs else f"prints {text}"


def agreement(report: Report) -> str:
    """Return the sentence on a submission that is all right: how many checks agree with whom."""
    engines = " and ".join(report.oracles).replace("reference", "the reference engine")
    count = len(report.checks)
    hidden = sum(check.visibility == "hidden" for check in report.checks)
    some = f" ({hidden} hidden)" if hidden and count > 1 else ""
    what = "1 hidden check" if hidden == count == 1 else "1 check"
    checks = f"{what} agrees" if count == 1 else f"{count} checks{some} agree"
    return f"{checks} with {engines} · {report.duration_s:.2f} s"


def walls(report: Report) -> str:
    """Return a note on the walls around the submission, "" for a student's own limits."""
    tier = report.isolation
    return "" if tier == "limits" else f"it ran behind walls of tier {tier}"


def diagnoses(check: CheckResult) -> tuple[Diagnosis, ...]:
    """Return the misconceptions that a check goes wrong by, none where they are unknown."""
    return (check.diagnosis, *check.further) if check.diagnosis else ()


class Failure(NamedTuple):
    """A check to tell of, or none, and the misconceptions to tell below it."""

    check: CheckResult | None
    diagnoses: tuple[Diagnosis, ...]


def failures(report: Report) -> Iterator[Failure]:
    """Yield the failures, each message and each misconception once.

    A single misconception comes at the end, by itself; several come below their own checks. What
    fails by a cause in the source that is told already says no more than that.
    """
    failed = [one for one in report.checks if one.outcome in (Outcome.FAILED, Outcome.BROKEN)]
    misconceptions = dict.fromkeys(one for check in failed for one in diagnoses(check))
    yielded: set[str | Diagnosis] = set()
    explained: set[tuple[Diagnosis, ...]] = set()
    for check in failed:
        causes = diagnoses(check)
        if causes in explained:
            yield Failure(_same_reason(check), ())
            continue
        if causes and all(one.where for one in causes):
            explained.add(causes)
        own = tuple(dict.fromkeys(diagnoses(check))) if len(misconceptions) > 1 else ()
        fresh = tuple(one for one in own if one not in yielded)
        if fresh or check.message not in yielded:
            yield Failure(check, fresh)
        yielded.update((check.message, *fresh))
    if len(misconceptions) == 1:
        yield Failure(None, tuple(misconceptions))


def _same_reason(check: CheckResult) -> CheckResult:
    """Return a check as it is told below another one that fails by the same cause."""
    says = f"{check.title}: fails for the same reason"
    return check._replace(message=says, counterexample=None, first_wrong_node=None)
