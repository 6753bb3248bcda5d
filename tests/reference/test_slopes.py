"""The gradients of every operation: central differences where it is smooth, torch at the edges."""

import math
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.scalar import Value

Operation = Callable[..., Any]
INF = math.inf
SLOPES = 30  # of each operation: what is smooth is wrong nearly everywhere, if at all
NAN = math.nan


def gelu(a: Any) -> Any:
    """Return the method's result, or torch's function's: its tensors have no such method."""
    if isinstance(a, Value):
        return a.gelu()
    from torch.nn.functional import gelu as of_torch

    return of_torch(a)


UNARY: dict[str, Operation] = {
    "neg": lambda a: -a,
    "abs": abs,
    "relu": lambda a: a.relu(),
    "tanh": lambda a: a.tanh(),
    "sigmoid": lambda a: a.sigmoid(),
    "exp": lambda a: a.exp(),
    "sin": lambda a: a.sin(),
    "cos": lambda a: a.cos(),
    "gelu": gelu,
    "square": lambda a: a**2,
    "cube": lambda a: a**3,
    "reciprocal": lambda a: a**-1,
    "zeroth power": lambda a: a**0,
    "2 + a": lambda a: 2 + a,
    "2 - a": lambda a: 2 - a,
    "2 * a": lambda a: 2 * a,
    "2 / a": lambda a: 2 / a,
    "2 ** a": lambda a: 2**a,
    "a + 3": lambda a: a + 3,
    "a - 3": lambda a: a - 3,
    "a * 3": lambda a: a * 3,
    "a / 3": lambda a: a / 3,
    "three uses": lambda a: a * a + a / (a * a),
}
UNARY_ABOVE_ZERO: dict[str, Operation] = {
    "log": lambda a: a.log(),
    "sqrt": lambda a: a.sqrt(),
    "square root": lambda a: a**0.5,
    "a ** -1.5": lambda a: a**-1.5,
    "a ** a": lambda a: a**a,
}
BINARY: dict[str, Operation] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "truediv": lambda a, b: a / b,
}
POWER: dict[str, Operation] = {"pow": lambda a, b: a**b}

above_zero = st.floats(0.5, 3.0)
away_from_zero = above_zero | above_zero.map(lambda number: -number)


def gradients(operation: Operation, numbers: Sequence[float], upstream: float) -> list[float]:
    """Return the gradients of `upstream * operation(*numbers)`, by `backward()`."""
    leaves = [Value(number) for number in numbers]
    (operation(*leaves) * upstream).backward()
    return [leaf.grad for leaf in leaves]


def differences(operation: Operation, numbers: Sequence[float], upstream: float) -> list[float]:
    """Return the same gradients, by central differences."""
    return [difference(operation, numbers, at) * upstream for at in range(len(numbers))]


def difference(operation: Operation, numbers: Sequence[float], at: int, h: float = 1e-5) -> float:
    def moved(step: float) -> float:
        data = operation(*(Value(x + step * (i == at)) for i, x in enumerate(numbers))).data
        return float(data)

    return (moved(h) - moved(-h)) / (2 * h)


# Derivatives against central differences, away from kinks and poles.


@pytest.mark.parametrize("name", UNARY)
@settings(max_examples=SLOPES)
@given(a=away_from_zero, upstream=away_from_zero)
def test_the_gradient_of_one_operand_is_the_slope(name: str, a: float, upstream: float) -> None:
    measured = differences(UNARY[name], [a], upstream)

    assert gradients(UNARY[name], [a], upstream) == pytest.approx(measured, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("name", UNARY_ABOVE_ZERO)
@settings(max_examples=SLOPES)
@given(a=above_zero, upstream=away_from_zero)
def test_the_gradient_of_a_positive_operand_is_the_slope(
    name: str, a: float, upstream: float
) -> None:
    operation = UNARY_ABOVE_ZERO[name]
    measured = differences(operation, [a], upstream)

    assert gradients(operation, [a], upstream) == pytest.approx(measured, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("name", BINARY)
@settings(max_examples=SLOPES)
@given(a=away_from_zero, b=away_from_zero, upstream=away_from_zero)
def test_the_gradients_of_two_operands_are_the_slopes(
    name: str, a: float, b: float, upstream: float
) -> None:
    measured = differences(BINARY[name], [a, b], upstream)

    assert gradients(BINARY[name], [a, b], upstream) == pytest.approx(measured, rel=1e-6, abs=1e-6)


@settings(max_examples=SLOPES)
@given(base=above_zero, exponent=away_from_zero, upstream=away_from_zero)
def test_the_gradients_of_base_and_exponent_are_the_slopes(
    base: float, exponent: float, upstream: float
) -> None:
    operation = POWER["pow"]
    measured = differences(operation, [base, exponent], upstream)

    found = gradients(operation, [base, exponent], upstream)

    assert found == pytest.approx(measured, rel=1e-6, abs=1e-6)


@settings(max_examples=SLOPES)
@given(x=st.floats(-30, 30))
def test_sigmoid_is_tanh_of_half_the_input_moved(x: float) -> None:
    assert Value(x).sigmoid().data == pytest.approx((math.tanh(x / 2) + 1) / 2, rel=1e-9, abs=1e-15)


# The edges of float64, as torch has them.


SPECIAL = [0.0, -0.0, 1.0, -1.0, 2.0, -3.0, 0.7, 1e-3, 400.0, -800.0, 1e200, -1e308, INF, -INF, NAN]


@pytest.fixture(scope="module")
def torch() -> Any:
    return pytest.importorskip("torch", reason="torch is not installed, so it cannot be compared")


def answers(leaves: Sequence[Any], root: Any) -> list[float]:
    root.backward()
    return [float(root.data), *(float(leaf.grad) for leaf in leaves)]


def torch_answers(torch: Any, operation: Operation, numbers: Sequence[float]) -> list[float]:
    def leaf(number: float) -> Any:
        return torch.tensor(number, dtype=torch.float64, requires_grad=True)

    leaves = [leaf(number) for number in numbers]
    return answers(leaves, operation(*leaves))


def our_answers(operation: Operation, numbers: Sequence[float]) -> list[float]:
    leaves = [Value(number) for number in numbers]
    return answers(leaves, operation(*leaves))


@pytest.mark.parametrize("name", [*UNARY, *UNARY_ABOVE_ZERO])
def test_one_operand_at_the_edges_is_answered_as_torch_does(torch: Any, name: str) -> None:
    operation = (UNARY | UNARY_ABOVE_ZERO)[name]
    numbers = [number for number in SPECIAL if name != "square root" or is_positive(number)]

    expected = [torch_answers(torch, operation, [number]) for number in numbers]

    for number, answer in zip(numbers, expected, strict=True):
        ours = our_answers(operation, [number])
        assert ours == pytest.approx(answer, rel=1e-12, nan_ok=True), number


def is_positive(number: float) -> bool:
    # Torch takes sqrt for ** 0.5, which is not IEEE's pow at -0.0 and -inf.
    return math.copysign(1, number) > 0


@pytest.mark.parametrize("name", [*BINARY, *POWER])
def test_two_operands_at_the_edges_are_answered_as_torch_does(torch: Any, name: str) -> None:
    operation = (BINARY | POWER)[name]
    pairs = list(product(SPECIAL, repeat=2))

    expected = [torch_answers(torch, operation, pair) for pair in pairs]

    for pair, answer in zip(pairs, expected, strict=True):
        ours = our_answers(operation, pair)
        assert ours == pytest.approx(answer, rel=1e-12, nan_ok=True), pair
