"""Measures over all pairs of an exercise's mutants which of the two are named, and at what cost.

A pair is two edits of the engine in different functions, both made in one solution. A training is
no part of it: there is one, and two faults in it are one run's.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from time import process_time
from typing import Literal, NamedTuple

from grader.engines.compare import Mismatch, compare
from grader.engines.observation import Observation
from grader.engines.oracles.expected import Expected, memoised
from grader.exercises import catalogue
from grader.exercises.exercise import Exercise, Mutant
from grader.exercises.exercise_programs import first_oracle, programs
from grader.feedback.diagnosis.diagnose import diagnose
from grader.feedback.diagnosis.recorded_misconceptions import RecordedMisconceptions
from grader.feedback.diagnosis.two_misconceptions import AskEngine, SubmissionAnswers
from grader.grading.mutants.two_mutants import TwoMutants
from grader.grading.preparation import FINGERPRINTS


class Couple(NamedTuple):
    """What is named of two mutants at once.

    Attributes:
        mutants: their ids.
        named: what is named, by check, "S1" or "W5/W20".
        engines: how many pairs were made into engines; 0 where one misconception explains all.
        ms: how long naming took, in milliseconds.
    """

    mutants: tuple[str, str]
    named: Mapping[str, tuple[str, ...]]
    engines: int
    ms: float

    @property
    def outcome(self) -> Literal["both", "one explains all", "wrong", "nothing"]:
        """What came of it; a single one that explains all that was asked leaves no other to see."""
        names = {name for found in self.named.values() for name in found}
        hits = [{*name.split("/")} & {*self.mutants} for name in names]
        if not names:
            return "nothing"
        if not all(hits):
            return "wrong"
        return "both" if len(names) == 2 and len(set().union(*hits)) == 2 else "one explains all"


def couples(exercise: Exercise) -> Iterator[Couple]:
    """Name every pair of mutants; as in a run, what comes after a failure is not asked."""
    ask, made = memoised([first_oracle(exercise)]), TwoMutants(exercise)
    checks = [check for check in exercise.checks if not check.own_run]
    recorded = programs(exercise)
    asked = {check.id: ask(recorded[check.id]) for check in checks}
    for one, other in _pairs(exercise):
        engine = made.together(one.id, other.id)
        if engine is not None:
            case = _case(exercise, asked, engine)
            if case.mismatches:
                yield _named(exercise, case, made, (one.id, other.id))


def _pairs(exercise: Exercise) -> Iterator[tuple[Mutant, Mutant]]:
    places = Places(catalogue.solution(exercise))
    for one, other in combinations(catalogue.mutants(exercise), 2):
        where = places.of(one), places.of(other)
        if all(where) and where[0] != where[1]:
            yield one, other


class Places:
    """The functions of a solution, by line."""

    def __init__(self, solution: str) -> None:
        self._solution = solution
        body = ast.parse(solution).body
        kinds = [node.body if isinstance(node, ast.ClassDef) else [node] for node in body]
        self._lines = {
            line: f"{node.name}:{node.lineno}"
            for nodes in kinds
            for node in nodes
            if isinstance(node, ast.FunctionDef)
            for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
        }

    def of(self, mutant: Mutant) -> str:
        """Return the function that an edit begins in, "" where it is in none."""
        start = self._solution.index(mutant.replace)
        start += len(mutant.replace) - len(mutant.replace.lstrip())
        return self.function_at(self._solution.count("\n", 0, start) + 1)

    def function_at(self, line: int) -> str:
        """Return the function that a line is in, "" where it is in none."""
        return self._lines.get(line, "")

    def are_together(self, line: int, lines: Collection[int]) -> bool:
        """Return whether a line is in a function that one of others is in, too."""
        own = self.function_at(line)
        return own != "" and own in {self.function_at(other) for other in lines}


def _case(
    exercise: Exercise, asked: Mapping[str, Expected], engine: AskEngine
) -> SubmissionAnswers:
    seen: dict[str, Observation] = {}
    wrong: dict[str, Mismatch] = {}
    failed: set[str] = set()
    for check in exercise.checks:
        if failed & {needed.id for needed in check.after}:
            failed.add(check.id)
        elif check.id in asked:
            question = asked[check.id]
            seen[check.id] = engine(question.program)
            mismatch = compare(question.program, question.want, seen[check.id])
            if mismatch is not None:
                wrong[check.id] = mismatch
                failed.add(check.id)
    return SubmissionAnswers({key: asked[key] for key in seen}, seen, wrong)


def _named(
    exercise: Exercise, case: SubmissionAnswers, made: TwoMutants, pair: tuple[str, str]
) -> Couple:
    engines = 0

    def together(one: str, other: str) -> AskEngine | None:
        nonlocal engines
        engines += 1
        return made.together(one, other)

    began = process_time()
    known = RecordedMisconceptions(exercise.folder / FINGERPRINTS).misconceptions(case.expected)
    told = diagnose(case, known, together)
    taken = (process_time() - began) * 1000
    named = {key: tuple(diagnosis.id for diagnosis in told(key)) for key in case.mismatches}
    return Couple(pair, named, engines, taken)
