"""Where the leaves of a recorded run begin, so that another run can begin elsewhere.

A leaf is known by the statement that makes it and its number among those that this one makes: that
is the same each time, however many steps a loop takes that comes before. A run that begins
elsewhere by a little does all that depends on where it began, and nothing that was worked out at
home for the starts on the sheet.

A parameter that is one object is shifted where it is made. One that is made anew in each step goes
on either from the one before it, whose shift it has, or from a plain number that has none: which of
both cannot be seen in one run, so there is a set of origins for each.
"""

from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from grader.sandbox.protocol import record_codes as codes
from grader.sandbox.recording.elsewhere import WITHIN, Elsewhere
from grader.sandbox.recording.graph import CONSTANT, RecordedNode
from grader.sandbox.recording.passes import RecordedTraining

STATEMENT = 1 << 32
MOST_LOOKS = 200_000


class Starts(NamedTuple):
    """The origins of leaves in a recorded run.

    Attributes:
        moved: of those that a training moves, and of what they go on as → of the first of them.
        still: of those below a training that it does not move: data.
        held: number of a leaf that a variable held → its origin.
        began: number of a leaf that began elsewhere → its value there.
        shifted: the origins of those.
    """

    moved: Mapping[int, int] = {}
    still: frozenset[int] = frozenset()
    held: Mapping[int, int] = {}
    began: Mapping[int, float] = {}
    shifted: Set[int] = frozenset()


class LeafOrigins:
    """Gives each leaf its origin, and shifts those that are to begin elsewhere.

    Attributes:
        held: see `Starts`.
        began: see `Starts`.
        shifted: see `Starts`.
    """

    def __init__(self, elsewhere: Elsewhere | None = None) -> None:
        """Prepare.

        Args:
            elsewhere: where leaves begin, if not where the submission has them begin.
        """
        self.held: dict[int, int] = {}
        self.began: dict[int, float] = {}
        self.shifted: set[int] = set()
        self._elsewhere = elsewhere
        origins = elsewhere.origins if elsewhere else ()
        self._first = None if origins is None else dict(origins)
        self._statement = self._made = 0
        self._looks: dict[tuple[int, str, str], tuple[int, ...]] = {}

    def next_statement(self) -> None:
        """Notice that a statement or a cell has come to its end."""
        self._statement += 1
        self._made = 0

    def begin(self, leaf: RecordedNode) -> None:
        """Give a leaf that has been made its origin."""
        self._made += 1
        leaf.origin = self._statement * STATEMENT + self._made
        if self._elsewhere and (self._first is None or leaf.origin in self._first):
            self._shift(leaf, self._elsewhere)

    def _shift(self, leaf: RecordedNode, elsewhere: Elsewhere) -> None:
        if self._first is not None:
            leaf.data += elsewhere.shift(self._first[leaf.origin])
        elif abs(leaf.data) < WITHIN:
            leaf.data += elsewhere.shift(leaf.origin)
        else:
            return
        self.began[leaf.number] = leaf.data
        self.shifted.add(leaf.origin)

    def look(self, nodes: Iterable[RecordedNode]) -> None:
        """Keep what nodes hold at a moment of the run."""
        for node in nodes:
            if len(self._looks) < MOST_LOOKS:
                made_from = {one.number for one in node.operands if one.code != CONSTANT}
                self._looks[_look(node.number, node.data, node.grad)] = tuple(sorted(made_from))
                if node.code == codes.LEAF:
                    self.held[node.number] = node.origin

    def children(self, number: int, data: object, grad: object) -> tuple[int, ...] | None:
        """Return what a node was made from; None where it never held these numbers."""
        return self._looks.get(_look(number, data, grad))


def _look(number: int, data: object, grad: object) -> tuple[int, str, str]:
    return number, repr(data), repr(grad)  # nan is not equal to itself


def starts_of(trainings: Iterable[RecordedTraining], origins: LeafOrigins) -> Starts:
    """Return the origins of what trainings move, of what they do not, and of what variables held.

    Args:
        trainings: of a recorded run.
        origins: of all its leaves.
    """
    moved: dict[int, int] = {}
    still: set[int] = set()
    for training in trainings:
        if len(training.passes) < 2:
            continue
        moves = moving(training)
        first: dict[int, int] = {}
        for leaf in (leaf for one in training.passes for leaf in one.leaves if leaf.origin):
            if leaf.lineage not in moves:
                still.add(leaf.origin)
                continue
            moved.setdefault(leaf.origin, first.setdefault(leaf.lineage, leaf.origin))
    return Starts(
        moved, frozenset(still - moved.keys()), origins.held, origins.began, origins.shifted
    )


def moving(training: RecordedTraining) -> set[int]:
    """Return the leaves whose values change from one pass to another."""
    values: dict[int, set[float]] = {}
    for one in training.passes:
        for row in one.rows:
            values.setdefault(row.lineage, set()).add(row.data)
    return {lineage for lineage, held in values.items() if len(held) > 1}
