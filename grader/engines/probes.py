"""What every node of a Program holds in the end, asked beside what the Program asks itself."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.engines.program import Keyword, Observed, Program, Ref, Step
from grader.engines.program_graph import is_leaf, nodes

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
