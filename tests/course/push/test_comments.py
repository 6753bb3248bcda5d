"""A comment reaches a student once, whatever becomes of the answer, and a late score stays sent."""

import pytest

from tests.course.gradebook.sample import mark
from tests.course.push.canvas_lms import Canvas
from tests.course.push.moodle_lms import Moodle
from tests.course.push.runs import ANT, BEE, course, log_lines, push
from tests.course.push.stand_in import Asked, Reply, Server

WORDS = "Powers: 2.5 of 5; to fix: tanh"
CUT = Reply(raw=b'{"user_id": 4711, "sco')
in_canvas = pytest.mark.parametrize("system", ["canvas"], indirect=True)


def arrives_in_part(server: Canvas, answer: Reply) -> None:
    """Let the first grade arrive without its comment."""
    usual = server.answer

    def in_part(asked: Asked) -> Reply:
        if not server.changes(asked):
            return usual(asked)
        asked.form.pop("comment[text_comment]")
        server.answer = usual  # type: ignore[method-assign]
        usual(asked)
        return answer

    server.answer = in_part  # type: ignore[method-assign]


@pytest.mark.parametrize("lost", [Reply(502), Reply(0)], ids=["502", "cut off"])
@in_canvas
def test_a_comment_is_not_sent_again_where_its_answer_is_lost(
    server: Canvas, system: str, lost: Reply
) -> None:
    course(mark(ANT, 2.5), mark(BEE, 3.0))
    server.lost = [lost]

    assert push(server, system, "--write", "--comments") == 0

    assert server.said[4711] == [WORDS]
    assert server.scores[4711] == 2.5
    assert [one.path[-4:] for one in server.all_sent()] == ["4711", "4712"]
    assert [line["student"] for line in log_lines("sent")] == ["ant", "bee"]


@in_canvas
def test_of_a_change_that_arrived_in_part_the_rest_is_sent(server: Canvas, system: str) -> None:
    course(mark(ANT, 2.5))
    arrives_in_part(server, Reply(502))

    assert push(server, system, "--write", "--comments") == 0

    assert server.all_sent()[1].form == {"comment[text_comment]": WORDS}
    assert server.said[4711] == [WORDS]


@in_canvas
def test_a_run_that_ended_in_doubt_is_carried_on_with_what_is_missing(
    server: Canvas, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))
    arrives_in_part(server, CUT)

    assert push(server, system, "--write", "--comments") == 2
    assert push(server, system, "--write", "--comments") == 0
    assert push(server, system, "--write", "--comments") == 0

    assert server.all_sent()[1].form == {"comment[text_comment]": WORDS}
    assert len(server.all_sent()) == 2
    assert "Ant, Alice: 2.5 stands there, its comment may not" in capsys.readouterr().out


def test_a_run_that_ended_in_doubt_leaves_one_comment(server: Server, system: str) -> None:
    course(mark(ANT, 2.5))
    server.lost = [CUT]

    assert push(server, system, "--write", "--comments") == 2
    for _ in range(2):
        assert push(server, system, "--write", "--comments") == 0

    assert isinstance(server, Canvas | Moodle)
    assert set(server.comments) == {WORDS}
    assert len(server.comments) == (1 if system == "canvas" else 2)  # Moodle's takes the place


@in_canvas
def test_points_taken_off_for_lateness_do_not_make_a_score_new(
    server: Canvas, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))
    server.late = {4711: 0.25}

    for _ in range(3):
        assert push(server, system, "--write", "--comments") == 0

    assert len(server.all_sent()) == 1
    assert server.said[4711] == [WORDS]
    assert (
        f"0 scores sent to 'ex9' at {server.url}, 1 stood there already" in capsys.readouterr().out
    )


@in_canvas
def test_a_canvas_that_does_not_tell_the_entered_score_is_asked_for_the_score(
    server: Canvas, system: str
) -> None:
    course(mark(BEE, 4.0))
    usual = server._submission
    server._submission = lambda user, asked: {  # type: ignore[method-assign]
        name: held for name, held in usual(user, asked).items() if name != "entered_score"
    }

    assert push(server, system, "--write") == 0

    assert server.all_sent() == []


@pytest.mark.parametrize("kept", ["in Canvas", "in the log"])
@in_canvas
def test_words_that_a_student_has_are_not_sent_again_with_another_score(
    server: Canvas, system: str, kept: str
) -> None:
    course(mark(ANT, 2.5))
    push(server, system, "--write", "--comments")
    server.scores[4711] = 1.0
    server.said[4711] = [f" {WORDS}\r\n"] if kept == "in Canvas" else []

    assert push(server, system, "--write", "--comments") == 0

    assert server.all_sent()[1].form == {
        "submission[posted_grade]": "2.5",
        "prefer_points_over_scheme": "true",
    }


@pytest.mark.parametrize("system", ["moodle"], indirect=True)
def test_a_comment_that_replaces_is_written_with_each_score(server: Moodle, system: str) -> None:
    course(mark(ANT, 2.5))
    push(server, system, "--write", "--comments")
    server.scores["2"] = "1.00000"

    assert push(server, system, "--write", "--comments") == 0

    assert server.comments == [WORDS, WORDS]
