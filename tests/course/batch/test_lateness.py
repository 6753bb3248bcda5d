"""What being late costs: nothing within the grace, then by the day, and never above the cap."""

from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.batch.grade_course import CourseRequest
from grader.course.batch.lateness import BY_HAND, is_undated, with_late_penalty
from grader.course.marks import Mark, marks_in
from grader.exercises import catalogue
from grader.exercises.late_policy import LatePolicy, NoDate, moment
from grader.submissions.student import Student
from tests.course.batch.sample import CHOICE, grade, handed, taken

POLICY = LatePolicy(moment("2026-10-10T23:59:00+02:00"), grace_min=10, per_day=10, cap=25)


def mark(timestamp: str, *, late: bool = False) -> Mark:
    return Mark(Student("ant"), "ex9", "Powers", 4.0, 5.0, 4.0, timestamp=timestamp, late=late)


@pytest.mark.parametrize(
    ("handed_in", "score", "comment"),
    [
        ("2026-10-10T23:59:00+02:00", 4.0, ""),
        ("2026-10-11T00:09:00+02:00", 4.0, ""),
        ("2026-10-11T00:09:01+02:00", 3.6, "10 minutes late: 10 % less"),
        ("2026-10-10T22:10:00+00:00", 3.6, "11 minutes late: 10 % less"),
        ("2026-10-12T00:09:00+02:00", 3.6, "1 day 10 minutes late: 10 % less"),
        ("2026-10-12T00:10:00+02:00", 3.2, "1 day 11 minutes late: 20 % less"),
        ("2026-12-24T12:00:00+02:00", 3.0, "74 days 12 hours late: 25 % less"),
    ],
)
def test_each_day_begun_after_the_grace_costs(handed_in: str, score: float, comment: str) -> None:
    found = with_late_penalty(mark(handed_in), POLICY)

    assert (found.score, found.comment) == (score, comment)
    assert found.penalty == pytest.approx(4.0 - score)
    assert found.late == (score < 4.0)
    assert found.due == "2026-10-10T23:59:00+02:00"


@given(
    late_s=st.integers(0, 10**9),
    deadline=st.builds(
        LatePolicy,
        st.just(POLICY.due),
        grace_min=st.floats(0, 1e300),
        per_day=st.floats(0, 1e300),
        cap=st.floats(0, 1e300),
    ),
)
def test_no_score_is_ever_below_nothing(late_s: int, deadline: LatePolicy) -> None:
    assert deadline.due
    found = with_late_penalty(
        mark((deadline.due + timedelta(seconds=late_s)).isoformat()), deadline
    )

    assert found.score is not None
    assert 0 <= found.score <= 4.0


def test_without_a_due_date_nothing_is_late_by_the_clock() -> None:
    assert with_late_penalty(mark("2026-12-24T12:00:00", late=True), LatePolicy()) == mark(
        "2026-12-24T12:00:00", late=True
    )


def test_late_by_an_unknown_time_costs_nothing_and_is_said() -> None:
    found = with_late_penalty(mark("", late=True), POLICY)

    assert (found.score, found.penalty, found.comment) == (4.0, 0.0, BY_HAND)


def test_what_the_system_calls_late_and_came_in_time_is_not_late() -> None:
    assert not with_late_penalty(mark("2026-10-01T00:00:00+00:00", late=True), POLICY).late


def test_without_a_score_there_is_none_after_a_penalty() -> None:
    nothing = mark("2026-12-24T12:00:00+02:00")._replace(score=None, raw_score=None)

    assert with_late_penalty(nothing, POLICY).score is None


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-13-01", "10.10.2026"])
def test_what_is_no_date_is_said(text: str) -> None:
    with pytest.raises(NoDate, match=r"is no date and time$"):
        moment(text)


def test_a_date_without_its_zone_is_of_this_machine() -> None:
    assert moment("2026-10-10T23:59").utcoffset() is not None


def test_an_exercise_says_what_late_costs_and_the_command_line_comes_first(tmp_path: Path) -> None:
    home = tmp_path / "home" / "demo" / "01_powers"
    copytree(catalogue.find(CHOICE.exercise).folder, home)
    with (home / "exercise.toml").open("a", encoding="utf-8") as file:
        file.write("\n[late]\ndue = 2026-10-10T12:00:00+02:00\ngrace = 10\nper_day = 20\n")
    late = handed(1)[0]._replace(timestamp="2026-10-11T10:00:00+02:00")
    choice = CHOICE._replace(exercise="demo/powers", homes=(tmp_path / "home",))
    its_own = CourseRequest(tmp_path / "out", taken([late]), choice)

    grade(its_own)
    grade(its_own._replace(out=tmp_path / "other", late={"per_day": 5.0}))

    (usual,), (other,) = marks_in(tmp_path / "out"), marks_in(tmp_path / "other")
    assert (usual.raw_score, usual.penalty, usual.score) == (5.0, 1.0, 4.0)
    assert (other.penalty, other.due) == (0.25, "2026-10-10T12:00:00+02:00")


def test_a_moment_that_is_not_clear_costs_nothing_and_is_told() -> None:
    found = with_late_penalty(mark("Okt 10, 2026 1022 AM"), POLICY)

    assert (found.score, found.comment) == (
        4.0,
        "when it was handed in is not clear from 'Okt 10, 2026 1022 AM', so nothing is taken away",
    )


@pytest.mark.parametrize(
    ("timestamp", "due", "undated"),
    [
        ("", "2026-10-10T23:59:00+00:00", True),
        ("some time", "2026-10-10T23:59:00+00:00", True),
        ("2026-10-10T23:59:00", "2026-10-10T23:59:00+00:00", False),
        ("", "", False),
    ],
)
def test_what_was_due_and_came_nobody_knows_when_is_undated(
    timestamp: str, due: str, undated: bool
) -> None:
    mark = Mark(Student("a"), "t/e", "E", 1.0, 1.0, timestamp=timestamp, due=due)

    assert is_undated(mark) == undated
