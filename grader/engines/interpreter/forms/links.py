"""Finds the nodes that a node was made from, in whatever it keeps them.

Runs in the student's process. A collection may hold pairs of a node and a slope, an attribute may
be a dict, a generator, or an object of a class of its own that holds the operands.
"""

from collections.abc import Iterator
from itertools import islice
from types import FunctionType, GeneratorType, MethodType
from typing import Any

from grader.engines.interpreter.engine_state import are_kin
from grader.engines.interpreter.forms.member_names import CHILDREN, GRADIENT
from grader.engines.interpreter.forms.members import attribute_names, own_dict

MOST_NODES = 10_000
DEEPEST = 3
NOT_LOOKED_INTO = (str, bytes, int, float, complex, bool, type(None), type, FunctionType)

_type, _getattr, _id, _isinstance = type, getattr, id, isinstance


def nodes_within(held: object, kind: type, deepest: int = DEEPEST) -> list[object]:
    """Return the nodes in what an attribute holds, each once, in order.

    Args:
        held: a node, a collection, a pair, or an object that holds some.
        kind: the class whose kin are nodes.
        deepest: how many collections may stand in one another.
    """
    found: dict[int, object] = {}
    for node in islice(_walk(held, kind, deepest), MOST_NODES):
        found.setdefault(_id(node), node)
    return list(found.values())


def _walk(held: Any, kind: type, deepest: int) -> Iterator[object]:
    own = _type(held)
    if are_kin(own, kind):
        yield held
    elif deepest and not issubclass(own, NOT_LOOKED_INTO):
        for part in _parts(held):
            yield from _walk(part, kind, deepest - 1)


def _parts(held: Any) -> Iterator[object]:
    own = _type(held)
    if issubclass(own, dict):
        for key, value in tuple(held.items())[:MOST_NODES]:
            yield key
            yield value
    elif issubclass(own, (tuple, list, set, frozenset)) or own is GeneratorType:
        yield from islice(iter(held), MOST_NODES)
    elif own is MethodType:
        yield from _parts(held())
    elif hasattr(own, "__iter__"):
        yield from islice(iter(held), MOST_NODES)
    else:
        yield from tuple(own_dict(held).values())


def find_links(result: object, operands: list[object]) -> tuple[str, ...]:
    """Return the attributes in which a result keeps its operands, none where it keeps none.

    Args:
        result: made from `operands` alone.
        operands: the nodes themselves.
    """
    kind, wanted = _type(result), {_id(node) for node in operands}
    names = [name for name in attribute_names(result) if name not in GRADIENT]
    ordered = [*(name for name in CHILDREN if name in names), *names]
    single: dict[str, set[int]] = {}
    for name in dict.fromkeys(ordered):
        try:
            nodes = {_id(node) for node in nodes_within(_getattr(result, name), kind)}
        except Exception:  # whatever a submission raises
            continue
        if nodes == wanted:
            return (name,)
        if nodes and nodes < wanted:
            single[name] = nodes
    together = set().union(*single.values()) if single else set()
    return tuple(single) if together == wanted else ()


def linked(node: object, links: tuple[str, ...]) -> list[object]:
    """Return the nodes that `node` was made from, each once."""
    found: dict[int, object] = {}
    for name in links:
        held = _getattr(node, name, None)
        for one in nodes_within(held, _type(node)):
            if one is not node:
                found.setdefault(_id(one), one)
    return list(found.values())
