"""One line to a process that runs a submission: requests out, replies in, each under a deadline."""

import os
from collections.abc import Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, BinaryIO

from grader.encoding import Malformed
from grader.subject.wire import HEADER, LARGEST_REPLY, pack, unpack


class Late(Exception):
    """No reply came before the deadline."""


class Closed(Exception):
    """The other end of the line is gone."""


class Channel:
    """A line with a reader of its own, so that a deadline holds on every system.

    Whatever arrives before a request, or under another request's id, is a Malformed.
    """

    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        self._reader = reader
        self._writer = writer
        self._arrived: SimpleQueue[dict[str, Any] | Exception] = SimpleQueue()
        self._id = ""
        Thread(target=self._read, daemon=True).start()

    def request(self, message: Mapping[str, object]) -> None:
        """Send a request under a fresh random id.

        Raises:
            Malformed: something arrived that nobody had asked for.
            Closed: the other end is gone.
        """
        if not self._arrived.empty():
            early = self._arrived.get()
            raise (
                early if isinstance(early, Exception) else Malformed("replied before it was asked")
            )
        self._id = os.urandom(8).hex()
        try:
            self._writer.write(pack({"id": self._id, **message}))
            self._writer.flush()
        except (OSError, ValueError) as error:
            raise Closed from error

    def reply(self, seconds: float) -> dict[str, Any]:
        """Return the next reply to the last request.

        Raises:
            Late: none came within `seconds`.
            Malformed: it was not a reply to that request.
            Closed: the other end is gone.
        """
        try:
            arrived = self._arrived.get(timeout=seconds)
        except Empty:
            raise Late from None
        if isinstance(arrived, Exception):
            raise arrived
        if arrived.pop("id", None) != self._id:
            raise Malformed("wrote a forged reply")
        return arrived

    def close(self) -> None:
        """Close the grader's side of the line."""
        for end in (self._writer, self._reader):
            with suppress(OSError):  # the other end went first
                end.close()

    def _read(self) -> None:
        try:
            while True:
                self._arrived.put(self._frame())
        except (Malformed, Closed) as error:
            self._arrived.put(error)
        except (OSError, ValueError):
            self._arrived.put(Closed())

    def _frame(self) -> dict[str, Any]:
        header = self._exactly(HEADER.size)
        size = HEADER.unpack(header)[0]
        if size > LARGEST_REPLY:
            raise Malformed("wrote something that is not a reply")
        return unpack(self._exactly(size))

    def _exactly(self, size: int) -> bytes:
        read = self._reader.read(size)
        if len(read) < size:
            raise Closed
        return read


class Deadline:
    """A moment in the future, and the seconds left until it."""

    def __init__(self, seconds: float) -> None:
        self._at = monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left, 0 where the moment has passed."""
        return max(0.0, self._at - monotonic())
