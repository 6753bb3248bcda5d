"""Finds the steps of a Program that make nodes of a graph: its leaves, its operations."""

from grader.engines.program import Program, Step

GIVE_NO_NODE = ("backward", "_backward", "zero_grad")


def is_leaf(step: Step) -> bool:
    """Return whether a step makes a node from numbers."""
    return step.kind == "make" and bool(step.operands) and not step.refs()


def operations(program: Program) -> list[int]:
    """Return the steps that compute: operators, and methods whose result goes into something."""
    used = {at for step in program.steps for at in step.refs()}
    used |= {look.at for look in program.observed}
    return [
        index
        for index, step in enumerate(program.steps)
        if step.kind == "operate" or (step.kind == "call" and index in used)
    ]


def nodes(program: Program) -> list[int]:
    """Return the steps that give nodes of a graph; numbers that were read give none."""
    graph: list[int] = []
    computed = operations(program)
    for index, step in enumerate(program.steps):
        goes_on = index in computed and step.name not in GIVE_NO_NODE
        if is_leaf(step) or (goes_on and any(at in graph for at in step.refs())):
            graph.append(index)
    return graph
