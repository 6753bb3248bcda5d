"""The likeness of two submissions, beyond what the starter and the crowd explain."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import log
from typing import Final, NamedTuple

from grader.course.similarity.texts import StudentText

LEAST: Final = 8
"""A pair that shares fewer fingerprints is not shown: so much agrees by chance."""

CROWD, SHARE = 5, 0.1
"""More submissions than so many, or than such a part of them, are the crowd."""


class SimilarPair(NamedTuple):
    """Two students whose submissions are alike.

    Attributes:
        left: a student's key.
        right: another's.
        likeness: how much of what is the smaller one's own the other has too, from 0 to 1; what
            few have weighs more.
        shared: the fingerprints that both have, and neither the starter nor the crowd.
        same: whether their texts are the same but for blanks.
    """

    left: str
    right: str
    likeness: float
    shared: frozenset[int]
    same: bool = False


def similar_pairs(course: Sequence[StudentText], starter: frozenset[int]) -> list[SimilarPair]:
    """Return the pairs that are alike, the most alike first.

    A fingerprint that the starter has, or the crowd, counts for nobody. The others weigh
    log((n + 1) / m) where m of n submissions have them. A pair's likeness is what both have of the
    one that has less of its own. A pair with too little in common is left out, unless the two texts
    are the same and have that much beside the starter.

    Args:
        course: every submission once.
        starter: the fingerprints of what everyone was given.
    """
    own = _own(course, starter)
    counts = Counter(mark for marks in own.values() for mark in marks)
    weight = {mark: log((len(course) + 1) / many) for mark, many in counts.items()}
    total = {key: sum(map(weight.__getitem__, sorted(marks))) for key, marks in own.items()}
    twins = set(_twins(course, starter))
    pairs = []
    for left, right in _pairs_that_share(own) | twins:
        shared = own[left] & own[right]
        least = min(total[left], total[right])
        both = sum(map(weight.__getitem__, sorted(shared)))
        same = (left, right) in twins
        if same or len(shared) >= LEAST:
            likeness = 1.0 if same else both / least
            pairs.append(SimilarPair(left, right, likeness, frozenset(shared), same))
    return sorted(pairs, key=rank)


def rank(pair: SimilarPair) -> tuple[float, int, str, str]:
    """Return the key that pairs are sorted by: the most alike first."""
    return -pair.likeness, -len(pair.shared), pair.left, pair.right


def crowd(submissions: int) -> int:
    """Return the number of submissions that may share a fingerprint before it is the crowd's."""
    return max(CROWD, int(submissions * SHARE))


def _own(course: Sequence[StudentText], starter: frozenset[int]) -> dict[str, set[int]]:
    """Return the fingerprints of each that neither the starter nor the crowd has."""
    marks = {one.key: {mark for mark, _ in one.fingerprints} for one in course}
    counts = Counter(mark for some in marks.values() for mark in some)
    common = {mark for mark, many in counts.items() if many > crowd(len(course))} | starter
    return {key: some - common for key, some in marks.items()}


def _pairs_that_share(own: Mapping[str, Iterable[int]]) -> set[tuple[str, str]]:
    """Return the pairs that share so much that it is worth a look."""
    holders: dict[int, list[str]] = defaultdict(list)
    for key, marks in own.items():
        for mark in marks:
            holders[mark].append(key)
    met: Counter[tuple[str, str]] = Counter()
    for keys in holders.values():
        met.update(combinations(sorted(keys), 2))
    return {pair for pair, times in met.items() if times >= LEAST}


def _twins(course: Sequence[StudentText], starter: frozenset[int]) -> Iterator[tuple[str, str]]:
    """Yield the pairs whose texts are the same but for blanks, unless the crowd has that text.

    A starter that was handed in as it was given is no text of anybody's, nor is one with the line
    that everybody would put there.
    """
    by_text: dict[str, list[str]] = defaultdict(list)
    for one in course:
        if len({mark for mark, _ in one.fingerprints} - starter) >= LEAST:
            by_text[one.digest].append(one.key)
    for keys in by_text.values():
        if len(keys) <= crowd(len(course)):
            yield from combinations(sorted(keys), 2)
