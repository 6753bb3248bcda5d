"""Tells data from parameters: a datum belongs to one example, a parameter to all of them.

A loss over several examples is a sum; what an example brings along, an input or a label, stands
below its own terms alone, and a weight stands below every term. Where each pass has one example,
passes take the place of terms. So a weight that is never moved is told from an input that is not to
move, wherever variables hold either.
"""

from collections.abc import Iterable, Mapping

from grader.sandbox.protocol import record_codes as codes
from grader.sandbox.recording.graph import CONSTANT, RecordedNode

NOTICED = 1e-9  # a gradient below this is none
MOST_PASSES = 16
MOST_LOOKED_AT = 400_000  # nodes, in all passes of a training
USUAL_CONSTANTS = frozenset({1.0, -1.0, 2.0, -2.0, 0.5, -0.5})
FEWEST = 2  # leaves below what only keeps weights small, alpha * w * w say
SUMS = (codes.ADD, codes.SUBTRACT)
SCALED = (codes.MULTIPLY, codes.DIVIDE)


class LeafShares:
    """What the leaves of a training that stay as they are belong to.

    Attributes:
        terms: how many were looked at, one for each example and output.
        examples: how many differ in what they hold.
    """

    def __init__(self) -> None:
        self.terms = 0
        self._passes = self._looked_at = 0
        self._held: set[tuple[float, ...]] = set()
        self._shares: dict[RecordedNode, int] = {}
        self._often: dict[RecordedNode, int] = {}  # most terms of one pass
        self._mixed: set[RecordedNode] = set()

    @property
    def examples(self) -> int:
        """How many different examples were seen."""
        return len(self._held)

    def add(self, root: RecordedNode, earlier: Mapping[RecordedNode, float]) -> None:
        """Look at a pass that has ended.

        Args:
            root: its loss.
            earlier: leaf → its value in the pass before.
        """
        still = {leaf for leaf, data in earlier.items() if _stays(leaf, data)}
        if not still or self._passes >= MOST_PASSES or self._looked_at > MOST_LOOKED_AT:
            return
        self._passes += 1
        terms = [
            leaves for term in terms_of(root) if len(leaves := self._leaves(term, still)) > FEWEST
        ]
        counts: dict[RecordedNode, int] = {}
        for leaves in terms:
            self._held.add(_data_in(leaves, earlier))
            for leaf in leaves & still:
                counts[leaf] = counts.get(leaf, 0) + 1
        self.terms += len(terms)
        for leaf, count in counts.items():
            self._shares[leaf] = self._shares.get(leaf, 0) + count
            self._often[leaf] = max(self._often.get(leaf, 0), count)

    def are_common(self, leaf: RecordedNode) -> bool:
        """Return whether a leaf that stays belongs to more than one example, like a weight.

        With several outputs an input stands below several terms, too; but it meets weights alone,
        and a weight behind the first layer meets results.
        """
        if self.examples < 2 or leaf.data in USUAL_CONSTANTS:
            return False
        if self._shares.get(leaf, 0) == self.terms:
            return True
        return self._often.get(leaf, 0) > 1 and leaf in self._mixed and leaf.data != 0

    def _leaves(self, term: RecordedNode, still: set[RecordedNode]) -> set[RecordedNode]:
        """Return the leaves below a term, and notice those that meet results."""
        seen: set[RecordedNode] = {term}
        leaves: set[RecordedNode] = set()
        waiting = [term]
        while waiting:
            node = waiting.pop()
            if not node.operands:
                leaves.add(node)
                continue
            if any(operand.operands for operand in node.operands):
                self._mixed.update(still.intersection(node.operands))
            for operand in node.operands:
                if operand not in seen:
                    seen.add(operand)
                    waiting.append(operand)
        self._looked_at += len(seen)
        return leaves


def _stays(leaf: RecordedNode, data: float) -> bool:
    return leaf.data == data and not leaf.operands and abs(leaf.grad) > NOTICED


def terms_of(root: RecordedNode) -> Iterable[RecordedNode]:
    """Return the terms of a loss that is a sum, perhaps a scaled one; itself where it is none."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        inner = [operand for operand in node.operands if operand.operands]
        if node.code in SUMS:
            waiting.extend(node.operands)
        elif node.code in SCALED and len(inner) == 1 and _is_number(node, inner[0]):
            waiting.extend(inner)
        elif node.code == codes.NEGATE:
            waiting.extend(node.operands)
        elif node.operands:
            yield node


def _is_number(node: RecordedNode, inner: RecordedNode) -> bool:
    """Return whether all but one operand are plain numbers, or leaves that scale the whole."""
    return all(operand is inner or operand.code == CONSTANT for operand in node.operands)


def _data_in(leaves: set[RecordedNode], earlier: Mapping[RecordedNode, float]) -> tuple[float, ...]:
    """Return the numbers below a term that no step has moved."""
    held = (
        leaf
        for leaf in leaves
        if (earlier[leaf] == leaf.data if leaf in earlier else leaf.lineage == leaf.number)
    )
    return tuple(sorted(leaf.data for leaf in held))
