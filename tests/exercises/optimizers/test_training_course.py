"""A training that stands still or runs away is told to its author, with numbers that work."""

from typing import Any

import pytest

from grader import Sgd
from grader.engines.oracles.textbook import Textbook
from grader.exercises.optimizers.training_course import flaw_of_course
from grader.exercises.optimizers.training_numbers import Flaw
from grader.exercises.training import TrainingTask

TASK = TrainingTask({"w": 0.0, "b": 0.0}, ((1.0, 2.0), (3.0, 6.0)), epochs=20, rate=0.1)


def line(Value: Any, w: Any, b: Any, x: Any, y: Any) -> Any:
    return (x * w + b - y) ** 2


def without_b(Value: Any, w: Any, b: Any, x: Any, y: Any) -> Any:
    return (x * w - y) ** 2


def of_logarithm(Value: Any, w: Any, b: Any, x: Any, y: Any) -> Any:
    return (w * x).log() + b - y


def unknown(Value: Any, w: Any, b: Any, x: Any, y: Any) -> Any:
    return (w * x).cosh() + b - y


def flaw(model: Any = line, **changed: Any) -> Flaw | None:
    return flaw_of_course(model, TASK._replace(**changed), Textbook())


def test_a_training_that_learns_has_no_flaw() -> None:
    assert flaw() is None


def test_a_start_at_the_minimum_is_told_with_one_that_moves() -> None:
    start = {"w": 2.0, "b": 0.0}

    found = flaw(start=start)

    assert found == Flaw(
        "start",
        "it stands still: at {'w': 2.0, 'b': 0.0} the loss is 0, and each gradient is 0, so that"
        " there is nothing to descend",
        'let it start elsewhere: start={"w": 3, "b": 1}',
    )
    assert flaw(start={"w": 3.0, "b": 1.0}) is None


def test_a_rate_that_is_too_large_is_told_with_one_that_is_not() -> None:
    found = flaw(rate=3.0)

    assert found
    assert found.argument == "rate"
    assert found.says.startswith("it runs away: the loss goes from 1764 to ")
    assert found.hint == "a smaller rate: rate=0.1"
    assert flaw(rate=0.1) is None


def test_a_loss_that_ends_at_no_number_is_told_with_its_step() -> None:
    found = flaw(rate=3.0, epochs=200)

    assert found
    assert found.says.startswith("it runs away: the loss of step ")
    assert found.says.endswith(" is inf")


def test_a_start_without_a_loss_is_told() -> None:
    found = flaw(of_logarithm, start={"w": -1.0, "b": 0.0})

    assert found
    assert found.says == "the loss is nan where it starts, at {'w': -1.0, 'b': 0.0}"


def test_a_parameter_that_never_moves_is_told_by_name() -> None:
    found = flaw(without_b)

    assert found == Flaw(
        "start",
        "b never moves: its gradient is 0 in each step",
        "let it start elsewhere, or leave it out",
    )


def test_decay_alone_moves_a_parameter() -> None:
    assert flaw(without_b, start={"w": 0.0, "b": 1.0}, rule=Sgd(decay=0.01)) is None


def test_an_operation_that_the_engine_has_not_is_told() -> None:
    found = flaw(unknown)

    assert found
    assert found.says == (
        "the reference engine raises AttributeError: 'Value' object has no attribute 'cosh'"
    )


@pytest.mark.parametrize("rate", [0.05, 0.1])
def test_losses_may_rise_for_a_while(rate: float) -> None:
    assert flaw(rate=rate, epochs=1) is None
