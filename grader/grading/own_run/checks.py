"""Judges the checks of one submission's own run, and charges a fault of its engine once.

Where a run goes wrong and the engine answers the same Program wrongly, the run is made again on a
right engine: what goes right then is the loop's, and the engine's fault is charged elsewhere.
"""

from collections.abc import Callable, Set
from pathlib import Path

from grader.engines.observation import SINGLE, Observation, Place
from grader.engines.oracles.expected import AskOracles, mismatch_of
from grader.engines.own_folders import REFERENCE
from grader.engines.program import Program
from grader.exercises.check_recorder import record
from grader.exercises.exercise import Check
from grader.exercises.exercise_programs import program_of
from grader.grading.gradable import Traceable
from grader.grading.own_run.any_descent import judge_descent, two_passes
from grader.grading.own_run.output import judge_output
from grader.grading.own_run.run_result import RunResult
from grader.grading.own_run.training_loop import (
    EVERYWHERE,
    TraceScope,
    judge_training,
    places_using,
)
from grader.grading.own_run.variables import judge_variables
from grader.sandbox.trace import Trace

STAND_IN = Path(REFERENCE, "stand_in.py")


def judge_run(
    check: Check, trace: Trace, ask: AskOracles, scope: TraceScope = EVERYWHERE
) -> RunResult:
    """Return the result of a check of a run.

    Args:
        check: one with evidence.
        trace: what the run left behind.
        ask: gives the oracles' answers.
        scope: where to look.
    """
    assert check.own_run is not None
    if check.own_run.of == "training":
        return judge_training(check, trace, ask, scope)
    expected = ask(program_of(check))
    if check.own_run.descent is not None:
        return judge_descent(
            check.own_run.descent,
            expected,
            trace,
            zeroes=scope.zeroes,
            precision=scope.precision,
        )
    if check.own_run.of == "output":
        return judge_output(check, expected, trace)
    return judge_variables(check, expected, trace, scope.cells)


class OwnRunChecks:
    """The checks of one submission's own run, judged one by one."""

    def __init__(
        self,
        submission: Traceable,
        engine: str | None,
        ask: AskOracles,
        answer: Callable[[str, Program], Observation],
        cells: Set[int],
    ) -> None:
        """Prepare.

        Args:
            submission: it has run.
            engine: the name of its engine's class, None where it has none.
            ask: gives the oracles' answers.
            answer: asks the submission's engine a Program.
            cells: the cells that carry the exercise's tag.
        """
        self._submission = submission
        self._engine = engine
        self._ask = ask
        self._answer = answer
        self._cells = cells
        self._trace = submission.trace()
        self._trace_on_right_engine: Trace | None = None
        self.engine_faults: list[str] = []

    def judge(self, check: Check) -> RunResult:
        """Return the result of a check; one that fails by the engine alone is right."""
        scope = TraceScope(self._cells, self._places(check), self._zeroes(check))
        result = judge_run(check, self._trace, self._ask, scope)
        if result.mismatch is None or self._engine is None:
            return result
        if self._precision(check) == SINGLE:
            scope = scope._replace(precision=SINGLE)
            result = judge_run(check, self._trace, self._ask, scope)
        if result.mismatch is None or not self._is_engine_wrong(check):
            return result
        without = judge_run(check, self._on_right_engine(self._engine), self._ask, scope)
        if without.mismatch and without.observation == result.observation:
            return result  # the engine has nothing to do with it
        if without.mismatch is None:
            self.engine_faults.append(check.title)
        return without._replace(on_right_engine=True)

    def _precision(self, check: Check) -> str:
        """Return the precision in which the engine holds its numbers."""
        return self._answer(check.id, record(two_passes)).precision

    def _places(self, check: Check) -> Set[Place] | None:
        """Return the lines of the trainings that use the operation asked, None for all."""
        task = check.own_run.task if check.own_run else None
        if task is None or not task.uses:
            return None
        places = places_using(self._trace, task.uses)
        if places is None and self._engine is not None:  # the engine does not name its operations
            places = places_using(self._on_right_engine(self._engine), task.uses)
        return places

    def _zeroes(self, check: Check) -> bool:
        """Return whether `backward` itself sets gradients to 0, where that matters."""
        if self._engine is None or check.own_run is None or check.own_run.descent is None:
            return False
        program = record(two_passes)
        answers = self._answer(check.id, program).answers
        once, twice = (answers.get(look.at) for look in program.observed)
        return once is not None and once == twice

    def _on_right_engine(self, engine: str) -> Trace:
        if self._trace_on_right_engine is None:
            self._trace_on_right_engine = self._submission.trace_on(engine, right_engine())
        return self._trace_on_right_engine

    def _is_engine_wrong(self, check: Check) -> bool:
        expected = self._ask(program_of(check))
        observation = self._answer(check.id, expected.program)
        return mismatch_of(expected.program, expected.want, observation) is not None


def note_on_engine_faults(titles: list[str]) -> str:
    """Return the note on checks that were judged on a right engine."""
    named = " and ".join(f"“{title}”" for title in titles)
    return (
        f"{named} would fail because of the engine, whose fault is charged where the engine is "
        "asked; on a right engine this run does what it should"
    )


def right_engine() -> str:
    """Return the source of an engine that stands in for a student's."""
    return STAND_IN.read_text(encoding="utf-8")
