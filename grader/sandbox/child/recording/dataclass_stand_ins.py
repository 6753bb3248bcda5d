"""Lets `@dataclass` make what a submission's class has been given below its stand-in.

A decorator comes after the class has been made, when its stand-in is there already. `dataclass`
reads a class's own annotations and defaults, which the stand-in does not have: so it is given the
class below, and the stand-in is fitted to it again. Runs in the student's process.
"""

import sys
from collections.abc import Callable
from typing import Any

NAME = "_process_class"  # where every way to write the decorator ends
NEW_CLASS = ("slots", "weakref_slot")  # they would make another class, below no stand-in


class DataclassStandIns:
    """The stand-ins that a decorator may still come to, each with the class below it."""

    def __init__(self, fit: Callable[[type, type], None]) -> None:
        """Prepare.

        Args:
            fit: fits a stand-in to the class below it.
        """
        self._fit = fit
        self._expected: list[tuple[type, type]] = []
        self._theirs: Any = None

    def expect(self, stand_in: type, kind: type) -> None:
        """Have a decorator that comes to a stand-in go to the class below."""
        self._expected.append((stand_in, kind))
        module = sys.modules.get("dataclasses")  # where it is not there, nothing is decorated
        if self._theirs is None and hasattr(module, NAME):
            self._theirs = getattr(module, NAME)
            setattr(module, NAME, self._processed)

    def end(self) -> None:
        """Leave `dataclass` as it was."""
        if self._theirs is not None:
            setattr(sys.modules["dataclasses"], NAME, self._theirs)
            self._theirs = None

    def _processed(self, decorated: type, *options: Any, **named: Any) -> type:
        kind = next((below for one, below in self._expected if one is decorated), None)
        if kind is None:
            return self._theirs(decorated, *options, **named)  # type: ignore[no-any-return]
        names = self._theirs.__code__.co_varnames[1:]
        given = {**dict(zip(names, options, strict=False)), **named}
        given.update((name, False) for name in NEW_CLASS if name in given)
        self._theirs(kind, **given)
        self._fit(decorated, kind)
        return decorated
