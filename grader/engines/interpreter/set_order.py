"""Lays out a submission's nodes, so that a set gives them in an order that we choose.

Where children are kept in a set, their order is that of memory addresses, and a wrong way through
the graph is right by chance in some runs. A node's hash is its identity, and any number may stand
for that: here it is one that makes the order the same in every run. A hash of a submission's own
that says more than which object it is stays as it is.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from types import FunctionType
from typing import Any, TypeAlias

Hash: TypeAlias = Callable[[Any], int]

AS_GIVEN, REVERSED = 0, 1
SLOTS = 7  # of the smallest set, less one: there are eight
STRIDE = 0x9E3779B97F4A7C15

ORDER = "_order"

_get, _id, _len, _type = dict.get, id, len, type
_bases_of = type.__dict__["__mro__"].__get__
_contents_of = type.__dict__["__dict__"].__get__
_set = type.__setattr__
_identity = object.__hash__


def fix_set_order(kinds: Iterable[object], layout: int) -> None:
    """Have sets of new nodes give them in an order that depends on `layout` alone.

    Args:
        kinds: the classes of nodes; what else is among them is passed over.
        layout: AS_GIVEN for the order in which two nodes are put into a set, REVERSED for the
            other; from 2 on, now this and now that.
    """
    for kind in kinds:
        if issubclass(type(kind), type):
            _arrange(kind, layout)


def _arrange(kind: object, layout: int) -> None:
    own = _bases_of(kind)[:-1]
    for base in own:
        hash_function = _contents_of(base).get("__hash__", _identity if base is own[-1] else None)
        order = _order_of(hash_function)
        if order is not None:
            order.begin(layout)
        # None says that no set can hold one.
        elif hash_function is _identity or _type(hash_function) is FunctionType:
            with suppress(TypeError):  # one of the language's own
                _set(base, "__hash__", _hash(_Order(hash_function, layout)))


class _Order:
    """The order in which sets give the nodes of a class: which hash it is laid over, and how.

    It is changed in place for the next Program: a class that is changed has all that Python knows
    about its methods forgotten.
    """

    __slots__ = ("layout", "own", "serials")

    def __init__(self, own: Hash, layout: int) -> None:
        self.own = own
        self.begin(layout)

    def begin(self, layout: int) -> None:
        """Lay out what is made from now on."""
        self.layout = layout
        self.serials: dict[int, tuple[int, Any]] = {}


def _order_of(hash_function: object) -> _Order | None:
    """Return the order that a hash of ours gives, None for any other hash."""
    if _type(hash_function) is not FunctionType:
        return None
    order = _get(hash_function.__dict__, ORDER)
    return order if _type(order) is _Order else None


def _hash(order: _Order) -> Hash:
    own = order.own

    def laid_out(node: Any) -> int:
        own_hash, name = own(node), _id(node)
        if own_hash not in (name, _identity(node)):
            return own_hash
        serials = order.serials
        serial, _ = serials.setdefault(name, (_len(serials), node))  # kept: no id comes up twice
        return serial << 8 | _slot(serial, order.layout)

    laid_out.__dict__[ORDER] = order
    return laid_out


def _slot(serial: int, layout: int) -> int:
    """Return a slot of a small set: where both are in the last one, the second comes first."""
    if layout in (AS_GIVEN, REVERSED):
        return SLOTS * layout
    return (serial + layout) * STRIDE >> 32 & SLOTS
