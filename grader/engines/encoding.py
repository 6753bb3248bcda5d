"""Observations as JSON can hold them, checked field by field when they come back.

Floats are hexadecimal text, so that they arrive as they left. What a submission's process sends
is believed only after `observation_from` has looked at every part of it.
"""

from collections.abc import Callable, Mapping
from math import prod
from typing import Any, cast

from grader.engines.observation import (
    ARRAY,
    ENDINGS,
    GRAPH,
    HALF,
    LINES,
    MOST_AXES,
    MOST_ENTRIES,
    NODES,
    NOTHING,
    NUMBER,
    ORDER,
    OTHER,
    SINGLE,
    TEXT,
    TRUTH,
    WORD,
    Answer,
    Array,
    BorrowedPackage,
    Fault,
    GraphAnswer,
    Lines,
    Observation,
    Place,
    PrintedText,
    Traversal,
    Value,
)
from grader.engines.program import Program

LONGEST_FIELD = 4000
MOST_MEMBERS = 32
MOST_DOTS = 3
CALLED = (")({})", ").forward({})")  # of an object of a function's class: "ReLU()({})"
VALUES = ("{}", "[{}]", "()", '""', "None", "[]", "0.0", "1.0", "set()", "False", "True", "1")
LONGEST_NUMBER = 64
LAST_LINE = 10_000_000
MOST_ITEMS = 20_000


class Malformed(Exception):
    """A reply is not of the form agreed; the text says in what way, as a clause."""


def observation_to(observation: Observation) -> dict[str, Any]:
    """Return an Observation as JSON can hold it."""
    fault = observation.fault
    otherwise: dict[str, Any] = {}
    if observation.members:
        otherwise["members"] = dict(observation.members)
    if observation.precision:
        otherwise["precision"] = observation.precision
    if observation.borrowed:
        otherwise["borrowed"] = list(observation.borrowed)
    return otherwise | {
        "ended": observation.ended,
        "answers": [
            [index, answer.kind, _WRITERS[answer.kind](answer.value), answer.how]
            for index, answer in observation.answers.items()
        ],
        "step": observation.step,
        "fault": fault_to(fault) if fault else None,
        "detail": observation.detail,
    }


def observation_from(plain: object, program: Program) -> Observation:
    """Return the Observation in a reply, believing nothing unchecked.

    Raises:
        Malformed: a field is missing, of another type, too long, or speaks of no step of `program`.
    """
    fields = _typed(plain, dict)
    ended = fields.get("ended")
    if ended not in ENDINGS:
        raise Malformed("replied with an ending that does not exist")
    steps = len(program.steps)
    step = fields.get("step")
    answers = {}
    for item in _typed(fields.get("answers"), list)[:MOST_ITEMS]:
        index, kind, value, how = _parts(item, 4)
        if _typed(kind, str) not in _READERS:
            raise Malformed("replied with an answer of a kind that does not exist")
        answers[_index(index, steps)] = Answer(kind, _READERS[kind](value, steps), _text(how))
    fault = fields.get("fault")
    return Observation(
        ended,
        answers,
        None if step is None else _index(step, steps),
        None if fault is None else fault_from(fault),
        _text(fields.get("detail")),
        _members(fields.get("members", {})),
        _borrowed(fields["borrowed"]) if "borrowed" in fields else None,
        precision=_precision(fields.get("precision", "")),
    )


def answer_from(kind: object, value: object) -> Answer:
    """Return an Answer that belongs to no Program: a number, an array, a text, a truth, nothing.

    Raises:
        Malformed: it is not one.
    """
    if type(kind) is not str or kind not in _READERS or kind in (NODES, ORDER, GRAPH):
        raise Malformed("replied with an answer of a kind that does not exist")
    return Answer(kind, _READERS[kind](value, 0))


def answer_to(answer: Answer) -> list[Any]:
    """Return an Answer as JSON can hold it: its kind and its value."""
    return [answer.kind, _WRITERS[answer.kind](answer.value)]


def place_from(plain: object) -> Place:
    """Return the Place in a reply.

    Raises:
        Malformed: it is not one.
    """
    file, line, function = _parts(plain, 3)
    return Place(_text(file), _line_number(line), _text(function))


def fault_to(fault: Fault) -> list[Any]:
    """Return a Fault as JSON can hold it."""
    return [fault.type, fault.message, list(fault.place) if fault.place else None]


def fault_from(plain: object) -> Fault:
    """Return the Fault in a reply.

    Raises:
        Malformed: it is not one.
    """
    type_, message, place = _parts(plain, 3)
    if place is None:
        return Fault(_text(type_), _text(message))
    return Fault(_text(type_), _text(message), place_from(place))


def _borrowed(plain: object) -> BorrowedPackage:
    name, package, place, held_class = _parts(plain, 4)
    if not (_text(name).isidentifier() and _text(package).isidentifier()):
        raise Malformed("replied with a name that is none")
    return BorrowedPackage(
        name, package, None if place is None else place_from(place), _text(held_class)
    )


def _members(plain: object) -> Mapping[str, str]:
    pairs = list(_typed(plain, dict).items())[:MOST_MEMBERS]
    members = {_text(name): _text(how) for name, how in pairs}
    if not all(map(_is_member, members.values())):
        raise Malformed("replied with a name that is none")
    return members


def _is_member(how: str) -> bool:
    """Return whether this is code for a member: "{}.value", "relu({})", "Var({}, grad=True)".

    A student pastes it, so that nothing else may come in: names, and a few values.
    """
    if how in ("None", "array"):
        return True
    path, bracket, arguments = how.partition("(")
    receiver, *names = path.split(".")
    if len(names) > MOST_DOTS or not all(map(str.isidentifier, names)):
        return False
    if receiver == "{}":
        return bool(names) and (not bracket or _are_arguments(arguments))
    if not receiver.isidentifier() or not _are_arguments(arguments):
        return False
    return arguments[:1] != ")" or arguments in CALLED


def _are_arguments(text: str) -> bool:
    """Return whether these are arguments as the forms of engines are written, up to the bracket."""
    if not text.endswith(")"):
        return False
    if text in CALLED:
        return True
    arguments = text.removesuffix(")").split(", ")
    return arguments == [""] or all(map(_is_argument, arguments))


def _is_argument(text: str) -> bool:
    name, equals, value = text.rpartition("=")
    if equals and not name.isidentifier():
        return False
    for before, after in (("(", ")"), ("([", "])")):
        function, bracket, rest = value.partition(before)
        if function and bracket and rest in ("{}" + after, "1.0" + after):
            return all(map(str.isidentifier, function.split(".")))
    return value in VALUES


def _precision(value: object) -> str:
    if value not in ("", SINGLE, HALF):
        raise Malformed("replied with a precision that does not exist")
    return str(value)


def _line_number(value: object) -> int:
    if not 0 <= _typed(value, int) <= LAST_LINE:
        raise Malformed("replied about a line that cannot be")
    return cast("int", value)


def _typed(value: object, kind: type[Any]) -> Any:
    if type(value) is not kind:
        raise Malformed(f"replied with a {type(value).__name__} where a {kind.__name__} belongs")
    return value


def _parts(value: object, count: int) -> list[Any]:
    parts = _typed(value, list)
    if len(parts) != count:
        raise Malformed(f"replied with {len(parts)} fields where {count} belong")
    return cast("list[Any]", parts)


def _text(value: object) -> str:
    text = cast("str", _typed(value, str))[:LONGEST_FIELD]
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def _index(value: object, steps: int) -> int:
    if not 0 <= _typed(value, int) < steps:
        raise Malformed("replied about a step that was not asked")
    return cast("int", value)


def _node(value: object, steps: int) -> int:
    return -1 if value == -1 and type(value) is int else _index(value, steps)


def _number(value: object, _: int = 0) -> float:
    if len(_typed(value, str)) > LONGEST_NUMBER:
        raise Malformed("replied with a number that is none")
    try:
        return float.fromhex(cast("str", value))
    except (ValueError, OverflowError) as error:
        raise Malformed("replied with a number that is none") from error


def _nodes(value: object, steps: int) -> tuple[int, ...]:
    return tuple(_node(item, steps) for item in _typed(value, list)[:MOST_ITEMS])


def _traversal_to(value: Value) -> Any:
    assert isinstance(value, Traversal)
    order = None if value.order is None else list(value.order)
    return [order, [[index, g.hex()] for index, g in value.gradients], value.reversible]


def _traversal_from(value: object, steps: int) -> Traversal:
    order, gradients, reversible = _parts(value, 3)
    pairs = [_parts(pair, 2) for pair in _typed(gradients, list)[:MOST_ITEMS]]
    return Traversal(
        None if order is None else _nodes(order, steps),
        tuple((_index(index, steps), _number(number)) for index, number in pairs),
        _typed(reversible, bool),
    )


def _printed_from(value: object, _: int) -> PrintedText:
    text, printed = _parts(value, 2)
    return PrintedText(_text(text), _typed(printed, bool))


def _graph_to(value: Value) -> Any:
    assert isinstance(value, GraphAnswer)
    return [list(value.nodes), list(map(list, value.edges)), list(map(list, value.back))]


def _graph_from(value: object, steps: int) -> GraphAnswer:
    nodes, edges, back = _parts(value, 3)
    return GraphAnswer(_nodes(nodes, steps), _edges(edges, steps), _edges(back, steps))


def _edges(value: object, steps: int) -> tuple[tuple[int, int], ...]:
    pairs = (_parts(item, 2) for item in _typed(value, list)[:MOST_ITEMS])
    return tuple((_node(child, steps), _node(parent, steps)) for child, parent in pairs)


def _lines_from(value: object, _: int) -> Lines:
    file, function, first, last = _parts(value, 4)
    return Lines(_text(file), _text(function), _line_number(first), _line_number(last))


def _array_to(value: Value) -> Any:
    assert isinstance(value, Array)
    return [list(value.shape), [entry.hex() for entry in value.entries]]


def _array_from(value: object, _: int) -> Array:
    shape, entries = _parts(value, 2)
    sizes = tuple(_typed(size, int) for size in _typed(shape, list)[: MOST_AXES + 1])
    if not 1 <= len(sizes) <= MOST_AXES or min(sizes) < 0:
        raise Malformed("replied with an array of a shape that cannot be")
    if prod(sizes) != len(_typed(entries, list)) or len(entries) > MOST_ENTRIES:
        raise Malformed("replied with an array whose shape does not fit its entries")
    return Array(sizes, tuple(map(_number, entries)))


_WRITERS: Mapping[str, Callable[[Any], Any]] = {
    NUMBER: float.hex,
    ARRAY: _array_to,
    TRUTH: bool,
    NODES: list,
    ORDER: _traversal_to,
    TEXT: list,
    WORD: str,
    GRAPH: _graph_to,
    LINES: list,
    NOTHING: lambda _: None,
    OTHER: str,
}
_READERS: Mapping[str, Callable[[object, int], Value]] = {
    NUMBER: _number,
    ARRAY: _array_from,
    TRUTH: lambda value, _: cast("bool", _typed(value, bool)),
    NODES: _nodes,
    ORDER: _traversal_from,
    TEXT: _printed_from,
    WORD: lambda value, _: _text(value),
    GRAPH: _graph_from,
    LINES: _lines_from,
    NOTHING: lambda *_: None,
    OTHER: lambda value, _: _text(value),
}
