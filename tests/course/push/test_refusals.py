"""Who is refused stops nobody else, a token that is taken for nobody stops all, and all is told."""

from pathlib import Path

import pytest

from grader.course.push.log import FILE as LOG
from tests.course.gradebook.sample import mark
from tests.course.push.canvas_lms import Canvas
from tests.course.push.moodle_lms import moodle_exception
from tests.course.push.runs import ANT, BEE, CAT, ELK, course, log_lines, push
from tests.course.push.stand_in import Asked, Reply, Server

NOT_FOR_YOU = Reply(body=moodle_exception("nopermissions", "Sorry, not for you"))
INVALID = Reply(body=moodle_exception("invalidtoken", "Invalid token - token not found"))
BEARER = {"WWW-Authenticate": 'Bearer realm="canvas-lms"'}
NUMBERS = {"canvas": ("4711", "4712", "4713", "4714"), "moodle": ("2", "3", "5", "6")}


def not_allowed(server: Server) -> Reply:
    """Take from the token's owner the right to grade, and return what is answered then."""
    if isinstance(server, Canvas):
        server.may_grade = False
        return Reply(403)
    return NOT_FOR_YOU


def all_four(server: Server) -> None:
    course(mark(ANT, 2.5), mark(BEE, 3.0), mark(CAT, 3.5), mark(ELK, 5.0))
    if isinstance(server, Canvas):
        server.excused = set()


@pytest.mark.parametrize(
    ("system", "refusal", "says"),
    [
        ("canvas", Reply(401), "the LMS does not allow it (status 401)"),
        ("canvas", Reply(403), "the LMS does not allow it (status 403)"),
        ("canvas", Reply(404), "the LMS knows no /api/v1/courses/7/assignments/9/submissions/4711"),
        ("canvas", Reply(422), "the LMS refuses: status 422"),
        ("moodle", NOT_FOR_YOU, "the LMS does not allow it: Sorry, not for you (nopermissions)"),
    ],
    indirect=["system"],
)
def test_a_student_who_is_refused_stops_nobody_else(
    server: Server, system: str, refusal: Reply, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    all_four(server)
    server.refusals[NUMBERS[system][0]] = refusal

    assert push(server, system, "--write") == 1

    said = capsys.readouterr()
    assert said.err.startswith("not sent: ")
    assert said.err.endswith(f": {says}\n")
    assert f"3 scores sent to 'ex9' at {server.url}" in said.out
    assert [line["student"] for line in log_lines("sent")] == ["bee", "cat", "elk"]
    assert [line["refused"] for line in log_lines("refused")] == [says]


def test_three_who_are_not_allowed_before_any_is_are_a_matter_of_the_token(
    server: Server, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    all_four(server)
    server.refusals = dict.fromkeys(NUMBERS[system], not_allowed(server))

    assert push(server, system, "--write") == 2

    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == f"0 scores sent to 'ex9' at {server.url}, 1 left"
    assert said.err.count("not sent: ") == 3
    assert "Error: the LMS does not allow it" in said.err
    assert [line["student"] for line in log_lines("refused")] == ["ant", "bee", "cat"]


def test_who_was_refused_is_asked_last_when_it_starts_again(server: Server, system: str) -> None:
    all_four(server)
    server.refusals = dict.fromkeys(NUMBERS[system][:3], not_allowed(server))

    assert push(server, system, "--write") == 2
    if isinstance(server, Canvas):
        server.may_grade = True
    assert push(server, system, "--write") == 1

    assert [line["student"] for line in log_lines("sent")] == ["elk"]
    assert len(log_lines("refused")) == 6


def test_a_token_that_ends_in_the_middle_stops_at_once(
    server: Server, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    all_four(server)
    ended = Reply(401, headers=BEARER) if isinstance(server, Canvas) else INVALID
    server.refusals = dict.fromkeys(NUMBERS[system][1:], ended)

    assert push(server, system, "--write") == 2

    assert len(server.all_sent()) == 2
    assert f"1 score sent to 'ex9' at {server.url}, 2 left" in capsys.readouterr().out


def test_an_lms_that_goes_away_leaves_it_told_what_was_sent(
    server: Server, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    all_four(server)
    server.lost = [Reply(raw=b"null"), Reply(raw=b"<html>Maintenance</html>")]

    assert push(server, system, "--write") == 2

    assert f"1 score sent to 'ex9' at {server.url}, 3 left" in capsys.readouterr().out
    assert [line["state"] for line in log_lines()] == ["sending", "sent", "sending"]


def test_what_cannot_be_written_down_is_not_sent(
    server: Server, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    all_four(server)
    Path("out", LOG).mkdir()

    assert push(server, system, "--write") == 2

    said = capsys.readouterr()
    assert "Error: cannot write out/push.jsonl" in said.err
    assert f"0 scores sent to 'ex9' at {server.url}, 4 left" in said.out
    assert server.all_sent() == []


def test_a_change_is_written_down_before_it_is_sent(server: Server, system: str) -> None:
    all_four(server)
    usual, states = server.answer, []

    def looking(asked: Asked) -> Reply:
        if server.changes(asked):
            states.append(log_lines()[-1]["state"])
        return usual(asked)

    server.answer = looking  # type: ignore[method-assign]
    push(server, system, "--write")

    assert states == ["sending"] * 4


@pytest.mark.parametrize("system", ["canvas", "moodle"], indirect=True)
@pytest.mark.parametrize("scale", [(), ("--scale",)])
def test_an_assignment_of_0_points_is_refused(
    server: Server, system: str, scale: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    all_four(server)
    if isinstance(server, Canvas):
        server.points = 0.0
    else:
        server.grade = 0  # type: ignore[attr-defined]

    assert push(server, system, "--write", *scale) == 2
    assert "the LMS counts 0 points for this assignment" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["pass_fail", "gpa_scale", "not_graded"])
@pytest.mark.parametrize("system", ["canvas"], indirect=True)
def test_an_assignment_of_canvas_s_that_takes_no_points_is_refused(
    server: Canvas, system: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    all_four(server)
    server.grading_type = kind

    assert push(server, system, "--write") == 2
    assert "and points are no such grades" in capsys.readouterr().err
    assert not [one for one in server.asked if one.method == "PUT"]


@pytest.mark.parametrize("system", ["moodle"], indirect=True)
def test_a_scale_of_moodle_s_is_refused(
    server: Server, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    all_four(server)
    server.grade = -3  # type: ignore[attr-defined]

    assert push(server, system, "--write") == 2
    assert "this assignment is graded on a scale" in capsys.readouterr().err
