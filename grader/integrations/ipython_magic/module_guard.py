"""Keeps the grader's modules and the student's apart, where both have one of the same name.

The grader runs in the student's kernel, whose folder comes first on the path: a `reference.py` of
theirs would be taken for ours, and later ours for theirs.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from grader.sandbox.interpreter import ROOT

NAMES = ("reference", "exercises")


class Ours:
    """The grader's modules that have plain names."""

    def __init__(self) -> None:
        self._kept: dict[str, ModuleType] = {}

    @contextmanager
    def first(self) -> Iterator[None]:
        """Have those names mean the grader's modules, and afterwards what they meant before."""
        theirs = _taken_out()
        sys.modules.update(self._kept)
        sys.path.insert(0, str(ROOT))
        try:
            yield
        finally:
            sys.path.remove(str(ROOT))
            self._kept = _taken_out()
            sys.modules.update(theirs)


def _taken_out() -> dict[str, ModuleType]:
    named = [name for name in sys.modules if name.partition(".")[0] in NAMES]
    return {name: sys.modules.pop(name) for name in named}
