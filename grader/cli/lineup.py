"""What each mutant of an exercise does with its Programs; none is asked the same one twice."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from grader import catalogue
from grader.diagnose import Suspect
from grader.exercise import Exercise, Mutant
from grader.observation import Observation
from grader.oracles.engine import Engine
from grader.program import Program
from grader.results import Diagnosis

if TYPE_CHECKING:
    from grader.trace import Trace


class _Member(NamedTuple):
    mutant: Mutant
    engine: Engine
    trace: "Trace | None"
    known: dict[str, Observation]


class Lineup:
    """The mutants of an exercise, made into engines when they are first needed."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._members: list[_Member] = []
        self._of_run = {check.id for check in exercise.checks if check.evidence}

    def answers(self, programs: Mapping[str, Program]) -> Iterator[Suspect]:
        """Give what each mutant answers to `programs`, which have the same keys each time.

        Raises:
            BrokenExercise: a mutant's edit cannot be made, or what it gives does not run.
        """
        self._members = self._members or list(self._made())
        asked = programs.keys() - self._of_run
        for mutant, engine, trace, known in self._members:
            for key in asked - known.keys():
                known[key] = engine.answer(programs[key])
            answers = {key: known[key] for key in asked}
            yield Suspect(Diagnosis(mutant.id, mutant.says, mutant.asks), answers, trace)

    def _made(self) -> "Iterator[_Member]":
        from grader.oracles.mutated import engine_of, mutated  # only a fault needs them
        from grader.subject.rehearsal import trace_of

        solution = catalogue.solution(self._exercise)
        file = str(self._exercise.folder / "mutants.py")
        names = {name: name for name in self._taken()}
        for mutant in catalogue.mutants(self._exercise):
            source = mutated(solution, mutant, file)
            trace = trace_of(source) if self._of_run else None
            yield _Member(mutant, engine_of(source, names, file), trace, {})

    def _taken(self) -> set[str]:
        """Return the names that the checks take: of the engine, and whatever else they ask."""
        exercise = self._exercise
        functions = [check.function for check in exercise.checks if not check.evidence]
        functions += [advisory.function for advisory in exercise.advisories]
        codes = [function.__code__ for function in functions]
        return {name for code in codes for name in code.co_varnames[: code.co_argcount]}
