"""Judges the checks of one submission's own run, and charges a fault of its engine once.

A run is watched as it happens, on the submission's own engine: that costs next to nothing, and is
enough for most. Where it leaves something open it is made again, recorded on an engine of the
grader's in the grader's process: a training that does not look right, a leaf that may be a datum or
a forgotten weight, a graph too large to be looked at, an engine that answers the same Program
wrongly. There leaves, examples, parameters and operands are known, and nothing is guessed. What
goes right then is the loop's, and the engine's fault is charged elsewhere. Recording takes a
process of its own and 15 µs for each number that is read, 20 ms for 200 steps and 0.1 s for 1,000:
a right training, as most people's is, need not pay for it.

Where the record differs from the watch, it is believed. In a course, where marks are given, it is
asked of whatever looks right besides, from other starts: see `confirmation`. Where a run cannot be
recorded, an engine of arrays say, the watch is all there is.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cache, partial
from typing import NamedTuple, TypeAlias

from grader.engines.interpreter.engine_state import SCALARS
from grader.engines.observation import SINGLE, Observation, Place
from grader.engines.oracles.expected import AskOracles, mismatch_of
from grader.engines.program import Program
from grader.exercises.check_recorder import record
from grader.exercises.exercise import Check
from grader.exercises.exercise_programs import program_of
from grader.grading.gradable import Traceable
from grader.grading.own_run.any_descent import judge_descent, two_passes
from grader.grading.own_run.confirmation import (
    Beginning,
    RunElsewhere,
    graphs_of,
    runs_elsewhere,
    unconfirmed,
    uses_engine,
)
from grader.grading.own_run.output import judge_output
from grader.grading.own_run.run_result import RunResult
from grader.grading.own_run.training_loop import (
    EVERYWHERE,
    TraceScope,
    judge_training,
    places_using,
)
from grader.grading.own_run.variables import judge_variables
from grader.sandbox.recording.elsewhere import Elsewhere
from grader.sandbox.trace import Trace

MADE_UP = "begun at other numbers, it comes out wrong: what it shows does not come from the engine"
NO_ENGINE = "the engine answers otherwise where the same graph holds other numbers"
CANNOT_BE_SEEN = (
    "this run looks right, but it cannot be made once more on the grader's engine, where it would"
    " show that its numbers are not made up: somebody should look at it by hand"
)


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


BELIEVED = "a course runs the training once more, from other starts"


RunEdited: TypeAlias = Callable[[str | None, bool], Trace | None]
"""The engine's name where the run is to be recorded, and whether its `backward` begins with
gradients of 0 → what an edited run leaves behind, None where it does not come to its end."""


class OwnRunOptions(NamedTuple):
    """What is to be known of an exercise to judge its checks of a run.

    Attributes:
        cells: the cells that carry the exercise's tag.
        is_engine_right: tells whether all is right that the exercise asks the engine, None where it
            asks nothing.
        taken: the name by which its checks take the engine.
        seed: of the starts by which what is right is confirmed, None where it is believed.
    """

    cells: Set[int] = frozenset()
    is_engine_right: Callable[[], bool | None] = lambda: None
    taken: str = "Value"
    seed: int | None = None


class RunEngine:
    """The engine of a submission, asked about what its own run shows.

    Attributes:
        name: of its class, None where it has none.
    """

    def __init__(
        self,
        name: str | None,
        ask: AskOracles,
        answer: Callable[[str, Program], Observation],
        taken: str,
    ) -> None:
        """Prepare.

        Args:
            name: of its class.
            ask: gives the oracles' answers.
            answer: asks it a Program.
            taken: the name by which checks take it.
        """
        self.name = name
        self._ask = ask
        self._answer = answer
        self._taken = taken
        self._zeroes: bool | None = None

    def precision(self, check: Check) -> str:
        """Return the precision in which it holds its numbers."""
        return self._answer(check.id, record(two_passes)).precision

    def zeroes(self) -> bool:
        """Return whether its `backward` itself sets gradients to 0."""
        if self._zeroes is None:
            program = record(two_passes)
            answers = self._answer(two_passes.__name__, program).answers if self.name else {}
            once, twice = (answers.get(look.at) for look in program.observed)
            self._zeroes = once is not None and once == twice
        return self._zeroes

    def zeroes_for(self, check: Check) -> bool:
        """Return whether its `backward` itself sets gradients to 0, where that matters."""
        return _is_descent(check) and self.zeroes()

    @property
    def is_recordable(self) -> bool:
        """Whether another engine can stand in for it while a run is recorded."""
        return self.name is not None and self._taken in SCALARS

    def is_wrong(self, check: Check, programs: Iterable[Program] | None = None) -> bool:
        """Return whether it answers the Program of a check wrongly, or one of others."""
        if self.name is None:
            return False
        asked = [program_of(check)] if programs is None else programs
        return any(self._fails(check, program.taking("Value", self._taken)) for program in asked)

    def is_wrong_descent(self, check: Check, own: Trace | None) -> bool:
        """Return whether it is wrong on a descent's graphs from the run's own starts, too.

        No numbers are known of a descent, and none can be written down for it.
        """
        return _is_descent(check) and self.is_wrong(check, graphs_of(own or Trace()))

    def _fails(self, check: Check, program: Program) -> bool:
        expected = self._ask(program)
        observation = self._answer(check.id, expected.program)
        wrong = mismatch_of(expected.program, expected.want, observation)
        return wrong is not None and not expected.disagreement


class OwnRunChecks:
    """The checks of one submission's own run, judged one by one."""

    def __init__(
        self,
        submission: Traceable,
        engine: str | None,
        ask: AskOracles,
        answer: Callable[[str, Program], Observation],
        options: OwnRunOptions,
    ) -> None:
        """Prepare.

        Args:
            submission: it has run.
            engine: the name of its engine's class, None where it has none.
            ask: gives the oracles' answers.
            answer: asks the submission's engine a Program.
            options: of this exercise.
        """
        self._submission = submission
        self._engine = RunEngine(engine, ask, answer, options.taken)
        self._ask = ask
        self._options = options
        self._trace = cache(submission.trace)  # in a course what is right needs none
        self._again = cache(self._recorded)
        self.engine_faults: list[str] = []
        self.is_training_believed = False

    @property
    def engine(self) -> str | None:
        """The name of the submission's engine, None where it has none."""
        return self._engine.name

    def judge(self, check: Check) -> RunResult:
        """Return the result of a check; one that fails by the engine alone is right."""
        scope = TraceScope(self._options.cells, self._places(check), self._engine.zeroes_for(check))
        if not (self._engine.is_recordable and uses_engine(check)):
            return self._as_it_is(check, scope)
        if self._options.seed is None:
            result = self._as_it_is(check, scope)
            self.is_training_believed |= _is_training(check) and result.mismatch is None
            return result
        elsewhere = self._elsewhere(check, scope, self._options.seed)
        first = next(elsewhere, None)
        if first is not None and self._is_right(check, first):
            asked = self._ask(program_of(check))
            seen = first.result.observation if _is_training(check) else asked.want
            return first.result._replace(expected=asked, observation=seen)
        result = self._as_it_is(check, scope)
        if result.mismatch is not None:
            return result
        return self._confirmed(check, result, [first, *elsewhere] if first else [])

    def is_mended(self, check: Check, place: Place, run: RunEdited) -> bool:
        """Return whether a training is right once it is edited; no verdict depends on it.

        Args:
            check: of a training that is wrong.
            place: the line where that calls `backward`; an edit may have moved it.
            run: runs the edited submission; see `RunEdited`.
        """
        name = self._engine.name if self._engine.is_recordable else None
        trace = run(name, self._engine.zeroes())
        if trace is None:
            return False
        trace = nearest_training(trace, place)
        uses = operations_of(check)
        places = places_using(trace, uses) if uses else None
        scope = TraceScope(self._options.cells, places, self._engine.zeroes_for(check))
        return judge_run(check, trace, self._ask, scope).mismatch is None

    def _as_it_is(self, check: Check, scope: TraceScope) -> RunResult:
        """Return the result of a check by the run from its own starts."""
        result = judge_run(check, self._trace(), self._ask, scope)
        if result.mismatch is not None and self._engine.precision(check) == SINGLE:
            scope = scope._replace(precision=SINGLE)
            result = judge_run(check, self._trace(), self._ask, scope)
        return self._recorded_result(check, result, scope)

    def _recorded_result(self, check: Check, result: RunResult, scope: TraceScope) -> RunResult:
        """Return the result on an engine of the grader's, where the run's own leaves it open."""
        is_engine_wrong = result.mismatch is not None and self._engine.is_wrong(check)
        if not (result.is_open or is_engine_wrong or (result.mismatch and _is_training(check))):
            return result
        if (trace := self._again(None)) is None:
            return result
        recorded = judge_run(check, trace, self._ask, scope)
        if _is_alike(recorded, result):  # the engine has nothing to do with it
            return result
        if recorded.mismatch is None and result.mismatch and not is_engine_wrong:
            is_engine_wrong = self._engine.is_wrong(check, graphs_of(trace))
            if is_engine_wrong and self._options.is_engine_right():
                return result  # nothing else asks for what is wrong
        if recorded.mismatch is None and is_engine_wrong:
            self.engine_faults.append(check.title)
        return recorded._replace(on_right_engine=is_engine_wrong)

    def _elsewhere(self, check: Check, scope: TraceScope, seed: int) -> Iterator[RunElsewhere]:
        """Yield the results of a check where its run begins elsewhere."""
        judge = partial(judge_run, check, ask=self._ask, scope=scope)
        return runs_elsewhere(check, self._beginning(seed), judge, self._ask)

    def _beginning(self, seed: int) -> Beginning:
        return Beginning(self._trace, self._again, seed)

    def _is_right(self, check: Check, one: RunElsewhere) -> bool:
        """Return whether a run is right, and the submission's engine on its graphs."""
        return one.result.mismatch is None and not self._engine.is_wrong(check, one.programs)

    def _confirmed(
        self, check: Check, result: RunResult, elsewhere: Sequence[RunElsewhere]
    ) -> RunResult:
        """Return the result of what looks right, if it is so wherever the run begins."""
        if self._again(None) is None:
            return unconfirmed(result, CANNOT_BE_SEEN)
        right = [one for one in elsewhere if one.result.mismatch is None]
        if elsewhere and not right:
            return unconfirmed(result, f"{MADE_UP} ({elsewhere[0].result.message})")
        if result.on_right_engine or not right or self._is_right(check, right[0]):
            return result
        asked = self._options.is_engine_right()
        if asked or (asked is None and not self._engine.is_wrong_descent(check, self._again(None))):
            return unconfirmed(result, NO_ENGINE)
        self.engine_faults.append(check.title)
        return result._replace(on_right_engine=True)

    def _places(self, check: Check) -> Set[Place] | None:
        """Return the lines of the trainings that use the operation asked, None for all."""
        if not (uses := operations_of(check)):
            return None
        traces = (places_using(trace, uses) for trace in self._traces() if trace)
        return next((places for places in traces if places is not None), None)

    def _traces(self) -> Iterator[Trace | None]:
        """Yield what is known of the run, what is at hand first; an engine may name no operations.

        Where marks are given, a run from other starts is made in any case, and is believed first.
        """
        if self._options.seed is not None and self._engine.is_recordable:
            yield self._beginning(self._options.seed).everywhere()
        yield self._trace()
        yield self._again(None)

    def _recorded(self, elsewhere: Elsewhere | None) -> Trace | None:
        """Return the Trace of the run on an engine of the grader's, None where there is none."""
        if self._engine.name is None:
            return None
        run_again = self._submission.trace_on_right_engine
        return run_again(self._engine.name, zeroes=self._engine.zeroes(), elsewhere=elsewhere)


def operations_of(check: Check) -> Sequence[str]:
    """Return the operations of which a training has to use one, none where any will do."""
    task = check.own_run.task if check.own_run else None
    return task.uses if task else ()


def nearest_training(trace: Trace, place: Place) -> Trace:
    """Return a trace with the trainings of one line alone: the one that is nearest to a place."""
    places = {one.place for one in trace.trainings}
    near = sorted(places, key=lambda one: (one.file != place.file, abs(one.line - place.line)))
    return trace._replace(trainings=tuple(one for one in trace.trainings if one.place in near[:1]))


def _is_training(check: Check) -> bool:
    return check.own_run is not None and check.own_run.is_training


def _is_descent(check: Check) -> bool:
    return check.own_run is not None and check.own_run.descent is not None


def note_on_engine_faults(titles: list[str]) -> str:
    """Return the note on checks that were judged on a right engine."""
    named = " and ".join(f"“{title}”" for title in titles)
    return (
        f"{named} would fail because of the engine, whose fault is charged where the engine is "
        "asked; on a right engine this run does what it should"
    )


def _is_alike(one: RunResult, other: RunResult) -> bool:
    """Return whether two results are both right, or wrong in the same place and way."""
    if one.mismatch is None or other.mismatch is None:
        return one.mismatch is other.mismatch
    same_place = one.mismatch.at == other.mismatch.at
    same_step = (one.mismatch.got is None) == (other.mismatch.got is None)
    return same_place and same_step and one.observation.detail == other.observation.detail
