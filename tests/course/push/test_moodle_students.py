"""Each student is found in Moodle, whoever they are called, and whoever is hidden stays so."""

import pytest

from grader.submissions.student import Student
from tests.course.gradebook.sample import mark
from tests.course.push.moodle_lms import Moodle
from tests.course.push.runs import ANT, BEE, course, push

pytestmark = pytest.mark.parametrize("system", ["moodle"], indirect=True)

NAMESAKES = (
    Student("Anna Müller_16", "Anna Müller", file_id="16"),
    Student("Anna Müller_17", "Anna Müller", file_id="17"),
)


def two_of_one_name(server: Moodle) -> None:
    server.users = [{"id": one, "fullname": "Anna Müller"} for one in (7, 8)]
    server.numbers = {"7": "17", "8": "16"}


def test_two_of_one_name_are_told_apart_by_the_participant_s_number(
    server: Moodle, system: str
) -> None:
    course(*(mark(one, score) for one, score in zip(NAMESAKES, (1.0, 2.0), strict=True)))
    two_of_one_name(server)

    assert push(server, system, "--write") == 0

    assert (server.scores["8"], server.scores["7"]) == ("1.00000", "2.00000")


def test_where_that_number_is_not_told_two_of_one_name_are_ambiguous(
    server: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(NAMESAKES[0], 1.0))
    two_of_one_name(server)
    server.service.discard("mod_assign_get_user_mappings")

    assert push(server, system, "--write") == 1

    assert "ambiguous: 2 rows with their name" in capsys.readouterr().err
    assert server.all_sent() == []


def test_blind_marking_is_sent_by_number_and_names_nobody(
    server: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    hidden = [Student(f"Participant_{one}", "Participant", file_id=one) for one in ("41", "42")]
    course(*(mark(one, score) for one, score in zip(hidden, (1.0, 2.0), strict=True)))
    server.more = {"blindmarking": 1, "revealidentities": 0}
    server.numbers = {"2": "41", "3": "42"}

    assert push(server, system, "--write") == 0

    assert (server.scores["2"], server.scores["3"]) == ("1.00000", "2.00000")
    said = capsys.readouterr().out
    assert "Participant 41: none → 1" in said
    assert "Alice" not in said


def test_a_suspended_student_stays_as_they_are(
    server: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 1.0), mark(BEE, 2.0))
    server.suspended = {"2"}

    assert push(server, system, "--write") == 0

    assert "left as it is: Alice Ant: suspended in this course" in capsys.readouterr().out
    assert len(server.all_sent()) == 1
