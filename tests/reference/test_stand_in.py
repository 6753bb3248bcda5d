"""The engine that takes the place of a student's agrees with the reference engine."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engines.compare import compare
from grader.engines.interpreter.execute import Implementation, execute
from grader.engines.oracles.textbook import Engine
from grader.exercises.random.scalar_programs import generate
from grader.grading.own_run.checks import right_engine
from reference.stand_in import Value

STANDING_IN = Implementation({"Value": Value})


@given(st.integers(0, 10**9))
@settings(max_examples=200, deadline=None)
def test_it_answers_random_graphs_as_the_reference_engine_does(seed: int) -> None:
    program = generate(seed)

    got = execute(program, STANDING_IN)

    assert compare(program, Engine().answer(program), got, relative=1e-12) is None


def test_it_stands_alone() -> None:
    names: dict[str, object] = {"__name__": "__main__"}

    exec(right_engine(), names)

    assert isinstance(names["Value"], type)


@pytest.mark.parametrize("name", ["data", "value", "val", "v"])
def test_its_value_answers_to_what_students_call_it(name: str) -> None:
    a = Value(2.0)

    setattr(a, name, 3.0)

    assert [getattr(a, other) for other in ("data", "value", "val", "v")] == [3.0] * 4


@pytest.mark.parametrize("name", ["grad", "gradient", "derivative", "g"])
def test_its_gradient_answers_to_what_students_call_it(name: str) -> None:
    a = Value(2.0)

    (a * a).backward()

    assert getattr(a, name) == 4.0


@pytest.mark.parametrize("name", ["_prev", "prev", "children", "parents", "_children"])
def test_its_children_answer_to_what_students_call_them(name: str) -> None:
    a, b = Value(2.0), Value(3.0)

    assert getattr(a + b, name) == (a, b)


def test_it_takes_whatever_students_give_their_constructors() -> None:
    a = Value(2.0, (), "+", label="a", requires_grad=True)

    assert (a.data, a.label, a.requires_grad) == (2.0, "a", True)
    assert Value(1.0).label == Value(1.0)._op == ""


def test_an_attribute_that_nobody_has_is_missing() -> None:
    with pytest.raises(AttributeError, match="'Value' object has no attribute 'nobody'"):
        _ = Value(1.0).nobody


def test_plain_numbers_stand_on_both_sides() -> None:
    a = Value(2.0)

    seen = [2 + a, a + 2, 2 - a, a - 3, 2 * a, 3 / a, a / 4, a**2, -a, a ** Value(3.0), abs(-a)]

    assert [node.data for node in seen] == [4, 4, 0, -1, 4, 1.5, 0.5, 4, -2, 8, 2]


def test_a_chain_of_thousands_is_no_matter_of_recursion() -> None:
    a = Value(1.0)
    total = a
    for _ in range(20_000):
        total = total + a

    total.backward()

    assert a.grad == 20_001.0


def test_zero_grad_sets_every_gradient_below_to_zero() -> None:
    a = Value(2.0)
    b = (a * a).tanh()
    b.backward()

    b.zero_grad()

    assert [a.grad, b.grad] == [0.0, 0.0]
    assert math.isclose(b.data, math.tanh(4.0))
