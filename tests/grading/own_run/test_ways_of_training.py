"""A right training is right in whatever manner it is written, its wrong twin is not; each time."""

import pytest

from grader.exercises import catalogue
from grader.exercises.exercise import Check
from grader.grading.mutants.run import trace_on_right_engine
from grader.grading.own_run.checks import OwnRunChecks, OwnRunOptions, judge_run
from grader.grading.own_run.run_result import RunResult
from tests.grading.own_run.manners import LINE, NETWORK, Manner
from tests.grading.own_run.runs import Script, ask

MANNERS = {"ex12": LINE, "ext2": NETWORK}
ALL = [(exercise, name) for exercise, manners in MANNERS.items() for name in manners]
BY_CHANCE = [
    (exercise, name)
    for exercise, name in ALL
    if "seed(" not in MANNERS[exercise][name].code and "random" in MANNERS[exercise][name].code
]
ENGINE = catalogue.solution(catalogue.load(catalogue.find("ext2"))).partition("# %%")[0]


def training_check(exercise: str) -> Check:
    return [c for c in catalogue.load(catalogue.find(exercise)).checks if c.own_run][-1]


def judged(exercise: str, code: str) -> RunResult:
    script = Script(f"{ENGINE}\n{code}", ENGINE)
    checks = OwnRunChecks(script, "Value", ask, script.answer, OwnRunOptions())
    return checks.judge(training_check(exercise))


def recorded(exercise: str, code: str) -> RunResult:
    trace = trace_on_right_engine(f"{ENGINE}\n{code}", "Value")
    assert trace is not None
    return judge_run(training_check(exercise), trace, ask)


def manner(exercise: str, name: str) -> Manner:
    return MANNERS[exercise][name]


@pytest.mark.parametrize(("exercise", "name"), ALL)
def test_a_right_training_is_right_in_every_manner(exercise: str, name: str) -> None:
    result = judged(exercise, manner(exercise, name).source)

    assert (result.message, result.mismatch) == ("", None)


@pytest.mark.parametrize(("exercise", "name"), ALL)
def test_its_wrong_twin_is_wrong(exercise: str, name: str) -> None:
    assert judged(exercise, manner(exercise, name).twin).mismatch is not None


@pytest.mark.parametrize(("exercise", "name"), ALL)
def test_a_record_alone_tells_right_from_wrong(exercise: str, name: str) -> None:
    both = manner(exercise, name)

    right, wrong = (recorded(exercise, code) for code in (both.source, both.twin))

    assert (right.message, right.mismatch) == ("", None)
    assert wrong.mismatch is not None


@pytest.mark.parametrize(("exercise", "name"), BY_CHANCE)
def test_an_unseeded_training_has_the_same_verdict_in_further_runs(
    exercise: str, name: str
) -> None:
    both = manner(exercise, name)

    rights = {judged(exercise, both.source).mismatch is None for _ in range(2)}

    assert rights == {True}
    assert judged(exercise, both.twin).mismatch is not None
