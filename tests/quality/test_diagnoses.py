"""Every mutant of the catalogue is caught and named first; of two at once, both."""

from collections import Counter
from functools import cache

import pytest

from grader.exercises import catalogue
from grader.exercises.catalogue import ExerciseEntry
from tests.quality.couples import Couple, couples
from tests.quality.diagnoses import EVERY_EXERCISE, verdicts

every_exercise = pytest.mark.parametrize("entry", EVERY_EXERCISE)


@every_exercise
def test_every_mutant_is_caught_and_nothing_else_is_named(entry: ExerciseEntry) -> None:
    exercise = catalogue.load(entry)

    held = verdicts(entry.path)

    assert [one.mutant for one in held] == [one.id for one in catalogue.mutants(exercise)]
    assert [one.mutant for one in held if one.report.passed] == []
    assert [one.mutant for one in held if one.report.score == one.report.max_score] == []
    assert [(one.mutant, one.named) for one in held if not one.is_right] == []


PAIRS = {
    "my475/ex5": {"both": 8, "one explains all": 11, "wrong": 2},
    "my475/ex9": {"both": 67, "one explains all": 25},
    "dl4ds/v4": {"both": 13, "one explains all": 4},
    "scalar/rules": {"both": 43},
}

every_pair = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xdist_group(f"pairs {name}")) for name in PAIRS]
)


@cache
def measured(name: str) -> tuple[Couple, ...]:
    return tuple(couples(catalogue.load(catalogue.find(name))))


@every_pair
def test_of_two_faults_in_different_operations_both_are_named(name: str) -> None:
    """Where one hides the other, or a third answers just as the two do, that one is named."""
    held = measured(name)

    assert Counter(one.outcome for one in held) == PAIRS[name]
    assert [one.mutants for one in held if one.outcome == "wrong" and one.engines] == []


@every_pair
def test_few_pairs_are_made_into_engines(name: str) -> None:
    held = measured(name)

    assert [one.mutants for one in held if one.outcome != "both" and one.engines] == []
    assert max(one.engines for one in held) <= 40
