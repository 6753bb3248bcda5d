"""Moodle's own words are in each refusal, and what an admin has to switch on is said."""

import pytest

from tests.course.gradebook.sample import mark
from tests.course.push.moodle_lms import Moodle, moodle_exception
from tests.course.push.runs import ANT, course, push
from tests.course.push.stand_in import TOKEN, Reply

pytestmark = pytest.mark.parametrize("system", ["moodle"], indirect=True)


def errors(server: Moodle, capsys: pytest.CaptureFixture[str]) -> list[str]:
    course(mark(ANT, 2.5))
    assert push(server, "moodle") == 2
    return capsys.readouterr().err.splitlines()


def test_a_wrong_token_is_said_in_moodle_s_words(
    server: Moodle,
    system: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MOODLE_TOKEN", f"{TOKEN}x")

    says = "the LMS does not allow it: Invalid token - token not found (invalidtoken)"
    assert errors(server, capsys)[0] == f"Error: {says}"


def test_a_function_that_is_not_in_the_service_is_named(
    server: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    server.service.discard("mod_assign_get_grades")

    error, hint = errors(server, capsys)
    says = "the LMS does not allow it: Access control exception (accessexception)"
    assert error == f"Error: {says}"
    assert hint.startswith("Hint: the token's service needs mod_assign_get_grades, and its owner ")


def test_rest_that_is_switched_off_is_said(
    server: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    server.troubles = [Reply(403, raw=b" ")]

    error, hint = errors(server, capsys)
    assert error == "Error: the LMS does not allow it (status 403)"
    assert hint.startswith("Hint: an admin switches on web services, and the REST protocol: ")


def test_whatever_else_moodle_says_is_passed_on(
    server: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    server.troubles = [Reply(body=moodle_exception("sitemaintenance", "Back at noon\x1b"))]

    says = "the LMS refuses: sitemaintenance: Back at noon\\x1b"
    assert errors(server, capsys)[0] == f"Error: {says}"


def test_maintenance_says_that_it_waits(
    server: Moodle, system: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course(mark(ANT, 2.5))
    server.troubles = [Reply(503, headers={"Retry-After": "300"})]

    assert push(server, system) == 0

    says = f"{server.url} says to wait (status 503): it is asked again in 120 s"
    assert capsys.readouterr().err.startswith(says)
