"""Asks the mutants of an exercise where each goes wrong; none is asked a Program twice."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from grader.engines.compare import compare
from grader.engines.observation import Observation
from grader.engines.oracles.expected import AskOracles, Expected, memoised
from grader.engines.program import Program
from grader.exercises import catalogue
from grader.exercises.exercise import Exercise, Mutant
from grader.exercises.exercise_programs import first_oracle, program_of
from grader.feedback.diagnosis.one_misconception import Misconception
from grader.feedback.diagnosis.recorded_misconceptions import (
    SmallestPrograms,
    WrongAnswers,
    misconception_of,
    program_key,
    program_keys,
)
from grader.feedback.shrinking.candidates import Candidates
from grader.feedback.shrinking.smallest import Askers, FailingProgram, smallest
from grader.grading.mutants.engine import MutantEngine, engine_of, mutated_source
from grader.grading.mutants.run import trace_of, trace_on_right_engine
from grader.grading.mutants.two_mutants import names_taken
from grader.grading.own_run.checks import OwnRunChecks, OwnRunOptions
from grader.reports.report import Diagnosis
from grader.sandbox.child.stand_ins.plotting_stubs import installed
from grader.sandbox.engine_class import USUAL
from grader.sandbox.recording.elsewhere import Elsewhere
from grader.sandbox.trace import Trace

LONGEST_SEARCHED = 200  # steps: of a training, each round of the search takes minutes


class MutantAnswers:
    """The mutants of an exercise, made into engines when they are first needed."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._mutants: list[_Mutant] = []

    def misconceptions(self, expected: Mapping[str, Expected]) -> Iterator[Misconception]:
        """Give each mutant as a misconception, with its wrong answers.

        Args:
            expected: the id of a check, or of a random graph that it asks → what is asked.

        Raises:
            BrokenExercise: a mutant's edit cannot be made, or what it gives does not run.
        """
        names = program_keys(expected)
        yield from (
            misconception_of(diagnosis, wrong, names) for diagnosis, wrong in self.wrong(expected)
        )

    def wrong(self, expected: Mapping[str, Expected]) -> Iterator[tuple[Diagnosis, WrongAnswers]]:
        """Give each mutant's wrong answers; arguments and errors are as for `misconceptions`."""
        for mutant in self._mutants_made():
            yield mutant.diagnosis, mutant.wrong(expected)

    def records(
        self, expected: Mapping[str, Expected]
    ) -> Iterator[tuple[Diagnosis, WrongAnswers, SmallestPrograms]]:
        """Give what to record of each mutant: its wrong answers, and the smallest examples.

        Arguments and errors are as for `misconceptions`.
        """
        public = {check.id for check in self._exercise.checks if check.is_public}
        searched = {
            key: one for key, one in expected.items() if key in public and not one.disagreement
        }
        known = Candidates()  # most mutants are asked the same ones
        for mutant in self._mutants_made():
            yield mutant.diagnosis, mutant.wrong(expected), mutant.smallest(searched, known)

    def _mutants_made(self) -> "list[_Mutant]":
        self._mutants = self._mutants or list(self._make_mutants())
        return self._mutants

    def _make_mutants(self) -> "Iterator[_Mutant]":
        exercise = self._exercise
        solution, file = catalogue.solution(exercise), str(exercise.folder / "mutants.py")
        names = {name: name for name in names_taken(exercise, solution)}
        ask = memoised([first_oracle(exercise)])
        class_name = next((one for one in USUAL if one in names), None)
        for mutant in catalogue.mutants(exercise):
            source = mutated_source(solution, mutant, file)
            run = _MutantRun(source, engine_of(source, names, file), class_name)
            yield _Mutant(exercise, mutant, run, ask)


class _MutantRun(NamedTuple):
    """A mutant's source, its engine and the name of its class; it runs in this process."""

    source: str
    engine: MutantEngine
    class_name: str | None

    def trace(self) -> Trace:
        """Return the trace of its run."""
        return trace_of(self.source)

    def trace_on_right_engine(
        self, name: str, *, zeroes: bool = False, elsewhere: Elsewhere | None = None
    ) -> Trace | None:
        """Return the trace of its run on an engine of the grader's."""
        return trace_on_right_engine(self.source, name, zeroes=zeroes, elsewhere=elsewhere)


class _Mutant:
    """A mutant, with its answers so far."""

    def __init__(
        self, exercise: Exercise, mutant: Mutant, run: _MutantRun, ask: AskOracles
    ) -> None:
        self.diagnosis = Diagnosis(mutant.id, mutant.says, mutant.asks)
        self._run = run
        self._ask = ask
        self._taught = exercise.taught
        self._of_run = {check.id: check for check in exercise.checks if check.own_run}
        self._answers: dict[str, Observation | None] = {}
        self._runs: dict[str, tuple[str, Observation | None]] = {}
        self._own_run = (
            OwnRunChecks(run, run.class_name, ask, self._answer, self._options(exercise))
            if self._of_run
            else None
        )

    def _options(self, exercise: Exercise) -> OwnRunOptions:
        def is_engine_right() -> bool | None:
            asked = [check for check in exercise.checks if not check.own_run]
            expected = {check.id: self._ask(program_of(check)) for check in asked}
            wrong = (
                compare(one.program, one.want, self._answer(key, one.program))
                for key, one in expected.items()
            )
            return not any(wrong) if asked else None

        return OwnRunOptions(
            is_engine_right=is_engine_right, taken=self._run.class_name or USUAL[0]
        )

    def wrong(self, expected: Mapping[str, Expected]) -> WrongAnswers:
        """Return the mutant's wrong answers; of its own run that may be to another Program."""
        answers = dict(self._wrong_answer(key, one) for key, one in expected.items())
        return {name: answer for name, answer in answers.items() if answer is not None}

    def smallest(self, expected: Mapping[str, Expected], known: Candidates) -> SmallestPrograms:
        """Return the smallest Program that fails as each check does, which a search has found.

        Args:
            expected: the id of a check → what is asked.
            known: the candidates known by now, from other mutants too.
        """
        programs = {key: self._smallest(key, one, known) for key, one in expected.items()}
        return {key: program for key, program in programs.items() if program}

    def _smallest(self, key: str, expected: Expected, known: Candidates) -> Program | None:
        program = expected.program
        if key in self._of_run or len(program.steps) > LONGEST_SEARCHED:
            return None
        mismatch = compare(program, expected.want, self._answer(key, program))
        if mismatch is None:
            return None
        askers = Askers(
            lambda programs: [self._answer(key, program) for program in programs], self._ask, known
        )
        least = smallest(
            FailingProgram(program, mismatch, expected.by_oracle), askers, self._taught
        )
        is_known = not least.unsteady and not least.out_of_budget
        return least.failing.program if is_known else None

    def _wrong_answer(self, key: str, expected: Expected) -> tuple[str, Observation | None]:
        if key in self._of_run:
            return self._wrong_answer_of_run(key)
        name = program_key(key, expected.program)
        if name not in self._answers:
            answer = self._answer(key, expected.program)
            wrong = compare(expected.program, expected.want, answer)
            self._answers[name] = answer if wrong else None
        return name, self._answers[name]

    def _wrong_answer_of_run(self, key: str) -> tuple[str, Observation | None]:
        """Return the key of what its own run was asked, and the answer, None where it is right."""
        if key not in self._runs:
            assert self._own_run is not None
            result = self._own_run.judge(self._of_run[key])
            is_right = result.mismatch is None or result.on_right_engine
            answer = None if is_right else result.observation
            self._runs[key] = program_key(key, result.expected.program), answer
        return self._runs[key]

    def _answer(self, _: str, program: Program) -> Observation:
        with installed():  # a solution may draw
            return self._run.engine.answer(program)
