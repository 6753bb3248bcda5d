"""Two misconceptions are named only if an engine with both answers as the submission does."""

from collections.abc import Mapping

from grader.engines.compare import Mismatch
from grader.engines.observation import NUMBER, Answer, Fault, Observation
from grader.engines.oracles.expected import Expected
from grader.engines.program import ObservedStep, Program, Ref, Step
from grader.feedback.diagnosis.one_misconception import Misconception
from grader.feedback.diagnosis.two_misconceptions import (
    MOST_PAIRS,
    AskEngine,
    SubmissionAnswers,
    two_misconceptions,
)
from grader.reports.report import Diagnosis

MAKE = Step("make", "Value", (2.0,))
PROGRAMS = {
    name: Program(
        (MAKE, Step("operate", "mul", (Ref(0), Ref(0))), MAKE), (ObservedStep("c", 1), last)
    )
    for name, last in {"minus": ObservedStep("d", 2), "power": ObservedStep("e", 2)}.items()
}
PROGRAMS["power"] = PROGRAMS["power"]._replace(steps=(*PROGRAMS["power"].steps, MAKE))
SIGN = Diagnosis("S1", "The sign is lost.", "Which sign has a product?")
SAME = Diagnosis("S3", "The sign is swapped.", "Which one?")
FACTOR = Diagnosis("P2", "A factor is missing.", "Which factor?")


def saw(first: float, second: float = 0.0) -> Observation:
    return Observation("answered", {1: Answer(NUMBER, first), 2: Answer(NUMBER, second)})


RIGHT = saw(4.0, 0.0)
RAISED = Observation("raised", {}, 1, Fault("TypeError", "no"))
ASKED = {name: Expected(program, {"reference": RIGHT}) for name, program in PROGRAMS.items()}


def submission(
    seen: Mapping[str, Observation], at: int = 1, of_run: frozenset[str] = frozenset()
) -> SubmissionAnswers:
    """What a submission did, first wrong at a step wherever that is not what it should be."""
    wrong = {
        key: Mismatch(at, None, observation.answers.get(at), observation)
        for key, observation in seen.items()
        if observation != RIGHT
    }
    return SubmissionAnswers({key: ASKED[key] for key in seen}, seen, wrong, of_run)


class Couples:
    """Engines with two misconceptions, and how often one was made."""

    def __init__(self, **engines: Mapping[str, Observation] | None) -> None:
        self.engines = engines
        self.made = 0

    def together(self, one: str, other: str) -> AskEngine | None:
        self.made += 1
        answers = self.engines.get(f"{one}_{other}")
        if answers is None:
            return None
        names = {PROGRAMS[key].steps: seen for key, seen in answers.items()}
        return lambda program: names[program.steps]


BOTH = {"minus": saw(-4.0), "power": saw(2.0)}
MINUS = Misconception(SIGN, {"minus": saw(-4.0)})
POWER = Misconception(FACTOR, {"power": saw(2.0)})


def test_each_check_is_told_the_misconception_that_it_is_wrong_by() -> None:
    found = two_misconceptions(submission(BOTH), [MINUS, POWER], Couples(S1_P2=BOTH).together)

    assert found == {"minus": (SIGN,), "power": (FACTOR,)}


def test_two_whose_engine_answers_otherwise_are_not_named() -> None:
    other = {"minus": saw(-4.0), "power": saw(3.0)}

    assert two_misconceptions(submission(BOTH), [MINUS, POWER], Couples(S1_P2=other).together) == {}


def test_two_that_hide_each_other_s_fault_are_not_named() -> None:
    hidden = {"minus": saw(-4.0), "power": RIGHT}

    assert (
        two_misconceptions(submission(BOTH), [MINUS, POWER], Couples(S1_P2=hidden).together) == {}
    )


def test_two_that_cannot_be_in_one_engine_are_not_named() -> None:
    assert two_misconceptions(submission(BOTH), [MINUS, POWER], Couples().together) == {}


def test_a_misconception_that_is_wrong_where_the_submission_is_right_is_never_asked() -> None:
    couples = Couples()
    seen = submission({"minus": saw(-4.0), "power": RIGHT})

    assert two_misconceptions(seen, [MINUS, POWER], couples.together) == {}
    assert couples.made == 0


def test_two_that_do_not_account_for_every_wrong_answer_are_never_asked() -> None:
    couples = Couples()
    also_minus = Misconception(SAME, {"minus": saw(-4.0)})

    assert two_misconceptions(submission(BOTH), [MINUS, also_minus], couples.together) == {}
    assert couples.made == 0


def test_of_two_in_one_check_that_of_its_first_wrong_answer_is_named_first() -> None:
    seen = {"minus": saw(-4.0, 7.0)}
    sign = Misconception(SIGN, {"minus": saw(-4.0, 0.0)})
    factor = Misconception(FACTOR, {"minus": saw(4.0, 7.0)})
    couples = Couples(P2_S1=seen)

    assert two_misconceptions(submission(seen), [factor, sign], couples.together) == {
        "minus": (SIGN, FACTOR)
    }
    assert two_misconceptions(submission(seen, at=2), [factor, sign], couples.together) == {
        "minus": (FACTOR, SIGN)
    }


def test_one_that_shows_only_together_with_the_other_is_named_where_it_goes_wrong() -> None:
    seen = {"minus": saw(-4.0, 7.0)}
    sign = Misconception(SIGN, {"minus": saw(-4.0, 0.0)})
    factor = Misconception(FACTOR, {"minus": saw(3.0, 9.0)})

    found = two_misconceptions(submission(seen), [factor, sign], Couples(P2_S1=seen).together)

    assert found == {"minus": (SIGN, FACTOR)}


def test_an_exception_is_wrong_by_what_raises_it() -> None:
    seen = {"minus": RAISED, "power": saw(2.0)}
    sign = Misconception(SIGN, {"minus": RAISED})
    factor = Misconception(FACTOR, {"minus": saw(-4.0), "power": saw(2.0)})

    found = two_misconceptions(submission(seen), [sign, factor], Couples(S1_P2=seen).together)

    assert found == {"minus": (SIGN,), "power": (FACTOR,)}


def test_several_that_fit_beside_one_are_named_together_in_the_words_of_the_first() -> None:
    also = Misconception(SAME, {"minus": saw(-4.0)})

    found = two_misconceptions(
        submission(BOTH), [MINUS, also, POWER], Couples(S1_P2=BOTH, S3_P2=BOTH).together
    )

    assert found == {"minus": (SIGN._replace(id="S1/S3"),), "power": (FACTOR,)}


def test_pairs_that_have_nothing_in_common_speak_for_none() -> None:
    also = Misconception(SAME, {"minus": saw(-4.0)})
    more = Misconception(Diagnosis("P5", "It is 2x.", "Always?"), {"power": saw(2.0)})
    couples = Couples(S1_P2=BOTH, S3_P5=BOTH)

    assert two_misconceptions(submission(BOTH), [MINUS, also, POWER, more], couples.together) == {}


def test_what_its_own_run_was_asked_one_of_the_two_has_to_answer_as_it_does() -> None:
    couples = Couples(S1_P2={"minus": saw(-4.0)})
    of_run = frozenset({"power"})
    other = Misconception(FACTOR, {"power": saw(3.0)})

    assert two_misconceptions(
        submission(BOTH, of_run=of_run), [MINUS, POWER], couples.together
    ) == {
        "minus": (SIGN,),
        "power": (FACTOR,),
    }
    assert (
        two_misconceptions(submission(BOTH, of_run=of_run), [MINUS, other], couples.together) == {}
    )


def test_however_many_are_possible_no_more_than_a_few_dozen_are_asked() -> None:
    many = [
        Misconception(SIGN._replace(id=f"{letter}{number}"), {key: saw(9.0)})
        for letter, key in (("S", "minus"), ("P", "power"))
        for number in range(2, 30)
    ]
    couples = Couples(S1_P1=BOTH)

    found = two_misconceptions(
        submission(BOTH),
        [*many, MINUS, Misconception(FACTOR._replace(id="P1"), POWER.observations)],
        couples.together,
    )

    assert couples.made == MOST_PAIRS
    assert found["minus"] == (SIGN,)
