"""The oracles train from any start, over the examples in any order."""

import gc
from typing import Any

import pytest

from grader.engines.observation import number_in
from grader.engines.oracles.expected import memoised
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises import catalogue
from grader.exercises.training import TrainingTask
from grader.grading.own_run.checks import judge_run
from grader.grading.own_run.training_oracle import TrainingOracle
from tests.grading.own_run.runs import ask, trace_below_engine

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


TRAINING = """
w, b = Value({start}), Value(0.5)
for _ in range(100):
    for x, y in ((1.0, 2.0), (3.0, 6.0)):
        loss = (w * x + b - y) ** 2
        w.grad = b.grad = 0.0
        loss.backward()
        w.data -= {rate} * w.grad
        b.data -= {rate} * b.grad
"""


def programs_of_trainings() -> int:
    """How many there are that have been made since."""
    return sum(type(one) is Program and len(one.steps) > 1000 for one in gc.get_objects())


def test_a_course_in_which_each_has_numbers_of_their_own_is_not_remembered_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("grader.engines.oracles.expected.MOST_STEPS", 10_000)
    checks = catalogue.load(catalogue.find("ex12")).checks
    tasks = {check.id: check.own_run.task for check in checks if check.own_run}
    (check,) = [one for one in checks if (task := tasks.get(one.id)) and task.one_number_free]
    asks = memoised([Textbook()])
    gc.collect()
    gc.freeze()  # what other tests have left

    held = []
    for number in range(1, 9):
        trace = trace_below_engine(TRAINING.format(start=number / 7, rate=0.02 + number / 1000))
        assert judge_run(check, trace, asks).mismatch is None
        held.append(programs_of_trainings())

    assert held[-1] <= held[3]
