"""The oracles train from any start, over the examples in any order."""

from typing import Any

import pytest

from grader.engines.observation import number_in
from grader.exercises.training import TrainingTask
from grader.grading.own_run.training_oracle import TrainingOracle
from tests.grading.own_run.runs import ask

TASK = TrainingTask({"w": 1.0}, ((1.0, 3.0), (2.0, 4.0)), epochs=2, rate=0.1)


def square_error(Value: Any, w: Any, x: Any, y: Any) -> Any:
    return (w * x - y) ** 2


@pytest.fixture
def oracle() -> TrainingOracle:
    return TrainingOracle(square_error, TASK, ask)


def test_a_training_begins_where_it_is_told_and_steps_against_the_gradient(
    oracle: TrainingOracle,
) -> None:
    training = oracle.program({"w": 0.0}, [(1.0, 3.0)])

    answers = oracle.ask(training.program).want.answers

    (step,) = training.steps
    assert number_in(answers[step.data["w"]]) == 0.0
    assert number_in(answers[step.loss]) == 9.0
    assert number_in(answers[step.grad["w"]]) == -6.0
    assert number_in(answers[training.end["w"]]) == pytest.approx(0.6)


def test_the_order_of_the_examples_is_the_one_that_is_given(oracle: TrainingOracle) -> None:
    training = oracle.program({}, [(2.0, 4.0), (1.0, 3.0)])

    answers = oracle.answers(training, {"w": 0.0})

    assert number_in(answers[training.steps[0].loss]) == 16.0


def test_the_loss_at_a_place_is_summed_over_the_examples(oracle: TrainingOracle) -> None:
    assert [number_in(loss) for loss in oracle.losses({"w": 0.0})] == [9.0, 16.0]
    assert oracle.total_loss({"w": 0.0}) == 25.0
    assert oracle.total_loss({"w": 2.0}) == 1.0
