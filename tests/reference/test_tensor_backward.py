"""The backward pass through tensors: order, accumulation, seeds and depth."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from reference.tensor import Add, Div, Function, MatMul, Mul, Tensor

LONG = 20_000  # nodes: twenty times what Python's recursion reaches


def leaf(data: npt.ArrayLike) -> Tensor:
    return Tensor(data, requires_grad=True)


def gradients(*tensors: Tensor) -> list[object]:
    return [None if tensor.grad is None else tensor.grad.tolist() for tensor in tensors]


# Order and accumulation.


def test_the_sources_graph_has_the_gradients_of_the_source() -> None:
    a, b = leaf(1.0), leaf(2.0)
    c = Add().forward(a, b)
    d = Add().forward(c, a)

    d.backward()

    assert gradients(d, c, b, a) == [1.0, 1.0, 1.0, 2.0]


def test_gradients_add_up_over_rebuilt_graphs() -> None:
    a, b = leaf(1.0), leaf(2.0)

    for _ in range(2):
        c = a + b
        d = c + a
        d.backward()

    assert gradients(d, c, b, a) == [1.0, 1.0, 2.0, 4.0]


def test_zero_grad_between_two_passes_makes_them_equal() -> None:
    a = leaf([2.0, 3.0])
    (a * a).backward()

    a.zero_grad()
    (a * a).backward()

    assert gradients(a) == [[4.0, 6.0]]


def test_an_inner_tensor_used_twice_in_one_function_receives_both_shares() -> None:
    a, b = leaf(1.0), leaf(2.0)
    c = a + b
    d = Add().forward(c, c)

    d.backward()

    assert gradients(d, c, b, a) == [1.0, 2.0, 2.0, 2.0]


@pytest.mark.parametrize(
    ("function", "gradient"), [(Mul(), [[4.0, 6.0]]), (Div(), [[0.0, 0.0]])], ids=["mul", "div"]
)
def test_a_leaf_used_twice_in_one_function_receives_both_shares(
    function: Function, gradient: list[object]
) -> None:
    a = leaf([[2.0, 3.0]])

    function.forward(a, a).backward()

    assert gradients(a) == [gradient]


def test_a_matrix_times_itself_receives_both_shares() -> None:
    a = leaf([[1.0, 2.0], [3.0, 4.0]])

    MatMul().forward(a, a).backward()

    assert gradients(a) == [[[7.0, 11.0], [9.0, 13.0]]]


@pytest.mark.parametrize("flip", [False, True], ids=["shallow first", "deep first"])
def test_a_tensor_is_complete_before_it_is_passed_on(flip: bool) -> None:
    a = leaf(1.7)
    b = 3 * a
    shallow, deep = b, b + a

    root = deep * shallow if flip else shallow * deep
    root.backward()

    assert gradients(b, a) == pytest.approx([11.9, 40.8], rel=1e-15)


def test_a_result_that_is_not_used_takes_nothing_away_and_receives_nothing() -> None:
    a, b = leaf(2.0), leaf(3.0)
    c = a * b
    unused = c * 10 + a

    (c * 2).backward()

    assert gradients(a, b, c, unused) == [6.0, 4.0, 2.0, 0.0]


def test_what_a_gradient_held_before_is_kept_and_not_passed_on() -> None:
    a = leaf(2.0)
    inner = a * 3
    inner.grad = np.array(100.0)

    (inner * 5).backward()

    assert gradients(inner, a) == [105.0, 15.0]


def test_backward_starts_from_ones_or_from_what_broadcasts_to_its_shape() -> None:
    a = leaf([[1.0, 2.0], [3.0, 4.0]])

    for seed in (None, 10, [100.0, 200.0], [[1000.0, 2000.0], [3000.0, 4000.0]]):
        (a * 1).backward(seed)

    assert gradients(a) == [[[1111.0, 2211.0], [3111.0, 4211.0]]]


def test_a_gradient_of_another_shape_is_refused_and_nothing_has_happened() -> None:
    a = leaf([1.0, 2.0])
    root = a * 2

    with pytest.raises(ValueError, match=r"a gradient of shape \(2, 2\) for data of shape \(2,\)"):
        root.backward(np.ones((2, 2)))
    root.backward()

    assert gradients(a) == [[2.0, 2.0]]


def test_a_leaf_may_be_its_own_loss_any_number_of_times() -> None:
    a = leaf([1.0, 2.0])

    a.backward()
    a.backward(5.0)

    assert gradients(a) == [[6.0, 6.0]]


# Depth.


@pytest.mark.parametrize(
    "step",
    [lambda node: node + 1, lambda node: 1 + node, lambda node: -node],
    ids=["left operand", "right operand", "one operand"],
)
def test_a_long_chain_is_differentiated_and_freed(
    step: Callable[[Tensor], Tensor],
) -> None:
    a = node = leaf(1.0)
    for _ in range(LONG):
        node = step(node)

    node.backward()
    del node

    assert gradients(a) == [1.0]


def test_a_chain_of_100_000_nodes_is_freed_without_a_pass() -> None:
    a = node = leaf(1.0)
    for _ in range(5 * LONG):
        node = node * 1

    del node

    assert gradients(a) == [0.0]


def test_many_doublings_take_one_visit_for_each_node() -> None:
    a = node = leaf(1.0)
    for _ in range(200):
        node = node + node

    node.backward()

    assert gradients(a) == [2.0**200]
