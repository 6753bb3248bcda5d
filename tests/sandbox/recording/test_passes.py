"""Passes make trainings: by the loop that calls them, wherever parameters are made anew."""

import textwrap

import pytest

from grader.sandbox.recording.passes import RecordedTraining
from tests.sandbox.recording.recorded import ENGINE, Recorded


def trainings(code: str, engine: str = ENGINE) -> list[RecordedTraining]:
    return Recorded(textwrap.dedent(code), engine).record.passes.trainings


def made(code: str) -> list[int]:
    return [len(one.passes) for one in trainings(code)]


def test_a_loop_is_one_training_and_the_next_loop_another() -> None:
    code = """
    def train(steps):
        w = Value(1.0)
        for _ in range(steps):
            w.grad = 0.0
            (w * w).backward()
            w.data -= 0.1 * w.grad

    train(3)
    train(4)
    for steps in (5, 6):
        train(steps)
    """

    assert made(code) == [3, 4, 5, 6]


def test_a_loop_that_begins_anew_is_another_training_though_its_leaves_are_made_anew() -> None:
    code = """
    def train(steps):
        w = Value(1.0)
        for _ in range(steps):
            (w * w).backward()
            w = Value(w.data - 0.1 * w.grad)

    for steps in (5, 6):
        train(steps)
    """

    assert made(code) == [5, 6]


def test_a_step_in_a_function_belongs_to_the_loop_around_it() -> None:
    code = """
    def step(w):
        loss = w * w
        loss.backward()
        return Value(w.data - 0.1 * w.grad)

    w = Value(1.0)
    for _ in range(5):
        w = step(w)
    """

    (training,) = trainings(code)
    assert len(training.passes) == 5
    assert {row.lineage for one in training.passes for row in one.rows} == {1}
    assert [one.rows[0].data for one in training.passes][:2] == [1.0, 0.8]
    assert training.end[1][0] == pytest.approx(0.8**5)


def test_epochs_in_a_function_are_one_training_though_weights_are_made_anew() -> None:
    code = """
    def epoch(w):
        for x in (1.0, 2.0):
            loss = (w * x - 1.0) ** 2
            loss.backward()
            w = Value(w.data - 0.1 * w.grad)
        return w

    w = Value(0.0)
    for _ in range(3):
        w = epoch(w)
    """

    assert made(code) == [6]


def test_calls_in_turns_are_one_training() -> None:
    code = """
    w = Value(1.0)
    for _ in range(3):
        (w * 2.0).backward()
        (w * 3.0).backward()
    """

    assert made(code) == [6]


def test_what_leaves_hold_is_read_at_the_end_of_the_statement() -> None:
    recorded = Recorded(
        "w = Value(1.0)\nfor _ in range(2):\n    (w * w).backward()\n    w.data = 5.0\n"
    )
    recorded.names["w"].data = 7.0

    assert recorded.record.passes.trainings[0].end == {1: (5.0, 12.0)}


def test_a_pass_that_the_submission_makes_by_a_function_of_its_own_is_a_pass() -> None:
    engine = ENGINE.replace("def backward(self)", "def unused(self)")
    code = """
    def go_back(root):
        root.grad = 1.0
        for node in reversed(topological_order(root)):
            node._backward()

    w = Value(2.0)
    for _ in range(3):
        loss = (w * 3.0 - 1.0) ** 2
        w.grad = 0.0
        go_back(loss)
        w.data -= 0.01 * w.grad
    """

    (training,) = trainings(code, engine)
    assert [len(training.passes), training.passes[0].rows[0].after] == [3, 30.0]


def test_rows_are_kept_of_the_first_and_the_last_where_there_is_no_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("grader.sandbox.recording.passes.MOST_ROWS", 20)
    code = "w = Value(1.0)\nfor _ in range(60):\n    (w * w).backward()\n"

    (training,) = trainings(code)

    kept = [number for number, one in enumerate(training.passes, 1) if one.rows]
    assert kept == [*range(1, 20), 60]
