"""Moments as each system writes them, in one form and in their order."""

import pytest

from grader.submissions.intake.timestamps import (
    blackboards,
    is_clear,
    order,
    readable,
)

IN_ORDER = [
    "",
    "no number at all",
    "attempt 2",
    "attempt 10",
    "2026-10-10T08:22:00",
    "2026-10-10T10:30:00+02:00",
    "2026-10-10T08:31:00+00:00",
    "2026-10-10T08:32:00",
]


def test_moments_are_in_order_whatever_their_offset_and_however_they_are_written() -> None:
    mixed = IN_ORDER[1::2] + IN_ORDER[::2]

    assert sorted(mixed, key=order) == IN_ORDER


def test_a_number_of_any_length_is_compared() -> None:
    assert order("9" * 10_000) > order("2026")


@pytest.mark.parametrize(
    ("text", "clear"),
    [("", True), ("2026-10-10", True), ("10.10.2026", False), ("yesterday", False)],
)
def test_a_moment_is_clear_where_it_begins_with_its_year(text: str, clear: bool) -> None:
    assert is_clear(text) == clear


def test_each_system_s_form_becomes_iso_8601() -> None:
    assert blackboards("2026-10-10-10-22-00") == "2026-10-10T10:22:00"
    assert readable("Oct 10, 2026 922 AM") == "2026-10-10T09:22:00"
    assert readable("Oct 10, 2026 1222 AM") == "2026-10-10T00:22:00"
    assert readable("2026-10-10 10:22:00.5 UTC") == "2026-10-10T10:22:00.500000+00:00"


def test_what_is_no_date_stays_as_it_is() -> None:
    assert blackboards("2026-13-10-10-22-00") == "2026-13-10-10-22-00"
    assert readable("Feb 30, 2026 1022 AM") == "Feb 30, 2026 1022 AM"
    assert readable("some time ago") == "some time ago"
