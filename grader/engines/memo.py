"""A memory of what was worked out about objects, as long as there is room for it."""

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
