"""The class that stands in for a student's engine while their own run is recorded.

It is made from theirs: a class below it, so that what they have added, `isinstance` and `super()`
still work, in which arithmetic, the usual functions, value, gradient and `backward` go over the
line. An object holds the number of its node and what it was made from, and no number at all. What
theirs computes by itself, a `sin` with a rule, say, is a node with a rule of its own: the grader
asks for it when its turn comes. Runs in the student's process.
"""

from collections.abc import Collection, Iterable, Mapping
from sys import _getframe
from types import FrameType, FunctionType
from typing import Any, Protocol

from grader.engines.interpreter.forms.member_names import PASSES
from grader.sandbox.child.recording.attributes import attribute_hooks, hand_over
from grader.sandbox.child.recording.constructed_nodes import ConstructedNodes
from grader.sandbox.child.recording.dataclass_stand_ins import DataclassStandIns
from grader.sandbox.child.recording.entries import Entries
from grader.sandbox.child.recording.node_names import NodeNames, has_method, node_names
from grader.sandbox.child.recording.operations import (
    binary,
    number_in,
    number_property,
    operands_in,
    reflected,
    unary,
)
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

_new, _isinstance, _type, _len = object.__new__, isinstance, type, len


class SeesPasses(Protocol):
    """Knows where passes are called."""

    def place(self, frame: FrameType) -> list[Any]:
        """Return where a pass is called, as it is told."""
        ...

    def passed(self, frame: FrameType) -> None:
        """Look around a pass that has ended."""
        ...


class ClassStandIns:
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
        self._constructed = ConstructedNodes(entries)
        self._dataclasses = DataclassStandIns(self._fit)
        self._fitted: dict[int, Iterable[str]] = {}

    def of(self, kind: type) -> type:
        """Return a class that stands in for `kind`, below it."""
        members: dict[str, Any] = {
            "__slots__": tuple(f"_recorded{name}" for name in OWN_FIELDS),
            "__module__": kind.__module__,
            "__qualname__": kind.__qualname__,
            "__doc__": kind.__doc__,
        }
        stand_in = type(kind)(kind.__name__, (kind,), members)
        self._fit(stand_in, kind)
        self._dataclasses.expect(stand_in, kind)
        return stand_in

    def end(self) -> None:
        """Leave what makes classes as it was."""
        self._dataclasses.end()

    def _fit(self, stand_in: type, kind: type) -> None:
        """Give a stand-in what objects of `kind` have, in the place of what it has had so far."""
        for name in self._fitted.get(id(stand_in), ()):
            type.__delattr__(stand_in, name)
        names = node_names(kind)
        self._constructed.have_rules = bool(names.rules)
        members = self._members(kind, stand_in, names)
        for name, member in members.items():
            type.__setattr__(stand_in, name, member)
        self._fitted[id(stand_in)] = members

    def _members(self, kind: type, stand_in: type, names: NodeNames) -> Mapping[str, Any]:
        entries = self._entries
        members = {
            "__init__": self._constructor(kind, names.kept),
            "__del__": _destructor(entries),
            "__neg__": unary(entries, stand_in, codes.NEGATE, None),
            "__abs__": unary(entries, stand_in, codes.ABSOLUTE, None),
        }
        for name, code in BINARY.items():
            members[f"__{name}__"] = binary(entries, stand_in, code)
            members[f"__r{name}__"] = reflected(entries, stand_in, code)
        for name, code in UNARY.items():
            if has_method(kind, name):
                members[name] = unary(entries, stand_in, code, getattr(kind, name))
        for name in (*WHOLE_PASSES, *(one for one in PASSES if has_method(kind, one))):
            members[name] = self._backward(names)
        members |= names.extras
        members |= attribute_hooks(kind, names.kept)
        members |= dict.fromkeys(names.data, number_property(entries, codes.DATA, codes.SET_DATA))
        members |= dict.fromkeys(names.grad, number_property(entries, codes.GRAD, codes.SET_GRAD))
        members |= dict.fromkeys(names.links, self._operands(stand_in, names))
        return members | {name: self._rule(kind, name) for name in names.rules}

    def _constructor(self, kind: type, kept: Collection[str]) -> Any:
        """Return a constructor that runs theirs, and makes a node of what that has set."""
        theirs: Any = kind.__init__  # type: ignore[misc]

        def __init__(node: Any, *arguments: Any, **keywords: Any) -> None:  # noqa: N807
            node._recorded_node = None
            node._recorded_operands = ()
            held = node._recorded_held = {}
            theirs(node, *arguments, **keywords)
            hand_over(node, kept)
            if node._recorded_node is None:
                self._constructed.settle(node, held, _getframe(1))

        return __init__

    def _backward(self, names: NodeNames) -> Any:
        entries, watch, zeroes = self._entries, self._watch, self._zeroes

        def backward(root: Any, *arguments: Any, **_: Any) -> None:
            seed = next(filter(None, map(number_in, arguments)), 1.0)
            own = _own_rules(root) if entries.owns else {}
            frame = _getframe(1)
            field = [seed, zeroes, watch.place(frame)]
            rule = entries.go_back(codes.BACKWARD, root._recorded_node, field)
            while rule is not None:
                getattr(own[rule], names.rules[0])()
                rule = entries.go_back(codes.DONE, 0)
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
        self._entries.gradients.clear()

    def _operands(self, stand_in: type, names: NodeNames) -> property:
        entries, container = self._entries, names.container

        def read(node: Any) -> Any:
            held = getattr(node, "_recorded_held", None)
            if held is not None and "operands" in held:
                return held["operands"]
            return container(node._recorded_operands)

        def write(node: Any, value: Any) -> None:
            held = getattr(node, "_recorded_held", None)
            operands, slopes = operands_in(value, stand_in)
            if held is not None:
                held["operands"], held["slopes"] = value, slopes
            if not operands:
                return
            node._recorded_operands = operands
            if node._recorded_node is not None:
                field = self._constructed.own_field(operands, held or {}, _getframe(1))
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


def _destructor(entries: Entries) -> Any:
    forget = entries.forget

    def __del__(node: Any) -> None:  # noqa: N807
        number = getattr(node, "_recorded_node", None)
        if number is not None:
            forget(number)

    return __del__


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
