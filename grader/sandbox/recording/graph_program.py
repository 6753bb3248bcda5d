"""The Program that makes a graph of a recorded run again, for an engine to be asked it."""

from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from grader.engines.program import ObservedStep, Operand, Program, Ref, Step
from grader.sandbox.protocol import record_codes as codes
from grader.sandbox.recording.graph import CONSTANT, RecordedNode, below
from grader.sandbox.recording.shares import terms_of

FEW = 200  # nodes; of a larger graph, the first term of its sum is asked
MOST = 2000
OPERATORS = {
    codes.ADD: "add",
    codes.SUBTRACT: "sub",
    codes.MULTIPLY: "mul",
    codes.DIVIDE: "truediv",
    codes.POWER: "pow",
    codes.NEGATE: "neg",
    codes.ABSOLUTE: "abs",
}
METHODS = (codes.RELU, codes.TANH, codes.EXP, codes.LOG, codes.SIGMOID)


class GraphProgram(NamedTuple):
    """A Program that makes a graph again, goes back, and looks at its root and all its leaves.

    Attributes:
        program: that Program.
        leaves: the step that reads the gradient of a leaf → that leaf's lineage.
    """

    program: Program
    leaves: Mapping[int, int]

    def looking_at(self, lineages: Set[int]) -> Program:
        """Return the Program that looks at its root and at these leaves, at all if none is named.

        A training that moves its parameters depends on their gradients, and not on its data's.
        """
        if not lineages:
            return self.program
        looks = (
            look
            for look in self.program.observed
            if look.at not in self.leaves or self.leaves[look.at] in lineages
        )
        return self.program._replace(observed=tuple(looks))


def graph_program(root: RecordedNode, engine: str) -> GraphProgram | None:
    """Return the Program that makes the graph below `root`, or a term of it, and goes back.

    Args:
        root: of a pass, before its parameters move.
        engine: the name that the Program takes the class by.

    Returns:
        None where an operation is the submission's own, or the graph is too large.
    """
    nodes = below(root).nodes
    if len(nodes) > FEW:
        root = next(iter(terms_of(root)), root)
        nodes = below(root).nodes
    if len(nodes) > MOST or any(node.code == codes.OWN for node in nodes):
        return None
    steps: list[Step] = []
    places: dict[RecordedNode, int] = {}
    for node in sorted(nodes, key=lambda node: node.number):
        if node.code != CONSTANT:
            places[node] = len(steps)
            steps.append(_step(node, places, engine))
    steps.append(Step("call", "backward", (Ref(places[root]),)))
    observed = [ObservedStep("the loss", len(steps))]
    steps.append(Step("read", "data", (Ref(places[root]),)))
    leaves: dict[int, int] = {}
    for leaf in _leaves(nodes):
        leaves[len(steps)] = leaf.lineage
        observed.append(ObservedStep(f"leaf {len(observed)}", len(steps)))
        steps.append(Step("read", "grad", (Ref(places[leaf]),)))
    return GraphProgram(Program(tuple(steps), tuple(observed)), leaves)


def _step(node: RecordedNode, places: dict[RecordedNode, int], engine: str) -> Step:
    if node.code == codes.LEAF:
        return Step("make", engine, (node.data,))
    operands: tuple[Operand, ...] = tuple(
        operand.data if operand.code == CONSTANT else Ref(places[operand])
        for operand in node.operands
    )
    if node.exponent is not None:
        operands = (*operands, node.exponent)
    if node.code in METHODS:
        return Step("call", codes.NAMES[node.code], operands)
    return Step("operate", OPERATORS[node.code], operands)


def _leaves(nodes: Iterable[RecordedNode]) -> list[RecordedNode]:
    return [node for node in nodes if node.code == codes.LEAF]
