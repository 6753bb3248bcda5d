"""A source of our own runs in this process, and leaves behind what a submission would."""

from grader.engines.observation import NUMBER, Answer
from grader.grading.mutants.run import trace_of
from tests.grading.own_run.runs import ENGINE

OTHER_ENGINE = "class Value:\n    def __init__(self, data):\n        self.data = -data\n"


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


def test_another_class_takes_the_place_of_one() -> None:
    source = (
        "class Value:\n    def __init__(self, data):\n        self.data = data\nx = Value(2.0).data"
    )

    assert trace_of(source).moments[-1].variables["x"] == Answer(NUMBER, 2.0)
    on_other = trace_of(source, {"Value": OTHER_ENGINE})
    assert on_other.moments[-1].variables["x"] == Answer(NUMBER, -2.0)
