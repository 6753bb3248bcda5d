"""The nodes of a recorded run that the submission still holds, by their numbers.

What comes over the line is checked here, field by field.
"""

from typing import Any

from grader.engines.encoding import Malformed
from grader.engines.text import clean
from grader.sandbox.protocol import record_codes as codes
from grader.sandbox.recording.graph import BINARY, CONSTANT, UNARY, RecordedNode, Slopes

MOST_OPERANDS = 20_000
LONGEST_NAME = 40


class RecordedNodes:
    """The nodes that are alive, and how many were made.

    Attributes:
        held: number → node.
        made: how many; the number of the latest.
    """

    def __init__(self) -> None:
        self.held: dict[int, RecordedNode] = {}
        self.made = 0

    def node(self, number: Any) -> RecordedNode:
        """Return a node.

        Raises:
            Malformed: it is not there.
        """
        node = self.held.get(number) if type(number) is int else None
        if node is None:
            raise Malformed("named a node that is not there")
        return node

    def several(self, numbers: Any) -> list[RecordedNode]:
        """Return some nodes.

        Raises:
            Malformed: one is not there.
        """
        if type(numbers) is not list or len(numbers) > MOST_OPERANDS:
            raise Malformed("named something else than nodes")
        return [self.node(number) for number in numbers]

    def free(self, numbers: Any) -> None:
        """Forget nodes that the submission has lost; those that others are made from live on.

        Raises:
            Malformed: they are no numbers.
        """
        if type(numbers) is not list or any(type(number) is not int for number in numbers):
            raise Malformed("lost something else than nodes")
        for number in numbers:
            self.held.pop(number, None)

    def operate(self, code: int, x: Any, y: Any) -> None:
        """Make a node of others, or of one and a plain number.

        Raises:
            Malformed: there is no such operation, or no such node.
        """
        number = self._next()
        operation = code & 15
        if operation in UNARY:
            one = self.node(x)
            data, slopes = UNARY[operation](one.data)
            self.held[number] = RecordedNode(operation, data, number, (one,), slopes)
            return
        if operation not in BINARY:
            raise Malformed("sent an operation that does not exist")
        left = _constant(x, number) if code & codes.LEFT else self.node(x)
        right = _constant(y, number) if code & codes.RIGHT else self.node(y)
        data, slopes = BINARY[operation](left.data, right.data)
        operands: tuple[RecordedNode, ...] = (left, right)
        if operation == codes.POWER and code & codes.RIGHT:  # an exponent is no datum
            operands, slopes = operands[:1], slopes[:1]
        node = RecordedNode(operation, data, number, operands, slopes)
        node.exponent = right.data if len(operands) == 1 else None
        self.held[number] = node

    def leaf(self, value: Any, site: Any) -> RecordedNode:
        """Make a leaf, and return it."""
        number = self._next()
        node = self.held[number] = RecordedNode(codes.LEAF, number_told(value), number)
        node.site = site if type(site) is int else 0
        return node

    def own(self, value: Any, field: Any) -> None:
        """Make a node by an operation of the submission's own."""
        number = self._next()
        node = RecordedNode(codes.OWN, number_told(value), number)
        self.connect(node, field)
        self.held[number] = node

    def connect(self, node: RecordedNode, field: Any) -> None:
        """Give a node the operands that the submission gave it, all made before it.

        Raises:
            Malformed: they are none.
        """
        if type(field) is not list or len(field) != 3 or type(field[0]) is not str:
            raise Malformed("sent a node of its own without operands")
        name, numbers, slopes = field
        operands = tuple(self.several(numbers))
        if any(operand.number >= node.number for operand in operands):
            raise Malformed("sent a node that is made from itself")
        node.code, node.name = codes.OWN, clean(name, LONGEST_NAME)
        node.operands, node.slopes = operands, _slopes(slopes, len(operands))

    def _next(self) -> int:
        self.made += 1
        return self.made


def number_told(value: Any) -> float:
    """Return a number that was told.

    Raises:
        Malformed: it is none.
    """
    if type(value) is float:
        return value
    if type(value) is not int or value.bit_length() > 1000:
        raise Malformed("sent a number that is none")
    return float(value)


def _constant(value: Any, number: int) -> RecordedNode:
    return RecordedNode(CONSTANT, number_told(value), number)


def _slopes(slopes: Any, count: int) -> Slopes:
    if slopes is None:
        return ()
    if type(slopes) is not list or len(slopes) != count:
        raise Malformed("sent slopes that are none")
    return tuple(map(number_told, slopes))
