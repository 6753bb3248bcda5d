"""The class that stands in for a student's engine while their own run is recorded.

It is made from theirs: a class below it, so that what they have added, `isinstance` and `super()`
still work, in which arithmetic, the usual functions, value, gradient and `backward` go over the
line. An object holds the number of its node and what it was made from, and no number at all. What
theirs computes by itself, a `sin` with a rule, say, is a node with a rule of its own: the grader
asks for it when its turn comes. Runs in the student's process.
"""

from collections.abc import Iterator, Mapping
from sys import _getframe
from types import CodeType, FrameType, FunctionType
from typing import Any, Protocol

from grader.engines.interpreter.forms.member_names import PASSES
from grader.sandbox.child.recording.entries import AT_ONCE, Entries
from grader.sandbox.child.recording.node_names import NodeNames, has_method, node_names
from grader.sandbox.protocol import record_codes as codes

BINARY = {
    "add": codes.ADD,
    "sub": codes.SUBTRACT,
    "mul": codes.MULTIPLY,
    "truediv": codes.DIVIDE,
    "pow": codes.POWER,
}
UNARY = {
    "relu": codes.RELU,
    "ReLU": codes.RELU,
    "tanh": codes.TANH,
    "exp": codes.EXP,
    "log": codes.LOG,
    "ln": codes.LOG,
    "sigmoid": codes.SIGMOID,
    "abs": codes.ABSOLUTE,
}
WHOLE_PASSES = PASSES[:1]
OWN_FIELDS = ("_node", "_operands", "_held", "_rule")
COMPREHENSIONS = ("<listcomp>", "<genexpr>", "<setcomp>", "<dictcomp>", "<lambda>")

_new, _isinstance, _type, _len = object.__new__, isinstance, type, len


class SeesPasses(Protocol):
    """Knows where passes are called."""

    def place(self, frame: FrameType) -> list[Any]:
        """Return where a pass is called, as it is told."""
        ...

    def passed(self, frame: FrameType) -> None:
        """Look around a pass that has ended."""
        ...


class StandIns:
    """Makes stand-ins for the classes of one submission, which share one list of entries."""

    def __init__(self, entries: Entries, watch: SeesPasses, *, zeroes: bool) -> None:
        """Prepare.

        Args:
            entries: what they write.
            watch: is told of passes.
            zeroes: whether the submission's `backward` begins with gradients of 0.
        """
        self._entries = entries
        self._watch = watch
        self._zeroes = zeroes
        self._has_rules = False
        self._sites: dict[tuple[CodeType, int], int] = {}

    def of(self, kind: type) -> type:
        """Return a class that stands in for `kind`, below it."""
        names = node_names(kind)
        self._has_rules = bool(names.rules)
        members: dict[str, Any] = {
            "__slots__": tuple(f"_recorded{name}" for name in OWN_FIELDS),
            "__module__": kind.__module__,
            "__qualname__": kind.__qualname__,
            "__doc__": kind.__doc__,
        }
        stand_in = type(kind)(kind.__name__, (kind,), members)
        for name, member in self._members(kind, stand_in, names).items():
            type.__setattr__(stand_in, name, member)
        return stand_in

    def _members(self, kind: type, stand_in: type, names: NodeNames) -> Mapping[str, Any]:
        members = {
            "__init__": self._constructor(kind),
            "__del__": self._destructor(),
            "__neg__": self._unary(stand_in, codes.NEGATE, None),
            "__abs__": self._unary(stand_in, codes.ABSOLUTE, None),
        }
        for name, code in BINARY.items():
            members[f"__{name}__"], members[f"__r{name}__"] = self._binary(stand_in, code)
        for name, code in UNARY.items():
            if has_method(kind, name):
                members[name] = self._unary(stand_in, code, getattr(kind, name))
        for name in (*WHOLE_PASSES, *(one for one in PASSES if has_method(kind, one))):
            members[name] = self._backward(names)
        members |= names.extras
        members |= dict.fromkeys(names.data, self._number(codes.DATA, codes.SET_DATA))
        members |= dict.fromkeys(names.grad, self._number(codes.GRAD, codes.SET_GRAD))
        members |= dict.fromkeys(names.links, self._operands(stand_in, names))
        return members | {name: self._rule(kind, name) for name in names.rules}

    def _binary(self, stand_in: type, code: int) -> tuple[Any, Any]:
        entries, waiting = self._entries, self._entries.waiting
        extend, next_node = waiting.extend, entries.next_node
        on_right, on_left = code + codes.RIGHT, code + codes.LEFT

        def operation(self: Any, other: Any) -> Any:
            result: Any = _new(stand_in)
            if _isinstance(other, stand_in):
                extend((code, self._recorded_node, other._recorded_node))
                result._recorded_operands = self, other
            else:
                number = _number_in(other)
                if number is None:
                    return NotImplemented
                extend((on_right, self._recorded_node, number))
                result._recorded_operands = (self,)
            result._recorded_node = next_node()
            if _len(waiting) > AT_ONCE:
                entries.send()
            return result

        def reflected(self: Any, other: Any) -> Any:
            number = _number_in(other)
            if number is None:
                return NotImplemented
            result: Any = _new(stand_in)
            extend((on_left, number, self._recorded_node))
            result._recorded_operands = (self,)
            result._recorded_node = next_node()
            return result

        return operation, reflected

    def _unary(self, stand_in: type, code: int, theirs: Any) -> Any:
        entries = self._entries
        extend, next_node = entries.waiting.extend, entries.next_node

        def function(self: Any, *arguments: Any, **keywords: Any) -> Any:
            if theirs is not None and (arguments or keywords):
                return theirs(self, *arguments, **keywords)
            result: Any = _new(stand_in)
            extend((code, self._recorded_node, 0))
            result._recorded_operands = (self,)
            result._recorded_node = next_node()
            return result

        return function

    def _constructor(self, kind: type) -> Any:
        """Return a constructor that runs theirs, and makes a node of what that has set."""
        theirs: Any = kind.__init__  # type: ignore[misc]

        def __init__(node: Any, *arguments: Any, **keywords: Any) -> None:  # noqa: N807
            node._recorded_node = None
            node._recorded_operands = ()
            held = node._recorded_held = {}
            theirs(node, *arguments, **keywords)
            if node._recorded_node is None:
                self._settle(node, held, _getframe(1))

        return __init__

    def _settle(self, node: Any, held: dict[str, Any], frame: FrameType) -> None:
        """Make a node of an object that has been constructed."""
        entries = self._entries
        number = _number_in(held.get("data"))
        if number is None:
            raise entries.refuse("its objects hold something else than one number")
        if operands := node._recorded_operands:
            field = self._own_field(operands, held, frame)
            entries.waiting.extend((codes.OWN, number, field))
        else:
            entries.waiting.extend((codes.LEAF, number, self._site(frame)))
        node._recorded_node = entries.next_node()
        gradient = _number_in(held.get("grad"))
        if gradient:
            entries.waiting.extend((codes.SET_GRAD, node._recorded_node, gradient))

    def _own_field(
        self, operands: tuple[Any, ...], held: Mapping[str, Any], frame: FrameType
    ) -> list[Any]:
        """Return the name, the operands and, where they are kept beside them, the slopes."""
        slopes = held.get("slopes")
        if slopes is None and not self._has_rules:
            raise self._entries.refuse("its objects have no rule by which a gradient goes on")
        self._entries.owns = True
        numbers = [one._recorded_node for one in operands]
        return [frame.f_code.co_name[:40].strip("_").lower(), numbers, slopes]

    def _site(self, frame: FrameType) -> int:
        """Return a number for the line of a method that makes a leaf, 0 for another line."""
        back: FrameType | None = frame
        while back is not None and back.f_code.co_name in COMPREHENSIONS:
            back = back.f_back
        if back is None or back.f_code.co_varnames[:1] != ("self",):
            return 0
        return self._sites.setdefault((back.f_code, back.f_lineno), _len(self._sites) + 1)

    def _destructor(self) -> Any:
        extend = self._entries.waiting.extend

        def __del__(node: Any) -> None:  # noqa: N807
            number = getattr(node, "_recorded_node", None)
            if number is not None:
                extend((codes.FREE, number, 0))

        return __del__

    def _backward(self, names: NodeNames) -> Any:
        entries, watch, zeroes = self._entries, self._watch, self._zeroes

        def backward(root: Any, *arguments: Any, **_: Any) -> None:
            seed = next(filter(None, map(_number_in, arguments)), 1.0)
            own = _own_rules(root) if entries.owns else {}
            frame = _getframe(1)
            field = [seed, zeroes, watch.place(frame)]
            rule = entries.ask(codes.BACKWARD, root._recorded_node, field)
            while rule is not None:
                getattr(own[rule], names.rules[0])()
                rule = entries.ask(codes.DONE, 0)
            watch.passed(frame)

        return backward

    def _run_rule(self, node: Any, frame: FrameType) -> None:
        """Have a node send its gradient on; the first of several is told with its place."""
        if not node._recorded_operands:
            return
        waiting = self._entries.waiting
        goes_on = waiting[-3:-2] == [codes.RULE]
        place = 0 if goes_on else self._watch.place(frame)
        waiting.extend((codes.RULE, node._recorded_node, place))

    def _number(self, read_code: int, set_code: int) -> property:
        entries = self._entries
        name = "data" if read_code == codes.DATA else "grad"

        def read(node: Any) -> Any:
            if node._recorded_node is None:
                return node._recorded_held.get(name, 0.0)
            return entries.ask(read_code, node._recorded_node)

        def write(node: Any, value: Any) -> None:
            if node._recorded_node is None:
                node._recorded_held[name] = value
                return
            number = 0.0 if value is None else _number_in(value)
            if number is None:
                raise entries.refuse(f"{name} is set to something else than a number")
            entries.waiting.extend((set_code, node._recorded_node, number))

        return property(read, write)

    def _operands(self, stand_in: type, names: NodeNames) -> property:
        entries, container = self._entries, names.container

        def read(node: Any) -> Any:
            held = getattr(node, "_recorded_held", None)
            if held is not None and "operands" in held:
                return held["operands"]
            return container(node._recorded_operands)

        def write(node: Any, value: Any) -> None:
            held = getattr(node, "_recorded_held", None)
            operands, slopes = _operands_in(value, stand_in)
            if held is not None:
                held["operands"], held["slopes"] = value, slopes
            if not operands:
                return
            node._recorded_operands = operands
            if node._recorded_node is not None:
                field = self._own_field(operands, held or {}, _getframe(1))
                entries.waiting.extend((codes.BECOME, node._recorded_node, field))

        return property(read, write)

    def _rule(self, kind: type, name: str) -> property:
        entries = self._entries
        method = _method(kind, name)

        def read(node: Any) -> Any:
            own = getattr(node, "_recorded_rule", None)
            if own is not None:
                return own
            if method is not None and entries.owns and getattr(node, "_recorded_held", None):
                return method.__get__(node)
            return lambda *_: self._run_rule(node, _getframe(1))

        def write(node: Any, value: Any) -> None:
            if node._recorded_node is not None and callable(value):
                node._recorded_rule = value

        return property(read, write)


def _method(kind: type, name: str) -> Any:
    method = next((vars(one)[name] for one in kind.__mro__ if name in vars(one)), None)
    return method if _type(method) is FunctionType else None


def _own_rules(root: Any) -> dict[int, Any]:
    """Return the nodes below a root that have operands by their constructor, by their numbers."""
    found: dict[int, Any] = {}
    seen, waiting = set(), [root]
    while waiting:
        node = waiting.pop()
        if node._recorded_node not in seen:
            seen.add(node._recorded_node)
            if hasattr(node, "_recorded_held") and node._recorded_operands:
                found[node._recorded_node] = node
            waiting.extend(node._recorded_operands)
    return found


def _number_in(value: Any) -> float | None:
    """Return a plain number, or one of numpy's, as a float; None for anything else."""
    if _type(value) is float:
        return value  # type: ignore[no-any-return]
    if _isinstance(value, (int, float)):
        try:
            return float(value)
        except OverflowError:
            return None
    if getattr(value, "shape", None) == () and hasattr(value, "item"):
        return _number_in(value.item())
    return None


def _operands_in(value: Any, kind: type) -> tuple[tuple[Any, ...], list[float] | None]:
    """Return the nodes in what holds them, and their slopes where each stands beside one."""
    if _isinstance(value, kind):
        return (value,), None
    if _type(value) not in (tuple, list, set, frozenset):
        return (), None
    nodes, slopes = [], []
    for node, slope in _pairs(value, kind):
        nodes.append(node)
        slopes.append(slope)
    complete = bool(slopes) and all(slope is not None for slope in slopes)
    return tuple(nodes), [slope for slope in slopes if slope is not None] if complete else None


def _pairs(value: Any, kind: type) -> Iterator[tuple[Any, float | None]]:
    for item in value:
        if _isinstance(item, kind):
            yield item, None
        elif _type(item) in (tuple, list):
            nodes = [part for part in item if _isinstance(part, kind)]
            numbers = [number for part in item if (number := _number_in(part)) is not None]
            for node in nodes[:1]:
                yield node, numbers[0] if numbers else None
