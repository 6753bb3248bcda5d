"""A solution without what is not asked for refuses it from outside, and uses it within."""

from typing import Any

import pytest

from grader.exercises import catalogue
from grader.grading.verification.bare_solution import bare
from grader.reports.report import Outcome
from tests.exercises.shipped.inprocess import graded

ENTRY = catalogue.find("sri/reflected")
EXERCISE = catalogue.load(ENTRY)
SOLUTION = catalogue.solution(EXERCISE)
ASKED = ("add", "mul", "sub", "truediv", "pow", "neg")
WITHIN = """
class Value:
    def __init__(self, data):
        self.data = data

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data)

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data)

    __rmul__ = __mul__

    def __neg__(self):
        return -1 * self

    def __sub__(self, other):
        return self + (-other)

    def relu(self):
        return self if self.data > 0 else self * 0
"""


def made(source: str) -> Any:
    names: dict[str, Any] = {}
    exec(compile(source, "solution.py", "exec"), names)
    return names["Value"]


def test_what_is_asked_works_though_it_is_made_of_what_is_not() -> None:
    value = made(bare(WITHIN, ("add", "sub")))

    assert (value(5.0) - value(2.0)).data == 3.0


@pytest.mark.parametrize(
    "refused",
    [
        lambda value: -value(1.0),
        lambda value: value(1.0) * value(2.0),
        lambda value: 2 * value(1.0),
        lambda value: value(1.0) + 2,
    ],
)
def test_what_is_not_asked_is_refused_as_python_refuses_it(refused: Any) -> None:
    value = made(bare(WITHIN, ("add", "sub")))

    with pytest.raises(TypeError):
        refused(value)


def test_a_method_that_is_not_asked_is_missing() -> None:
    value = made(bare(WITHIN, ("add",)))

    with pytest.raises(AttributeError, match="relu is not asked for"):
        value(1.0).relu()


def test_an_exercise_whose_checks_ask_more_than_is_taught_is_seen() -> None:
    report = graded(EXERCISE, bare(SOLUTION, ASKED))  # plain numbers are not among them

    failed = [check.id for check in report.checks if check.outcome is Outcome.FAILED]
    assert failed == ["plus", "times", "minus_right", "minus_left", "over_right", "over_left"]
    assert graded(EXERCISE, bare(SOLUTION, (*ASKED, "numbers"))).passed
