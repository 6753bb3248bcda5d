"""A submission's training as a curve beside the one that was asked: how the loss falls, and where.

The loss of both, step by step; the first step that is not as asked, with the rate that it implies;
and the way of two parameters over the plane, with the place where the loss is least.
"""

from collections.abc import Iterable
from typing import NamedTuple

from grader.engines.compare import same_number
from grader.engines.observation import NUMBER, Answer, number_in
from grader.exercises.training import Lesson
from grader.grading.own_run.comparison import Judged
from grader.grading.own_run.minimum import Losses, least
from grader.grading.own_run.parameters import Chain
from grader.reports.report import LossCurve, LossPoint, Plane, Shown, Spot, shown

EACH = 40  # so many of the first steps are all kept
ABOUT = 120  # and about so many of the others
LEFT_OVER = "{0}.grad {3:.4g} is {4:.4g} of this step and {5:.4g} left over from the one before"
OVERWRITTEN = "{0} is {2:.4g} after it, the step alone: what {0} was before, {1:.4g}, is gone"


class Move(NamedTuple):
    """What a step does to a parameter: its value before and after, and gradients.

    Those are its own, the one it should have, and the one of the step before.
    """

    name: str
    before: float
    after: float
    gradient: float
    wanted: float
    earlier: float


class Look(NamedTuple):
    """What a step that differs looks like: made with another rate, or said in words, or neither."""

    rate: float | None = None
    says: str = ""


def curve_of(lesson: Lesson, judged: Judged, losses: Losses) -> LossCurve:
    """Return a judged training beside the one that was asked.

    Args:
        lesson: what was asked.
        judged: the training, and the oracles' from the same start and in the same order.
        losses: the place of the parameters → the losses there, summed over the examples.
    """
    at = _differs_at(judged)
    step = _looks(lesson, judged, at) if at is not None else Look()
    before = judged.skipped
    return LossCurve(
        tuple(_points(judged, at)),
        made=judged.training.made + before,
        asked=len(judged.course.steps) + before,
        differs_at=None if at is None else at + before,
        rate=lesson.rate,
        implied_rate=step.rate,
        suggests=step.says,
        plane=_plane(judged, losses),
    )


def _differs_at(judged: Judged) -> int | None:
    """Return the first step that is not as asked; one that moves wrongly shows at the next."""
    if judged.mismatch is None:
        return None
    at = judged.mismatch.at
    if judged.mismatch.got is not None:
        for number, step in enumerate(judged.course.steps, 1):
            if at == step.loss or at in step.grad.values():
                return number
            if at in step.data.values():
                return max(number - 1, 1)
    made, asked = judged.training.made, len(judged.course.steps)
    return asked if made == asked else min(made, asked) + 1


def _points(judged: Judged, differs_at: int | None) -> Iterable[LossPoint]:
    want, got = judged.question.want.answers, judged.training.losses
    steps = judged.course.steps
    last = max(len(steps), min(judged.training.made, len(got)))
    stride = max(1, (last - EACH) // ABOUT)
    kept = {*range(1, min(last, EACH) + 1), *range(EACH, last, stride), last, len(steps)}
    for number in sorted(kept | {min(differs_at or last, last)}):
        expected = _shown(want.get(steps[number - 1].loss)) if number <= len(steps) else None
        own = shown(got[number - 1]) if number <= len(got) else None
        yield LossPoint(number + judged.skipped, expected, own)


def _looks(lesson: Lesson, judged: Judged, at: int) -> Look:
    """Return what a step looks like, over all parameters that it moves."""
    moved = [move for name in judged.parameters if (move := _move(judged, name, at))]
    left = next((move for move in moved if _is_left_over(move)), None)
    if left is not None:
        return Look(says=LEFT_OVER.format(*left))
    rates = [(move.before - move.after) / move.gradient for move in moved if move.gradient]
    if not rates or not all(same_number(rate, rates[0]) for rate in rates):
        rates = []
    if any(same_number(rate, lesson.rate) or rate == 0 for rate in rates):
        return Look()
    if moved and all(same_number(move.after, -lesson.rate * move.gradient) for move in moved):
        return Look(says=OVERWRITTEN.format(*moved[0]))
    return _of_rate(rates[0], lesson.rate) if rates else Look()


def _move(judged: Judged, name: str, at: int) -> Move | None:
    one = judged.parameters[name]
    before, after = one.leaves.get(at), _value_after(one, at)
    if before is None or after is None or at > len(judged.course.steps):
        return None
    want = judged.question.want.answers.get(judged.course.steps[at - 1].grad[name])
    earlier = one.leaves.get(at - 1)
    return Move(
        name,
        number_in(before.data),
        after,
        number_in(before.after),
        number_in(want),
        number_in(earlier.after if earlier else None),
    )


def _is_left_over(move: Move) -> bool:
    both = move.wanted + move.earlier
    return bool(move.earlier) and same_number(both, move.gradient)


def _of_rate(rate: float, asked: float) -> Look:
    if rate < 0:
        return Look(rate, f"as with a rate of {rate:.4g}: uphill, along the gradient")
    return Look(rate, f"as with a rate of {rate:.4g}, {rate / asked:.4g} times the one asked")


def _value_after(one: Chain, at: int) -> float | None:
    following = one.leaves.get(at + 1)
    answer = following.data if following else one.end if at == max(one.leaves) else None
    return None if answer is None or answer.kind != NUMBER else number_in(answer)


def _plane(judged: Judged, losses: Losses) -> Plane | None:
    names = tuple(judged.course.end)
    if len(names) != 2 or not judged.parameters:
        return None
    want, course = judged.question.want.answers, judged.course
    looks = [step.data for step in course.steps] + [course.end]
    expected = [_spot([want.get(look[name]) for name in names]) for look in looks]
    found = least(losses, names)
    return Plane(
        names,
        tuple(filter(None, expected)),
        tuple(filter(None, _own_way([judged.parameters[name] for name in names]))),
        found.spots,
        found.says,
    )


def _own_way(both: list[Chain]) -> Iterable[Spot | None]:
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
