"""Turns what an engine gives into a bounded, plain Answer, trusting nothing that it says of itself.

Runs in the student's process: it keeps its own references to what it needs, and calls no method
that a student's class could define.
"""

from math import prod
from typing import Any

from grader.engines.observation import (
    ARRAY,
    MOST_AXES,
    MOST_ENTRIES,
    NOTHING,
    NUMBER,
    OTHER,
    TRUTH,
    Answer,
    Array,
)
from grader.engines.text import LONGEST_TEXT, clean, escaped

_type, _float, _str, _len = type, float, str, len
_float_of, _text_of = float.__float__, str.__str__
_type_name, _mro_of, _contents_of = (
    type.__dict__[name].__get__ for name in ("__name__", "__mro__", "__dict__")
)
_DESCRIBED = (str, bytes, list, tuple, dict, set, complex)
_NUMBERS = (float, int, bool)
FRACTION = ("_numerator", "_denominator")
MOST_BITS, LONGEST_EXACT = 1000, 40
_KINDS_OF_ENTRIES = {"c": "complex numbers", "O": "objects"}


def plain(value: object) -> Answer:
    """Return `value` as an Answer: a number, an array, nothing, or in words what it is."""
    kind = _type(value)
    if kind is _float:
        return Answer(NUMBER, value)  # type: ignore[arg-type]
    if kind is bool:
        return Answer(TRUTH, value)  # type: ignore[arg-type]
    if kind is int:
        return _whole(value)  # type: ignore[arg-type]
    if value is None:
        return Answer(NOTHING, None)
    if issubclass(kind, _float):  # numpy.float64 is one; so is a number in disguise
        return Answer(NUMBER, _float_of(value))  # type: ignore[arg-type]
    if any(kind is known for known in _DESCRIBED):
        return Answer(OTHER, _description(value, kind))
    return _of_numpy(value, kind) or Answer(OTHER, _a(name_of(kind)) + _exact_text(value, kind))


def name_of(kind: type) -> str:
    """Return a class's name, whatever its metaclass says, cut, control characters as escapes."""
    return clean(escaped(_text_of(_type_name(kind))[: LONGEST_TEXT + 1]))


def _whole(value: int) -> Answer:
    if value.bit_length() > MOST_BITS:
        return Answer(OTHER, "an integer of more than 1000 bits")
    return Answer(NUMBER, _float(value))


def _description(value: object, kind: type) -> str:
    if kind is complex:
        return f"the complex number {clean(repr(value))}"
    if kind is _str:
        return f"the string {clean(repr(value[:LONGEST_TEXT]))}"  # type: ignore[index]
    return f"{_a(kind.__name__)} of {_len(value)}"  # type: ignore[arg-type]


def _exact_text(value: Any, kind: type) -> str:
    """Return what a Fraction or a Decimal of the language's own prints, in brackets."""
    import sys

    for module, name in (("fractions", "Fraction"), ("decimal", "Decimal")):
        if kind is not getattr(sys.modules.get(module), name, None):
            continue
        if name == "Decimal":
            text = clean(kind.__str__(value), LONGEST_EXACT)
        else:
            parts = [_contents_of(kind)[part].__get__(value) for part in FRACTION]
            if any(_type(part) is not int or part.bit_length() > MOST_BITS for part in parts):
                return ""
            text = clean("/".join(map(_str, parts)).removesuffix("/1"), LONGEST_EXACT)
        return f" ({text})"
    return ""


def _of_numpy(value: object, kind: type) -> Answer | None:
    """Return numpy's own numbers and arrays, and torch's tensors, as plain ones.

    A class is taken for numpy's by where numpy itself keeps it, not by what it is called; and what
    numpy's class does is asked of it, not of a class below it.
    """
    import sys

    for module, name in (("numpy", "generic"), ("numpy", "ndarray"), ("torch", "Tensor")):
        base = getattr(sys.modules.get(module), name, None)
        if any(above is base for above in _mro_of(kind)):
            return _of_shape(value, base)
    return None


def _of_shape(value: object, base: Any) -> Answer:
    shape = tuple(base.shape.__get__(value))
    if shape == ():
        return _single(base.item(value))
    if any(_type(size) is not int for size in shape):
        return Answer(OTHER, "an array without a shape")
    if _len(shape) > MOST_AXES or prod(shape) > MOST_ENTRIES:
        return Answer(OTHER, clean(f"an array of shape {shape}, too large to look at"))
    holds = getattr(base.dtype.__get__(value), "kind", "f")  # torch's types have none
    entries = _entries(base.tolist(value), shape) if holds in "biuf" else None
    if entries is None:
        return Answer(OTHER, f"an array of {_KINDS_OF_ENTRIES.get(holds, 'what is no number')}")
    return Answer(ARRAY, Array(shape, entries))


def _entries(nested: object, shape: tuple[int, ...]) -> tuple[float, ...] | None:
    """Return the numbers in lists of this shape, or None where they are not what they should be."""
    level = [nested]
    for size in shape:
        if any(_type(rows) is not list or _len(rows) != size for rows in level):  # type: ignore[arg-type]
            return None
        level = [row for rows in level for row in rows]  # type: ignore[attr-defined]
    if any(_type(entry) not in _NUMBERS for entry in level):
        return None
    return tuple(map(_float, level))  # type: ignore[arg-type]


def _single(number: object) -> Answer:
    if _type(number) is int:
        return _whole(number)  # type: ignore[arg-type]
    if _type(number) is _float or _type(number) is bool:
        return Answer(NUMBER, _float(number))  # type: ignore[arg-type]
    return Answer(OTHER, _a(name_of(_type(number))))


def _a(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
