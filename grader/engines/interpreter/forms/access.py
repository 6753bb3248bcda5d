"""A way to a number that an object holds: by an attribute, or by a method without arguments.

Runs in the student's process.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from grader.engines.interpreter.forms.member_names import DATA, GRADIENT, READERS
from grader.engines.interpreter.forms.members import (
    attribute_names,
    contents,
    method_names,
    own_dict,
)
from grader.engines.interpreter.plain import plain
from grader.engines.observation import NUMBER, Answer, Array

CLOSE = 1e-3  # numbers may be held in as few as four digits
PROBE = 0.625

_type, _getattr, _setattr = type, getattr, setattr


class Access(NamedTuple):
    """A way to a number.

    Attributes:
        name: of the attribute or the method.
        called: whether it is a method.
        sets: the attribute that is set, where that is another one.
    """

    name: str
    called: bool = False
    sets: str = ""

    @property
    def how(self) -> str:
        """The code that reads it, with {} for the object."""
        if self.name == "__float__":
            return "float({})"
        return "{}." + self.name + "()" * self.called

    def read(self, node: object) -> Any:
        """Return what `node` holds there."""
        held = _getattr(node, self.name)
        return held() if self.called else held

    def write(self, node: object, value: object) -> None:
        """Set what `node` holds there.

        Raises:
            AttributeError: it cannot be set.
        """
        if self.called and not self.sets:
            raise AttributeError(f"{self.name}() cannot be set")
        _setattr(node, self.sets or self.name, value)


def single(answer: Answer) -> Answer:
    """Return the number in an array of one entry, whatever its shape, or the answer as it is."""
    value = answer.value
    if isinstance(value, Array) and len(value.entries) == 1:
        return Answer(NUMBER, value.entries[0], answer.how)
    return answer


def number_of(value: object, data: Access | None = None) -> float | None:
    """Return the number that a value is, or that it holds where it is a node; None for no number.

    Args:
        value: any.
        data: where a node keeps its number, if that is known.
    """
    answer = single(plain(value))
    number = answer.value
    if answer.kind == NUMBER and isinstance(number, float):
        return number
    if data is not None and own_dict(value):
        return number_at(data, value)
    return None


def number_at(access: Access, node: object, data: Access | None = None) -> float | None:
    """Return the number to which a way leads, None where it leads to none."""
    try:
        return number_of(access.read(node), data)
    except Exception:  # whatever a submission raises
        return None


def find_data(nodes: list[tuple[object, float]]) -> Access | None:
    """Return where some nodes hold the numbers that they were made of, None where it is nowhere.

    Args:
        nodes: each with its number; the numbers differ.
    """
    for access in _ways_to_data(nodes[0][0]):
        if all(_is_close(number_at(access, node), number) for node, number in nodes):
            return settable(access, *nodes[-1])
    return None


def named_data(nodes: list[object]) -> Access | None:
    """Return where all of some nodes hold a number under a usual name, None where it is nowhere."""
    for access in (Access(name) for name in DATA if _has(nodes[0], name)):
        if all(number_at(access, node) is not None for node in nodes):
            return access
    return None


def _ways_to_data(node: object) -> Iterator[Access]:
    known = [name for name in DATA if _has(node, name)]
    own = attribute_names(node)
    public = [name for name in own if not name.startswith("_")]
    yield from map(Access, dict.fromkeys((*known, *public)))
    kind = _type(node)
    methods = method_names(kind)
    near = [name for name in methods if name.lower() in READERS]
    yield from (Access(name, called=True) for name in dict.fromkeys((*near, *_getters(methods))))
    if contents(kind, "__float__") is not None:
        yield Access("__float__", called=True)
    yield from map(Access, own)


def _getters(methods: Iterable[str]) -> list[str]:
    parts = ("data", "val", "num", "get", "item", "scalar")
    return [name for name in methods if any(part in name.lower() for part in parts)]


def settable(access: Access, node: object, number: float) -> Access:
    """Return the way with the attribute that has to be set, if that is another one."""
    if not access.called and _follows(access, node, access.name, number):
        return access
    for name in attribute_names(node):
        if _is_close(number_at(Access(name), node), number) and _follows(
            access, node, name, number
        ):
            return access._replace(sets=name)
    return access


def _follows(access: Access, node: object, name: str, number: float) -> bool:
    """Return whether a number that is set under a name is the one that is read."""
    try:
        _setattr(node, name, PROBE)
        follows = _is_close(number_at(access, node), PROBE)
        _setattr(node, name, number)
    except Exception:  # whatever a submission raises
        return False
    return follows


def _has(node: object, name: str) -> bool:
    return contents(_type(node), name) is not None or name in own_dict(node)


def _is_close(number: float | None, other: float) -> bool:
    return number is not None and abs(number - other) <= CLOSE * abs(other)


def numbers_held(node: object, data: Access) -> dict[Access, float | None]:
    """Return the numbers that an object holds besides its own, and what may become one."""
    names, own = [name for name in GRADIENT if _has(node, name)], attribute_names(node)
    public = [name for name in own if not name.startswith("_")]
    ways = [Access(name) for name in dict.fromkeys((*names, *public))]
    ways += [
        Access(name, called=True)
        for name in method_names(_type(node))
        if any(part in name.lower() for part in ("grad", "deriv", "adj"))
        and name.lower().startswith(("get", "grad", "deriv", "adj", "read"))
    ]
    ways += [Access(name) for name in own if name not in public and name not in names]
    skipped = (data.name, data.sets)
    return {
        way: number_at(way, node, data) for way in ways if way.name not in skipped or way.called
    }
