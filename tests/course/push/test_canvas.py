"""Canvas keeps each score as it was sent, or it is said that it does not."""

from typing import Any

import pytest

from grader.submissions.student import Student
from tests.course.gradebook.sample import mark
from tests.course.push.canvas_lms import UNAUTHORISED, Canvas
from tests.course.push.runs import ANT, BEE, CAT, ELK, course, log_lines, push, shaped
from tests.course.push.stand_in import Asked, Reply

pytestmark = pytest.mark.parametrize("system", ["canvas"], indirect=True)


def test_a_number_is_points_though_a_scheme_has_it_as_a_name(server: Canvas, system: str) -> None:
    course(mark(ANT, 3.0), mark(BEE, 5.0))
    server.grading_type, server.scheme = "letter_grade", {"3": 3.7, "5": 5.0}

    assert push(server, system, "--write") == 0
    assert push(server, system, "--write") == 0

    assert (server.scores[4711], server.scores[4712]) == (3.0, 5.0)
    assert len(server.all_sent()) == 2


def test_a_score_that_canvas_answers_well_to_and_does_not_keep_is_refused(
    server: Canvas, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 3.0))
    server.scheme = {"3": 3.7}
    usual = server._score
    server._score = lambda posted, form: usual(posted, {})  # type: ignore[method-assign]

    assert push(server, system, "--write") == 1
    assert push(server, system, "--write") == 1

    said = capsys.readouterr()
    assert "not sent: Ant, Alice: Canvas answers well, and keeps 3.7 in place of 3" in said.err
    assert "0 scores sent to 'ex9'" in said.out
    assert [line["state"] for line in log_lines()] == ["sending", "dropped", "refused"]


def test_a_group_is_graded_once_and_all_of_it_hears_the_comment(
    server: Canvas, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    falcons = Student("thefalcons_4712", "thefalcons", "4712", "101")
    shaped(mark(falcons, 3.0))
    server.groups = dict.fromkeys((4711, 4712, 4713), "3")

    assert push(server, system, "--write", "--comments") == 0
    assert push(server, system, "--write", "--comments") == 0

    assert len(server.all_sent()) == 1
    assert [server.scores[one] for one in (4711, 4712, 4713)] == [3.0, 3.0, None]  # is excused
    assert server.said == {one: ["Powers: 3 of 5; to fix: tanh"] for one in (4711, 4712)}
    assert "note: groups have one grade together" in capsys.readouterr().out


def test_another_member_stands_for_one_who_is_excused(server: Canvas, system: str) -> None:
    shaped(mark(Student("thefalcons_4713", "thefalcons", "4713", "101"), 3.0))
    server.groups = dict.fromkeys((4712, 4713), "3")

    assert push(server, system, "--write") == 0

    assert (server.scores[4712], server.scores[4713]) == (3.0, None)


def test_a_group_of_which_canvas_does_not_tell_hears_the_comment_all_the_same(
    server: Canvas, system: str
) -> None:
    course(mark(BEE, 3.0))
    server.groups = dict.fromkeys((4711, 4712), "3")
    usual = server._submission

    def without_group(user: int, asked: Asked) -> dict[str, Any]:
        return {name: told for name, told in usual(user, asked).items() if name != "group"}

    server._submission = without_group  # type: ignore[method-assign]

    assert push(server, system, "--write", "--comments") == 0

    assert sorted(server.said) == [4711, 4712]


def test_two_scores_for_one_group_are_not_sent_in_turns(
    server: Canvas, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 3.0), mark(BEE, 2.0))
    server.groups = dict.fromkeys((4711, 4712), "3")

    assert push(server, system, "--write") == 1

    assert len(server.all_sent()) == 1
    says = "not sent: Bee, Zoë: the group has one score, and Ant, Alice would give it 3\n"
    assert capsys.readouterr().err == says


def test_the_same_score_is_sent_for_what_was_handed_in_anew(
    server: Canvas, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(BEE, 4.0))
    server.anew = {4712}

    assert push(server, system, "--write") == 0
    assert push(server, system, "--write") == 0

    assert len(server.all_sent()) == 1
    assert server.anew == set()
    assert "Bee, Zoë: 4 → 4, for what came since" in capsys.readouterr().out


def test_a_student_is_found_by_their_address(server: Canvas, system: str) -> None:
    course(mark(CAT._replace(name=""), 3.0))
    server.excused = set()

    assert push(server, system, "--write") == 0

    assert server.scores[4713] == 3.0


def test_whoever_is_not_assigned_the_work_is_said_and_not_asked_for(
    server: Canvas, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 3.0), mark(BEE, 3.0))
    server.unassigned = {4711}

    assert push(server, system, "--write") == 1

    says = "not sent: Ant, Alice: it is not assigned to them, or not yours to see\n"
    assert capsys.readouterr().err == says
    assert len(server.all_sent()) == 1


def test_three_in_a_closed_period_stop_nobody_and_are_told_in_canvas_s_words(
    server: Canvas, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 3.0), mark(BEE, 3.0), mark(CAT, 3.0), mark(ELK, 3.0))
    server.excused, server.closed = set(), {4711, 4712, 4713}

    assert push(server, system, "--write") == 1

    assert server.scores[4714] == 3.0
    words = UNAUTHORISED["errors"][0]["message"]  # type: ignore[index]
    says = f"not sent: Ant, Alice: the LMS does not allow it (status 403): {words}\n"
    assert capsys.readouterr().err.startswith(says)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"error": "Student must be enrolled"}, "Student must be enrolled"),
        ({"errors": [{"message": "no"}, {"message": "slot"}]}, "no; slot"),
        ({"errors": {"base": ["no", {"message": "slot"}]}}, "no; slot"),
        ("x" * 900, "x" * 200),
    ],
)
def test_canvas_s_own_words_are_passed_on_bounded(
    server: Canvas, system: str, body: object, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 3.0))
    server.refusals = {"4711": Reply(400, body)}

    assert push(server, system, "--write") == 1

    said = capsys.readouterr().err
    assert f"not sent: Ant, Alice: the LMS refuses: status 400: {words}" in said
    assert len(said) < 400


def test_a_key_that_is_shown_no_comments_sends_none_twice(
    server: Canvas, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))
    server.scoped = True
    server.lost = [Reply(502)]

    assert push(server, system, "--write", "--comments") == 0
    assert push(server, system, "--write", "--comments") == 0

    assert len(server.said[4711]) == 1
    says = "note: Ant, Alice: whether the comment arrived is not known"
    assert says in capsys.readouterr().out


def test_anonymous_marking_goes_by_the_numbers_of_the_zip(
    server: Canvas, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    hidden = [Student(f"anon_{one}", "", one, "9") for one in ("acJ4Q", "bcJ4Q", "zzzzz")]
    shaped(*(mark(one, 3.0) for one in hidden))
    server.anonymous = {4711: "acJ4Q", 4714: "bcJ4Q"}

    assert push(server, system, "--write", "--comments") == 1
    assert push(server, system, "--write", "--comments") == 1

    assert (server.scores[4711], server.scores[4714]) == (3.0, 3.0)
    paths = [one.path.rpartition("/9/")[2] for one in server.all_sent()]
    assert paths == ["anonymous_submissions/acJ4Q", "anonymous_submissions/bcJ4Q"]
    said = capsys.readouterr()
    assert "Student acJ4Q: none → 3" in said.out
    assert "Alice" not in said.out
    assert "not found: anon_zzzzz: " in said.err


def test_a_capital_or_a_usual_port_leads_to_the_second_page_too(
    server: Canvas, system: str
) -> None:
    course(mark(ELK, 3.0))
    server.url = server.url.replace("127.0.0.1", "LOCALHOST")

    assert push(server, system) == 0
