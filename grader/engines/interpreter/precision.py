"""Tells in how many digits an engine holds its numbers, by their types alone.

Runs in the student's process, and runs no code of theirs.
"""

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from grader.engines.interpreter.forms.members import own_dict, slots_of
from grader.engines.observation import HALF, SINGLE

MOST_OBJECTS = 400
NAMES = {"float32": SINGLE, "float16": HALF, "bfloat16": HALF}

_type, _str = type, str
_bases_of = type.__dict__["__mro__"].__get__


def precision_of(results: Iterable[object]) -> str:
    """Return the least precision in which numbers are held: HALF, SINGLE, or "" for double.

    Args:
        results: what the steps of a Program gave: nodes, and numbers that were read.
    """
    kinds = _array_kinds()
    if not kinds:
        return ""
    found = {_named(value, kinds) for value in _numbers(results)}
    return HALF if HALF in found else SINGLE if SINGLE in found else ""


def _array_kinds() -> list[Any]:
    modules = (("numpy", "generic"), ("numpy", "ndarray"), ("torch", "Tensor"))
    kinds = (getattr(sys.modules.get(module), name, None) for module, name in modules)
    return [kind for kind in kinds if kind is not None]


def _numbers(results: Iterable[object]) -> Iterator[object]:
    for result, _ in zip(results, range(MOST_OBJECTS), strict=False):
        yield result
        yield from tuple(own_dict(result).values())
        yield from slots_of(result)


def _named(value: object, kinds: list[Any]) -> str:
    """Return the precision of one of numpy's or torch's numbers, "" for anything else."""
    base = next((kind for kind in kinds if kind in _bases_of(_type(value))), None)
    if base is None:
        return ""
    name = _str(base.dtype.__get__(value)).rpartition(".")[2]
    return NAMES.get(name, "")
