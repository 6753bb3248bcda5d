"""Finds the passages of two submissions that agree, as long as their tokens do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from grader.course.similarity.texts import StudentText
from grader.course.similarity.tokens import Token
from grader.course.similarity.winnowing import GRAM

MOST_PLACES: Final = 8
"""A fingerprint that stands more often in a text is looked for at so many places."""

TAKEN_LEFT, TAKEN_RIGHT = "taken", "taken too"
"""Stand for a token that a passage has already: no kind of token, and not the same."""


class LineSpan(NamedTuple):
    """Some lines of a student's, from the first to the last, counted from 0."""

    first: int
    last: int


class Match(NamedTuple):
    """Lines that agree."""

    left: LineSpan
    right: LineSpan


def matches(left: StudentText, right: StudentText, shared: Iterable[int]) -> list[Match]:
    """Return the passages in which two submissions agree, in the order of the left one.

    Each begins at a fingerprint that both have, and goes as far to both sides as their tokens are
    the same, whoever else has what it runs into. None overlaps another.

    Args:
        left: a submission.
        right: another.
        shared: the fingerprints from which to begin.
    """
    marks = set(shared)
    places: dict[int, list[int]] = defaultdict(list)
    for mark, place in right.fingerprints:
        if mark in marks and len(places[mark]) < MOST_PLACES:
            places[mark].append(place)
    tiles = list(_tiles(left, right, places))
    return [
        Match(_lines(left.tokens, begin, length), _lines(right.tokens, other, length))
        for begin, other, length in sorted(tiles)
    ]


def _tiles(
    left: StudentText, right: StudentText, places: dict[int, list[int]]
) -> Iterator[tuple[int, int, int]]:
    """Yield the beginning of each passage in both, and its length in tokens."""
    ours, theirs = [one.kind for one in left.tokens], [one.kind for one in right.tokens]
    for mark, place in left.fingerprints:
        passages = [_longest(ours, theirs, place, other) for other in places.get(mark, ())]
        begin, other, length = max(passages, key=lambda one: one[2], default=(0, 0, 0))
        if length >= GRAM:
            ours[begin : begin + length] = [TAKEN_LEFT] * length
            theirs[other : other + length] = [TAKEN_RIGHT] * length
            yield begin, other, length


def _longest(
    ours: Sequence[str], theirs: Sequence[str], place: int, other: int
) -> tuple[int, int, int]:
    """Return the longest passage that agrees and holds this place of both."""
    after, room = 0, min(len(ours) - place, len(theirs) - other)
    while after < room and ours[place + after] == theirs[other + after]:
        after += 1
    before, room = 0, min(place, other) if after else 0
    while before < room and ours[place - before - 1] == theirs[other - before - 1]:
        before += 1
    return place - before, other - before, before + after


def _lines(tokens: Sequence[Token], begin: int, length: int) -> LineSpan:
    return LineSpan(tokens[begin].line, tokens[begin + length - 1].line)
