"""Records a check: its plain expressions become a Program, once, before any engine is asked."""

import sys
from collections.abc import Callable, Mapping
from types import CodeType, FrameType
from typing import Any, Final, NoReturn, cast

from grader.engines.program import (
    ArrayData,
    Keyword,
    Kind,
    ObservedStep,
    Operand,
    Plain,
    Program,
    Ref,
    Step,
)
from grader.errors import BrokenExercise, at

LARGEST: Final = 1e100
"""A number beyond is drawn anew for ever, and the square of one is none."""


def record(function: Callable[..., Mapping[str, object]]) -> Program:
    """Run `function` on proxies and return the Program that it asks.

    Args:
        function: a check's function. Its parameters name what is taken from the submission.

    Raises:
        BrokenExercise: it raises, branches on a recorded value, or looks at nothing.
    """
    code = function.__code__
    recorder = Recorder(code)
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
    """The steps recorded so far, and where in the check they come from."""

    def __init__(self, code: CodeType) -> None:
        self.code = code
        self.steps: list[Step] = []

    def add(
        self, kind: Kind, name: str, /, *operands: object, **keywords: object
    ) -> "RecordedValue":
        """Record a step, and return what stands for its result."""
        by_place = [self.operand(operand) for operand in operands]
        by_name = [Keyword(key, self.plain(value)) for key, value in keywords.items()]
        self.steps.append(Step(kind, name, (*by_place, *by_name)))
        return RecordedValue(self, len(self.steps) - 1)

    def operand(self, value: object) -> Operand:
        """Return `value` as a step can hold it."""
        return Ref(index_of(value)) if isinstance(value, RecordedValue) else self.plain(value)

    def plain(self, value: object) -> Plain:
        """Return numbers, text, and lists and tuples of numbers as a step can hold them."""
        if type(value) in (int, float) and not abs(cast("float", value)) <= LARGEST:
            shown = "a whole number of many digits" if type(value) is int else repr(value)
            self.refuse(f"uses {shown} as an operand", "use finite numbers that are not huge")
        if value is None or type(value) in (int, float, str, bool):
            return cast("Plain", value)
        if type(value) is list and all(type(item) in (int, float, list) for item in value):
            return ArrayData(tuple(self.plain(item) for item in value))
        if type(value) is tuple and all(type(item) is int for item in value):
            return value
        return self.refuse(
            f"uses a {type(value).__name__} as an operand", "use numbers, lists of them, or Values"
        )

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
            hint="a check can use + - * / ** and abs, and call and read what an engine has",
        )

    def place(self) -> str:
        """Return the file and the line of the check that is being recorded."""
        frame: FrameType | None = sys._getframe()
        while frame is not None and frame.f_code is not self.code:
            frame = frame.f_back
        line = frame.f_lineno if frame is not None else self.code.co_firstlineno
        return at(self.code.co_filename, line)


class TakenName:
    """A name that a check takes from the submission: a class's, or a function's."""

    def __init__(self, recorder: Recorder, name: str) -> None:
        self._recorder = recorder
        self._name = name

    def __call__(self, /, *operands: object, **keywords: object) -> "RecordedValue":
        """Record that it is called."""
        return self._recorder.add("make", self._name, *operands, **keywords)


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

    def _refuse(self, *_: object) -> NoReturn:
        recorder_of(self).refuse(
            "looks at a recorded value",
            "return it under a label instead; the oracles know what it should be",
        )

    __bool__ = __float__ = __int__ = __index__ = __iter__ = __len__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __getitem__ = _refuse
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
        receiver = RecordedValue(recorder, cast("Ref", read.operands[0]).at)
        return recorder.add("call", read.name, receiver, *operands, **keywords)


def index_of(recorded: RecordedValue) -> int:
    """Return the index of the step that `recorded` stands for."""
    return cast("int", object.__getattribute__(recorded, "_index"))


def recorder_of(recorded: RecordedValue) -> Recorder:
    """Return the Recorder that `recorded` belongs to."""
    return cast("Recorder", object.__getattribute__(recorded, "_recorder"))


def children_of(node: RecordedValue) -> RecordedValue:
    """Ask which nodes `node` was made from: a set of operands, in any order."""
    return recorder_of(node).add("ask", "children", node)


def order_of(root: RecordedValue) -> RecordedValue:
    """Ask for the map of the graph below `root`: each node once, children before parents."""
    return recorder_of(root).add("ask", "order", root)


def text_of(node: RecordedValue) -> RecordedValue:
    """Ask for `repr(node)`: it should return, not print, the numbers the reference's shows."""
    return recorder_of(node).add("ask", "text", node)


def is_a(node: RecordedValue, given: TakenName) -> RecordedValue:
    """Ask whether `node` is an instance of the class `given`, or of a subclass."""
    return recorder_of(node).add("ask", "is_a", node, given._name)


def raises(node: RecordedValue, method: str) -> RecordedValue:
    """Ask whether calling `method` of `node`, without arguments, raises an exception."""
    return recorder_of(node).add("ask", "raises", node, method)


def label_of(node: RecordedValue) -> RecordedValue:
    """Ask which label `node` carries; upper and lower case are one."""
    return recorder_of(node).add("ask", "label", node)


def operation_of(node: RecordedValue) -> RecordedValue:
    """Ask which operation made `node`, "" for a leaf; upper and lower case are one."""
    return recorder_of(node).add("ask", "operation", node)


def is_updated(node: RecordedValue) -> RecordedValue:
    """Ask whether the gradient of `node` has been set: what its flag says, where it has one."""
    return recorder_of(node).add("ask", "updated", node)


def graph_of(traced: RecordedValue) -> RecordedValue:
    """Ask which nodes and edges a submission's `trace` has returned."""
    return recorder_of(traced).add("ask", "graph", traced)


def drawing_of(drawn: RecordedValue) -> RecordedValue:
    """Ask which nodes and edges, on the way there and back, a submission's `draw_dot` has drawn."""
    return recorder_of(drawn).add("ask", "drawing", drawn)


def is_same(one: RecordedValue, other: RecordedValue) -> RecordedValue:
    """Ask whether two results are one object."""
    return recorder_of(one).add("ask", "same", one, other)


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
            recorder.refuse(f"returns a plain {label!r}", "return recorded values under labels")
        observed.append(ObservedStep(str(label), index_of(result)))
    return tuple(observed)


def _names(final_locals: Mapping[str, object], recorder: Recorder) -> dict[int, str]:
    """Return the local names of results, attributes apart: those read best where they stand."""
    names_of_steps: dict[int, str] = {}
    for name, value in final_locals.items():
        if isinstance(value, RecordedValue) and recorder.steps[index_of(value)].kind != "read":
            names_of_steps.setdefault(index_of(value), name)
    return names_of_steps
