"""The backward passes of a recorded run, in trainings: which loop made them, and of which leaves.

A pass belongs to the training before it where one loop led to both, as the frames tell that called
them. Its leaves are known by their place in the graph: see `lineage`.
"""

from collections.abc import Set
from functools import lru_cache
from typing import Any, NamedTuple

from grader.engines.encoding import Malformed
from grader.engines.observation import Place
from grader.engines.text import clean
from grader.sandbox.protocol import record_codes as codes
from grader.sandbox.recording.graph import CONSTANT, GraphBelow, RecordedNode, below
from grader.sandbox.recording.graph_program import GraphProgram, graph_program
from grader.sandbox.recording.lineage import same_number, successors
from grader.sandbox.recording.shares import LeafShares

ENGINE = "Value"
DEEPEST = 12
MOST_TRAININGS = 200
FEW = 64  # leaves, all of which are kept, plain numbers too
WHOLE = 16  # passes whose rows are all kept
MOST_ROWS = 400_000
MOST_RECENT = 20_000
TAKING_TURNS = 16


_clean = lru_cache(maxsize=8)(clean)  # a loop calls its passes at one place


class CallPlace(NamedTuple):
    """The place at which a pass was called.

    Attributes:
        stack: the submission's frames by numbers, the outermost first, each with its line.
        file: of the innermost.
        function: of the innermost.
        cell: the code cell, from 1; 0 in a script.
    """

    stack: tuple[tuple[int, int], ...]
    file: str
    function: str
    cell: int

    @property
    def place(self) -> Place:
        """The line that called."""
        return Place(self.file, self.stack[-1][1], self.function)

    @classmethod
    def told(cls, plain: Any) -> "CallPlace":
        """Return the place that was told.

        Raises:
            Malformed: it is none.
        """
        if type(plain) is not list or len(plain) != 5:
            raise Malformed("sent a pass without its place")
        frames, lines, file, function, cell = plain
        if not all(type(one) is list and 0 < len(one) <= DEEPEST for one in (frames, lines)):
            raise Malformed("sent a pass without its place")
        if any(type(one) is not int or one < 0 for one in (*frames, *lines, cell)):
            raise Malformed("sent a pass without its place")
        if type(file) is not str or type(function) is not str or len(frames) != len(lines):
            raise Malformed("sent a pass without its place")
        stack = tuple(zip(frames, lines, strict=True))
        return cls(stack, _clean(file), _clean(function), cell)

    def shared_with(self, other: "CallPlace") -> int:
        """Return the number of frames that two places have in common."""
        count = 0
        for (frame, _), (another, _) in zip(self.stack, other.stack, strict=False):
            if frame != another:
                break
            count += 1
        return count


class RecordedLeaf(NamedTuple):
    """A leaf in one pass: which it is, its node, its uses, and what it held before and after."""

    lineage: int
    node: int
    uses: int
    data: float
    before: float
    after: float


class RecordedPass:
    """One pass: its graph while it lasts, and what its leaves held."""

    def __init__(self, root: RecordedNode, place: CallPlace) -> None:
        self.place = place
        self.graph = below(root)
        self.root = root
        self.loss, self.number, self.seed = root.data, root.number, root.grad
        self.nodes = len(self.graph.nodes)
        self.leaves = self.graph.leaves
        self.shape = self.graph.shape
        self.before = [leaf.grad for leaf in self.leaves]
        self.data = [leaf.data for leaf in self.leaves]
        self.after: dict[RecordedNode, float] = {}
        self.rows: list[RecordedLeaf] = []

    @property
    def data_of(self) -> dict[RecordedNode, float]:
        """The values of the leaves that are no plain numbers."""
        pairs = zip(self.leaves, self.data, strict=True)
        return {leaf: data for leaf, data in pairs if leaf.code == codes.LEAF}

    def zero(self) -> None:
        """Set all gradients to 0, as some engines do when a pass begins."""
        for node in self.graph.nodes:
            node.grad = 0.0

    def finish(self, *, few: bool) -> None:
        """Keep what the leaves hold now; where there are many, not the plain numbers."""
        self.after = {leaf: leaf.grad for leaf in self.leaves}
        self.seed = self.root.grad
        uses = self.graph.uses
        every = not few and len(self.leaves) <= FEW
        self.rows = [
            RecordedLeaf(leaf.lineage, leaf.number, uses[leaf], data, before, leaf.grad)
            for leaf, data, before in zip(self.leaves, self.data, self.before, strict=True)
            if every or leaf.code == codes.LEAF
        ]

    def numbers(self, lineages: Set[int]) -> list[Any]:
        """Return number, value and gradient of the root, and of those leaves, in one flat list."""
        told: list[Any] = [self.number, self.loss, self.seed]
        for leaf in self.leaves:
            if leaf.lineage in lineages and leaf.code != CONSTANT:
                told += leaf.number, leaf.data, leaf.grad
        return told

    def let_go(self) -> None:
        """Keep leaves and numbers alone."""
        self.graph = GraphBelow([], [], b"", {})
        self.root = RecordedNode(codes.LEAF, self.loss, 0)


class RecordedTraining:
    """The passes that one loop makes.

    Attributes:
        passes: all of them, in order.
        end: leaf → its value and its gradient after the last pass and what followed.
        operations: those in its graphs.
        shares: what its leaves belong to: one example, or all.
    """

    def __init__(self, place: CallPlace) -> None:
        self.place = place
        self.latest = place
        self.turns: set[tuple[int, int]] = set()
        self.stays = False
        self.passes: list[RecordedPass] = []
        self.end: dict[int, tuple[float, float]] = {}
        self.operations: set[str] = set()
        self.shares = LeafShares()
        self.renewed: set[int] = set()  # leaves that have gone on as other nodes
        self.graph: GraphProgram | None = None  # makes its first graph again
        self._rows = 0

    def goes_on_at(self, place: CallPlace) -> bool:
        """Return whether a loop around both led from the latest pass to this one."""
        shared = self.latest.shared_with(place)
        if not shared:
            return False
        spot = place.stack[shared - 1]
        return spot == self.latest.stack[shared - 1] or spot in self.turns

    def add(self, ended: RecordedPass) -> None:
        """Keep a pass that has ended, and of the earlier ones no more than there is room for."""
        self.passes.append(ended)
        self._rows += len(ended.rows)
        earlier = self.passes[-2] if len(self.passes) > WHOLE + 1 else None
        if earlier is not None and self._rows > MOST_ROWS:
            self._rows -= len(earlier.rows)
            earlier.rows = []

    def finish(self, reads: dict[RecordedNode, int], recent: list[RecordedNode]) -> None:
        """Read what the leaves of the last pass have come to."""
        last = self.passes[-1]
        for leaf, data in zip(last.leaves, last.data, strict=True):
            if leaf.code != codes.LEAF:
                continue
            if leaf.lineage in self.renewed and leaf.data == data:
                following = self._following(leaf, reads, recent)
                if following is not None:
                    self.end[leaf.lineage] = following.data, following.grad
                continue
            self.end[leaf.lineage] = leaf.data, leaf.grad

    def _following(
        self, leaf: RecordedNode, reads: dict[RecordedNode, int], recent: list[RecordedNode]
    ) -> RecordedNode | None:
        """Return the node that a leaf has gone on as after the last pass, as it did before."""
        later = (one for one in recent if leaf in reads and one.number > reads[leaf])
        return next((one for one in later if self.may_follow(leaf, one)), None)

    def may_follow(self, leaf: RecordedNode, other: RecordedNode) -> bool:
        """Return whether a leaf of the last pass steps to another one as it did before."""
        steps = [
            (row.data, row.after)
            for one in self.passes[-2:]
            for row in one.rows
            if row.lineage == leaf.lineage
        ]
        if len(steps) < 2 or not steps[0][1]:
            return False
        rate = (steps[0][0] - steps[1][0]) / steps[0][1]
        return same_number(other.data, steps[1][0] - rate * steps[1][1])


class RecordedPasses:
    """The passes of a run so far, in trainings, of which the last may go on."""

    def __init__(self) -> None:
        self.trainings: list[RecordedTraining] = []
        self._reads: dict[RecordedNode, int] = {}  # leaf → when its gradient was read
        self._recent: list[RecordedNode] = []
        self._is_finished = True
        self._by_hand: RecordedPass | None = None
        self._by_hand_nodes: set[RecordedNode] = set()
        self._is_open = False

    def begin(self, root: RecordedNode, place: CallPlace) -> RecordedPass:
        """Begin a pass."""
        self._close()
        self._by_hand, self._by_hand_nodes = None, set()
        return RecordedPass(root, place)

    def end(self, ended: RecordedPass) -> None:
        """Add a pass that has ended to the training that it belongs to."""
        training = self._training_of(ended)
        if training.passes:
            self._follow(training, ended)
        else:
            training.graph = graph_program(ended.root, ENGINE)
        ended.finish(few=len(training.passes) > WHOLE)
        if len(training.passes) <= WHOLE:
            training.operations |= {one.operation for one in ended.graph.nodes if one.operands}
        training.shares.add(ended.root, training.passes[-1].data_of if training.passes else {})
        training.add(ended)
        if ended is not self._by_hand:
            ended.let_go()
        self._reads, self._recent, self._is_finished = {}, [], False

    def made(self, leaf: RecordedNode) -> None:
        """Notice a leaf that has been made: another may go on as this one."""
        self._close()
        if len(self._recent) < MOST_RECENT:
            self._recent.append(leaf)

    def writes(self, _: RecordedNode) -> None:
        """Notice that a value is written."""
        self._close()

    def reads_gradient(self, node: RecordedNode, now: int) -> None:
        """Notice that the submission reads a gradient."""
        self._close()
        if not node.operands:
            self._reads.setdefault(node, now)

    def pause(self) -> None:
        """Notice the end of a statement or a cell."""
        self._close()
        if not self._is_finished:
            self.trainings[-1].finish(self._reads, self._recent)
            self._is_finished = True

    def by_hand(self, node: RecordedNode, place: Any) -> None:
        """Notice that the submission itself sends a gradient on: one in a pass of its own."""
        if node in self._by_hand_nodes:
            self._by_hand_nodes.discard(node)
            self._is_open = True
        elif place:
            self._by_hand = self.begin(node, CallPlace.told(place))
            self._by_hand_nodes = set(self._by_hand.graph.nodes) - {node}
            self._is_open = True

    def _close(self) -> None:
        """End the pass that the submission has made by itself, if one is open."""
        if not self._is_open or self._by_hand is None:
            return
        self._is_open = False
        if self.trainings and self.trainings[-1].passes[-1:] == [self._by_hand]:
            self._by_hand.finish(few=False)
        else:
            self.end(self._by_hand)

    def _training_of(self, ended: RecordedPass) -> RecordedTraining:
        place = ended.place
        current = self.trainings[-1] if self.trainings else None
        if current and current.goes_on_at(place):
            again = current.latest.stack[-1][0] == place.stack[-1][0]
            if again or not current.stays or self._has_parameters(current, ended):
                current.stays |= again
                current.latest = place
                return current
        elif current and len(self.trainings) > 1:
            earlier = self.trainings[-2]
            if _takes_turns(earlier, current, place):
                self.trainings.pop()
                return _merged(earlier, current, place)
        return self._new(RecordedTraining(place))

    def _new(self, training: RecordedTraining) -> RecordedTraining:
        if not self._is_finished:
            self.trainings[-1].finish(self._reads, self._recent)
        if len(self.trainings) < MOST_TRAININGS:
            self.trainings.append(training)
        else:
            self.trainings[-1] = training
        return training

    def _has_parameters(self, training: RecordedTraining, ended: RecordedPass) -> bool:
        """Return whether a graph goes on from what a training moves."""
        last = training.passes[-1]
        if not last.data_of.keys().isdisjoint(ended.leaves):
            return True
        going_on = successors(last, ended, self._reads).items()
        return any(training.may_follow(old, new) for old, new in going_on)

    def _follow(self, training: RecordedTraining, ended: RecordedPass) -> None:
        for old, new in successors(training.passes[-1], ended, self._reads).items():
            new.lineage = old.lineage
            training.renewed.add(old.lineage)


def _takes_turns(earlier: RecordedTraining, current: RecordedTraining, place: CallPlace) -> bool:
    """Return whether a loop calls `backward` on more than one line, in turns."""
    return (
        earlier.goes_on_at(place)
        and earlier.latest.shared_with(current.latest) == earlier.latest.shared_with(place)
        and len(earlier.passes) + len(current.passes) < TAKING_TURNS
    )


def _merged(
    earlier: RecordedTraining, current: RecordedTraining, place: CallPlace
) -> RecordedTraining:
    """Make two trainings that take turns one."""
    for ended in current.passes:
        earlier.add(ended)
    spot = earlier.latest.shared_with(current.latest) - 1
    earlier.turns |= {earlier.latest.stack[spot], current.latest.stack[spot], *current.turns}
    earlier.stays |= earlier.latest.stack[-1][0] == place.stack[-1][0]
    earlier.operations |= current.operations
    earlier.latest = place
    return earlier
