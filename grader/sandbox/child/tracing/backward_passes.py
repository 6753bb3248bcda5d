"""What is kept of a submission's backward passes: of each training the first, the last, the losses.

Runs in the student's process.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import FrameType
from typing import Any, TypeAlias

from grader.engines.encoding import answer_to
from grader.engines.interpreter.execute import Locate
from grader.engines.interpreter.plain import plain
from grader.engines.observation import Answer
from grader.engines.text import clean
from grader.sandbox.child.tracing.graphs import NodeForm, answer_at
from grader.sandbox.protocol.wire import pack

WHOLE, FIRST, LAST = 4, 16, 4
MOST_LOSSES = 4096
MOST_OPERATIONS = 32
MOST_LEAVES = 256
FEWER_LEAVES = (MOST_LEAVES, 64, 24, 12)
MOST_BYTES = 450_000

_plain, _id, _type = plain, id, type


Stack: TypeAlias = tuple[tuple[FrameType, int], ...]
"""The submission's own frames around a pass, the outermost first, each with the line it is at."""

Quick: TypeAlias = list[tuple[Any, Any]]
"""A pass of which only the parameters were read: their data, and their gradients after it.

They are kept as they came, which is safe for plain floats alone.
"""


class LeafRecord:
    """A leaf in one pass: its serial number, its uses, and what it held before and after."""

    __slots__ = ("after", "before", "data", "leaf", "serial", "uses")

    def __init__(self, serial: int, leaf: Any, form: NodeForm) -> None:
        self.serial = serial
        self.leaf = leaf
        self.data = answer_at(leaf, form.data, form)
        self.before = self.after = answer_at(leaf, form.grad, form)
        self.uses = 0

    def held(self) -> tuple[Answer, Answer, Answer]:
        """Return the leaf's value, and its gradient before and after the pass."""
        return self.data, self.before, self.after


class WatchedPass:
    """One pass: what its root held, the leaves that were looked at, and how many nodes it had."""

    __slots__ = ("loss", "nodes", "rows")

    def __init__(self, loss: Answer, rows: list[LeafRecord], nodes: int) -> None:
        self.loss = loss
        self.rows = rows
        self.nodes = nodes

    def to_json(self, number: int, moved: Mapping[int, Any], most: int) -> list[Any]:
        """Return the pass as the grader is told of it: at most so many leaves, those that move."""
        leaves = sorted(self.rows, key=lambda row: row.serial not in moved)[:most]
        rows = [
            [row.serial, _id(row.leaf), row.uses, *map(answer_to, row.held())] for row in leaves
        ]
        return [number, answer_to(self.loss), self.nodes, rows]


class WatchedTraining:
    """The passes that one loop makes, bounded: the first, the last, and the losses of all."""

    def __init__(self, stack: Stack, form: NodeForm, cell: int) -> None:
        frame, line = stack[-1]
        self.place = (frame.f_code, line)
        self.stack = stack  # of the latest pass
        self.turns: set[tuple[FrameType, int]] = set()  # lines of one loop that call in turns
        self.stays = False  # whether a second pass came from the same frame
        self.form = form
        self.cell = cell
        self.count = 0
        self.first: list[WatchedPass] = []
        self.last: deque[Quick | WatchedPass] = deque(maxlen=LAST)
        self.losses: list[Any] = []
        self.moved: dict[int, Any] = {}
        self.end: dict[int, tuple[Answer, Answer]] = {}
        self.operations: set[str] = set()
        self.is_cut = False  # whether some leaves, or some of their uses, were not looked at

    @property
    def frame(self) -> FrameType:
        """The one that called the latest pass."""
        return self.stack[-1][0]

    def goes_on_at(self, stack: Stack) -> bool:
        """Return whether a loop around both led from the latest pass to the one called here.

        Where the frames begin to differ, it has to be the same line that called.
        """
        if shared := shared_by(self.stack, stack):
            spot = stack[shared - 1]
            return spot == self.stack[shared - 1] or spot in self.turns
        return False

    @property
    def known(self) -> bool:
        """Whether the parameters are known, so that nothing else need be looked at."""
        return self.count >= WHOLE and bool(self.moved)

    def keep(self, ended: WatchedPass) -> None:
        """Keep a pass that has ended."""
        self.count += 1
        if self.count <= MOST_LOSSES:
            self.losses.append(ended.loss.value)
        if self.count <= FIRST:
            self._find_moved(ended)
            self.first.append(ended)
        else:
            self.last.append(ended)

    def finish(self) -> None:
        """Read what the leaves hold now: the last step may have been made since."""
        last = self.first[-1].rows if self.first else []
        leaves = self.moved or {row.serial: row.leaf for row in last}
        names = (self.form.data, self.form.grad)
        for serial, leaf in leaves.items():
            with suppress(Exception):  # an attribute of a student's may do anything
                data, grad = (answer_at(leaf, name, self.form) for name in names)
                self.end[serial] = data, grad

    def to_json(self, file: str, most: int) -> list[Any]:
        """Return the training as the grader is told of it, with at most so many leaves a pass."""
        code, line = self.place
        numbered = list(enumerate(self.first, 1))
        numbered += [
            (number, self._pass(number, one))
            for number, one in enumerate(self.last, self.count - len(self.last) + 1)
        ]
        return [
            [file, line, clean(code.co_name)],
            self.cell,
            self.count,
            [one.to_json(number, self.moved, most) for number, one in numbered],
            [_float_of(loss).hex() for loss in self.losses[:MOST_LOSSES]],
            [[serial, *map(answer_to, answers)] for serial, answers in self.end.items()][:most],
            sorted(self.operations)[:MOST_OPERATIONS],
            self.is_cut or any(len(one.rows) > most for one in self.first),
        ]

    def _pass(self, number: int, kept: "Quick | WatchedPass") -> WatchedPass:
        """Return a pass of which only the parameters were read, like any other."""
        if isinstance(kept, WatchedPass):
            return kept
        rows = []
        for (serial, leaf), (data, after) in zip(self.moved.items(), kept, strict=True):
            row = LeafRecord(serial, leaf, self.form)
            row.data, row.before, row.after = _plain(data), _plain(None), _plain(after)
            rows.append(row)
        loss = self.losses[number - 1] if number <= len(self.losses) else None
        return WatchedPass(_plain(loss), rows, 0)

    def _find_moved(self, ended: WatchedPass) -> None:
        before = {row.serial: row.data for row in self.first[-1].rows} if self.first else {}
        for row in ended.rows:
            if row.serial in before and row.data != before[row.serial]:
                self.moved[row.serial] = row.leaf


def fitting_json(trainings: Sequence[WatchedTraining], student_file: Locate) -> list[Any]:
    """Return trainings as the grader is told of them, in as much detail as a reply holds.

    Where there are too many of them even so, the latest are told.

    Args:
        trainings: in their order.
        student_file: see `execute.Implementation`.
    """
    for most in FEWER_LEAVES:
        fields = [
            training.to_json(student_file(training.place[0].co_filename) or "", most)
            for training in trainings
        ]
        if len(pack({"": fields})) <= MOST_BYTES:
            return fields
    while len(pack({"": fields})) > MOST_BYTES:
        fields = fields[len(fields) // 4 + 1 :]
    return fields


def shared_by(one: Stack, other: Stack) -> int:
    """Return the number of frames that two stacks have in common."""
    count = 0
    for (frame, _), (another, _) in zip(one, other, strict=False):
        if frame is not another:
            break
        count += 1
    return count


def _float_of(loss: object) -> float:
    return loss if _type(loss) is float else float("nan")  # type: ignore[return-value]
