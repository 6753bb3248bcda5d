"""Each check of a report by itself, as vendors list them: a name, words, and its exercise."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from grader.reports.report import CheckResult, Outcome, Report, TrackReport
from grader.reports.text.terminal import Style, explanation


class ListedCheck(NamedTuple):
    """A check of a report.

    Attributes:
        report: of its exercise.
        check: how it came out.
        name: its title, after its exercise where there are several; no other has it.
        number: its exercise's and its own: "ex9.2".
    """

    report: Report
    check: CheckResult
    name: str
    number: str


def reports_of(report: Report | TrackReport) -> tuple[Report, ...]:
    """Return the exercises' reports: one, or those of a track."""
    return (report,) if isinstance(report, Report) else report.reports


def each(report: Report | TrackReport) -> Iterator[ListedCheck]:
    """Yield every check, exercise after exercise."""
    reports = reports_of(report)
    numbered_checks = [
        (one, *numbered) for one in reports for numbered in enumerate(one.checks, start=1)
    ]
    names = distinct(
        check.title if len(reports) == 1 else f"{short(one)}: {check.title}"
        for one, _, check in numbered_checks
    )
    for (one, number, check), name in zip(numbered_checks, names, strict=True):
        yield ListedCheck(one, check, name, f"{short(one)}.{number}")


def short(report: Report) -> str:
    """Return the exercise's name without its track's."""
    return report.exercise.rpartition("/")[2]


def distinct(names: Iterable[str]) -> list[str]:
    """Return names of which those that were there before get a number."""
    used: dict[str, None] = {}
    for name in names:
        free, count = name, 1
        while free in used:
            count += 1
            free = f"{name} ({count})"
        used[free] = None
    return list(used)


def words(check: CheckResult, *, hints: bool) -> str:
    """Return the explanation of a check as plain text, "" for one that passed."""
    return "" if check.outcome is Outcome.PASSED else explanation(check, Style(hints=hints))


def points(result: Report | TrackReport | CheckResult) -> str:
    """Return the points as people write them: "1.5 of 2 points"."""
    return f"{result.score:g} of {result.max_score:g} points"
