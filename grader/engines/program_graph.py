"""Finds the steps of a Program that make nodes of a graph: its leaves, its operations."""

from grader.engines.program import ENGINES, Program, Ref, Step

PASSES = ("backward", "_backward")
GIVE_NO_NODE = (*PASSES, "zero_grad")
FIELDS = ("data", "grad")


def is_leaf(step: Step) -> bool:
    """Return whether a step makes a node from numbers, and not a network say."""
    makes_node = step.kind == "make" and step.name in ENGINES
    return makes_node and bool(step.operands) and not step.refs()


def operations(program: Program) -> list[int]:
    """Return the steps that compute: operators, and methods whose result goes into something."""
    found = [at for at, step in enumerate(program.steps) if step.kind in ("operate", "call")]
    if all(program.steps[at].kind == "operate" for at in found):
        return found
    used = {at for step in program.steps for at in step.refs()}
    used |= {look.at for look in program.observed}
    return [at for at in found if program.steps[at].kind == "operate" or at in used]


def nodes(program: Program) -> list[int]:
    """Return the steps that give nodes of a graph; numbers that were read give none.

    A list of nodes is none itself, and what is taken out of it is one. Of what a function or an
    object of the submission's gives, the Program tells by what it goes on to do with it.
    """
    graph: list[int] = []
    carrying: set[int] = set()  # nodes, and what holds some
    computed, lists, treated = set(operations(program)), _lists(program), _treated(program)
    for index, step in enumerate(program.steps):
        computes = step.kind == "make" or (index in computed and step.name not in GIVE_NO_NODE)
        if not is_leaf(step) and not (computes and carrying.intersection(step.refs())):
            continue
        carrying.add(index)
        gives_node = is_leaf(step) or index in treated or _gives_node(program, step, graph)
        if gives_node and index not in lists:
            graph.append(index)
    return graph


def is_argument(step: Step) -> bool:
    """Return whether the whole numbers in a step are sizes or labels, which mean what they are."""
    return step.name == "getitem" or (step.kind == "make" and step.name not in ENGINES)


def is_moved(program: Program, node: int) -> bool:
    """Return whether an object that holds a node may have set it: an optimizer that made a step."""
    graph = nodes(program)
    steps = program.steps
    receivers = {step.refs()[0] for step in steps if step.kind == "call"} - {*graph}
    return any(node in steps[receiver].refs() for receiver in receivers)


def settings(program: Program) -> int:
    """Return how many steps write into what an object holds, a network its weights say.

    Without them it would hold what it has drawn by chance.
    """
    written = [step.refs()[0] for step in program.steps if step.kind == "write"]
    return sum(not is_leaf(program.steps[at]) for at in written)


def _gives_node(program: Program, step: Step, graph: list[int]) -> bool:
    """Return whether a step that computes is an operator, a node's method, or a Function."""
    if step.kind != "call":
        return step.kind == "operate" and step.name != "getitem"
    receiver = step.refs()[0]
    is_function = step.name == "forward" and not program.steps[receiver].operands
    return receiver in graph or is_function


def _lists(program: Program) -> set[int]:
    """Return the steps whose results are taken apart."""
    return {
        operands[0].at
        for kind, name, operands in program.steps
        if (kind, name) in (("operate", "getitem"), ("ask", "numbers"))
        and isinstance(operands[0], Ref)
    }


def _treated(program: Program) -> set[int]:
    """Return the steps whose results are treated as nodes: reckoned with, or differentiated."""
    return {
        at
        for step in program.steps
        if (step.kind == "operate" and step.name != "getitem")
        or (step.kind == "read" and step.name in FIELDS)
        or (step.kind == "call" and step.name in PASSES)
        for at in step.refs()
    }
