"""Writes students' scores into a column, and says what that changes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import isfinite
from typing import Final, NamedTuple

from grader.course.gradebook.column_scores import ColumnScore
from grader.course.gradebook.csv_sheet import Place, Sheet, with_cells
from grader.course.gradebook.formulas import harmless
from grader.course.gradebook.matching import RowMatches
from grader.course.gradebook.refusals import NoPoints
from grader.errors import Misused

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
        scaled: whether a score becomes the same share of the points that the LMS counts.
        comments: which comments are written: "blank" (where there is none), "all" or "none".
        changeable: the column that says whether a grade can be changed; "COLUMN=WORD" says the word
            for yes too, "none" that there is no such column; "" to look for it.
        comments_in: the column that receives comments; "" to look for it.
    """

    titles: tuple[str, ...]
    column: str = ""
    scaled: bool = False
    comments: str = "blank"
    changeable: str = ""
    comments_in: str = ""


class Target(NamedTuple):
    """The columns of a system's file that the scores go to.

    Attributes:
        column: the one that receives them.
        names: the one that says who it is.
        possible: how many points the system counts; None where it does not say.
        locked: a row → why its score stays as it is, "" where it need not.
        comments: the column for words beside the score; None where there is none.
    """

    column: int
    names: int
    possible: float | None
    locked: Callable[[int], str]
    comments: int | None = None


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
    """

    content: bytes
    changes: tuple[CellChange, ...]
    same: int
    kept: tuple[str, ...]
    lost: tuple[str, ...]
    notes: tuple[str, ...] = ()


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
    beside = [sheet.text((row, target.column)) for row in range(1, len(sheet.rows))]
    cells: dict[Place, str] = {}
    changes: list[CellChange] = []
    kept = []
    scored = [
        (one, matches.rows[key])
        for one in scores
        if (key := one.person.student.key) in matches.rows
    ]
    for one, row in scored:
        reason = "nothing could be graded" if one.score is None else target.locked(row)
        if reason:
            kept.append(f"{sheet.text((row, target.names))}: {reason}")
            continue
        new = written_number(_points(one, target, options), beside)
        old = sheet.text((row, target.column))
        if is_new(old, new):
            cells[(row, target.column)] = new
            changes.append(CellChange(sheet.text((row, target.names)), old, new))
        cells |= _comment(sheet, one, (row, target.comments), options)
    same = len(scored) - len(kept) - len(changes)
    content = with_cells(sheet, cells)
    notes = tuple(_notes(scores, target, options))
    return FilledSheet(content, tuple(changes), same, tuple(kept), matches.lost, notes)


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


def written_number(score: float, beside: Iterable[str]) -> str:
    """Return a score as the cells beside it write numbers: with a comma where they do."""
    text = f"{round(score, 4):.10g}"
    commas = any("," in cell and number_in(cell) is not None for cell in beside)
    return text.replace(".", ",") if commas else text


def is_new(old: str, new: str) -> bool:
    """Return whether a cell has to change to say a number."""
    return number_in(old) is None or number_in(old) != number_in(new)


def _points(one: ColumnScore, target: Target, options: FillOptions) -> float:
    score = one.score or 0.0
    if options.scaled and target.possible is not None and one.max_score:
        return score / one.max_score * target.possible
    return score


def _comment(
    sheet: Sheet, one: ColumnScore, place: tuple[int, int | None], options: FillOptions
) -> dict[Place, str]:
    """Return the words beside a score, unless somebody's stand there already."""
    row, column = place
    if column is None or options.comments == "none":
        return {}
    old, new = sheet.text((row, column)), harmless(one.comment)
    if old == new or (old.strip() and options.comments == "blank"):
        return {}
    return {(row, column): new}


def _notes(scores: Sequence[ColumnScore], target: Target, options: FillOptions) -> Iterator[str]:
    ours = max((one.max_score for one in scores), default=0.0)
    if target.possible not in (None, ours) and not options.scaled:
        yield f"the LMS counts {target.possible:g} points, we {ours:g}: --scale converts"
