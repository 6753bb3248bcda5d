"""An assignment of Moodle's is the one that is meant, and one that takes no points is refused."""

import pytest

from grader.cli.main import run
from tests.course.gradebook.sample import mark
from tests.course.push.moodle_lms import Moodle
from tests.course.push.runs import ANT, BEE, course, push
from tests.course.push.stand_in import Server

pytestmark = pytest.mark.parametrize("system", ["moodle"], indirect=True)


def push_to(server: Server, assignment: str, *words: str) -> int:
    place = ["--to", "moodle", "--url", server.url, "--course", "7", "--assignment", assignment]
    return run(["push", "out", *place, *words])


def test_a_released_grade_stays_released(server: Moodle, system: str) -> None:
    course(mark(ANT, 5.0), mark(BEE, 3.0))
    server.more = {"markingworkflow": 1}
    server.states = {"2": "inmarking", "3": "released"}

    assert push(server, system, "--write") == 0

    assert server.states == {"2": "inmarking", "3": "released"}


def test_a_state_that_changes_meanwhile_stays_as_it_then_is(server: Moodle, system: str) -> None:
    course(mark(ANT, 5.0))
    server.more = {"markingworkflow": 1}
    usual = server._status

    def released(form: dict[str, str]) -> object:
        server.states["2"] = "released"
        return usual(form)

    server._status = released  # type: ignore[method-assign]
    push(server, system, "--write")

    assert server.states == {"2": "released"}


def test_a_workflow_whose_states_are_not_told_is_refused(
    server: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 5.0))
    server.more = {"markingworkflow": 1}
    server.service.discard("mod_assign_get_user_flags")

    assert push(server, system, "--write") == 2

    said = capsys.readouterr().err
    assert "this assignment has a marking workflow, and a push would take back what is" in said
    assert server.all_sent() == []


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("teams", "this assignment is handed in by groups"),
        ("rubric", "this assignment is graded by a rubric, and Moodle keeps no points that come"),
        ("guide", "this assignment is graded by a guide"),
    ],
)
def test_what_does_not_arrive_whole_is_refused_before(
    server: Moodle, system: str, kind: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 5.0))
    server.more = {"teamsubmission": int(kind == "teams")}
    server.method = "" if kind == "teams" else kind

    assert push(server, system, "--write") == 2

    assert says in capsys.readouterr().err
    assert server.all_sent() == []


def test_a_number_is_the_one_in_the_address_and_an_id_only_if_asked_for(
    server: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 5.0))

    assert push_to(server, "31") == 2
    said = capsys.readouterr().err
    assert "the LMS knows no assignment 31 in course 7" in said
    assert "Hint: id:31 means 'ex9', whose id it is" in said

    assert push_to(server, "id:31") == 0
    assert "1 score would change in 'ex9' at " in capsys.readouterr().out


def test_an_admin_who_is_not_enrolled_finds_it_all_the_same(server: Moodle, system: str) -> None:
    course(mark(ANT, 5.0))
    server.enrolled = False

    assert push(server, system) == 0


def test_why_a_course_has_none_is_said_in_moodle_s_words(
    server: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 5.0))
    usual = server._assignments

    def none(form: dict[str, str]) -> object:
        server.enrolled = False
        return usual({name: form[name] for name in ("courseids[0]",)})

    server._assignments = none  # type: ignore[method-assign]

    assert push(server, system) == 2

    assert "User is not enrolled or does not have requested capability" in capsys.readouterr().err


def test_a_token_that_may_not_see_grades_promises_nothing(
    server: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 5.0))
    server.may_grade = False

    assert push(server, system) == 2

    said = capsys.readouterr()
    assert said.err.startswith(
        "Error: the LMS does not allow it: No access rights in module context\n"
    )
    assert said.out == ""
