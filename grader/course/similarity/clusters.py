"""Groups submissions that are alike: of thirty copies of a text nobody wants to read 435 pairs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from grader.course.similarity.similarity import LEAST, SimilarPair, crowd, rank
from grader.course.similarity.texts import StudentText

TOGETHER: Final = 0.6
"""Submissions that are so much alike are one group; people who worked alone stay below 0.3."""


class Cluster(NamedTuple):
    """Submissions that are alike, each linked to another one.

    Attributes:
        keys: the students', in order.
        links: the pairs that hold the group together, one fewer than there are students, the most
            alike first.
    """

    keys: tuple[str, ...]
    links: tuple[SimilarPair, ...]


class Crowd(NamedTuple):
    """Submissions with the same in them, and more of them than a few who copy.

    Attributes:
        keys: the students', in order.
        same: whether the texts, too, are the same but for blanks.
    """

    keys: tuple[str, ...]
    same: bool


def clusters(pairs: Sequence[SimilarPair]) -> list[Cluster]:
    """Return the groups that the pairs make, the most alike first.

    A group's links are its maximum spanning tree (Kruskal's): every student by the pair that ties
    them most. Where two groups are alike to a lesser degree, the pair that is most alike is a group
    of its own, and stands for the others between them.

    Args:
        pairs: the most alike first.
    """
    first = {key: key for pair in pairs for key in (pair.left, pair.right)}
    members = {key: [key] for key in first}
    links: dict[str, list[SimilarPair]] = {key: [] for key in first}
    between: dict[frozenset[str], SimilarPair] = {}
    for pair in pairs:
        left, right = first[pair.left], first[pair.right]
        if pair.likeness < TOGETHER:
            between.setdefault(frozenset((left, right)), pair)
        elif left != right:
            first |= dict.fromkeys(members[right], left)
            members[left] += members.pop(right)
            links[left] += [*links.pop(right), pair]
    strong = [
        Cluster(tuple(sorted(members[key])), tuple(sorted(some, key=rank)))
        for key, some in links.items()
        if some
    ]
    weak = [
        Cluster((pair.left, pair.right), (pair,)) for who, pair in between.items() if len(who) == 2
    ]
    return sorted(strong, key=lambda one: rank(one.links[0])) + weak


def crowds(course: Iterable[StudentText], starter: frozenset[int]) -> list[Crowd]:
    """Return those whose submissions agree in everything, where more do than count as copies.

    Either they were given it, or one answer went round: what they share counts for nobody, so no
    pair of them is shown.

    Args:
        course: every submission once.
        starter: the fingerprints of what everyone was given.
    """
    everyone = list(course)
    alike: dict[frozenset[int], list[StudentText]] = defaultdict(list)
    for one in everyone:
        own = frozenset(mark for mark, _ in one.fingerprints) - starter
        if len(own) >= LEAST:
            alike[own].append(one)
    groups = [some for some in alike.values() if len(some) > crowd(len(everyone))]
    result = [
        Crowd(tuple(sorted(one.key for one in some)), len({one.digest for one in some}) == 1)
        for some in groups
    ]
    return sorted(result, key=lambda one: (-len(one.keys), one.keys))
