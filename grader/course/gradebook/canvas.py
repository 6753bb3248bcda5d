"""Canvas's gradebook: scores go into the column of an assignment, in Canvas's own export."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from grader.course.gradebook.column_scores import ColumnScore
from grader.course.gradebook.csv_sheet import Sheet
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
    Clue,
    GradebookRows,
    KnownStudent,
    a_row,
    ids_of,
    match_rows,
    names_of,
)
from grader.course.gradebook.name_matching import names, texts
from grader.course.gradebook.refusals import GradedOtherwise

EXCUSED: Final = ("EX", "EXCUSED")
UNASSIGNED: Final = "N/A"
NOTHING: Final = "-"
ASSIGNMENT: Final = re.compile(r"(?P<title>.*) \((?P<id>\d+)\)", re.DOTALL)
STUDENT, ID = 0, 1
CLUES: Final = (
    ("ID", "canvas_id"),
    ("SIS User ID", "sis_user_id"),
    ("SIS Login ID", "sis_login_id"),
)
"""The columns by which Canvas itself tells students apart, the best first, and a roster's."""


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
    column = _column(sheet, options)
    rows = [row for row in range(1, len(sheet.rows)) if sheet.text((row, ID)).strip()]
    gradebook = GradebookRows(rows, lambda row: sheet.text((row, STUDENT)), a_row)
    matches = match_rows([one.person for one in scores], gradebook, list(_clues(sheet)))

    _refuse_words(sheet, column, rows)

    def locked(row: int) -> str:
        return _why_locked(sheet.text((row, column)).strip())

    target = Target(column, STUDENT, _possible(sheet, column), locked)
    return fill(sheet, scores, matches, target, options)


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
    assignments = {
        index: match
        for index, name in enumerate(sheet.header)
        if (match := ASSIGNMENT.fullmatch(name.strip()))
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
        raise UnknownColumn(wants, (sheet.header[index] for index in fits or assignments))
    return fits[0]


def _clues(sheet: Sheet) -> Iterator[Clue]:
    """Yield the ways to tell whose row it is."""
    header = [name.strip().casefold() for name in sheet.header]
    for column, roster in CLUES:
        if column.casefold() in header:
            yield _clue(sheet, header.index(column.casefold()), roster)
    yield Clue("name", names_of, lambda row: names(sheet.text((row, STUDENT))))


def _clue(sheet: Sheet, column: int, roster: str) -> Clue:
    def of_person(person: KnownStudent) -> set[str]:
        email = () if roster in person.roster_ids else (person.student.email,)
        return ids_of(person, roster) | texts(*email)

    return Clue(sheet.header[column], of_person, lambda row: texts(sheet.text((row, column))))


def _possible(sheet: Sheet, column: int) -> float | None:
    """Return the points of the assignment, as a row above the students has them."""
    for row in range(1, min(4, len(sheet.rows))):
        points = points_in(sheet.text((row, column)))
        if not sheet.text((row, ID)).strip() and points is not None:
            return points
    return None
