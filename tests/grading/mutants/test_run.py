"""A source of our own runs in this process, and leaves behind what a submission would."""

from grader.engines.observation import NUMBER, Answer
from grader.grading.mutants.run import trace_of, trace_on_right_engine
from grader.sandbox.trace import HeldNode
from tests.grading.own_run.runs import ENGINE


def test_each_statement_is_a_moment_with_what_it_printed() -> None:
    trace = trace_of("x = 3.0\nprint('hello')\n")

    assert trace.moments[-1].variables["x"] == Answer(NUMBER, 3.0)
    assert "".join(moment.printed for moment in trace.moments) == "hello\n"


def test_what_came_before_an_error_is_kept() -> None:
    trace = trace_of("x = 3.0\ny = 1 / 0\nz = 4.0\n")

    assert set(trace.moments[-1].variables) == {"x"}


def test_a_loop_of_passes_is_a_training() -> None:
    loop = "w = Value(1.0)\nfor _ in range(3):\n    loss = w * w\n    loss.backward()\n"

    (training,) = trace_of(f"{ENGINE}\n{loop}").trainings

    assert (training.made, training.losses) == (3, (1.0, 1.0, 1.0))


def test_a_run_is_recorded_on_an_engine_that_is_right() -> None:
    wrong = ENGINE.replace("self.data + other.data", "self.data + other.data + 1")

    trace = trace_on_right_engine(f"{wrong}\nx = Value(2.0) + Value(3.0)\n", "Value")

    assert trace is not None
    held = trace.moments[-1].variables["x"]
    assert isinstance(held, HeldNode)
    assert (held.data, held.op) == (Answer(NUMBER, 5.0), "+")


def test_a_run_on_arrays_is_not_recorded() -> None:
    source = f"import numpy\n{ENGINE}\nx = Value(numpy.array([1.0, 2.0]))\n"

    assert trace_on_right_engine(source, "Value") is None
