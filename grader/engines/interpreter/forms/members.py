"""What a class or an object has, read off what the language itself keeps of it.

Runs in the student's process: no attribute of a student's is asked for here, so that a class that
answers to every name gains nothing by it.
"""

from collections.abc import Iterator
from contextlib import suppress
from types import FunctionType, GetSetDescriptorType, MemberDescriptorType
from typing import Any, NamedTuple

from grader.engines.interpreter.engine_state import is_of_language

MOST_MEMBERS = 64
MOST_FUNCTIONS = 200
MORE = 0x04 | 0x08  # a code's flags for *args and **kwargs

_type, _len, _str = type, len, str
_bases_of = type.__dict__["__mro__"].__get__
_contents_of = type.__dict__["__dict__"].__get__
_object_dict: Any = object.__getattribute__


class Parameters(NamedTuple):
    """The parameters of a function, without the object that it is a method of.

    Attributes:
        names: those that may be given by name, in their order.
        required: those of them that have no default.
        defaults: name → default, for the others.
        more: whether it takes any others, by place or by name.
    """

    names: tuple[str, ...]
    required: tuple[str, ...]
    defaults: dict[str, object]
    more: bool


def contents(kind: type, name: str) -> Any:
    """Return the attribute of a class or its bases as it is kept there, None for none."""
    for base in _bases_of(kind)[:-1]:
        if name in _contents_of(base):
            return _contents_of(base)[name]
    return None


def class_names(kind: type) -> list[str]:
    """Return the names of all that a class and its bases keep, a base's after its own."""
    names: dict[str, None] = {}
    for base in _bases_of(kind)[:-1]:
        if is_of_language(base):
            continue
        names.update((name, None) for name in tuple(_contents_of(base)) if _type(name) is _str)
    return list(names)[:MOST_FUNCTIONS]


def attribute_names(node: object) -> list[str]:
    """Return the names of what an object itself holds: attributes, slots, properties."""
    own = own_dict(node)
    names = [name for name in own if _type(name) is _str and not _is_dunder(name)]
    kind = _type(node)
    for name in class_names(kind):
        held = contents(kind, name)
        is_slot = _type(held) in (MemberDescriptorType, GetSetDescriptorType)
        if not _is_dunder(name) and (is_slot or _is_property(held)):
            names.append(name)
    return list(dict.fromkeys(names))[:MOST_MEMBERS]


def own_dict(node: object) -> dict[str, Any]:
    """Return the attributes that an object keeps in its dictionary, none where it has none."""
    try:
        held = _object_dict(node, "__dict__")
    except AttributeError:
        return {}
    return held if _type(held) is dict else {}


def slots_of(node: object) -> list[object]:
    """Return what an object keeps in slots."""
    kind, held = _type(node), []
    for name in class_names(kind):
        slot = contents(kind, name)
        if _type(slot) is MemberDescriptorType:
            with suppress(AttributeError):  # it is empty
                held.append(slot.__get__(node))
    return held


def method_names(kind: type) -> list[str]:
    """Return the names of the methods of a class, static and class methods among them."""
    return [
        name
        for name in class_names(kind)
        if _type(contents(kind, name)) in (FunctionType, staticmethod, classmethod)
        and not _is_dunder(name)
    ]


def parameters(function: Any, *, bound: bool) -> Parameters:
    """Return the parameters of a function that is written in Python.

    Args:
        function: what else it is has none.
        bound: whether the first one is the object that it is called on.
    """
    if _type(function) is not FunctionType:
        return Parameters((), (), {}, True)
    code, values = function.__code__, function.__defaults__ or ()
    places = code.co_varnames[: code.co_argcount]
    only = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    named = function.__kwdefaults__ or {}
    start = _len(places) - _len(values)
    defaults = dict(zip(places[start:], values, strict=True)) | named
    names = (*places[1 if bound else 0 :], *only)
    required = tuple(name for name in names if name not in defaults)
    return Parameters(names, required, defaults, bool(code.co_flags & MORE))


def own_functions(namespace: Any) -> Iterator[tuple[str, FunctionType]]:
    """Yield the functions among names, each once."""
    seen: set[int] = set()
    for name, value in tuple(namespace.items())[: 10 * MOST_FUNCTIONS]:
        if _type(value) is FunctionType and _type(name) is _str and id(value) not in seen:
            seen.add(id(value))
            yield name, value


def _is_property(held: object) -> bool:
    return _type(held) is property or _type(held).__name__ == "cached_property"


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")
