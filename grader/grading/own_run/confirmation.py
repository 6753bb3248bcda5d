"""Confirms that a run is right wherever it begins: on the grader's engine, from other starts.

What a run shows on the submission's own engine is made in the submission's process, and can be made
up there; what it shows on the grader's engine can be worked out at home, as long as it begins where
the sheet says. So a run that looks right is made once more, recorded, with parameters that begin a
little elsewhere, by a seed that nobody knew. A loop that goes down the gradient goes on from there;
a table does not.

At home this is not asked: the answers of a sheet are no secret to whoever works it out, and a
second run takes time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
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
from grader.sandbox.recording.elsewhere import Elsewhere
from grader.sandbox.recording.starts import Starts
from grader.sandbox.trace import HeldNode, Trace

TRIES = 2  # by other shifts, for a run that is unlucky in where it begins

RunAgain: TypeAlias = Callable[[Elsewhere | None], Trace | None]
Judge: TypeAlias = Callable[[Trace], RunResult]


def graphs_of(trace: Trace) -> list[Program]:
    """Return the Programs that make the first graphs of a recorded run's trainings again."""
    latest = trace.trainings[-LATEST:]
    return [one.program for one in latest if one.program and one.made > 1]


class Beginning(NamedTuple):
    """The ways in which a run can begin elsewhere.

    Attributes:
        own: gives the trace of the run on its own engine.
        again: makes it again, recorded, from where the submission begins or from elsewhere.
        seed: of the shifts.
    """

    own: Callable[[], Trace]
    again: RunAgain
    seed: int

    def everywhere(self) -> Trace | None:
        """Return what the run leaves behind if all begins elsewhere that may be a parameter."""
        return self.again(Elsewhere(str(self.seed)))

    def traces(self, ways: Iterable[Mapping[int, int]]) -> Iterator[Trace]:
        """Yield what the run leaves behind from other starts of what is known of it.

        Args:
            ways: origins of leaves, see `Elsewhere`, in one way and in others.
        """
        for number in range(TRIES):
            for origins in filter(None, dict.fromkeys(tuple(sorted(way.items())) for way in ways)):
                elsewhere = Elsewhere(f"{self.seed}, {number}", origins)
                yield self.again(elsewhere) or Trace()  # one that cannot be made shows nothing

    def starts(self) -> tuple[Starts, Trace]:
        """Return where the leaves of the run are made, and its record, if it can be recorded."""
        record = self.again(None) or Trace()
        return record.starts or Starts(), record

    def held(self, names: Iterable[str]) -> tuple[Mapping[int, int], Mapping[int, int]]:
        """Return the origins of leaves that variables of these names held first, and of all.

        Those of a training's data are left out.
        """
        starts, record = self.starts()
        data = starts.still if starts.moved else frozenset()
        first: dict[int, int] = {}
        every: dict[int, int] = {}
        for name in names:
            held = (moment.variables.get(name) for moment in record.moments)
            nodes = dict.fromkeys(one.id for one in held if isinstance(one, HeldNode))
            origins = [starts.held[id_] for id_ in nodes if id_ in starts.held]
            origins = [one for one in origins if one not in data]
            first |= {one: one for one in origins[:1]}
            every |= {one: one for one in origins}
        return first, every


def uses_engine(check: Check) -> bool:
    """Return whether what a check asks of a run comes from an engine."""
    own_run = check.own_run
    assert own_run is not None
    return own_run.is_training or own_run.by_engine


class RunElsewhere(NamedTuple):
    """The result of a run that begins elsewhere, and the graphs that its engine has to answer too.

    Attributes:
        result: of the check.
        programs: graphs of the run, at its other numbers.
    """

    result: RunResult
    programs: Sequence[Program]


def runs_elsewhere(
    check: Check, beginning: Beginning, judge: Judge, ask: AskOracles
) -> Iterator[RunElsewhere]:
    """Yield the results of a check where its run begins elsewhere, of which one must be right.

    There is none where nothing of the run begins at a number.

    Args:
        check: of a run.
        beginning: of that run.
        judge: judges a trace of it.
        ask: gives the oracles' answers.
    """
    assert check.own_run is not None
    if check.own_run.is_training:
        return _trainings(check, beginning, judge)
    return _variables(check, beginning, ask)


def unconfirmed(result: RunResult, message: str) -> RunResult:
    """Return a result as one of a run that is not right, and shows nothing."""
    mismatch = result.mismatch or Mismatch(0, None, None, result.observation)
    return RunResult(result.expected, result.observation, mismatch, message)


def _trainings(check: Check, beginning: Beginning, judge: Judge) -> Iterator[RunElsewhere]:
    everywhere = beginning.everywhere()
    if everywhere is not None and _begins_elsewhere(everywhere):
        yield RunElsewhere(judge(everywhere), graphs_of(everywhere))
    task, moved = check.own_run.task if check.own_run else None, beginning.starts()[0].moved
    ways: tuple[Mapping[int, int], ...] = {one: one for one in moved.values()}, moved
    if task and not moved:  # it begins at a minimum, say
        ways = beginning.held(task.start)
    for trace in beginning.traces(ways):
        yield RunElsewhere(judge(trace), graphs_of(trace))


def _begins_elsewhere(trace: Trace) -> bool:
    """Return whether all that trainings move has begun elsewhere."""
    starts = trace.starts or Starts()
    return bool(starts.moved) and starts.shifted >= {*starts.moved.values()}


def _variables(check: Check, beginning: Beginning, ask: AskOracles) -> Iterator[RunElsewhere]:
    assert check.own_run is not None
    program, printed = program_of(check), frozenset[str]()
    if check.own_run.of == "output":
        moments = beginning.own().moments
        printed = frozenset(one for moment in moments for one in numerals_in(moment.printed))
    for trace in _begun_elsewhere(program, beginning):
        best = _first_right(_by_values(check, program, trace, ask, printed))
        if best is not None:
            yield best


def _first_right(runs: Iterable[RunElsewhere]) -> RunElsewhere | None:
    """Return the first run that is right, else the first."""
    first: RunElsewhere | None = None
    for one in runs:
        if one.result.mismatch is None:
            return one
        first = first or one
    return first


def _by_values(
    check: Check, program: Program, trace: Trace, ask: AskOracles, printed: Set[str]
) -> Iterator[RunElsewhere]:
    """Yield the results by the values at which variables began, the latest known first."""
    for values in reversed(_values_at_moments(program, trace)):
        moved = program.with_leaves(values)
        if can_be_compared(ask, moved):
            judged = _judged_variables(check, ask(moved), trace, printed)
            yield RunElsewhere(judged, [_numbers_of(moved)])


def _begun_elsewhere(program: Program, beginning: Beginning) -> Iterator[Trace]:
    everywhere = beginning.everywhere()
    if everywhere is not None:
        yield everywhere
    names = [program.names[index] for index in _leaves(program)]
    yield from beginning.traces(beginning.held(names))


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
