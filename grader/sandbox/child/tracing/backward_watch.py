"""Watches the backward passes of a submission's classes, and keeps what each pass did.

Runs in the student's process, inside the student's loop, so that it has to be quick. The first
passes of a training are looked at whole: which leaves there are, what they hold before and after.
That costs as much as the pass itself, for it walks the same graph. From then on `_quicken` lets a
pass go by with one comparison, and keeps of it the loss and the parameters, which are the leaves
that have changed between passes; a thousand steps then cost little more than they would unwatched.

Why it compares the frame and the instruction in it (`f_lasti`): they are the same two for each pass
of a loop, and for no others. A frame that is held here cannot be another one at the same address. A
frame alone would take the passes of two loops of one function for those of one training, and so
would a line with two calls on it; a line is also looked up in a table, at each pass, where the
instruction is at hand. And the root has to be of the very class that is wrapped: another's objects
need not have the attributes, and what `attrgetter` raises would end the student's own loop.

Why after FIRST passes, and not as soon as the parameters are known: a report shows the first ones
in full, and a leaf that does not move in them is no parameter afterwards. Why plain floats alone:
they are kept as they are, since to read each as plain data takes longer than all the rest. A float
stays what it is. An array is changed in place by the next step, and each pass that was kept would
hold the last one's numbers.

Whatever is not so goes the long way, `_whole`, and ends the short one: `_slow_down` writes back how
many passes went by. Without that the training would be told to have stopped at FIRST.
"""

from collections.abc import Callable
from contextlib import suppress
from operator import attrgetter
from sys import _getframe
from types import FrameType, FunctionType
from typing import Any

from grader.engines.interpreter.execute import Locate
from grader.sandbox.child.tracing.backward_passes import (
    FIRST,
    MOST_LOSSES,
    WatchedPass,
    WatchedTraining,
    fitting_json,
)
from grader.sandbox.child.tracing.pass_groups import PassGroups
from grader.sandbox.child.tracing.pass_reader import PassReader
from grader.sandbox.child.tracing.watched_classes import WatchedClasses
from grader.sandbox.child.tracing.watched_functions import WatchedFunctions

MORE = 0x04 | 0x08  # a code's flags for *args and **kwargs

_type = type


class BackwardWatch:
    """The observer of a submission's classes and of their backward passes.

    Attributes:
        engines: the classes that are watched.
        made: all classes that the submission has made so far.
        trainings: the passes, in groups.
        cell: the number of the cell that runs, 0 in a script.
    """

    def __init__(
        self,
        student_file: Locate,
        after_first_pass: Callable[[FrameType], None],
    ) -> None:
        """Prepare.

        Args:
            student_file: see `execute.Implementation`.
            after_first_pass: is given the frame that called the first pass of a training.
        """
        self._student_file = student_file
        self._after_first_pass = after_first_pass
        self._classes = WatchedClasses(student_file, self._wrapper)
        self._groups = PassGroups(student_file, self.pause)
        self._reader = PassReader()
        self.engines, self.made = self._classes.engines, self._classes.made
        self._functions = WatchedFunctions(student_file, self.engines, self._whole)
        self.trainings = self._groups.trainings
        self.cell = 0
        self._inside = False
        self._frame: FrameType | None = None  # of a loop whose parameters are known
        self._spot = self._count = 0
        self._parameters: tuple[Any, ...] = ()
        self._loss_of = self._numbers_of = attrgetter("data")
        self._keep_loss: Callable[[Any], None] = _nothing
        self._keep_numbers: Callable[[Any], None] = _nothing

    def begin(self) -> None:
        """Watch classes from now on."""
        self._classes.begin()

    def end(self) -> None:
        """Stop watching, and leave every class as the submission made it."""
        self._classes.end()
        self.pause()
        self._classes.unwrap_all()
        self._functions.unwrap_all()
        self._inside = True  # whoever has kept a wrapper calls past it

    def pause(self) -> None:
        """Read what the last training ended with, at the end of a statement or a cell.

        A `backward` that a class has been given meanwhile is watched from now on.
        """
        self._slow_down()
        self._groups.finish()
        self._classes.wrap_all()

    def watch_functions(self, names: dict[str, Any]) -> None:
        """Watch the functions among `names` that may be a backward pass from now on."""
        self._functions.wrap(names)

    def to_json(self) -> list[Any]:
        """Return the trainings as the grader is told of them, in as much detail as a reply holds.

        Where there are too many of them even so, the latest are told.
        """
        return fitting_json(self.trainings, self._student_file)

    def _wrapper(self, kind: type, method: FunctionType) -> Any:
        """Return a method that looks before and after; it takes what the student's takes."""

        def backward(root: Any, /) -> Any:
            frame = _getframe(1)
            if frame is not self._frame or frame.f_lasti != self._spot or _type(root) is not kind:
                return self._whole(method, frame, root)
            self._inside = True
            try:
                result = method(root)
            finally:
                self._inside = False
            self._count += 1
            if self._count <= MOST_LOSSES:
                self._keep_loss(self._loss_of(root))
            self._keep_numbers([*map(self._numbers_of, self._parameters)])
            return result

        def backward_with(root: Any, /, *arguments: Any, **keywords: Any) -> Any:
            return self._whole(method, _getframe(1), root, *arguments, **keywords)

        code = method.__code__
        simple = code.co_argcount == 1 and not code.co_kwonlyargcount and not code.co_flags & MORE
        return backward if simple else backward_with

    def _whole(
        self, method: FunctionType, frame: FrameType, root: Any, *arguments: Any, **keywords: Any
    ) -> Any:
        """Let a pass run, and look at the graph before and after it; not at one inside another."""
        if self._inside:
            return method(root, *arguments, **keywords)
        self._inside = True
        try:
            begun = self._before(root, frame)
            result = method(root, *arguments, **keywords)
            if begun is not None:
                self._after(*begun, frame)
            return result
        finally:
            self._inside = False

    def _quicken(self, training: WatchedTraining, frame: FrameType) -> None:
        """Read the parameters alone from now on, where they hold plain floats."""
        form = training.form
        read = attrgetter(form.data, form.grad)
        numbers = [number for leaf in training.moved.values() for number in read(leaf)]
        if all(_type(number) is float for number in numbers):
            self._frame, self._spot = frame, frame.f_lasti
            self._loss_of, self._numbers_of = attrgetter(form.data), read
            self._parameters = tuple(training.moved.values())
            self._count = training.count
            self._keep_loss, self._keep_numbers = training.losses.append, training.last.append

    def _slow_down(self) -> None:
        """Count what went by quickly."""
        if self._frame is not None:
            self.trainings[-1].count = self._count
            self._frame = None

    def _before(self, root: Any, frame: FrameType) -> tuple[WatchedTraining, WatchedPass] | None:
        """Look at a graph before a pass; None where looking at it raises: nothing is of ours."""
        self._slow_down()
        try:
            form = self._reader.form(root)
            training = self._groups.training_of(root, frame, form, self.cell)
            return training, self._reader.before(root, form, training)
        except Exception:  # an attribute of a student's may do anything
            return None

    def _after(self, training: WatchedTraining, ended: WatchedPass, frame: FrameType) -> None:
        self._reader.after(ended, training)
        self._groups.keep(training, ended)
        if training.count == 1:
            with suppress(Exception):
                self._after_first_pass(training.frame)
        if training.count >= FIRST and training.known and training.stays:
            self._quicken(training, frame)


def _nothing(_: Any) -> None:
    """Keep nothing."""
