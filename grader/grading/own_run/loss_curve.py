"""A submission's training as a curve beside the one that was asked: how the loss falls, and where.

The loss of both, step by step; the first step that is not as asked, with the rate that it implies;
and the way of two parameters over the plane, with the place where the loss is least.
"""

from collections.abc import Iterable
from typing import NamedTuple

from grader.engines.compare import same_number
from grader.engines.observation import NUMBER, Answer, number_in
from grader.exercises.training import TrainingTask
from grader.grading.own_run.comparison import ComparedTraining
from grader.grading.own_run.minimum import Losses, least_loss
from grader.grading.own_run.parameters import Parameter
from grader.reports.report import LossCurve, LossPoint, Plane, Shown, Spot, shown

EACH = 40  # so many of the first steps are all kept
ABOUT = 120  # and about so many of the others
LEFT_OVER = "{0}.grad {3:.4g} is {4:.4g} of this step and {5:.4g} left over from the one before"
OVERWRITTEN = "{0} is {2:.4g} after it, the step alone: what {0} was before, {1:.4g}, is gone"


class ParameterStep(NamedTuple):
    """A step of one parameter: its value before and after, and three gradients.

    These are its own, the one it should have, and the one of the step before.
    """

    name: str
    before: float
    after: float
    gradient: float
    right_gradient: float
    earlier: float


class StepRemark(NamedTuple):
    """A guess at how a step that differs was made: with another rate, or in words, or neither."""

    rate: float | None = None
    says: str = ""


def loss_curve(task: TrainingTask, compared: ComparedTraining, losses: Losses) -> LossCurve:
    """Return the curve of a training beside the one that was asked.

    Args:
        task: what was asked.
        compared: the training, and the oracles' from the same start and in the same order.
        losses: the place of the parameters → the losses there, summed over the examples.
    """
    at = _differs_at(compared)
    step = _remark(task, compared, at) if at is not None else StepRemark()
    before = compared.skipped
    return LossCurve(
        tuple(_points(compared, at)),
        made=compared.training.made + before,
        asked=len(compared.target.steps) + before,
        differs_at=None if at is None else at + before,
        rate=task.rate,
        implied_rate=step.rate,
        suggests=step.says,
        plane=_plane(compared, losses),
    )


def _differs_at(compared: ComparedTraining) -> int | None:
    """Return the first step that is not as asked; one that moves wrongly shows at the next."""
    if compared.mismatch is None:
        return None
    at = compared.mismatch.at
    if compared.mismatch.got is not None:
        for number, step in enumerate(compared.target.steps, 1):
            if at == step.loss or at in step.grad.values():
                return number
            if at in step.data.values():
                return max(number - 1, 1)
    made, asked = compared.training.made, len(compared.target.steps)
    return asked if made == asked else min(made, asked) + 1


def _points(compared: ComparedTraining, differs_at: int | None) -> Iterable[LossPoint]:
    want, got = compared.expected.want.answers, compared.training.losses
    steps = compared.target.steps
    last = max(len(steps), min(compared.training.made, len(got)))
    stride = max(1, (last - EACH) // ABOUT)
    kept = {*range(1, min(last, EACH) + 1), *range(EACH, last, stride), last, len(steps)}
    for number in sorted(kept | {min(differs_at or last, last)}):
        expected = _shown(want.get(steps[number - 1].loss)) if number <= len(steps) else None
        own = shown(got[number - 1]) if number <= len(got) else None
        yield LossPoint(number + compared.skipped, expected, own)


def _remark(task: TrainingTask, compared: ComparedTraining, at: int) -> StepRemark:
    """Guess how a step was made, from all parameters that it moves."""
    moves = [move for name in compared.parameters if (move := _move(compared, name, at))]
    left_over = next((move for move in moves if _is_left_over(move)), None)
    if left_over is not None:
        return StepRemark(says=LEFT_OVER.format(*left_over))
    if not task.rule.is_plain:
        return StepRemark()
    rates = [(move.before - move.after) / move.gradient for move in moves if move.gradient]
    if not rates or not all(same_number(rate, rates[0]) for rate in rates):
        rates = []
    if any(same_number(rate, task.rate) or rate == 0 for rate in rates):
        return StepRemark()
    if moves and all(same_number(move.after, -task.rate * move.gradient) for move in moves):
        return StepRemark(says=OVERWRITTEN.format(*moves[0]))
    return _of_rate(rates[0], task.rate) if rates else StepRemark()


def _move(compared: ComparedTraining, name: str, at: int) -> ParameterStep | None:
    one = compared.parameters[name]
    before, after = one.leaves.get(at), _value_after(one, at)
    if before is None or after is None or at > len(compared.target.steps):
        return None
    want = compared.expected.want.answers.get(compared.target.steps[at - 1].grad[name])
    earlier = one.leaves.get(at - 1)
    return ParameterStep(
        name,
        number_in(before.data),
        after,
        number_in(before.after),
        number_in(want),
        number_in(earlier.after if earlier else None),
    )


def _is_left_over(move: ParameterStep) -> bool:
    both = move.right_gradient + move.earlier
    return bool(move.earlier) and same_number(both, move.gradient)


def _of_rate(rate: float, asked: float) -> StepRemark:
    if rate < 0:
        return StepRemark(rate, f"as with a rate of {rate:.4g}: uphill, along the gradient")
    return StepRemark(rate, f"as with a rate of {rate:.4g}, {rate / asked:.4g} times the one asked")


def _value_after(one: Parameter, at: int) -> float | None:
    following = one.leaves.get(at + 1)
    answer = following.data if following else one.end if at == max(one.leaves) else None
    return None if answer is None or answer.kind != NUMBER else number_in(answer)


def _plane(compared: ComparedTraining, losses: Losses) -> Plane | None:
    names = tuple(compared.target.end)
    if len(names) != 2 or not compared.parameters:
        return None
    want, target = compared.expected.want.answers, compared.target
    looks = [step.data for step in target.steps] + [target.end]
    expected = [_spot([want.get(look[name]) for name in names]) for look in looks]
    least = least_loss(losses, names)
    return Plane(
        names,
        tuple(filter(None, expected)),
        tuple(filter(None, _own_way([compared.parameters[name] for name in names]))),
        least.spots,
        least.says,
    )


def _own_way(both: list[Parameter]) -> Iterable[Spot | None]:
    known = set(both[0].leaves) & set(both[1].leaves)
    yield from (_spot([one.leaves[number].data for one in both]) for number in sorted(known))
    yield _spot([one.end for one in both])


def _spot(answers: list[Answer | None]) -> Spot | None:
    values = [_shown(answer) for answer in answers]
    x, y = values
    return Spot(x, y) if isinstance(x, float) and isinstance(y, float) else None


def _shown(answer: Answer | None) -> Shown | None:
    if answer is None or not isinstance(answer.value, float):
        return None
    return shown(answer.value)
