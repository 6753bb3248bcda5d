"""`grade batch EX WHERE -o OUT`: a whole course."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from grader.cli.errors import OUR_FAULT, STOPPED, SUCCESS, say
from grader.cli.options.completion import exercise_argument
from grader.cli.options.exercises import exercises_option
from grader.cli.options.limits import Finite, limiting_options
from grader.cli.options.oracles import fresh_seed_option, oracles_option
from grader.cli.options.walls import walls_option
from grader.cli.signals import Terminated, ends_in_order
from grader.course.batch.folder import kept_seed
from grader.course.batch.grade_course import CourseRequest, CourseResult, grade_course
from grader.course.batch.overrides import points_above_maximum
from grader.course.batch.regrade import keys_of
from grader.course.batch.times_file import read_times, with_times
from grader.course.marks import totals
from grader.engines.text import visible
from grader.exercises import catalogue
from grader.exercises.exercise_programs import fresh_seed
from grader.exercises.late_policy import NoDue, moment
from grader.grading.processes import processors
from grader.grading.request import GradeRequest, exercises_of
from grader.sandbox.survey import strongest_walls
from grader.submissions.intake.ownership import SHAPES, IntakeOptions
from grader.submissions.intake.student_submission import Intake
from grader.submissions.intake.take_in import take_in

MOST_NAMED = 5
ELSEWHERE = 64  # jobs at a time, where another executor does them


NotNegative = Finite(min=0)
INTAKE = ("shape", "pattern", "assignment", "names_in")
LATE = {"due": "--due", "grace_min": "--grace", "per_day": "--per-day", "cap": "--cap"}


@click.command
@exercise_argument()
@click.argument("where", type=click.Path(exists=True))
@click.option("-o", "--out", required=True, type=click.Path(), help="The folder for all of it.")
@click.option("--from", "shape", type=click.Choice(list(SHAPES)), help="What WHERE is.")
@click.option("--pattern", help="What its names look like: a regular expression with named groups.")
@click.option("--assignment", help="Which one of nbgrader's tree [the one called as EXERCISE].")
@click.option(
    "--names-in", default="", metavar="PAGE", help="The code page of a zip's names: cp932."
)
@click.option("--jobs", type=click.IntRange(min=1), help="How many at a time.")
@click.option(
    "--executor", default="", help="Who does them: dask://HOST:PORT, tls://…, or module:function."
)
@click.option("--again", multiple=True, metavar="STUDENT", help="Grade this one again.")
@click.option("--instead", is_flag=True, help="Leave no other exercise's marks in OUT.")
@walls_option("What to put around strangers' code; the strongest there is, if nobody says.")
@click.option("--due", metavar="TIME", help="When it was due: 2026-10-10T23:59.")
@click.option(
    "--times",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV of student,time: when they handed in, where the export does not say.",
)
@click.option("--grace", "grace_min", type=NotNegative, help="Minutes that are free.")
@click.option("--per-day", type=NotNegative, help="Per cent less for each day late.")
@click.option("--cap", type=Finite(min=0, max=100), help="Per cent less at most.")
@fresh_seed_option
@oracles_option
@limiting_options
@exercises_option
@ends_in_order
def batch(exercise: str, where: str, out: str, **options: Any) -> int:
    """Grade a course: everything that was handed in, each once.

    EXERCISE is a name from `grade list`, a track, or several by commas. WHERE is what the LMS has
    exported, or a folder with a file or folder per student. Started again, it grades what is
    missing or has changed.
    """
    began = perf_counter()
    late = _late(options)
    named = tuple(word.rpartition("/")[2] for word in exercise.split(","))
    intake_options = {name: options.pop(name) for name in INTAKE}
    intake = take_in(Path(where), IntakeOptions(**intake_options, exercises=named))
    if times := options.pop("times"):
        intake = with_times(intake, read_times(times), times.name)
    _tell_of_intake(intake)
    jobs, executor = options.pop("jobs"), options.pop("executor")
    jobs = jobs or (ELSEWHERE if executor else processors())
    instead = options.pop("instead")
    again = keys_of(options.pop("again"), (one.student for one in intake.handed))
    request = GradeRequest(exercise, **_settled(options, Path(out)))
    _refuse_undated(late, request)
    course = CourseRequest(Path(out), intake, request, executor, jobs, again, late, instead)
    try:
        result = grade_course(course, Progress())
    except (KeyboardInterrupt, Terminated) as error:
        status = error.status if isinstance(error, Terminated) else STOPPED
        return say("stopped; what is graded is kept", "the same command goes on", status)
    _tell_of_people(result)
    click.echo(summary(result, out, perf_counter() - began))
    return OUR_FAULT if result.ours else SUCCESS


def _tell_of_intake(intake: Intake) -> None:
    """Say what a course was taken for, what of it is left out, and what is not sure."""
    click.echo(intake.shape, err=True)
    for line in intake.refused:
        click.echo(f"left out: {line}", err=True)
    for line in intake.notes:
        click.echo(f"note: {line}", err=True)


def _settled(options: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Return the options, and for what was left open the strongest walls and the course's seed."""
    walls, seed = options["walls"] or strongest_walls(), options["seed"]
    seed = kept_seed(out) if seed is None else seed
    return {**options, "walls": walls, "seed": fresh_seed() if seed is None else seed}


def _tell_of_people(result: CourseResult) -> None:
    """Say which marks by people fit nothing, and which are above the maximum."""
    for line in result.unused:
        click.echo(f"not used: {line}", err=True)
    for line in (*result.notes, *points_above_maximum(result.marks)):
        click.echo(f"note: {line}", err=True)


class Progress:
    """A line on the terminal: how many are graded, how fast, and how long the rest takes."""

    def __init__(self) -> None:
        self._began = perf_counter()
        self._known: int | None = None

    def __call__(self, done: int, of: int) -> None:
        """Show the line anew, nothing where no terminal is."""
        if self._known is None:
            self._known, self._began = done, perf_counter()
        if sys.stderr.isatty():
            text = progress(done - self._known, of - self._known, perf_counter() - self._began)
            click.echo(f"\r\x1b[K{text}", nl=False, err=True)


def progress(done: int, of: int, seconds: float) -> str:
    """Return the line for so many done; "" where all are."""
    if done >= of:
        return ""
    if not done:
        return f"0 of {of}"
    rate = done / seconds
    return f"{done} of {of}, {rate:.0f} a second, {_time((of - done) / rate)} left"


def summary(result: CourseResult, out: str, seconds: float) -> str:
    """Return the summary of a course, and the paths of its files."""
    marks = [mark for mark in result.marks if mark.exercise not in result.beside]
    students = len({mark.student.key for mark in marks})
    noun = "student" if students == 1 else "students"
    without = len({mark.student.key for mark in marks if mark.score is None})
    full = sum(total.is_full for total in totals(marks).values())
    known = students - result.graded
    lines = [f"{students} {noun}, {result.graded} graded in {_time(seconds)}"]
    lines[0] += f", {known} known from before" if known else ""
    lines.append(f"{full} of {students} have full points")
    if without:
        lines.append(f"{without} to look at by hand: nothing could be graded")
    if result.undated:
        lines.append(undated(result.undated, students))
    if result.damaged:
        lines.append(f"{result.damaged} lines of the ledger were damaged, and graded again")
    if result.beside:
        lines.append(f"beside them stay the marks of {', '.join(result.beside)}")
    lines.append(f"{Path(out, 'index.html')} has the class, {Path(out, 'scores.csv')} the scores")
    return "\n".join(lines)


def undated(keys: Sequence[str], students: int) -> str:
    """Return the line on those of whom it is unknown when they handed in."""
    some = ", ".join(keys[:MOST_NAMED]) + (", …" if len(keys) > MOST_NAMED else "")
    whom = f"{len(keys)} of {students} students" if students > 1 else "the student"
    whom = f"all {students} students" if 1 < len(keys) == students else whom
    return (
        f"when {whom} handed in is unknown, so nothing is taken off for being late: {visible(some)}"
    )


def _late(options: dict[str, Any]) -> dict[str, Any]:
    """Return the command line's late policy, which stands in place of the exercises'."""
    late = {name: options.pop(name) for name in LATE}
    late["due"] = moment(late["due"]) if late["due"] else None
    return {name: value for name, value in late.items() if value is not None}


def _refuse_undated(late: Mapping[str, Any], request: GradeRequest) -> None:
    """Refuse to say what late work costs where no exercise has a date.

    Raises:
        NoDue: none has.
    """
    if late and "due" not in late:
        dates = (catalogue.load(entry).late.due for entry in exercises_of(request))
        if not any(dates):
            raise NoDue(LATE[name] for name in late)


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02} min"
