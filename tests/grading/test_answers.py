"""What a submission has answered decides what is still asked, and what has failed."""

from typing import Any

import pytest

from grader.engines.observation import NUMBER, Answer, Observation
from grader.engines.oracles.textbook import Textbook
from grader.exercises import catalogue
from grader.exercises.exercise import Check, check, holds
from grader.grading.answers import Answers
from grader.grading.own_run.run_result import RunResult
from grader.grading.prepared_exercise import prepare_exercise


@check(points=1, layouts=2)
def adds(Value: Any) -> Any:
    """Addition adds."""
    return {"sum": (Value(1.0) + Value(2.0)).data}


@check(points=1, after=adds)
def adds_twice(Value: Any) -> Any:
    """Addition adds twice."""
    return {"sum": (Value(1.0) + Value(2.0) + Value(3.0)).data}


@check(points=1)
def multiplies(Value: Any) -> Any:
    """Multiplication multiplies."""
    return {"product": (Value(2.0) * Value(3.0)).data}


@holds(points=1, after=multiplies)
def product_by_hand(Value: Any) -> Any:
    """A product in a variable."""
    a = Value(2.0) * Value(3.0)
    return {"a.data": a.data}


CHECKS = (adds, adds_twice, multiplies, product_by_hand)
EXERCISE = catalogue.load(catalogue.find("ex9"))._replace(checks=CHECKS, advisories=())
PREPARED = prepare_exercise(EXERCISE, [Textbook()])
RIGHT = {key: question.want for key, question in PREPARED.expected.items()}
NOTHING_ANSWERED = Observation("answered", {})


def wrong(key: str) -> Observation:
    """Return an answer of 7 to everything that a Program looks at."""
    return Observation("answered", dict.fromkeys(RIGHT[key].answers, Answer(NUMBER, 7.0)))


@pytest.fixture
def answers() -> Answers:
    return Answers(PREPARED)


def run_result(check: Check, *, on_right_engine: bool = False) -> RunResult:
    return RunResult(PREPARED.expected[check.id], RIGHT[check.id], on_right_engine=on_right_engine)


def test_a_right_answer_is_no_mismatch_and_a_wrong_one_is_where_it_differs(
    answers: Answers,
) -> None:
    answers.add("adds", RIGHT["adds"])
    answers.add("multiplies", wrong("multiplies"))

    assert answers.first_mismatch(adds) is None
    found = answers.first_mismatch(multiplies)
    assert found is not None
    assert (found[0], found[1].got) == ("multiplies", Answer(NUMBER, 7.0))


def test_a_check_is_as_wrong_as_any_of_its_layouts(answers: Answers) -> None:
    answers.add("adds", RIGHT["adds"])
    answers.add("adds@1", wrong("adds@1"))

    found = answers.first_mismatch(adds)
    assert found is not None
    assert found[0] == "adds@1"
    assert answers.has_failed(adds)


def test_what_comes_after_a_failed_check_is_not_asked(answers: Answers) -> None:
    answers.add("adds", wrong("adds"))

    assert not answers.is_wanted("adds_twice")
    assert answers.failed_before(adds_twice) == adds
    assert answers.is_wanted("multiplies")


def test_an_id_of_no_program_is_left_out(answers: Answers) -> None:
    answers.add("", NOTHING_ANSWERED)

    assert answers.observations == {}


def test_without_an_engine_only_checks_of_the_run_can_be_judged(answers: Answers) -> None:
    answers.no_engine = "no class named Value is defined"

    assert answers.obstacle(adds) == "no class named Value is defined"
    assert answers.obstacle(product_by_hand) == ""


def test_a_submission_that_did_not_run_is_in_the_way_of_everything(answers: Answers) -> None:
    answers.problem = "value.py was refused"

    assert {answers.obstacle(one) for one in CHECKS} == {"value.py was refused"}
    assert all(answers.has_failed(one) for one in CHECKS)


def test_the_programs_of_the_engine_are_those_of_no_run(answers: Answers) -> None:
    assert set(answers.engine_programs()) == {"adds", "adds@1", "adds_twice", "multiplies"}


def test_dropped_answers_are_not_there_and_fail_nothing(answers: Answers) -> None:
    answers.add("adds", wrong("adds"))

    answers.drop()

    assert not answers.has_failed(adds)
    assert answers.to_diagnose() == {}


def test_where_nothing_is_wrong_there_is_nothing_to_diagnose(answers: Answers) -> None:
    answers.add("adds", RIGHT["adds"])

    assert answers.to_diagnose() == {}


def test_a_fault_is_diagnosed_by_the_fixed_programs_where_one_shows_it(answers: Answers) -> None:
    for key in ("adds", "adds@1"):
        answers.add(key, wrong(key))
    answers.add("multiplies", RIGHT["multiplies"])

    assert set(answers.to_diagnose()) == {"adds", "multiplies"}


def test_a_fault_of_another_layout_alone_is_diagnosed_by_all_that_was_asked(
    answers: Answers,
) -> None:
    answers.add("adds", RIGHT["adds"])
    answers.add("adds@1", wrong("adds@1"))

    assert set(answers.to_diagnose()) == {"adds", "adds@1"}


def test_a_run_on_a_right_engine_says_nothing_of_the_engine_s_fault(answers: Answers) -> None:
    answers.add("multiplies", wrong("multiplies"))
    answers.add_run(product_by_hand, run_result(product_by_hand, on_right_engine=True))

    assert set(answers.to_diagnose()) == {"multiplies"}
