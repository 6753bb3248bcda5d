"""An edit of a submission's source: which characters give way to which, and what kind that is."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

Pieces: TypeAlias = tuple[str, ...]
"""A submission's source: one text for a script, one for each cell of a notebook."""


class TextEdit(NamedTuple):
    """Characters of one piece that give way to others: from `start` up to `end`."""

    piece: int
    start: int
    end: int
    text: str


class CandidateEdit(NamedTuple):
    """An edit that may be the fault's: of one place, or of several alike.

    Attributes:
        kind: one of `kinds.KINDS`.
        edits: in any order; none of them overlap.
        function: the method or function that it is in, `__sub__` say; "" outside of any.
        weight: the less, the sooner it is tried.
        change: what it does, in a way that is the same at other places; "" where it is done once.
    """

    kind: str
    edits: tuple[TextEdit, ...]
    function: str
    weight: float
    change: str = ""

    def line(self, pieces: Pieces) -> int:
        """Return the number of the first line that it changes, from 1."""
        first = min(self.edits)
        source = pieces[first.piece]
        kept = 0  # what an insertion has in common with what stands there is no change
        while (
            kept < min(len(first.text), first.end - first.start)
            and first.text[kept] == source[first.start + kept]
        ):
            kept += 1
        at = first.start + kept
        while at < first.end and source[at].isspace():
            at += 1
        return source.count("\n", 0, min(at, len(source.rstrip()))) + 1


def edited(pieces: Pieces, edits: Iterable[TextEdit]) -> Pieces:
    """Return a source with edits made, which do not overlap."""
    texts = list(pieces)
    for piece, start, end, text in sorted(edits, reverse=True):
        texts[piece] = texts[piece][:start] + text + texts[piece][end:]
    return tuple(texts)


def moved_before(first: CandidateEdit, second: CandidateEdit) -> CandidateEdit | None:
    """Return an edit that was found in an edited source as one of the source before that.

    Args:
        first: the edit that was made.
        second: the one that was found in what that gave.

    Returns:
        None where they meet.
    """
    moved = [_moved_before(sorted(first.edits), one) for one in second.edits]
    known = tuple(one for one in moved if one is not None)
    return second._replace(edits=known) if len(known) == len(moved) else None


def _moved_before(made: list[TextEdit], one: TextEdit) -> TextEdit | None:
    shift = 0
    for piece, start, end, text in made:
        if piece != one.piece or one.end <= start + shift:
            continue
        if one.start < start + shift + len(text):
            return None
        shift += len(text) - (end - start)
    return one._replace(start=one.start - shift, end=one.end - shift)


def changed_lines(before: str, after: str) -> tuple[Sequence[str], Sequence[str]]:
    """Return the lines that an edit takes away, and those that it puts there."""
    old, new = before.splitlines(), after.splitlines()
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return old, new
