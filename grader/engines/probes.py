"""Adds to a Program the reads of what every node holds in the end."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.engines.program import Keyword, ObservedStep, Program, Ref, Step
from grader.engines.program_graph import is_leaf, nodes

FROM_ROOT = ("backward", "_backward")


GRADIENT_READ = ("read", "grad")


class Probed(NamedTuple):
    """A Program that goes on to read its nodes; the steps of the one it was made from stand first.

    Attributes:
        program: the Program with its reads.
        data: node → the step that reads its value.
        gradients: node → the step that reads its gradient.
    """

    program: Program
    data: Mapping[int, int]
    gradients: Mapping[int, int]


def probe(program: Program, *, inner: bool = False) -> Probed:
    """Return `program` with a look at every value, and at gradients where they matter.

    Args:
        program: its own looks stay.
        inner: whether to read the gradients of computed nodes as well as those of leaves.
    """
    steps, observed = list(program.steps), list(program.observed)

    def read(node: int, field: str) -> int:
        steps.append(Step("read", field, (Ref(node),)))
        observed.append(ObservedStep("", len(steps) - 1))
        return len(steps) - 1

    graph = nodes(program)
    data = {node: read(node, "data") for node in graph}
    learning = _learning(program, graph)
    sends_gradients = any(
        (step.kind == "call" and step.name in FROM_ROOT) or (step.kind, step.name) == GRADIENT_READ
        for step in program.steps
    )
    gradients = {
        node: read(node, "grad")
        for node in graph
        if sends_gradients and node in learning and (inner or is_leaf(program.steps[node]))
    }
    return Probed(Program(tuple(steps), tuple(observed), program.names), data, gradients)


def _learning(program: Program, graph: Sequence[int]) -> set[int]:
    """Return the nodes that have a gradient: all, or those made from inputs that require one."""
    requiring = {
        node
        for node in graph
        for operand in program.steps[node].operands
        if isinstance(operand, Keyword) and operand.name == "requires_grad"
    }
    if not requiring:
        return set(graph)
    learning: set[int] = set()
    for node in graph:
        if node in requiring or learning.intersection(program.steps[node].refs()):
            learning.add(node)
    return learning
