"""The rules that students write for others: what a training goes by that is not as asked."""

from collections.abc import Callable, Iterator, Sequence
from math import prod
from typing import NamedTuple

from grader.exercises.optimizers.rule import (
    SGD,
    Direction,
    Number,
    Rule,
    Schedule,
    State,
    length,
)
from grader.exercises.optimizers.usual_rules import kept_moments, moments, velocity

MOMENTUMS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
Correct = Callable[[Number, float, int], Number]


class WrongRule(NamedTuple):
    """A rule that is not the one asked, and what is wrong with it in a student's words."""

    rule: Rule
    says: str


def wrong_rules(rule: Rule, rate: float) -> Iterator[WrongRule]:
    """Yield what students write for a rule, what is most likely first.

    Each is for one training: some keep something from step to step.

    Args:
        rule: that was asked.
        rate: the learning rate.
    """
    rule = rule._replace(rate_kept=False, steps_back=False)
    yield from _of_clipping(rule)
    yield from _of_decay(rule, rate)
    yield from _of_schedule(rule, rate)
    for direction, says in _DIRECTIONS[rule.name](dict(rule.constants)):
        yield WrongRule(rule._replace(direction=direction), says)


def _of_clipping(rule: Rule) -> Iterator[WrongRule]:
    if rule.clip_value is not None:
        none = rule._replace(clip_value=None)
        yield WrongRule(none, "the gradients are not clipped, or only after the step")
        together = none._replace(clip_norm=rule.clip_value)
        yield WrongRule(together, "all gradients are shortened together, and not each by itself")
    if rule.clip_norm is not None:
        none = rule._replace(clip_norm=None)
        yield WrongRule(none, "the gradients are not clipped, or only after the step")
        each = none._replace(clip_value=rule.clip_norm)
        says = "each gradient is clipped by itself, and not all of them together by one factor"
        yield WrongRule(each, says)
        always = rule._replace(clipping=_always)
        yield WrongRule(always, "gradients that are short enough are stretched to the length, too")
        squared = rule._replace(clipping=_without_root)
        yield WrongRule(squared, "the length is taken without the root")


def _always(rule: Rule, gradients: Sequence[Number]) -> Sequence[Number]:
    assert rule.clip_norm is not None
    return [one * rule.clip_norm / length(gradients) for one in gradients]


def _without_root(rule: Rule, gradients: Sequence[Number]) -> Sequence[Number]:
    assert rule.clip_norm is not None
    square = length(gradients) ** 2
    if square <= rule.clip_norm:
        return gradients
    return [one * rule.clip_norm / square for one in gradients]


def _of_decay(rule: Rule, rate: float) -> Iterator[WrongRule]:
    if not rule.decay:
        return
    yield WrongRule(rule._replace(decay=0.0), "no parameter decays")
    says = "the parameters grow where they should decay"
    yield WrongRule(rule._replace(decay=-rule.decay), says)
    yield WrongRule(rule._replace(decay=2 * rule.decay), "the decay is twice as large as asked")
    other = rule._replace(decoupled=not rule.decoupled)
    if rule.decoupled:
        yield WrongRule(other, "the decay is added to the gradient, and goes into both averages")
    elif rule.name != "sgd":
        yield WrongRule(
            other, "the decay is not added to the gradient, but taken off beside the step"
        )
    past_rate = rule._replace(decoupled=True, decay=rule.decay / rate)
    yield WrongRule(past_rate, "the decay is not multiplied by the rate")


def _of_schedule(rule: Rule, rate: float) -> Iterator[WrongRule]:
    if (factor := rule.schedule) is None:
        return
    schedules: list[tuple[Schedule | None, str]] = [
        (None, "the rate stays as it was: no schedule changes it"),
        (lambda made: factor(made + 1), "the schedule is one step ahead: the first step is step 0"),
        (lambda made: factor(max(made - 1, 0)), "the schedule comes one step late"),
        (
            lambda made: prod(factor(one) for one in range(made + 1)),
            "each factor is applied to the rate of the step before, and not to the first rate",
        ),
        (lambda made: factor(made) / rate, "the factor is taken for the rate itself"),
        (lambda made: 1 / factor(made), "the rate is divided by the factor"),
    ]
    for schedule, says in schedules:
        yield WrongRule(rule._replace(schedule=schedule), says)


def _of_sgd(_: dict[str, float]) -> Iterator[tuple[Direction, str]]:
    for momentum in MOMENTUMS:
        says = f"as with a momentum of {momentum:g}, and no momentum is asked"
        yield velocity(momentum), says


def _of_momentum(constants: dict[str, float]) -> Iterator[tuple[Direction, str]]:
    momentum = constants["momentum"]
    share = constants.get("share", 1.0)
    yield SGD.direction, "the velocity starts anew at each step, or is not used"
    if share == 1.0:
        yield (
            velocity(momentum, 1 - momentum),
            f"the gradient is multiplied by {1 - momentum:.4g}: the velocity is an average, no sum",
        )
    else:
        yield velocity(momentum), "the velocity is a sum of gradients, and no average of them"
    yield _shared(velocity(momentum, share)), "all parameters share one velocity"
    yield velocity(1.0, share), f"nothing of the velocity is lost: {momentum:g} is not used"
    yield velocity(-momentum, share), "the velocity changes its sign at each step"
    yield velocity(momentum, momentum * share), "the gradient is multiplied by the momentum, too"
    yield velocity(momentum, share, ahead=True), "it looks ahead, as Nesterov's momentum does"
    yield _late(momentum, share), "the step is made by the velocity of the step before"
    for other in (1 - momentum, *MOMENTUMS):
        says = f"as with a momentum of {other:.4g}, and {momentum:g} is asked"
        yield velocity(other, share), says


def _of_nesterov(constants: dict[str, float]) -> Iterator[tuple[Direction, str]]:
    momentum = constants["momentum"]
    yield SGD.direction, "the velocity starts anew at each step, or is not used"
    yield velocity(momentum), "nothing looks ahead: this is momentum without Nesterov's step"
    yield _shared(velocity(momentum, ahead=True)), "all parameters share one velocity"
    for other in (1 - momentum, *MOMENTUMS):
        says = f"as with a momentum of {other:.4g}, and {momentum:g} is asked"
        yield velocity(other, ahead=True), says


def _late(momentum: float, share: float) -> Direction:
    kept = velocity(momentum, share)

    def direction(state: State, gradient: Number, made: int) -> Number:
        before = state.get("velocity", 0.0)
        kept(state, gradient, made)
        return before

    return direction


def _shared(direction: Direction) -> Direction:
    """Return a direction that keeps for all parameters what it should keep for each."""
    kept: State = {}
    return lambda _, gradient, made: direction(kept, gradient, made)


def _of_adam(constants: dict[str, float]) -> Iterator[tuple[Direction, str]]:
    one, two, eps = constants["beta1"], constants["beta2"], constants["eps"]
    yield _corrected(constants, _as_it_is, _as_it_is), "neither moment is corrected for its start"
    says = "the {} moment is not corrected for its start"
    yield _corrected(constants, _by_start, _as_it_is), says.format("second")
    yield _corrected(constants, _as_it_is, _by_start), says.format("first")
    always = moments(one, two, eps)
    yield lambda state, gradient, _: always(state, gradient, 1), "the number of the step stays 1"
    says = "the correction begins with step 2: steps are counted from 1"
    yield lambda state, gradient, made: always(state, gradient, made + 1), says
    yield _counted_each(always), "the number of the step grows with each parameter"
    yield _anew(one, two, eps), "both moments start anew at each step"
    yield _shared(always), "all parameters share the same moments"
    yield from _by_another_root(constants)
    yield _written_back(constants), "the corrected moments are kept in place of the moments"
    yield moments(two, one, eps), f"{one:g} and {two:g} stand in each other's place"
    yield (
        _sums(constants),
        f"the gradient is not multiplied by 1 - {one:g}, nor its square by 1 - {two:g}",
    )
    yield velocity(one, 1 - one), "the step is the average of the gradient: no root divides it"
    yield SGD.direction, "the step is the gradient alone, as in plain descent"
    for other in MOMENTUMS:
        yield moments(other, two, eps), f"as with a beta1 of {other:g}, and {one:g} is asked"
        yield moments(one, other, eps), f"as with a beta2 of {other:g}, and {two:g} is asked"


def _by_start(kept: Number, beta: float, made: int) -> Number:
    return kept / (1 - beta**made)


def _as_it_is(kept: Number, _: float, __: int) -> Number:
    return kept


def _corrected(constants: dict[str, float], first: Correct, second: Correct) -> Direction:
    """Return Adam's direction where the moments are corrected otherwise."""
    one, two, eps = constants["beta1"], constants["beta2"], constants["eps"]

    def direction(state: State, gradient: Number, made: int) -> Number:
        mean, square = kept_moments(state, gradient, one, two)
        return first(mean, one, made) / (second(square, two, made) ** 0.5 + eps)

    return direction


def _by_another_root(constants: dict[str, float]) -> Iterator[tuple[Direction, str]]:
    one, two, eps = constants["beta1"], constants["beta2"], constants["eps"]

    def divided(divisor: Callable[[Number], Number]) -> Direction:
        def direction(state: State, gradient: Number, made: int) -> Number:
            mean, square = kept_moments(state, gradient, one, two)
            return _by_start(mean, one, made) / divisor(_by_start(square, two, made))

        return direction

    yield divided(lambda square: (square + eps) ** 0.5), "eps stands under the root"
    yield divided(lambda square: square + eps), "the step is divided by the square, not by its root"
    yield divided(lambda square: square**0.5), "the step is divided by the root without eps"
    yield divided(lambda square: square**0.5 - eps), "eps is taken off the root, and not added"


def _counted_each(direction: Direction) -> Direction:
    calls = [0]

    def counted(state: State, gradient: Number, _: int) -> Number:
        calls[0] += 1
        return direction(state, gradient, calls[0])

    return counted


def _anew(one: float, two: float, eps: float) -> Direction:
    adam = moments(one, two, eps)
    return lambda _, gradient, __: adam({}, gradient, 1)


def _written_back(constants: dict[str, float]) -> Direction:
    one, two, eps = constants["beta1"], constants["beta2"], constants["eps"]

    def direction(state: State, gradient: Number, made: int) -> Number:
        mean, square = kept_moments(state, gradient, one, two)
        state["mean"], state["square"] = _by_start(mean, one, made), _by_start(square, two, made)
        return state["mean"] / (state["square"] ** 0.5 + eps)

    return direction


def _sums(constants: dict[str, float]) -> Direction:
    one, two, eps = constants["beta1"], constants["beta2"], constants["eps"]

    def direction(state: State, gradient: Number, made: int) -> Number:
        state["mean"] = one * state.get("mean", 0.0) + gradient
        state["square"] = two * state.get("square", 0.0) + gradient * gradient
        mean, square = _by_start(state["mean"], one, made), _by_start(state["square"], two, made)
        return mean / (square**0.5 + eps)

    return direction


_DIRECTIONS = {
    "sgd": _of_sgd,
    "momentum": _of_momentum,
    "nesterov": _of_nesterov,
    "adam": _of_adam,
    "adamw": _of_adam,
}
