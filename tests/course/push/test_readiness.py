"""`--check` asks for all that a push needs, says what is missing, and changes nothing."""

import pytest

from grader.course.push.readiness import Requirement, readiness
from grader.errors import Misused
from tests.course.gradebook.sample import mark
from tests.course.push.canvas_lms import Canvas
from tests.course.push.moodle_lms import Moodle
from tests.course.push.runs import ANT, course, push
from tests.course.push.stand_in import Server


def _raises() -> str:
    raise Misused("it is closed", hint="open it")


def test_what_is_missing_is_said_with_what_is_missing_then() -> None:
    found = readiness(
        [
            Requirement("a", lambda: ""),
            Requirement("b", lambda: "no", "c is not told"),
            Requirement("d", _raises),
        ]
    )

    assert found.lines == (
        "there: a",
        "missing: b: no; without it c is not told",
        "missing: d: it is closed (open it)",
    )
    assert not found.ready
    assert readiness([Requirement("b", lambda: "no", "c is not told")]).ready


def test_where_all_is_there_it_is_said_and_nothing_is_sent(
    server: Server, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))

    assert push(server, system, "--check", "--write") == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(line.startswith("there: ") for line in lines)
    assert server.all_sent() == []


@pytest.mark.parametrize("system", ["moodle"], indirect=True)
def test_each_function_that_moodle_lacks_is_named(
    server: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))
    server.service -= {"mod_assign_save_grades", "mod_assign_get_user_flags"}

    assert push(server, system, "--check") == 1

    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("missing")]
    assert lines == [
        "missing: mod_assign_save_grades: Access control exception",
        "missing: mod_assign_get_user_flags: Access control exception; without it an assignment "
        "with a marking workflow is refused",
    ]


@pytest.mark.parametrize("system", ["canvas"], indirect=True)
def test_a_token_that_may_not_grade_is_said(
    server: Canvas, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))
    server.may_grade = False

    assert push(server, system, "--check") == 1

    says = "missing: the right to grade: the token's owner may not grade in this course"
    assert says in capsys.readouterr().out
