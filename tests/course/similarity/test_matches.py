"""Passages that agree are found as long as they are, and none overlaps another."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from grader.course.similarity.matches import Passage, Span, passages
from tests.course.similarity.sample import of

BODY = "\n".join(
    f"    total{n} = self.rate * (self.weights[{n}] - other.data) / {n}" for n in range(6)
)


def test_a_passage_is_as_long_as_its_lines_agree() -> None:
    left = of("ant", f"import math\nx = [1, 2]\n{BODY}\nreturn total\n")
    right = of("bee", f"{BODY.replace('total', 'sum')}\nraise ValueError\n")

    found = passages(left, right, {mark for mark, _ in left.fingerprints})

    assert found == [Passage(Span(2, 7), Span(0, 5))]


@given(st.lists(st.sampled_from([*BODY.split("\n"), "x = {}", "y = f(x)"]), max_size=30), st.data())
def test_no_passage_overlaps_another(lines: list[str], data: st.DataObject) -> None:
    other = data.draw(st.permutations(lines))
    left, right = of("ant", "\n".join(lines)), of("bee", "\n".join(other))

    found = passages(left, right, {mark for mark, _ in left.fingerprints})

    assert [one.left for one in found] == sorted(one.left for one in found)
    for side in (0, 1):
        spans = sorted(one[side] for one in found)
        assert all(a.last <= b.first for a, b in pairwise(spans))
