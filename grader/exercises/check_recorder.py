"""Records a check: its plain expressions become a Program, once, before any engine is asked."""

import sys
from collections.abc import Callable, Iterator, Mapping
from types import CodeType, FrameType
from typing import Any, Final, NoReturn, cast

from grader.engines.program import (
    ENGINES,
    ArrayData,
    Items,
    Keyword,
    Kind,
    NumpyArray,
    ObservedStep,
    Plain,
    Program,
    Ref,
    Step,
)
from grader.errors import BrokenExercise, at, is_ours, nearest

LARGEST: Final = 1e100
"""A number beyond is drawn anew for ever, and the square of one is none."""


def record(function: Callable[..., Mapping[str, object]]) -> Program:
    """Run `function` on proxies and return the Program that it asks.

    Args:
        function: a check's function. Its parameters name what is taken from the submission.

    Raises:
        BrokenExercise: it raises, branches on a recorded value, or looks at nothing.
    """
    return _recorded(function, Recorder(function.__code__))


def lines_of(function: Callable[..., Mapping[str, object]]) -> list[int]:
    """Return the line of the check's file that each step of its Program comes from."""
    recorder = Recorder(function.__code__)
    recorder.lines = []
    _recorded(function, recorder)
    return recorder.lines


def _recorded(function: Callable[..., Mapping[str, object]], recorder: "Recorder") -> Program:
    code = recorder.code
    names = [TakenName(recorder, name) for name in code.co_varnames[: code.co_argcount]]
    try:
        returned, final_locals = _call_and_keep_locals(function, names)
    except BrokenExercise:
        raise
    except (Exception, SystemExit) as error:  # an author's mistake may be of any kind
        raise recorder.broken(error) from error
    observed = _observed(returned, recorder)
    return Program(tuple(recorder.steps), observed, _names(final_locals, recorder))


class Recorder:
    """The steps recorded so far, and where in the check they come from.

    Attributes:
        code: of the check.
        steps: so far.
        lines: the line that each comes from; None where nobody asks.
    """

    def __init__(self, code: CodeType) -> None:
        self.code = code
        self.steps: list[Step] = []
        self.lines: list[int] | None = None

    def add(
        self, kind: Kind, name: str, /, *operands: object, **keywords: object
    ) -> "RecordedValue":
        """Record a step, and return what stands for its result."""
        by_place = [self.operand(operand) for operand in operands]
        by_name = [Keyword(key, self.operand(value)) for key, value in keywords.items()]
        self.steps.append(Step(kind, name, (*by_place, *by_name)))
        if self.lines is not None:
            self.lines.append(self.line())
        return RecordedValue(self, len(self.steps) - 1)

    def operand(self, value: object) -> Ref | Items | Plain:
        """Return `value` as a step can hold it: a result, or a list of such, or what is plain."""
        if isinstance(value, RecordedValue):
            return Ref(index_of(value))
        if type(value) is list and not _are_rows(value):
            return Items(tuple(map(self.operand, value)))
        if type(value) is tuple and not all(type(item) is int for item in value):
            return Items(tuple(map(self.operand, value)), "tuple")
        return self.plain(value)

    def plain(self, value: object) -> Plain:
        """Return numbers, text, and lists and tuples of numbers as a step can hold them."""
        if type(value) in (int, float) and not abs(cast("float", value)) <= LARGEST:
            shown = "a whole number of many digits" if type(value) is int else repr(value)
            self.refuse(f"uses {shown} as an operand", "use finite numbers that are not huge")
        if value is None or type(value) in (int, float, str, bool):
            return cast("Plain", value)
        if type(value) is list:
            return ArrayData(tuple(self.plain(item) for item in value))
        if type(value) is tuple:
            return value
        if type(value).__module__ == "numpy":
            return self.of_numpy(value)
        if type(value) is TakenName:
            name = taken_name(value)
            cure = f"use what it gives: {name}(…)"
            if name not in ENGINES:
                cure += f"; or have a function that takes none, slope_of_{name}(2.0) say, do it"
            self.refuse(f"uses {name} itself as an operand", cure)
        shown = getattr(value, "__name__", "") or f"a {type(value).__name__}"
        return self.refuse(
            f"uses {shown} as an operand",
            "use numbers, texts, Values, lists and tuples of them, or numpy's arrays",
        )

    def of_numpy(self, value: Any) -> Plain:
        """Return an array of numpy's, or a number of its, as a step can hold it."""
        held = value.tolist() if value.dtype.kind in "biuf" else value.dtype.name
        if type(held) is str:
            self.refuse(f"uses an array of {held} as an operand", "use arrays of numbers")
        rows = self.plain(held)
        return NumpyArray(rows) if isinstance(rows, ArrayData) else rows

    def refuse(self, what: str, cure: str) -> NoReturn:
        """Raise a BrokenExercise that names the check, its file and the line being recorded."""
        raise BrokenExercise(f"{self.place()}: the check {self.code.co_name} {what}", hint=cure)

    def broken(self, error: BaseException) -> BrokenExercise:
        """Return the BrokenExercise that says what the check itself raised, and on which line."""
        line, traceback = self.code.co_firstlineno, error.__traceback__
        while traceback is not None:
            line = traceback.tb_lineno if traceback.tb_frame.f_code is self.code else line
            traceback = traceback.tb_next
        return BrokenExercise(
            f"{at(self.code.co_filename, line)}: the check {self.code.co_name} raises "
            f"{type(error).__name__}: {error}",
            hint=self._cure(error),
        )

    def _cure(self, error: BaseException) -> str:
        name = error.name if isinstance(error, NameError) else None
        if not name:
            return "a check can use + - * / ** and abs, and call and read what an engine has"
        if is_ours(name) and name not in ENGINES:
            return f"from grader import {name}"
        known = nearest(name, self.code.co_varnames)
        taken = ", ".join(dict.fromkeys((*self.code.co_varnames[: self.code.co_argcount], name)))
        hint = f"did you mean {known}? " if known else ""
        return f"{hint}What is the submission's is taken so: def {self.code.co_name}({taken})"

    def place(self) -> str:
        """Return the file and the line of the check that is being recorded."""
        return at(self.code.co_filename, self.line())

    def line(self) -> int:
        """Return the line of the check that is being recorded."""
        frame: FrameType | None = sys._getframe()
        while frame is not None and frame.f_code is not self.code:
            frame = frame.f_back
        return frame.f_lineno if frame is not None else self.code.co_firstlineno


class TakenName:
    """A name that a check takes from the submission: a class's, or a function's."""

    def __init__(self, recorder: Recorder, name: str) -> None:
        self._recorder = recorder
        self._taken = name

    def __call__(self, /, *operands: object, **keywords: object) -> "RecordedValue":
        """Record that it is called."""
        return self._recorder.add("make", self._taken, *operands, **keywords)

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        self._recorder.refuse(
            f"takes {name} of {self._taken} itself",
            f"make one, and take it of that: {self._taken}(…).{name}",
        )


class RecordedValue:
    """Stands for what a step will give. It takes part in expressions and has no value yet."""

    __slots__ = ("_index", "_recorder")
    _index: int
    _recorder: Recorder

    def __init__(self, recorder: Recorder, index: int) -> None:
        object.__setattr__(self, "_recorder", recorder)
        object.__setattr__(self, "_index", index)

    def __getattr__(self, name: str) -> "Attribute":
        if name.startswith("__"):
            raise AttributeError(name)
        recorder = recorder_of(self)
        recorder.add("read", name, self)
        return Attribute(recorder, len(recorder.steps) - 1)

    def __setattr__(self, name: str, value: object) -> None:
        recorder_of(self).add("write", name, self, value)

    def __add__(self, other: object) -> "RecordedValue":
        return recorder_of(self).add("operate", "add", self, other)

    def __radd__(self, other: object) -> "RecordedValue":
        return recorder_of(self).add("operate", "add", other, self)

    def __sub__(self, other: object) -> "RecordedValue":
        return recorder_of(self).add("operate", "sub", self, other)

    def __rsub__(self, other: object) -> "RecordedValue":
        return recorder_of(self).add("operate", "sub", other, self)

    def __mul__(self, other: object) -> "RecordedValue":
        return recorder_of(self).add("operate", "mul", self, other)

    def __rmul__(self, other: object) -> "RecordedValue":
        return recorder_of(self).add("operate", "mul", other, self)

    def __truediv__(self, other: object) -> "RecordedValue":
        return recorder_of(self).add("operate", "truediv", self, other)

    def __rtruediv__(self, other: object) -> "RecordedValue":
        return recorder_of(self).add("operate", "truediv", other, self)

    def __pow__(self, other: object) -> "RecordedValue":
        return recorder_of(self).add("operate", "pow", self, other)

    def __rpow__(self, other: object) -> "RecordedValue":
        return recorder_of(self).add("operate", "pow", other, self)

    def __neg__(self) -> "RecordedValue":
        return recorder_of(self).add("operate", "neg", self)

    def __abs__(self) -> "RecordedValue":
        return recorder_of(self).add("operate", "abs", self)

    def __getitem__(self, place: object) -> "RecordedValue":
        if type(place) not in (int, str):
            recorder_of(self).refuse("takes more than one item at a time", "write p[0], p[1], …")
        return recorder_of(self).add("operate", "getitem", self, place)

    def __call__(self, /, *operands: object, **keywords: object) -> "RecordedValue":
        """Record that the object itself is called, a network say."""
        return recorder_of(self).add("call", "__call__", self, *operands, **keywords)

    def __iter__(self) -> "Iterator[RecordedValue]":
        count = _unpacked(sys._getframe(1))
        if count is None:
            recorder_of(self).refuse(
                "goes through a recorded value, whose length nobody knows yet",
                "write p[0], p[1], …, unpack it as in a, b = p, or return numbers_of(p)",
            )
        return iter([self[place] for place in range(count)])

    def _refuse(self, *_: object) -> NoReturn:
        recorder_of(self).refuse(
            "looks at a recorded value",
            "return it under a label instead; the oracles know what it should be",
        )

    def _refuse_operator(self, _: object) -> NoReturn:
        recorder_of(self).refuse(
            "uses an operator that cannot be asked",
            "there are + - * / ** and abs; for others call the method or Function: MatMul()",
        )

    def __enter__(self) -> NoReturn:
        recorder_of(self).refuse(
            "does something within a block of the submission's, which cannot be asked",
            "let a function of the submission's do it, and take that: without_graph(a, b)",
        )

    def __exit__(self, *_: object) -> None:  # pragma: no cover  (no block is ever entered)
        """Be what `with` looks for, so that `__enter__` can say what to write."""

    def __setitem__(self, _: object, __: object) -> None:
        recorder_of(self).refuse(
            "changes a recorded list, which cannot be asked",
            "give the list as an operand, with what belongs in it",
        )

    __matmul__ = __rmatmul__ = __mod__ = __rmod__ = __floordiv__ = __rfloordiv__ = _refuse_operator
    __and__ = __or__ = __xor__ = __lshift__ = __rshift__ = _refuse_operator

    def __float__(self) -> float:
        recorder_of(self).refuse(
            "looks at a recorded value",
            "for math.cos(a) write a.cos(), or cos(a) with cos among the check's parameters",
        )

    __bool__ = __int__ = __index__ = __len__ = __round__ = __trunc__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _refuse
    __str__ = __repr__ = __format__ = __hash__ = _refuse
    __eq__ = __ne__ = _refuse


class Attribute(RecordedValue):
    """An attribute just read, which turns out to be a method if it is called at once."""

    __slots__ = ()

    def __call__(self, /, *operands: object, **keywords: object) -> RecordedValue:
        """Record a call in place of the reading."""
        recorder, index = recorder_of(self), index_of(self)
        if index != len(recorder.steps) - 1 or recorder.steps[index].kind != "read":
            recorder.refuse(
                "keeps a method for later",
                "call the method where it is read, on operands that have a name by then",
            )
        read = recorder.steps.pop()
        if recorder.lines is not None:
            recorder.lines.pop()
        receiver = RecordedValue(recorder, cast("Ref", read.operands[0]).at)
        return recorder.add("call", read.name, receiver, *operands, **keywords)


def taken_name(given: TakenName) -> str:
    """Return the name that is taken."""
    return given._taken


def index_of(recorded: RecordedValue) -> int:
    """Return the index of the step that `recorded` stands for."""
    return cast("int", object.__getattribute__(recorded, "_index"))


def recorder_of(recorded: RecordedValue) -> Recorder:
    """Return the Recorder that `recorded` belongs to."""
    return cast("Recorder", object.__getattribute__(recorded, "_recorder"))


def _are_rows(items: list[object]) -> bool:
    """Return whether a list holds numbers, and lists of them, and nothing else."""
    return all(
        _are_rows(item) if type(item) is list else type(item) in (int, float) for item in items
    )


def _unpacked(frame: FrameType) -> int | None:
    """Return how many names a frame is just about to unpack something into, None where it is not.

    The compiler has written it down: there is no other way to know before there is a value.
    """
    from opcode import opmap  # few checks unpack anything

    code = frame.f_code.co_code
    return code[frame.f_lasti + 1] if code[frame.f_lasti] == opmap["UNPACK_SEQUENCE"] else None


def _call_and_keep_locals(
    function: Callable[..., Mapping[str, object]], names: list[TakenName]
) -> tuple[object, dict[str, Any]]:
    """Call a check, and return what it returned and its local names at that moment."""
    kept: dict[str, Any] = {}

    def keep(frame: FrameType, event: str, _: object) -> None:
        if event == "return" and frame.f_code is function.__code__:
            kept.update(frame.f_locals)

    before = sys.getprofile()
    sys.setprofile(keep)
    try:
        return function(*names), kept
    finally:
        sys.setprofile(before if callable(before) else None)  # a profiler in C is not


def _observed(returned: object, recorder: Recorder) -> tuple[ObservedStep, ...]:
    if not isinstance(returned, Mapping) or not returned:
        recorder.refuse("looks at nothing", 'return what to look at: return {"a.grad": a.grad}')
    observed = []
    for label, result in returned.items():
        if not isinstance(result, RecordedValue):
            recorder.refuse(
                f"returns {result!r} as {label!r}, which no submission has any part in",
                f"return what is looked at, {label!r}: a.data say; the oracles know the number",
            )
        observed.append(ObservedStep(str(label), index_of(result)))
    return tuple(observed)


def _names(final_locals: Mapping[str, object], recorder: Recorder) -> dict[int, str]:
    """Return the local names of results, attributes apart: those read best where they stand."""
    names_of_steps: dict[int, str] = {}
    for name, value in final_locals.items():
        if isinstance(value, RecordedValue) and recorder.steps[index_of(value)].kind != "read":
            names_of_steps.setdefault(index_of(value), name)
    return names_of_steps
