"""The record of a run: what the stand-in in the student's process has done, entry by entry.

Everything that a verdict is made from is computed here, in the grader's process: values, gradients,
what a leaf was made from. What comes over the line is checked field by field, and bounded.
"""

from collections.abc import Callable, Iterator, Mapping
from sys import getallocatedblocks
from typing import Any

from grader.engines.encoding import Malformed
from grader.engines.text import clean
from grader.sandbox.protocol import record_codes as codes
from grader.sandbox.recording.graph import (
    BINARY,
    CONSTANT,
    UNARY,
    RecordedNode,
    Slopes,
    send_back,
)
from grader.sandbox.recording.passes import CallPlace, RecordedPass, RecordedPasses

MOST_NODES = 1_000_000  # that the submission holds at once: of the usual demo, 15 graphs
MOST_BLOCKS = 12 * MOST_NODES  # of memory: a node that is held by another one counts, too
LOOK_EACH = 32  # messages
MOST_OPERANDS = 20_000
LONGEST_NAME = 40


class Record:
    """A run on the grader's engine, as far as it has come.

    Attributes:
        passes: the backward passes, in groups.
        unfit: why the run cannot be recorded, "" where it can.
    """

    def __init__(self) -> None:
        self.passes = RecordedPasses()
        self.unfit = ""
        self._nodes: dict[int, RecordedNode] = {}
        self._made = self._taken = 0
        self._blocks = getallocatedblocks()
        self._walk: Iterator[RecordedNode] | None = None
        self._pass: RecordedPass | None = None
        self._answers: Mapping[int, Callable[[Any, Any], Any]] = {
            codes.LEAF: self._leaf,
            codes.OWN: self._own,
            codes.BECOME: self._become,
            codes.SET_DATA: self._set_data,
            codes.SET_GRAD: self._set_gradient,
            codes.DATA: self._data,
            codes.GRAD: self._gradient,
            codes.BACKWARD: self._backward,
            codes.DONE: self._go_on,
            codes.RULE: self._rule,
            codes.LOOK: self._look,
            codes.STATEMENT: self._statement,
            codes.UNFIT: self._refuse,
        }

    def take(self, fields: object) -> Any:
        """Apply entries, and return the answer to the last one.

        Raises:
            Malformed: an entry is none, or names a node that is not there.
        """
        if type(fields) is not list or len(fields) % 3:
            raise Malformed("sent something else than entries of a record")
        if self.unfit:
            return None
        answer = None
        fields_of = iter(fields)
        nodes, free = self._nodes, codes.FREE
        for code, x, y in zip(fields_of, fields_of, fields_of, strict=True):
            if type(code) is not int:
                raise Malformed("sent an entry without a code")
            if code == free:
                nodes.pop(x, None)
            elif codes.ADD <= code < codes.OWN or codes.RIGHT < code < codes.SET_DATA:
                self._operation(code, x, y)
            elif code in self._answers:
                answer = self._answers[code](x, y)
            else:
                raise Malformed("sent an entry of a kind that does not exist")
        self._taken += 1
        if len(nodes) > MOST_NODES or (self._taken % LOOK_EACH == 0 and self._is_too_large()):
            self.refuse("its graphs are too large")
        return answer

    def refuse(self, why: str) -> None:
        """Record nothing more, and keep nothing of what there is."""
        self.unfit = self.unfit or why
        self._nodes.clear()
        self.passes = RecordedPasses()

    def _is_too_large(self) -> bool:
        return getallocatedblocks() - self._blocks > MOST_BLOCKS

    def _node(self, number: Any) -> RecordedNode:
        node = self._nodes.get(number) if type(number) is int else None
        if node is None:
            raise Malformed("named a node that is not there")
        return node

    def _keep(self, node: RecordedNode) -> None:
        self._nodes[node.number] = node

    def _next(self) -> int:
        self._made += 1
        return self._made

    def _operation(self, code: int, x: Any, y: Any) -> None:
        number = self._next()
        operation = code & 15
        if operation in UNARY:
            one = self._node(x)
            data, slopes = UNARY[operation](one.data)
            self._keep(RecordedNode(operation, data, number, (one,), slopes))
            return
        if operation not in BINARY:
            raise Malformed("sent an operation that does not exist")
        left = _constant(x, number) if code & codes.LEFT else self._node(x)
        right = _constant(y, number) if code & codes.RIGHT else self._node(y)
        data, slopes = BINARY[operation](left.data, right.data)
        operands: tuple[RecordedNode, ...] = (left, right)
        if operation == codes.POWER and code & codes.RIGHT:  # an exponent is no datum
            operands, slopes = operands[:1], slopes[:1]
        node = RecordedNode(operation, data, number, operands, slopes)
        node.exponent = right.data if len(operands) == 1 else None
        self._keep(node)

    def _leaf(self, value: Any, site: Any) -> None:
        node = RecordedNode(codes.LEAF, _float(value), self._next())
        node.site = site if type(site) is int else 0
        self._keep(node)
        self.passes.made(node)

    def _own(self, value: Any, field: Any) -> None:
        node = RecordedNode(codes.OWN, _float(value), self._next())
        self._connect(node, field)
        self._keep(node)

    def _become(self, number: Any, field: Any) -> None:
        node = self._node(number)
        node.code = codes.OWN
        self._connect(node, field)

    def _connect(self, node: RecordedNode, field: Any) -> None:
        """Give a node the operands that the submission gave it, all made before it."""
        if type(field) is not list or len(field) != 3:
            raise Malformed("sent a node of its own without operands")
        name, numbers, slopes = field
        if type(name) is not str or type(numbers) is not list or len(numbers) > MOST_OPERANDS:
            raise Malformed("sent a node of its own without operands")
        operands = tuple(map(self._node, numbers))
        if any(operand.number >= node.number for operand in operands):
            raise Malformed("sent a node that is made from itself")
        node.name = clean(name, LONGEST_NAME)
        node.operands, node.slopes = operands, _slopes(slopes, len(operands))

    def _set_data(self, number: Any, value: Any) -> None:
        node = self._node(number)
        self.passes.writes(node)
        node.data = _float(value)

    def _set_gradient(self, number: Any, value: Any) -> None:
        self._node(number).grad = _float(value)

    def _data(self, number: Any, _: Any) -> float:
        return self._node(number).data

    def _gradient(self, number: Any, _: Any) -> float:
        node = self._node(number)
        if self._walk is None:
            self.passes.reads_gradient(node, self._made)
        return node.grad

    def _backward(self, number: Any, field: Any) -> int | None:
        if type(field) is not list or len(field) != 3:
            raise Malformed("sent a pass without its place")
        seed, zeroes, place = field
        root = self._node(number)
        self._pass = self.passes.begin(root, CallPlace.told(place))
        if zeroes is True:
            self._pass.zero()
        root.grad = _float(seed)
        self._walk = iter(send_back(self._pass.graph.nodes))
        return self._go_on(0, 0)

    def _go_on(self, _: Any, __: Any) -> int | None:
        """Go back until a rule of the submission's own is needed; return its node's number."""
        if self._walk is None or self._pass is None:
            raise Malformed("ended a rule that was not asked for")
        node = next(self._walk, None)
        if node is not None:
            return node.number
        self.passes.end(self._pass)
        self._walk = self._pass = None
        return None

    def _rule(self, number: Any, place: Any) -> None:
        """Send one gradient on, in a pass that the submission makes by itself."""
        node = self._node(number)
        if self._walk is None:
            self.passes.by_hand(node, place)
        for _ in send_back((node,)):
            self.refuse("a rule of its own is run in a pass of its own")

    def _look(self, numbers: Any, _: Any) -> list[list[Any]]:
        if type(numbers) is not list or len(numbers) > MOST_OPERANDS:
            raise Malformed("asked for something else than nodes")
        nodes = map(self._node, numbers)
        return [[node.data, node.grad, node.operation] for node in nodes]

    def _statement(self, _: Any, __: Any) -> None:
        self.passes.pause()

    def _refuse(self, why: Any, _: Any) -> None:
        self.refuse(clean(why) if type(why) is str else "it cannot be recorded")


def _constant(value: Any, number: int) -> RecordedNode:
    return RecordedNode(CONSTANT, _float(value), number)


def _float(value: Any) -> float:
    if type(value) is float:
        return value
    if type(value) is not int or value.bit_length() > 1000:
        raise Malformed("sent a number that is none")
    return float(value)


def _slopes(slopes: Any, count: int) -> Slopes:
    if slopes is None:
        return ()
    if type(slopes) is not list or len(slopes) != count:
        raise Malformed("sent slopes that are none")
    return tuple(map(_float, slopes))
