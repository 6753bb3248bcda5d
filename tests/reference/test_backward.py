"""The backward pass: order, accumulation, depth and memory."""

import gc
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.scalar import Value

Operation = Callable[..., Any]
YOUNGEST = 0  # the generation of what a test makes; in the others are all tests
LONG = 20_000  # nodes: twenty times what Python's recursion reaches


def diamond() -> tuple[Value, Value, Value]:
    a, b = Value(-2.0), Value(3.0)
    return a, b, (a * b) * (a + b)


# The backward pass.


def test_gradients_add_up_over_paths() -> None:
    a, b, f = diamond()

    f.backward()

    assert (f.data, a.grad, b.grad) == (-6.0, -3.0, -8.0)


def test_a_node_shared_by_deep_and_shallow_paths_is_complete_before_it_is_passed_on() -> None:
    a = Value(1.7)
    b = 3 * a
    d = (b + a) * b

    d.backward()

    assert a.grad == pytest.approx(40.8, rel=1e-15)


def test_equal_numbers_in_two_nodes_stay_two_nodes() -> None:
    a, b = Value(2), Value(2)

    ((a + 1) * (b + 1)).backward()

    assert (a.grad, b.grad) == (3.0, 3.0)


def test_backward_seeds_the_root_with_one() -> None:
    root = Value(5.0) * 2
    root.grad = 7.0

    root.backward()

    assert root.grad == 1.0


def test_a_second_graph_over_a_leaf_adds_to_its_gradient() -> None:
    a = Value(2.0)

    (a * a).backward()
    (a * 3).backward()

    assert a.grad == 7.0


def test_a_second_pass_over_one_graph_passes_on_what_inner_nodes_kept_as_in_micrograd() -> None:
    a = Value(2.0)
    root = (a * 3) * 5

    root.backward()
    once = a.grad
    root.backward()

    assert (once, a.grad) == (15.0, 45.0)


def test_zero_grad_between_two_passes_makes_them_equal() -> None:
    a, b, f = diamond()
    f.backward()

    f.zero_grad()
    cleared = [node.grad for node in f.topological_order()]
    f.backward()

    assert cleared == [0.0] * 5
    assert (a.grad, b.grad) == (-3.0, -8.0)


def test_one_node_passes_its_gradient_to_its_operands_and_no_further() -> None:
    a, b = Value(2.0), Value(-5.0)
    inner = a * b
    outer = inner + 1
    inner.grad = 3.0

    inner._backward()

    assert (a.grad, b.grad, outer.grad) == (-15.0, 6.0, 0.0)


def test_a_leaf_passes_nothing_on() -> None:
    leaf = Value(2.0)
    leaf.grad = 3.0

    leaf._backward()

    assert leaf.grad == 3.0


def test_topological_order_has_every_node_once_and_children_first() -> None:
    a, b, f = diamond()
    product_of_both, sum_of_both = f._children

    assert f.topological_order() == [a, b, product_of_both, sum_of_both, f]


@given(choices=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=30))
def test_in_any_graph_children_come_before_parents(choices: list[tuple[int, int]]) -> None:
    nodes = [Value(1.0)]
    for left, right in choices:
        nodes.append(nodes[left % len(nodes)] + nodes[right % len(nodes)])

    order = nodes[-1].topological_order()

    place = {node: index for index, node in enumerate(order)}
    assert len(place) == len(order)
    assert all(place[child] < place[node] for node in order for child in node._children)


def test_many_doublings_take_one_visit_for_each_node() -> None:
    leaf = node = Value(1.0)
    for _ in range(200):
        node = node + node

    node.backward()

    assert leaf.grad == 2.0**200


# Depth and memory.


@pytest.mark.parametrize(
    "step",
    [lambda node: node + 1, lambda node: 1 + node, lambda node: -node, lambda node: node - 1],
    ids=["left operand", "right operand", "one operand", "two nodes a step"],
)
def test_a_long_chain_is_differentiated_and_freed(step: Operation) -> None:
    leaf = node = Value(1.0)
    for _ in range(LONG):
        node = step(node)

    node.backward()
    seen = leaf.grad
    del node

    assert seen == 1.0


def test_a_graph_is_freed_without_the_cycle_collector() -> None:
    gc.collect(YOUNGEST)
    gc.disable()

    try:
        _, _, root = diamond()
        root.backward()
        del root, _
        found = gc.collect(YOUNGEST)
    finally:
        gc.enable()

    assert found == 0
