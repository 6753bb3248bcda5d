"""`grade push OUT --to SYSTEM`: marks go to the LMS over its REST API."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click

from grader.cli.errors import SUCCESS, TO_FIX
from grader.cli.options.marks import exercise_option, roster_option, scale_option, write_option
from grader.course.batch.folder import shape_of
from grader.course.gradebook.column_scores import marks_in_column, one_column
from grader.course.gradebook.roster import people
from grader.course.marks import marks_in
from grader.course.push import canvas, log, moodle
from grader.course.push.push import Plan, PushResult, ScoreChange, plan, push
from grader.engines.text import visible
from grader.errors import Misused

Connect = Callable[[str, str, str, str], canvas.Canvas | moodle.Moodle]
SYSTEMS: dict[str, tuple[Connect, str]] = {
    "canvas": (canvas.Canvas, canvas.TOKEN),
    "moodle": (moodle.Moodle, moodle.TOKEN),
}


class NoToken(Misused):
    """The environment holds no token."""

    def __init__(self, variable: str) -> None:
        super().__init__(
            f"no token: {variable} is not set",
            hint="make one in your account's settings of the LMS; it is never taken from a command",
        )


class UnusableToken(Misused):
    """The environment holds something that cannot be a token."""

    def __init__(self, variable: str) -> None:
        super().__init__(
            f"no token: {variable} holds characters that no token has",
            hint="copy it from the LMS again: it has letters, digits and signs of ASCII, no space",
        )


class PushTarget(NamedTuple):
    """An assignment of an LMS."""

    system: str
    url: str
    course: str
    assignment: str


@click.command("push")
@click.argument("folder", metavar="OUT", type=click.Path(exists=True, path_type=Path))
@click.option("--to", "system", required=True, type=click.Choice(list(SYSTEMS)), help="The LMS.")
@click.option("--url", required=True, help="Where it is: https://canvas.example.edu.")
@click.option("--course", required=True, help="The course's number, as in its address.")
@click.option("--assignment", required=True, help="The assignment's number, as in its address.")
@exercise_option
@scale_option
@roster_option
@click.option("--comments", is_flag=True, help="Write what is to be fixed beside new scores.")
@write_option
def push_(folder: Path, exercise: tuple[str, ...], roster: Path | None, **options: Any) -> int:
    """Send the marks of a course to an LMS over its REST API.

    OUT is the folder that `grade batch` has written. The token comes from CANVAS_TOKEN or
    MOODLE_TOKEN. What stands there already is not sent again, and each change is written to
    OUT/push.jsonl before it is sent. Exit status 1 where a student was not found, or refused.
    """
    place = PushTarget(*(options.pop(name) for name in PushTarget._fields))
    marks = marks_in_column(marks_in(folder), exercise)
    students = people(dict.fromkeys(mark.student for mark in marks), roster, shape_of(folder))
    scores = one_column(marks, students, added=bool(exercise))
    connect, variable = SYSTEMS[place.system]
    past = log.push_history(folder, place._asdict())
    gradebook = connect(place.url, _token(variable), place.course, place.assignment)
    gradebook.web.tell = lambda line: _tell([line], err=True)
    try:
        planned = plan(
            gradebook, scores, past, scaled=options["scale"], comments=options["comments"]
        )
        pushed = _send_all(folder, place, gradebook, planned) if options["write"] else None
    finally:
        gradebook.web.close()
    _tell(as_lines(planned, place, pushed))
    _tell((f"not found: {line}" for line in planned.lost), err=True)
    return _end(pushed, TO_FIX if planned.lost else SUCCESS)


def _token(variable: str) -> str:
    """Return the token, without the end of line that a paste brings along."""
    token = os.environ.get(variable, "").strip()
    if not token:
        raise NoToken(variable)
    if not all("!" <= character <= "~" for character in token):
        raise UnusableToken(variable)
    return token


def _send_all(folder: Path, place: PushTarget, gradebook: Any, planned: Plan) -> PushResult:
    """Send all of it, and write down each change, before and after."""

    def write(change: ScoreChange, state: log.PushState, refused: str) -> None:
        fields = {"student": change.key, "user": change.account.user, "new": change.new}
        old = {"old": change.account.score, "comment": change.comment, "refused": refused}
        log.write(folder, state=state, **place._asdict(), **fields, **old)

    return push(gradebook, planned.changes, write)


def _end(pushed: PushResult | None, status: int) -> int:
    """Say who was refused, and return the exit status.

    Raises:
        GraderError: it was stopped.
    """
    if pushed is None:
        return status
    _tell((f"not sent: {line}" for line in pushed.refused), err=True)
    if pushed.stopped is not None:
        raise pushed.stopped
    return TO_FIX if pushed.refused else status


def as_lines(planned: Plan, place: PushTarget, pushed: PushResult | None) -> Iterator[str]:
    """Yield a line for each score that changes, and what all of them come to."""
    tried = len(planned.changes) if pushed is None else pushed.sent + len(pushed.refused)
    yield from map(_as_line, planned.changes[:tried])
    yield from (f"left as it is: {line}" for line in planned.kept)
    yield from (f"note: {line}" for line in planned.notes)
    same = f", {planned.same} stood there already" if planned.same else ""
    left = f", {len(planned.changes) - tried} left" if tried < len(planned.changes) else ""
    if pushed is None:
        yield f"{_scores(tried)} would change at {place.url}{same}: --write does it"
    else:
        yield f"{_scores(pushed.sent)} sent to {place.url}{same}{left}"


def _as_line(change: ScoreChange) -> str:
    account = change.account
    if account.has(change.new):
        return f"{account.name}: {change.new:g} stands there, its comment may not"
    old = "none" if account.score is None else f"{account.score:g}"
    return f"{account.name}: {old} → {change.new:g}"


def _scores(count: int) -> str:
    return f"{count} score{'' if count == 1 else 's'}"


def _tell(lines: Iterable[str], err: bool = False) -> None:
    for line in lines:
        click.echo(visible(line), err=err)
