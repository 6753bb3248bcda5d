"""The scalar engine: exact values, derivatives against differences, and the edges of float64."""

import gc
import math
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.scalar import Value

Operation = Callable[..., Any]
INF = math.inf
NAN = math.nan

UNARY: dict[str, Operation] = {
    "neg": lambda a: -a,
    "abs": abs,
    "relu": lambda a: a.relu(),
    "tanh": lambda a: a.tanh(),
    "sigmoid": lambda a: a.sigmoid(),
    "exp": lambda a: a.exp(),
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


def diamond() -> tuple[Value, Value, Value]:
    a, b = Value(-2.0), Value(3.0)
    return a, b, (a * b) * (a + b)


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


@pytest.mark.parametrize("name", ["add", "mul", "truediv", "pow"])
def test_the_children_of_a_result_are_its_operands_in_order(name: str) -> None:
    a, b = Value(1.0), Value(2.0)

    result = (BINARY | POWER)[name](a, b)

    assert result._children == (a, b)
    assert result._op == {"add": "+", "mul": "*", "truediv": "/", "pow": "**"}[name]


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


@pytest.mark.parametrize("name", ["2 + a", "2 * a", "2 / a", "2 ** a"])
def test_a_number_on_the_left_is_promoted_to_the_left_child(name: str) -> None:
    a = Value(4.0)

    left, right = UNARY[name](a)._children

    assert (left.data, left._children, right is a) == (2, (), True)


@pytest.mark.parametrize("stranger", ["1", None, [1.0], 1j, object()])
@pytest.mark.parametrize("name", [*BINARY, *POWER])
def test_an_operand_that_is_no_number_is_refused_on_either_side(
    name: str, stranger: object
) -> None:
    operation = (BINARY | POWER)[name]

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
    ("name", "a", "b", "data", "grads"),
    [
        ("add", 2, 3, 5.0, (1.0, 1.0)),
        ("sub", 2, 3, -1.0, (1.0, -1.0)),
        ("mul", 2, -5, -10.0, (-5.0, 2.0)),
        ("truediv", 1, 4, 0.25, (0.25, -0.0625)),
        ("pow", 4.0, 0.5, 2.0, (0.25, 2.0 * math.log(4.0))),
    ],
)
def test_two_operands_have_exact_gradients(
    name: str, a: float, b: float, data: float, grads: tuple[float, float]
) -> None:
    left, right = Value(a), Value(b)

    result = (BINARY | POWER)[name](left, right)
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


# Derivatives against central differences, away from kinks and poles.


@pytest.mark.parametrize("name", UNARY)
@given(a=away_from_zero, upstream=away_from_zero)
def test_the_gradient_of_one_operand_is_the_slope(name: str, a: float, upstream: float) -> None:
    measured = differences(UNARY[name], [a], upstream)

    assert gradients(UNARY[name], [a], upstream) == pytest.approx(measured, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("name", UNARY_ABOVE_ZERO)
@given(a=above_zero, upstream=away_from_zero)
def test_the_gradient_of_a_positive_operand_is_the_slope(
    name: str, a: float, upstream: float
) -> None:
    operation = UNARY_ABOVE_ZERO[name]
    measured = differences(operation, [a], upstream)

    assert gradients(operation, [a], upstream) == pytest.approx(measured, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("name", BINARY)
@given(a=away_from_zero, b=away_from_zero, upstream=away_from_zero)
def test_the_gradients_of_two_operands_are_the_slopes(
    name: str, a: float, b: float, upstream: float
) -> None:
    measured = differences(BINARY[name], [a, b], upstream)

    assert gradients(BINARY[name], [a, b], upstream) == pytest.approx(measured, rel=1e-6, abs=1e-6)


@given(base=above_zero, exponent=away_from_zero, upstream=away_from_zero)
def test_the_gradients_of_base_and_exponent_are_the_slopes(
    base: float, exponent: float, upstream: float
) -> None:
    operation = POWER["pow"]
    measured = differences(operation, [base, exponent], upstream)

    found = gradients(operation, [base, exponent], upstream)

    assert found == pytest.approx(measured, rel=1e-6, abs=1e-6)


@given(x=st.floats(-30, 30))
def test_sigmoid_is_tanh_of_half_the_input_moved(x: float) -> None:
    assert Value(x).sigmoid().data == pytest.approx((math.tanh(x / 2) + 1) / 2, rel=1e-9, abs=1e-15)


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
def test_a_chain_of_100_000_nodes_is_differentiated_and_freed(step: Operation) -> None:
    leaf = node = Value(1.0)
    for _ in range(100_000):
        node = step(node)

    node.backward()
    seen = leaf.grad
    del node

    assert seen == 1.0


def test_a_graph_is_freed_without_the_cycle_collector() -> None:
    _, _, root = diamond()
    root.backward()
    gc.collect()
    gc.disable()

    try:
        del root, _
        found = gc.collect()
    finally:
        gc.enable()

    assert found == 0


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
