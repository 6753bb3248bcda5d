"""Measures what is caught of an exercise's mutants, what is named, and how long that takes."""

from collections.abc import Mapping
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from time import process_time
from typing import NamedTuple

import pytest

from grader.engines.compare import Mismatch, compare
from grader.engines.observation import Observation
from grader.engines.oracles.expected import Expected, Oracle, memoised
from grader.engines.oracles.recorded_answers import RecordedOracle
from grader.exercises import catalogue
from grader.exercises.exercise import Exercise, Mutant
from grader.exercises.exercise_programs import DEFAULT_SEED, first_oracle, programs
from grader.feedback.diagnosis.diagnose import diagnose
from grader.feedback.diagnosis.recorded_misconceptions import (
    RecordedMisconceptions,
    WrongAnswers,
    program_key,
)
from grader.feedback.diagnosis.two_misconceptions import SubmissionAnswers
from grader.grading.mutants.answers import MutantAnswers
from grader.grading.mutants.engine import mutated_source
from grader.grading.preparation import FINGERPRINTS, FindMisconceptions, misconceptions_of
from grader.grading.prepared_exercise import PreparedExercise, prepare_exercise
from grader.grading.stages import GradingOptions, grade
from grader.reports.report import Report
from grader.submissions.submission import Submission
from tests.exercises.shipped.inprocess import InProcess

EVERY_EXERCISE = [
    pytest.param(entry, id=entry.path, marks=pytest.mark.xdist_group(entry.path))
    for entry in catalogue.entries()  # on one worker each: its mutants are graded once
]
AT_LEISURE = 60.0  # seconds for smaller examples, so that a busy machine shows the same ones


class Verdict(NamedTuple):
    """What grading one mutant says.

    Attributes:
        exercise: its path.
        mutant: its id.
        report: as a student gets it.
    """

    exercise: str
    mutant: str
    report: Report

    @property
    def named(self) -> list[str]:
        """The misconceptions named, in the order of the checks; "W5/W20" where two answer alike."""
        found = (check.diagnosis for check in self.report.checks if check.diagnosis)
        return list(dict.fromkeys(diagnosis.id for diagnosis in found))

    @property
    def is_right(self) -> bool:
        """Whether the mutant, or its tie, is all that is named."""
        return [self.mutant in name.split("/") for name in self.named] == [True]


@cache
def verdicts(path: str) -> tuple[Verdict, ...]:
    """Grade every mutant of an exercise, with the fingerprints that are written down beside it."""
    exercise = catalogue.load(catalogue.find(path))
    return tuple(
        Verdict(path, mutant.id, _graded(exercise, source, DEFAULT_SEED, AT_LEISURE))
        for mutant, source in _mutated(exercise)
    )


def graded_by_seed(path: str, source: str, seed: int) -> Report:
    """Grade a source text in this process; the mutants' reports are those that there are."""
    exercise = catalogue.load(catalogue.find(path))
    sources = [mutated for _, mutated in _mutated(exercise)]
    if seed == DEFAULT_SEED and source in sources:
        return verdicts(path)[sources.index(source)].report
    return _graded(exercise, source, seed, 0)


def _mutated(exercise: Exercise) -> list[tuple[Mutant, str]]:
    solution = catalogue.solution(exercise)
    return [
        (one, mutated_source(solution, one, "mutants.py")) for one in catalogue.mutants(exercise)
    ]


def _graded(exercise: Exercise, source: str, seed: int, examples_s: float) -> Report:
    submission = Submission("value.py", str(exercise.folder), "script", "", source)
    options = GradingOptions(misconceptions=_known(exercise.path), examples_s=examples_s)
    with redirect_stdout(StringIO()):  # some print where they should return
        return grade(_prepared(exercise.path, seed), submission, InProcess(source), options)


@cache
def _known(path: str) -> FindMisconceptions:
    """What names a fault, once for all mutants, as for all submissions of a course."""
    return misconceptions_of(catalogue.load(catalogue.find(path)))


@cache
def _prepared(path: str, seed: int) -> PreparedExercise:
    exercise = catalogue.load(catalogue.find(path))
    return prepare_exercise(exercise, _oracles(exercise), seed)


def naming_ms(exercise: Exercise) -> list[float]:
    """Return the milliseconds that it takes to read the fingerprints and name each mutant."""
    ask = memoised([first_oracle(exercise)])
    asked = {
        key: ask(program) for key, program in programs(exercise).items() if key in _ids(exercise)
    }
    taken = []
    for _, wrong in MutantAnswers(exercise).wrong(asked):
        case = case_of(asked, wrong)
        if case.mismatches:
            began = process_time()
            known = RecordedMisconceptions(exercise.folder / FINGERPRINTS).misconceptions(asked)
            diagnose(case, known, lambda _one, _other: None)
            taken.append((process_time() - began) * 1000)
    return taken


def case_of(asked: Mapping[str, Expected], wrong: WrongAnswers) -> SubmissionAnswers:
    """Return what a mutant does as a Case, where it is known what it answers wrongly."""
    seen: dict[str, Observation] = {}
    mismatches: dict[str, Mismatch] = {}
    for key, question in asked.items():
        seen[key] = wrong.get(program_key(key, question.program), question.want)
        mismatch = compare(question.program, question.want, seen[key])
        if mismatch is not None:
            mismatches[key] = mismatch
    return SubmissionAnswers(asked, seen, mismatches)


def _ids(exercise: Exercise) -> set[str]:
    return {check.id for check in exercise.checks if not check.own_run}


def _oracles(exercise: Exercise) -> list[Oracle]:
    return [first_oracle(exercise), RecordedOracle(exercise.folder / "torch.json")]
