"""What a Program demands of an engine, so that another one can be seen to demand no more."""

from collections.abc import Iterator

from grader.engines.program import ArrayData, Program, Ref, Step
from grader.engines.program_graph import GIVE_NO_NODE, is_leaf, nodes, operations

PASSES = ("backward", "_backward")
NUMBER = "a number"
"""Of a leaf: that it is made from a plain number. Where arrays are taught it would be a 0-d one."""
AGAIN = "a second pass over one graph"
FROM_LEAF = "a pass that begins at a leaf, beside another one"


def demands(program: Program) -> frozenset[str]:
    """Return what a Program demands, a word each.

    Those are operators and methods by their names, "mul" or "relu"; "mul: a 2" where a plain number
    stands at the right of a node, and "mul: 2 a" at the left; NUMBER, AGAIN and FROM_LEAF.
    """
    graph = nodes(program)
    found = {
        demand
        for index in operations(program)
        for demand in _of_operation(program.steps[index], graph)
    }
    if any(is_leaf(step) and not has_array(step) for step in program.steps):
        found.add(NUMBER)
    found.update(_of_passes(program))
    return frozenset(found)


def _of_operation(step: Step, graph: list[int]) -> Iterator[str]:
    """Yield what an operation demands; numbers that were read demand nothing of an engine."""
    if not any(at in graph for at in step.refs()) or step.name in GIVE_NO_NODE:
        return
    are_nodes = [isinstance(one, Ref) and one.at in graph for one in step.operands]
    if step.kind != "operate" or all(are_nodes):
        yield step.name
    else:
        yield f"{step.name}: a 2" if are_nodes[0] else f"{step.name}: 2 a"


def has_array(step: Step) -> bool:
    """Return whether a step makes something from an array."""
    return is_leaf(step) and isinstance(step.operands[0], ArrayData)


def _of_passes(program: Program) -> Iterator[str]:
    computed = set(operations(program))
    passes = [step for step in program.steps if step.kind == "call" and step.name in PASSES]
    seen: set[int] = set()
    for step in passes:
        root = step.refs()[0]
        reached = _computed_below(program, root, computed, step.name == "backward")
        if reached & seen:
            yield AGAIN
        if len(passes) > 1 and is_leaf(program.steps[root]):
            yield FROM_LEAF
        seen |= reached


def _computed_below(program: Program, root: int, computed: set[int], deep: bool) -> set[int]:
    """Return the computed nodes that a pass from a root comes by; of one step, the root alone."""
    found: set[int] = set()
    waiting = [root]
    while waiting:
        at = waiting.pop()
        if at in computed and at not in found:
            found.add(at)
            waiting += program.steps[at].refs() if deep else ()
    return found
