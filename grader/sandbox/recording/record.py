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
from grader.sandbox.recording.elsewhere import Elsewhere
from grader.sandbox.recording.graph import RecordedNode, send_back
from grader.sandbox.recording.nodes import RecordedNodes, number_told
from grader.sandbox.recording.passes import CallPlace, RecordedPass, RecordedPasses
from grader.sandbox.recording.starts import LeafOrigins

MOST_NODES = 1_000_000  # that the submission holds at once: of the usual demo, 15 graphs
MOST_BLOCKS = 12 * MOST_NODES  # of memory: a node that is held by another one counts, too
LOOK_EACH = 32  # messages


class Record:
    """A run on the grader's engine, as far as it has come.

    Attributes:
        passes: the backward passes, in groups.
        unfit: why the run cannot be recorded, "" where it can.
        origins: where its leaves were made.
    """

    def __init__(self, elsewhere: Elsewhere | None = None) -> None:
        """Prepare; for `elsewhere` see `LeafOrigins`."""
        self.passes, self.origins = RecordedPasses(), LeafOrigins(elsewhere)
        self.unfit = ""
        self._nodes = RecordedNodes()
        self._taken = 0
        self._blocks = getallocatedblocks()
        self._walk: Iterator[RecordedNode] | None = None
        self._pass: RecordedPass | None = None
        self._read: set[int] = set()  # leaves whose gradients are read
        self._answers: Mapping[int, Callable[[Any, Any], Any]] = {
            codes.LEAF: self._leaf,
            codes.OWN: self._nodes.own,
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
                nodes.free(x)
            elif codes.ADD <= code < codes.OWN or codes.RIGHT < code < codes.SET_DATA:
                nodes.operate(code, x, y)
            elif code in self._answers:
                answer = self._answers[code](x, y)
            else:
                raise Malformed("sent an entry of a kind that does not exist")
        self._taken += 1
        if len(nodes.held) > MOST_NODES or (self._taken % LOOK_EACH == 0 and self._is_too_large()):
            self.refuse("its graphs are too large")
        return answer

    def refuse(self, why: str) -> None:
        """Record nothing more, and keep nothing of what there is."""
        self.unfit = self.unfit or why
        self._nodes.held.clear()
        self.passes = RecordedPasses()

    def _is_too_large(self) -> bool:
        return getallocatedblocks() - self._blocks > MOST_BLOCKS

    def _leaf(self, value: Any, site: Any) -> None:
        leaf = self._nodes.leaf(value, site)
        self.origins.begin(leaf)
        self.passes.made(leaf)

    def _become(self, number: Any, field: Any) -> None:
        self._nodes.connect(self._nodes.node(number), field)

    def _set_data(self, number: Any, value: Any) -> None:
        node = self._nodes.node(number)
        self.passes.writes(node)
        node.data = number_told(value)

    def _set_gradient(self, number: Any, value: Any) -> None:
        self._nodes.node(number).grad = number_told(value)

    def _data(self, number: Any, _: Any) -> float:
        return self._nodes.node(number).data

    def _gradient(self, number: Any, _: Any) -> float:
        node = self._nodes.node(number)
        if self._walk is None:
            self.passes.reads_gradient(node, self._nodes.made)
            self._read.add(node.lineage)
        return node.grad

    def _backward(self, number: Any, field: Any) -> list[Any]:
        if type(field) is not list or len(field) != 3:
            raise Malformed("sent a pass without its place")
        seed, zeroes, place = field
        root = self._nodes.node(number)
        self._pass = self.passes.begin(root, CallPlace.told(place))
        if zeroes is True:
            self._pass.zero()
        root.grad = number_told(seed)
        self._walk = iter(send_back(self._pass.graph.nodes))
        return self._go_on(0, 0)

    def _go_on(self, _: Any, __: Any) -> list[Any]:
        """Go back until a rule of the submission's own is needed, and return its node's number.

        Where there is none left, None, and of each leaf whose gradient it has read before, and of
        the root, the number, the value and the gradient.
        """
        if self._walk is None or self._pass is None:
            raise Malformed("ended a rule that was not asked for")
        node = next(self._walk, None)
        if node is not None:
            return [node.number, []]
        ended = self._pass
        self.passes.end(ended)
        self._walk = self._pass = None
        return [None, ended.numbers(self._read)]

    def _rule(self, number: Any, place: Any) -> None:
        """Send one gradient on, in a pass that the submission makes by itself."""
        node = self._nodes.node(number)
        if self._walk is None:
            self.passes.by_hand(node, place)
        for _ in send_back((node,)):
            self.refuse("a rule of its own is run in a pass of its own")

    def _look(self, numbers: Any, _: Any) -> list[list[Any]]:
        nodes = self._nodes.several(numbers)
        self.origins.look(nodes)
        return [[node.data, node.grad, node.operation] for node in nodes]

    def _statement(self, _: Any, __: Any) -> None:
        self.passes.pause()
        self.origins.next_statement()

    def _refuse(self, why: Any, _: Any) -> None:
        self.refuse(clean(why) if type(why) is str else "it cannot be recorded")
