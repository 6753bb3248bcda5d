"""What a tensor is, and the exact values and gradients of every function."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from reference.tensor import (
    Add,
    Cos,
    Div,
    Exp,
    Function,
    Log,
    Mul,
    Neg,
    Pow,
    ReLU,
    Sigmoid,
    Sin,
    Sqrt,
    Sub,
    Tanh,
    Tensor,
)

Operation = Callable[..., Tensor]


def leaf(data: npt.ArrayLike) -> Tensor:
    return Tensor(data, requires_grad=True)


def numbers(*tensors: Tensor) -> list[Any]:
    return [tensor.data.tolist() for tensor in tensors]


def gradients(*tensors: Tensor) -> list[Any]:
    return [None if tensor.grad is None else tensor.grad.tolist() for tensor in tensors]


# Tensors.


@pytest.mark.parametrize(
    "data", [3, True, 3.5, [1, 2], np.arange(3), np.float32(0.5), np.ones((2, 0)), [[1], [2.5]]]
)
def test_data_becomes_float64_of_the_same_shape(data: Any) -> None:
    tensor = Tensor(data)

    tensor.data = data

    assert tensor.data.dtype == np.float64
    assert tensor.data.tolist() == np.array(data).tolist()


def test_data_is_a_copy_however_it_was_set() -> None:
    numbers = np.array([1.0, 2.0])
    made, changed = Tensor(numbers), Tensor(0)
    changed.data = made.data

    numbers[0] = made.data[1] = 9.0

    assert (made.data.tolist(), changed.data.tolist()) == ([1.0, 9.0], [1.0, 2.0])


def test_whole_numbers_are_divided_as_real_numbers() -> None:
    a, b = leaf([1, 2]), leaf([2, 3])

    (a / b).backward()

    assert gradients(a, b) == [[1 / 2, 1 / 3], [-1 / 4, -2 / 3 / 3]]


def test_a_new_tensor_has_no_gradient_and_requires_none() -> None:
    tensor = Tensor([1.0])

    assert (tensor.grad, tensor.requires_grad) == (None, False)


def test_a_new_tensor_that_requires_a_gradient_begins_with_zeros() -> None:
    assert gradients(leaf([[1.0, 2.0]])) == [[[0.0, 0.0]]]


def test_zero_grad_gives_zeros_of_the_shape_of_the_data() -> None:
    a = leaf([[1.0, 2.0]])
    (a * a).backward()

    a.zero_grad()

    assert gradients(a) == [[[0.0, 0.0]]]


def test_zero_grad_leaves_a_tensor_that_requires_no_gradient_without_one() -> None:
    tensor = Tensor(1.0)

    tensor.zero_grad()

    assert tensor.grad is None


def test_repr_shows_the_data() -> None:
    assert repr(Tensor([1, 2])) == "Tensor(data=[1.0, 2.0])"


def test_a_text_is_no_tensor() -> None:
    with pytest.raises(ValueError, match="could not convert string to float"):
        Tensor(1.0) + "one"


# Functions: one call, with weights on the output.


@pytest.mark.parametrize(
    ("function", "operands", "value", "expected"),
    [
        (Add(), (5.0, 2.0), 7.0, (3.0, 3.0)),
        (Sub(), (5.0, 2.0), 3.0, (3.0, -3.0)),
        (Mul(), (5.0, 2.0), 10.0, (6.0, 15.0)),
        (Mul(), (0.0, 2.0), 0.0, (6.0, 0.0)),
        (Div(), (5.0, 2.0), 2.5, (1.5, -3.75)),
        (Div(), (0.0, 2.0), 0.0, (1.5, 0.0)),
        (Div(), (1.0, 0.0), math.inf, (math.inf, -math.inf)),
        (Pow(), (5.0, 2.0), 25.0, (30.0, 75 * math.log(5))),
        (Pow(), (2.0, -1.0), 0.5, (-0.75, 1.5 * math.log(2))),
        (Pow(), (-3.0, 3.0), -27.0, (81.0, math.nan)),
        (Pow(), (-4.0, 0.5), math.nan, (math.nan, math.nan)),
        (Pow(), (0.0, 1.0), 0.0, (3.0, 0.0)),
        (Pow(), (0.0, 0.0), 1.0, (0.0, 0.0)),
    ],
)
def test_a_function_of_two_has_its_slopes_times_what_comes_in(
    function: Function,
    operands: tuple[float, float],
    value: float,
    expected: tuple[float, float],
) -> None:
    a, b = leaf(operands[0]), leaf(operands[1])

    result = function.forward(a, b)
    result.backward(3.0)

    found = [*numbers(result), *gradients(a, b)]
    assert found == pytest.approx([value, *expected], rel=1e-15, abs=0, nan_ok=True)


@pytest.mark.parametrize(
    ("function", "number", "value", "gradient"),
    [
        (Neg(), 2.0, -2.0, -3.0),
        (ReLU(), 2.0, 2.0, 3.0),
        (ReLU(), -2.0, 0.0, 0.0),
        (ReLU(), 0.0, 0.0, 0.0),
        (Sigmoid(), 0.0, 0.5, 0.75),
        (Sigmoid(), 1000.0, 1.0, 0.0),
        (Sigmoid(), -1000.0, 0.0, 0.0),
        (Sigmoid(), -700.0, math.exp(-700), 3 * math.exp(-700)),
        (Tanh(), 0.5, math.tanh(0.5), 3 / math.cosh(0.5) ** 2),
        (Tanh(), -1000.0, -1.0, 0.0),
        (Exp(), 0.0, 1.0, 3.0),
        (Exp(), 1.0, math.e, 3 * math.e),
        (Exp(), 1000.0, math.inf, math.inf),
        (Log(), 2.0, math.log(2), 1.5),
        (Log(), 0.0, -math.inf, math.inf),
        (Log(), -1.0, math.nan, -3.0),
        (Sqrt(), 4.0, 2.0, 0.75),
        (Sqrt(), -1.0, math.nan, math.nan),
        (Sin(), 0.0, 0.0, 3.0),
        (Cos(), 0.0, 1.0, 0.0),
    ],
)
def test_a_function_of_one_has_its_slope_times_what_comes_in(
    function: Function, number: float, value: float, gradient: float
) -> None:
    a = leaf(number)

    result = function.forward(a)
    result.backward(3.0)

    found = [*numbers(result), *gradients(a)]
    assert found == pytest.approx([value, gradient], rel=1e-15, abs=0, nan_ok=True)


def test_pow_takes_a_plain_number_and_the_zeroth_power_has_no_slope_even_at_zero() -> None:
    a = leaf([0.0, -2.0])

    square, first, zeroth = (Pow().forward(a, n) for n in (2, 1, 0))
    (square + 10 * first + 100 * zeroth).backward()

    assert numbers(square, first, zeroth) == [[0.0, 4.0], [0.0, -2.0], [1.0, 1.0]]
    assert gradients(a) == [[10.0, 6.0]]


# Operators.


@pytest.mark.parametrize(
    ("operation", "value", "gradient"),
    [
        (lambda a: a + 2, 6.0, 1.0),
        (lambda a: 2 + a, 6.0, 1.0),
        (lambda a: a - 2, 2.0, 1.0),
        (lambda a: 2 - a, -2.0, -1.0),
        (lambda a: a * 2, 8.0, 2.0),
        (lambda a: 2 * a, 8.0, 2.0),
        (lambda a: a / 2, 2.0, 0.5),
        (lambda a: 2 / a, 0.5, -0.125),
        (lambda a: a**2, 16.0, 8.0),
        (lambda a: 2**a, 16.0, 16 * math.log(2)),
        (lambda a: -a, -4.0, -1.0),
    ],
)
def test_an_operator_takes_plain_numbers_on_either_side(
    operation: Operation, value: float, gradient: float
) -> None:
    a = leaf(4.0)

    result = operation(a)
    result.backward()

    assert [*numbers(result), *gradients(a)] == pytest.approx([value, gradient], rel=1e-15)


def test_an_array_on_the_left_leaves_the_operator_to_the_tensor() -> None:
    matrix = np.array([[1.0, 2.0], [3.0, 4.0]])
    a, b = leaf(np.eye(2)), leaf(np.eye(2))

    (matrix @ a).backward()
    (b @ matrix).backward()
    scaled = np.float64(2.0) * (matrix - a)

    assert gradients(a, b) == [[[4.0] * 2, [6.0] * 2], [[3.0, 7.0]] * 2]
    assert numbers(scaled) == [[[0.0, 4.0], [6.0, 6.0]]]
