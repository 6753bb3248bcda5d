"""A due date has an offset, and a text that is none is refused with one that is."""

import time
from datetime import datetime, timedelta, timezone

import pytest

from grader.exercises.late_policy import LatePolicy, NoDate, NoDue, moment, with_offset

PLUS_TWO = timezone(timedelta(hours=2))


def test_a_time_with_its_offset_stays_what_it_is() -> None:
    assert moment("2026-10-10T23:59+02:00") == datetime(2026, 10, 10, 23, 59, tzinfo=PLUS_TWO)
    assert with_offset(datetime(2026, 10, 10, tzinfo=PLUS_TWO)).tzinfo is PLUS_TWO


def test_a_time_without_an_offset_is_of_this_machine_s_zone() -> None:
    found = moment("2026-10-10T23:59")

    assert found.replace(tzinfo=None) == datetime(2026, 10, 10, 23, 59)
    assert found.utcoffset() == datetime(2026, 10, 10, 23, 59).astimezone().utcoffset()


def test_what_is_no_date_is_refused_with_the_form_of_one() -> None:
    with pytest.raises(NoDate, match="'tomorrow' is no date and time") as caught:
        moment("tomorrow")

    assert caught.value.hint == "write it as 2026-10-10T23:59 or with its +02:00"


def test_a_penalty_without_a_due_date_is_refused_by_the_option_s_name() -> None:
    with pytest.raises(NoDue, match="--grace and --cap without a date"):
        raise NoDue(["--grace", "--cap"])


def test_where_nobody_says_so_nothing_is_late_and_lateness_costs_nothing() -> None:
    assert LatePolicy() == (None, 0.0, 0.0, 100.0)


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00", "9999-12-31T23:59:59", "0001-01-01T00:00+14:00"]
)
def test_a_time_at_an_end_of_the_calendar_is_no_date_where_a_zone_leads_out_of_it(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Etc/GMT+12" if text.startswith("9") else "Etc/GMT-14")
    time.tzset()
    try:
        with pytest.raises(NoDate, match="is no date and time"):
            moment(text)
    finally:
        monkeypatch.undo()
        time.tzset()
