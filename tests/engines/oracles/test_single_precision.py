"""What right answers may be off in 32 bits follows from the graph, and hides no wrong rule."""

from typing import Any

import numpy
import pytest

from grader.engines.observation import NUMBER, SINGLE, Answer, Observation
from grader.engines.oracles.expected import mismatch_of
from grader.engines.oracles.single_precision import slack_of
from grader.engines.oracles.textbook import Textbook
from grader.exercises.check_recorder import record


def cancels(Value: Any) -> dict[str, Any]:
    a = Value(1234.567)
    b = a * a - Value(1524155.0) - a
    return {"b.data": b.data}


def plain(Value: Any) -> dict[str, Any]:
    a = Value(1.5)
    b = a * a
    b.backward()
    return {"a.grad": a.grad}


def off_by(check: Any, factor: float, precision: str = SINGLE) -> bool:
    """Whether an answer that is off by a factor is refused."""
    program = record(check)
    want = Textbook().answer(program)
    ((at, answer),) = want.answers.items()
    assert isinstance(answer.value, float)
    got = Observation("answered", {at: Answer(NUMBER, answer.value * factor)}, precision=precision)
    return mismatch_of(program, want, got) is not None


def test_numbers_that_nearly_cancel_may_be_off_by_more() -> None:
    program = record(cancels)
    ((at, exact),) = Textbook().answer(program).answers.items()
    a = numpy.float32(1234.567)
    rounded = float(a * a - numpy.float32(1524155.0) - a)
    assert isinstance(exact.value, float)

    assert abs(rounded - exact.value) <= slack_of(program)[at] < 20


@pytest.mark.parametrize("factor", [1.0, 1 + 1e-6, 1 - 3e-6])
def test_a_rounding_is_allowed(factor: float) -> None:
    assert not off_by(plain, factor)


@pytest.mark.parametrize("factor", [1.001, 0.5, 2.0, -1.0, 0.0, 1 + 1e-4])
def test_a_wrong_rule_is_none(factor: float) -> None:
    assert off_by(plain, factor)


def test_in_double_precision_the_same_rounding_is_refused() -> None:
    assert off_by(plain, 1 + 3e-6, precision="")
