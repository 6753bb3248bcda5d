"""Marks reach Canvas and Moodle once, each change is written down, and a dry run sends nothing."""

import json
from pathlib import Path

import pytest

from grader.cli.main import run
from grader.course.push.log import FILE as LOG
from grader.submissions.student import Student
from tests.course.gradebook.sample import mark
from tests.course.push.canvas_lms import Canvas
from tests.course.push.moodle_lms import Moodle
from tests.course.push.runs import ANT, BEE, CAT, DOG, course, log_lines, push
from tests.course.push.stand_in import TOKEN, Reply, Server


def test_a_dry_run_says_what_would_change_and_sends_nothing(
    server: Server, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5), mark(BEE, 4.0))

    assert push(server, system) == 0

    name = "Ant, Alice" if system == "canvas" else "Alice Ant"
    assert capsys.readouterr().out.splitlines() == [
        f"{name}: none → 2.5",
        f"1 score would change in 'ex9' at {server.url}, 1 stood there already: --write does it",
    ]
    assert server.all_sent() == []
    assert not Path("out", LOG).exists()


def test_each_change_is_sent_once_and_written_down(server: Server, system: str) -> None:
    course(mark(ANT, 2.5), mark(BEE, 3.0))

    assert push(server, system, "--write") == 0
    assert push(server, system, "--write") == 0

    assert len(server.all_sent()) == 2
    first, second = log_lines("sent")
    assert (first["student"], first["old"], first["new"]) == ("ant", None, 2.5)
    assert (second["student"], second["old"], second["new"]) == ("bee", 4.0, 3.0)
    assert {"schema", "at", "who", "system", "url", "course", "assignment", "user"} <= set(first)
    assert TOKEN not in Path("out", LOG).read_text("utf-8")


def test_words_go_beside_a_score_if_asked(server: Server, system: str) -> None:
    course(mark(ANT, 2.5))

    push(server, system, "--write", "--comments")

    assert isinstance(server, Canvas | Moodle)
    assert server.comments == ["Powers: 2.5 of 5; to fix: tanh"]


def test_an_lms_that_stumbles_gets_each_score_once(server: Server, system: str) -> None:
    course(mark(ANT, 2.5), mark(BEE, 3.0))
    server.troubles = [Reply(500), Reply(429, headers={"Retry-After": "3"}), Reply(0)]

    assert push(server, system, "--write") == 0

    assert isinstance(server, Canvas | Moodle)
    assert [float(score) for score in list(server.scores.values())[:2] if score] == [2.5, 3.0]
    assert [line["state"] for line in log_lines()] == ["sending", "sent"] * 2


def test_a_run_that_was_broken_off_goes_on_where_it_was(server: Server, system: str) -> None:
    course(mark(ANT, 2.5), mark(BEE, 3.0))
    usual = server.answer
    sent: list[bool] = []

    def breaks_down(asked: object) -> Reply:
        if sent:
            return Reply(500)
        reply = usual(asked)  # type: ignore[arg-type]
        sent.extend([True] * len(server_sent(asked)))
        return reply

    def server_sent(asked: object) -> list[object]:
        server.asked.append(asked)  # type: ignore[arg-type]
        found = [one for one in server.all_sent() if one is asked]
        server.asked.pop()
        return list(found)

    server.answer = breaks_down  # type: ignore[method-assign]
    assert push(server, system, "--write") == 2
    server.answer = usual  # type: ignore[method-assign]
    assert push(server, system, "--write") == 0

    assert [line["student"] for line in log_lines("sent")] == ["ant", "bee"]


def test_who_is_not_known_is_listed_and_the_others_are_sent(
    server: Server, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5), mark(DOG, 1.0))

    assert push(server, system, "--write") == 1

    assert capsys.readouterr().err.startswith("not found: Dan Dog (dog): no row with their user")
    assert len(server.all_sent()) == 1


def test_an_account_of_another_name_gets_no_score(
    server: Server, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(DOG._replace(student_id="s2"), 1.0))

    assert push(server, system, "--write") == 1

    name = "Bee, Zoë" if system == "canvas" else "Zoë Bee"
    said = f"contradictory: number → another name, {name}"
    assert capsys.readouterr().err == f"not found: Dan Dog (dog): {said}\n"
    assert server.all_sent() == []


def test_a_number_of_canvass_zip_is_a_user_of_canvas_alone(server: Server, system: str) -> None:
    number = "4711" if system == "canvas" else "2"
    course(mark(Student(f"x_{number}", "antalice", number, "10"), 1.0))
    told = {"schema": "grade/batch/1", "shape": "Canvas's submissions: 1 student, 1 file"}
    Path("out", "batch.json").write_text(json.dumps(told), encoding="utf-8")

    assert push(server, system) == (0 if system == "canvas" else 1)


def test_a_score_that_the_lms_refuses_stops_nobody_else(
    server: Server, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 999.0), mark(BEE, 3.0))

    assert push(server, system, "--write") == 1

    said = capsys.readouterr()
    assert "not sent: " in said.err
    assert f"1 score sent to 'ex9' at {server.url}" in said.out
    assert [line["student"] for line in log_lines("refused", "sent")] == ["ant", "bee"]


def test_a_token_that_is_wrong_is_said_and_not_shown(
    server: Server,
    system: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    course(mark(ANT, 2.5))
    variable = f"{system.upper()}_TOKEN"
    monkeypatch.setenv(variable, "wr0ng-token")

    assert push(server, system) == 2

    said = capsys.readouterr().err
    assert "the LMS does not allow it" in said
    assert variable in said
    assert "wr0ng-token" not in said


def test_without_a_token_nothing_is_asked(
    server: Server,
    system: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    course(mark(ANT, 2.5))
    monkeypatch.delenv(f"{system.upper()}_TOKEN")

    assert push(server, system) == 2

    assert f"no token: {system.upper()}_TOKEN is not set" in capsys.readouterr().err
    assert server.asked == []


@pytest.mark.parametrize("pasted", [f"{TOKEN}\r", f"{TOKEN}\r\n", f" {TOKEN}\t"])
def test_what_a_paste_brings_along_is_no_part_of_a_token(
    server: Server, system: str, pasted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    course(mark(ANT, 2.5))
    monkeypatch.setenv(f"{system.upper()}_TOKEN", pasted)

    assert push(server, system, "--write") == 0

    assert len(server.all_sent()) == 1


@pytest.mark.parametrize("between", ["é", "\r\n", "\x7f", " ", "\udcff", "\ufeff", "…"])
def test_what_cannot_be_a_token_is_said_and_not_shown(
    server: Server,
    system: str,
    between: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    course(mark(ANT, 2.5))
    variable = f"{system.upper()}_TOKEN"
    monkeypatch.setenv(variable, f"s3cret{between}token")

    assert push(server, system) == 2

    said = capsys.readouterr().err
    assert f"no token: {variable} holds characters that no token has" in said
    assert "s3cret" not in said
    assert server.asked == []


def test_points_that_the_lms_counts_otherwise_are_said_and_converted_if_asked(
    server: Server, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))
    if isinstance(server, Canvas):
        server.points = 100.0
    elif isinstance(server, Moodle):
        server.grade = 100

    push(server, system)
    push(server, system, "--scale")

    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "note: the LMS counts 100 points, we 5: --scale converts"
    assert lines[3].endswith("none → 50")


@pytest.mark.parametrize("system", ["canvas"], indirect=True)
def test_an_excused_student_and_one_without_a_score_stay(
    server: Server, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(CAT, 5.0), mark(BEE, None))

    assert push(server, system, "--write") == 0

    assert capsys.readouterr().out.splitlines() == [
        "left as it is: Cat, Cy: excused",
        "left as it is: Bee, Zoë: nothing could be graded",
        f"0 scores sent to 'ex9' at {server.url}",
    ]


def test_a_course_or_an_assignment_that_is_not_there_is_said(
    server: Server, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))

    place = ["--to", system, "--url", server.url, "--course", "7", "--assignment", "77"]
    assert run(["push", "out", *place]) == 2

    assert "the LMS knows no " in capsys.readouterr().err
