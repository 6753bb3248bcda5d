"""What a stand-in's objects do with one another, and with plain numbers: it becomes entries.

Runs in the student's process.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from grader.sandbox.child.recording.entries import AT_ONCE, Entries
from grader.sandbox.child.recording.held_numbers import held, may_be_held
from grader.sandbox.protocol import record_codes as codes

_new, _isinstance, _type, _len = object.__new__, isinstance, type, len


def binary(entries: Entries, stand_in: type, code: int) -> Any:
    """Return an operator between two nodes, or a node and a plain number."""
    waiting = entries.waiting
    extend, next_node, on_right = waiting.extend, entries.next_node, code + codes.RIGHT

    def operation(self: Any, other: Any) -> Any:
        result: Any = _new(stand_in)
        if _isinstance(other, stand_in):
            extend((code, self._recorded_node, other._recorded_node))
            result._recorded_operands = self, other
        else:
            number = number_in(other)
            if number is None:
                return NotImplemented
            extend((on_right, self._recorded_node, number))
            result._recorded_operands = (self,)
        result._recorded_node = next_node()
        if _len(waiting) > AT_ONCE:
            entries.send()
        return result

    return operation


def reflected(entries: Entries, stand_in: type, code: int) -> Any:
    """Return an operator between a plain number and a node on its right."""
    extend, next_node = entries.waiting.extend, entries.next_node
    on_left = code + codes.LEFT

    def operation(self: Any, other: Any) -> Any:
        number = number_in(other)
        if number is None:
            return NotImplemented
        result: Any = _new(stand_in)
        extend((on_left, number, self._recorded_node))
        result._recorded_operands = (self,)
        result._recorded_node = next_node()
        return result

    return operation


def unary(entries: Entries, stand_in: type, code: int, theirs: Any) -> Any:
    """Return a function of one node; with arguments, it is the submission's own."""
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


def number_property(entries: Entries, read_code: int, set_code: int) -> property:
    """Return the attribute for a value or a gradient, which the other end of the line keeps."""
    name = "data" if read_code == codes.DATA else "grad"
    known = entries.values if read_code == codes.DATA else entries.gradients

    def write(node: Any, value: Any) -> None:
        if node._recorded_node is None:
            node._recorded_held[name] = value
            return
        number = 0.0 if value is None else number_in(value)
        if number is None:
            raise entries.refuse(f"{name} is set to something else than a number")
        entries.waiting.extend((set_code, node._recorded_node, number))
        if not entries.is_walking:
            known[node._recorded_node] = number

    read = _reader(entries, read_code, name, known)

    def read_held(node: Any) -> Any:
        number = read(node)
        return held(number, partial(write, node)) if _type(number) is float else number

    return property(read_held if may_be_held() else read, write)


def _reader(entries: Entries, code: int, name: str, known: dict[int, float]) -> Any:
    """Return what reads a number: from what is known here, or from the other end of the line."""
    extend, is_told = entries.waiting.extend, code == codes.GRAD

    def read(node: Any) -> Any:
        number = node._recorded_node
        if number is None:
            return node._recorded_held.get(name, 0.0)
        if number in known:
            if is_told:  # it matters that it was read
                extend((code, number, 0))
            return known[number]
        answer = entries.ask(code, number)
        if not entries.is_walking:
            known[number] = answer
        return answer

    return read


def number_in(value: Any) -> float | None:
    """Return a plain number, or one of numpy's, as a float; None for anything else."""
    if _type(value) is float:
        return value  # type: ignore[no-any-return]
    if _isinstance(value, (int, float)):
        try:
            return float(value)
        except OverflowError:
            return None
    if getattr(value, "shape", None) == () and hasattr(value, "item"):
        return number_in(value.item())
    return None


def operands_in(value: Any, kind: type) -> tuple[tuple[Any, ...], list[float] | None]:
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
            numbers = [number for part in item if (number := number_in(part)) is not None]
            for node in nodes[:1]:
                yield node, numbers[0] if numbers else None
