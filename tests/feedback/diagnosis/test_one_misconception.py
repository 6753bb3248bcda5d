"""A misconception is named only if it answers every Program as the submission does."""

import pytest
from hypothesis import given

from grader.engines.observation import (
    NOTHING,
    NUMBER,
    ORDER,
    TEXT,
    Answer,
    Fault,
    Observation,
    Place,
    PrintedText,
    Traversal,
)
from grader.engines.program import ObservedStep, Program, Ref, Step
from grader.feedback.diagnosis.one_misconception import Misconception, alike, one_misconception
from grader.reports.report import Diagnosis
from tests.drawn import observations

PROGRAM = Program(
    (
        Step("make", "Value", (2.0,)),
        Step("make", "Value", (3.0,)),
        Step("operate", "mul", (Ref(0), Ref(1))),
    ),
    (ObservedStep("c", 2),),
)
SIGN = Diagnosis("S1", "The sign is lost.", "Which sign has a product?")
FACTOR = Diagnosis("P2", "A factor is missing.", "Which factor?")


def saw(value: float) -> Observation:
    return Observation("answered", {2: Answer(NUMBER, value)})


def misconception(diagnosis: Diagnosis, *values: float) -> Misconception:
    return Misconception(diagnosis, {f"check{at}": saw(value) for at, value in enumerate(values)})


def named(
    seen: dict[str, Observation], *misconceptions: Misconception, right: str = ""
) -> Diagnosis | None:
    return one_misconception(PROGRAMS, seen, {right}, misconceptions)


PROGRAMS = {"check0": PROGRAM, "check1": PROGRAM}


def test_the_misconception_that_answers_everything_alike_is_named() -> None:
    seen = {"check0": saw(6.0), "check1": saw(-6.0)}

    found = named(seen, misconception(FACTOR, 6.0, 6.0), misconception(SIGN, 6.0, -6.0))

    assert found == SIGN


def test_one_answer_that_differs_rules_a_misconception_out() -> None:
    seen = {"check0": saw(6.0), "check1": saw(-6.0)}

    assert named(seen, misconception(SIGN, 6.0, -6.1)) is None


def test_what_a_misconception_has_right_the_submission_has_to_have_right_in_any_way() -> None:
    seen = {"check0": saw(6.0), "check1": saw(-6.0)}

    assert named(seen, misconception(SIGN, 6.0), right="check1") == SIGN
    assert named(seen, misconception(SIGN, 6.0)) is None


def test_what_was_not_asked_counts_for_nothing() -> None:
    assert named({"check1": saw(-6.0)}, misconception(SIGN, 6.0, -6.0)) == SIGN


def test_without_any_observation_nothing_is_named() -> None:
    assert named({}, misconception(SIGN, 6.0, -6.0)) is None


def test_without_misconceptions_nothing_is_named() -> None:
    assert named({"check0": saw(6.0)}) is None


def test_several_that_fit_are_named_together_in_the_words_of_the_first() -> None:
    found = named({"check0": saw(6.0)}, misconception(FACTOR, 6.0), misconception(SIGN, 6.0))

    assert found == FACTOR._replace(id="P2/S1")


def text(shown: str, printed: bool = False) -> Answer:
    return Answer(TEXT, PrintedText(shown, printed))


def order(*nodes: int, gradients: tuple[tuple[int, float], ...] = ()) -> Answer:
    return Answer(ORDER, Traversal(nodes, gradients))


def unseen(*gradients: tuple[int, float]) -> Answer:
    return Answer(ORDER, Traversal(None, gradients))


ALIKE = [
    (Answer(NUMBER, 1.0), Answer(NUMBER, 1.0 + 1e-9)),
    (Answer(NUMBER, float("nan")), Answer(NUMBER, float("nan"))),
    (Answer(NOTHING, None), Answer(NOTHING, None)),
    (text("Value(3.5)"), text("<3.5>")),
    (text("None", True), text("nothing", True)),
    (order(2, 1, 0), order(2, 1, 0)),
    (order(0, 1, 2, gradients=((0, 3.0),)), order(0, 1, 2)),
    (unseen((0, 3.0)), unseen((0, 3.0 + 1e-9), (1, 2.0))),
]
NOT_ALIKE = [
    (Answer(NUMBER, 1.0), Answer(NUMBER, 1.1)),
    (Answer(NUMBER, 0.0), Answer(NOTHING, None)),
    (text("Value(3.5)"), text("Value(3.5, 0.0)")),
    (text("Value(3.5)"), text("Value(3.5)", True)),
    (order(0, 1, 2), order(1, 0, 2)),
    (order(0, 1, 2, gradients=((0, 3.0),)), unseen((0, 3.0))),
    (unseen((0, 3.0)), unseen((0, 2.0))),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_two_answers_alike(one: Answer, other: Answer) -> None:
    first, second = Observation("answered", {2: one}), Observation("answered", {2: other})

    assert alike(PROGRAM, first, second)


@pytest.mark.parametrize(("one", "other"), NOT_ALIKE)
def test_two_answers_not_alike(one: Answer, other: Answer) -> None:
    first, second = Observation("answered", {2: one}), Observation("answered", {2: other})

    assert not alike(PROGRAM, first, second)
    assert not alike(PROGRAM, second, first)


RAISED = Observation("raised", {}, 1, Fault("TypeError", "no", Place("value.py", 3, "f")))


def test_an_exception_of_the_same_class_is_alike_whatever_it_says_and_where() -> None:
    other = Observation("raised", {}, 1, Fault("TypeError", "something else"))

    assert alike(PROGRAM, RAISED, other)


@pytest.mark.parametrize(
    "other",
    [
        Observation("raised", {}, 1, Fault("ValueError", "no")),
        Observation("timed out", {}, 1, Fault("TypeError", "no")),
        Observation("raised", {0: Answer(NUMBER, 1.0)}, 1, Fault("TypeError", "no")),
        Observation("answered", {}),
    ],
)
def test_another_class_or_ending_or_number_of_answers_is_not_alike(other: Observation) -> None:
    assert not alike(PROGRAM, RAISED, other)
    assert not alike(PROGRAM, other, RAISED)


@given(observations(3))
def test_every_engine_is_like_itself(observation: Observation) -> None:
    assert alike(PROGRAM, observation, observation)
