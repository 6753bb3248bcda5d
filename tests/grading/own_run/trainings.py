"""Trainings as a run leaves them behind, made by hand: a loop for w·x = y, and its oracle."""

from collections.abc import Sequence
from typing import Any

from grader.engines.observation import NUMBER, Answer, Place
from grader.exercises.training import TrainingTask
from grader.grading.own_run.comparison import ComparedTraining
from grader.grading.own_run.fitting import best_fit
from grader.grading.own_run.parameters import followed_leaves, possible_parameters
from grader.grading.own_run.training_oracle import TrainingOracle
from grader.sandbox.trace import Leaf, Pass, Training
from tests.grading.own_run.runs import ask

EXAMPLES = ((1.0, 3.0), (2.0, 4.0))
TASK = TrainingTask({"w": 1.0}, EXAMPLES, epochs=2, rate=0.1)


def square_error(Value: Any, w: Any, x: Any, y: Any) -> Any:
    return (w * x - y) ** 2


ORACLE = TrainingOracle(square_error, TASK, ask)


def number(value: float) -> Answer:
    return Answer(NUMBER, value)


def loop(
    start: float = 1.0,
    rate: float = 0.1,
    order: Sequence[tuple[float, float]] = EXAMPLES * 2,
    factor: float = 1.0,
) -> Training:
    """Return a loop over examples; its gradients are `factor` times the right ones."""
    w, passes, losses = start, [], []
    for at, (x, y) in enumerate(order, 1):
        error = w * x - y
        gradient = 2 * error * x * factor
        leaf = Leaf(1, 11, 1, number(w), number(0.0), number(gradient))
        data = [
            Leaf(100 + 2 * at + side, 0, 1, number(value), number(0.0), number(0.0))
            for side, value in enumerate((x, y))
        ]
        losses.append(error**2)
        passes.append(Pass(at, number(losses[-1]), 6, (leaf, *data)))
        w -= rate * gradient
    place = Place("value.py", 40, "")
    end = {1: (number(w), number(0.0))}
    return Training(place, 0, len(passes), tuple(passes), tuple(losses), end)


def compared(training: Training) -> ComparedTraining:
    """Compare a loop with the training asked."""
    leaves = followed_leaves(training, TASK.rate, {})
    return best_fit(ORACLE, training, possible_parameters(leaves, TASK.start, {}))
