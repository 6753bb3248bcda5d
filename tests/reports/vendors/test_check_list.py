"""Vendors list each check by itself, under a name that no other has."""

import pytest

from grader.reports.report import track_report
from grader.reports.vendors.check_list import distinct, each, points, reports_of, words
from tests.reports.sample import FAILED, PASSED, TRACKS, named, report

SAME_TITLES = report(PASSED, PASSED._replace(id="more"), FAILED)


def test_checks_of_one_exercise_are_named_by_their_titles_and_numbered() -> None:
    assert [(one.name, one.number) for one in each(SAME_TITLES)] == [
        ("Addition adds", "ex9.1"),
        ("Addition adds (2)", "ex9.2"),
        ("Subtraction sends a minus to its right operand", "ex9.3"),
    ]


def test_checks_of_a_track_are_named_after_their_exercise() -> None:
    track = track_report("my475", [named(report(PASSED), "ex1", ""), named(SAME_TITLES, "ex2", "")])

    assert [one.name for one in each(track)][:2] == ["ex1: Addition adds", "ex2: Addition adds"]
    assert [one.report.exercise for one in each(track)][:2] == ["my475/ex1", "my475/ex2"]


def test_a_report_is_one_and_a_track_has_several() -> None:
    track = TRACKS["some wrong"]

    assert reports_of(SAME_TITLES) == (SAME_TITLES,)
    assert reports_of(track) == track.reports


@pytest.mark.parametrize(
    ("names", "apart"),
    [
        (["a", "a", "a"], ["a", "a (2)", "a (3)"]),
        (["a", "a (2)", "a"], ["a", "a (2)", "a (3)"]),
        (["a", "b"], ["a", "b"]),
    ],
)
def test_a_name_that_was_there_before_gets_the_next_free_number(
    names: list[str], apart: list[str]
) -> None:
    assert distinct(names) == apart


def test_a_check_that_passed_needs_no_words() -> None:
    assert words(PASSED, hints=True) == ""
    assert words(FAILED, hints=False).startswith("✗ Subtraction sends a minus")


def test_points_are_written_as_people_do() -> None:
    assert points(FAILED) == "0 of 1.5 points"
