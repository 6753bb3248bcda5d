"""Moodle's offline grading worksheet: Grade and Feedback comments, in Moodle's own download."""

import re
from collections.abc import Container, Iterator, Sequence
from typing import Final

from grader.gradebook.filling import Filled, Target, UnknownColumn, Wanted, fill, number_in
from grader.gradebook.got import Got
from grader.gradebook.names import bare, names, texts
from grader.gradebook.people import Clue, Matched, Person, Rows, a_row, matched, names_of
from grader.gradebook.sheet import Sheet

PARTICIPANT: Final = re.compile(r"(\D*)(\d+)\s*")
NUMBERED: Final = ("moodle", "")
"""What students were handed in as whose file's number may be a participant's."""
IDENTIFIER, FULL_NAME = 0, 1
GRADE, MAXIMUM = "grade", "maximum grade"
COMMENTS, CHANGEABLE = "feedback comments", "grade can be changed"
AFTER_GRADE: Final = {MAXIMUM: 1, CHANGEABLE: 2, COMMENTS: 5}
"""How far to the right of Grade a column stands, where it is called otherwise: headers are in the
language of whoever downloads them, their order is always the same."""
NO: Final = frozenset({"no", "nein", "non", "nee", "não", "nej", "nie", "ei"})


def filled(sheet: Sheet, got: Sequence[Got], wanted: Wanted) -> Filled:
    """Return the worksheet with everyone's grade, and what they should read beside it.

    Args:
        sheet: as Moodle has made it, in any language.
        got: what each student has got.
        wanted: which column, and how; the exercise's title is of no matter, since a worksheet
            is of one assignment.

    Raises:
        UnknownColumn: it has no column for grades that can be told.
    """
    grade = _grade(sheet, wanted)
    changeable = _near(sheet, grade, CHANGEABLE)

    def locked(row: int) -> str:
        told = sheet.text((row, changeable)) if changeable is not None else ""
        return "Moodle does not let this grade be changed" if told.strip().lower() in NO else ""

    target = Target(
        grade,
        FULL_NAME,
        _possible(sheet, _near(sheet, grade, MAXIMUM)),
        locked,
        _near(sheet, grade, COMMENTS),
    )
    return fill(sheet, got, whose(sheet, got), target, wanted)


def whose(sheet: Sheet, got: Sequence[Got]) -> Matched:
    """Return which row is whose: by participant, full name or address."""
    rows = [row for row in range(1, len(sheet.rows)) if participant(sheet, row)]
    hidden = {bare(PARTICIPANT.sub(r"\1", sheet.text((row, IDENTIFIER)))) for row in rows}
    people = [_unless_hidden(one.person, hidden) for one in got]
    held = Rows(rows, lambda row: sheet.text((row, FULL_NAME)), a_row)
    return matched(people, held, list(_clues(sheet)))


def _unless_hidden(person: Person, hidden: Container[str]) -> Person:
    """Return a student without the word that Moodle has for those whose name it hides."""
    if bare(person.student.name) not in hidden:
        return person
    return person._replace(student=person.student._replace(name=""))


def participants(sheet: Sheet, got: Sequence[Got]) -> list[tuple[str, str, str]]:
    """Return key, full name and participant's number of everyone whose row is known."""
    return [
        (key, sheet.text((row, FULL_NAME)), participant(sheet, row))
        for key, row in whose(sheet, got).rows.items()
    ]


def participant(sheet: Sheet, row: int) -> str:
    """Return the number of a row's participant, "" where it is nobody's."""
    found = PARTICIPANT.fullmatch(sheet.text((row, IDENTIFIER)))
    return found[2] if found else ""


def _clues(sheet: Sheet) -> Iterator[Clue]:
    yield Clue(
        "participant's number",
        lambda one: texts(one.student.file_id) if one.shape in NUMBERED or one.vouched else set(),
        lambda row: texts(participant(sheet, row)),
    )
    yield Clue("full name", names_of, lambda row: names(sheet.text((row, FULL_NAME))))
    for column in range(FULL_NAME + 1, len(sheet.header)):
        if any("@" in sheet.text((row, column)) for row in range(1, len(sheet.rows))):
            yield Clue(
                "address",
                lambda one: texts(one.student.email),
                lambda row, column=column: texts(sheet.text((row, column))),  # type: ignore[misc]
            )
            return


def _grade(sheet: Sheet, wanted: Wanted) -> int:
    """Return the column that receives grades: left of the one that says the same number always."""
    header = [name.strip().casefold() for name in sheet.header]
    asked = wanted.column.strip().casefold()
    if asked and asked not in header:
        raise UnknownColumn(repr(wanted.column), sheet.header)
    if asked or GRADE in header:
        return header.index(asked or GRADE)
    for column in range(FULL_NAME + 1, len(header) - 1):
        if _possible(sheet, column + 1) is not None and _holds_grades(sheet, column):
            return column
    raise UnknownColumn("the grades", sheet.header)


def _holds_grades(sheet: Sheet, column: int) -> bool:
    held = [sheet.text((row, column)).strip() for row in range(1, len(sheet.rows))]
    return all(not text or number_in(text) is not None for text in held)


def _near(sheet: Sheet, grade: int, called: str) -> int | None:
    """Return a column by its English name, else by its place beside the grade."""
    header = [name.strip().casefold() for name in sheet.header]
    if called in header:
        return header.index(called)
    place = grade + AFTER_GRADE[called]
    return place if GRADE not in header and place < len(header) else None


def _possible(sheet: Sheet, column: int | None) -> float | None:
    """Return the number that a column says in every row."""
    if column is None:
        return None
    rows = [row for row in range(1, len(sheet.rows)) if participant(sheet, row)]
    said = {number_in(sheet.text((row, column))) for row in rows}
    return said.pop() if len(said) == 1 else None
