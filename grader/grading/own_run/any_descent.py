"""Judges a training of any shape: whether each step goes down the gradient, and forgets nothing.

Nothing is known of the network, so no oracle can say what its numbers should be. What holds for
all gradient descent is looked at: the leaves that move, their gradients, and the loss.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any, NamedTuple

from grader.engines.compare import Mismatch, same_number
from grader.engines.observation import Answer, Array, Observation
from grader.engines.oracles.expected import Question
from grader.exercises.exercise import Descent
from grader.grading.own_run.run_result import Finding
from grader.sandbox.trace import Held, Leaf, Node, Pass, Trace, Training

NOTICED = 1e-9  # a gradient below this is none


class Flaw(NamedTuple):
    """What is wrong with a training: in one word, for comparing, and in a student's words."""

    word: str
    message: str


def two_passes(Value: Any) -> dict[str, Any]:  # noqa: N803  (a class)
    """Ask what a leaf's gradient is after one pass, and after another over a second graph."""
    a = Value(1.5)
    first = a * Value(2.0)
    first.backward()
    seen = {"once": a.grad}
    second = a * Value(2.0)
    second.backward()
    return seen | {"twice": a.grad}


def judge_descent(
    descent: Descent, question: Question, trace: Trace, *, zeroes: bool = False
) -> Finding:
    """Return how the largest training of a run holds as gradient descent.

    Args:
        descent: what is asked of it.
        question: an empty one.
        trace: what the run left behind.
        zeroes: the engine's `backward` itself begins with gradients of 0.
    """
    trainings = [one for one in trace.trainings if one.made > 1]
    if not trainings:
        flaw: Flaw | None = Flaw(
            "none", "no training was seen: no loop calls backward() on one loss after the other"
        )
        where = ""
    else:
        training = max(reversed(trainings), key=lambda one: (one.passes[0].nodes, one.made))
        flaw = _flaw(descent, training, set(_held_by_variables(trace)), zeroes=zeroes)
        where = f" ({training.place.file}, line {training.place.line})"
    if flaw is None:
        return Finding(question, Observation("answered"))
    observation = Observation("answered", detail=flaw.word)
    mismatch = Mismatch(0, None, None, observation)
    return Finding(question, observation, mismatch, f"{flaw.message}{where}")


def _flaw(descent: Descent, training: Training, held: set[int], *, zeroes: bool) -> Flaw | None:
    moving = _moving(training)
    if not moving:
        left = any(any(_numbers(gradient)) for _, gradient in training.end.values())
        return Flaw(f"still, {left}", "no parameter moves from one step to the next")
    first = [leaf for leaf in training.passes[0].leaves if leaf.id in moving]
    count = sum(len(_numbers(leaf.data)) for leaf in first)
    if count < descent.parameters:
        return Flaw("small", f"{count} parameters move, {descent.parameters} at least were asked")
    if training.made < descent.steps:
        return Flaw(
            "short", f"{training.made} steps were made, {descent.steps} at least were asked"
        )
    return (
        (None if zeroes else _not_zeroed(training, moving))
        or _shared(training, moving)
        or _not_downhill(training, moving)
        or _forgotten(training, moving, held)
        or _not_falling(training)
    )


def _moving(training: Training) -> set[int]:
    """Return the leaves whose value changes between passes."""
    seen: dict[int, Answer] = {}
    moving = set()
    for done in training.passes:
        for leaf in done.leaves:
            if seen.setdefault(leaf.id, leaf.data) != leaf.data:
                moving.add(leaf.id)
    return moving


def _not_zeroed(training: Training, moving: set[int]) -> Flaw | None:
    for done in training.passes[1:]:
        left = [
            number
            for leaf in done.leaves
            if leaf.id in moving
            for number in _numbers(leaf.before)
            if number
        ]
        if left:
            return Flaw(
                "not zeroed",
                f"before step {done.number} a parameter's gradient is still {left[0]:.6g}, and "
                "should be 0",
            )
    return None


def _not_downhill(training: Training, moving: set[int]) -> Flaw | None:
    """Return where a step is not one rate times each gradient, if anywhere."""
    for done, following in _steps(training):
        steps = _moves(done, following, moving)
        move, gradient = max(steps, key=lambda step: abs(step[1]), default=(0.0, 0.0))
        if abs(gradient) < NOTICED:
            continue
        rate = -move / gradient
        if rate < 0:
            return Flaw("uphill", f"step {done.number} goes up: a rate of {rate:.4g}")
        for other_move, other_gradient in steps:
            if not same_number(-rate * other_gradient, other_move):
                return Flaw(
                    "uneven",
                    f"step {done.number} moves one parameter by {rate:.4g} times its gradient, and "
                    f"another by {other_move:.4g} where its gradient is {other_gradient:.4g}",
                )
    return None


def _moves(
    done: Pass, following: Mapping[int, Leaf], moving: set[int]
) -> list[tuple[float, float]]:
    """Return how far each parameter's numbers moved after a pass, and their gradients."""
    return [
        (later - number, gradient)
        for leaf in done.leaves
        if leaf.id in moving and leaf.id in following
        for number, later, gradient in zip(
            _numbers(leaf.data),
            _numbers(following[leaf.id].data),
            _numbers(leaf.after),
            strict=False,
        )
    ]


def _steps(training: Training) -> Iterable[tuple[Pass, Mapping[int, Leaf]]]:
    """Return each pass of which the next one is known too, with the leaves of that."""
    for done, following in zip(training.passes, training.passes[1:], strict=False):
        if following.number == done.number + 1:
            yield done, {leaf.id: leaf for leaf in following.leaves}


def _forgotten(training: Training, moving: set[int], held: set[int]) -> Flaw | None:
    """Return whether a leaf that lasts, and is no datum, has a gradient and never moves.

    A number that variables hold may be a datum. An array that is one requires no gradient.
    """
    first, second = training.passes[:2]
    lasting = {leaf.id for leaf in second.leaves} - moving
    lost = [
        leaf
        for leaf in first.leaves
        if leaf.id in lasting
        and _is_noticed(leaf.after)
        and (leaf.node not in held or isinstance(leaf.after.value, Array))
    ]
    if not lost:
        return None
    told = (
        "one parameter has a gradient and never moves"
        if len(lost) == 1
        else f"{len(lost)} parameters have a gradient and never move"
    )
    return Flaw("forgotten", told)


def _shared(training: Training, moving: set[int]) -> Flaw | None:
    """Return whether one object stands for several parameters: it is used more than others."""
    uses = {leaf.uses for leaf in training.passes[0].leaves if leaf.id in moving}
    if len(uses) < 2:
        return None
    often = max(uses) // min(uses)
    return Flaw("shared", f"one parameter is used {often} times where others are used once")


def _not_falling(training: Training) -> Flaw | None:
    """Return whether the loss rises; that of single samples falls only on the average."""
    first, last = training.losses[0], training.losses[-1]
    middle = len(training.losses) // 2
    earlier, later = (_mean(half) for half in (training.losses[:middle], training.losses[middle:]))
    if isfinite(last) and (last < first or later < earlier):
        return None
    return Flaw("rising", f"the loss goes from {first:.6g} to {last:.6g}, and should fall")


def _mean(losses: Sequence[float]) -> float:
    return sum(losses) / len(losses)


def _held_by_variables(trace: Trace) -> Iterable[int]:
    """Return the nodes that variables hold, also in lists: data, or parameters kept by hand."""
    for moment in trace.moments:
        for held in moment.variables.values():
            yield from _nodes(held)


def _nodes(held: Held) -> Iterable[int]:
    if isinstance(held, Node):
        yield held.id
    elif isinstance(held, Mapping):
        for item in held.values():
            yield from _nodes(item)
    elif not isinstance(held, Answer):
        for item in held:
            yield from _nodes(item)


def _is_noticed(gradient: Answer) -> bool:
    return any(abs(number) > NOTICED for number in _numbers(gradient))


def _numbers(answer: Answer) -> tuple[float, ...]:
    """Return the number in an answer, or the entries of its array."""
    if isinstance(answer.value, Array):
        return answer.value.entries
    return (answer.value,) if isinstance(answer.value, float) else ()
