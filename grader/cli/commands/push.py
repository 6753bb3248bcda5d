"""`grade push OUT --to SYSTEM`: marks go to the LMS over its REST API."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from grader.cli.errors import SUCCESS, TO_FIX
from grader.cli.not_found import not_found
from grader.cli.options.marks import exercise_option, roster_option, scale_option, write_option
from grader.course.batch.folder import shape_of
from grader.course.gradebook.column_scores import ColumnScore, marks_in_column, one_column
from grader.course.gradebook.refusals import OtherPoints
from grader.course.gradebook.roster import people
from grader.course.marks import marks_in
from grader.course.push import canvas, log, moodle
from grader.course.push.lms import LmsPlace
from grader.course.push.moodle_service import TOKEN as MOODLE_TOKEN
from grader.course.push.plan import Plan, PlanOptions, ScoreChange, plan, points_differ
from grader.course.push.push import PushResult, push
from grader.course.push.readiness import readiness
from grader.course.push.web import RetryPolicy
from grader.engines.text import visible
from grader.errors import Misused

LmsGradebook = canvas.Canvas | moodle.Moodle
Connect = Callable[[LmsPlace, str, RetryPolicy], LmsGradebook]
SYSTEMS: dict[str, tuple[Connect, str]] = {
    "canvas": (canvas.Canvas, canvas.TOKEN),
    "moodle": (moodle.Moodle, MOODLE_TOKEN),
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


class PushOptions(NamedTuple):
    """The command line's options of a push."""

    scale: bool | None
    comments: bool
    again: bool
    check: bool
    write: bool


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
@click.option("--again", is_flag=True, help="Send once more what the LMS has not kept before.")
@click.option("--check", is_flag=True, help="Ask the LMS for all that is needed, and say it.")
@write_option
def push_(folder: Path, exercise: tuple[str, ...], roster: Path | None, **words: Any) -> int:
    """Send the marks of a course to an LMS over its REST API.

    OUT is the folder that `grade batch` has written. The token comes from CANVAS_TOKEN or
    MOODLE_TOKEN. What stands there already is not sent again, each change is written to
    OUT/push.jsonl before it is sent, and what the LMS has kept is read back. Exit status 1 where a
    student was not found, or has another score than ours.
    """
    place = PushTarget(*(words.pop(name) for name in PushTarget._fields))
    options = PushOptions(**words)
    marks = marks_in_column(marks_in(folder), exercise)
    shape = shape_of(folder, marks[0].exercise if marks else "")
    students = people(dict.fromkeys(mark.student for mark in marks), roster, shape)
    scores = one_column(marks, students, added=bool(exercise))
    connect, variable = SYSTEMS[place.system]
    patience = RetryPolicy(tell=lambda line: _tell([line], err=True))
    gradebook = connect(LmsPlace(*place[1:]), _token(variable), patience)
    try:
        if options.check:
            return _check(gradebook)
        return _push(folder, place, gradebook, scores, options)
    finally:
        gradebook.web.close()


def _check(gradebook: LmsGradebook) -> int:
    found = readiness(gradebook.requirements())
    _tell(found.lines)
    return SUCCESS if found.ready else TO_FIX


def _push(
    folder: Path,
    place: PushTarget,
    gradebook: LmsGradebook,
    scores: Sequence[ColumnScore],
    options: PushOptions,
) -> int:
    """Say what would change, or send it and say what became of it."""
    past = log.push_history(folder, place._asdict())
    how = PlanOptions(options.scale, options.comments, options.again)
    planned = plan(gradebook, scores, past, how)
    ours = points_differ(scores, planned.assignment.possible)
    if options.write and options.scale is None and ours is not None:
        raise OtherPoints(planned.assignment.possible or 0.0, ours)
    pushed = _send_all(folder, place, gradebook, planned) if options.write else None
    _tell(as_lines(planned, place, pushed))
    _tell(not_found(planned.lost), err=True)
    return _end(planned, pushed)


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

    return push(gradebook, planned.changes, write, planned.barred)


def _end(planned: Plan, pushed: PushResult | None) -> int:
    """Say who was refused, or would be, and return the exit status.

    Raises:
        GraderError: it was stopped.
    """
    if pushed is None:
        _tell((f"would not be sent: {_why_not(one)}" for one in planned.barred), err=True)
        return TO_FIX if planned.lost or planned.barred else SUCCESS
    _tell((f"not sent: {line}" for line in pushed.refused), err=True)
    if pushed.stopped is not None:
        raise pushed.stopped
    return TO_FIX if planned.lost or pushed.refused else SUCCESS


def _why_not(change: ScoreChange) -> str:
    return f"{_as_line(change)}: {change.why_not}"


def as_lines(planned: Plan, place: PushTarget, pushed: PushResult | None) -> Iterator[str]:
    """Yield a line for each score that changes, and what all of them come to."""
    barred = len(planned.barred)
    tried = len(planned.changes) if pushed is None else _tried(pushed, barred)
    yield from map(_as_line, planned.changes[:tried])
    yield from (f"left as it is: {line}" for line in planned.kept)
    yield from (f"note: {line}" for line in planned.notes)
    yield from (f"note: {line}" for line in (pushed.notes if pushed else ()))
    same = f", {planned.same} stood there already" if planned.same else ""
    left = f", {len(planned.changes) - tried} left" if tried < len(planned.changes) else ""
    where = f"{planned.assignment.name!r} at {place.url}"
    if pushed is None:
        yield f"{_scores(tried)} would change in {where}{same}: --write does it"
    else:
        yield f"{_scores(pushed.sent)} sent to {where}{same}{left}"


def _tried(pushed: PushResult, barred: int) -> int:
    """Return how many of the changes were tried; who is barred is refused as well, and first."""
    return max(0, pushed.sent + len(pushed.refused) - barred)


def _as_line(change: ScoreChange) -> str:
    account = change.account
    if account.handed_in_anew:
        return f"{account.name}: {_old(account.score)} → {change.new:g}, for what came since"
    if account.has(change.new) and change.comment:
        return f"{account.name}: {change.new:g} stands there, its comment may not"
    return f"{account.name}: {_old(account.score)} → {change.new:g}"


def _old(score: float | None) -> str:
    return "none" if score is None else f"{score:g}"


def _scores(count: int) -> str:
    return f"{count} score{'' if count == 1 else 's'}"


def _tell(lines: Iterable[str], err: bool = False) -> None:
    for line in lines:
        click.echo(visible(line), err=err)
