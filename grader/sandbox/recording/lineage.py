"""Follows a leaf that goes on as another one: `w = Value(w.data - rate * w.grad)`.

A leaf is a parameter's next version where it stands at the same place in a graph of the same shape,
was made after the earlier one's gradient had been read, and the earlier one is gone, as it was.
Where the shapes differ, another number of examples say, it is found by the step that all of them
make: one rate times each gradient.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from grader.sandbox.protocol import record_codes as codes
from grader.sandbox.recording.graph import RecordedNode

ALIKE = 1e-9  # relative: one step in two ways of rounding
MOST_PAIRS = 1_000_000


class PassLeaves(Protocol):
    """The leaves of a pass, in the order of their places."""

    @property
    def leaves(self) -> list[RecordedNode]:
        """Each once."""
        ...

    @property
    def data(self) -> list[float]:
        """What each held when the pass began."""
        ...

    @property
    def shape(self) -> bytes:
        """The same for graphs that are built alike."""
        ...

    @property
    def after(self) -> Mapping[RecordedNode, float]:
        """The gradients that the pass has left."""
        ...


def successors(
    before: PassLeaves, now: PassLeaves, reads: Mapping[RecordedNode, int]
) -> dict[RecordedNode, RecordedNode]:
    """Return the leaves of a pass that have gone on as leaves of the next one.

    Args:
        before: the earlier pass.
        now: the one that follows it in the same loop.
        reads: leaf → when its gradient was read in between, by the latest node's number then.
    """
    if not reads:
        return {}
    there, earlier = set(now.leaves), set(before.leaves)
    held = zip(before.leaves, before.data, strict=True)
    gone = [
        leaf for leaf, data in held if leaf in reads and leaf not in there and leaf.data == data
    ]
    if not gone:
        return {}
    found: dict[RecordedNode, RecordedNode] = {}
    if before.shape == now.shape and len(before.leaves) == len(now.leaves):
        places = dict(zip(before.leaves, now.leaves, strict=True))
        pairs = ((old, places[old]) for old in gone)
        found = {old: new for old, new in pairs if _can_follow(new, reads[old], earlier)}
    left = [leaf for leaf in gone if leaf not in found]
    taken = set(found.values())
    free = [leaf for leaf in now.leaves if leaf not in taken and leaf.code == codes.LEAF]
    if left and free and len(left) * len(free) <= MOST_PAIRS:
        fresh = [leaf for leaf in free if leaf not in earlier]
        found |= _by_one_rate(left, fresh, before.after, reads)
    return found


def _can_follow(leaf: RecordedNode, read: int, earlier: set[RecordedNode]) -> bool:
    return leaf.code == codes.LEAF and leaf.number > read and leaf not in earlier


def _by_one_rate(
    gone: Sequence[RecordedNode],
    fresh: Iterable[RecordedNode],
    gradients: Mapping[RecordedNode, float],
    reads: Mapping[RecordedNode, int],
) -> dict[RecordedNode, RecordedNode]:
    """Return the pairs that most often show one rate, if half of those that are gone do."""
    pairs = [
        (f"{(old.data - new.data) / gradients[old]:.8e}", old, new)
        for new in fresh
        for old in gone
        if gradients.get(old) and new.number > reads[old]
    ]
    rates = Counter(rate for rate, _, _ in pairs)
    (rate, times), *_ = rates.most_common(1) or [("", 0)]
    if times * 2 < len(gone) or times < min(2, len(gone)):
        return {}
    found: dict[RecordedNode, RecordedNode] = {}
    for own, old, new in pairs:
        if own == rate and old not in found and new not in found.values():
            found[old] = new
    return found


def same_number(one: float, other: float) -> bool:
    """Return whether two numbers are the same but for rounding."""
    return abs(one - other) <= ALIKE * max(abs(one), abs(other), ALIKE)
