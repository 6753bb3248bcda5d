"""Keeps a stand-in's own attributes away from what a class does by itself with attributes.

A class may have a `__setattr__` that converts, refuses or stores elsewhere, as a frozen dataclass
has one, and a `__getattr__` that knows every name. Runs in the student's process.
"""

from collections.abc import Collection
from typing import Any

OURS = "_recorded"

_set: Any = object.__setattr__


def attribute_hooks(kind: type, names: Collection[str]) -> dict[str, Any]:
    """Return what a stand-in has in the place of a class's own hooks, nothing where it has none.

    Args:
        kind: the class.
        names: what is kept at the other end of the line.
    """
    hooks: dict[str, Any] = {}
    if kind.__setattr__ is not _set:
        hooks["__setattr__"] = _setter(kind.__setattr__, names)
    if hasattr(kind, "__getattr__"):
        hooks["__getattr__"] = _getter(kind.__getattr__)
    return hooks


def hand_over(node: Any, names: Collection[str]) -> None:
    """Let what has been put into an object's dictionary itself go the way of attributes."""
    held = getattr(node, "__dict__", None)
    if held:
        for name in [one for one in held if one in names]:
            _set(node, name, held.pop(name))


def _setter(theirs: Any, names: Collection[str]) -> Any:
    def __setattr__(node: Any, name: str, value: Any) -> None:  # noqa: N807
        if name.startswith(OURS):
            _set(node, name, value)
            return
        theirs(node, name, value)
        hand_over(node, names)

    return __setattr__


def _getter(theirs: Any) -> Any:
    def __getattr__(node: Any, name: str) -> Any:  # noqa: N807
        if name.startswith(OURS):
            raise AttributeError(name)
        return theirs(node, name)

    return __getattr__
