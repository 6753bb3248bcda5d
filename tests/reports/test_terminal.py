import re

import pytest
from syrupy.assertion import SnapshotAssertion

from grader.reports.terminal import WIDTH, Style, render
from grader.results import Report
from tests.reports.sample import ALL_RIGHT, SHAPES, SOME_WRONG

STYLES = {
    "plain": Style(),
    "colour": Style(colour=True),
    "ascii": Style(unicode=False),
    "hints": Style(hints=True),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("style", STYLES)
def test_the_report_as_text(shape: str, style: str, snapshot: SnapshotAssertion) -> None:
    assert render(SHAPES[shape], STYLES[style], "ex10") == snapshot


@pytest.mark.parametrize("report", SHAPES.values(), ids=list(SHAPES))
def test_no_line_is_wider_than_the_terminal(report: Report) -> None:
    assert max(map(len, render(report, Style()).splitlines())) <= WIDTH


def test_colour_changes_nothing_but_colour() -> None:
    coloured = render(SOME_WRONG, Style(colour=True))

    assert re.sub(r"\x1b\[\d+m", "", coloured) == render(SOME_WRONG, Style())


def test_without_unicode_every_character_is_ascii() -> None:
    assert render(SOME_WRONG, Style(unicode=False)).isascii()


def test_the_next_exercise_is_named_where_all_is_right_and_there_is_one() -> None:
    assert render(ALL_RIGHT, Style(), "ex10").endswith("Next: grade ex10\n")
    assert "Next" not in render(ALL_RIGHT, Style(), None)
    assert "Next" not in render(SOME_WRONG, Style(), "ex10")
