"""Every number that is asked has to be printed, in one cell or in the whole of a script."""

from typing import Any

import pytest

from grader.engines.compare import missing_numbers
from grader.exercises.exercise import prints
from grader.exercises.exercise_programs import program_of
from grader.grading.own_run.output import judge_output
from grader.grading.own_run.run_result import RunResult
from grader.sandbox.trace import Moment, Trace
from tests.grading.own_run.runs import ask, trace_below_engine


@prints(points=1)
def slopes(Value: Any) -> dict[str, Any]:
    """Both slopes of a product."""
    a = Value(2.5)
    b = Value(3.25)
    c = a * b
    c.backward()
    return {"dc/da": a.grad, "dc/db": b.grad}


@prints(points=1)
def equal_slopes(Value: Any) -> dict[str, Any]:
    """Two slopes that are equal."""
    a = Value(-4.0)
    b = Value(-4.0)
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


@pytest.mark.parametrize(
    "shown",
    [
        "2,5 und 3,25",
        "\x1b[32m2.5\x1b[0m \x1b[1;31m3.25\x1b[0m",
        "\x1b]8;;x\x072.5 3.25",
        "2.5, 3.25",
    ],
)
def test_colours_and_decimal_commas_are_no_matter(shown: str) -> None:
    assert judged(f"print({shown!r})").mismatch is None


@pytest.mark.parametrize("minus", ["-", "\u2212", "\uff0d"])
def test_a_minus_may_be_that_of_typography(minus: str) -> None:
    assert missing_numbers({"a": -4.0, "b": -4.0}, f"{minus}4.0, {minus}4,0") == []
    assert missing_numbers({"a": 4.0}, f"{minus}4.0") == ["a"]


def test_a_number_with_thousands_is_one_number() -> None:
    assert missing_numbers({"a": 1234.5}, "1,234.5") == []


def printed(*cells: str) -> RunResult:
    moments = tuple(
        Moment(f"cell {number}", number, False, text, {}) for number, text in enumerate(cells, 1)
    )
    return judge_output(slopes, ask(program_of(slopes)), Trace(moments))


def test_numbers_may_be_printed_in_cells_that_follow_each_other() -> None:
    assert printed("2.5", "a graph", "3.25").mismatch is None
    assert printed("2.5", "", "", "", "3.25").mismatch is None


def test_numbers_that_are_printed_far_apart_were_not_asked_for() -> None:
    assert printed("2.5", "1", "2", "3", "3.25").mismatch is not None


def test_equal_numbers_are_two_where_they_are_printed_twice() -> None:
    equal = ask(program_of(equal_slopes))
    once, twice = (
        tuple(Moment("cell", number, False, "-4.0", {}) for number in range(1, 1 + count))
        for count in (1, 2)
    )

    assert judge_output(equal_slopes, equal, Trace(twice)).mismatch is None
    assert judge_output(equal_slopes, equal, Trace(once)).mismatch is not None
