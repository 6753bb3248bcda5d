"""The ranges in which answers can be compared: away from kinks and poles, and not too large."""

from collections.abc import Callable, Mapping
from itertools import chain
from math import isfinite
from typing import TYPE_CHECKING

from grader.engines.observation import NUMBER, Array, Observation
from grader.engines.program import Operand, Program, Ref, Step

if TYPE_CHECKING:
    from grader.engines.probes import Probed

LARGEST_NODE = 1e4
LARGEST_GRADIENT = 1e6
SMALLEST_BASE = 0.2
SAFE: Mapping[str, Callable[[float], bool]] = {
    "relu": lambda x: abs(x) >= 0.05,
    "abs": lambda x: abs(x) >= 0.05,
    "exp": lambda x: x <= 5,
    "log": lambda x: x >= 0.2,
    "tanh": lambda x: abs(x) <= 3,
    "sigmoid": lambda x: abs(x) <= 8,
    "sqrt": lambda x: x >= 0.2,
    "sin": lambda x: abs(x) <= 100,
    "cos": lambda x: abs(x) <= 100,
    "gelu": lambda x: abs(x) <= 4,
}


def is_safe(program: Program, probes: "Probed", observation: Observation) -> bool:
    """Return whether `program` keeps away from kinks, poles and numbers too large to compare.

    Args:
        program: the Program that `probes` was made from.
        probes: see `probe`.
        observation: an oracle's, of `probes.program`.
    """
    values = {node: _entries(observation, at) for node, at in probes.data.items()}
    gradients = [_entries(observation, at) for at in probes.gradients.values()]
    answers = [_entries(observation, at) for at in observation.answers]
    return (
        all(map(isfinite, chain.from_iterable(answers)))
        and all(_bounded(entries, LARGEST_NODE) for entries in values.values())
        and all(_bounded(entries, LARGEST_GRADIENT) for entries in gradients)
        and all(_step_is_safe(program, step, values) for step in program.steps)
    )


def _entries(observation: Observation, at: int) -> tuple[float, ...]:
    answer = observation.answers.get(at)
    if answer is None:
        return ()
    if isinstance(answer.value, Array):
        return answer.value.entries
    number = answer.kind == NUMBER and isinstance(answer.value, float)
    return (answer.value,) if number else ()  # type: ignore[return-value]


def _bounded(entries: tuple[float, ...], largest: float) -> bool:
    return all(isfinite(entry) and abs(entry) <= largest for entry in entries)


def _step_is_safe(program: Program, step: Step, values: Mapping[int, tuple[float, ...]]) -> bool:
    operands = [_numbers(operand, values) for operand in step.operands]
    name = step.name
    if name == "forward" and step.refs():
        name, operands = program.steps[step.refs()[0]].name, operands[1:]
        name = {"Div": "truediv", "Pow": "pow"}.get(name, name.lower())
    if name in SAFE:
        return not operands or all(map(SAFE[name], operands[0]))
    if len(operands) < 2:
        return True
    if name == "truediv":
        return all(abs(entry) >= SMALLEST_BASE for entry in operands[1])
    if name == "pow" and any(entry != int(entry) or entry < 0 for entry in operands[1]):
        return all(entry >= SMALLEST_BASE for entry in operands[0])
    return True


def _numbers(operand: Operand, values: Mapping[int, tuple[float, ...]]) -> tuple[float, ...]:
    if isinstance(operand, Ref):
        return values.get(operand.at, ())
    return (float(operand),) if isinstance(operand, int | float) else ()
