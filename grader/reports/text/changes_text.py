"""The changes since the grading before, as text: the points, then a line a check."""

import textwrap
from collections.abc import Iterator

from grader.reports.changes import Changes, CheckChange
from grader.reports.report import Outcome
from grader.reports.text.terminal import MARKS, WIDTH, Style, as_text, number, paint

WORDS = {
    Outcome.PASSED: "right now",
    Outcome.FAILED: "now wrong",
    Outcome.SKIPPED: "not asked any more",
    Outcome.BROKEN: "cannot be told now",
}
AS_BEFORE = "wrong in another way"


def separator(left: str, style: Style) -> str:
    """Return a line across the screen that begins with `left`."""
    return as_text([paint(f"── {left} ".ljust(WIDTH, "─"), "dim", style)], style)


def render(changes: Changes, style: Style) -> str:
    """Return the changes as text, the points first."""
    return as_text(_lines(changes, style), style)


def _lines(changes: Changes, style: Style) -> Iterator[str]:
    most = number(changes.most)
    if changes.nothing:
        yield f"  nothing changed: {number(changes.now)} of {most} points"
        return
    if changes.before == changes.now:
        yield f"  {number(changes.now)} of {most} points, as before"
    else:
        yield f"  points {number(changes.before)} → {number(changes.now)} of {most}"
    several = len({change.exercise for change in changes.checks}) > 1
    for change in changes.checks:
        yield from _change_lines(change, style, several)
    if changes.notes:
        yield " " * 9 + "other notes than before"
    yield ""


def _change_lines(change: CheckChange, style: Style, several: bool) -> Iterator[str]:
    mark, colour = MARKS[change.now]
    points = f"{change.points:+g}" if change.points else ""
    name = f"{change.exercise.partition('/')[2]}: " if several else ""
    verb = AS_BEFORE if change.before is change.now else WORDS[change.now]
    sentence = f"{verb}: {name}{change.title}"
    first, *rest = textwrap.wrap(sentence, WIDTH - 10)
    yield f"  {points:>4} {paint(mark, colour, style)} {first}"
    yield from (" " * 9 + line for line in rest)
