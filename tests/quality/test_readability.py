"""What students read is short, gives nothing of the solution away, and blames nobody."""

import re

import pytest

from grader.exercises import catalogue
from grader.exercises.catalogue import Entry
from grader.reports.report import Outcome
from grader.reports.text.terminal import WIDTH, Style, render
from tests.quality.diagnoses import EVERY_EXERCISE, verdicts
from tests.quality.readable import (
    BLAME,
    DOUBLED,
    LONGEST,
    Said,
    code_in,
    hints,
    prompt,
    runs_of,
    sentences,
    titles,
)

every_exercise = pytest.mark.parametrize("entry", EVERY_EXERCISE)
RULE = """\
class Value:
    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad  # the other one's number, as a factor

        out._backward = _backward
        return out
"""


def everything(entry: Entry) -> list[Said]:
    return [*hints(entry), *titles(entry), *prompt(entry)]


@every_exercise
def test_no_message_is_longer_than_a_few_lines(entry: Entry) -> None:
    for verdict in verdicts(entry.path):
        for check in verdict.report.checks:
            said = list(sentences(check))

            assert max(len(one.text.split()) for one in said) <= LONGEST // 4, verdict.mutant


@every_exercise
def test_a_failure_with_all_that_is_shown_of_it_fits_two_screens(entry: Entry) -> None:
    for verdict in verdicts(entry.path):
        text = render(verdict.report, Style(hints=True))

        for failure in re.split(r"\n\n(?=  ✗ )", text)[1:]:
            assert len(failure.splitlines()) <= 48, (verdict.mutant, failure)
            assert len(failure.split()) <= LONGEST, (verdict.mutant, failure)
        assert max(map(len, text.splitlines())) <= WIDTH, verdict.mutant


@every_exercise
def test_what_is_said_of_a_failure_holds_no_code_of_the_solution(entry: Entry) -> None:
    """What the task itself shows, a formula say, is no secret."""
    shown = runs_of_text(catalogue.prompt(entry))
    solution = runs_of(catalogue.solution(catalogue.load(entry))) - shown

    told = [*hints(entry), *titles(entry)]

    assert [(one.where, code) for one in told if (code := code_in(one.text, solution))] == []


def runs_of_text(text: str) -> set[tuple[str, ...]]:
    """The runs of tokens in a task, code or not."""
    return {tuple(run.split()) for run in code_in(text, Everything())}


class Everything(set[tuple[str, ...]]):
    """A solution that has every run."""

    def __contains__(self, _: object) -> bool:
        return True


@pytest.mark.parametrize(
    "planted",
    [
        "Write self.grad += other.data * out.grad instead.",
        "The line `self.grad+=other.data*out.grad` is missing.",
        "Is there an out._backward = _backward in it?",
        "The result is Value(self.data * other.data, and so on.",
    ],
)
def test_a_line_of_the_solution_in_a_hint_is_found(planted: str) -> None:
    assert code_in(planted, runs_of(RULE))


@pytest.mark.parametrize(
    "innocent",
    [
        "What should a.grad be after c.backward()?",
        "By what does a * b move if a moves a little?",
        "The other one's number, as a factor, is missing.",
        "What is _backward for?",
    ],
)
def test_a_name_a_formula_and_a_comment_s_words_are_no_code(innocent: str) -> None:
    assert code_in(innocent, runs_of(RULE)) == []


@every_exercise
def test_nobody_is_blamed_and_no_word_stands_twice(entry: Entry) -> None:
    for one in everything(entry):
        assert BLAME.search(one.text) is None, one
        assert DOUBLED.search(one.text) is None, one
    for verdict in verdicts(entry.path):
        for check in verdict.report.checks:
            for one in sentences(check):
                assert BLAME.search(one.text) is None, (verdict.mutant, one)


@pytest.mark.parametrize(
    "blaming",
    ["Obviously the sign is lost.", "Simply add.", "Just add it.", "You forgot the sign."],
)
def test_blame_is_found(blaming: str) -> None:
    assert BLAME.search(blaming)


def test_a_gradient_that_has_just_been_found_just_above_0_blames_nobody() -> None:
    assert not BLAME.search("The gradient just above 0, which has just been found, does just that.")


@every_exercise
def test_a_misconception_is_a_sentence_and_a_question(entry: Entry) -> None:
    for one in hints(entry):
        whole = one.text.strip()

        assert one.text == " ".join(whole.split()), one
        assert whole[0].isupper() or re.match(r"[a-z]\w+ ", whole), one
        assert whole.endswith("?" if one.where.endswith("asks") else "."), one
        assert not whole.endswith(("..", ".?", "??")), one


@every_exercise
def test_a_title_is_no_sentence_s_end_and_a_paragraph_has_one(entry: Entry) -> None:
    for one in titles(entry):
        assert not one.text.endswith((".", "!", ":", ",")), one
    for one in prompt(entry):
        assert "  " not in one.text
        assert re.match(r"[A-Z#|*`(\d-]|numpy ", one.text), one


@every_exercise
def test_every_failure_that_is_shown_says_what_happened(entry: Entry) -> None:
    for verdict in verdicts(entry.path):
        for check in verdict.report.checks:
            if check.outcome is Outcome.FAILED:
                assert not check.message.endswith((".", "!", ":", ",")), check.message
                assert not check.message[0].isspace()
                assert not re.search(
                    r"\b(?:None None|\{\}|%s|<function|0x[0-9a-f]{6})", check.message
                )
