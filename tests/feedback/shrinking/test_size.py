"""What is smaller is the better example: fewer operations first, plainer numbers last."""

from typing import Any

import pytest

from grader.engines.program import Step
from grader.exercises.check_recorder import record
from grader.feedback.shrinking.size import Size, rank, size

# Each expression is larger than the one before it, and by the measure that is named.
RISING: tuple[tuple[str, Any], ...] = (
    ("", lambda Value: {"c": Value(1.0) + Value(2.0)}),
    ("numbers", lambda Value: {"c": Value(1.0) + Value(2.5)}),
    ("equal", lambda Value: {"c": Value(1.0) + Value(1.0)}),
    ("foreign", lambda Value: {"c": Value(1.0) * Value(2.0)}),
    ("operations", lambda Value: {"c": Value(1.0) + Value(2.0) + Value(3.0)}),
)


@pytest.mark.parametrize("at", range(1, len(RISING)))
def test_a_program_is_larger_by_one_measure_than_the_one_before(at: int) -> None:
    measure, larger = RISING[at]

    before, after = size(record(RISING[0][1])), size(record(larger))

    assert size(record(RISING[at - 1][1])) < after
    assert getattr(after, measure) > getattr(before, measure)


def test_every_measure_of_a_program_is_counted() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(2.0)
        b = Value(2.0)
        c = b - a
        d = c.relu() + a
        d.backward()
        return {"a.grad": a.grad}

    assert size(record(check)) == Size(
        operations=3,
        foreign=6,  # 2 for -, 4 for a method, 0 for +
        shared=1,
        leaves=2,
        entries=0,
        others=2,
        disorder=2,
        equal=1,
        numbers=(1, 1),
    )


def test_the_entries_of_an_array_count_and_its_numbers_too() -> None:
    measured = size(record(lambda Tensor: {"a": Tensor([[1.0, 2.0], [3.0, 4.5]])}))

    assert (measured.leaves, measured.entries) == (1, 4)
    assert measured.numbers == (0, 1, 2, 13)


@pytest.mark.parametrize(
    ("number", "expected"), [(1.0, 0), (-1.0, 3), (1, 4), (0.5, 13), (2.75, 14)]
)
def test_an_input_is_best_a_simple_float(number: float, expected: int) -> None:
    assert rank(number, Step("make", "Value", (number,))) == expected


@pytest.mark.parametrize(("number", "expected"), [(2, 0), (2.0, 3), (1, 11)])
def test_an_exponent_is_best_a_simple_whole_number_other_than_1(
    number: float, expected: int
) -> None:
    assert rank(number, Step("operate", "pow", (number,))) == expected
