"""Tells which training a backward pass belongs to, by the frames that led to it.

Runs in the student's process.
"""

from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

from grader.engines.interpreter.execute import Locate
from grader.sandbox.child.tracing.backward_passes import (
    FIRST,
    Stack,
    WatchedPass,
    WatchedTraining,
    shared_by,
)
from grader.sandbox.child.tracing.graphs import NodeForm, below

MOST_TRAININGS = 200
DEEPEST = 12  # frames
RESUMED = 0x20 | 0x80 | 0x200  # a code's flags for generators and coroutines

_id = id


class PassGroups:
    """The trainings of a run so far, of which the last may go on."""

    def __init__(self, student_file: Locate, before_next: Callable[[], None]) -> None:
        """Prepare.

        Args:
            student_file: see `execute.Implementation`.
            before_next: is called before another training begins.
        """
        self.trainings: list[WatchedTraining] = []
        self._student_file = student_file
        self._before_next = before_next
        self._is_finished = True
        self._own: dict[CodeType, bool] = {}

    def training_of(
        self, root: Any, frame: FrameType, form: NodeForm, cell: int
    ) -> WatchedTraining:
        """Return the training that a pass belongs to, a new one if need be.

        Args:
            root: what the pass begins at.
            frame: the one that calls it.
            form: where the root and its like keep what they hold.
            cell: the number of the cell that runs.
        """
        current = self.trainings[-1] if self.trainings else None
        if current and _is_called_again(current, frame):
            current.stays = True
            return current
        stack = self._stack(frame)
        if current and current.goes_on_at(stack):
            again = current.frame is stack[-1][0]
            if again or not current.stays or _has_parameters(root, current):
                current.stays |= again
                current.stack = stack
                return current
        elif current and len(self.trainings) > 1:
            earlier = self.trainings[-2]
            if _takes_turns(earlier, current, stack):
                self.trainings.pop()
                return _merged(earlier, current, stack)
        return self._new(WatchedTraining(stack, form, cell))

    def keep(self, training: WatchedTraining, ended: WatchedPass) -> None:
        """Keep a pass of the last training."""
        training.keep(ended)
        self._is_finished = False

    def finish(self) -> None:
        """Read what the last training ended with, unless that has been read since its last pass."""
        if not self._is_finished:
            self.trainings[-1].finish()
            self._is_finished = True

    def _new(self, training: WatchedTraining) -> WatchedTraining:
        self._before_next()
        if len(self.trainings) < MOST_TRAININGS:
            self.trainings.append(training)
        else:
            self.trainings[-1] = training
        return training

    def _stack(self, frame: FrameType | None) -> Stack:
        """Return the submission's own frames around a pass, at most the innermost DEEPEST."""
        stack: list[tuple[FrameType, int]] = []
        while frame is not None and len(stack) < DEEPEST:
            if not stack or self._is_own(frame.f_code):
                stack.append((frame, frame.f_lineno))
            frame = frame.f_back
        return tuple(reversed(stack))

    def _is_own(self, code: CodeType) -> bool:
        known = self._own.get(code)
        if known is None:
            known = self._own[code] = self._student_file(code.co_filename) is not None
        return known


def _is_called_again(current: WatchedTraining, frame: FrameType) -> bool:
    """Return whether a function calls `backward` again on one line, as in most trainings.

    The frames around it need not be looked at then: they wait for it, and are where they were.
    Those around a generator are of whoever asks it for more.
    """
    return (
        frame is current.frame
        and frame.f_lineno == current.stack[-1][1]
        and not frame.f_code.co_flags & RESUMED
    )


def _has_parameters(root: Any, training: WatchedTraining) -> bool:
    """Return whether a graph holds what a training moves: a loop of its own may go on."""
    if not training.moved:
        return True
    leaves = {_id(leaf) for leaf in below(root, training.form.link).leaves}
    return any(_id(leaf) in leaves for leaf in training.moved.values())


def _takes_turns(earlier: WatchedTraining, current: WatchedTraining, stack: Stack) -> bool:
    """Return whether a loop calls `backward` on more than one line, in turns."""
    return (
        earlier.goes_on_at(stack)
        and shared_by(earlier.stack, current.stack) == shared_by(earlier.stack, stack)
        and earlier.count + current.count < FIRST
    )


def _merged(earlier: WatchedTraining, current: WatchedTraining, stack: Stack) -> WatchedTraining:
    """Make two trainings that take turns one."""
    for ended in current.first:
        earlier.keep(ended)
    earlier.is_cut |= current.is_cut
    spot = shared_by(earlier.stack, current.stack) - 1
    earlier.turns |= {earlier.stack[spot], current.stack[spot], *current.turns}
    earlier.stays |= earlier.frame is stack[-1][0]
    earlier.stack = stack
    return earlier
