"""What a scalar node is, and its exact values and gradients."""

import math
from collections.abc import Callable
from operator import add, mul, sub, truediv
from typing import Any

import pytest

from reference.scalar import Value

Operation = Callable[..., Any]
INF = math.inf
NAN = math.nan
SIGNS: dict[Operation, str] = {add: "+", mul: "*", truediv: "/", pow: "**"}


# What a node is.


def test_a_leaf_has_its_number_no_gradient_no_children_and_no_operation() -> None:
    leaf = Value(3.5)

    state = (leaf.data, leaf.grad, leaf._children, leaf._op, leaf.label)

    assert state == (3.5, 0.0, (), "", "")


def test_a_node_can_be_given_its_children_operation_and_label_by_hand() -> None:
    a, b = Value(1.0), Value(2.0)

    node = Value(3.0, (a, b), "+", label="c")
    node.backward()

    assert (node._children, node._op, node.label) == ((a, b), "+", "c")
    assert (a.grad, b.grad) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("number", "text"),
    [(3.5, "Value(data=3.5)"), (3, "Value(data=3)"), (-0.0, "Value(data=-0.0)")],
)
def test_a_node_prints_its_number_as_it_was_given(number: float, text: str) -> None:
    assert repr(Value(number)) == text


def test_results_are_float64_even_where_integers_would_be_exact() -> None:
    two = Value(2)
    results = [Value(10**200) * 10**200, Value(2**53) + 1, two / 2, two**3, -two, abs(two)]

    assert [repr(result.data) for result in results] == [
        "inf",
        "9007199254740992.0",
        "1.0",
        "8.0",
        "-2.0",
        "2.0",
    ]


@pytest.mark.parametrize("operation", SIGNS)
def test_the_children_of_a_result_are_its_operands_in_order(operation: Operation) -> None:
    a, b = Value(1.0), Value(2.0)

    result = operation(a, b)

    assert (result._children, result._op) == ((a, b), SIGNS[operation])


@pytest.mark.parametrize(
    ("operation", "op"),
    [
        (lambda a: -a, "neg"),
        (abs, "abs"),
        (lambda a: a.relu(), "relu"),
        (lambda a: a.tanh(), "tanh"),
        (lambda a: a.sigmoid(), "sigmoid"),
        (lambda a: a.exp(), "exp"),
        (lambda a: a.log(), "log"),
        (lambda a: a.sqrt(), "sqrt"),
        (lambda a: a.sin(), "sin"),
        (lambda a: a.cos(), "cos"),
        (lambda a: a.gelu(), "gelu"),
        (lambda a: a**3, "**3"),
    ],
)
def test_an_operation_of_one_node_has_one_child(operation: Operation, op: str) -> None:
    a = Value(2.0)

    result = operation(a)

    assert (result._children, result._op) == ((a,), op)


def test_a_node_used_twice_in_one_operation_is_its_child_twice() -> None:
    a = Value(1.0)

    assert (a + a)._children == (a, a)


def test_subtraction_adds_the_negated_node() -> None:
    a, b = Value(1.0), Value(2.0)

    left, right = (a - b)._children

    assert left is a
    assert (right._op, right._children, right.data) == ("neg", (b,), -2.0)


@pytest.mark.parametrize("operation", SIGNS)
def test_a_number_on_the_left_is_promoted_to_the_left_child(operation: Operation) -> None:
    a = Value(4.0)

    left, right = operation(2, a)._children

    assert (left.data, left._children, right is a) == (2, (), True)


@pytest.mark.parametrize("stranger", ["1", None, [1.0], 1j, object()])
@pytest.mark.parametrize("operation", [sub, *SIGNS])
def test_an_operand_that_is_no_number_is_refused_on_either_side(
    operation: Operation, stranger: object
) -> None:
    for operands in ((Value(1.0), stranger), (stranger, Value(1.0))):
        with pytest.raises(TypeError):
            operation(*operands)


def test_an_operand_that_knows_values_gets_its_turn() -> None:
    class Guest:
        def __radd__(self, left: Value) -> str:
            return f"guest + {left.data}"

    assert Value(1.0) + Guest() == "guest + 1.0"


# Exact gradients.


@pytest.mark.parametrize(
    ("operation", "a", "b", "data", "grads"),
    [
        (add, 2, 3, 5.0, (1.0, 1.0)),
        (sub, 2, 3, -1.0, (1.0, -1.0)),
        (mul, 2, -5, -10.0, (-5.0, 2.0)),
        (truediv, 1, 4, 0.25, (0.25, -0.0625)),
        (pow, 4.0, 0.5, 2.0, (0.25, 2.0 * math.log(4.0))),
    ],
)
def test_two_operands_have_exact_gradients(
    operation: Operation, a: float, b: float, data: float, grads: tuple[float, float]
) -> None:
    left, right = Value(a), Value(b)

    result = operation(left, right)
    result.backward()

    assert (result.data, left.grad, right.grad) == (data, *grads)


@pytest.mark.parametrize(
    ("operation", "number", "data", "grad"),
    [
        (lambda a: 3 - a, 1, 2.0, -1.0),
        (lambda a: 3 / a, 2, 1.5, -0.75),
        (lambda a: 2**a, 3, 8.0, 8.0 * math.log(2.0)),
        (lambda a: a**2, -3, 9.0, -6.0),
        (lambda a: a**3, -2, -8.0, 12.0),
        (lambda a: a**-1, -2, -0.5, -0.25),
        (lambda a: a**0.5, 4, 2.0, 0.25),
        (lambda a: a**0, 0, 1.0, 0.0),
        (lambda a: a**1, 0, 0.0, 1.0),
        (lambda a: a**2, 0, 0.0, 0.0),
        (lambda a: a.relu(), 1.7, 1.7, 1.0),
        (lambda a: a.relu(), -1.7, 0.0, 0.0),
        (lambda a: a.relu(), 0, 0.0, 0.0),
        (abs, -2, 2.0, -1.0),
        (abs, 2, 2.0, 1.0),
        (abs, 0, 0.0, 0.0),
        (lambda a: a.tanh(), 0, 0.0, 1.0),
        (lambda a: a.sigmoid(), 0, 0.5, 0.25),
        (lambda a: a.sigmoid(), 1000, 1.0, 0.0),
        (lambda a: a.sigmoid(), -1000, 0.0, 0.0),
        (lambda a: a.exp(), 0, 1.0, 1.0),
        (lambda a: a.exp(), 1000, INF, INF),
        (lambda a: a.log(), 2, math.log(2.0), 0.5),
        (lambda a: a.log(), 0, -INF, INF),
        (lambda a: a.sqrt(), 4, 2.0, 0.25),
        (lambda a: a.sqrt(), 0, 0.0, INF),
        (lambda a: a.sin(), 0, 0.0, 1.0),
        (lambda a: a.cos(), 0, 1.0, 0.0),
        (lambda a: a.gelu(), 0, 0.0, 0.5),
        (lambda a: 1 / a, 0, INF, -INF),
        (lambda a: -1 / a, 0, -INF, INF),
        (lambda a: 1 / a, -0.0, -INF, -INF),
        (lambda a: a**3, -1e200, -INF, INF),
        (lambda a: a**-1, 0, INF, -INF),
    ],
)
def test_one_operand_has_an_exact_gradient(
    operation: Operation, number: float, data: float, grad: float
) -> None:
    leaf = Value(number)

    result = operation(leaf)
    result.backward()

    assert (result.data, leaf.grad) == (data, grad)


@pytest.mark.parametrize(
    "result", [Value(-8.0) ** (1 / 3), Value(-8.0) ** Value(1 / 3), Value(0) / 0, Value(-1).log()]
)
def test_what_has_no_real_answer_is_nan_and_never_complex(result: Value) -> None:
    assert type(result.data) is float
    assert math.isnan(result.data)


def test_relu_keeps_nan_and_the_sign_of_zero_as_torch_does() -> None:
    kept = [Value(number).relu().data for number in (NAN, -0.0, 0.0)]

    assert [repr(number) for number in kept] == ["nan", "-0.0", "0.0"]


@pytest.mark.parametrize("number", [0.0, 2.0])
def test_a_zero_base_gives_its_exponent_no_gradient(number: float) -> None:
    base, exponent = Value(0.0), Value(number)

    (base**exponent).backward()

    assert (base.grad, exponent.grad) == (0.0, 0.0)


def test_a_number_as_exponent_brings_no_node_whose_gradient_could_be_nan() -> None:
    result = Value(-2.0) ** 3

    assert len(result.topological_order()) == 2
