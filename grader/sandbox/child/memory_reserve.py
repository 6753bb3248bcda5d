"""Memory held back from student code, so that there is some left to say that there is none.

It is mapped and never touched: it counts as used, and costs nothing.
"""

from contextlib import suppress
from mmap import ACCESS_COPY, mmap

SIZE = 8 << 20

_map, _mode, _failures = mmap, ACCESS_COPY, (OSError, ValueError, MemoryError)


class Ballast:
    """Some megabytes that are taken before student code runs, and dropped after it."""

    def __init__(self) -> None:
        self._held: mmap | None = None

    def take(self) -> None:
        """Hold the memory back, where there is so much."""
        if self._held is None:
            with suppress(*_failures):
                self._held = _map(-1, SIZE, access=_mode)

    def drop(self) -> None:
        """Give it back."""
        held, self._held = self._held, None
        if held is not None:
            held.close()
