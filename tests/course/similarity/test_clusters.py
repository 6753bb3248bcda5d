"""Those who are alike are one group: nobody is left out, or named twice for one thing."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from grader.course.similarity.clusters import TOGETHER, Crowd, Group, crowds, groups
from grader.course.similarity.similarity import Pair, alike, crowd, rank
from tests.course.similarity.sample import GIVEN, HONEST, ORIGINAL, honest, of, renamed, reordered

TEXT = HONEST[ORIGINAL]
KEYS = "abcdefgh"
LIKENESS = st.floats(0, 1)
PAIRS = st.dictionaries(st.sampled_from(list(combinations(KEYS, 2))), LIKENESS).map(
    lambda some: sorted((pair(*who, likeness) for who, likeness in some.items()), key=rank)
)


def pair(left: str, right: str, likeness: float) -> Pair:
    return Pair(left, right, likeness, frozenset())


def test_a_ring_of_copies_is_one_group_and_its_copies_are_not_shown_pair_by_pair() -> None:
    ring = [of("ann", renamed(TEXT)), of("ben", reordered(TEXT)), of("cem", f"{TEXT}\n# mine")]

    first, *others = groups(alike([*honest(), *ring], GIVEN))

    assert first.keys == ("ann", "ben", "cem", ORIGINAL)
    assert len(first.links) == 3
    assert all(len(other.keys) == 2 for other in others)
    assert all(other.links[0].likeness < TOGETHER for other in others)


def test_two_groups_that_are_alike_to_a_lesser_degree_are_told_so_once() -> None:
    strong = [pair("a", "b", 0.9), pair("c", "d", 0.8)]
    weak = [pair("a", "d", 0.4), pair("a", "c", 0.3), pair("b", "c", 0.2)]

    assert groups([*strong, *weak]) == [
        Group(("a", "b"), (strong[0],)),
        Group(("c", "d"), (strong[1],)),
        Group(("a", "d"), (weak[0],)),
    ]


@given(PAIRS)
def test_groups_hold_everyone_by_the_pairs_that_tie_them_most(pairs: list[Pair]) -> None:
    found = groups(pairs)

    strong = [one for one in pairs if one.likeness >= TOGETHER]
    grouped = [one for one in found if one.links[0].likeness >= TOGETHER]
    home = {key: one.keys for one in grouped for key in one.keys}
    assert len(home) == sum(len(one.keys) for one in grouped)  # nobody is in two
    assert all(home[one.left] == home[one.right] for one in strong)
    assert all(len(one.links) == len(one.keys) - 1 for one in found)
    for one in grouped:  # a heavier tree would leave out a weaker link for a stronger pair
        for link in one.links:
            side = {link.left}
            rest = [other for other in one.links if other != link]
            for _ in rest:
                side |= {k for o in rest if {o.left, o.right} & side for k in (o.left, o.right)}
            across = [o for o in strong if len({o.left, o.right} & side) == 1]
            assert max(o.likeness for o in across) == link.likeness


@given(PAIRS)
def test_groups_come_with_the_most_alike_first(pairs: list[Pair]) -> None:
    found = groups(pairs)

    assert all(rank(one.links[0]) <= rank(other.links[0]) for one, other in pairwise(found))
    assert all(list(one.links) == sorted(one.links, key=rank) for one in found)


def test_more_who_have_the_same_than_a_few_are_named_though_no_pair_of_them_is() -> None:
    many = [of(f"s{number}", f"{TEXT}\n# {number}") for number in range(crowd(0) + 1)]

    assert alike([*many, *honest()], GIVEN) == []
    assert crowds([*many, *honest()], GIVEN) == [
        Crowd((*(one.key for one in many), ORIGINAL), same=False)
    ]


def test_a_few_are_a_group_and_not_a_crowd() -> None:
    few = [of(f"s{number}", TEXT) for number in range(crowd(0))]

    assert crowds(few, GIVEN) == []
    assert [len(one.keys) for one in groups(alike(few, GIVEN))] == [crowd(0)]


def test_what_was_given_to_all_makes_no_crowd() -> None:
    many = [of(f"s{number}", TEXT) for number in range(crowd(0) + 1)]
    (found,) = crowds(many, frozenset())

    assert found.same
    assert crowds(many, frozenset(mark for mark, _ in many[0].fingerprints)) == []
