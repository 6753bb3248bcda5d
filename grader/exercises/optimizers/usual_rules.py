"""The rules that an author names, by torch's conventions: Sgd, Momentum, Nesterov, Adam, AdamW."""

# ruff: noqa: N802  (they read like torch's classes, which authors know)

from typing import Unpack

from grader.exercises.optimizers.rule import SGD, Direction, Number, Rule, RuleOptions, State

EPS = 1e-8  # torch's
UNSEEN = 1e-6  # an eps up to here is there against a division by 0, and may stand elsewhere


def Sgd(**options: Unpack[RuleOptions]) -> Rule:
    """Return plain descent, p = p - rate · g, where it has a schedule, decay or clipping.

    Args:
        options: for any rule. `schedule` is a function: how many steps have been made → by what the
            rate is multiplied. `clip_norm` bounds the length of all gradients together,
            `clip_value` each of them. `decay` adds that share of a parameter to its gradient.
    """
    return SGD._replace(**options)


def Momentum(
    momentum: float = 0.9, *, average: bool = False, **options: Unpack[RuleOptions]
) -> Rule:
    """Return descent with momentum: v = momentum · v + g from v = 0, p = p - rate · v.

    That v = momentum · v - rate · g, p = p + v, is the same, and where a schedule makes it another
    training, is right as well.

    Args:
        momentum: the share of the velocity that stays.
        average: the velocity is an average: v = momentum · v + (1 - momentum) · g.
        options: as for `Sgd`.

    Source: `torch.optim.SGD(momentum=…)`; with `average`, its `dampening` from the first step on.
    """
    share = 1 - momentum if average else 1.0
    constants = (("momentum", momentum), ("share", share))
    return Rule("momentum", constants, velocity(momentum, share), **options)


def Nesterov(momentum: float = 0.9, **options: Unpack[RuleOptions]) -> Rule:
    """Return descent with Nesterov's momentum: p = p - rate · (g + momentum · v).

    To look ahead for the gradient, at p + momentum · v, is the same seen from there, and right as
    well.

    Args:
        momentum: the share of the velocity that stays.
        options: as for `Sgd`.

    Source: `torch.optim.SGD(momentum=…, nesterov=True)`.
    """
    ahead = velocity(momentum, ahead=True)
    return Rule("nesterov", (("momentum", momentum),), ahead, **options)


def Adam(
    beta1: float = 0.9, beta2: float = 0.999, *, eps: float = EPS, **options: Unpack[RuleOptions]
) -> Rule:
    """Return Adam: two averages from 0, of g and of g², both corrected for their start.

    Args:
        beta1: the share of the average of g that stays.
        beta2: the share of the average of g² that stays.
        eps: added to the root.
        options: as for `Sgd`; `decay` is added to the gradient.

    Source: D. P. Kingma and J. Ba, 2014, algorithm 1; `torch.optim.Adam`.
    """
    constants = (("beta1", beta1), ("beta2", beta2), ("eps", eps))
    others = (_corrected_last(beta1, beta2, eps),) if eps <= UNSEEN else ()
    return Rule("adam", constants, moments(beta1, beta2, eps), others, **options)


def AdamW(
    beta1: float = 0.9, beta2: float = 0.999, *, eps: float = EPS, **options: Unpack[RuleOptions]
) -> Rule:
    """Return Adam whose decay goes past both averages: p = p - rate · decay · p beside the step.

    Args:
        beta1: as for `Adam`.
        beta2: as for `Adam`.
        eps: as for `Adam`.
        options: as for `Sgd`; without a `decay` it is `Adam`.

    Source: I. Loshchilov and F. Hutter, 2017; `torch.optim.AdamW`.
    """
    return Adam(beta1, beta2, eps=eps, **options)._replace(name="adamw", decoupled=True)


def velocity(momentum: float, share: float = 1.0, *, ahead: bool = False) -> Direction:
    """Return the direction of a velocity that keeps a share of itself, and takes one of a gradient.

    Args:
        momentum: what is kept.
        share: what is taken of each gradient.
        ahead: the direction is a further step along it, as Nesterov's.
    """

    def direction(state: State, gradient: Number, _: int) -> Number:
        state["velocity"] = momentum * state.get("velocity", 0.0) + share * gradient
        return gradient + momentum * state["velocity"] if ahead else state["velocity"]

    return direction


def moments(beta1: float, beta2: float, eps: float) -> Direction:
    """Return the direction of Adam: the corrected average over the root of that of the squares."""

    def direction(state: State, gradient: Number, made: int) -> Number:
        mean, square = kept_moments(state, gradient, beta1, beta2)
        return mean / (1 - beta1**made) / ((square / (1 - beta2**made)) ** 0.5 + eps)

    return direction


def _corrected_last(beta1: float, beta2: float, eps: float) -> Direction:
    """Return the direction in the order that the paper names as quicker: eps before corrections."""

    def direction(state: State, gradient: Number, made: int) -> Number:
        mean, square = kept_moments(state, gradient, beta1, beta2)
        correction = (1 - beta2**made) ** 0.5 / (1 - beta1**made)
        return correction * mean / (square**0.5 + eps)

    return direction


def kept_moments(
    state: State, gradient: Number, beta1: float, beta2: float
) -> tuple[Number, Number]:
    """Return both averages after one more gradient, as they are kept, and keep them."""
    state["mean"] = beta1 * state.get("mean", 0.0) + (1 - beta1) * gradient
    state["square"] = beta2 * state.get("square", 0.0) + (1 - beta2) * gradient * gradient
    return state["mean"], state["square"]
