"""`grade export OUT --to SYSTEM`: marks go back to the system that the submissions came from."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from grader.cli.errors import SUCCESS, TO_FIX
from grader.course.batch.folder import shape_of
from grader.course.gradebook import autolab, canvas, gradescope, moodle
from grader.course.gradebook.column_scores import Got, chosen, one_column, titles_of
from grader.course.gradebook.csv_sheet import Sheet, sheet_in
from grader.course.gradebook.fill_column import Filled, Wanted
from grader.course.gradebook.moodle_feedback import Feedback, zipped
from grader.course.gradebook.roster import people
from grader.course.gradebook.score_table import nbgraders
from grader.course.marks import Mark, marks_in
from grader.engines.text import visible
from grader.errors import UnwritableOutput, at
from grader.reports.files import put

SHEETS = {"canvas": canvas.filled, "moodle": moodle.filled}
FILES = {"gradescope": gradescope.results, "autolab": autolab.line}
SYSTEMS = (*SHEETS, *FILES, "csv")
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Asked(NamedTuple):
    """What the command line says of where marks go; see the options."""

    system: str
    into: Path | None
    feedback: Path | None
    column: str
    scale: bool
    comments: str
    changeable: str
    comments_in: str
    write: bool
    out: Path | None


@click.command
@click.argument("course", metavar="OUT", type=click.Path(exists=True, path_type=Path))
@click.option("--to", "system", required=True, type=click.Choice(SYSTEMS), help="Where they go.")
@click.option("--into", type=A_FILE, help="Canvas's gradebook or Moodle's worksheet, as exported.")
@click.option("--column", default="", help="Its column: the header, or Canvas's number in it.")
@click.option("--exercise", multiple=True, help="Whose marks; several are added up.")
@click.option("--scale", is_flag=True, help="Make them the same share of the LMS's own points.")
@click.option("--roster", type=A_FILE, help="A CSV that says who is who in the LMS.")
@click.option(
    "--comments",
    type=click.Choice(["blank", "all", "none"]),
    default="blank",
    help="Moodle's comments: write them where there is none (default), everywhere, or nowhere.",
)
@click.option("--comments-in", default="", metavar="COLUMN", help="Moodle's column for comments.")
@click.option(
    "--changeable",
    default="",
    metavar="COLUMN[=YES]",
    help="Moodle's column that says whether a grade can be changed, and its word for yes; none.",
)
@click.option("--feedback", type=click.Path(path_type=Path), help="Moodle's zip of pages to write.")
@click.option("--write", is_flag=True, help="Do it; otherwise only what would change is shown.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write there instead.")
def export(course: Path, exercise: tuple[str, ...], roster: Path | None, **told: Any) -> int:
    """Give the marks of a course back to an LMS.

    OUT is the folder that `grade batch` has written. Canvas's gradebook and Moodle's worksheet get
    scores in their own file, and no other byte of it changes. Exit status 1 where a student was not
    found in it.
    """
    asked = Asked(**told)
    marks = chosen(marks_in(course), exercise)
    known = people(dict.fromkeys(mark.student for mark in marks), roster, shape_of(course))
    if asked.system in SHEETS:
        return _to_sheet(asked, course, marks, one_column(marks, known, added=bool(exercise)))
    whose = {person.student.key: person.student for person in known}
    marks = [mark._replace(student=whose[mark.student.key]) for mark in marks]
    return _to_table(asked, marks) if asked.system == "csv" else _to_files(asked, marks)


def _to_sheet(asked: Asked, course: Path, marks: Sequence[Mark], got: list[Got]) -> int:
    """Fill a system's own file, or say what that would change."""
    if asked.into is None and (asked.system != "moodle" or asked.feedback is None):
        raise click.UsageError(f"--to {asked.system} needs --into FILE: what the LMS exported")
    sheet = sheet_in(asked.into) if asked.into else None
    lost: tuple[str, ...] = ()
    if asked.into and sheet:
        wanted = _wanted(asked, marks)
        filled = SHEETS[asked.system](sheet, got, wanted)
        place = asked.out or asked.into
        does = asked.write or asked.out is not None
        if does and (filled.content != sheet.content or asked.out):
            put(place, filled.content)
        _tell(as_lines(filled, at(place), does))
        lost = filled.lost
    if asked.feedback:
        lost += _give_back(asked, course, sheet, got)
    _tell((f"not found: {line}" for line in lost), err=True)
    return TO_FIX if lost else SUCCESS


def _wanted(asked: Asked, marks: Sequence[Mark]) -> Wanted:
    told = (asked.column, asked.scale, asked.comments, asked.changeable, asked.comments_in)
    return Wanted(titles_of(marks), *told)


def _give_back(
    asked: Asked, course: Path, sheet: Sheet | None, got: Sequence[Got]
) -> tuple[str, ...]:
    """Write the zip of pages, or say what would be in it; return who has none."""
    assert asked.feedback is not None
    known = moodle.participants(sheet, got) if sheet else []
    has_row = {key for key, _, _ in known}
    theirs = [one for one in got if one.person.student.key in has_row] if sheet else got
    made: Feedback = zipped(course, theirs, known)
    if asked.write or asked.out:
        put(asked.feedback, made.content)
    would = "has" if asked.write or asked.out else "would have"
    _tell([f"{at(asked.feedback)} {would} the pages of {made.pages} students"])
    return made.without


def as_lines(filled: Filled, place: str, done: bool) -> Iterator[str]:
    """Yield a line for each score that changes, and what all of them come to."""
    yield from (f"{one.who}: {one.old.strip() or 'none'} → {one.new}" for one in filled.changes)
    yield from (f"left as it is: {line}" for line in filled.kept)
    yield from (f"note: {line}" for line in filled.notes)
    changes = f"{len(filled.changes)} score{'' if len(filled.changes) == 1 else 's'}"
    same = f", {filled.same} stood there already" if filled.same else ""
    if done:
        yield f"{changes} written to {place}{same}"
    else:
        yield f"{changes} would change in {place}{same}: --write does it"


def _to_table(asked: Asked, marks: Sequence[Mark]) -> int:
    table = nbgraders(marks)
    if asked.out:
        put(asked.out, table.encode())
    else:
        sys.stdout.buffer.write(table.encode())
    return SUCCESS


def _to_files(asked: Asked, marks: Sequence[Mark]) -> int:
    """Write a file for each student."""
    if asked.out is None:
        raise click.UsageError(f"--to {asked.system} needs -o FOLDER: it writes a file a student")
    try:
        asked.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableOutput(at(asked.out), error.strerror or str(error)) from error
    by_key: dict[str, list[Mark]] = {}
    for mark in marks:
        by_key.setdefault(mark.student.key, []).append(mark)
    without = [key for key, own in by_key.items() if any(mark.score is None for mark in own)]
    for key in by_key.keys() - without:
        put(asked.out / f"{key}.json", FILES[asked.system](by_key[key]).encode())
    _tell((f"nothing could be graded: {key}" for key in without), err=True)
    _tell([f"{len(by_key) - len(without)} files in {at(asked.out)}"])
    return TO_FIX if without else SUCCESS


def _tell(lines: Any, err: bool = False) -> None:
    for line in lines:
        click.echo(visible(line), err=err)
