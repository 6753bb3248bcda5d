"""Finds the columns of Moodle's worksheet: by their names, else by where Moodle puts them.

Headers are in the language of whoever downloads them. The order is always the same, and what an
assignment has decides which of the columns there are: Identifier, [Full name, identity], Status,
[Group, Marker], Grade, Maximum grade or Scale, [Marking workflow state], Grade can be changed,
[Last modified (submission), what submission plugins have], Last modified (grade), what feedback
plugins have, [Outcomes].

Source: Moodle's mod/assign/gradingtable.php; the names are those of its language packs.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from grader.course.gradebook.csv_sheet import Sheet
from grader.course.gradebook.fill_column import FillOptions, UnknownColumn, number_in
from grader.course.gradebook.moodle.yes_no import NO, YES, spelled
from grader.course.gradebook.name_matching import bare
from grader.course.gradebook.refusals import GradedOtherwise
from grader.errors import Misused

IDENTIFIER, FULL_NAME = 0, 1
NONE: Final = "none"
DROP: Final = "drop"
NUMBERS_IN_A_DATE: Final = 4
"""Day, year, hour and minute: a date has no fewer, in whatever language."""
PLACES_OF_A_DATE: Final = (3, 4)
"""The distance of the first date from Grade, to the right: with marking workflow, one more."""
MOST_DATES: Final = 2
MOST_WORDS: Final = 2


LANGUAGES: Final = (
    ("Grade", "Grade can be changed", "Feedback comments"),
    ("Bewertung", "Bewertung kann geändert werden", "Feedback als Kommentar"),
    ("Note", "La note peut être modifiée", "Feedback par commentaires"),
    ("Calificación", "La calificación puede ser cambiada", "Comentarios de retroalimentación"),
    ("Calificación", "La calificación puede cambiarse", "Comentarios de retroalimentación"),
    ("Valutazione", "La valutazione può essere cambiata", "Commenti"),
    ("Nota", "A nota pode ser alterada", "Comentários de feedback"),
    ("Betyg", "Betyg kan ändras", "Återkopplingskommentarer"),
    ("Qualificació", "", "Comentaris de retroalimentació"),
    ("Nota", "Nota pode ser alterada", ""),
    ("Cualificación", "A cualificación pode seren cambiada", ""),
    ("Kalifikazioa", "Kalifikazioa alda daiteke", ""),
    ("Ocena", "Ocena se lahko spremeni", ""),
    ("", "يمكن تغيير العلامة", ""),
    ("", "允许更改成绩", ""),
)
"""The names of three columns in a language, "" where we do not know it."""
GRADES: Final = frozenset(bare(grade) for grade, _, _ in LANGUAGES) - {""}
CHANGEABLE: Final = frozenset(bare(one) for _, one, _ in LANGUAGES) - {""}
COMMENTS: Final = frozenset(bare(one) for _, _, one in LANGUAGES) - {""}
SPOKEN: Final = frozenset(
    (bare(grade), bare(one)) for grade, one, comments in LANGUAGES if grade and one and comments
)
"""Names that tell a language in which we know what comments are called: Moodle may leave one of
them in English where the other is not."""

STATUSES: Final = frozenset(
    map(
        bare,
        (
            *("Status", "Statut", "Estado", "Estatus", "Stato", "Estat", "Stav", "Stan", "Tila"),
            *("Durum", "Situação", "Статус", "Состояние", "Стан", "ステータス", "状態", "الحالة"),
            *("Stare", "Egoera", "Κατάσταση", "状态", "상태", "Būsena", "Olek", "Állapot", "סטטוס"),
        ),
    )
)


class UnclearColumn(Misused):
    """It is unclear which of a worksheet's columns says something."""

    def __init__(self, says: str, option: str, columns: Iterable[str], otherwise: str) -> None:
        shown = " | ".join(map(repr, columns))
        super().__init__(
            f"it is unclear which column {says}", hint=f"name it: {option} {shown}; {otherwise}"
        )


class WorksheetColumns(NamedTuple):
    """The columns of a worksheet that are needed.

    Attributes:
        grade: the column that receives grades.
        possible: how many points the assignment has; None where it does not say.
        changeable: the column that says whether a grade can be changed; None where a person says
            that there is none.
        yes: the word for yes in it, as a person says; "" where nobody does.
        comments: the column that receives words; None where there is none.
        modified: the column that says when a grade was changed last; None where it is not known.
        guesses: what was told by its place alone, a line each.
    """

    grade: int
    possible: float | None
    changeable: int | None
    yes: str
    comments: int | None
    modified: int | None
    guesses: tuple[str, ...]


class _Worksheet(NamedTuple):
    """A worksheet, and those of its rows that are somebody's."""

    sheet: Sheet
    rows: Sequence[int]

    def texts(self, column: int) -> list[str]:
        return [self.sheet.text((row, column)).strip() for row in self.rows]

    def after(self, column: int) -> range:
        return range(column + 1, len(self.sheet.header))

    def called(self, names: frozenset[str], after: int) -> list[int]:
        return [one for one in self.after(after) if bare(self.sheet.header[one]) in names]

    def is_spoken(self) -> bool:
        """Return whether it is in a language in which we know what comments are called."""
        headers = {bare(one) for one in self.sheet.header}
        return any(headers.issuperset(names) for names in SPOKEN)

    def named(self, name: str) -> int | None:
        headers = [spelled(one) for one in self.sheet.header]
        return headers.index(spelled(name)) if headers.count(spelled(name)) == 1 else None

    def dated(self, after: int) -> list[int]:
        return [one for one in self.after(after) if self.texts(one) and self._is_dated(one)]

    def _is_dated(self, column: int) -> bool:
        """Return whether each cell is a date, or the dash that Moodle writes for none."""
        return all(
            text == "-" or len(re.findall(r"\d+", text)) >= NUMBERS_IN_A_DATE
            for text in self.texts(column)
        )


def columns_of(sheet: Sheet, rows: Sequence[int], options: FillOptions) -> WorksheetColumns:
    """Return the columns of a worksheet.

    Args:
        sheet: as Moodle has made it, in any language.
        rows: those that are a participant's.
        options: which columns people name.

    Raises:
        UnknownColumn: the column for grades cannot be told.
        UnclearColumn: another one cannot.
        GradedOtherwise: the assignment is graded on a scale.
    """
    worksheet = _Worksheet(sheet, rows)
    grade = _grade(worksheet, options.column)
    changeable, yes = _changeable(worksheet, grade, options.changeable)
    if changeable == grade + 1:
        raise GradedOtherwise("this assignment", "not at all")
    _refuse_a_scale(worksheet, grade, changeable)
    comments = _comments(worksheet, grade if changeable is None else changeable, options)
    dates = worksheet.dated(grade if changeable is None else changeable)
    modified = dates[-1] if dates else None
    guesses = []
    if changeable is not None and not options.changeable:
        guesses += _guess(sheet, changeable, CHANGEABLE, "for whether a grade can be changed")
    if comments is not None and not options.comments_in:
        guesses += _guess(sheet, comments, COMMENTS, "for comments")
    return WorksheetColumns(
        grade, _possible(worksheet, grade + 1), changeable, yes, comments, modified, tuple(guesses)
    )


def has_names(sheet: Sheet) -> bool:
    """Return whether there are names in it; not where Moodle hides them, and Status comes first."""
    after = (*sheet.header, "", "", "")[FULL_NAME : FULL_NAME + 2]
    if bare(after[0]) in STATUSES or bare(after[1]) in GRADES:
        return False
    worksheet = _Worksheet(sheet, range(1, len(sheet.rows)))
    grade = FULL_NAME + 1  # where names are hidden; with names, their status stands there
    return _possible(worksheet, grade + 1) is None or not _holds_grades(worksheet, grade)


def _grade(worksheet: _Worksheet, name: str) -> int:
    """Return the column that receives grades: left of the one that says the same number always."""
    header = worksheet.sheet.header
    if name:
        column = worksheet.named(name)
        if column is None:
            raise UnknownColumn(repr(name), header)
        return column
    fits = worksheet.called(GRADES, IDENTIFIER)
    if len(fits) != 1:
        fits = [
            column
            for column in worksheet.after(FULL_NAME)
            if _possible(worksheet, column + 1) is not None and _holds_grades(worksheet, column)
        ]
    if len(fits) > 1:
        fits = [column for column in fits if _is_before_the_dates(worksheet, column)] or fits
    if len(fits) != 1:
        raise UnknownColumn("the grades", [header[column] for column in fits] or header)
    return fits[0]


def _holds_grades(worksheet: _Worksheet, column: int) -> bool:
    return all(not text or number_in(text) is not None for text in worksheet.texts(column))


def _possible(worksheet: _Worksheet, column: int) -> float | None:
    """Return the number that a column says in every row."""
    numbers = {number_in(text) for text in worksheet.texts(column)}
    return numbers.pop() if len(numbers) == 1 else None


def _refuse_a_scale(worksheet: _Worksheet, grade: int, changeable: int | None) -> None:
    """Refuse a worksheet whose highest grade is a word, or whose grades are.

    Raises:
        GradedOtherwise: so it is.
    """
    columns = [grade] if changeable in (None, grade + 1) else [grade, grade + 1]
    words = [text for column in columns for text in worksheet.texts(column)]
    words = [text for text in words if text not in ("", "-") and number_in(text) is None]
    if words:
        raise GradedOtherwise("this assignment", "on a scale", words)


def _changeable(worksheet: _Worksheet, grade: int, option: str) -> tuple[int | None, str]:
    """Return the column that says whether a grade can be changed, and its word for yes."""
    fits = worksheet.called(CHANGEABLE, grade) or _before_the_dates(worksheet, grade)
    yes = ""
    if option:
        name = option
        if worksheet.named(option) is None:
            if spelled(option) == NONE:
                return None, ""
            name, _, yes = option.rpartition("=")
        column = worksheet.named(name)
        fits = [] if column is None else [column]
    if len(fits) != 1:
        raise UnclearColumn(
            "says whether a grade can be changed",
            "--changeable",
            [worksheet.sheet.header[one] for one in worksheet.after(grade)],
            "COLUMN=WORD says its word for yes too, none that every grade may be written over",
        )
    return fits[0], yes


def _before_the_dates(worksheet: _Worksheet, grade: int) -> list[int]:
    """Return the column before the first date, where it is as far right as Moodle puts it.

    It has to say yes or no in a language that we know: where neither the header nor the cells are
    known, a person has to say it.
    """
    if not _is_before_the_dates(worksheet, grade):
        return []
    column = worksheet.dated(grade)[0] - 1
    words = {spelled(text) for text in worksheet.texts(column)}
    return [column] if len(words) <= MOST_WORDS and words & (YES | NO) else []


def _is_before_the_dates(worksheet: _Worksheet, grade: int) -> bool:
    dated = worksheet.dated(grade)
    return bool(dated) and dated[0] - grade in PLACES_OF_A_DATE


def _comments(worksheet: _Worksheet, after: int, options: FillOptions) -> int | None:
    """Return the column for comments: right of the last date, where it is alone there."""
    if options.comments == NONE:
        return None
    if options.comments_in:
        column = worksheet.named(options.comments_in)
        fits = [] if column is None else [column]
    else:
        fits = worksheet.called(COMMENTS, after)
        dated = worksheet.dated(after)
        right = worksheet.after(dated[-1] if dated else after)
        if not fits and not right and len(dated) <= MOST_DATES:
            return None
        if not fits and 0 < len(dated) <= MOST_DATES and not worksheet.is_spoken():
            fits = list(right)
    if len(fits) != 1:
        columns = [worksheet.sheet.header[one] for one in worksheet.after(after)]
        otherwise = "--comments none writes none"
        raise UnclearColumn("receives comments", "--comments-in", columns, otherwise)
    return fits[0]


def _guess(sheet: Sheet, column: int, names: frozenset[str], what: str) -> list[str]:
    """Return a line that says what a column was taken for by its place alone."""
    header = sheet.header[column]
    return [] if bare(header) in names else [f"{header!r} is taken {what}, by its place"]
