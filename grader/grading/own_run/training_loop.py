"""Judges a submission's own training: every pass of it against the oracle's, from its own start."""

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from grader.engines.compare import Mismatch, compare, same_number
from grader.engines.observation import NUMBER, Answer, Place, number_in
from grader.engines.oracles.expected import AskOracles
from grader.exercises.exercise import Check
from grader.exercises.training import (
    Example,
    TrainingProgram,
    TrainingTask,
    training_program,
    with_start,
)
from grader.grading.own_run.comparison import (
    LEAST,
    ComparedTraining,
    Parameters,
    end_of,
    first_missing,
    observe,
    stepping_wrongly,
    telling,
)
from grader.grading.own_run.first_difference import first_difference
from grader.grading.own_run.loss_curve import loss_curve
from grader.grading.own_run.parameters import after_first, followed_leaves, possible_parameters
from grader.grading.own_run.run_result import RunResult, no_result
from grader.sandbox.trace import HeldNode, HeldTree, Trace, Training

LATEST = 12
MOST_WAYS = 4

BESIDE = 1e-9  # off a corner
ABOUT = 1e-6  # a slope found that near to a corner is off by as much

Start = Mapping[str, float]


class TraceScope(NamedTuple):
    """Where in a run to look.

    Attributes:
        cells: the cells that carry the exercise's tag; another is looked at only if none trains.
        places: the lines whose trainings use the operation that is asked, None for all.
        zeroes: the engine's `backward` itself begins with gradients of 0.
    """

    cells: Set[int] = frozenset()
    places: Set[Place] | None = None
    zeroes: bool = False


EVERYWHERE = TraceScope()


def judge_training(check: Check, trace: Trace, ask: AskOracles, scope: TraceScope) -> RunResult:
    """Return how the training that was meant compares with the oracle's.

    Args:
        check: of a training.
        trace: what the run left behind.
        ask: gives the oracles' answers.
        scope: where to look.
    """
    return _TrainingComparison(check, ask, trace).judge(scope)


def places_using(trace: Trace, operations: Sequence[str]) -> Set[Place] | None:
    """Return the lines whose trainings use one of `operations`; None where it cannot be told."""
    if not any(name for training in trace.trainings for name in training.operations):
        return None
    return {one.place for one in trace.trainings if one.operations.intersection(operations)}


class _TrainingComparison:
    """Judges one check's trainings."""

    def __init__(self, check: Check, ask: AskOracles, trace: Trace) -> None:
        assert check.own_run is not None
        assert check.own_run.task is not None
        self.model = check.function
        self.lesson: TrainingTask = check.own_run.task
        self.ask = ask
        self.trace = trace
        self._recorded: dict[tuple[Example, ...], TrainingProgram] = {}
        self.trainings = [one for one in trace.trainings if one.made > 1][-LATEST:]
        self.called = {
            held.id: name
            for moment in trace.moments
            for name in self.lesson.start
            if isinstance(held := moment.variables.get(name), HeldNode)
        }

    def judge(self, scope: TraceScope) -> RunResult:
        """Return how the training that was meant compares."""
        using = [one for one in self.trainings if scope.places is None or one.place in scope.places]
        tagged = [one for one in using if one.cell in scope.cells]
        judged = [self._best(one) for one in tagged or using or self.trainings]
        if not judged:
            return self.without()
        best = max(reversed(judged), key=lambda one: one.nearness)
        curve = loss_curve(self.lesson, best, self._losses)
        found = RunResult(best.question, telling(best), best.mismatch, curve=curve)
        if not using:
            first = best.course.steps[0].loss
            mismatch = Mismatch(first, None, None, best.observation)
            message = f"no training has a {self.lesson.uses[0]} in its graph"
            return found._replace(mismatch=mismatch, message=message)
        if best.mismatch is None:
            order = best.order_note(self.lesson.order())
            return found._replace(note=self._standstill() if best.is_stuck else order)
        message = self._message(best)
        end = self._right_end([end_of(one) for one in judged if one.parameters])
        if end and self.lesson.other_ways:
            message = f"{_listed(end)} at the end, rightly, but by another way: {message}"
            return found._replace(message=message, score=self.lesson.other_ways)
        return found._replace(message=message)

    def ways(self, training: Training) -> list[Parameters]:
        """Return which leaves of a training can be the parameters, the likely first."""
        found = followed_leaves(training, self.lesson.rate, self.called)
        return possible_parameters(found, self.lesson.start, self.called)

    def _standstill(self) -> str:
        """Return why a training is right in which nothing moves."""
        start = ", ".join(f"{value:g}" for value in self.lesson.start.values())
        return (
            "your training starts where no gradient gets through: nothing moves in any step, and"
            f" the loss stays as it is. That is right there; from ({start}) the same loop learns"
        )

    def _message(self, best: ComparedTraining) -> str:
        place = best.training.place
        where = f" ({place.file}, line {place.line})" if place.file else ""
        told = first_difference(self.lesson, best)
        if best.parameters and len(self.lesson.examples) > 1 and not best.uses_examples:
            return f"no training goes over every example; the nearest{where}: {told}"
        return f"{told}{where}"

    def _course(self, start: Start, order: Sequence[Example]) -> TrainingProgram:
        """Return the course of an order: recorded once, since only numbers differ by the start."""
        asked = tuple(order)
        if asked not in self._recorded:
            self._recorded[asked] = training_program(self.model, self.lesson, order=asked)
        recorded = self._recorded[asked]
        return recorded._replace(program=with_start(recorded, start))

    def _best(self, training: Training) -> ComparedTraining:
        """Return a training, judged with the parameters and the order that fit it best.

        Where x is 1, the first pass does not tell a weight from a bias.
        """
        ways = self.ways(training) or [{}]
        fits = [self._fit(training, way) for way in ways]
        likely = [way for way, fit in zip(ways, fits, strict=True) if fit == max(fits)]
        best: ComparedTraining | None = None
        for way in likely[:MOST_WAYS]:
            judged = self._best_order(training, way)
            best = best if best and best.right_until >= judged.right_until else judged
            if best.mismatch is None:
                break
        assert best is not None
        return best

    def _best_order(self, training: Training, parameters: Parameters) -> ComparedTraining:
        """Return a training, judged with the order that fits it best."""
        start = {name: number_in(one.first.data) for name, one in parameters.items()}
        best: ComparedTraining | None = None
        for order in self._orders(training, start):
            judged = self._compare(training, parameters, self._course(start, order))
            best = best if best and best.right_until >= judged.right_until else judged
            if best.mismatch is None:
                break
        assert best is not None
        past = self._past_kink(best) if self.lesson.kink and best.mismatch else None
        return past or best

    def _past_kink(self, judged: ComparedTraining) -> ComparedTraining | None:
        """Return a training that starts at a corner of the model, judged from its second pass on.

        At the corner any slope between those of both sides is right; None where the first pass
        shows another, or the step after it does not follow.
        """
        slopes, want = self._slopes(judged), judged.question.want.answers
        flat = all(number_in(want[at]) == 0 for at in judged.course.steps[0].grad.values())
        if not flat or not slopes or not -ABOUT < min(slopes) <= max(slopes) < 1 + ABOUT:
            return None
        if max(slopes) - min(slopes) > ABOUT:
            return None
        parameters = {}
        for name, one in judged.parameters.items():
            later_one = after_first(one, self.lesson.rate)
            if later_one is None:
                return stepping_wrongly(judged, name)
            parameters[name] = later_one
        later = judged.training._replace(
            made=judged.training.made - 1, losses=judged.training.losses[1:]
        )
        start = {name: number_in(one.first.data) for name, one in parameters.items()}
        rest = self._course(start, judged.course.order[1:])
        return self._compare(later, parameters, rest)._replace(skipped=1)

    def _slopes(self, judged: ComparedTraining) -> list[float]:
        """Return the slope that each parameter's first gradient shows, if it begins at a corner.

        1 is the slope right beside the corner. A parameter whose gradient is 0 there tells nothing.
        """
        start = {name: number_in(one.first.data) for name, one in judged.parameters.items()}
        there = {name: at + BESIDE for name, at in start.items()}
        beside = self._course(there, judged.course.order[:1])
        steep = self.ask(beside.program).want.answers
        (step,) = beside.steps
        return [
            number_in(one.first.after) / number_in(steep[step.grad[name]])
            for name, one in judged.parameters.items()
            if number_in(steep[step.grad[name]])
        ]

    def _fit(self, training: Training, way: Parameters) -> int:
        """Return how much of the first pass is right if these leaves are the parameters."""
        start = {name: number_in(one.first.data) for name, one in way.items()}
        best = 0
        for asked in self._single_passes().values():
            answers, (step,) = self._answers(asked, start), asked.steps
            right = [_same(answers[step.grad[name]], one.first.after) for name, one in way.items()]
            best = max(best, sum(right) + _same(answers[step.loss], training.passes[0].loss))
        return 2 * best + sum(one.moves for one in way.values())

    def _single_passes(self) -> dict[Example, TrainingProgram]:
        return {one: self._course({}, [one]) for one in self.lesson.examples}

    def _answers(self, asked: TrainingProgram, start: Start) -> Mapping[int, Answer]:
        return self.ask(with_start(asked, start)).want.answers

    def _losses(self, start: Start) -> float:
        """Return the losses of all examples together, where the parameters stand at `start`."""
        passes = self._single_passes().values()
        return sum(number_in(self._answers(one, start)[one.steps[0].loss]) for one in passes)

    def _orders(self, training: Training, start: Start) -> list[list[Example]]:
        """Return orders of the examples worth trying: the sheet's, the reverse, the run's own."""
        sheet = self.lesson.order()
        if len(self.lesson.examples) == 1:
            return [sheet]
        reverse = list(self.lesson.examples[::-1]) * self.lesson.epochs
        return [sheet, reverse, self._order_of(training, start)]

    def _order_of(self, training: Training, start: Start) -> list[Example]:
        """Return the order in which the losses show the examples, each once an epoch."""
        order: list[Example] = []
        left: list[Example] = []
        sheet, passes = self.lesson.order(), self._single_passes()
        for loss in training.losses[: len(sheet)]:
            left = left or list(self.lesson.examples)
            answers = {one: self._answers(passes[one], start) for one in left}
            fits = [
                one for one in left if _same(answers[one][passes[one].steps[0].loss], _answer(loss))
            ]
            if not fits:
                break
            chosen = fits[0]
            left.remove(chosen)
            order.append(chosen)
            ends = passes[chosen].end.items()
            start = {name: number_in(answers[chosen][at]) for name, at in ends}
        return order + left + sheet[len(order) + len(left) :]

    def _compare(
        self, training: Training, parameters: Parameters, asked: TrainingProgram
    ) -> ComparedTraining:
        observation = observe(asked, training, parameters)
        known = [seen for seen in asked.program.observed if seen.at in observation.answers]
        looked = asked.program._replace(observed=(*known, *first_missing(asked, training)))
        question = self.ask(asked.program)._replace(program=looked)
        mismatch = compare(looked, question.want, observation)
        if mismatch is None and training.made > len(asked.steps):
            last = asked.program.observed[-1].at
            mismatch = Mismatch(last, question.want.answers[last], None, observation)
        numbers = frozenset(number for example in self.lesson.examples for number in example)
        return ComparedTraining(
            training, parameters, asked, question, observation, mismatch, numbers
        )

    def without(self) -> RunResult:
        """Return what to say, and what to pay, where no training was seen."""
        asked = self._course({}, self.lesson.order())
        ends = self._variables()
        answers = {asked.end[name]: _answer(value) for name, value in (ends or [{}])[-1].items()}
        right = self._right_end(ends)
        message = "no training was seen: no loop calls backward() on one loss after the other"
        if right:
            message = f"{_listed(right)}, but no backward() made the steps"
        score = self.lesson.other_ways if right else 0.0
        return no_result(self.ask(asked.program), message, score=score, answers=answers)

    def _variables(self) -> list[Start]:
        """Return what variables of the parameters' names held, where there were all of them."""
        found: list[Start] = []
        for moment in self.trace.moments:
            held = {name: _held(moment.variables.get(name)) for name in self.lesson.start}
            numbers = {name: value for name, value in held.items() if value is not None}
            found += [numbers] if len(numbers) == len(held) else []
        return found

    def _right_end(self, ends: list[Start]) -> Start | None:
        """Return the first of these ends at which no example leaves a loss, None where none is."""
        distinct = {tuple(end.items()): end for end in ends}
        for end in list(distinct.values())[-LATEST:]:
            passes = self._single_passes().values()
            losses = [self._answers(one, end)[one.steps[0].loss] for one in passes]
            if all(number_in(loss) < LEAST for loss in losses):
                return end
        return None


def _held(held: "HeldTree | None") -> float | None:
    answer = held.data if isinstance(held, HeldNode) else held
    return answer.value if isinstance(answer, Answer) and isinstance(answer.value, float) else None


def _listed(values: Start) -> str:
    return " and ".join(f"{name} is {value:.7g}" for name, value in values.items())


def _same(want: Answer, got: Answer) -> bool:
    return want.kind == got.kind == NUMBER and same_number(number_in(want), number_in(got))


def _answer(number: float) -> Answer:
    return Answer(NUMBER, number)
