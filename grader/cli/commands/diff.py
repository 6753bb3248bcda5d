"""`grade diff OUT1 OUT2`: what another grading of a course would change, before anyone sees it."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from grader.cli.errors import SUCCESS, TO_FIX
from grader.course.batch.diff import Differences, MarkChange, differences
from grader.course.marks import marks_in
from grader.engines.text import visible
from grader.reports.report_json import plain

SCHEMA = "grade/diff/1"


@click.command
@click.argument("before", metavar="OUT1", type=click.Path(exists=True))
@click.argument("after", metavar="OUT2", type=click.Path(exists=True))
@click.option("-f", "--format", "of_format", type=click.Choice(["text", "json"]), default="text")
def diff(before: str, after: str, of_format: str) -> int:
    """Say what is different in another grading of a course.

    OUT1 and OUT2 are folders that `grade batch` has written. Exit status 1 where a score or a check
    is different.
    """
    difference = differences(marks_in(Path(before)), marks_in(Path(after)))
    if of_format == "json":
        click.echo(
            json.dumps({"schema": SCHEMA, **plain(difference)}, ensure_ascii=False, indent=2)
        )
    else:
        click.echo("\n".join(map(visible, as_lines(difference))))
    return TO_FIX if difference.changes or difference.gone or difference.new else SUCCESS


def as_lines(difference: Differences) -> Iterator[str]:
    """Yield a line for each change, and what all of them come to."""
    yield from map(_line, difference.changes)
    yield from (f"{who}: only in the first" for who in difference.gone)
    yield from (f"{who}: only in the second" for who in difference.new)
    scores = [one for one in difference.changes if one.before != one.after]
    more = sum((one.after or 0.0) > (one.before or 0.0) for one in scores)
    less = len(scores) - more
    yield f"{len(scores)} of {difference.compared} scores change: {more} up, {less} down"


def _line(one: MarkChange) -> str:
    name = one.exercise.rpartition("/")[2]
    checks = ", ".join(
        f"{check} {before or 'new'} → {after or 'gone'}" for check, before, after in one.checks
    )
    score = f"{_points(one.before)} → {_points(one.after)}"
    return f"{one.student} {name}: {score}" + (f" ({checks})" if checks else "")


def _points(score: float | None) -> str:
    return "none" if score is None else f"{score:g}"
