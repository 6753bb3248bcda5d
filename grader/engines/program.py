"""A Program: the small steps that a check asks an engine to take, in order.

`backward()` and `x.data -= …` are effects, so a Program is a list, not an expression. It is asked
of the student's engine and of both oracles; `source` prints it as code that a student can paste.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["make", "operate", "call", "read", "write", "ask"]
KINDS: tuple[Kind, ...] = ("make", "operate", "call", "read", "write", "ask")

ENGINES = ("Value", "Scalar", "Tensor")
"""The names by which checks take an engine's class, whatever a submission calls it."""
UNARY = {"neg": "-{}", "abs": "abs({})"}
BINARY = {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "pow": "**"}
EFFECTS = ("call", "write")
QUESTIONS = (
    *("children", "order", "text", "is_a", "same", "raises"),
    *("label", "operation", "updated", "graph", "drawing", "where", "numbers"),
)


class Ref(NamedTuple):
    """The result of the step at an index."""

    at: int


class ArrayData(NamedTuple):
    """A list of numbers, or of lists of them, as the data of an array is written."""

    items: tuple[Any, ...]  # of Plain; typing takes a millisecond for the name of what comes later


class NumpyArray(NamedTuple):
    """An array of numpy's, of the type that numpy gives to such rows."""

    rows: ArrayData


class Items(NamedTuple):
    """A list or a tuple of operands, earlier results among them."""

    items: tuple[Any, ...]  # of Operand
    kind: Literal["list", "tuple"] = "list"


Plain: TypeAlias = float | int | str | ArrayData | NumpyArray | tuple[int, ...] | None
"""A number, a truth, a text; the rows of an array; the axes of one; nothing."""


class Keyword(NamedTuple):
    """An operand that is given by name, `requires_grad=True` say."""

    name: str
    value: "Ref | Items | Plain"


Operand: TypeAlias = Ref | Keyword | Items | Plain


class Step(NamedTuple):
    """One thing to do.

    Attributes:
        kind: "make" calls what the submission named `name`; "operate" is an operator of Python,
            "getitem" the one that takes an item of a list; "call", "read" and "write" go to the
            method or attribute `name` of the first operand, "__call__" to the object itself; "ask"
            is a question about an object, one of QUESTIONS.
        name: the class, operator, method, attribute or question.
        operands: earlier results, or plain numbers, strings and arrays; those by name come last.
    """

    kind: Kind
    name: str
    operands: tuple[Operand, ...]

    def refs(self) -> tuple[int, ...]:
        """Return the indices of the earlier steps that this one uses."""
        found: list[int] = []
        for operand in self.operands:
            if type(operand) is Ref:
                found.append(operand.at)
            elif type(operand) in HOLDING:
                found += _refs_in(operand)
        return tuple(found)

    def redirected(self, moved: Mapping[int, int]) -> "Step":
        """Return the step that takes other results: step index → the index to take instead."""
        return Step(self.kind, self.name, tuple([_moved(one, moved) for one in self.operands]))

    def has_effect(self) -> bool:
        """Return whether it can change what the objects in its reach hold."""
        return self.kind in EFFECTS or (self.kind, self.name) == ("ask", "raises")


class ObservedStep(NamedTuple):
    """A result that the check looks at: the label the student reads, and the step's index."""

    label: str
    at: int


class Program(NamedTuple):
    """The steps that an engine is asked to take.

    Attributes:
        steps: in their order.
        observed: which of their results are looked at.
        names: step → the name that its result had in the check.
        layout: the order in which sets give the engine's nodes while it answers, see `set_order`.
            No right answer depends on it.
    """

    steps: tuple[Step, ...]
    observed: tuple[ObservedStep, ...]
    names: Mapping[int, str] = {}
    layout: int = 0

    def fingerprint(self) -> str:
        """Return 16 hex digits that depend on what is asked, and not on what things are called."""
        from grader.engines.digest import sha256  # a submission's process needs none

        steps = [
            (kind, name, [_hashed(operand) for operand in operands])
            for kind, name, operands in self.steps
        ]
        text = repr((steps, [look.at for look in self.observed]))
        return sha256(text.encode())[:16]

    def with_leaves(self, values: Mapping[int, float]) -> "Program":
        """Return the Program in which steps that make a leaf of one number make it of another.

        Args:
            values: index of the step → the number.
        """
        steps = list(self.steps)
        for index, value in values.items():
            steps[index] = steps[index]._replace(operands=(value,))
        return self._replace(steps=tuple(steps))

    def takes(self) -> set[str]:
        """Return the names that it takes from a submission: of classes, and of functions."""
        classes = {step.name for step in self.steps if step.kind == "make"}
        return classes | {str(step.operands[1]) for step in self.steps if step.name == "is_a"}

    def taking(self, name: str, other: str) -> "Program":
        """Return the Program that takes `other` wherever this one takes `name`."""
        steps = (
            step._replace(name=other) if (step.kind, step.name) == ("make", name) else step
            for step in self.steps
        )
        return self._replace(steps=tuple(steps))

    def up_to(self, last: int, *, also: int | None = None) -> "Program":
        """Return the Program that ends with step `last` and looks at its result.

        Steps that cannot matter to it are left out: other graphs, and what nothing uses.

        Args:
            last: index of the last step to keep.
            also: index of an earlier step to keep even if nothing uses it.
        """
        kept = _needed(self.steps[: last + 1], {last} if also is None else {last, also})
        moved = {old: new for new, old in enumerate(kept)}
        steps = tuple(self.steps[old].redirected(moved) for old in kept)
        label = next((look.label for look in self.observed if look.at == last), "")
        shows = bool(label) or not self.steps[last].has_effect()
        observed = (ObservedStep(label, moved[last]),) if shows else ()
        names = {moved[old]: name for old, name in self.names.items() if old in moved}
        return Program(steps, observed, names, self.layout)


HOLDING = (Items, Keyword)  # the operands that may hold earlier results


def _refs_in(operand: Operand) -> list[int]:
    """Return the indices of the earlier steps in an operand, in their order."""
    if isinstance(operand, Ref):
        return [operand.at]
    if isinstance(operand, Keyword):
        return _refs_in(operand.value)
    return [at for item in operand.items for at in _refs_in(item)] if type(operand) is Items else []


def _moved(operand: Any, moved: Mapping[int, int]) -> Any:
    if isinstance(operand, Ref):
        return Ref(moved.get(operand.at, operand.at))
    if isinstance(operand, Keyword):
        return operand._replace(value=_moved(operand.value, moved))
    if isinstance(operand, Items):
        return operand._replace(items=tuple(_moved(item, moved) for item in operand.items))
    return operand


def _hashed(operand: Operand) -> object:
    """Return the part of a fingerprint for an operand, which outlives the names of our classes."""
    if isinstance(operand, Ref):
        return ("ref", operand.at)
    if isinstance(operand, Keyword):
        return ("keyword", operand.name, _hashed(operand.value))
    if isinstance(operand, Items):
        return (operand.kind, list(map(_hashed, operand.items)))
    if isinstance(operand, NumpyArray):
        return ("numpy", _hashed(operand.rows))
    return list(map(_hashed, operand.items)) if isinstance(operand, ArrayData) else operand


def _needed(steps: tuple[Step, ...], roots: set[int]) -> list[int]:
    """Return `roots`, what they are made from, and every effect on any of that, in order."""
    kept = _with_operands(steps, roots)
    operations_too = _are_leaves(steps, kept)
    effects = {
        index: _with_operands(steps, {index})
        for index, step in enumerate(steps)
        if step.has_effect() or (operations_too and step.kind == "operate")
    }
    while True:
        touching = [reach for index, reach in effects.items() if index not in kept and reach & kept]
        if not touching:
            return sorted(kept)
        kept = kept.union(*touching)


def _are_leaves(steps: tuple[Step, ...], kept: set[int]) -> bool:
    """Return whether all that is kept is a leaf and a look at it: then an operation changed it."""
    return all(steps[index].kind in ("make", "read") for index in kept)


def _with_operands(steps: tuple[Step, ...], roots: set[int]) -> set[int]:
    kept = set(roots)
    for index in range(len(steps) - 1, -1, -1):
        if index in kept:
            kept.update(steps[index].refs())
    return kept
