"""A Trace: what a submission's own run left behind, its variables and its backward passes.

Taken in the student's process (`child.tracing`) and bounded there; what
comes back is believed only after `trace_from` has looked at every part of it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from grader.engines.encoding import Malformed, answer_from, place_from
from grader.engines.observation import Answer, Place
from grader.engines.program import Program
from grader.engines.text import clean

if TYPE_CHECKING:
    from grader.sandbox.recording.starts import Starts

MOST_MOMENTS = 2000
MOST_VARIABLES = 2_000_000  # of all moments: each has its own, and a reply says what has changed
MOST_TRAININGS = 400
MOST_PASSES = 32
MOST_ITEMS = 5000
DEEPEST = 8
LONGEST = 20_000
COLOUR = re.compile(r"\x1b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")  # and the like


class HeldNode(NamedTuple):
    """A node of a graph that a variable held.

    Attributes:
        id: the same for one object wherever it is met.
        data: its value.
        grad: its gradient.
        label: its label, "" where it has none.
        op: the operation that made it, "" for a leaf.
        children: the ids of the nodes it was made from; None where they cannot be seen.
    """

    id: int
    data: Answer
    grad: Answer
    label: str
    op: str
    children: tuple[int, ...] | None


HeldTree: TypeAlias = "Answer | HeldNode | tuple[HeldTree, ...] | Mapping[str, HeldTree]"
"""What a variable held: a plain answer, a node, a list, or a dict by its keys' text."""


class Moment(NamedTuple):
    """The variables at one moment of the run.

    Attributes:
        where: "cell 7", or "line 31" of a script.
        cell: the number of the code cell, from 1; 0 in a script.
        after_pass: the moment is right after the first backward pass of a training; otherwise it
            is the end of a cell, or of a statement of a script.
        printed: what has been printed and shown since the moment before.
        variables: name → what it held.
    """

    where: str
    cell: int
    after_pass: bool
    printed: str
    variables: Mapping[str, HeldTree]


class Leaf(NamedTuple):
    """A leaf below the root of a backward pass.

    Attributes:
        id: the same for one object in all passes of a training.
        node: the id that a `HeldNode` has where a variable holds this object.
        uses: how many nodes are made from it; 0 where that was not looked at.
        data: its value when the pass began.
        before: its gradient when the pass began; nothing in the last passes of a long training.
        after: its gradient when the pass ended.
    """

    id: int
    node: int
    uses: int
    data: Answer
    before: Answer
    after: Answer


class Pass(NamedTuple):
    """One backward pass over a whole graph: its number from 1, the root's value, the leaves."""

    number: int
    loss: Answer
    nodes: int
    leaves: tuple[Leaf, ...]


class Training(NamedTuple):
    """Backward passes that one loop of the submission made.

    Attributes:
        place: the line that called `backward`.
        cell: the code cell it ran in, from 1; 0 in a script.
        made: how many passes there were.
        passes: the first 16 and the last 4.
        losses: the root's value in each pass, up to a bound.
        end: leaf id → its value and its gradient after the last pass and what followed it.
        operations: those in the first graphs, as the engine calls them; it need not name them.
        is_cut: a graph was too large to be looked at whole, so that some leaves, and some of their
            uses, are not known.
        examples: how many different ones were seen, where the run was recorded.
        forgotten: leaves that belong to all examples, have a gradient and never move, where the run
            was recorded; None where that is not known.
        program: makes its first graph again, where the run was recorded; it takes `Value`.
    """

    place: Place
    cell: int
    made: int
    passes: tuple[Pass, ...]
    losses: tuple[float, ...]
    end: Mapping[int, tuple[Answer, Answer]]
    operations: frozenset[str] = frozenset()
    is_cut: bool = False
    examples: int = 0
    forgotten: frozenset[int] | None = None
    program: Program | None = None


class Trace(NamedTuple):
    """The traces of a run.

    Attributes:
        moments: in their order.
        trainings: in their order.
        starts: where its leaves were made, if the run was recorded.
    """

    moments: tuple[Moment, ...] = ()
    trainings: tuple[Training, ...] = ()
    starts: "Starts | None" = None


def trace_from(plain: object) -> Trace:
    """Return the Trace in a reply, believing nothing unchecked.

    Raises:
        Malformed: a part is missing, of another type, or too long.
    """
    moments, trainings = _parts(plain, 2)
    return Trace(
        tuple(_moments(_list(moments, MOST_MOMENTS))),
        tuple(_training(item) for item in _list(trainings, MOST_TRAININGS)),
    )


def _moments(plain: list[Any]) -> "list[Moment]":
    """Return the moments; each was sent as what had changed since the one before."""
    found: list[Moment] = []
    variables: dict[str, HeldTree] = {}
    room = MOST_VARIABLES
    for item in plain:
        where, cell, after_pass, printed, changed, gone = _parts(item, 6)
        lost = set(map(_text, _list(gone, MOST_ITEMS)))
        new = {_text(name): _held(held, DEEPEST) for name, held in _pairs(changed)}
        if lost or new:
            variables = {name: held for name, held in variables.items() if name not in lost} | new
            room -= len(variables)
        if room < 0:
            raise Malformed("replied with more variables than a run has")
        moment = Moment(_text(where), _count(cell), after_pass is True, _long(printed), variables)
        found.append(moment)
    return found


def _held(plain: object, deepest: int) -> HeldTree:
    kind, *parts = _list(plain, 7) or [None]
    if type(kind) is not str or kind not in _HELD or not deepest:
        raise Malformed("replied with a variable of a kind that does not exist")
    return _HELD[kind](parts, deepest - 1)


def _answer(parts: list[Any], _: int) -> Answer:
    kind, value = _parts(parts, 2)
    return answer_from(kind, value)


def _node(parts: list[Any], _: int) -> HeldNode:
    id_, data, grad, label, op, children = _parts(parts, 6)
    return HeldNode(
        _count(id_),
        answer_from(*_parts(data, 2)),
        answer_from(*_parts(grad, 2)),
        _text(label),
        _text(op),
        None if children is None else tuple(map(_count, _list(children, MOST_ITEMS))),
    )


def _items(parts: list[Any], deepest: int) -> tuple[HeldTree, ...]:
    (items,) = _parts(parts, 1)
    return tuple(_held(item, deepest) for item in _list(items, MOST_ITEMS))


def _entries(parts: list[Any], deepest: int) -> Mapping[str, HeldTree]:
    (pairs,) = _parts(parts, 1)
    return {_text(key): _held(held, deepest) for key, held in _pairs(pairs)}


_HELD: Mapping[str, Callable[[list[Any], int], HeldTree]] = {
    "answer": _answer,
    "node": _node,
    "list": _items,
    "dict": _entries,
}


def _training(plain: object) -> Training:
    place, cell, count, passes, losses, end, operations, is_cut = _parts(plain, 8)
    return Training(
        place_from(place),
        _count(cell),
        _count(count),
        tuple(_pass(item) for item in _list(passes, MOST_PASSES)),
        tuple(_number(loss) for loss in _list(losses, MOST_ITEMS)),
        {
            _count(leaf): (answer_from(*_parts(data, 2)), answer_from(*_parts(grad, 2)))
            for leaf, data, grad in _triples(end)
        },
        frozenset(_text(name).lower() for name in _list(operations, MOST_PASSES)),
        is_cut is True,
    )


def _pass(plain: object) -> Pass:
    number, loss, nodes, leaves = _parts(plain, 4)
    rows = (_parts(row, 6) for row in _list(leaves, MOST_ITEMS))
    return Pass(
        _count(number),
        answer_from(*_parts(loss, 2)),
        _count(nodes),
        tuple(
            Leaf(
                _count(leaf),
                _count(node),
                _count(uses),
                *(answer_from(*_parts(one, 2)) for one in answers),
            )
            for leaf, node, uses, *answers in rows
        ),
    )


def _pairs(plain: object) -> Iterator[list[Any]]:
    return (_parts(pair, 2) for pair in _list(plain, MOST_ITEMS))


def _triples(plain: object) -> list[list[Any]]:
    return [_parts(item, 3) for item in _list(plain, MOST_ITEMS)]


def _parts(value: object, count: int) -> list[Any]:
    parts = _list(value, count)
    if len(parts) != count:
        raise Malformed(f"replied with {len(parts)} fields where {count} belong")
    return parts


def _list(value: object, most: int) -> list[Any]:
    if type(value) is not list or len(value) > most:
        raise Malformed("replied with something else than a list of the length agreed")
    return value


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < 1 << 63:
        raise Malformed("replied with a count that is none")
    return value


def _number(value: object) -> float:
    answer = answer_from("number", value)
    assert isinstance(answer.value, float)
    return answer.value


def _text(value: object) -> str:
    if type(value) is not str:
        raise Malformed("replied with a text that is none")
    return clean(value)


def _long(value: object) -> str:
    if type(value) is not str:
        raise Malformed("replied with a text that is none")
    plain = COLOUR.sub("", value[:LONGEST])
    return "\n".join(clean(line, LONGEST) for line in plain.split("\n"))
