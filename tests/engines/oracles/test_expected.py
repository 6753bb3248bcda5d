"""Oracles that are asked one Program agree, or say in words that they do not."""

import pytest

from grader.engines.observation import NUMBER, Answer, Fault, Observation
from grader.engines.oracles.expected import expect, memoised
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import ObservedStep, Program, Ref, Step

SUM = Program(
    (
        Step("make", "Value", (2.0,)),
        Step("make", "Value", (3,)),
        Step("operate", "add", (Ref(0), Ref(1))),
        Step("read", "data", (Ref(2),)),
    ),
    (ObservedStep("sum", 3),),
)


class FixedOracle:
    """An oracle with one answer, which counts how often it is asked."""

    def __init__(self, label: str, observation: Observation | None) -> None:
        self.label = label
        self.observation = observation
        self.programs: list[Program] = []

    def answer(self, program: Program) -> Observation | None:
        self.programs.append(program)
        return self.observation


def saw(number: float) -> Observation:
    return Observation("answered", {3: Answer(NUMBER, number)})


def test_oracles_that_agree_to_nine_digits_are_both_kept() -> None:
    close = FixedOracle("torch", saw(5.0 + 1e-10))

    expected = expect(SUM, [Textbook(), close])

    assert list(expected.by_oracle) == ["reference", "torch"]
    assert expected.disagreement == ""
    assert expected.want == saw(5.0)


def test_a_difference_that_a_student_is_forgiven_is_a_disagreement_of_oracles() -> None:
    expected = expect(SUM, [Textbook(), FixedOracle("torch", saw(5.0 + 1e-7))])

    assert expected.disagreement == "reference and torch disagree"


def test_an_oracle_that_cannot_tell_is_left_out() -> None:
    expected = expect(SUM, [FixedOracle("recorded", None), Textbook()])

    assert list(expected.by_oracle) == ["reference"]


def test_a_first_oracle_that_raises_is_nothing_to_compare_with() -> None:
    raises = FixedOracle("reference", Observation("raised", {}, 2, Fault("TypeError", "no")))

    assert expect(SUM, [raises]).disagreement == "reference does not answer: raised"


def test_a_program_is_asked_once_whatever_its_names_are() -> None:
    oracle = FixedOracle("reference", saw(5.0))
    ask = memoised([oracle])

    ask(SUM)
    named = ask(SUM._replace(names={2: "c"}))

    assert len(oracle.programs) == 1
    assert named.program.names == {2: "c"}


def test_a_program_that_looks_elsewhere_is_asked_anew() -> None:
    ask = memoised([Textbook()])
    ask(SUM)

    operands = ask(SUM._replace(observed=(ObservedStep("left", 0),)))

    assert list(operands.want.answers) == [0]


def test_the_oldest_programs_are_forgotten_where_all_have_too_many_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("grader.engines.oracles.expected.MOST_STEPS", 2 * len(SUM.steps))
    oracle = FixedOracle("reference", saw(5.0))
    ask, others = memoised([oracle]), [SUM.with_leaves({0: number}) for number in (3.0, 4.0)]

    for program in (SUM, others[0], SUM, others[1]):  # the second is the one asked longest ago
        ask(program)
    assert len(oracle.programs) == 3

    ask(SUM)
    assert len(oracle.programs) == 3
    ask(others[0])
    assert len(oracle.programs) == 4
