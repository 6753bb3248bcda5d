"""Edits of a submission are asked in its own process, and none of them can harm it."""

import sys
from collections.abc import Callable

import pytest

from grader.engines.observation import Observation
from grader.engines.program import ObservedStep, Program, Ref, Step
from grader.sandbox.child.edits.edited_source import SLOW_S
from grader.sandbox.edits.edited_runs import BATCH, MOST_GIVEN_UP
from grader.sandbox.interpreter import Interpreter, site_folders
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.subject import AskOptions, Subject, request_for
from grader.submissions.submission import Submission

SOURCE = """\
class Value:
    def __init__(self, data):
        self.data = data
    def __add__(self, other):
        return Value(self.data - other.data)

print("ran")
"""
TWO_AND_ONE = Program(
    (
        Step("make", "Value", (2.0,)),
        Step("make", "Value", (1.0,)),
        Step("operate", "add", (Ref(0), Ref(1))),
        Step("read", "data", (Ref(2),)),
    ),
    (ObservedStep("c.data", 3),),
)
ASKED = AskOptions({"Value": "Value"}, {})
Edited = Callable[..., list[list[Observation]]]


LONG_MESSAGES = pytest.mark.parametrize("subject", [60.0], indirect=True)
"""A message of edits has as long as one Program of the submission: on a slow machine, too."""


@pytest.fixture
def subject(request: pytest.FixtureRequest) -> object:
    """A submission that has run; a test may say how much CPU one Program has."""
    submission = Submission("value.py", "", "script", "", SOURCE)
    limits = Limits(program_s=getattr(request, "param", 1.0))
    asked = request_for(submission, limits, site_folders(), "")
    found = Subject(Interpreter, {**asked, "folder": "/"}, limits)
    found.load()
    yield found
    found.close()


def answered(
    subject: Subject, *edits: tuple[str, str], seconds: float = 0.05, most_s: float = 60.0
) -> list[object]:
    """Return what each edit answers to 2 + 1, a number, or how it ended."""
    runs = subject.edits(ASKED, seconds, most_s)
    sources = [(SOURCE.replace(*edit).replace('print("ran")', ""),) for edit in edits]
    observations = runs.answers(sources, [TWO_AND_ONE])
    return [
        one[0].answers[3].value if one and 3 in one[0].answers else [got.ended for got in one]
        for one in observations
    ]


def test_each_edit_answers_as_its_own_source_does(subject: Subject) -> None:
    plus, times = ("data - other", "data + other"), ("data - other", "data * other")

    assert answered(subject, plus, times, plus) == [3.0, 2.0, 3.0]


def test_the_submission_itself_answers_as_before(subject: Subject) -> None:
    answered(subject, ("data - other", "data + other"))

    answers: dict[str, Observation] = {}
    subject.ask({"2 + 1": TWO_AND_ONE}, ASKED, lambda _: True, answers.__setitem__)
    assert answers["2 + 1"].answers[3].value == 1.0


def test_an_edit_that_cannot_be_defined_answers_nothing(subject: Subject) -> None:
    broken, raising = ("return", "return return"), ("class Value", "1 / 0\nclass Value")
    plus = ("data - other", "data + other")

    assert answered(subject, broken, raising, plus) == [["not asked"], ["not asked"], 3.0]


def test_an_edit_that_does_not_end_is_given_up_and_the_next_one_is_asked(subject: Subject) -> None:
    endless = ("return Value(self", "while True: pass\n        return Value(self")
    plus = ("data - other", "data + other")

    assert answered(subject, endless, plus, seconds=0.02) == [["timed out"], 3.0]


def test_an_edit_that_ends_the_process_costs_no_other_one_its_answer(subject: Subject) -> None:
    dying = ("return Value(self", "import os; os._exit(0)\n        return Value(self")
    plus = ("data - other", "data + other")

    assert answered(subject, plus, dying, plus) == [3.0, [], 3.0]


def test_a_submission_that_is_brought_down_again_and_again_is_left_alone(subject: Subject) -> None:
    dying = ("return Value(self", "import os; os._exit(0)\n        return Value(self")

    assert len(answered(subject, *[dying] * 9)) < 9


def flooding(lines: int) -> tuple[str, str]:
    """Return an edit with so many lines, which prints more than it may."""
    prints = "print('x' * 2_000_000)\n        " * lines
    return "return Value(self", f"{prints}return Value(self"


def test_an_edit_that_prints_without_end_is_given_up_and_the_next_one_is_asked(
    subject: Subject,
) -> None:
    plus = ("data - other", "data + other")

    assert answered(subject, flooding(1), plus, seconds=1.0) == [["flooded"], 3.0]


def test_where_most_edits_print_without_end_the_rest_is_not_asked(subject: Subject) -> None:
    edits = [flooding(lines) for lines in range(1, 32)]

    assert answered(subject, *edits, seconds=1.0) == [["flooded"]] * (MOST_GIVEN_UP + 1)


def slow(times: int) -> tuple[str, str]:
    """Return an edit that uses as much CPU as no engine needs, on a quick machine too."""
    computes = f"until = process_time() + {2 * SLOW_S} + {times} / 1e9"
    waits = "while process_time() < until: pass"
    lines = ("from time import process_time", computes, waits, "return Value(self")
    return "return Value(self", "\n        ".join(lines)


@LONG_MESSAGES
def test_where_most_edits_take_long_the_rest_is_not_asked(subject: Subject) -> None:
    edits = [slow(times) for times in range(3 * BATCH)]

    assert answered(subject, *edits, seconds=2.0) == [1.0] * (2 * BATCH)


@LONG_MESSAGES
def test_no_more_cpu_than_was_given_is_spent_on_edits(subject: Subject) -> None:
    edits = [slow(times) for times in range(2 * BATCH)]

    assert answered(subject, *edits, seconds=2.0, most_s=0.01) == [1.0] * BATCH


@pytest.mark.skipif(sys.platform == "win32", reason="no alarm there")
def test_what_edits_have_done_is_not_counted_against_the_submission(subject: Subject) -> None:
    endless = ("return Value(self", "while True: pass\n        return Value(self")
    answered(subject, *[endless] * 5, seconds=0.01)

    answers: dict[str, Observation] = {}
    subject.ask({"2 + 1": TWO_AND_ONE}, ASKED, lambda _: True, answers.__setitem__)
    assert subject.killed == ""
    assert answers["2 + 1"].ended == "answered"
