"""Where each mutant of an exercise goes wrong, found out now; none is asked a Program twice."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from grader.engines.compare import compare
from grader.engines.observation import Observation
from grader.engines.oracles.expected import AskOracles, Expected, memoised
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises import catalogue
from grader.exercises.exercise import Exercise, Mutant
from grader.feedback.diagnosis.one_misconception import Misconception
from grader.feedback.diagnosis.recorded_misconceptions import (
    SmallestPrograms,
    WrongAnswers,
    misconception_of,
    program_key,
    program_keys,
)
from grader.feedback.shrinking.smallest import Askers, FailingProgram, smallest
from grader.grading.mutants.engine import MutantEngine, engine_of, mutated_source
from grader.grading.mutants.run import trace_of
from grader.grading.mutants.two_mutants import names_taken
from grader.grading.own_run.checks import OwnRunChecks
from grader.reports.report import Diagnosis
from grader.sandbox.child.plotting_stubs import installed
from grader.sandbox.engine_class import USUAL
from grader.sandbox.trace import Trace

LONGEST_SEARCHED = 200  # steps: of a training, each round of the search takes minutes


class MutantAnswers:
    """The mutants of an exercise, made into engines when they are first needed."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._members: list[_Mutant] = []

    def suspects(self, asked: Mapping[str, Expected]) -> Iterator[Misconception]:
        """Give where each mutant goes wrong.

        Args:
            asked: the id of a check, or of a random graph that it asks → what is asked.

        Raises:
            BrokenExercise: a mutant's edit cannot be made, or what it gives does not run.
        """
        names = program_keys(asked)
        yield from (
            misconception_of(diagnosis, wrong, names) for diagnosis, wrong in self.wrong(asked)
        )

    def wrong(self, asked: Mapping[str, Expected]) -> Iterator[tuple[Diagnosis, WrongAnswers]]:
        """Give what each mutant answers wrongly; arguments and errors are those of `suspects`."""
        for member in self._made_once():
            yield member.diagnosis, member.wrong(asked)

    def known(
        self, asked: Mapping[str, Expected]
    ) -> Iterator[tuple[Diagnosis, WrongAnswers, SmallestPrograms]]:
        """Give what is worth writing down of each mutant: what it answers wrongly, and examples.

        Arguments and errors are those of `suspects`.
        """
        shown = {check.id for check in self._exercise.checks if check.is_public}
        failed = {key: one for key, one in asked.items() if key in shown and not one.disagreement}
        for member in self._made_once():
            yield member.diagnosis, member.wrong(asked), member.smallest(failed)

    def _made_once(self) -> "list[_Mutant]":
        self._members = self._members or list(self._made())
        return self._members

    def _made(self) -> "Iterator[_Mutant]":
        exercise = self._exercise
        solution, file = catalogue.solution(exercise), str(exercise.folder / "mutants.py")
        names = {name: name for name in names_taken(exercise, solution)}
        ask, called = memoised([Textbook()]), next((one for one in USUAL if one in names), None)
        for mutant in catalogue.mutants(exercise):
            source = mutated_source(solution, mutant, file)
            own = _MutantRun(source, engine_of(source, names, file), called)
            yield _Mutant(exercise, mutant, own, ask)


class _MutantRun(NamedTuple):
    """A mutant's source, its engine and what that is called; it runs in this process."""

    source: str
    engine: MutantEngine
    called: str | None

    def trace(self) -> Trace:
        """Return what the run leaves behind."""
        return trace_of(self.source)

    def trace_on(self, name: str, engine: str) -> Trace:
        """Return what it leaves behind on another engine."""
        return trace_of(self.source, {name: engine})


class _Mutant:
    """A mutant, and what it has answered so far."""

    def __init__(
        self, exercise: Exercise, mutant: Mutant, own: _MutantRun, ask: AskOracles
    ) -> None:
        self.diagnosis = Diagnosis(mutant.id, mutant.says, mutant.asks)
        self._own = own
        self._ask = ask
        self._taught = exercise.taught
        self._of_run = {check.id: check for check in exercise.checks if check.own_run}
        self._answers: dict[str, Observation | None] = {}
        self._runs: dict[str, tuple[str, Observation | None]] = {}
        self._hearing = (
            OwnRunChecks(own, own.called, ask, self._answer, set()) if self._of_run else None
        )

    def wrong(self, asked: Mapping[str, Expected]) -> WrongAnswers:
        """Return what the mutant answers wrongly; of its own run that may be another Program."""
        answers = dict(self._answered(key, question) for key, question in asked.items())
        return {name: seen for name, seen in answers.items() if seen is not None}

    def smallest(self, asked: Mapping[str, Expected]) -> SmallestPrograms:
        """Return the smallest Program that fails as each check does, which a search has found."""
        found = {key: self._least(key, question) for key, question in asked.items()}
        return {key: least for key, least in found.items() if least}

    def _least(self, key: str, question: Expected) -> Program | None:
        program = question.program
        if key in self._of_run or len(program.steps) > LONGEST_SEARCHED:
            return None
        mismatch = compare(program, question.want, self._answer(key, program))
        if mismatch is None:
            return None
        sides = Askers(lambda programs: [self._answer(key, one) for one in programs], self._ask)
        least = smallest(FailingProgram(program, mismatch, question.by_oracle), sides, self._taught)
        known = not least.unsteady and not least.out_of_budget
        return least.failing.program if known else None

    def _answered(self, key: str, question: Expected) -> tuple[str, Observation | None]:
        if key in self._of_run:
            return self._look(key)
        name = program_key(key, question.program)
        if name not in self._answers:
            got = self._answer(key, question.program)
            wrong = compare(question.program, question.want, got)
            self._answers[name] = got if wrong else None
        return name, self._answers[name]

    def _look(self, key: str) -> tuple[str, Observation | None]:
        """Return what its own run was asked, and what it answers, None where that is right."""
        if key not in self._runs:
            assert self._hearing is not None
            found = self._hearing.find(self._of_run[key])
            seen = None if found.mismatch is None or found.excused else found.observation
            self._runs[key] = program_key(key, found.question.program), seen
        return self._runs[key]

    def _answer(self, _: str, program: Program) -> Observation:
        with installed():  # a solution may draw
            return self._own.engine.answer(program)
