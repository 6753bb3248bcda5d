"""Judges a submission's own training: every pass of it against the oracle's, from its own start.

A student may choose another start, another order of the examples and other names, and several loops
may stand in a file. So the training that was asked is not made once, for all loops to be compared
with: each loop has a target of its own, which the oracles train from the loop's own start and in
its own order, and the loop that is nearest to its target counts. With one target for all, a right
loop from random weights would fail.

The parameters are told from other leaves by the sheet's names, where variables hold them, and else
by the first pass; later ones are asked only where that leaves a doubt. No step has touched the
first pass yet; a later one is as wrong as the steps before it, and would fit wrong leaves as well.

A target is trained through to its end. Were it restarted at each step from the loop's own numbers,
each wrong loop would be asked a Program of its own, and no misconception, which is known by its
answers to the sheet's Program, would be recognised again.

A right loop is the nearest, so that no attempt beside it costs anything. Among wrong ones the
number of steps counts before how long they are right: a short trial begins right as well, and its
author wants to hear of the long one.
"""

from collections.abc import Sequence, Set
from typing import NamedTuple

from grader.engines.compare import Mismatch
from grader.engines.observation import NUMBER, Answer, Place, number_in
from grader.engines.oracles.expected import AskOracles
from grader.exercises.exercise import Check
from grader.exercises.training import TrainingTask
from grader.grading.own_run.comparison import (
    LEAST,
    ComparedTraining,
    end_of,
    telling_answers,
)
from grader.grading.own_run.first_difference import first_difference
from grader.grading.own_run.fitting import best_fit
from grader.grading.own_run.loss_curve import loss_curve
from grader.grading.own_run.parameters import followed_leaves, possible_parameters
from grader.grading.own_run.rules.other_number import with_other_number
from grader.grading.own_run.run_result import RunResult, no_result
from grader.grading.own_run.training_oracle import Start, TrainingOracle
from grader.reports.report import LossCurve
from grader.sandbox.trace import HeldNode, HeldTree, Trace, Training

LATEST = 12


class TraceScope(NamedTuple):
    """The part of a run to look at.

    Attributes:
        cells: the cells that carry the exercise's tag; another is looked at only if none trains.
        places: the lines whose trainings use the operation that is asked, None for all.
        zeroes: the engine's `backward` itself begins with gradients of 0.
        precision: in which the engine holds its numbers, see `Observation`.
    """

    cells: Set[int] = frozenset()
    places: Set[Place] | None = None
    zeroes: bool = False
    precision: str = ""


EVERYWHERE = TraceScope()


def judge_training(check: Check, trace: Trace, ask: AskOracles, scope: TraceScope) -> RunResult:
    """Compare the training that was meant with the oracle's.

    Args:
        check: of a training.
        trace: what the run left behind.
        ask: gives the oracles' answers.
        scope: where to look.
    """
    assert check.own_run is not None
    assert check.own_run.task is not None
    asked = check.own_run.task
    first: RunResult | None = None
    others = with_other_number(asked, trace.trainings[-LATEST:]) if asked.one_number_free else ()
    readings = asked.readings()
    for number, task in enumerate((*readings, *others)):
        is_own = number < len(readings)
        oracle = TrainingOracle(check.function, task, ask, scope.precision, of_check=is_own)
        result = _TrainingComparison(oracle, trace).judge(scope)
        if result.mismatch is None:
            return result
        first = first or result
    assert first is not None
    return first


def places_using(trace: Trace, operations: Sequence[str]) -> Set[Place] | None:
    """Return the lines whose trainings use one of `operations`; None where it cannot be told."""
    if not any(name for training in trace.trainings for name in training.operations):
        return None
    return {one.place for one in trace.trainings if one.operations.intersection(operations)}


class _TrainingComparison:
    """Compares the trainings of a run with the one that a check asks."""

    def __init__(self, oracle: TrainingOracle, trace: Trace) -> None:
        self._oracle = oracle
        self._task = oracle.task
        self._trace = trace
        self._variables = {
            held.id: name
            for moment in trace.moments
            for name in self._task.start
            if isinstance(held := moment.variables.get(name), HeldNode)
        }

    def judge(self, scope: TraceScope) -> RunResult:
        """Compare the training that was meant, or say that there is none."""
        trainings = [one for one in self._trace.trainings if one.made > 1][-LATEST:]
        using = [one for one in trainings if scope.places is None or one.place in scope.places]
        tagged = [one for one in using if one.cell in scope.cells]
        all_compared = self._all_compared(tagged or using or trainings)
        if not all_compared:
            return self._without_training()
        best = max(all_compared, key=lambda one: one.nearness)
        result = RunResult(best.expected, telling_answers(best), best.mismatch)
        result = result._replace(curve=self._curve(best), place=best.training.place)
        if not using:
            first = best.target.steps[0].loss
            mismatch = Mismatch(first, None, None, best.observation)
            message = f"no training has a {self._task.uses[0]} in its graph"
            return result._replace(mismatch=mismatch, message=message)
        if best.mismatch is None:
            order = best.order_note(self._task.order())
            return result._replace(note=_standstill(self._task) if best.is_stuck else order)
        message = _message(self._task, best)
        end = self._right_end([end_of(one) for one in reversed(all_compared) if one.parameters])
        if end and self._task.other_ways:
            message = f"{_listed(end)} at the end, rightly, but by another way: {message}"
            return result._replace(message=message, score=self._task.other_ways)
        return result._replace(message=message)

    def _curve(self, best: ComparedTraining) -> LossCurve | None:
        if self._task.one_number_free:  # it is drawn where all of its numbers are asked
            return None
        return loss_curve(self._task, best, self._oracle.total_loss)

    def _all_compared(self, trainings: Sequence[Training]) -> list[ComparedTraining]:
        """Return trainings compared, the latest first; none where none can be nearer any more.

        Those of as many steps as asked come before the others.
        """
        steps = len(self._task.order())
        likely = sorted(enumerate(trainings), key=lambda one: (one[1].made == steps, one[0]))
        compared: dict[int, ComparedTraining] = {}
        for number, training in reversed(likely):
            compared[number] = self._compare(training)
            if compared[number].is_as_asked:
                break
        return [compared[number] for number in sorted(compared, reverse=True)]

    def _compare(self, training: Training) -> ComparedTraining:
        leaves = followed_leaves(training, self._task.rate, self._variables)
        ways = possible_parameters(leaves, self._task.start, self._variables)
        return best_fit(self._oracle, training, ways)

    def _without_training(self) -> RunResult:
        """Return the result, and the points, of a run in which no training was seen."""
        target = self._oracle.program({}, self._task.order())
        ends = self._ends_in_variables()
        last = (ends or [{}])[-1]
        answers = {target.end[name]: Answer(NUMBER, value) for name, value in last.items()}
        right = self._right_end(ends)
        message = "no training was seen: no loop calls backward() on one loss after the other"
        if right:
            message = f"{_listed(right)}, but no backward() made the steps"
        score = self._task.other_ways if right else 0.0
        expected = self._oracle.ask(target.program)
        return no_result(expected, message, score=score, answers=answers)

    def _ends_in_variables(self) -> list[Start]:
        """Return the values of variables called like the parameters, where all were there."""
        ends: list[Start] = []
        for moment in self._trace.moments:
            held = {name: _number_held(moment.variables.get(name)) for name in self._task.start}
            numbers = {name: value for name, value in held.items() if value is not None}
            ends += [numbers] if len(numbers) == len(held) else []
        return ends

    def _right_end(self, ends: list[Start]) -> Start | None:
        """Return the first of these ends at which no example leaves a loss, None where none is."""
        distinct = {tuple(end.items()): end for end in ends}
        for end in list(distinct.values())[-LATEST:]:
            if all(number_in(loss) < LEAST for loss in self._oracle.losses(end)):
                return end
        return None


def _standstill(task: TrainingTask) -> str:
    """Say why a training is right in which nothing moves."""
    start = ", ".join(f"{value:g}" for value in task.start.values())
    return (
        "your training starts where no gradient gets through: nothing moves in any step, and"
        f" the loss stays as it is. That is right there; from ({start}) the same loop learns"
    )


def _message(task: TrainingTask, compared: ComparedTraining) -> str:
    place = compared.training.place
    where = f" ({place.file}, line {place.line})" if place.file else ""
    difference = first_difference(task, compared)
    if compared.parameters and len(task.examples) > 1 and not compared.uses_examples:
        return f"no training goes over every example; the nearest{where}: {difference}"
    return f"{difference}{where}"


def _number_held(held: "HeldTree | None") -> float | None:
    answer = held.data if isinstance(held, HeldNode) else held
    return answer.value if isinstance(answer, Answer) and isinstance(answer.value, float) else None


def _listed(values: Start) -> str:
    return " and ".join(f"{name} is {value:.7g}" for name, value in values.items())
