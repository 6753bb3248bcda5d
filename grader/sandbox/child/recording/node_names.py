"""How the objects of a student's class are built, read off one that is made to look at it.

Runs in the student's process.
"""

from collections.abc import Mapping
from types import FunctionType
from typing import Any, NamedTuple

from grader.engines.interpreter.forms.member_names import CHILDREN, GRADIENT
from grader.engines.interpreter.forms.members import contents
from grader.sandbox.child.inspection.classes import keywords
from grader.sandbox.child.tracing.graphs import form_of

TRIED = 1.25
RULES = ("_backward", "backward_fn", "_backward_fn", "_back", "grad_fn")
SETS = (set, frozenset, list)


class NodeNames(NamedTuple):
    """The names under which the objects of a class keep what they hold.

    Attributes:
        data: their value.
        grad: their gradient.
        links: what they were made from.
        rules: what sends a gradient to their operands.
        container: the kind of collection that holds the operands.
        extras: what else they have, as an object is made with it.
    """

    data: tuple[str, ...]
    grad: tuple[str, ...]
    links: tuple[str, ...]
    rules: tuple[str, ...]
    container: type
    extras: Mapping[str, Any]

    @property
    def kept(self) -> frozenset[str]:
        """The names of all that is kept at the other end of the line."""
        return frozenset((*self.data, *self.grad, *self.links, *self.rules))


def node_names(kind: type) -> NodeNames:
    """Return the names that the objects of `kind` use; the usual ones where none can be made."""
    try:
        node = kind(TRIED, **keywords(kind))
    except Exception:  # a student's constructor may do anything
        return NodeNames(("data",), ("grad",), ("_prev",), RULES[:1], tuple, {})
    form = form_of(node)
    own = _attributes(node)
    links = [name for name in CHILDREN if hasattr(node, name)]
    links += [name for name in form.link.split() if name not in links]
    rules = [name for name in own if _is_rule(name, own[name]) and name not in links]
    rules += [name for name in RULES if name not in rules and hasattr(node, name)]
    held: Any = getattr(node, links[0], ()) if links else ()
    data = (form.data or "data", *(name for name in own if _holds(own[name], form.data, name)))
    grad = (form.grad or "grad", *(name for name in own if _is_gradient(name, own[name])))
    names = {*data, *grad, *links, *rules}
    return NodeNames(
        tuple(dict.fromkeys(data)),
        tuple(dict.fromkeys(grad)),
        tuple(links),
        tuple(rules),
        type(held) if type(held) in SETS else tuple,
        {name: value for name, value in getattr(node, "__dict__", {}).items() if name not in names},
    )


def _attributes(node: object) -> dict[str, Any]:
    """Return what an object holds, in its dict or in slots."""
    slots = (name for kind in type(node).__mro__ for name in _slots_of(kind))
    held = {name: getattr(node, name) for name in slots if hasattr(node, name)}
    return {**held, **getattr(node, "__dict__", {})}


def _slots_of(kind: type) -> tuple[str, ...]:
    slots: Any = vars(kind).get("__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


def _holds(value: object, data: str, name: str) -> bool:
    """Return whether an attribute holds the value too: one behind a property, say."""
    return name == data or (isinstance(value, float) and value == TRIED)


def _is_gradient(name: str, value: object) -> bool:
    """Return whether an attribute may hold the gradient behind a property."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return name.strip("_") in GRADIENT and (value is None or is_number)


def has_method(kind: type, name: str) -> bool:
    """Return whether a class, or one it is made from, defines this method."""
    return contents(kind, name) is not None


def _is_rule(name: str, value: object) -> bool:
    return isinstance(value, FunctionType) or (name in RULES and value is None)
