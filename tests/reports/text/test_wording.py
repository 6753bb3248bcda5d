"""The words for answers and agreements, once for every text of a report."""

import pytest

from grader.reports.report import Diagnosis, Outcome, Shown
from grader.reports.text.wording import (
    Failure,
    agreed,
    agreement,
    diagnoses,
    failures,
    prints,
    walls,
)
from tests.reports.sample import ALL_RIGHT, BY_TWO, FAILED, PASSED, SKIPPED, report

S1, P1 = FAILED.diagnosis, BY_TWO.diagnosis


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        ([2.0, 2.0000000000001], "2.0"),
        ([2.0, 3.0], "2.0 or 3.0"),
        (["nan", "nan"], "nan"),
    ],
)
def test_oracles_that_agree_but_for_the_last_digits_have_one_answer(
    answers: list[Shown], text: str
) -> None:
    assert agreed(answers) == text


@pytest.mark.parametrize(
    ("got", "text"),
    [
        (1.0, "prints 1.0"),
        ("a list of 3", "prints a list of 3"),
        ("raises TypeError: no", "raises TypeError: no"),
        ("did not come to an end", "did not come to an end"),
    ],
)
def test_an_answer_that_has_no_verb_is_printed(got: Shown, text: str) -> None:
    assert prints(got) == text


def test_checks_that_agree_are_counted_and_the_hidden_ones_among_them() -> None:
    hidden = PASSED._replace(visibility="hidden")

    engines = "the reference engine and torch 2.13.0 · 0.04 s"
    assert agreement(ALL_RIGHT) == f"2 checks agree with {engines}"
    assert agreement(report(PASSED, hidden)) == f"2 checks (1 hidden) agree with {engines}"
    assert agreement(report(hidden)) == f"1 hidden check agrees with {engines}"


def test_a_student_s_own_limits_are_no_walls_to_speak_of() -> None:
    assert walls(ALL_RIGHT) == ""
    assert walls(ALL_RIGHT._replace(isolation="full")) == "it ran behind walls of tier full"


def test_all_misconceptions_of_a_check_are_its_diagnoses() -> None:
    assert diagnoses(BY_TWO) == (P1, S1)
    assert diagnoses(PASSED) == ()


def test_a_single_misconception_comes_at_the_end_by_itself() -> None:
    again = FAILED._replace(id="again", message="c.grad is 1.0, expected -1.0")

    assert list(failures(report(FAILED, again, SKIPPED))) == [
        Failure(FAILED, ()),
        Failure(again, ()),
        Failure(None, _known(S1)),
    ]


def test_several_misconceptions_come_below_the_checks_that_show_them_each_once() -> None:
    assert list(failures(report(BY_TWO, FAILED))) == [
        Failure(BY_TWO, _known(P1, S1)),
        Failure(FAILED, ()),
    ]


def test_a_message_that_was_said_is_not_said_again() -> None:
    same = FAILED._replace(id="same")
    broken = FAILED._replace(id="broken", outcome=Outcome.BROKEN, score=1.5, message="other")

    assert [one.check for one in failures(report(FAILED, same, broken))] == [FAILED, broken, None]


def _known(*found: Diagnosis | None) -> tuple[Diagnosis, ...]:
    return tuple(one for one in found if one)
