"""What is in an Answer."""

from math import isnan

import pytest

from grader.engines.observation import (
    ARRAY,
    NOTHING,
    NUMBER,
    OTHER,
    TRUTH,
    Answer,
    Array,
    number_in,
)

NO_NUMBERS = [
    None,
    Answer(NOTHING, None),
    Answer(TRUTH, True),
    Answer(OTHER, "a list of 3"),
    Answer(ARRAY, Array((1,), (2.0,))),
]


def test_a_number_is_itself() -> None:
    assert number_in(Answer(NUMBER, 0.5)) == 0.5
    assert number_in(Answer(NUMBER, 0.0), 1.0) == 0.0


@pytest.mark.parametrize("answer", NO_NUMBERS)
def test_anything_else_equals_nothing_or_is_what_one_says(answer: Answer | None) -> None:
    assert isnan(number_in(answer))
    assert number_in(answer, 0.0) == 0.0
