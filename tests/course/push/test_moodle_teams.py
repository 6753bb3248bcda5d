"""What a group hands in is pushed to its members, and to nobody who is only called like it."""

from typing import Any

import pytest

from grader.submissions.student import Student
from tests.course.gradebook.sample import mark
from tests.course.push.moodle_lms import Moodle
from tests.course.push.runs import course, push

pytestmark = pytest.mark.parametrize("system", ["moodle"], indirect=True)

LIKE_A_STUDENT = Student("Alice_Ant_11", "Alice Ant", file_id="11")
TEAM = Student("Team_A_12", "Team Ä", file_id="12")


def group(number: int, name: str) -> dict[str, Any]:
    return {"id": number, "name": name}


@pytest.fixture
def teams(server: Moodle) -> Moodle:
    """A group called like a student who is in another one, and somebody in two groups."""
    server.more = {"teamsubmission": 1, "teamsubmissiongroupingid": 0}
    server.scores = {}
    called, team = group(11, "Alice Ant"), group(12, "Team Ä")
    of = {2: [team], 3: [called], 5: [called, team], 6: []}
    for user in server.users:
        user["groups"] = of.get(user["id"], [])
    return server


def test_members_get_the_score_of_their_group(
    teams: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(LIKE_A_STUDENT, 3.0), mark(TEAM, 5.0))

    assert push(teams, system, "--write") == 1

    assert {user: float(score) for user, score in teams.scores.items()} == {"2": 5.0, "3": 3.0}
    said = "".join(capsys.readouterr())
    assert "each of their members gets the group's score" in said
    assert said.count("Cy Cat: in several groups, of which Moodle counts none") == 1


def test_within_a_grouping_other_groups_do_not_count(teams: Moodle, system: str) -> None:
    teams.more["teamsubmissiongroupingid"] = 4
    course(mark(TEAM, 5.0))

    assert push(teams, system, "--write") == 0

    assert {user: float(score) for user, score in teams.scores.items()} == {"2": 5.0, "5": 5.0}


@pytest.mark.parametrize(
    "student",
    [
        Student("Default_group", "Default group"),
        Student("Team_A_13", "Team Ä", file_id="13"),
        Student("Team_B_12", "Team B", file_id="12"),
        Student("Eve_Elk_6", "Eve Elk", file_id="6"),
    ],
)
def test_what_is_no_group_of_the_course_s_is_said_and_sent_to_nobody(
    teams: Moodle, system: str, student: Student, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(student, 5.0))

    assert push(teams, system, "--write") == 1

    assert teams.scores == {}
    said = "".join(capsys.readouterr())
    assert f"{student.name}: no group of this name and number in the course" in said
