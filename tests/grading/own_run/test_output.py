"""Every number that is asked has to be printed, in one cell or in the whole of a script."""

from typing import Any

from grader.exercises.exercise import prints
from grader.exercises.exercise_programs import program_of
from grader.grading.own_run.output import judge_output
from grader.grading.own_run.run_result import RunResult
from tests.grading.own_run.runs import ask, trace_below_engine


@prints(points=1)
def slopes(Value: Any) -> dict[str, Any]:
    """Both slopes of a product."""
    a = Value(2.5)
    b = Value(3.25)
    c = a * b
    c.backward()
    return {"dc/da": a.grad, "dc/db": b.grad}


def judged(code: str) -> RunResult:
    return judge_output(slopes, ask(program_of(slopes)), trace_below_engine(code))


def test_numbers_may_be_printed_one_after_the_other_and_among_words() -> None:
    assert judged("print('slopes', 2.5)\nprint('and', 3.25)").mismatch is None


def test_the_first_number_that_is_missing_is_named() -> None:
    result = judged("print(3.25)")

    assert result.message == "dc/db is not printed: 2.5 is nowhere in the output"


def test_where_nothing_is_printed_the_first_is_missing() -> None:
    result = judged("x = 3.25, 2.5")

    assert result.message == "dc/da is not printed: 3.25 is nowhere in the output"
    assert result.observation.answers == {}
