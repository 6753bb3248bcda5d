"""Before anything is sent, a push says what the LMS will not take, and whose score differs."""

import pytest

from tests.course.gradebook.sample import mark
from tests.course.push.canvas_lms import Canvas
from tests.course.push.moodle_lms import Moodle
from tests.course.push.runs import ANT, BEE, CAT, course, log_lines, push
from tests.course.push.stand_in import Server

in_canvas = pytest.mark.parametrize("system", ["canvas"], indirect=True)
in_moodle = pytest.mark.parametrize("system", ["moodle"], indirect=True)


def count(server: Server, points: float) -> None:
    """Let the assignment count so many points."""
    if isinstance(server, Canvas):
        server.points = points
    elif isinstance(server, Moodle):
        server.grade = int(points)


def test_where_the_points_differ_nothing_is_sent_until_somebody_says_what_is_meant(
    server: Server, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))
    count(server, 100)

    assert push(server, system, "--write") == 2
    assert capsys.readouterr().err.startswith("Error: the LMS counts 100 points, we 5\nHint: --sc")
    assert server.all_sent() == []

    assert push(server, system, "--write", "--no-scale") == 0
    assert push(server, system, "--write", "--scale") == 0
    assert [line["new"] for line in log_lines("sent")] == [2.5, 50]


def test_more_than_the_assignment_s_points_is_never_sent(
    server: Server, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 5.0), mark(BEE, 2.0))
    count(server, 3)

    assert push(server, system) == 1
    said = capsys.readouterr().err
    assert "would not be sent: " in said
    assert "none → 5: 5 is more than the 3 points that the LMS counts" in said

    status = push(server, system, "--write", "--no-scale")
    assert status == (0 if system == "canvas" else 1)  # Canvas takes more, Moodle drops it


@in_canvas
def test_a_deduction_for_lateness_is_not_taken_twice(
    server: Canvas, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5)._replace(penalty=0.5), mark(BEE, 3.0)._replace(penalty=0.5))
    server.late = {4712: 0.4}

    assert push(server, system, "--write") == 1

    assert [one.path[-4:] for one in server.all_sent()] == ["4711"]
    assert capsys.readouterr().err == (
        "not sent: Bee, Zoë: 0.5 points are taken off for lateness here, and 0.4 by the LMS: it "
        "would be twice\n"
    )


@in_moodle
@pytest.mark.parametrize("known", [True, False])
def test_a_grade_that_is_held_fast_is_listed_and_not_sent_again_for_nothing(
    server: Moodle, system: str, known: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5), mark(BEE, 3.0), mark(CAT, 1.0))
    server.locked, server.overridden = {"2"}, {"3"}
    if not known:
        server.service.discard("gradereport_user_get_grade_items")

    for _ in range(3):
        assert push(server, system, "--write", "--comments") == 1

    assert len(server.all_sent()) == (1 if known else 3)
    assert [line["student"] for line in log_lines("sent")][-1] == "cat"
    said = capsys.readouterr()
    assert "1 score sent to 'ex9'" in said.out
    assert "0 scores sent to 'ex9'" in said.out
    assert ("its grade is locked in the gradebook" in said.err) is known
    assert ("Moodle answers well, and keeps none in place of 2.5" in said.err) is not known
    assert len([line for line in said.err.splitlines() if line.startswith("not sent: ")]) == 6


@in_moodle
def test_what_was_not_kept_is_sent_again_if_asked(server: Moodle, system: str) -> None:
    course(mark(ANT, 2.5))
    server.service.discard("gradereport_user_get_grade_items")
    server.locked = {"2"}
    push(server, system, "--write")
    server.locked = set()

    assert push(server, system, "--write") == 1
    assert push(server, system, "--write", "--again") == 0

    assert [line["state"] for line in log_lines()] == [
        *("sending", "sent", "dropped"),
        "refused",
        *("sending", "sent"),
    ]
    assert server.scores["2"] == "2.50000"


@in_moodle
def test_a_locked_grade_that_is_right_already_is_no_trouble(server: Moodle, system: str) -> None:
    course(mark(BEE, 4.0))
    server.locked = {"3"}

    assert push(server, system, "--write") == 0
