"""A comment that stands in Moodle stays as it is, unless it was ours."""

import pytest

from grader.course.push.moodle_comments import FeedbackComment, status_of
from tests.course.gradebook.sample import mark
from tests.course.push.moodle_lms import Moodle
from tests.course.push.runs import ANT, course, push

in_moodle = pytest.mark.parametrize("system", ["moodle"], indirect=True)


@in_moodle
def test_without_comments_the_grade_changes_and_the_comment_stays(
    server: Moodle, system: str
) -> None:
    course(mark(ANT, 2.5))
    server.stored = {"2": ("<p>Nice <b>work</b></p>", "1")}

    assert push(server, system, "--write") == 0

    assert server.stored == {"2": ("<p>Nice <b>work</b></p>", "1")}
    assert server.scores["2"] == "2.50000"


@in_moodle
def test_a_comment_of_ours_is_replaced_and_somebody_s_stays(
    server: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))
    push(server, system, "--write", "--comments")
    course(mark(ANT, 4.0))
    push(server, system, "--write", "--comments")
    assert server.stored["2"] == ("Powers: 4 of 5; to fix: tanh", "2")

    server.stored["2"] = ("Please come and see me", "1")
    course(mark(ANT, 5.0))
    assert push(server, system, "--write", "--comments") == 0

    assert server.stored["2"] == ("Please come and see me", "1")
    says = "note: Alice Ant: somebody's comment stands there, and stays"
    assert says in capsys.readouterr().out


@in_moodle
def test_where_the_comment_is_not_told_it_is_said_why_the_grade_is_refused(
    server: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))
    server.stored = {"2": ("Nice", "1")}
    server.service.discard("mod_assign_get_submission_status")

    assert push(server, system, "--write") == 1

    assert "the token's service lacks mod_assign_get_submission_status" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("feedback", "comment"),
    [
        ({}, None),
        ({"plugins": [{"type": "file"}]}, None),
        ({"plugins": [{"type": "comments", "editorfields": []}]}, None),
        (
            {"plugins": [{"type": "comments", "editorfields": [{"text": "a", "format": 1}]}]},
            FeedbackComment("a", "1"),
        ),
    ],
)
def test_what_moodle_tells_of_a_comment_is_read_whatever_is_missing(
    feedback: dict[str, object], comment: FeedbackComment | None
) -> None:
    assert status_of({"feedback": feedback}).comment == comment
    assert not status_of({}).is_draft
