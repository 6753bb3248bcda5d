"""A recorded run is judged in the form in which watched ones are."""

import pytest

from grader.engines.observation import NUMBER, Answer, Place
from grader.sandbox.recording import recorded_trace as module
from grader.sandbox.recording.recorded_trace import recorded_trace
from tests.sandbox.recording.recorded import Recorded

CODE = """
w = Value(1.0)
for _ in range(60):
    w.grad = 0.0
    (w * 2.0).backward()
    w.data -= w.grad
"""


def test_a_training_is_told_with_its_leaves_and_its_end() -> None:
    (training,) = recorded_trace(Recorded(CODE).record, ()).trainings

    first = training.passes[0]
    assert training.made == len(training.passes) == len(training.losses) == 60
    assert (first.loss, first.nodes) == (Answer(NUMBER, 2.0), 3)
    assert [(leaf.data.value, leaf.after.value) for leaf in first.leaves] == [
        (1.0, 2.0),
        (2.0, 1.0),
    ]
    assert training.end == {1: (Answer(NUMBER, -119.0), Answer(NUMBER, 2.0))}
    assert training.operations == {"*"}
    assert training.place == Place("student.py", training.place.line, "<module>")


def test_of_a_long_training_the_first_and_the_last_passes_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 50)

    (training,) = recorded_trace(Recorded(CODE).record, ()).trainings

    assert [one.number for one in training.passes] == [*range(1, 41), *range(53, 61)]
    assert training.made == 60
