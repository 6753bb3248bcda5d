"""The moves of a training's parameters, as its passes show them, beside those of a rule."""

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import NamedTuple

from grader.engines.compare import same_number
from grader.engines.observation import NUMBER, Answer, Array
from grader.exercises.optimizers.rule import Descent, Rule
from grader.exercises.optimizers.wrong_rules import wrong_rules
from grader.sandbox.trace import Leaf, Training


class Move(NamedTuple):
    """One step of all parameters: their numbers before it, their gradients, their numbers after."""

    before: list[float]
    gradients: list[float]
    after: list[float]


def moves_of(
    leaves: Sequence[Mapping[int, Leaf]], ends: Sequence[Answer | None], made: int
) -> list[Move]:
    """Return the moves of the first passes, as far as all parameters are known without a gap.

    Args:
        leaves: of each parameter, number of a pass → the leaf then.
        ends: the value of each after the last pass, None where it is not known.
        made: how many passes there were.
    """
    moves: list[Move] = []
    for number in range(1, made + 1):
        now = [one.get(number) for one in leaves]
        later = [
            _value_after(one, end, number, made) for one, end in zip(leaves, ends, strict=True)
        ]
        if not all(now) or not all(later):
            break
        known = [leaf for leaf in now if leaf is not None]
        move = Move(
            _flat(leaf.data for leaf in known),
            _flat(leaf.after for leaf in known),
            _flat(value for value in later if value is not None),
        )
        if not len(move.before) == len(move.gradients) == len(move.after):
            break
        moves.append(move)
    return moves


def moves_in(training: Training, moving: set[int]) -> list[Move]:
    """Return the moves of all leaves of a training that move."""
    order = [leaf.id for leaf in training.passes[0].leaves if leaf.id in moving]
    by_pass = [(one.number, {leaf.id: leaf for leaf in one.leaves}) for one in training.passes]
    leaves = [{number: there[id_] for number, there in by_pass if id_ in there} for id_ in order]
    ends = [training.end[id_][0] if id_ in training.end else None for id_ in order]
    return moves_of(leaves, ends, training.made)


def first_astray(rule: Rule, rate: float, moves: Sequence[Move], slack: float = 0.0) -> int | None:
    """Return the number of the first step that does not go by a rule, from 1; None if all do.

    Args:
        rule: that may be theirs.
        rate: the learning rate.
        moves: of the training, from its first step on.
        slack: by what a step may be off besides.
    """
    if not moves:
        return None
    descent = Descent(rule, rate, len(moves[0].before))
    for number, move in enumerate(moves, 1):
        try:
            expected = list(descent.step(move.before, move.gradients))
        except (ArithmeticError, TypeError):  # a root of less than 0 is complex
            return number
        pairs = zip(expected, move.after, strict=True)
        if not all(_is_there(one, got, slack) for one, got in pairs):
            return number
    return None


def rate_of(rule: Rule, moves: Sequence[Move]) -> float | None:
    """Return the rate that the first step shows where it goes by a rule, None where it shows none.

    What a rule takes beside its direction, as AdamW's decay, is in proportion to the rate as well.
    """
    first = moves[0]
    try:
        unit = list(Descent(rule, 1.0, len(first.before)).step(first.before, first.gradients))
    except (ArithmeticError, TypeError):
        return None
    pairs = zip(first.before, unit, first.after, strict=True)
    steps = [(one - before, after - before) for before, one, after in pairs]
    if any(isinstance(one, complex) for one, _ in steps):
        return None
    longest, moved = max(steps, key=lambda step: abs(step[0]), default=(0.0, 0.0))
    return moved / longest if longest else None


def gone_by(rule: Rule, rate: float | None, moves: Sequence[Move]) -> str:
    """Return what a training goes by that does not go by a rule, "" where that is not known.

    Args:
        rule: that was asked.
        rate: the learning rate that was asked, None for any that stays the same.
        moves: of the training, from its first step on.
    """
    own = rate_of(rule, moves) if moves else None
    if own is None or first_astray(rule, own if rate is None else rate, moves) is None:
        return ""
    about = own if rate is None else rate
    once, again = (list(wrong_rules(rule, about)) for _ in range(2))  # some remember a training
    for wrong, unused in zip(once, again, strict=True):
        by = rate_of(unused.rule, moves) if rate is None else rate
        if by is not None and by > 0 and first_astray(wrong.rule, by, moves) is None:
            return wrong.says
    if rate is None or first_astray(rule, own, moves) is not None:
        return ""
    if own < 0:
        return "each step goes up, along the gradient"
    return f"as with a rate of {own:.4g}, {own / rate:.4g} times the one asked"


def off_rule(rule: Rule, moves: Sequence[Move], slack: float) -> tuple[str, str] | None:
    """Return where steps do not go by a rule at any one rate, in a word and in a student's words.

    Args:
        rule: that was asked.
        moves: of the training, from its first step on.
        slack: by what a step may be off besides.
    """
    number, rate = 1, None
    for reading in rule.readings():
        own = rate_of(reading, moves) if moves else None
        astray = first_astray(reading, own, moves, slack) if own is not None else 1
        if astray is None and own is not None and own > 0:
            return None
        if astray is None:
            return "uphill", f"step 1 goes up: a rate of {own:.4g}"
        number, rate = max(number, astray), rate or own
    says = gone_by(rule, None, moves)
    step = f"step {number} does not go by the rule that was asked"
    if rate:
        step += f" at the rate of step 1, {rate:.4g}"
    return f"off at {number}, {says}", f"{step}: {says}" if says else step


def _is_there(expected: object, got: float, slack: float) -> bool:
    if not isinstance(expected, float) or not isfinite(got):
        return False
    return same_number(expected, got) or abs(expected - got) <= slack


def _value_after(
    leaves: Mapping[int, Leaf], end: Answer | None, number: int, made: int
) -> Answer | None:
    following = leaves.get(number + 1)
    return following.data if following else end if number == made else None


def _flat(answers: Iterable[Answer]) -> list[float]:
    """Return the numbers in answers, and the entries of their arrays."""
    numbers: list[float] = []
    for answer in answers:
        if isinstance(answer.value, Array):
            numbers += answer.value.entries
        elif answer.kind == NUMBER and isinstance(answer.value, float):
            numbers.append(answer.value)
    return numbers
