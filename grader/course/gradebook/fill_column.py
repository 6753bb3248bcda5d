"""Writes students' scores into a column, and says what that changes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import isfinite
from typing import Final, NamedTuple

from grader.course.gradebook.column_scores import ColumnScore
from grader.course.gradebook.csv_sheet import Place, Sheet, with_cells
from grader.course.gradebook.formulas import harmless
from grader.course.gradebook.matching import RowMatches
from grader.course.gradebook.our_comments import flat, is_ours
from grader.course.gradebook.refusals import NoPoints
from grader.errors import Misused

ROUNDING: Final = 1e-9
MOST_POINTS: Final = 1e6
"""So many points an assignment counts at most; what has more is no number of points."""


class UnknownColumn(Misused):
    """No column of a gradebook, or several, could be the one that receives the scores."""

    def __init__(self, column: str, columns: Iterable[str]) -> None:
        shown = tuple(columns)
        super().__init__(
            f"it is unclear which column receives {column}",
            hint=f"choose one: --column {' | '.join(map(repr, shown))}"
            if shown
            else "this file has no column for scores: export it anew from the LMS",
        )


class FillOptions(NamedTuple):
    """The options of filling a column.

    Attributes:
        titles: what the exercise is called, any of which the column may be called.
        column: the column's name, or the number in it; "" to look for one of the titles.
        scaled: whether a score becomes the same share of the points that the LMS counts; None
            where nobody says so, nor that it does not.
        comments: which comments are written: "blank" (where there is none, or one of ours), "all",
            "none", or "drop" (their column is left out).
        changeable: the column that says whether a grade can be changed; "COLUMN=WORD" says the word
            for yes too, "none" that there is no such column; "" to look for it.
        comments_in: the column that receives comments; "" to look for it.
        only_changes: whether rows that do not change are left out.
    """

    titles: tuple[str, ...]
    column: str = ""
    scaled: bool | None = None
    comments: str = "blank"
    changeable: str = ""
    comments_in: str = ""
    only_changes: bool = False


class Target(NamedTuple):
    """The columns of a system's file that the scores go to.

    Attributes:
        column: the one that receives them.
        names: those that say who it is.
        possible: how many points the system counts; None where it does not say.
        locked: a row → why its score stays as it is, "" where it need not.
        comments: the column for words beside the score; None where there is none.
        decimals: how many decimals of a score the system keeps.
        takes_more: whether it takes more points than it counts.
        as_stored: makes a comment what the system stores in a cell.
    """

    column: int
    names: tuple[int, ...]
    possible: float | None
    locked: Callable[[int], str]
    comments: int | None = None
    decimals: int = 4
    takes_more: bool = False
    as_stored: Callable[[str], str] = str


class CellChange(NamedTuple):
    """A cell that is to say something else."""

    who: str
    old: str
    new: str


class FilledSheet(NamedTuple):
    """A gradebook with scores in it.

    Attributes:
        content: the whole file.
        changes: the cells that say something else, comments left out.
        same: how many scores stand there already.
        kept: cells that stay as they are, each with the reason, in a line.
        lost: students without a row, each with the reason, in a line.
        notes: what else a person should know, a line each.
        barred: scores that the system would not take, each with the reason, in a line.
        changed: the rows in which something changes.
        undecided: how many stay as they are since it is unclear whether they may be changed.
        other_points: the points of the system and ours, where they differ and nobody says what that
            means; None otherwise.
    """

    content: bytes
    changes: tuple[CellChange, ...]
    same: int
    kept: tuple[str, ...]
    lost: tuple[str, ...]
    notes: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    changed: frozenset[int] = frozenset()
    undecided: int = 0
    other_points: tuple[float, float] | None = None


def fill(
    sheet: Sheet,
    scores: Sequence[ColumnScore],
    matches: RowMatches,
    target: Target,
    options: FillOptions,
) -> FilledSheet:
    """Return the gradebook with everyone's score; nothing is ever written over by a blank.

    Args:
        sheet: as the system has exported it.
        scores: what each student has got.
        matches: which row is whose.
        target: where the scores go.
        options: how they are to be written.

    Raises:
        NoPoints: the system counts none.
    """
    _refuse_no_points(sheet, target)
    filling = _Filling(sheet, target, options)
    for one in scores:
        if (key := one.person.student.key) in matches.rows:
            filling.take(one, matches.rows[key])
    return FilledSheet(
        with_cells(sheet, filling.cells),
        tuple(filling.changes),
        filling.same,
        tuple(filling.kept),
        matches.lost,
        (*sheet.notes, *_notes(scores, target, options)),
        tuple(filling.barred),
        frozenset(row for row, _ in filling.cells),
        other_points=_other_points(scores, target, options),
    )


class _Filling:
    """The cells that get another text, and what stays as it is."""

    def __init__(self, sheet: Sheet, target: Target, options: FillOptions) -> None:
        self._sheet, self._target, self._options = sheet, target, options
        self._beside = [sheet.text((row, target.column)) for row in range(1, len(sheet.rows))]
        self.cells: dict[Place, str] = {}
        self.changes: list[CellChange] = []
        self.kept: list[str] = []
        self.barred: list[str] = []
        self.same = 0

    def take(self, one: ColumnScore, row: int) -> None:
        """Write a score and its comment into a row, unless something speaks against it."""
        target, score = self._target, _points(one, self._target, self._options)
        old = self._sheet.text((row, target.column))
        who = ", ".join(self._sheet.text((row, column)) for column in target.names)
        if reason := "nothing could be graded" if one.score is None else target.locked(row):
            self.kept.append(f"{who}: {reason}")
            return
        if reason := _why_not(score, target, self._options):
            self.barred.append(f"{who}: {reason}")
            return
        new = written_number(score, self._beside, target.decimals)
        if is_new(old, new, target.decimals):
            self.cells[(row, target.column)] = new
            self.changes.append(CellChange(who, old, new))
        else:
            self.same += 1
        self.cells |= _comment(self._sheet, one, row, target, self._options)


def _refuse_no_points(sheet: Sheet, target: Target) -> None:
    if target.possible is not None and not 0 < target.possible <= MOST_POINTS:
        raise NoPoints(repr(sheet.header[target.column]), target.possible)


def points_in(text: str) -> float | None:
    """Return the number that a cell holds, whatever it is; None where it holds none."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def number_in(text: str) -> float | None:
    """Return the finite number that a cell holds, with a point or a comma; None where none is."""
    number = points_in(text)
    return number if number is not None and isfinite(number) else None


def written_number(score: float, beside: Iterable[str], decimals: int = 4) -> str:
    """Return a score as the cells beside it write numbers: with a comma where they do."""
    text = f"{round(score, decimals):.10g}"
    commas = any("," in cell and number_in(cell) is not None for cell in beside)
    return text.replace(".", ",") if commas else text


def is_new(old: str, new: str, decimals: int = 4) -> bool:
    """Return whether a cell has to change to say a number, as far as its decimals are kept."""
    before, after = number_in(old), number_in(new)
    return before is None or after is None or round(before, decimals) != round(after, decimals)


def _points(one: ColumnScore, target: Target, options: FillOptions) -> float:
    score = one.score or 0.0
    if options.scaled and target.possible is not None and one.max_score:
        return score / one.max_score * target.possible
    return score


def _why_not(score: float, target: Target, options: FillOptions) -> str:
    """Return why a system would not take a score, "" where nothing speaks against it."""
    if target.possible is None or score <= target.possible + ROUNDING:
        return ""
    more = f"{score:g} is more than the {target.possible:g} points that the LMS counts"
    if not target.takes_more:
        return more
    return f"{more}; --no-scale writes it all the same" if options.scaled is None else ""


def _comment(
    sheet: Sheet, one: ColumnScore, row: int, target: Target, options: FillOptions
) -> dict[Place, str]:
    """Return the words beside a score, unless somebody's stand there already; ours are replaced."""
    column = target.comments
    if column is None or options.comments not in ("blank", "all"):
        return {}
    old, new = sheet.text((row, column)), harmless(target.as_stored(one.comment))
    if old == new or flat(old) == flat(new):
        return {}
    if old.strip() and options.comments == "blank" and not is_ours(old, one.comment):
        return {}
    return {(row, column): new}


def _other_points(
    scores: Sequence[ColumnScore], target: Target, options: FillOptions
) -> tuple[float, float] | None:
    """Return the points of the system and ours, where they differ and nobody says what to do."""
    ours = max((one.max_score for one in scores), default=0.0)
    if options.scaled is not None or target.possible in (None, ours) or not scores:
        return None
    return target.possible, ours


def _notes(scores: Sequence[ColumnScore], target: Target, options: FillOptions) -> Iterator[str]:
    ours = max((one.max_score for one in scores), default=0.0)
    if target.possible not in (None, ours) and not options.scaled:
        yield f"the LMS counts {target.possible:g} points, we {ours:g}: --scale converts"
