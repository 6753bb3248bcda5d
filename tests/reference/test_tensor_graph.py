"""What a graph of tensors holds on to: calls until they are freed, flags, and arrays of its own."""

import gc
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from reference.tensor import Exp, Function, Mean, Mul, ReLU, Sigmoid, Sum, Tanh, Tensor

YOUNGEST = 0  # the generation of what a test makes; in the others are all tests
FREED = r"an earlier backward\(\) freed this graph: compute it anew first"


def leaf(data: npt.ArrayLike) -> Tensor:
    return Tensor(data, requires_grad=True)


def gradients(*tensors: Tensor) -> list[object]:
    return [None if tensor.grad is None else tensor.grad.tolist() for tensor in tensors]


# A graph is freed by its backward pass.


def test_a_second_pass_over_a_graph_is_refused_and_changes_nothing() -> None:
    a, b = leaf(1.0), leaf(2.0)
    d = (a + b) + a
    d.backward()

    with pytest.raises(RuntimeError, match=FREED):
        d.backward()

    assert gradients(d, b, a) == [1.0, 1.0, 2.0]


def test_a_new_graph_over_a_freed_part_is_refused_and_changes_nothing() -> None:
    a = leaf(1.0)
    shared = a * 2
    (shared * 3).backward()
    root = a + shared

    with pytest.raises(RuntimeError, match=FREED):
        root.backward()

    assert gradients(root, shared, a) == [0.0, 3.0, 6.0]


def test_a_freed_graph_lets_go_of_its_operands() -> None:
    a = leaf(1.0)
    inner = a * 2
    root = inner * 3
    held = len(gc.get_referrers(inner))

    root.backward()

    assert len(gc.get_referrers(inner)) < held


def test_a_graph_is_freed_without_the_cycle_collector() -> None:
    gc.collect(YOUNGEST)
    gc.disable()

    try:
        a = leaf([[1.0, 2.0]])
        root = Sum().forward(Sigmoid().forward(a) ** 2)
        del root, a
        found = gc.collect(YOUNGEST)
    finally:
        gc.enable()

    assert found == 0


# Function objects.


def test_one_function_object_makes_two_results_that_are_differentiated_apart() -> None:
    a, b, c = leaf(2.0), leaf(3.0), leaf(5.0)
    mul = Mul()
    first, second = mul.forward(a, b), mul.forward(b, c)

    first.backward()
    second.backward(10.0)

    assert gradients(a, b, c) == [3.0, 2.0 + 50.0, 30.0]


@pytest.mark.parametrize("function", [Exp(), ReLU(), Sigmoid(), Tanh()])
def test_one_function_object_applied_to_its_own_result_is_two_calls(function: Function) -> None:
    once, fresh = leaf([0.5, 1.5]), leaf([0.5, 1.5])

    function.forward(function.forward(once)).backward()
    type(function)().forward(type(function)().forward(fresh)).backward()

    assert gradients(once) == gradients(fresh)


def test_the_backward_of_a_function_is_that_of_its_latest_result() -> None:
    a, b = leaf(2.0), leaf(3.0)
    mul = Mul()
    mul.forward(b, b)
    latest = mul.forward(a, b)

    mul.backward(10.0)

    assert gradients(latest, a, b) == [10.0, 30.0, 20.0]
    with pytest.raises(RuntimeError, match=FREED):
        latest.backward()


def test_the_backward_of_a_mean_is_that_of_its_result_too() -> None:
    a, mean = leaf([2.0, 3.0]), Mean()
    result = mean.forward(a)

    mean.backward(10.0)

    assert gradients(result, a) == [10.0, [5.0, 5.0]]


def test_the_backward_of_a_function_without_a_forward_is_refused() -> None:
    with pytest.raises(RuntimeError, match=r"backward\(\) before forward\(\)"):
        Mul().backward(1.0)


# Who gets a gradient.


@pytest.mark.parametrize(("left", "right"), [(True, False), (False, True), (True, True)])
def test_a_result_requires_a_gradient_if_one_operand_does(left: bool, right: bool) -> None:
    a, b = Tensor(2.0, requires_grad=left), Tensor(3.0, requires_grad=right)

    result = a * b
    result.backward()

    assert result.requires_grad
    assert gradients(a, b) == [3.0 if left else None, 2.0 if right else None]


def test_where_nothing_requires_a_gradient_backward_is_refused() -> None:
    root = Tensor(2.0) * Tensor(3.0)

    assert not root.requires_grad
    with pytest.raises(RuntimeError, match="nothing here requires a gradient"):
        root.backward()


# Arrays of their own.


def test_no_two_tensors_share_an_array() -> None:
    a, b = leaf([1.0, 2.0]), leaf([3.0, 4.0])
    seed = np.ones(2)
    c = a + b
    d = c + a
    kept = Sum().forward(d, axis=())

    kept.backward(seed)

    owned = [seed, *(array for t in (a, b, c, d, kept) for array in (t.data, t.grad))]
    assert not [True for one, other in combinations(owned, 2) if np.shares_memory(one, other)]


@pytest.mark.parametrize("data", [1.0, [1.0, 2.0]])
def test_writing_into_one_gradient_is_not_seen_in_another(data: npt.ArrayLike) -> None:
    a, b = leaf(data), leaf(data)
    c = a + b
    d = c + a
    d.backward()
    before = gradients(a, b, c)

    assert d.grad is not None
    d.grad *= 0

    assert np.all(d.grad == 0)
    assert gradients(a, b, c) == before


@pytest.mark.parametrize("data", [1.0, [1.0, 2.0]])
def test_a_gradient_is_an_array_even_of_one_number(data: npt.ArrayLike) -> None:
    a = leaf(data)

    (a * a).backward()
    (a + a).backward()

    assert isinstance(a.grad, np.ndarray)
    assert a.grad.flags.writeable


def test_a_gradient_taken_before_a_second_pass_stays_what_it_was() -> None:
    a = leaf([1.0])
    (a * 2).backward()
    before = a.grad

    (a * 3).backward()

    assert before is not None
    assert [before.tolist(), *gradients(a)] == [[2.0], [5.0]]


@pytest.mark.parametrize("function", [Exp(), ReLU(), Sigmoid(), Tanh(), Sum()])
def test_neither_pass_changes_the_data_or_the_gradient_that_came_in(function: Function) -> None:
    a, seed = leaf([-1.5, 0.0, 2.5]), np.array(7.0)

    result = function.forward(a)
    before = result.data.tolist()
    result.backward(seed)

    after = [a.data.tolist(), result.data.tolist(), seed.tolist()]
    assert after == [[-1.5, 0.0, 2.5], before, 7.0]


def test_relu_asks_the_sign_of_its_input_and_not_of_the_gradient() -> None:
    a = leaf([-1.0, 2.0])

    ReLU().forward(a).backward([5.0, -5.0])

    assert gradients(a) == [[0.0, -5.0]]


def test_setting_data_between_the_passes_leaves_the_graph_as_it_was_computed() -> None:
    a = leaf(2.0)
    root = a * a

    a.data = 100.0
    root.backward()

    assert gradients(a) == [4.0]
