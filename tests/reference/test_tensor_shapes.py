"""Functions that change shapes: matrix products, sums and means, and broadcasting."""

import math
import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from reference.graph import summed_to
from reference.tensor import Add, Function, MatMul, Mean, Mul, Sum, Tensor


def leaf(data: npt.ArrayLike) -> Tensor:
    return Tensor(data, requires_grad=True)


def numbers(*tensors: Tensor) -> list[Any]:
    return [tensor.data.tolist() for tensor in tensors]


def gradients(*tensors: Tensor) -> list[Any]:
    return [None if tensor.grad is None else tensor.grad.tolist() for tensor in tensors]


# Matrix products.


def test_matmul_of_square_matrices_that_are_not_symmetric() -> None:
    a, b = leaf([[1.0, 2.0], [3.0, 4.0]]), leaf([[5.0, 6.0], [7.0, 8.0]])

    c = MatMul().forward(a, b)
    c.backward([[1.0, 10.0], [100.0, 1000.0]])

    assert numbers(c) == [[[19.0, 22.0], [43.0, 50.0]]]
    assert gradients(a, b) == [
        [[65.0, 87.0], [6500.0, 8700.0]],
        [[301.0, 3010.0], [402.0, 4020.0]],
    ]


def test_matmul_of_oblong_matrices_keeps_their_shapes() -> None:
    a, b = leaf([[1.0, 2.0, 3.0], [0.0, -1.0, 4.0]]), leaf(np.arange(12).reshape(3, 4))

    MatMul().forward(a, b).backward()

    assert gradients(a, b) == [[[6.0, 22.0, 38.0]] * 2, [[1.0] * 4, [1.0] * 4, [7.0] * 4]]


@pytest.mark.parametrize(
    ("left", "right"),
    [((2, 3), (2, 3)), ((3,), (3, 2)), ((2, 3), (3,)), ((), ()), ((1, 2, 3), (3, 2))],
)
def test_matmul_refuses_other_shapes_and_says_which(
    left: tuple[int, ...], right: tuple[int, ...]
) -> None:
    message = f"no matrix product of shapes {left} and {right}"

    with pytest.raises(ValueError, match=re.escape(message)):
        MatMul().forward(Tensor(np.ones(left)), Tensor(np.ones(right)))


# Sums and means.


ROWS = [[1.0, 2.0, 4.0], [8.0, 16.0, 32.0]]


@pytest.mark.parametrize(
    ("axis", "keepdims", "value", "weights", "gradient"),
    [
        (None, False, 63.0, 2.0, [[2.0] * 3] * 2),
        (None, True, [[63.0]], [[2.0]], [[2.0] * 3] * 2),
        (0, False, [9.0, 18.0, 36.0], [1, 2, 3], [[1.0, 2.0, 3.0]] * 2),
        (1, False, [7.0, 56.0], [1, 2], [[1.0] * 3, [2.0] * 3]),
        (1, True, [[7.0], [56.0]], [[1], [2]], [[1.0] * 3, [2.0] * 3]),
        (-1, False, [7.0, 56.0], [1, 2], [[1.0] * 3, [2.0] * 3]),
        (-2, True, [[9.0, 18.0, 36.0]], [[1, 2, 3]], [[1.0, 2.0, 3.0]] * 2),
        ((0, -1), False, 63.0, 2.0, [[2.0] * 3] * 2),
        ((), False, ROWS, ROWS, ROWS),
    ],
)
def test_sum_adds_up_an_axis_and_mean_divides_by_its_length(
    axis: Any, keepdims: bool, value: Any, weights: Any, gradient: Any
) -> None:
    a, b = leaf(ROWS), leaf(ROWS)

    total = Sum().forward(a, axis=axis, keepdims=keepdims)
    mean = Mean().forward(b, axis, keepdims)
    total.backward(weights)
    mean.backward(weights)

    terms = 6 / np.size(value)
    assert numbers(total, mean) == [value, (np.array(value) / terms).tolist()]
    assert gradients(a, b) == [gradient, (np.array(gradient) / terms).tolist()]


def test_a_sum_and_a_gradient_keep_what_float32_would_lose() -> None:
    a, b = leaf([1e8, 1.0, -1e8]), leaf(1.0)

    total = Sum().forward(a)
    (b * a).backward()

    assert [*numbers(total), *gradients(b)] == [1.0, 1.0]


def test_the_sum_of_nothing_is_0_and_its_mean_is_nan() -> None:
    a = leaf(np.ones((0, 2)))

    total, mean = Sum().forward(a, axis=0), Mean().forward(a)
    (total + mean).backward()

    assert numbers(total, mean) == [[0.0, 0.0], pytest.approx(math.nan, nan_ok=True)]
    assert gradients(a) == [[]]


@pytest.mark.parametrize("function", [Sum(), Mean()])
def test_an_axis_the_tensor_lacks_is_refused(function: Function) -> None:
    with pytest.raises(ValueError, match="axis 2 is out of bounds for array of dimension 2"):
        function.forward(Tensor(ROWS), axis=2)


# Broadcasting.


def test_a_bias_receives_the_sum_over_the_rows_it_was_added_to() -> None:
    a, bias = leaf(np.zeros((2, 4))), leaf([1.0, 2.0, 3.0, 4.0])

    Add().forward(a, bias).backward([[1, 2, 3, 4], [10, 20, 30, 40]])

    assert gradients(bias) == [[11.0, 22.0, 33.0, 44.0]]


def test_a_column_receives_the_sum_along_its_rows_and_keeps_its_shape() -> None:
    a, column = leaf([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]), leaf([[2.0], [3.0]])

    Mul().forward(a, column).backward()

    assert gradients(column, a) == [[[10.0], [26.0]], [[2.0] * 4, [3.0] * 4]]


def test_both_operands_may_be_repeated_and_a_number_receives_one_number() -> None:
    column, row, number = leaf([[1.0], [2.0]]), leaf([1.0, 10.0, 100.0]), leaf(2.0)

    (number * (column - row)).backward()

    assert gradients(column, row, number) == [[[6.0], [6.0]], [-4.0, -4.0, -4.0], -213.0]


def test_shapes_that_do_not_broadcast_are_refused_and_named() -> None:
    with pytest.raises(ValueError, match=r"shapes \(2,3\) \(4,\)"):
        Add().forward(Tensor(np.ones((2, 3))), Tensor(np.ones(4)))


@given(shapes=arrays.mutually_broadcastable_shapes(num_shapes=2, max_dims=4, max_side=3))
def test_a_gradient_has_its_tensors_shape_and_counts_the_copies(
    shapes: arrays.BroadcastableShapes,
) -> None:
    a, b = (leaf(np.ones(shape)) for shape in shapes.input_shapes)

    total = Add().forward(a, b)
    total.backward()

    for operand in (a, b):
        copies = total.data.size // max(operand.data.size, 1)
        assert gradients(operand) == [np.full(operand.data.shape, float(copies)).tolist()]


@given(data=st.data())
def test_summing_back_is_the_transpose_of_repeating(data: st.DataObject) -> None:
    shape = data.draw(arrays.array_shapes(min_dims=0, max_side=3))
    larger = data.draw(arrays.broadcastable_shapes(shape, max_dims=4, max_side=3))
    repeated = np.broadcast_shapes(shape, larger)
    whole = st.integers(-9, 9)
    operand = data.draw(arrays.arrays(np.float64, shape, elements=whole))
    share = data.draw(arrays.arrays(np.float64, repeated, elements=whole))

    summed = summed_to(shape, share)

    assert summed.shape == shape
    assert np.sum(summed * operand) == np.sum(share * np.broadcast_to(operand, repeated))
