"""Memories of what was worked out, as long as there is room for it."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Result = TypeVar("Result")


class Memo(Generic[Key, Result]):
    """Remembers by identity: for values that are kept, and asked about again and again."""

    def __init__(self, most: int = 5000) -> None:
        self._entries: dict[int, tuple[Key, Result]] = {}  # both kept: no id comes up twice
        self._most = most

    def of(self, key: Key, work_out: Callable[[Key], Result]) -> Result:
        """Return the result for `key`, worked out where it is not remembered."""
        entry = self._entries.get(id(key))
        if entry is None:
            if len(self._entries) >= self._most:
                self._entries.clear()
            entry = self._entries[id(key)] = key, work_out(key)
        return entry[1]


class Recent(Generic[Key, Result]):
    """Remembers by value: what was used last, as much of it as there is room for."""

    def __init__(self, most: int) -> None:
        """Prepare.

        Args:
            most: that the sizes of all that is remembered may come to.
        """
        self._entries: OrderedDict[Key, tuple[Result, int]] = OrderedDict()
        self._most = most
        self._size = 0

    def get(self, key: Key) -> Result | None:
        """Return the result for `key`, None where it is not remembered."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def keep(self, key: Key, result: Result, size: int) -> None:
        """Remember the result for a `key` that is not remembered, and forget what is too much."""
        self._entries[key] = result, size
        self._size += size
        while self._size > self._most:
            _, (_, forgotten) = self._entries.popitem(last=False)
            self._size -= forgotten
