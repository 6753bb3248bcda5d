"""A Mismatch in a student's words, and the code that shows it."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader import is_a, is_same, text_of
from grader.engines.compare import compare
from grader.engines.observation import (
    NODES,
    NOTHING,
    NUMBER,
    OTHER,
    TEXT,
    TRUTH,
    Answer,
    Ending,
    Fault,
    Observation,
    Place,
    PrintedText,
)
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises.check_recorder import record
from grader.exercises.exercise import CheckFunction
from grader.feedback.wording.explain import Explanation, explain, say
from grader.feedback.wording.source import SourceNames
from grader.reports.report import Counterexample, Shown, SourceLine
from tests.drawn import observations
from tests.feedback.wording.test_explain_graphs import children, maps
from tests.told import answered, told


def difference(Value: Any) -> dict[str, Any]:
    a = Value(1.0)
    b = Value(2.0)
    c = a - b
    c.backward()
    return {"c.data": c.data, "b.grad": b.grad}


def test_a_wrong_number_is_shown_with_the_code_that_gives_it() -> None:
    got = answered(difference, _5=Answer(NUMBER, 1.0))

    assert told(difference, got) == Explanation(
        "b.grad is 1.0, expected -1.0",
        Counterexample(
            "a = Value(1.0)\nb = Value(2.0)\nc = a - b\nc.backward()\nprint(b.grad)",
            {"reference": -1.0},
            1.0,
        ),
    )


def test_the_first_difference_is_shown_without_what_comes_later() -> None:
    got = answered(difference, _4=Answer(NUMBER, 3.0), _5=Answer(NUMBER, 1.0))

    explanation = told(difference, got)

    assert explanation.message == "c.data is 3.0, expected -1.0"
    assert explanation.counterexample.source == (
        "a = Value(1.0)\nb = Value(2.0)\nc = a - b\nc.backward()\nprint(c.data)"
    )


def test_the_code_has_the_submission_s_own_name_for_the_class() -> None:
    got = answered(difference, _5=Answer(NUMBER, 1.0))

    explanation = told(difference, got, {"Value": "Scalar"})

    assert explanation.counterexample.source.startswith("a = Scalar(1.0)\nb = Scalar(2.0)\n")


def test_every_oracle_is_named_without_its_version() -> None:
    got = answered(difference, _5=Answer(NUMBER, 1.0))

    example = told(difference, got, oracles="reference, torch 2.13.0").counterexample

    assert example.expected == {"reference": -1.0, "torch": -1.0}


def test_no_answer_is_expected_where_an_effect_fails_that_nothing_looks_at() -> None:
    def check(Value: Any) -> dict[str, Any]:
        a = Value(1.0)
        number = a.data
        a.backward()
        return {"a.data": number}

    got = Observation("raised", {1: Answer(NUMBER, 1.0)}, 2, Fault("TypeError", "no"))

    example = told(check, got, oracles="reference, torch 2.13.0").counterexample

    assert example.source == "a = Value(1.0)\na.backward()"
    assert example.expected == {"reference": "no exception", "torch": "no exception"}
    assert example.got == "raises TypeError: no"


def test_an_exception_is_shown_with_its_statement_its_place_and_the_line() -> None:
    place = Place("value.py", 31, "__sub__")
    got = Observation("raised", {}, 2, Fault("TypeError", "bad operand", place))

    assert told(difference, got) == Explanation(
        "`c = a - b` raises TypeError: bad operand (value.py, line 31)",
        Counterexample(
            "a = Value(1.0)\nb = Value(2.0)\nc = a - b\nc.backward()\nprint(c.data)",
            {"reference": -1.0},
            "raises TypeError: bad operand",
            SourceLine("value.py", 31, "__sub__", "other.grad += out.grad"),
        ),
    )


@pytest.mark.parametrize(
    ("step", "statement"),
    [(0, "a = Scalar(1.0)"), (2, "c = a - b"), (3, "c.backward()"), (4, "c.data"), (5, "b.grad")],
)
def test_the_statement_that_raises_is_quoted_whole(step: int, statement: str) -> None:
    right = Textbook().answer(record(difference)).answers
    got = Observation(
        "raised", {at: right[at] for at in right if at < step}, step, Fault("KeyError", "")
    )

    explanation = told(difference, got, {"Value": "Scalar"})

    assert explanation.message == f"`{statement}` raises KeyError"


def test_a_place_that_the_submission_does_not_have_shows_no_line() -> None:
    got = Observation("raised", {}, 2, Fault("E", "", Place("other.py", 31, "f")))

    assert told(difference, got).counterexample.where is None


ENDINGS: list[tuple[Ending, str, str, str]] = [
    ("timed out", "", "did not come to an end", "did not come to an end"),
    ("flooded", "", "printed without end", "printed without end"),
    ("died", "its process ended", "was cut short: its process ended", "was cut short"),
    (
        "violated",
        "spoke out of turn",
        "was refused: the submission spoke out of turn",
        "was refused",
    ),
    ("not asked", "it died too often", "was not asked: it died too often", "was not asked"),
    ("raised", "", "raised an exception", "raised an exception"),
]


@pytest.mark.parametrize(("ended", "detail", "says", "_"), ENDINGS)
def test_a_program_that_was_cut_short_says_how(
    ended: Ending, detail: str, says: str, _: str
) -> None:
    explanation = told(difference, Observation(ended, detail=detail))

    assert explanation.message == f"the program below {says}"
    assert explanation.counterexample.got == says
    assert explanation.counterexample.expected == {"reference": -1.0}


def test_a_statement_that_does_not_end_is_quoted_with_its_place() -> None:
    got = Observation("timed out", {}, 3, Fault("OutOfTime", "", Place("value.py", 31, "f")))

    explanation = told(difference, got)

    assert explanation.message == ("`c.backward()` did not come to an end (value.py, line 31)")
    assert explanation.counterexample.got == "did not come to an end"


def test_an_answer_left_out_is_said_to_be_missing() -> None:
    right = Textbook().answer(record(difference))
    got = right._replace(answers={4: right.answers[4]})

    explanation = told(difference, got)

    assert explanation.message == "the program below gave no answer"
    assert explanation.counterexample.got == "gave no answer"


def texts(Value: Any) -> dict[str, Any]:
    a = Value(3.5)
    return {"repr(a)": text_of(a)}


@pytest.mark.parametrize(
    ("text", "printed", "says"),
    [
        ("<Value>", False, "repr(a) is '<Value>', expected a text that shows 3.5"),
        ("3.5", True, "repr(a) prints; it should return the text and print nothing"),
    ],
)
def test_a_text_is_quoted_or_said_to_be_printed(text: str, printed: bool, says: str) -> None:
    explanation = told(texts, answered(texts, _1=Answer(TEXT, PrintedText(text, printed))))

    assert explanation.message == says
    assert explanation.counterexample == Counterexample(
        "a = Value(3.5)\nprint(repr(a))", {"reference": "a text that shows 3.5"}, repr(text)
    )


def test_a_text_without_a_number_is_expected_as_it_is() -> None:
    def check(Value: Any) -> dict[str, Any]:
        huge = Value(1e99)
        return {"the text": text_of(huge * huge * huge * huge - huge * huge * huge * huge)}

    explanation = told(check, answered(check, _8=Answer(TEXT, PrintedText("nan", False))))

    assert explanation.message == "the text is 'nan', expected 'Value(data=nan)'"


def kinds(Value: Any) -> dict[str, Any]:
    a = Value(3.5)
    b = a + a
    return {"isinstance(b, Value)": is_a(b, Value), "a is b": is_same(a, b)}


def test_a_truth_should_be_what_it_is_not() -> None:
    explanation = told(kinds, answered(kinds, _2=Answer(TRUTH, False)))

    assert explanation == Explanation(
        "isinstance(b, Value) should be True and is False",
        Counterexample(
            "a = Value(3.5)\nb = a + a\nprint(isinstance(b, Value))", {"reference": "True"}, "False"
        ),
    )


@pytest.mark.parametrize(
    ("got", "shown"),
    [
        (Answer(NOTHING, None), "None"),
        (Answer(OTHER, "a list of 3"), "a list of 3"),
        (Answer(NUMBER, float("nan")), "nan"),
        (Answer(NUMBER, float("-inf")), "-inf"),
        (Answer(TRUTH, True), "True"),
    ],
)
def test_what_is_no_finite_number_is_said_in_words(got: Answer, shown: str) -> None:
    explanation = told(difference, answered(difference, _4=got))

    assert explanation.message == f"c.data is {shown}, expected -1.0"
    assert explanation.counterexample.got == shown


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (Answer(NUMBER, 2.0), 2.0),
        (Answer(NUMBER, float("inf")), "inf"),
        (Answer(TEXT, PrintedText("it's", False)), '"it\'s"'),
        (Answer(NOTHING, None), "None"),
        (Answer(OTHER, "a tuple of 0"), "a tuple of 0"),
        (Answer(NODES, ()), "no nodes"),
    ],
)
def test_an_answer_is_said_as_a_number_or_in_words(answer: Answer, shown: Shown) -> None:
    assert say(Program((), ()), answer, SourceNames()) == shown


@pytest.mark.parametrize("asks", [difference, texts, kinds, children, maps])
@settings(max_examples=15)
@given(st.data())
def test_whatever_a_submission_does_can_be_explained(
    asks: CheckFunction, data: st.DataObject
) -> None:
    program = record(asks)
    want, got = Textbook().answer(program), data.draw(observations(len(program.steps)))
    mismatch = compare(program, want, got)
    assume(mismatch is not None)
    assert mismatch

    explanation = explain(program, mismatch, {"reference": want}, {}, lambda *_: None)

    assert explanation.message.isprintable()
    assert set(explanation.counterexample.expected) == {"reference"}
