"""The engine on which runs are recorded: it raises nothing, and walks graphs in one order."""

import math

import pytest

from grader.sandbox.protocol import record_codes as codes
from grader.sandbox.recording.graph import BINARY, UNARY, RecordedNode, below, send_back


def leaf(data: float, number: int) -> RecordedNode:
    return RecordedNode(codes.LEAF, data, number)


def product(a: RecordedNode, b: RecordedNode, number: int) -> RecordedNode:
    data, slopes = BINARY[codes.MULTIPLY](a.data, b.data)
    return RecordedNode(codes.MULTIPLY, data, number, (a, b), slopes)


@pytest.mark.parametrize(
    ("code", "a", "b", "result"),
    [
        (codes.DIVIDE, 1.0, 0.0, math.inf),
        (codes.DIVIDE, -1.0, 0.0, -math.inf),
        (codes.DIVIDE, 0.0, 0.0, math.nan),
        (codes.POWER, 10.0, 999.0, math.inf),
        (codes.POWER, 0.0, -1.0, math.inf),
        (codes.POWER, -8.0, 0.5, math.nan),
    ],
)
def test_what_would_raise_is_no_number(code: int, a: float, b: float, result: float) -> None:
    got, _ = BINARY[code](a, b)

    assert got == result or (math.isnan(got) and math.isnan(result))


@pytest.mark.parametrize(
    ("code", "a", "result"),
    [
        (codes.EXP, 1e4, math.inf),
        (codes.LOG, 0.0, -math.inf),
        (codes.SIGMOID, -1e4, 0.0),
        (codes.SIGMOID, 1e4, 1.0),
        (codes.RELU, -1.0, 0.0),
    ],
)
def test_a_function_has_a_result_everywhere(code: int, a: float, result: float) -> None:
    assert UNARY[code](a)[0] == result


def test_leaves_come_in_the_order_of_operands_and_nodes_before_what_they_are_made_from() -> None:
    a, b = leaf(2.0, 1), leaf(3.0, 2)
    inner = product(b, a, 3)
    root = product(inner, b, 4)

    graph = below(root)

    assert graph.leaves == [b, a]
    assert graph.nodes == [root, inner, b, a]
    assert graph.uses == {b: 2, a: 1}


def test_graphs_of_one_shape_are_told_from_others() -> None:
    a, b = leaf(2.0, 1), leaf(3.0, 2)

    assert below(product(a, b, 3)).shape == below(product(b, leaf(9.0, 4), 5)).shape
    assert below(product(a, b, 3)).shape != below(product(a, product(a, b, 3), 4)).shape


def test_a_square_alone_is_no_use_of_a_weight() -> None:
    a = leaf(2.0, 1)

    assert below(product(a, a, 2)).uses == {a: 0}


def test_gradients_add_up_over_every_path() -> None:
    a = leaf(3.0, 1)
    inner = product(a, a, 2)
    root = product(inner, a, 3)
    root.grad = 1.0

    assert list(send_back(below(root).nodes)) == []
    assert a.grad == 27.0


def test_a_node_with_a_rule_of_its_own_is_asked_for() -> None:
    a = leaf(3.0, 1)
    own = RecordedNode(codes.OWN, 9.0, 2, (a,))

    assert list(send_back(below(own).nodes)) == [own]
