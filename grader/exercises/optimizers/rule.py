"""A rule by which a training makes its steps, beyond plain descent: `rule=Momentum(0.9)`.

A rule is arithmetic over plain numbers and nothing else, so that one text serves twice: over the
numbers that a check records, where it becomes part of the Program that the oracles are asked, and
over floats, where a training is told from those of wrong rules. It has no `if` on a number.

The order is torch's: gradients are clipped, decay is added, the direction is found, and the step is
the rate times that.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias, TypedDict

Number: TypeAlias = Any
"""A float, or what stands for one while a check is recorded: it knows + - * / ** and abs."""

State: TypeAlias = dict[str, Number]
"""What a rule keeps for one parameter from step to step."""

Direction: TypeAlias = Callable[[State, Number, int], Number]
"""What is kept, the gradient, and the number of the step from 1 → the direction of the step."""

Schedule: TypeAlias = Callable[[int], float]
"""How many steps have been made → by what the rate is multiplied."""

Clipping: TypeAlias = Callable[["Rule", Sequence[Number]], Sequence[Number]]
"""A rule, and the gradients of all parameters → what of them the rule goes by."""

TORCH_EPS = 1e-6  # torch.nn.utils.clip_grad_norm_ adds it to the norm


def clipped(rule: "Rule", gradients: Sequence[Number]) -> Sequence[Number]:
    """Return gradients, none larger and all together no longer than a rule allows.

    Source: `torch.nn.utils.clip_grad_value_`, `clip_grad_norm_`.
    """
    if rule.clip_value is not None:
        most = rule.clip_value
        gradients = [(abs(one + most) - abs(one - most)) / 2 for one in gradients]
    if rule.clip_norm is None:
        return gradients
    factor = rule.clip_norm / larger(length(gradients) + rule.norm_eps, rule.clip_norm)
    return [one * factor for one in gradients]


def length(gradients: Sequence[Number]) -> Number:
    """Return the length of all gradients together, the root of the sum of their squares."""
    return sum(one * one for one in gradients) ** 0.5


def larger(one: Number, other: Number) -> Number:
    """Return the larger of two numbers, of which nobody may ask yet which it is."""
    return (one + other + abs(one - other)) / 2


class RuleOptions(TypedDict, total=False):
    """What every rule may have besides; see `Rule`."""

    decay: float
    clip_norm: float
    clip_value: float
    schedule: Schedule


class Rule(NamedTuple):
    """How a step is made from gradients.

    Attributes:
        name: of its kind: "sgd", "momentum", "nesterov", "adam", "adamw".
        constants: of its kind, by name: "momentum", "beta1", "beta2", "eps".
        direction: of one parameter's step; the step is the rate times it, downhill.
        others: directions that are as right, and differ by rounding or a little more.
        decay: the share of a parameter that is added to its gradient.
        decoupled: the decay goes past the direction, as in AdamW.
        clip_norm: the length that all gradients together have at most; None for any.
        clip_value: the size that each gradient has at most; None for any.
        schedule: what the rate is multiplied by; None for 1.
        norm_eps: what is added to the length before it divides.
        clipping: of gradients, by those three.
        rate_kept: the rate goes into what is kept, and not into the step: v = mu v - rate g.
        steps_back: at the end the last look ahead is taken back.
    """

    name: str
    constants: tuple[tuple[str, float], ...]
    direction: Direction
    others: tuple[Direction, ...] = ()
    decay: float = 0.0
    decoupled: bool = False
    clip_norm: float | None = None
    clip_value: float | None = None
    schedule: Schedule | None = None
    norm_eps: float = 0.0
    clipping: Clipping = clipped
    rate_kept: bool = False
    steps_back: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is plain gradient descent."""
        return self == SGD

    def readings(self) -> "list[Rule]":
        """Return the rules that are as right as this one: it, and other conventions for the same.

        They differ where the rate changes on the way (torch keeps the rate out of the velocity,
        many books have it within), in the look ahead that Nesterov's momentum leaves behind, in
        what is added to a length before it divides, and in what keeps Adam's divisor from 0.
        """
        readings = [self._replace(direction=one) for one in self.others]
        readings = [self, *readings]
        if self.name in ("momentum", "nesterov") and self.schedule is not None:
            readings += [one._replace(rate_kept=True) for one in readings]
        if self.name == "nesterov":
            readings += [one._replace(steps_back=True) for one in readings]
        if self.clip_norm is not None:
            readings += [one._replace(norm_eps=TORCH_EPS) for one in readings]
        return readings


SGD = Rule("sgd", (), lambda _, gradient, __: gradient)


class Descent:
    """A training under way: the steps of a rule, one after the other."""

    def __init__(self, rule: Rule, rate: float, parameters: int) -> None:
        """Begin.

        Args:
            rule: by which steps are made.
            rate: the learning rate that the schedule multiplies.
            parameters: how many numbers are moved.
        """
        self._rule = rule
        self._rate = rate
        self._made = 0
        self._states: list[State] = [{} for _ in range(parameters)]

    def step(self, data: Sequence[Number], gradients: Sequence[Number]) -> Iterator[Number]:
        """Yield the numbers after one more step, each worked out when it is taken.

        Args:
            data: the numbers before it.
            gradients: theirs.

        Raises:
            ArithmeticError: a wrong rule divides by 0, say.
        """
        rule, made = self._rule, self._made
        rate = self._rate * (rule.schedule(made) if rule.schedule else 1.0)
        self._made += 1
        fit = rule.clipping(rule, gradients)
        for state, number, gradient in zip(self._states, data, fit, strict=True):
            yield self._moved(state, number, gradient, rate)

    def end(self, data: Sequence[Number]) -> list[Number]:
        """Return the numbers at which a training ends whose last step has been made."""
        if not self._rule.steps_back:
            return list(data)
        pairs = zip(data, self._states, strict=True)
        return [number + state["ahead"] for number, state in pairs]

    def _moved(self, state: State, number: Number, gradient: Number, rate: float) -> Number:
        rule = self._rule
        if rule.decay and not rule.decoupled:
            gradient = gradient + rule.decay * number
        if rule.decay and rule.decoupled:
            number = number - rate * rule.decay * number
        if rule.rate_kept:
            number = number - rule.direction(state, rate * gradient, self._made)
        else:
            number = number - rate * rule.direction(state, gradient, self._made)
        if rule.steps_back:
            ahead = dict(rule.constants)["momentum"] * state["velocity"]
            state["ahead"] = ahead if rule.rate_kept else rate * ahead
        return number
