"""Moodle's offline grading worksheet: Grade and Feedback comments, in Moodle's own download."""

import re
from collections.abc import Container, Iterator, Sequence
from typing import Final

from grader.course.gradebook.column_scores import ColumnScore
from grader.course.gradebook.csv_sheet import Place, Sheet, sheet_of, without
from grader.course.gradebook.fill_column import FilledSheet, FillOptions, Target, fill
from grader.course.gradebook.matching import (
    Clue,
    GradebookRows,
    KnownStudent,
    RowMatches,
    a_row,
    match_rows,
    names_of,
)
from grader.course.gradebook.moodle.comment_cells import as_html
from grader.course.gradebook.moodle.drafts import is_draft
from grader.course.gradebook.moodle.teams import team_members
from grader.course.gradebook.moodle.uploads import order_of_uploads
from grader.course.gradebook.moodle.worksheet_columns import (
    DROP,
    FULL_NAME,
    IDENTIFIER,
    columns_of,
    has_names,
)
from grader.course.gradebook.moodle.yes_no import NO, YES, spelled
from grader.course.gradebook.name_matching import bare, names, texts
from grader.errors import Misused, quoted


class OtherWorksheet(Misused):
    """A worksheet is of another assignment than what was graded."""

    def __init__(self, numbers: int) -> None:
        super().__init__(
            f"this worksheet is of another assignment: none of the {numbers} participant's numbers "
            "in the zip is in it",
            hint="download the worksheet of the assignment that the zip is of",
        )


PARTICIPANT: Final = re.compile(r"(\D*)(\d+)\s*")
MOODLE: Final = "moodle"
NUMBERED: Final = (MOODLE, "")
"""Shapes of an intake in which a file's number may be a participant's."""
UNCLEAR: Final = "whether it can be changed is unclear"
DRAFT: Final = "a draft, which was never handed in"
NO_COMMENTS: Final = (
    "this worksheet has no column for comments: --comments none wants none, "
    'and "Feedback comments" in the settings of the assignment makes one'
)


def with_scores(sheet: Sheet, scores: Sequence[ColumnScore], options: FillOptions) -> FilledSheet:
    """Return the worksheet with everyone's grade, and what they should read beside it.

    Args:
        sheet: as Moodle has made it, in any language.
        scores: what each student has got.
        options: which column, and how; the exercise's title is of no matter, since a worksheet
            is of one assignment.

    Raises:
        UnknownColumn: it has no column for grades that can be told.
        UnclearColumn: whether a grade can be changed cannot be told, or where comments go.
    """
    columns = columns_of(sheet, _participants(sheet), options)
    unclear: list[int] = []

    def locked(row: int) -> str:
        column = columns.changeable
        reason = "" if column is None else _why_locked(sheet, (row, column), columns.yes)
        if reason.startswith(UNCLEAR):
            unclear.append(row)
        return reason

    names_in, possible = (_name_column(sheet),), columns.possible
    target = Target(columns.grade, names_in, possible, locked, columns.comments, as_stored=as_html)
    members = team_members(sheet, scores)
    matches = matches_in(sheet, scores) if members is None else members.matches
    filled = fill(sheet, scores if members is None else members.scores, matches, target, options)
    missing = columns.comments is None and options.comments in ("blank", "all")
    notes = (
        *filled.notes,
        *columns.guesses,
        *[NO_COMMENTS] * missing,
        *_drafts(sheet, columns.grade, matches),
        *order_of_uploads(sheet, columns.modified, filled.changed),
    )
    content = _shortened(sheet, filled, columns.comments, options)
    return filled._replace(content=content, notes=notes, undecided=len(unclear))


def _drafts(sheet: Sheet, grade: int, matches: RowMatches) -> Iterator[str]:
    """Yield a line for each draft that is graded as if it had been handed in."""
    for row in matches.rows.values():
        if is_draft(sheet, grade, row):
            yield f"{sheet.text((row, _name_column(sheet)))}: {DRAFT}"


def _shortened(
    sheet: Sheet, filled: FilledSheet, comments: int | None, options: FillOptions
) -> bytes:
    """Return the worksheet without what Moodle is to leave alone, if that is asked for."""
    rows = set(_participants(sheet)) - filled.changed if options.only_changes else set()
    columns = {comments} if options.comments == DROP and comments is not None else set()
    if not rows and not columns:
        return filled.content
    return without(sheet_of(filled.content), rows, columns)


def _why_locked(sheet: Sheet, place: Place, yes: str) -> str:
    """Return why a grade stays as it is; only a word that is known as a yes lets it be changed."""
    word = sheet.text(place).strip()
    if spelled(word) in ({spelled(yes)} if yes else YES):
        return ""
    if yes or spelled(word) in NO:
        return "Moodle does not let this grade be changed"
    column = sheet.header[place[1]]
    says = f"{UNCLEAR}, {column!r} says {word!r}"
    option = f"--changeable {quoted(f'{column}={word}')}"
    return f"{says}; if that is a yes: {option}" if word else says


def matches_in(sheet: Sheet, scores: Sequence[ColumnScore]) -> RowMatches:
    """Match students with their rows: by participant, full name or address."""
    rows = _participants(sheet)
    hidden = {bare(PARTICIPANT.sub(r"\1", sheet.text((row, IDENTIFIER)))) for row in rows}
    people = [_unless_hidden(one.person, hidden) for one in scores]
    gradebook = GradebookRows(
        rows, lambda row: sheet.text((row, FULL_NAME)) if has_names(sheet) else "", a_row
    )
    matches = match_rows(people, gradebook, list(_clues(sheet)))
    _refuse_another_assignment(sheet, people, matches)
    return matches


def _refuse_another_assignment(
    sheet: Sheet, people: Sequence[KnownStudent], matches: RowMatches
) -> None:
    """Refuse a worksheet in which nobody has the number that is in the name of their file.

    Each assignment numbers its participants anew, so that names alone would fit any of them.

    Raises:
        OtherWorksheet: so it is.
    """
    numbers = {number for one in people if one.shape == MOODLE for number in participants_of(one)}
    known = {participant(sheet, row) for row in _participants(sheet)}
    if numbers and matches.rows and not numbers & known:
        raise OtherWorksheet(len(numbers))


def _unless_hidden(person: KnownStudent, hidden: Container[str]) -> KnownStudent:
    """Return a student without the word that Moodle has for those whose name it hides."""
    if bare(person.student.name) not in hidden:
        return person
    return person._replace(student=person.student._replace(name=""))


def participants(sheet: Sheet, scores: Sequence[ColumnScore]) -> list[tuple[str, str, str]]:
    """Return key, full name and participant's number of everyone whose row is known."""
    if (members := team_members(sheet, scores)) is not None:
        return members.teams
    return [
        (key, sheet.text((row, _name_column(sheet))), participant(sheet, row))
        for key, row in matches_in(sheet, scores).rows.items()
    ]


def _name_column(sheet: Sheet) -> int:
    """Return the column that says who it is."""
    return FULL_NAME if has_names(sheet) else IDENTIFIER


def _participants(sheet: Sheet) -> list[int]:
    return [row for row in range(1, len(sheet.rows)) if participant(sheet, row)]


def participant(sheet: Sheet, row: int) -> str:
    """Return the number of a row's participant, "" where it is nobody's."""
    match = PARTICIPANT.fullmatch(sheet.text((row, IDENTIFIER)))
    return match[2] if match else ""


def participants_of(person: KnownStudent) -> set[str]:
    """Return the participant's numbers that a student may have."""
    numbered = person.shape in NUMBERED or person.vouched
    return texts(person.student.file_id) if numbered else set()


def _clues(sheet: Sheet) -> Iterator[Clue]:
    yield Clue(
        "participant's number",
        participants_of,
        lambda row: texts(participant(sheet, row)),
    )
    if has_names(sheet):
        yield Clue("full name", names_of, lambda row: names(sheet.text((row, FULL_NAME))))
    for column in range(FULL_NAME + 1, len(sheet.header)):
        if any("@" in sheet.text((row, column)) for row in range(1, len(sheet.rows))):
            yield Clue(
                "address",
                lambda one: texts(one.student.email),
                lambda row, column=column: texts(sheet.text((row, column))),  # type: ignore[misc]
            )
            return
