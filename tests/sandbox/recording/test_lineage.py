"""A parameter that is made anew is the same parameter: by its place, or by the step it made."""

from typing import NamedTuple

from grader.sandbox.protocol import record_codes as codes
from grader.sandbox.recording.graph import RecordedNode
from grader.sandbox.recording.lineage import successors


class Leaves(NamedTuple):
    leaves: list[RecordedNode]
    shape: bytes
    after: dict[RecordedNode, float]

    @property
    def data(self) -> list[float]:
        return [one.data for one in self.leaves]


def leaf(data: float, number: int) -> RecordedNode:
    return RecordedNode(codes.LEAF, data, number)


W, B, X = leaf(1.0, 1), leaf(1.0, 2), leaf(5.0, 3)
BEFORE = Leaves([W, X, B], b"one", {W: 2.0, X: 1.0, B: 4.0})
READ = {W: 10, B: 11}


def test_the_leaf_at_the_same_place_goes_on_if_its_gradient_was_read() -> None:
    new_w, new_b, new_x = leaf(9.0, 20), leaf(8.0, 21), leaf(7.0, 22)

    assert successors(BEFORE, Leaves([new_w, new_x, new_b], b"one", {}), READ) == {
        W: new_w,
        B: new_b,
    }


def test_a_leaf_that_is_still_there_goes_on_as_itself() -> None:
    assert successors(BEFORE, Leaves([W, leaf(7.0, 22), B], b"one", {}), READ) == {}


def test_a_leaf_that_was_there_before_is_no_new_version() -> None:
    old = leaf(9.0, 5)

    assert successors(BEFORE, Leaves([old, X, B], b"one", {}), READ) == {}


def test_in_a_graph_of_another_shape_one_rate_for_all_tells() -> None:
    new_w, new_b, new_x = leaf(0.8, 20), leaf(0.6, 21), leaf(7.0, 22)

    assert successors(BEFORE, Leaves([new_x, new_b, new_w], b"two", {}), READ) == {
        W: new_w,
        B: new_b,
    }


def test_where_no_rate_is_shared_nothing_is_followed() -> None:
    others = [leaf(0.3, 20), leaf(0.9, 21)]

    assert successors(BEFORE, Leaves(others, b"two", {}), READ) == {}
