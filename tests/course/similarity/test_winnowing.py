"""No long passage that two texts share goes without a fingerprint that they share."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from grader.course.similarity.winnowing import GRAM, GUARANTEED, WINDOW, fingerprints

WORDS = st.lists(st.sampled_from(["n", "0", "s", "(", ")", "=", "def", "+"]), max_size=60)
PASSAGE = st.lists(
    st.sampled_from(["n", "0", "(", ")", "*"]), min_size=GUARANTEED, max_size=GUARANTEED + 20
)


@given(WORDS, WORDS, PASSAGE, WORDS, WORDS)
def test_a_passage_that_is_shared_is_never_missed(
    a: list[str], b: list[str], passage: list[str], c: list[str], d: list[str]
) -> None:
    left = {mark for mark, _ in fingerprints([*a, *passage, *b])}
    right = {mark for mark, _ in fingerprints([*c, *passage, *d])}

    assert left & right


@given(WORDS)
def test_a_fingerprint_stands_where_it_says(words: list[str]) -> None:
    for mark, place in fingerprints(words):
        assert dict(fingerprints(words[place : place + GRAM])) == {mark: 0}


def test_what_is_shorter_than_a_gram_has_none() -> None:
    assert fingerprints(["n"] * (GRAM - 1)) == []


def test_a_text_that_is_always_the_same_has_one_in_a_window() -> None:
    places = [place for _, place in fingerprints(["n"] * 100)]

    assert {b - a for a, b in pairwise(places)} == {WINDOW}


def test_fingerprints_are_the_same_in_every_process() -> None:
    words = list("def n(n,n):return n.n*n.n+0")

    assert fingerprints(words) == [(202947670567986406, 4), (471678390847233782, 10)]
