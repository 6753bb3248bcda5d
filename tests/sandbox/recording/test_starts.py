"""A leaf is known by where it is made, whatever a run does before, and can begin elsewhere."""

import pytest

from grader.sandbox.recording.elsewhere import Elsewhere
from grader.sandbox.recording.recorded_trace import recorded_trace
from grader.sandbox.recording.starts import STATEMENT, LeafOrigins, Starts
from tests.sandbox.recording.recorded import Recorded

ONE_OBJECT = """
w = Value(2.0)
for _ in range({steps}):
    loss = (w * Value(3.0) - 1.0) ** 2
    loss.backward()
    w.data -= 0.01 * w.grad
    w.grad = 0.0
"""
WRAPPED = """
number = 2.0
for _ in range({steps}):
    w = Value(number)
    loss = (w * Value(3.0) - 1.0) ** 2
    loss.backward()
    number -= 0.01 * w.grad
"""


def starts(code: str) -> Starts:
    found = recorded_trace(Recorded(code).record, ()).starts
    assert found is not None
    return found


def test_of_one_object_the_first_making_is_moved_and_data_are_not() -> None:
    found = starts(ONE_OBJECT.format(steps=3))

    (origin,) = found.moved
    assert found.moved[origin] == origin
    assert len(found.still) == 3
    assert origin not in found.still


def test_what_is_made_anew_in_each_step_leads_to_the_first() -> None:
    found = starts(WRAPPED.format(steps=4))

    assert len(found.moved) == 4
    assert set(found.moved.values()) == {min(found.moved)}


def test_a_single_pass_moves_nothing() -> None:
    assert starts(ONE_OBJECT.format(steps=1)) == Starts()


def test_origins_begin_anew_with_each_statement() -> None:
    origins, made = LeafOrigins(), []
    for count in (1, 2):
        for leaf in Recorded("x = Value(1.0)\ny = Value(2.0)").record._nodes.held.values():
            origins.begin(leaf)
            made.append(leaf.origin)
        origins.next_statement()
        assert len(made) == 2 * count

    assert made == [1, 2, STATEMENT + 1, STATEMENT + 2]


def test_a_leaf_begins_elsewhere_and_says_where() -> None:
    record = Recorded("x = Value(1.5)").record
    (leaf,) = record._nodes.held.values()
    origins = LeafOrigins(Elsewhere("1", ((1, 1),)))

    origins.begin(leaf)

    assert 0.06 <= abs(leaf.data - 1.5) <= 0.3
    assert origins.began == {leaf.number: leaf.data}
    assert origins.shifted == {1}


@pytest.mark.parametrize(("value", "moves"), [(0.0, True), (-0.9, True), (1.0, False)])
def test_of_all_leaves_those_begin_elsewhere_that_may_be_parameters(
    value: float, moves: bool
) -> None:
    record = Recorded(f"x = Value({value})").record
    (leaf,) = record._nodes.held.values()

    LeafOrigins(Elsewhere("1")).begin(leaf)

    assert (leaf.data != value) is moves


@pytest.mark.parametrize(
    ("data", "grad", "children"), [(6.0, 0.0, (1, 2)), (6.5, 0.0, None), (6.0, 1.0, None)]
)
def test_what_a_variable_is_said_to_have_held_is_believed_if_it_did(
    data: float, grad: float, children: tuple[int, ...] | None
) -> None:
    recorded = Recorded("x = Value(2.0)\ny = Value(3.0)\nz = x * y")
    origins, nodes = LeafOrigins(), recorded.record._nodes
    node = nodes.held[recorded.names["z"]._recorded_node]

    origins.look([node])

    expected = children and tuple(recorded.names[name]._recorded_node for name in ("x", "y"))
    assert origins.children(node.number, data, grad) == expected
