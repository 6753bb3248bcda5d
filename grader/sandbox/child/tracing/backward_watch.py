"""Watches classes that have a `backward` as they are made, and keeps what each pass did.

Of a training the first passes are looked at whole: which leaves there are, what they hold before
and after. From then on only those that change between passes, the parameters, are read, so that a
thousand steps cost little more than they would unwatched. Runs in the student's process.
"""

import builtins
from collections.abc import Callable, Mapping
from contextlib import suppress
from operator import attrgetter
from sys import _getframe
from types import CodeType, FrameType, FunctionType
from typing import Any

from grader.engines.interpreter.execute import Locate
from grader.engines.interpreter.plain import plain
from grader.sandbox.child.inspection.classes import ARITHMETIC, found_in, is_class
from grader.sandbox.child.tracing.backward_passes import (
    FIRST,
    MOST_LOSSES,
    Pass,
    Row,
    Stack,
    Training,
    shared_by,
)
from grader.sandbox.child.tracing.graphs import Form, below, form_of
from grader.sandbox.protocol.wire import pack

WHOLE_PASSES = ("backward", "backprop")
MOST_TRAININGS = 200
MOST_LEAVES = 256
FEWER_LEAVES = (MOST_LEAVES, 64, 24, 12)
MOST_BYTES = 450_000
MOST_ROWS = 12_000
DEEPEST = 12  # frames
MORE = 0x04 | 0x08  # a code's flags for *args and **kwargs

_plain, _id, _type = plain, id, type
_build_class = builtins.__build_class__
_contents_of = type.__dict__["__dict__"].__get__


class Watch:
    """What has been seen of a submission's classes and of their backward passes."""

    def __init__(
        self,
        student_file: Locate,
        looked: Callable[[FrameType], None],
        instead: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare.

        Args:
            student_file: see `execute.Implementation`.
            looked: is told of the frame that called the first pass of a training, after it.
            instead: the name of a class → the source of one that takes its place, see `textbook`.
        """
        self.engines: list[type] = []
        self.cell = 0
        self.trainings: list[Training] = []
        self._student_file = student_file
        self._looked = looked
        self._instead = {name: _made(source) for name, source in (instead or {}).items()}
        self._wrapped: list[tuple[type, str, Any]] = []  # what stands in the place of a method
        self._forms: dict[type, Form] = {}
        self._alive: dict[int, tuple[int, Any]] = {}
        self._serials = 0
        self._rows = 0
        self._inside = False
        self._finished = True
        self._own: dict[CodeType, bool] = {}
        self._frame: FrameType | None = None  # of a loop whose parameters are known
        self._spot = self._count = 0
        self._parameters: tuple[Any, ...] = ()
        self._data_of = self._held_by = attrgetter("data")
        self._counted: Callable[[Any], None] = _nothing
        self._keep: Callable[[Any], None] = _nothing

    def begin(self) -> None:
        """Watch classes from now on."""
        builtins.__build_class__ = self._build  # type: ignore[assignment]

    def end(self) -> None:
        """Stop watching, and leave every class as the submission made it."""
        builtins.__build_class__ = _build_class
        self.pause()
        for kind, name, wrapper in self._wrapped:
            if _contents_of(kind).get(name) is wrapper:
                type.__setattr__(kind, name, wrapper.__wrapped__)
        self._wrapped.clear()
        self._inside = True  # whoever has kept a wrapper calls past it

    def pause(self) -> None:
        """Read what the last training ended with, at the end of a statement or a cell.

        A `backward` that a class has been given meanwhile is watched from now on.
        """
        self._slow_down()
        if not self._finished:
            self.trainings[-1].finish()
            self._finished = True
        for kind in self.engines:
            self._wrap(kind)

    def to_json(self) -> list[Any]:
        """Return the trainings as the grader is told of them, in as much detail as a reply holds.

        Where there are too many of them even so, the latest are told.
        """
        for most in FEWER_LEAVES:
            told = [
                training.to_json(self._student_file(training.place[0].co_filename) or "", most)
                for training in self.trainings
            ]
            if len(pack({"": told})) <= MOST_BYTES:
                return told
        while len(pack({"": told})) > MOST_BYTES:
            told = told[len(told) // 4 + 1 :]
        return told

    def _build(self, body: Any, name: str, *bases: Any, **keywords: Any) -> Any:
        kind = _build_class(body, name, *bases, **keywords)
        if _type(body) is FunctionType and self._student_file(body.__code__.co_filename):
            if name in self._instead and body.__qualname__ == name:
                kind = self._instead[name]
            self._attend(kind)
        return kind

    def _attend(self, kind: Any) -> None:
        if not is_class(kind) or any(kind is known for known in self.engines):
            return
        if any(found_in(kind, name) is not None for name in (*WHOLE_PASSES, *ARITHMETIC)):
            self.engines.append(kind)
            self._wrap(kind)

    def _wrap(self, kind: type) -> None:
        for name in WHOLE_PASSES:
            method = _contents_of(kind).get(name)
            ours = any(method is wrapper for _, _, wrapper in self._wrapped)
            if _type(method) is FunctionType and not ours:
                wrapper = self._watched(kind, method)
                self._wrapped.append((kind, name, wrapper))
                type.__setattr__(kind, name, wrapper)

    def _watched(self, kind: type, method: FunctionType) -> FunctionType:
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
                self._counted(self._data_of(root))
            self._keep([*map(self._held_by, self._parameters)])
            return result

        def backward_with(root: Any, /, *given: Any, **named: Any) -> Any:
            return self._whole(method, _getframe(1), root, *given, **named)

        code = method.__code__
        simple = code.co_argcount == 1 and not code.co_kwonlyargcount and not code.co_flags & MORE
        wrapper: Any = backward if simple else backward_with
        for name in ("__name__", "__qualname__", "__doc__", "__module__"):
            setattr(wrapper, name, getattr(method, name))
        wrapper.__wrapped__ = method
        return wrapper  # type: ignore[no-any-return]

    def _whole(
        self, method: FunctionType, frame: FrameType, root: Any, *given: Any, **named: Any
    ) -> Any:
        """Let a pass run, and look at the graph before and after it; not at one inside another."""
        if self._inside:
            return method(root, *given, **named)
        self._inside = True
        try:
            begun = self._before(root, frame)
            result = method(root, *given, **named)
            if begun is not None:
                self._after(*begun, frame)
            return result
        finally:
            self._inside = False

    def _quicken(self, training: Training, frame: FrameType) -> None:
        """Read the parameters alone from now on, where they hold plain floats."""
        form = training.form
        read = attrgetter(form.data, form.grad)
        held = [value for leaf in training.moved.values() for value in read(leaf)]
        if all(_type(value) is float for value in held):
            self._frame, self._spot = frame, frame.f_lasti
            self._data_of, self._held_by = attrgetter(form.data), read
            self._parameters = tuple(training.moved.values())
            self._count = training.count
            self._counted, self._keep = training.losses.append, training.last.append

    def _slow_down(self) -> None:
        """Count what went by quickly."""
        if self._frame is not None:
            self.trainings[-1].count = self._count
            self._frame = None

    def _before(self, root: Any, frame: FrameType) -> tuple[Training, Pass] | None:
        """Look at a graph before a pass; None where looking at it raises: nothing is of ours."""
        try:
            return self._look(root, frame)
        except Exception:  # an attribute of a student's may do anything
            return None

    def _look(self, root: Any, frame: FrameType) -> tuple[Training, Pass]:
        self._slow_down()
        form = self._forms.get(_type(root))
        if form is None:
            form = self._forms[_type(root)] = form_of(root)
        training = self._training(root, self._stack(frame), form)
        nodes = 0
        if training.known:
            moved = list(training.moved.items())[: self._room()]
            rows = [Row(serial, leaf, form) for serial, leaf in moved]
        else:
            graph = below(root, form.link)
            training.operations |= graph.operations
            nodes = len(graph.uses)
            rows = self._rows_of(graph.leaves, form)
            for row in rows:
                row.uses = graph.uses[_id(row.leaf)]
        self._rows += len(rows)
        return training, Pass(_plain(getattr(root, form.data, None)), rows, nodes)

    def _rows_of(self, leaves: list[Any], form: Form) -> list[Row]:
        """Return the leaves that there is room for, those that were there before among them."""
        known, self._alive = self._alive, {}
        rows = []
        for leaf in sorted(leaves, key=lambda leaf: _id(leaf) not in known)[: self._room()]:
            serial, _ = known.get(_id(leaf)) or (self._new_serial(), leaf)
            self._alive[_id(leaf)] = (serial, leaf)
            rows.append(Row(serial, leaf, form))
        return rows

    def _room(self) -> int:
        """Return how many leaves to look at: the later trainings are looked at, too."""
        return min(MOST_LEAVES, max(FEWER_LEAVES[-2], MOST_ROWS - self._rows))

    def _new_serial(self) -> int:
        self._serials += 1
        return self._serials

    def _after(self, training: Training, done: Pass, frame: FrameType) -> None:
        with suppress(Exception):  # as above
            for row in done.rows:
                row.after = _plain(getattr(row.leaf, training.form.grad, None))
        training.keep(done)
        self._finished = False
        if training.count == 1:
            with suppress(Exception):
                self._looked(training.frame)
        if training.count >= FIRST and training.known and training.stays:
            self._quicken(training, frame)

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

    def _training(self, root: Any, stack: Stack, form: Form) -> Training:
        """Return the training that a pass called here belongs to, a new one if need be."""
        current = self.trainings[-1] if self.trainings else None
        if current and current.goes_on_at(stack):
            again = current.frame is stack[-1][0]
            if again or not current.stays or self._has_parameters(root, current):
                current.stays |= again
                current.stack = stack
                return current
        elif current and len(self.trainings) > 1:
            earlier = self.trainings[-2]
            if self._takes_turns(earlier, current, stack):
                return self._merged(earlier, current, stack)
        return self._new(stack, form)

    @staticmethod
    def _has_parameters(root: Any, training: Training) -> bool:
        """Return whether a graph holds what a training moves: a loop of its own may go on."""
        if not training.moved:
            return True
        leaves = {_id(leaf) for leaf in below(root, training.form.link).leaves}
        return any(_id(leaf) in leaves for leaf in training.moved.values())

    def _new(self, stack: Stack, form: Form) -> Training:
        self.pause()
        training = Training(stack, form, self.cell)
        if len(self.trainings) < MOST_TRAININGS:
            self.trainings.append(training)
        else:
            self.trainings[-1] = training
        return training

    @staticmethod
    def _takes_turns(earlier: Training, current: Training, stack: Stack) -> bool:
        """Return whether a loop calls `backward` on more than one line, in turns."""
        return (
            earlier.goes_on_at(stack)
            and shared_by(earlier.stack, current.stack) == shared_by(earlier.stack, stack)
            and earlier.count + current.count < FIRST
        )

    def _merged(self, earlier: Training, current: Training, stack: Stack) -> Training:
        """Make two trainings that take turns one."""
        self.trainings.pop()
        for done in current.first:
            earlier.keep(done)
        spot = shared_by(earlier.stack, current.stack) - 1
        earlier.turns |= {earlier.stack[spot], current.stack[spot], *current.turns}
        earlier.stays |= earlier.frame is stack[-1][0]
        earlier.stack = stack
        return earlier


def _nothing(_: Any) -> None:
    """Keep nothing."""


def _made(source: str) -> type:
    """Return the class `Value` that `source`, our own, defines."""
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(source, "<engine>", "exec", dont_inherit=True), names)
    kind: type = names["Value"]
    return kind
