"""Canvas's gradebook: scores go into the column of an assignment, in Canvas's own export."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from grader.course.gradebook.column_scores import ColumnScore
from grader.course.gradebook.csv_sheet import Sheet, sheet_of, without
from grader.course.gradebook.fill_column import (
    FilledSheet,
    FillOptions,
    Target,
    UnknownColumn,
    fill,
    number_in,
    points_in,
)
from grader.course.gradebook.matching import (
    CANVAS,
    Clue,
    GradebookRows,
    KnownStudent,
    a_row,
    ids_of,
    match_rows,
    names_of,
)
from grader.course.gradebook.name_matching import bare, names, texts
from grader.course.gradebook.refusals import GradedOtherwise
from grader.errors import Misused

EXCUSED: Final = ("EX", "EXCUSED")
UNASSIGNED: Final = "N/A"
NOTHING: Final = "-"
ASSIGNMENT: Final = re.compile(r"(?P<title>.*) \((?P<id>\d+)\)", re.DOTALL)
STUDENT: Final = 0
LAST_NAME, FIRST_NAME = "lastname", "firstname"
"""The headers of an account that shows the names apart, without a blank and in small letters."""

READ_ONLY: Final = re.compile(
    r"(current|final|override) (score|grade|points|status)|unposted (current|final)", re.IGNORECASE
)
"""What Canvas's import leaves out, wherever it stands in a header."""

DECIMALS: Final = 2
CLUES: Final = (
    ("ID", "canvas_id"),
    ("SIS User ID", "sis_user_id"),
    ("SIS Login ID", "sis_login_id"),
)
"""The columns by which Canvas itself tells students apart, the best first, and a roster's."""


class ReadOnlyColumn(Misused):
    """A column is named that Canvas's import leaves out."""

    def __init__(self, column: str) -> None:
        super().__init__(
            f"the import of Canvas leaves out {column}: it takes every header with words like "
            '"Final Score" for a total of its own',
            hint="name an assignment; one that is called so has to be renamed in Canvas",
        )


def with_scores(sheet: Sheet, scores: Sequence[ColumnScore], options: FillOptions) -> FilledSheet:
    """Return the gradebook with everyone's score in the assignment's column.

    A row without an id is nobody's ("Points Possible", "Manual Posting"). An excused student stays
    excused, and whoever has no score keeps what stands there.

    Args:
        sheet: as Canvas has exported it.
        scores: what each student has got.
        options: which column, and how.

    Raises:
        UnknownColumn: no column is the assignment's, or several could be.
        GradedOtherwise: what stands there are words alone.
        NoPoints: Canvas counts none.
    """
    column, ids = _column(sheet, options), _column_of_ids(sheet)
    rows = [row for row in range(1, len(sheet.rows)) if sheet.text((row, ids)).strip()]
    gradebook = GradebookRows(rows, lambda row: _name(sheet, row), a_row)
    matches = match_rows([one.person for one in scores], gradebook, list(_clues(sheet)))

    _refuse_words(sheet, column, rows)

    def locked(row: int) -> str:
        return _why_locked(sheet.text((row, column)).strip())

    possible = _possible(sheet, column, ids)
    names_in = _columns_of_names(sheet)
    target = Target(column, names_in, possible, locked, decimals=DECIMALS, takes_more=True)
    filled = fill(sheet, scores, matches, target, options)
    if options.only_changes:
        unchanged = set(rows) - filled.changed
        filled = filled._replace(content=without(sheet_of(filled.content), unchanged))
    return filled._replace(notes=(*filled.notes, *_notes(scores, filled.lost)))


def _notes(scores: Sequence[ColumnScore], lost: Sequence[str]) -> Iterator[str]:
    """Yield what Canvas would do with these scores, where that is not what is meant."""
    groups = sum("another name" in line for line in lost)
    if groups and any(one.person.shape == CANVAS for one in scores):
        yield (
            f"{groups} of those not found have the number of somebody else: the zip of an "
            "assignment that groups are graded in as one has the group's name there; a roster with "
            "the columns group,canvas_id says who its members are"
        )
    late = sum(one.penalty > 0 for one in scores)
    if late:
        yield (
            f"{late} of these scores have points taken off for lateness: Canvas's own late policy "
            "takes off more from what is imported, where it is on"
        )


def _columns_of_names(sheet: Sheet) -> tuple[int, ...]:
    """Return the columns that say who it is: one, or two where an account shows names apart."""
    header = [bare(name) for name in sheet.header]
    if LAST_NAME in header and FIRST_NAME in header:
        return header.index(LAST_NAME), header.index(FIRST_NAME)
    return (STUDENT,)


def _column_of_ids(sheet: Sheet) -> int:
    """Return the column of Canvas's numbers."""
    header = [bare(name) for name in sheet.header]
    return header.index("id") if "id" in header else len(_columns_of_names(sheet))


def _name(sheet: Sheet, row: int) -> str:
    return ", ".join(sheet.text((row, column)) for column in _columns_of_names(sheet))


def _why_locked(text: str) -> str:
    """Return why a cell stays as it is, "" where it need not: a word in it is a person's."""
    if not text or text == NOTHING or number_in(text) is not None:
        return ""
    if text.upper() in EXCUSED:
        return "excused"
    if text.upper() == UNASSIGNED:
        return "not assigned, or hidden while marking is anonymous"
    return f"{text!r} stands there, which is no number of points"


def _refuse_words(sheet: Sheet, column: int, rows: Sequence[int]) -> None:
    """Refuse a column in which there are grades, and none of them is a number.

    Raises:
        GradedOtherwise: so it is.
    """
    aside = {"", NOTHING, UNASSIGNED, *EXCUSED}
    grades = {sheet.text((row, column)).strip() for row in rows}
    grades = {text for text in grades if text.upper() not in aside}
    if grades and all(number_in(text) is None for text in grades):
        raise GradedOtherwise(repr(sheet.header[column]), "in words", grades)


def _column(sheet: Sheet, options: FillOptions) -> int:
    """Return the assignment's column: by its number, its whole header, or its title."""
    titled = {
        index: match
        for index, name in enumerate(sheet.header)
        if (match := ASSIGNMENT.fullmatch(name.strip()))
    }
    assignments = {
        index: match for index, match in titled.items() if not READ_ONLY.search(match[0])
    }
    spellings = texts(options.column) or texts(*options.titles)
    bare = {one for text in spellings for one in names(text)}
    fits = [
        index
        for index, match in assignments.items()
        if spellings & texts(match[0], match["id"]) or bare & names(match["title"])
    ]
    if len(fits) != 1:
        wants = repr(options.column or options.titles[0])
        totals = [match for index, match in titled.items() if index not in assignments]
        if not fits and any(spellings & texts(one[0], one["id"]) for one in totals):
            raise ReadOnlyColumn(wants)
        raise UnknownColumn(wants, (sheet.header[index] for index in fits or assignments))
    return fits[0]


def _clues(sheet: Sheet) -> Iterator[Clue]:
    """Yield the ways to tell whose row it is."""
    header = [name.strip().casefold() for name in sheet.header]
    for column, roster in CLUES:
        if column.casefold() in header:
            yield _clue(sheet, header.index(column.casefold()), roster)
    yield Clue("name", names_of, lambda row: names(_name(sheet, row)))


def _clue(sheet: Sheet, column: int, roster: str) -> Clue:
    def of_person(person: KnownStudent) -> set[str]:
        email = () if roster in person.roster_ids else (person.student.email,)
        return ids_of(person, roster) | texts(*email)

    return Clue(sheet.header[column], of_person, lambda row: texts(sheet.text((row, column))))


def _possible(sheet: Sheet, column: int, ids: int) -> float | None:
    """Return the points of the assignment, as a row above the students has them."""
    for row in range(1, min(4, len(sheet.rows))):
        points = points_in(sheet.text((row, column)))
        if not sheet.text((row, ids)).strip() and points is not None:
            return points
    return None
