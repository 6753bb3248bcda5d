"""A fault is found in the source alone: a seeded part of what `tests.quality.repairs` measures."""

from random import Random

import pytest

from grader.exercises import catalogue
from tests.quality.answers import ANSWERS, EXERCISE, WrongAnswer, told_by
from tests.quality.pairs import Pair, PairJudge, drawn
from tests.quality.repairs import causes_told, mended, prepared_for

PART = {"my475/ex2": 4, "my475/ex7": 3, "my475/ex9": 4, "sri/reflected": 3, "scalar/rules": 2}
PART |= {"optim/momentum": 2, "optim/adam": 2, "karpathy/softmax": 2, "karpathy/network": 2}
HIDDEN = (Pair("optim/momentum", "M1", "M6"), Pair("optim/momentum", "M4", "M6"))
ARRAYS = {"tensor/matmul": ("T10", "T44", "T50"), "tensor/activations": ("R14", "E10")}
SAMPLE = Random(20).sample(ANSWERS, 7)
STEPS = 40_000


@pytest.mark.parametrize("name", ARRAYS)
def test_a_mutant_of_arrays_is_mended_where_it_was_made(name: str) -> None:
    exercise = catalogue.load(catalogue.find(name))
    mutants = [one for one in catalogue.mutants(exercise) if one.id in ARRAYS[name]]

    outcomes = [one.outcome for one in mended(exercise, mutants)]

    assert outcomes == ["right line"] * len(ARRAYS[name])


@pytest.mark.parametrize("name", PART)
def test_a_mutant_is_mended_where_it_was_made(name: str) -> None:
    exercise = catalogue.load(catalogue.find(name))
    mutants = Random(name).sample(list(catalogue.mutants(exercise)), PART[name])

    outcomes = {one.name: one.outcome for one in mended(exercise, mutants)}

    assert set(outcomes.values()) <= {"right line", "right method"}
    assert len(outcomes) == PART[name]


def test_of_two_faults_in_different_methods_both_are_found() -> None:
    (pair,) = drawn(1, names=["my475/ex9"])

    judged = PairJudge(catalogue.load(catalogue.find("my475/ex9"))).judged(pair)

    assert judged.outcome == "both"


def test_a_task_that_asks_a_function_alone_needs_no_engine_to_be_mended() -> None:
    exercise = catalogue.load(catalogue.find("karpathy/moons"))
    turned = [one for one in catalogue.mutants(exercise) if one.id in ("B5", "B8")]

    assert [one.outcome for one in mended(exercise, turned)] == ["right line"] * 2


@pytest.mark.parametrize("pair", HIDDEN, ids=[one.name for one in HIDDEN])
def test_of_two_faults_that_hide_each_other_both_are_found(pair: Pair) -> None:
    judged = PairJudge(catalogue.load(catalogue.find(pair.exercise))).judged(pair)

    assert judged.outcome == "both"


@pytest.mark.parametrize("answer", SAMPLE, ids=[one.name for one in SAMPLE])
def test_a_wrong_answer_is_told_its_cause(answer: WrongAnswer) -> None:
    prepared = prepared_for(catalogue.load(catalogue.find(EXERCISE)))

    causes = causes_told(told_by(answer, prepared, STEPS))

    assert causes
    places = {cause.where.function for cause in causes if cause.where}
    assert places <= {answer.function}


def test_answers_are_as_many_as_are_reported_on() -> None:
    assert len(ANSWERS) == 35
    assert len({one.source for one in ANSWERS}) == 35
