"""The cause of what is wrong, in words: what the edit that mends a submission says of it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from grader.feedback.repair.edit import CandidateEdit, Pieces, changed_lines, edited
from grader.feedback.repair.kinds import KINDS, OF_A_WHOLE
from grader.feedback.repair.search import Found
from grader.reports.report import Diagnosis, Frame, SourceLine

AROUND = 2
ADDING = frozenset({"missing method", "reflected operator"})
TextOfLine: TypeAlias = Callable[[str, int], str | None]


class SourceText(NamedTuple):
    """A submission's source, and how its lines are shown.

    Attributes:
        pieces: its texts.
        files: the name of each, as the student knows it.
        line: gives a line as it can be shown, by file and number; None where there is none.
        for_staff: whether the edit itself is shown, which a student never sees.
    """

    pieces: Pieces
    files: Sequence[str]
    line: TextOfLine
    for_staff: bool = False


class LocatedCause(NamedTuple):
    """A cause: what is said of it, and the lines around it."""

    diagnosis: Diagnosis
    frame: Frame | None


def causes(found: Found, source: SourceText) -> list[LocatedCause]:
    """Return the cause behind each edit that was found."""
    return [_cause(one, source) for one in found.edits]


def by_failure(found: Found, failures: int) -> list[tuple[int, ...]]:
    """Return, for each of so many Programs that fail, which of the edits it fails for.

    An edit that only matters to what was not asked yet is told with the last.
    """
    alone = [
        tuple(number for number, mended in enumerate(found.mends) if at in mended)[:1]
        for at in range(failures)
    ]
    both = tuple(range(len(found.edits)))
    told = [one or both for one in alone]
    untold = tuple(number for number in both if not any(number in one for one in told))
    return [*told[:-1], *((*one, *untold) for one in told[-1:])]


def _cause(one: CandidateEdit, source: SourceText) -> LocatedCause:
    kind, number = KINDS[one.kind], one.line(source.pieces)
    file = source.files[min(one.edits).piece]
    text = source.line(file, number)
    place = _place(file, number, one, only=len(source.files) == 1)
    where = SourceLine(file, number, one.function, text) if text is not None else None
    edit = _shown(one, source.pieces) if source.for_staff else ""
    identity = one.kind.replace(" ", "-")
    diagnosis = Diagnosis(identity, kind.says, f"{place}: {kind.asks}", where, edit)
    return LocatedCause(diagnosis, _frame(where, source) if where else None)


def _place(file: str, line: int, one: CandidateEdit, *, only: bool) -> str:
    if one.kind in OF_A_WHOLE:  # which of its lines is wrong, the edit does not tell
        whole = f"All of {one.function}, from line {line}"
        return whole if only else f"{file}: all of {one.function}, from line {line}"
    if one.kind in ADDING and all(edit.start == edit.end for edit in one.edits):
        below = f"elow line {line}"  # the method is not there yet
        return f"B{below}" if only else f"{file}, b{below}"
    inside = f", in {one.function}" if one.function else ""
    return f"Line {line}{inside}" if only else f"{file}, line {line}{inside}"


def _frame(where: SourceLine, source: SourceText) -> Frame:
    numbers = range(max(1, where.line - AROUND), where.line + AROUND + 1)
    known = [(number, source.line(where.file, number)) for number in numbers]
    shown = [(number, text) for number, text in known if text is not None]
    texts = tuple(text for _, text in shown)
    return Frame(where.file, where.function, shown[0][0], texts, where.line)


def _shown(one: CandidateEdit, pieces: Pieces) -> str:
    piece = min(one.edits).piece
    old, new = changed_lines(pieces[piece], edited(pieces, one.edits)[piece])
    return "\n".join([*(f"- {line}" for line in old), *(f"+ {line}" for line in new)])
