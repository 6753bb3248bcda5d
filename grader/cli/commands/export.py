"""`grade export OUT --to SYSTEM`: marks go back to the system that the submissions came from."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from grader.cli.errors import SUCCESS, TO_FIX
from grader.cli.not_found import not_found
from grader.cli.options.marks import exercise_option, roster_option, scale_option, write_option
from grader.course.batch.folder import shape_of
from grader.course.gradebook import autolab, canvas, gradescope
from grader.course.gradebook.column_scores import (
    ColumnScore,
    marks_in_column,
    one_column,
    titles_of,
)
from grader.course.gradebook.csv_sheet import Sheet, sheet_in
from grader.course.gradebook.fill_column import FilledSheet, FillOptions
from grader.course.gradebook.moodle import worksheet
from grader.course.gradebook.moodle.feedback_zip import Feedback, zipped
from grader.course.gradebook.moodle.uploads import SHEET_FIRST
from grader.course.gradebook.refusals import OtherPoints
from grader.course.gradebook.roster import people
from grader.course.gradebook.score_table import nbgraders
from grader.course.marks import Mark, marks_in
from grader.engines.text import visible
from grader.errors import UnwritableOutput, at
from grader.reports.files import write_whole

SHEETS = {"canvas": canvas.with_scores, "moodle": worksheet.with_scores}
FILES = {"gradescope": gradescope.results, "autolab": autolab.line}
SYSTEMS = (*SHEETS, *FILES, "csv")
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class ExportOptions(NamedTuple):
    """The command line's options of where marks go."""

    system: str
    into: Path | None
    feedback: Path | None
    column: str
    scale: bool | None
    comments: str
    changeable: str
    comments_in: str
    only_changes: bool
    write: bool
    out: Path | None


@click.command
@click.argument("course", metavar="OUT", type=click.Path(exists=True, path_type=Path))
@click.option("--to", "system", required=True, type=click.Choice(SYSTEMS), help="Where they go.")
@click.option("--into", type=A_FILE, help="Canvas's gradebook or Moodle's worksheet, as exported.")
@click.option("--column", default="", help="Its column: the header, or Canvas's number in it.")
@exercise_option
@scale_option
@roster_option
@click.option(
    "--comments",
    type=click.Choice(["blank", "all", "none", "drop"]),
    default="blank",
    help="Moodle's comments: write them where there is none or one of ours (default), everywhere, "
    "or nowhere; drop leaves their column out.",
)
@click.option("--comments-in", default="", metavar="COLUMN", help="Moodle's column for comments.")
@click.option(
    "--changeable",
    default="",
    metavar="COLUMN[=YES]",
    help="Moodle's column that says whether a grade can be changed, and its word for yes; none.",
)
@click.option("--only-changes", is_flag=True, help="Leave out the rows that do not change.")
@click.option("--feedback", type=click.Path(path_type=Path), help="Moodle's zip of pages to write.")
@write_option
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write there instead.")
def export(course: Path, exercise: tuple[str, ...], roster: Path | None, **words: Any) -> int:
    """Give the marks of a course back to an LMS.

    OUT is the folder that `grade batch` has written. Canvas's gradebook and Moodle's worksheet get
    scores in their own file, and no other byte of it changes. Exit status 1 where a student was not
    found in it.
    """
    options = ExportOptions(**words)
    marks = marks_in_column(marks_in(course), exercise)
    shape = shape_of(course, marks[0].exercise if marks else "")
    students = people(dict.fromkeys(mark.student for mark in marks), roster, shape)
    if options.system in SHEETS:
        return _to_sheet(options, course, marks, one_column(marks, students, added=bool(exercise)))
    by_key = {person.student.key: person.student for person in students}
    marks = [mark._replace(student=by_key.get(mark.student.key, mark.student)) for mark in marks]
    return _to_table(options, marks) if options.system == "csv" else _to_files(options, marks)


def _to_sheet(
    options: ExportOptions, course: Path, marks: Sequence[Mark], scores: list[ColumnScore]
) -> int:
    """Fill a system's own file, or say what that would change."""
    if options.into is None and (options.system != "moodle" or options.feedback is None):
        raise click.UsageError(f"--to {options.system} needs --into FILE: what the LMS exported")
    if (options.only_changes or options.comments == "drop") and options.write and not options.out:
        raise click.UsageError("a file with fewer rows or columns is a new one: -o FILE names it")
    sheet = sheet_in(options.into) if options.into else None
    lost: tuple[str, ...] = ()
    barred = False
    if sheet:
        filled = SHEETS[options.system](sheet, scores, _fill_options(options, marks))
        _write_sheet(options, sheet, filled)
        lost, barred = filled.lost, bool(filled.barred or filled.undecided)
    if options.feedback:
        lost += _give_back(options, course, sheet, marks, scores)
    _tell(not_found(lost), err=True)
    return TO_FIX if lost or barred else SUCCESS


def _write_sheet(options: ExportOptions, sheet: Sheet, filled: FilledSheet) -> None:
    """Write the file, or say what would change in it.

    Raises:
        OtherPoints: the LMS counts other points, and nobody says what that means.
    """
    place = options.out or options.into
    assert place is not None
    does = options.write or options.out is not None
    if does and filled.other_points:
        raise OtherPoints(*filled.other_points)
    if does and (filled.content != sheet.content or options.out):
        write_whole(place, filled.content)
    _tell(as_lines(filled, at(place), does))
    says = "not written" if does else "would not be written"
    _tell((f"{says}: {line}" for line in filled.barred), err=True)


def _fill_options(options: ExportOptions, marks: Sequence[Mark]) -> FillOptions:
    chosen_columns = (
        options.column,
        options.scale,
        options.comments,
        options.changeable,
        options.comments_in,
        options.only_changes,
    )
    return FillOptions(titles_of(marks), *chosen_columns)


def _give_back(
    options: ExportOptions,
    course: Path,
    sheet: Sheet | None,
    marks: Sequence[Mark],
    scores: Sequence[ColumnScore],
) -> tuple[str, ...]:
    """Write the zip of pages, or say what would be in it; return who has none."""
    assert options.feedback is not None
    participants = worksheet.participants(sheet, scores) if sheet else []
    has_row = {key for key, _, _ in participants}
    theirs = [one for one in scores if one.person.student.key in has_row] if sheet else scores
    archive: Feedback = zipped(course, theirs, participants, titles_of(marks)[-1])
    if options.write or options.out:
        write_whole(options.feedback, archive.content)
    would = "has" if options.write or options.out else "would have"
    _tell([f"{at(options.feedback)} {would} the pages of {archive.pages} students"])
    if sheet:
        _tell([f"note: {SHEET_FIRST}"])
    return archive.without


def as_lines(filled: FilledSheet, place: str, done: bool) -> Iterator[str]:
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


def _to_table(options: ExportOptions, marks: Sequence[Mark]) -> int:
    table = nbgraders(marks)
    if options.out:
        write_whole(options.out, table.encode())
    else:
        sys.stdout.buffer.write(table.encode())
    return SUCCESS


def _to_files(options: ExportOptions, marks: Sequence[Mark]) -> int:
    """Write a file for each student."""
    if options.out is None:
        raise click.UsageError(f"--to {options.system} needs -o FOLDER: it writes a file a student")
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableOutput(at(options.out), error.strerror or str(error)) from error
    by_key: dict[str, list[Mark]] = {}
    for mark in marks:
        by_key.setdefault(mark.student.key, []).append(mark)
    without = [key for key, own in by_key.items() if any(mark.score is None for mark in own)]
    for key in by_key.keys() - without:
        write_whole(options.out / f"{key}.json", FILES[options.system](by_key[key]).encode())
    _tell((f"nothing could be graded: {key}" for key in without), err=True)
    _tell([f"{len(by_key) - len(without)} files in {at(options.out)}"])
    return TO_FIX if without else SUCCESS


def _tell(lines: Any, err: bool = False) -> None:
    for line in lines:
        click.echo(visible(line), err=err)
