"""The engine on which a run is recorded: nodes with values, gradients and slopes.

Arithmetic follows IEEE 754 and raises nothing: what would is nan or inf.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from grader.sandbox.protocol import record_codes as codes

if TYPE_CHECKING:
    from reference import ieee
else:
    from grader.engines.reference import ieee

Slopes = tuple[float, ...]

CONSTANT = -1  # the code of a plain number beside a node


class RecordedNode:
    """A number in a recorded run, and how it was made.

    Attributes:
        code: the operation, `LEAF`, or CONSTANT.
        operands: what it was made from, in their order.
        slopes: d this / d operand, for each; none where a rule of the submission's own knows them.
        data: its value.
        grad: its gradient.
        number: it says when it was made: later ones have higher numbers.
        name: of an operation of the submission's own, "" for others.
        exponent: the plain number that a power is raised to, None for others.
        site: the line of a method that made a leaf, 0 for another.
        lineage: the leaf that it goes on from, by a number that stays the same.
        origin: where a leaf was made, the same in each run; 0 for what is none.
    """

    __slots__ = (
        "code",
        "data",
        "exponent",
        "grad",
        "lineage",
        "name",
        "number",
        "operands",
        "origin",
        "site",
        "slopes",
    )

    def __init__(
        self,
        code: int,
        data: float,
        number: int,
        operands: "tuple[RecordedNode, ...]" = (),
        slopes: Slopes = (),
    ) -> None:
        self.code = code
        self.data = data
        self.grad = 0.0
        self.number = self.lineage = number
        self.operands = operands
        self.slopes = slopes
        self.name = ""
        self.exponent: float | None = None
        self.site = self.origin = 0

    @property
    def operation(self) -> str:
        """The operation's usual name, "" for a leaf."""
        return self.name or codes.NAMES.get(self.code, "")


def _raised(a: float, b: float) -> tuple[float, Slopes]:
    power = ieee.power(a, b)
    to_exponent = power * math.log(a) if a > 0 else 0.0
    return power, (b * ieee.power(a, b - 1) if b else 0.0, to_exponent)


def _ratio(a: float, b: float) -> tuple[float, Slopes]:
    return ieee.divide(a, b), (ieee.divide(1.0, b), ieee.divide(-a, b * b))


def _tanh(a: float) -> tuple[float, Slopes]:
    result = math.tanh(a)
    return result, (1.0 - result * result,)


def _exponential(a: float) -> tuple[float, Slopes]:
    result = ieee.exp(a)
    return result, (result,)


def _sigmoid(a: float) -> tuple[float, Slopes]:
    power = ieee.exp(-abs(a))
    result = (power if a < 0 else 1.0) / (1 + power)
    return result, (result * (1 - result),)


BINARY: Mapping[int, Callable[[float, float], tuple[float, Slopes]]] = {
    codes.ADD: lambda a, b: (a + b, (1.0, 1.0)),
    codes.SUBTRACT: lambda a, b: (a - b, (1.0, -1.0)),
    codes.MULTIPLY: lambda a, b: (a * b, (b, a)),
    codes.DIVIDE: _ratio,
    codes.POWER: _raised,
}
UNARY: Mapping[int, Callable[[float], tuple[float, Slopes]]] = {
    codes.NEGATE: lambda a: (-a, (-1.0,)),
    codes.RELU: lambda a: (max(0.0, a), (1.0 if a > 0 else 0.0,)),
    codes.TANH: _tanh,
    codes.EXP: _exponential,
    codes.LOG: lambda a: (ieee.log(a), (ieee.divide(1.0, a),)),
    codes.SIGMOID: _sigmoid,
    codes.ABSOLUTE: lambda a: (abs(a), (float((a > 0) - (a < 0)),)),
}


class GraphBelow(NamedTuple):
    """The graph below a root.

    Attributes:
        nodes: each once, the latest first: each before what it was made from.
        leaves: each once, in the order in which they are met from the root, through ordered
            operands: that is their place.
        shape: the codes of all nodes in that order, which two graphs built alike share.
        uses: leaf → how many nodes are made from it, those apart that are made from it alone: a
            square that is added to a loss uses each parameter once more, and none as a weight.
    """

    nodes: list[RecordedNode]
    leaves: list[RecordedNode]
    shape: bytes
    uses: Mapping[RecordedNode, int]


def below(root: RecordedNode) -> GraphBelow:
    """Return the graph below `root`."""
    seen: set[RecordedNode] = set()
    nodes: list[RecordedNode] = []
    leaves: list[RecordedNode] = []
    shape = bytearray()
    uses: dict[RecordedNode, int] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        operands = node.operands
        if not operands:
            uses[node] = uses.get(node, 0) + 1
        if node in seen:
            continue
        seen.add(node)
        shape.append(node.code & 0xFF)
        nodes.append(node)
        if not operands:
            leaves.append(node)
            continue
        if _is_penalty(node):
            uses[operands[0]] = uses.get(operands[0], 0) - len(operands)
        waiting.extend(reversed(operands))
    nodes.sort(key=_number, reverse=True)
    return GraphBelow(nodes, leaves, bytes(shape), uses)


def send_back(nodes: Iterable[RecordedNode]) -> Iterable[RecordedNode]:
    """Send the gradient of each node on to its operands, and yield those with a rule of their own.

    Args:
        nodes: each before what it was made from.
    """
    for node in nodes:
        operands = node.operands
        if not operands:
            continue
        if node.slopes:
            gradient = node.grad
            for operand, slope in zip(operands, node.slopes, strict=True):
                operand.grad += slope * gradient
        else:
            yield node


def _is_penalty(node: RecordedNode) -> bool:
    """Return whether a node is the square or the like of one leaf, as regularisation adds it."""
    operands = node.operands
    if operands[0].operands:
        return False
    if node.code == codes.MULTIPLY:
        return operands[0] is operands[1]
    return node.code in (codes.POWER, codes.ABSOLUTE)


def _number(node: RecordedNode) -> int:
    return node.number
