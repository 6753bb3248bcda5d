"""Confirms that a run is right wherever it begins: on the grader's engine, from other starts.

What a run shows on the submission's own engine is made in the submission's process, and can be made
up there; what it shows on the grader's engine can be worked out at home, as long as it begins where
the sheet says. So a run that looks right is made once more, recorded, with parameters that begin a
little elsewhere, by a seed that nobody knew. A loop that goes down the gradient goes on from there;
a table does not.

At home this is not asked: the answers of a sheet are no secret to whoever works it out, and a
second run takes time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from random import Random
from typing import NamedTuple, TypeAlias

from grader.engines.compare import Mismatch, numerals_in
from grader.engines.oracles.expected import AskOracles, Expected
from grader.engines.program import Program, Ref
from grader.exercises.exercise import Check
from grader.exercises.exercise_programs import program_of
from grader.grading.own_run.output import judge_output
from grader.grading.own_run.run_result import RunResult
from grader.grading.own_run.training_loop import LATEST
from grader.grading.own_run.variables import judge_variables
from grader.grading.prepared_exercise import can_be_compared
from grader.sandbox.recording.starts import Starts
from grader.sandbox.trace import HeldNode, Trace

MOST = 0.05  # that a parameter is shifted by, which has a way to go
MOST_HELD = 0.5  # and a variable, whose gradient may be printed with one decimal
SMALLER = 5  # times: the least shift
TRIES = 2  # by other shifts, for a run that is unlucky in where it begins
MADE_UP = "begun at other numbers, it comes out wrong: what it shows does not come from the engine"

Shifts: TypeAlias = Mapping[int, float]
RunAgain: TypeAlias = Callable[[Shifts], Trace | None]
Judge: TypeAlias = Callable[[Trace], RunResult]


class Beginning(NamedTuple):
    """The ways in which a run can begin elsewhere.

    Attributes:
        record: of the run as it is.
        again: makes it again, with shifts.
        seed: of the shifts.
    """

    record: Trace
    again: RunAgain
    seed: int

    @property
    def starts(self) -> Starts:
        """Where the leaves of the run as it is are made."""
        return self.record.starts or Starts()

    def traces(self, ways: Iterable[Set[int]], most: float) -> Iterable[Trace]:
        """Yield what the run leaves behind from other starts; see `recording.starts`.

        Args:
            ways: the origins of leaves to begin elsewhere, in one way and in others.
            most: the most that they are shifted by.
        """
        moved = self.starts.moved
        for number in range(TRIES):
            for origins in filter(None, dict.fromkeys(map(frozenset, ways))):
                shifts = {one: self._shift(moved.get(one, one), number, most) for one in origins}
                yield self.again(shifts) or Trace()  # one that cannot be made shows nothing

    def held(self, names: Iterable[str]) -> tuple[frozenset[int], frozenset[int]]:
        """Return the origins of leaves that variables of these names held first, and of all.

        Those of a training's data are left out.
        """
        first: set[int] = set()
        every: set[int] = set()
        for name in names:
            held = (moment.variables.get(name) for moment in self.record.moments)
            nodes = dict.fromkeys(one.id for one in held if isinstance(one, HeldNode))
            origins = [self.starts.held[id_] for id_ in nodes if id_ in self.starts.held]
            first.update(origins[:1])
            every.update(origins)
        data = self.starts.still if self.starts.moved else frozenset()
        return frozenset(first - data), frozenset(every - data)

    def _shift(self, origin: int, number: int, most: float) -> float:
        random = Random(f"{self.seed}, {number}, {origin}")
        return random.choice((-1, 1)) * random.uniform(most / SMALLER, most)


def is_training(check: Check) -> bool:
    """Return whether a check asks for a training."""
    own_run = check.own_run
    return own_run is not None and (own_run.of == "training" or own_run.descent is not None)


def uses_engine(check: Check) -> bool:
    """Return whether what a check asks of a run comes from an engine."""
    own_run = check.own_run
    assert own_run is not None
    return is_training(check) or own_run.by_engine


class Confirmed(NamedTuple):
    """The result of a check that looked right, and what else its engine has to answer.

    Attributes:
        result: as it was, or what shows that it is not right.
        programs: the graphs of the run that showed it right, at its other numbers.
    """

    result: RunResult
    programs: Sequence[Program] = ()


def confirmed(
    check: Check, beginning: Beginning, judge: Judge, ask: AskOracles, result: RunResult
) -> Confirmed:
    """Return the result of a check that looks right: as it is, or what shows that it is not.

    Args:
        check: of a run.
        beginning: of that run.
        judge: judges a trace of it.
        ask: gives the oracles' answers.
        result: of the run as it is.
    """
    recorded = judge(beginning.record)
    if recorded.mismatch is not None:
        return Confirmed(recorded)
    elsewhere = _of_training if is_training(check) else _of_variables
    first: RunResult | None = None
    for judged, programs in elsewhere(check, beginning, judge, ask):
        if judged.mismatch is None:
            return Confirmed(result, programs)
        first = first or judged
    if first is None:
        return Confirmed(result)
    return Confirmed(unconfirmed(first, f"{MADE_UP} ({first.message})"))


def unconfirmed(result: RunResult, message: str) -> RunResult:
    """Return a result that looked right as one that is not, and shows nothing."""
    mismatch = result.mismatch or Mismatch(0, None, None, result.observation)
    return RunResult(result.expected, result.observation, mismatch, message)


def _of_training(
    check: Check, beginning: Beginning, judge: Judge, _: AskOracles
) -> Iterable[tuple[RunResult, Sequence[Program]]]:
    task, moved = check.own_run.task if check.own_run else None, beginning.starts.moved
    ways: tuple[Set[int], ...] = frozenset(moved.values()), moved.keys()
    if task and not moved:  # it begins at a minimum, say
        ways = beginning.held(task.start)
    for trace in beginning.traces(ways, MOST):
        latest = trace.trainings[-LATEST:]
        yield judge(trace), [one.program for one in latest if one.program and one.made > 1]


def _of_variables(
    check: Check, beginning: Beginning, _: Judge, ask: AskOracles
) -> Iterable[tuple[RunResult, Sequence[Program]]]:
    program = program_of(check)
    names = [program.names[index] for index in _leaves(program)]
    printed = {one for moment in beginning.record.moments for one in numerals_in(moment.printed)}
    for trace in beginning.traces(beginning.held(names), MOST_HELD):
        for values in _values_at_moments(program, trace):
            moved = program.with_leaves(values)
            if can_be_compared(ask, moved):
                yield _judged_variables(check, ask(moved), trace, printed), [_numbers_of(moved)]


def _judged_variables(
    check: Check, expected: Expected, trace: Trace, printed: Set[str]
) -> RunResult:
    """Return the result of a run that began elsewhere.

    Args:
        check: of variables or output.
        expected: what it asks there.
        trace: what it left behind.
        printed: numbers that it prints wherever it begins, which are none that it has worked out.
    """
    assert check.own_run is not None
    if check.own_run.of == "variables":
        return judge_variables(check, expected, trace, frozenset())
    moments = (
        one._replace(printed=" ".join(n for n in numerals_in(one.printed) if n not in printed))
        for one in trace.moments
    )
    return judge_output(check, expected, trace._replace(moments=tuple(moments)), rounded=True)


def _numbers_of(program: Program) -> Program:
    """Return a Program that looks at numbers alone, as every engine has them."""
    numbers = [look for look in program.observed if program.steps[look.at].kind == "read"]
    return program._replace(observed=tuple(numbers))


def _values_at_moments(program: Program, trace: Trace) -> Sequence[Mapping[int, float]]:
    """Return the values at which the leaves of a Program begin in a run, by their steps.

    A variable that has gone on as another leaf has begun where the one before it did.
    """
    began = trace.starts.began if trace.starts else {}
    values: dict[int, float] = {}
    found: dict[tuple[tuple[int, float], ...], None] = {}
    for moment in trace.moments:
        for index in _leaves(program):
            held = moment.variables.get(program.names[index])
            if isinstance(held, HeldNode) and held.id in began:
                values[index] = began[held.id]
        found[tuple(sorted(values.items()))] = None
    return [dict(one) for one in found if one]


def _leaves(program: Program) -> list[int]:
    """Return the steps of a Program that make leaves of plain numbers under a name."""
    return [
        index
        for index, step in enumerate(program.steps)
        if step.kind == "make"
        and index in program.names
        and len(step.operands) == 1
        and not isinstance(step.operands[0], Ref)
    ]
