"""Dates are read as people and systems write them, and what could be two is none."""

import time
from collections.abc import Iterator

import pytest

from grader.submissions.intake.moments import iso_of

MORNING = "2026-03-01T10:00:00"


@pytest.fixture
def in_india(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("this system's zone cannot be set")
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01 10:00:00.948203 America/Los_Angeles", f"{MORNING}.948203-08:00"),
        ("2026-07-01 10:00 Europe/Berlin", "2026-07-01T10:00:00+02:00"),
        ("10:00 AM March 1, 2026 (America/New_York)", f"{MORNING}-05:00"),
        ("2026-03-01 10:00:00 PST", f"{MORNING}-08:00"),
        ("2026-03-01 10:00:00 cet", f"{MORNING}+01:00"),
        ("2026-03-01 10:00:00 (MEZ)", f"{MORNING}+01:00"),
        ("2026-03-01 10:00:00.5 UTC", f"{MORNING}.500000+00:00"),
        ("2026-03-01T10:00:00Z", f"{MORNING}+00:00"),
        ("2026-03-01 10:00:00 +0100", f"{MORNING}+01:00"),
        ("2026-03-01 10:00 GMT+01:00", f"{MORNING}+01:00"),
        ("Sun, 01 Mar 2026 10:00:00 -0330", f"{MORNING}-03:30"),
    ],
)
def test_a_zone_is_read_whether_it_is_a_place_a_name_or_hours(text: str, moment: str) -> None:
    assert iso_of(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        *("2026-03-01 10:00:00", "01.03.2026 10:00", "1. 3. 2026 10.00", "2026/3/1 10:00"),
        *("Sunday, 1 March 2026 10:00 AM", "Sunday, 1 March 2026, 10:00 AM", "Mar 1, 2026 1000 AM"),
        *(
            "1 March, 2026 10:00 AM",
            "March 1st, 2026 10 AM".replace("1st", "1"),
            "01-Mar-2026 10:00",
        ),
        *("Sonntag, 1. März 2026, 10:00", "1 mars 2026 à 10h00", "1 de marzo de 2026, 10:00"),
        *(
            "1 marzo 2026, 10:00",
            "1 de março de 2026 10:00",
            "1 mrt 2026 10:00",
            "1 marca 2026 10:00",
        ),
        *("1. března 2026 10:00", "1 Mart 2026 10:00", "1. maaliskuuta 2026 klo 10.00"),
        *("1 марта 2026 г., 10:00", "1 березня 2026 10:00", "2026年3月1日 10:00"),
        *("2026年3月1日 上午10:00", "2026. 3. 1. 오전 10:00", "Sun Mar  1 10:00:00 2026"),
    ],
)
def test_a_date_is_read_in_the_languages_of_the_platforms(text: str) -> None:
    assert iso_of(text) == MORNING


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mar 1, 2026 1201 AM", "2026-03-01T00:01:00"),
        ("Mar 1, 2026 1200 PM", "2026-03-01T12:00:00"),
        ("Mar 1, 2026 922 p.m.", "2026-03-01T21:22:00"),
        ("1 мая 2026, 15:05", "2026-05-01T15:05:00"),
        ("2026年3月1日 下午3:05", "2026-03-01T15:05:00"),
        ("3/14/2026 10:00 PM", "2026-03-14T22:00:00"),
        ("14/3/2026 22:00", "2026-03-14T22:00:00"),
        ("3/3/2026 22:00", "2026-03-03T22:00:00"),
    ],
)
def test_halves_of_a_day_and_orders_of_a_date(text: str, moment: str) -> None:
    assert iso_of(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "not a date",
            "yesterday 10:00",
            "2026-03-01",
            "March 2026",
            "10:00",
            "1 Mar 26 10:00",
        ),
        *("3/4/2026 10:00", "2026-03-01 10:00 CST", "2026-03-01 10:00 XYZ", "2026-02-30 10:00"),
        *("2026-03-01 25:00", "2026-03-01 10:00 Mars/Olympus", "1 listopada 2026 10:00"),
        *("Mar 1, 2026 10:00 AM to Mar 2, 2026 11:00 AM", "9" * 5000),
    ],
)
def test_what_is_no_moment_or_could_be_two_is_none(text: str) -> None:
    assert iso_of(text) == ""


@pytest.mark.usefixtures("in_india")
def test_a_zone_of_several_countries_is_this_machine_s_where_it_has_one_called_so() -> None:
    assert iso_of("2026-03-01 10:00 IST") == f"{MORNING}+05:30"
    assert iso_of("2026-03-01 10:00 BST") == ""
