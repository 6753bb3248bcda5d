"""Judges a training of any shape: whether each step goes down the gradient, and forgets nothing.

Nothing is known of the network, so that no oracle can say its numbers. What holds for all gradient
descent is looked at: the leaves that move, their gradients, and the loss.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any, NamedTuple

from grader.engines.compare import Mismatch, same_number
from grader.engines.observation import SINGLE, Answer, Array, Observation
from grader.engines.oracles.expected import Expected
from grader.exercises.exercise import AnyDescent
from grader.grading.own_run.renewed import followed
from grader.grading.own_run.run_result import RunResult
from grader.sandbox.trace import HeldNode, HeldTree, Leaf, Pass, Trace, Training

SINGLE_SLACK = 1e-6  # what a step is off by where numbers up to 16 are held in 32 bits
NOTICED = 1e-9  # a gradient below this is none


class DescentFlaw(NamedTuple):
    """A flaw of a training: in one word, for comparing, and in a student's words."""

    word: str
    message: str


NO_TRAINING = DescentFlaw(
    "none", "no training was seen: no loop calls backward() on one loss after the other"
)


def two_passes(Value: Any) -> dict[str, Any]:  # noqa: N803  (a class)
    """Ask what a leaf's gradient is after one pass, and after another over a second graph."""
    a = Value(1.5)
    first = a * Value(2.0)
    first.backward()
    after_one = {"once": a.grad}
    second = a * Value(2.0)
    second.backward()
    return after_one | {"twice": a.grad}


def judge_descent(
    descent: AnyDescent,
    expected: Expected,
    trace: Trace,
    *,
    zeroes: bool = False,
    precision: str = "",
) -> RunResult:
    """Look whether a training of a run is gradient descent; of those that are not, the largest.

    Args:
        descent: what is asked of it.
        expected: an empty one.
        trace: what the run left behind.
        zeroes: the engine's `backward` itself begins with gradients of 0.
        precision: in which the engine holds its numbers.
    """
    slack = SINGLE_SLACK if precision == SINGLE else 0.0
    trainings = [followed(one) for one in trace.trainings if one.made > 1]
    held = set(_held_by_variables(trace))
    trainings.sort(key=lambda one: (one.passes[0].nodes, one.made), reverse=True)
    flaws = [_flaw(descent, one, held, zeroes=zeroes, slack=slack) for one in trainings]
    if None in flaws:
        is_open = _is_open(trainings[flaws.index(None)])
        return RunResult(expected, Observation("answered"), is_open=is_open)
    flaw = flaws[0] if flaws else NO_TRAINING
    assert flaw is not None
    place = trainings[0].place if trainings else None
    where = f" ({place.file}, line {place.line})" if place else ""
    observation = Observation("answered", detail=flaw.word)
    mismatch = Mismatch(0, None, None, observation)
    return RunResult(expected, observation, mismatch, f"{flaw.message}{where}", place=place)


def _flaw(
    descent: AnyDescent, training: Training, held: set[int], *, zeroes: bool, slack: float
) -> DescentFlaw | None:
    moving = _moving(training)
    if not moving:
        return _still(training)
    parameters = [leaf for leaf in training.passes[0].leaves if leaf.id in moving]
    count = sum(len(_numbers(leaf.data)) for leaf in parameters)
    if count < descent.parameters:
        return DescentFlaw(
            "small", f"{count} parameters move, {descent.parameters} at least were asked"
        )
    if training.made < descent.steps:
        return DescentFlaw(
            "short", f"{training.made} steps were made, {descent.steps} at least were asked"
        )
    return (
        (None if zeroes else _not_zeroed(training, moving))
        or _shared(training, moving)
        or _off_way(descent, training, moving, slack)
        or _forgotten(training, moving, held)
        or _not_falling(training)
    )


def _still(training: Training) -> DescentFlaw:
    """Return the flaw of a training in which no leaf that lasts moves."""
    left = any(any(_numbers(gradient)) for _, gradient in training.end.values())
    says = "no parameter moves from one step to the next"
    if _is_flat(training):
        says = (
            f"every gradient is 0 from the first step on, at a loss of {training.losses[0]:.6g}: "
            "where it starts there is nothing to descend, or the loss is not made from parameters"
        )
    if _seems_to_learn(training):
        says = (
            "the loss falls, but no leaf of its graph could be followed from one step to the next: "
            "keep each parameter in one object, and change its value"
        )
    return DescentFlaw(f"still, {left}", says)


def _is_flat(training: Training) -> bool:
    """Return whether no leaf that lasts ever has a gradient; a plain number in a loss has one."""
    first, second = training.passes[:2]
    lasting = {leaf.id for leaf in first.leaves} & {leaf.id for leaf in second.leaves}
    leaves = [leaf for one in training.passes for leaf in one.leaves if leaf.id in lasting]
    return bool(leaves) and not any(_is_noticed(leaf.after) for leaf in leaves)


def _seems_to_learn(training: Training) -> bool:
    """Return whether something learns though nothing that lasts moves."""
    first, second = training.passes[:2]
    lasting = {leaf.id for leaf in first.leaves} & {leaf.id for leaf in second.leaves}
    renewed = any(leaf.id not in lasting and _is_noticed(leaf.after) for leaf in first.leaves)
    return renewed and _not_falling(training) is None and len(set(training.losses)) > 2


def _moving(training: Training) -> set[int]:
    """Return the leaves whose value changes between passes."""
    first_values: dict[int, Answer] = {}
    moving = set()
    for one in training.passes:
        for leaf in one.leaves:
            if first_values.setdefault(leaf.id, leaf.data) != leaf.data:
                moving.add(leaf.id)
    return moving


def _not_zeroed(training: Training, moving: set[int]) -> DescentFlaw | None:
    for later in training.passes[1:]:
        left = [
            number
            for leaf in later.leaves
            if leaf.id in moving
            for number in _numbers(leaf.before)
            if number
        ]
        if left:
            return DescentFlaw(
                "not zeroed",
                f"before step {later.number} a parameter's gradient is still {left[0]:.6g}, and "
                "should be 0",
            )
    return None


def _not_downhill(training: Training, moving: set[int], slack: float) -> DescentFlaw | None:
    """Return the flaw of a step that is not one rate times each gradient, if there is one."""
    for one, following in _steps(training):
        moves = _moves(one, following, moving)
        move, gradient = max(moves, key=lambda step: abs(step[1]), default=(0.0, 0.0))
        if abs(gradient) < NOTICED:
            continue
        rate = -move / gradient
        if rate < 0:
            return DescentFlaw("uphill", f"step {one.number} goes up: a rate of {rate:.4g}")
        for other_move, other_gradient in moves:
            expected = -rate * other_gradient
            if not same_number(expected, other_move) and abs(expected - other_move) > slack:
                return DescentFlaw(
                    "uneven",
                    f"step {one.number} moves one parameter by {rate:.4g} times its gradient, and "
                    f"another by {other_move:.4g} where its gradient is {other_gradient:.4g}",
                )
    return None


def _off_way(
    descent: AnyDescent, training: Training, moving: set[int], slack: float
) -> DescentFlaw | None:
    """Return the flaw of steps that do not go by the rule that is asked, if there are any."""
    flaw = None if descent.rule else _not_downhill(training, moving, slack)
    if not descent.rule and (flaw is None or flaw.word != "uneven"):
        return flaw
    from grader.exercises.optimizers.rule import SGD  # most go down the gradient, and need none
    from grader.grading.own_run.rules.moves import gone_by, moves_in, off_rule

    made = moves_in(training, moving)
    if flaw is not None:
        says = gone_by(SGD, None, made)
        return flaw._replace(message=f"{flaw.message}: {says}") if says else flaw
    assert descent.rule is not None
    off = off_rule(descent.rule, made, slack)
    return DescentFlaw(*off) if off else None


def _moves(
    before: Pass, following: Mapping[int, Leaf], moving: set[int]
) -> list[tuple[float, float]]:
    """Return the distance that each parameter's numbers move after a pass, and their gradients."""
    return [
        (later - number, gradient)
        for leaf in before.leaves
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
    for one, following in zip(training.passes, training.passes[1:], strict=False):
        if following.number == one.number + 1:
            yield one, {leaf.id: leaf for leaf in following.leaves}


def _forgotten(training: Training, moving: set[int], held: set[int]) -> DescentFlaw | None:
    """Return the flaw of a leaf that lasts, is no datum, has a gradient, and never moves."""
    lost = _lost(training, moving, held)
    if not lost:
        return None
    says = (
        "one parameter has a gradient and never moves"
        if len(lost) == 1
        else f"{len(lost)} parameters have a gradient and never move"
    )
    return DescentFlaw("forgotten", says)


def _lost(training: Training, moving: set[int], held: set[int]) -> set[int]:
    """Return the leaves that should move, and do not.

    A record knows what belongs to one example and what to all. Where there is one example alone, or
    no record, a number that variables hold may be a datum. An array that is one requires no
    gradient. Of a graph that was cut nothing is said.
    """
    known = set(training.forgotten or ()) - moving
    if training.is_cut or training.examples > 1:
        return known
    return known | {
        leaf.id
        for leaf in _resting(training, moving)
        if leaf.node not in held or isinstance(leaf.after.value, Array)
    }


def _resting(training: Training, moving: set[int]) -> list[Leaf]:
    """Return the leaves of the first pass that last, have a gradient, and never move."""
    first, second = training.passes[:2]
    lasting = {leaf.id for leaf in second.leaves} - moving
    return [leaf for leaf in first.leaves if leaf.id in lasting and _is_noticed(leaf.after)]


def _is_open(training: Training) -> bool:
    """Return whether a right training may hide a weight among its data, or beyond what was seen."""
    if training.forgotten is not None:
        return False
    resting = _resting(training, _moving(training))
    return training.is_cut or any(isinstance(leaf.after.value, float) for leaf in resting)


def _shared(training: Training, moving: set[int]) -> DescentFlaw | None:
    """Return the flaw of one object that stands for several parameters: it is used more often."""
    uses = {leaf.uses for leaf in training.passes[0].leaves if leaf.id in moving} - {0}
    if training.is_cut or len(uses) < 2 or max(uses) < 2 * min(uses):
        return None
    often = max(uses) // min(uses)
    return DescentFlaw("shared", f"one parameter is used {often} times where others are used once")


def _not_falling(training: Training) -> DescentFlaw | None:
    """Return the flaw of a loss that rises; that of single samples falls only on the average."""
    first, last = training.losses[0], training.losses[-1]
    middle = len(training.losses) // 2
    earlier, later = (_mean(half) for half in (training.losses[:middle], training.losses[middle:]))
    if isfinite(last) and (last < first or later < earlier):
        return None
    return DescentFlaw("rising", f"the loss goes from {first:.6g} to {last:.6g}, and should fall")


def _mean(losses: Sequence[float]) -> float:
    return sum(losses) / len(losses)


def _held_by_variables(trace: Trace) -> Iterable[int]:
    """Return the nodes that variables hold, also in lists: data, or parameters kept by hand."""
    for moment in trace.moments:
        for held in moment.variables.values():
            yield from _nodes(held)


def _nodes(held: HeldTree) -> Iterable[int]:
    if isinstance(held, HeldNode):
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
