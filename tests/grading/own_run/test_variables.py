"""Variables count at the moment at which most of them are right."""

from typing import Any

from grader.exercises.exercise import holds
from grader.exercises.exercise_programs import program_of
from grader.grading.own_run.run_result import RunResult
from grader.grading.own_run.variables import judge_variables
from grader.reports.report import Counterexample
from tests.grading.own_run.runs import ask, trace_below_engine


@holds(points=1)
def gradients_by_hand(Value: Any) -> dict[str, Any]:
    """The gradients of a product."""
    a = Value(2.0)
    b = Value(3.0)
    c = a * b
    c.backward()
    return {"a.grad": a.grad, "b.grad": b.grad}


@holds(points=1, inside="slopes")
def slopes_in_a_dict(Value: Any) -> dict[str, Any]:
    """The slopes in a dict."""
    a = Value(2.0)
    c = a * a
    c.backward()
    return {"at two": a.grad}


def judged(code: str) -> RunResult:
    question = ask(program_of(gradients_by_hand))
    return judge_variables(gradients_by_hand, question, trace_below_engine(code), set())


PRODUCT = "a = Value(2.0)\nb = Value(3.0)\nc = a * b\n"


def test_variables_that_were_right_at_one_moment_are_right() -> None:
    result = judged(PRODUCT + "c.backward()\na.grad = b.grad = 0.0")

    assert (result.mismatch, result.message, result.note) == (None, "", "")


def test_a_wrong_variable_is_told_with_its_moment_and_an_example() -> None:
    result = judged(PRODUCT + "a.grad = 3.0\nb.grad = 5.0")

    line = result.message.partition("line ")[2].partition(")")[0]
    assert result.message == f"b.grad is 5.0 (line {line}), expected 2.0"
    assert result.example == Counterexample("print(b.grad)", {"reference": 2.0}, 5.0)


def test_a_variable_that_is_never_there_is_told_before_a_wrong_number() -> None:
    result = judged("a = Value(2.0)\na.grad = 7.0")

    assert result.message == "there is no variable called b"


def test_a_second_backward_on_the_same_graph_is_a_note() -> None:
    result = judged(PRODUCT + "c.backward()\nc.backward()")

    assert result.mismatch is None
    assert result.note == (
        "a.grad is 6.0 later: a second backward() on the same graph adds to what is there; the "
        "values after the first one count"
    )


def test_a_label_that_a_dict_lacks_is_named() -> None:
    question = ask(program_of(slopes_in_a_dict))
    trace = trace_below_engine("slopes = {'at three': 6.0}")

    result = judge_variables(slopes_in_a_dict, question, trace, set())

    assert result.message == "slopes has no number under 'at two'"
