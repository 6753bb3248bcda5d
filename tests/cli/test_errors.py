"""An error is a line, a hint and the exit status of its family."""

import pytest

from grader.cli.errors import NOTHING, OUR_FAULT, USAGE, complain, say
from grader.errors import GraderAtFault, Misused, NothingToGrade

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("family", "status"), [(Misused, USAGE), (NothingToGrade, NOTHING), (GraderAtFault, OUR_FAULT)]
)
def test_each_family_has_its_exit_status(
    family: type[Misused | NothingToGrade | GraderAtFault], status: int, capsys: Captured
) -> None:
    assert complain(family("it is so", hint="do this")) == status
    assert capsys.readouterr() == ("", "Error: it is so\nHint: do this\n")


def test_what_nobody_expected_is_the_grader_s_fault_with_a_traceback_if_asked(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GRADE_TRACEBACK", raising=False)
    assert complain(ValueError("odd")) == OUR_FAULT
    plain = capsys.readouterr().err
    monkeypatch.setenv("GRADE_TRACEBACK", "1")
    complain(ValueError("odd"))

    assert plain.splitlines()[0] == "Error: the grader failed: ValueError: odd"
    assert "Traceback" not in plain
    assert capsys.readouterr().err == f"ValueError: odd\n{plain}"


def test_a_control_character_is_shown_and_an_empty_hint_is_no_line(capsys: Captured) -> None:
    assert say("a\x1b[2J", "", 7) == 7

    assert capsys.readouterr().err == "Error: a\\x1b[2J\n"
