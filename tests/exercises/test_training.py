"""A training task becomes a Program that trains as it asks, from any start and in any order."""

from typing import Any

import pytest

from grader import Adam, Momentum, Nesterov, Sgd
from grader.engines.oracles.textbook import Textbook
from grader.errors import BrokenExercise
from grader.exercises.training import TrainingProgram, TrainingTask, training_program, with_start

TWO = TrainingTask({"w": 0.0, "b": 0.0}, ((1.0, 2.0), (3.0, 6.0)), epochs=100, rate=0.1)


def model(Value: Any, w: Any, b: Any, x: Any, y: Any) -> Any:
    return (x * w + b - y) ** 2


def answers(asked: TrainingProgram) -> list[float]:
    """The losses of all passes, and the parameters' end."""
    got = Textbook().answer(asked.program).answers
    ats = [*(step.loss for step in asked.steps), *asked.end.values()]
    return [value for at in ats if isinstance(value := got[at].value, float)]


def test_a_course_has_a_pass_for_each_example_of_each_epoch() -> None:
    asked = training_program(model, TWO)

    assert asked.order == ((1.0, 2.0), (3.0, 6.0)) * 100
    assert len(asked.steps) == 200


def test_the_sheet_s_numbers_come_out_of_it() -> None:
    *losses, w, b = answers(training_program(model, TWO))

    epochs = [sum(losses[at : at + 2]) for at in range(0, 8, 2)]
    assert epochs == pytest.approx([23.36, 11.8543, 4.5323, 2.612], rel=1e-4)
    assert (w, b) == pytest.approx((1.9999925416598754, 3.3185807883e-05))


def test_taking_3_before_1_ends_elsewhere() -> None:
    *_, b = answers(training_program(model, TWO, order=[(3.0, 6.0), (1.0, 2.0)] * 100))

    assert b == pytest.approx(1.659e-5, rel=1e-3)


def test_a_course_can_start_elsewhere() -> None:
    here = training_program(model, TWO, {"w": 3.0})
    there = training_program(model, TWO)

    moved = there._replace(program=with_start(there, {"w": 3.0}))

    assert answers(moved) == answers(here)


def test_a_training_by_momentum_keeps_a_velocity() -> None:
    by_momentum = TWO.by(Momentum(0.9))._replace(epochs=2, rate=0.01)

    *losses, w, b = answers(training_program(model, by_momentum))

    own_w = own_b = v = u = 0.0
    own_losses = []
    for x, y in TWO.examples * 2:
        error = own_w * x + own_b - y
        own_losses.append(error**2)
        v, u = 0.9 * v + 2 * error * x, 0.9 * u + 2 * error
        own_w, own_b = own_w - 0.01 * v, own_b - 0.01 * u
    assert losses == pytest.approx(own_losses)
    assert (w, b) == pytest.approx((own_w, own_b))


def test_a_look_ahead_is_taken_back_at_the_end_alone() -> None:
    ahead, back = (TWO.by(one)._replace(epochs=1) for one in Nesterov(0.9).readings())

    *losses, w, _ = answers(training_program(model, ahead))
    *same_losses, other_w, _ = answers(training_program(model, back))

    assert losses == same_losses
    assert w != other_w


def test_a_corner_is_passed_by_plain_descent_alone() -> None:
    with pytest.raises(BrokenExercise, match="kink=True goes by plain descent, and not by adam"):
        TWO._replace(kink=True).by(Adam())

    assert TWO._replace(kink=True).by(Sgd()).rule.is_plain


def test_every_look_has_a_label_and_parameters_have_names() -> None:
    program = training_program(model, TWO, order=[(1.0, 2.0)]).program

    assert [label for label, _ in program.observed] == [
        "w before step 1",
        "b before step 1",
        "the loss of step 1",
        "w.grad in step 1",
        "b.grad in step 1",
        "w at the end",
        "b at the end",
    ]
    assert sorted(program.names.values()) == ["b", "w"]


def test_a_model_without_a_loss_is_the_author_s_mistake() -> None:
    def nothing(Value: Any, w: Any, b: Any, x: Any, y: Any) -> None:
        pass

    with pytest.raises(BrokenExercise, match="the check nothing gives no loss") as told:
        training_program(nothing, TWO)

    assert told.value.hint == "return the loss of one example"
