"""The result of a check: its points, and nothing of what a hidden one asks."""

from typing import Any

import pytest

from grader.engines.compare import Mismatch
from grader.engines.observation import Observation
from grader.engines.oracles.expected import Expected
from grader.engines.program import Program
from grader.exercises.exercise import Check, check
from grader.grading.check_result import check_result, hidden_result, run_check_result
from grader.grading.own_run.run_result import RunResult
from grader.reports.report import Counterexample, Diagnosis, LossCurve, Outcome


@check(points=2)
def adds(Value: Any) -> Any:
    """Addition adds."""
    return Value(1.0) + Value(2.0)


HIDDEN: Check = adds._replace(visibility="hidden")
ONE, OTHER = Diagnosis("A1", "Says.", "Hint?"), Diagnosis("B1", "Says too.", "Another?")
ANSWER = Observation("answered")
CURVE = LossCurve((), 3, 3, None, 0.1, None, "")
RIGHT_RUN = RunResult(Expected(Program((), ()), {"reference": ANSWER}), ANSWER, curve=CURVE)
WRONG_RUN = RIGHT_RUN._replace(
    mismatch=Mismatch(0, None, None, ANSWER),
    message="w is 3.0, expected 2.0",
    example=Counterexample("print(w)", {"reference": 2.0}, 3.0),
    score=0.5,
)


@pytest.mark.parametrize(
    ("outcome", "score"),
    [(Outcome.PASSED, 2.0), (Outcome.BROKEN, 2.0), (Outcome.SKIPPED, 0.0), (Outcome.FAILED, 0.0)],
)
def test_what_passed_or_is_the_grader_s_fault_has_all_its_points(
    outcome: Outcome, score: float
) -> None:
    message = "" if outcome is Outcome.PASSED else "a message"

    result = check_result(adds, outcome, message)

    assert (result.score, result.max_score) == (score, 2.0)


def test_the_first_diagnosis_stands_before_the_further_ones() -> None:
    result = check_result(adds, Outcome.FAILED, "wrong", diagnoses=[ONE, OTHER])

    assert (result.diagnosis, result.further) == (ONE, (OTHER,))


def test_a_hidden_check_shows_its_title_and_its_diagnosis_alone() -> None:
    result = hidden_result(HIDDEN, [ONE], score=0.5)

    title = HIDDEN.title
    assert result.message == (
        f"“{title}” is a hidden check: it fails, and what it asks is not shown"
    )
    assert (result.counterexample, result.diagnosis, result.score) == (None, ONE, 0.5)


def test_a_run_s_failure_keeps_its_message_example_curve_and_points() -> None:
    result = run_check_result(adds, WRONG_RUN, [ONE])

    assert (result.outcome, result.score) == (Outcome.FAILED, 0.5)
    assert (result.message, result.counterexample) == (WRONG_RUN.message, WRONG_RUN.example)
    assert (result.training, result.diagnosis) == (CURVE, ONE)


def test_a_hidden_check_of_a_run_has_no_curve_whether_it_holds_or_not() -> None:
    assert run_check_result(adds, RIGHT_RUN).training == CURVE
    assert run_check_result(HIDDEN, RIGHT_RUN).training is None
    assert run_check_result(HIDDEN, WRONG_RUN).training is None
    assert run_check_result(HIDDEN, WRONG_RUN).counterexample is None


def test_oracles_that_disagree_are_the_grader_s_fault() -> None:
    disagreement = WRONG_RUN.expected._replace(disagreement="reference and torch disagree")

    result = run_check_result(adds, WRONG_RUN._replace(expected=disagreement))

    assert result.outcome is Outcome.BROKEN
    assert result.message == "not your fault: reference and torch disagree"
