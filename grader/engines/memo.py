"""What was worked out about an object, as long as there is room to remember it."""

from collections.abc import Callable
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Found = TypeVar("Found")


class Remembered(Generic[Asked, Found]):
    """Remembers by identity: for values that are kept, and asked about again and again."""

    def __init__(self, most: int = 5000) -> None:
        self._known: dict[int, tuple[Asked, Found]] = {}  # both kept: no id comes up twice
        self._most = most

    def of(self, asked: Asked, work_out: Callable[[Asked], Found]) -> Found:
        """Return what is known of `asked`, worked out if it is not."""
        known = self._known.get(id(asked))
        if known is None:
            if len(self._known) >= self._most:
                self._known.clear()
            known = self._known[id(asked)] = asked, work_out(asked)
        return known[1]
