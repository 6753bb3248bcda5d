"""Engines with two misconceptions: the solution with the edits of two mutants."""

from functools import cached_property
from types import CodeType

from grader.engines.observation import Observation
from grader.engines.program import Program
from grader.errors import BrokenExercise
from grader.exercises import catalogue
from grader.exercises.check_recorder import record
from grader.exercises.exercise import Exercise, Mutant
from grader.exercises.exercise_programs import program_of
from grader.feedback.diagnosis.two_misconceptions import AskEngine
from grader.grading.mutants.engine import definitions, engine_of, twice_mutated_source
from grader.sandbox.child.stand_ins.plotting_stubs import installed

FILE = "mutants.py"
MOST_KEPT = 500  # pairs, of some ten kilobytes each


class TwoMutants:
    """The mutants of an exercise, two at a time."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._codes: dict[frozenset[str], CodeType | None] = {}  # None where the edits meet

    def together(self, one: str, other: str) -> AskEngine | None:
        """Return an engine with two mutants, None where their edits meet or nothing is left.

        What the solution runs besides is left out: a training costs more than all the checks.

        Args:
            one: the id of a mutant.
            other: the id of another one.
        """
        code = self._code(one, other)
        if code is None:
            return None
        names = {name: name for name in self._names}
        try:
            engine = engine_of(code, names, FILE)
        except BrokenExercise:  # each of the two holds by itself
            return None

        def answer(program: Program) -> Observation:
            with installed():  # a solution may draw
                return engine.answer(program)

        return answer

    def _code(self, one: str, other: str) -> CodeType | None:
        """Return the code of two mutants, which is kept: each submission may be asked the same."""
        pair = frozenset((one, other))
        if pair not in self._codes:
            if len(self._codes) >= MOST_KEPT:
                self._codes.clear()
            self._codes[pair] = self._compiled(one, other)
        return self._codes[pair]

    def _compiled(self, one: str, other: str) -> CodeType | None:
        first, second = self._mutants.get(one), self._mutants.get(other)
        source = twice_mutated_source(self._solution, first, second) if first and second else None
        if source is None:
            return None
        text = definitions(source)
        try:
            return compile(text, FILE, "exec", dont_inherit=True)
        except SyntaxError:  # each of the two holds by itself
            return None

    @cached_property
    def _solution(self) -> str:
        return catalogue.solution(self._exercise)

    @cached_property
    def _mutants(self) -> dict[str, Mutant]:
        return {mutant.id: mutant for mutant in catalogue.mutants(self._exercise)}

    @cached_property
    def _names(self) -> set[str]:
        return names_taken(self._exercise, self._solution)


def names_taken(exercise: Exercise, solution: str) -> set[str]:
    """Return the names that the checks take: of the engine, and whatever else they ask.

    What only checks of a run take may be missing: slopes on a screen need no engine.

    Args:
        exercise: from the catalogue.
        solution: its solution.
    """
    checks = exercise.checks
    programs = [program_of(check) for check in checks if not check.own_run]
    programs += [record(advisory.function) for advisory in exercise.advisories]
    needed = {name for program in programs for name in program.takes()}
    of_run = [program_of(check).takes() for check in checks if check.own_run]
    return needed.union(name for names in of_run for name in names if f"class {name}" in solution)
