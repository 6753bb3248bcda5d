"""Reads the leaves of a graph around a backward pass, each under a number that stays its own.

Runs in the student's process.
"""

from contextlib import suppress
from typing import Any

from grader.sandbox.child.tracing.backward_passes import (
    FEWER_LEAVES,
    MOST_LEAVES,
    LeafRecord,
    WatchedPass,
    WatchedTraining,
)
from grader.sandbox.child.tracing.graphs import NodeForm, answer_at, below, form_of

MOST_ROWS = 12_000

_id, _type = id, type


class PassReader:
    """Reads leaves before and after a pass: all below its root, or the parameters alone."""

    def __init__(self) -> None:
        self._forms: dict[type, NodeForm] = {}
        self._alive: dict[int, tuple[int, Any]] = {}  # id → serial number, and the leaf
        self._serials = 0
        self._rows = 0

    def form(self, root: Any) -> NodeForm:
        """Return the names under which a root and its like keep what they hold."""
        form = self._forms.get(_type(root))
        if form is None or not form.link:
            form = self._forms[_type(root)] = form_of(root)
        return form

    def before(self, root: Any, form: NodeForm, training: WatchedTraining) -> WatchedPass:
        """Return a pass that is about to begin; of a known training, with its parameters alone."""
        nodes = 0
        if training.known:
            moved = list(training.moved.items())[: self._room()]
            rows = [LeafRecord(serial, leaf, form) for serial, leaf in moved]
        else:
            graph = below(root, form.link)
            training.operations |= graph.operations
            nodes = len(graph.uses)
            training.is_cut |= graph.is_cut or len(graph.leaves) > self._room()
            rows = self._rows_of(graph.leaves, form)
            for row in rows:
                row.uses = graph.uses[_id(row.leaf)]
        self._rows += len(rows)
        return WatchedPass(answer_at(root, form.data, form), rows, nodes)

    def after(self, ended: WatchedPass, training: WatchedTraining) -> None:
        """Read the gradients that a pass has left."""
        with suppress(Exception):  # an attribute of a student's may do anything
            for row in ended.rows:
                row.after = answer_at(row.leaf, training.form.grad, training.form)

    def _rows_of(self, leaves: list[Any], form: NodeForm) -> list[LeafRecord]:
        """Return the leaves that there is room for, those that were there before among them."""
        known, self._alive = self._alive, {}
        rows = []
        for leaf in sorted(leaves, key=lambda leaf: _id(leaf) not in known)[: self._room()]:
            serial, _ = known.get(_id(leaf)) or (self._new_serial(), leaf)
            self._alive[_id(leaf)] = (serial, leaf)
            rows.append(LeafRecord(serial, leaf, form))
        return rows

    def _room(self) -> int:
        """Return the number of leaves to look at: the later trainings are looked at, too."""
        return min(MOST_LEAVES, max(FEWER_LEAVES[-2], MOST_ROWS - self._rows))

    def _new_serial(self) -> int:
        self._serials += 1
        return self._serials
