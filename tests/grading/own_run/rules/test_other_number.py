"""A training that is right but for one number shows the task that it does rightly."""

import pytest

from grader.grading.own_run.rules.other_number import with_other_number
from tests.grading.own_run.trainings import EXAMPLES, TASK, loop


@pytest.mark.parametrize("rate", [0.01, 0.05])
def test_another_rate_is_shown_by_the_first_step(rate: float) -> None:
    (task,) = with_other_number(TASK, [loop(rate=rate)])

    assert task.rate == pytest.approx(rate)
    assert task._replace(rate=TASK.rate) == TASK


@pytest.mark.parametrize("epochs", [1, 3, 10])
def test_another_number_of_epochs_is_counted(epochs: int) -> None:
    (task,) = with_other_number(TASK, [loop(order=EXAMPLES * epochs)])

    assert task == TASK._replace(epochs=epochs)


def test_two_other_numbers_are_two_tasks_of_which_neither_is_done() -> None:
    tasks = list(with_other_number(TASK, [loop(rate=0.05, order=EXAMPLES * 3)]))

    assert [(task.rate, task.epochs) for task in tasks] == [(pytest.approx(0.05), 2), (0.1, 3)]


@pytest.mark.parametrize(
    "training",
    [loop(), loop(rate=-0.1), loop(rate=0.0), loop(rate=2.0), loop(order=EXAMPLES * 100)],
    ids=["as asked", "uphill", "still", "a loss that rises", "without an end"],
)
def test_nothing_is_shown_where_there_is_no_other_number(training: object) -> None:
    assert list(with_other_number(TASK, [training])) == []  # type: ignore[list-item]
