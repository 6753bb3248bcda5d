"""What every node of a Program holds in the end, asked beside what the Program asks itself."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import NamedTuple

from grader.engines.observation import NUMBER, Array, Observation
from grader.engines.program import Keyword, Observed, Operand, Program, Ref, Step
from grader.exercises.random.scalar_programs import LARGEST_NODE, SAFE
from grader.feedback.shrinking.size import is_leaf, nodes

LARGEST_GRADIENT = 1e6
SMALLEST_BASE = 0.2
FROM_ROOT = ("backward", "_backward")


LOOK = ("read", "grad")


class Watched(NamedTuple):
    """A Program that goes on to read its nodes; the steps of the one it was made from stand first.

    Attributes:
        program: what to ask.
        data: node → the step that reads its value.
        gradients: node → the step that reads its gradient.
    """

    program: Program
    data: Mapping[int, int]
    gradients: Mapping[int, int]


def watched(program: Program, *, inner: bool = False) -> Watched:
    """Return `program` with a look at every value, and at gradients where they matter.

    Args:
        program: its own looks stay.
        inner: whether to read the gradients of computed nodes as well as those of leaves.
    """
    steps, observed = list(program.steps), list(program.observed)

    def read(node: int, field: str) -> int:
        steps.append(Step("read", field, (Ref(node),)))
        observed.append(Observed("", len(steps) - 1))
        return len(steps) - 1

    known = nodes(program)
    data = {node: read(node, "data") for node in known}
    learning = _learning(program, known)
    sent = any(
        (step.kind == "call" and step.name in FROM_ROOT) or (step.kind, step.name) == LOOK
        for step in program.steps
    )
    gradients = {
        node: read(node, "grad")
        for node in known
        if sent and node in learning and (inner or is_leaf(program.steps[node]))
    }
    return Watched(Program(tuple(steps), tuple(observed), program.names), data, gradients)


def _learning(program: Program, known: Sequence[int]) -> set[int]:
    """Return the nodes that have a gradient: all, or those made from inputs that require one."""
    requiring = {
        node
        for node in known
        for operand in program.steps[node].operands
        if isinstance(operand, Keyword) and operand.name == "requires_grad"
    }
    if not requiring:
        return set(known)
    found: set[int] = set()
    for node in known:
        if node in requiring or found.intersection(program.steps[node].refs()):
            found.add(node)
    return found


def is_safe(program: Program, watch: Watched, seen: Observation) -> bool:
    """Return whether `program` keeps away from kinks, poles and numbers too large to compare.

    Args:
        program: what `watch` was made from.
        watch: see `watched`.
        seen: what an oracle answered to `watch.program`.
    """
    held = {node: _entries(seen, at) for node, at in watch.data.items()}
    gradients = [_entries(seen, at) for at in watch.gradients.values()]
    return (
        all(_bounded(entries, LARGEST_NODE) for entries in held.values())
        and all(_bounded(entries, LARGEST_GRADIENT) for entries in gradients)
        and all(_step_is_safe(program, step, held) for step in program.steps)
    )


def _entries(seen: Observation, at: int) -> tuple[float, ...]:
    answer = seen.answers.get(at)
    if answer is None:
        return ()
    if isinstance(answer.value, Array):
        return answer.value.entries
    number = answer.kind == NUMBER and isinstance(answer.value, float)
    return (answer.value,) if number else ()  # type: ignore[return-value]


def _bounded(entries: tuple[float, ...], largest: float) -> bool:
    return all(isfinite(entry) and abs(entry) <= largest for entry in entries)


def _step_is_safe(program: Program, step: Step, held: Mapping[int, tuple[float, ...]]) -> bool:
    given = [_numbers(operand, held) for operand in step.operands]
    name = step.name
    if name == "forward" and step.refs():
        name, given = program.steps[step.refs()[0]].name, given[1:]
        name = {"Div": "truediv", "Pow": "pow"}.get(name, name.lower())
    if name in SAFE:
        return not given or all(map(SAFE[name], given[0]))
    if len(given) < 2:
        return True
    if name == "truediv":
        return all(abs(entry) >= SMALLEST_BASE for entry in given[1])
    if name == "pow" and any(entry != int(entry) or entry < 0 for entry in given[1]):
        return all(entry >= SMALLEST_BASE for entry in given[0])
    return True


def _numbers(operand: Operand, held: Mapping[int, tuple[float, ...]]) -> tuple[float, ...]:
    if isinstance(operand, Ref):
        return held.get(operand.at, ())
    return (float(operand),) if isinstance(operand, int | float) else ()
