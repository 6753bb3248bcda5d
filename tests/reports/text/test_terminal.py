import re

import pytest
from syrupy.assertion import SnapshotAssertion

from grader.reports.next_command import NextCommand
from grader.reports.report import Report
from grader.reports.text.terminal import WIDTH, Style, render, render_track
from tests.reports.sample import ALL_RIGHT, BY_TWO, FAILED, SHAPES, SOME_WRONG, TRACKS, report

NEXT = NextCommand("ex10")
STYLES = {
    "plain": Style(),
    "colour": Style(colour=True),
    "ascii": Style(unicode=False),
    "hints": Style(hints=True),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("style", STYLES)
def test_the_report_as_text(shape: str, style: str, snapshot: SnapshotAssertion) -> None:
    assert render(SHAPES[shape], STYLES[style], NEXT) == snapshot


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_no_line_is_wider_than_the_terminal(shape: Report) -> None:
    assert max(map(len, render(shape, Style()).splitlines())) <= WIDTH


def test_colour_changes_nothing_but_colour() -> None:
    coloured = render(SOME_WRONG, Style(colour=True))

    assert re.sub(r"\x1b\[\d+m", "", coloured) == render(SOME_WRONG, Style())


def test_without_unicode_every_character_is_ascii() -> None:
    assert render(SOME_WRONG, Style(unicode=False)).isascii()


def test_the_next_exercise_is_named_where_all_is_right_and_there_is_one() -> None:
    assert render(ALL_RIGHT, Style(), NEXT).endswith("Next: grade ex10\n")
    assert "Next" not in render(ALL_RIGHT, Style())
    assert "Next" not in render(SOME_WRONG, Style(), NEXT)


def test_a_command_that_is_proposed_can_be_pasted() -> None:
    command = NextCommand("ex10", "my value.py", " --exercises 'my course'")

    assert render(ALL_RIGHT, Style(), command).endswith(
        "Next: grade ex10 --exercises 'my course'\n"
    )
    track = TRACKS["some wrong"]
    outside, inside = (render_track(track, Style(inside=where), command) for where in (False, True))
    assert outside.endswith(" --exercises 'my course' 'my value.py'\n")
    assert "What is wrong, and why: %grade " in inside


def test_several_misconceptions_are_asked_about_once_each_below_their_checks() -> None:
    assert FAILED.diagnosis is not None
    assert BY_TWO.diagnosis is not None

    text = render(report(BY_TWO, FAILED), Style())

    first, second = text.index(BY_TWO.diagnosis.hint), text.index(FAILED.diagnosis.hint)
    assert first < second < text.index(FAILED.message)
    assert text.count(BY_TWO.diagnosis.hint) == text.count(FAILED.diagnosis.hint) == 1
    assert text.count("(more: --hints)") == 1


def test_a_failure_like_another_is_shown_where_its_misconception_is_another() -> None:
    same = BY_TWO._replace(message=FAILED.message, further=())

    text = render(report(FAILED, same), Style())

    assert text.count(FAILED.message) == 2


def test_oracles_that_differ_in_the_last_digit_are_quoted_once() -> None:
    assert FAILED.counterexample is not None
    answers = {"reference": 0.7071067811865477, "torch": 0.7071067811865476}
    example = FAILED.counterexample._replace(expected=answers)

    text = render(report(FAILED._replace(counterexample=example)), Style())

    assert "# expected 0.7071067812, yours prints 1.0" in text
