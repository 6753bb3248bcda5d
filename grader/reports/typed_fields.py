"""Finds where something that was read from a file is not of the type that its field has.

A file of ours may come back changed: by a program that knew better, by a person, by a disk.
"""

from collections.abc import Mapping
from enum import Enum
from functools import cache
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

SIMPLE: Final = frozenset({str, bool, NoneType})


def misfit(value: object, form: Any, place: str) -> str:
    """Return what does not fit, and where: "score is 'x'"; "" where all does.

    Args:
        value: what was read.
        form: a type: of text, of a number, which is finite, of a tuple with names, of several.
        place: what the value is called.
    """
    if type(value) is form and form in SIMPLE:  # most are, and nothing of it has to be looked up
        return ""
    origin, parts = _taken_apart(form)
    if origin in (Union, UnionType):
        return "" if any(not misfit(value, one, place) for one in parts) else _says(value, place)
    if origin is Literal:
        return "" if value in parts and type(value) in map(type, parts) else _says(value, place)
    if origin is tuple:
        return _items(value, parts, place)
    if origin is not None and issubclass(origin, Mapping):
        return _entries(value, parts, place)
    if hasattr(form, "_fields"):
        return _fields(value, form, place)
    return "" if _is_plain(value, form) else _says(value, place)


def _is_plain(value: object, form: Any) -> bool:
    if form in (float, int):
        number = type(value) in ((int, float) if form is float else (int,))
        return number and _is_finite(value)
    if form in (str, bool, NoneType):
        return type(value) is form
    return isinstance(value, form) if issubclass(form, Enum) else True


def _is_finite(number: Any) -> bool:
    try:
        return isfinite(number)
    except OverflowError:  # a whole number of a thousand digits
        return False


def _items(value: object, parts: tuple[Any, ...], place: str) -> str:
    if type(value) is not tuple:
        return _says(value, place)
    forms = [parts[0]] * len(value) if parts[1:] == (...,) else list(parts)
    if len(forms) != len(value):
        return _says(value, place)
    wrong = (misfit(one, form, place) for one, form in zip(value, forms, strict=True))
    return next(filter(None, wrong), "")


def _entries(value: object, parts: tuple[Any, ...], place: str) -> str:
    if not isinstance(value, Mapping):
        return _says(value, place)
    pairs = ((misfit(k, parts[0], place), misfit(v, parts[1], place)) for k, v in value.items())
    return next((wrong for pair in pairs for wrong in pair if wrong), "")


def _fields(value: Any, form: Any, place: str) -> str:
    if not isinstance(value, form):
        return _says(value, place)
    wrong = (misfit(getattr(value, name), hint, name) for name, hint in _hints(form).items())
    return next(filter(None, wrong), "")


@cache
def _taken_apart(form: Any) -> tuple[Any, tuple[Any, ...]]:
    return get_origin(form), get_args(form)


@cache
def _hints(form: Any) -> Mapping[str, Any]:
    hints = get_type_hints(form)
    return {name: hints[name] for name in form._fields}


def _says(value: object, place: str) -> str:
    kind = type(value)
    shown = repr(value) if kind in (str, float, bool) else f"a {kind.__name__}"
    return f"{place} is {shown if len(shown) <= 60 else f'a {kind.__name__}'}"
