"""Marks on an axis."""

from hypothesis import given
from hypothesis import strategies as st

from grader.reports.page.axes import round_numbers


@given(low=st.floats(-1e6, 1e6), side=st.floats(1e-3, 1e6), most=st.integers(2, 8))
def test_round_numbers_are_few_and_within(low: float, side: float, most: int) -> None:
    found = list(round_numbers(low, low + side, most))

    assert len(found) <= most + 1
    assert all(low - 1e-6 * side <= number <= low + side * (1 + 1e-6) for number in found)
