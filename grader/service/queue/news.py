"""Tells whoever listens that something about a topic is new; what it is, they look up."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Listener:
    """Somebody who waits for news of one topic."""

    def __init__(self) -> None:
        self._heard = asyncio.Event()
        self.is_over = False

    def tell(self, *, is_over: bool = False) -> None:
        """Wake whoever waits; with `is_over`, nothing will ever come again."""
        self.is_over = self.is_over or is_over
        self._heard.set()

    async def wait(self, most_s: float) -> bool:
        """Wait for news since the last call; return whether there are any."""
        try:
            async with asyncio.timeout(most_s):
                await self._heard.wait()
        except TimeoutError:
            return False
        if not self.is_over:
            self._heard.clear()
        return True


class News:
    """Who listens to what."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._of: Counter[str] = Counter()
        self._is_closed = False

    def tell(self, *topics: str) -> None:
        """Tell whoever listens to one of some topics."""
        for topic in topics:
            for one in self._listeners.get(topic, ()):
                one.tell()

    def count(self, person_id: str) -> int:
        """Return how many topics somebody listens to."""
        return self._of[person_id]

    @contextmanager
    def listening(self, topic: str, person_id: str) -> Iterator[Listener]:
        """Listen to a topic."""
        made = Listener()
        if self._is_closed:
            made.tell(is_over=True)
        self._listeners[topic].add(made)
        self._of[person_id] += 1
        try:
            yield made
        finally:
            self._listeners[topic].discard(made)
            if not self._listeners[topic]:
                del self._listeners[topic]
            self._of[person_id] -= 1
            self._of += Counter()  # keeps those alone who listen to anything

    def close(self) -> None:
        """Tell everyone that nothing comes any more."""
        self._is_closed = True
        for listeners in self._listeners.values():
            for one in listeners:
                one.tell(is_over=True)
