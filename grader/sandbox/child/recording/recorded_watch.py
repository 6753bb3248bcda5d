"""Watches a submission's run while a stand-in takes the place of its engine.

It stands where `BackwardWatch` stands otherwise, and keeps nothing itself: what the stand-in does
is recorded in the grader's process. Runs in the student's process.
"""

from collections.abc import Callable
from itertools import count
from types import CodeType, FrameType
from typing import Any

from grader.engines.interpreter.execute import Locate
from grader.engines.text import clean
from grader.sandbox.child.recording.entries import Entries
from grader.sandbox.child.recording.stand_in import ClassStandIns
from grader.sandbox.child.tracing.watched_classes import WatchedClasses
from grader.sandbox.protocol import record_codes as codes

DEEPEST = 12  # frames
MOST_LOOKS = 100
STATEMENTS_AT_ONCE = 3000  # fields

_id = id


class RecordedWatch:
    """The observer of a run that is recorded.

    Attributes:
        engines: the classes whose objects are nodes of a graph.
        cell: the number of the cell that runs, 0 in a script.
    """

    def __init__(
        self,
        student_file: Locate,
        after_first_pass: Callable[[FrameType], None],
        name: str,
        exchange: Callable[[list[Any], bool], Any],
        *,
        zeroes: bool = False,
    ) -> None:
        """Prepare.

        Args:
            student_file: see `execute.Implementation`.
            after_first_pass: is given the frame that called the first pass at a place.
            name: of the class that gets a stand-in, wherever the submission defines it.
            exchange: see `Entries`.
            zeroes: whether the submission's `backward` begins with gradients of 0.
        """
        self.cell = 0
        self.entries = Entries(exchange)
        self._student_file = student_file
        self._after_first_pass = after_first_pass
        self._stand_ins = ClassStandIns(self.entries, self, zeroes=zeroes)
        self._classes = WatchedClasses(student_file, None, {name: self._stand_ins.of})
        self.engines, self.made = self._classes.engines, self._classes.made
        self._frames: list[FrameType] = []
        self._numbers: list[int] = []
        self._next_frame = count(1).__next__
        self._own: dict[CodeType, bool] = {}
        self._looked: set[tuple[tuple[CodeType, int], ...]] = set()

    def begin(self) -> None:
        """Watch classes from now on."""
        self._classes.begin()

    def end(self) -> None:
        """Stop watching; what the stand-in does from now on is not recorded."""
        self._classes.end()
        self._stand_ins.end()
        self.pause()
        self.entries.end()

    def pause(self) -> None:
        """Tell that a statement or a cell has come to its end."""
        self.entries.waiting.extend((codes.STATEMENT, 0, 0))
        if len(self.entries.waiting) > STATEMENTS_AT_ONCE:
            self.entries.send()

    def watch_functions(self, _: dict[str, Any]) -> None:
        """Watch none: what a function of theirs does to a graph is recorded as all else is."""

    def to_json(self) -> list[Any]:
        """Return no trainings: they are recorded elsewhere."""
        return []

    def describe(self, nodes: list[Any]) -> list[list[Any]]:
        """Return the value and the gradient of each node, in one turn."""
        numbers = [node._recorded_node for node in nodes]
        return self.entries.ask(codes.LOOK, numbers) if numbers else []

    def place(self, frame: FrameType) -> list[Any]:
        """Return where a pass is called: its frames by numbers, their lines, file, function, cell.

        A frame that is held cannot be another one of the same address, so each keeps its number as
        long as passes are called below it.
        """
        frames = self._own_frames(frame)
        known = dict(zip(map(_id, self._frames), self._numbers, strict=True))
        numbers = [known.get(_id(one)) or self._next_frame() for one in frames]
        self._frames, self._numbers = frames, numbers
        lines = [one.f_lineno for one in frames]
        code = frames[-1].f_code
        file = self._student_file(code.co_filename) or ""
        return [numbers, lines, file, clean(code.co_name), self.cell]

    def passed(self, frame: FrameType) -> None:
        """Read the variables around a pass that has ended, if it is the first at its place."""
        at = tuple((one.f_code, one.f_lineno) for one in self._frames)
        if at not in self._looked and len(self._looked) < MOST_LOOKS:
            self._looked.add(at)
            self._after_first_pass(frame)

    def _own_frames(self, frame: FrameType | None) -> list[FrameType]:
        """Return the submission's own frames around a pass, the innermost DEEPEST, in order."""
        frames: list[FrameType] = []
        while frame is not None and len(frames) < DEEPEST:
            if not frames or self._is_own(frame.f_code):
                frames.append(frame)
            frame = frame.f_back
        return frames[::-1]

    def _is_own(self, code: CodeType) -> bool:
        known = self._own.get(code)
        if known is None:
            known = self._own[code] = self._student_file(code.co_filename) is not None
        return known
