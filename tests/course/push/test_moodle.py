"""What Moodle has kept is read back, and what it does not keep is told."""

import pytest

from tests.course.gradebook.sample import mark
from tests.course.push.moodle_lms import Moodle
from tests.course.push.runs import ANT, BEE, CAT, course, log_lines, push

pytestmark = pytest.mark.parametrize("system", ["moodle"], indirect=True)


def test_a_draft_is_said(server: Moodle, system: str, capsys: pytest.CaptureFixture[str]) -> None:
    course(mark(ANT, 1.0))
    server.drafts = {"2"}

    push(server, system, "--write")

    says = "note: Alice Ant: what was graded is a draft, which was never handed in"
    assert says in capsys.readouterr().out


def test_what_was_kept_is_read_back_once_for_all(server: Moodle, system: str) -> None:
    course(mark(ANT, 2.5), mark(BEE, 3.0), mark(CAT, 1.0))

    push(server, system, "--write")

    asked = [one.form["wsfunction"] for one in server.asked]
    assert asked.count("mod_assign_get_grades") == 2
    assert asked.index("mod_assign_save_grades") < len(asked) - 1 - asked[::-1].index(
        "mod_assign_get_grades"
    )


def test_where_it_cannot_be_read_back_that_is_said(
    server: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))
    usual = server._save

    def last_of_all(form: dict[str, str]) -> object:
        server.service.discard("mod_assign_get_grades")
        return usual(form)

    server._save = last_of_all  # type: ignore[method-assign]

    assert push(server, system, "--write") == 2

    said = capsys.readouterr()
    assert "Access control exception (accessexception)" in said.err
    assert "note: nobody knows yet whether the LMS has kept what was sent" in said.out
    assert [line["state"] for line in log_lines()] == ["sending", "sent"]
