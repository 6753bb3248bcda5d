"""One line to a process that runs a submission: requests out, replies in, each under a deadline.

There is no thread behind it: a process that never reads, never writes, or hands the line to another
one keeps nothing of ours waiting.
"""

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from time import monotonic, sleep
from typing import Any, BinaryIO

from grader.engines.encoding import Malformed
from grader.sandbox.protocol.wire import HEADER, LARGEST_REPLY, pack, unpack

AT_ONCE = 1 << 16
LOOK_AGAIN_S = 0.25


class TimedOut(Exception):
    """The other end did not read, or did not reply, before the deadline."""


class ConnectionClosed(Exception):
    """The other end of the line is gone."""


class Timeout:
    """A moment in the future, and the seconds left until it."""

    def __init__(self, seconds: float) -> None:
        self._at = monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left, 0 where the moment has passed."""
        return max(0.0, self._at - monotonic())


class CpuTimeout(Timeout):
    """A timeout that is put off for a process that had too little of the processor to keep it."""

    def __init__(self, seconds: float, more_s: Callable[[], float]) -> None:
        """Make a deadline.

        Args:
            seconds: when it is looked at first how the process has fared.
            more_s: how many seconds the process should have at least, after that.
        """
        super().__init__(seconds)
        self._more_s = more_s

    def left(self) -> float:
        """Return the seconds left, until the next look at least."""
        return super().left() or min(LOOK_AGAIN_S, self._more_s())


class Channel:
    """A line to a process. What arrives before a request, or under another's id, is a Malformed."""

    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        self._reader = reader
        self._writer = writer
        self._arrived = bytearray()
        self._id = ""
        if sys.platform != "win32":
            os.set_blocking(writer.fileno(), False)

    def request(self, message: Mapping[str, object], seconds: float) -> None:
        """Send a request under a fresh random id.

        Raises:
            Malformed: something arrived that nobody had asked for.
            TimedOut: it was not read within `seconds`.
            ConnectionClosed: the other end is gone.
        """
        if self._arrived or self._more(0.0):
            raise Malformed("replied before it was asked")
        self._id = os.urandom(8).hex()
        self.answer(message, seconds)

    def answer(self, message: Mapping[str, object], seconds: float) -> None:
        """Send a message under the id of the last request, to one who asks in the midst of it.

        Raises:
            TimedOut: it was not read within `seconds`.
            ConnectionClosed: the other end is gone.
        """
        frame = memoryview(pack({"id": self._id, **message}))
        deadline = Timeout(seconds)
        while frame:
            try:
                frame = frame[os.write(self._writer.fileno(), frame) :]
            except BlockingIOError as error:
                if not _writable(self._writer.fileno(), deadline.left()):
                    raise TimedOut from error
            except OSError as error:
                raise ConnectionClosed from error

    def reply(self, within: float | Timeout) -> dict[str, Any]:
        """Return the next reply to the last request.

        Args:
            within: seconds, or a deadline.

        Raises:
            TimedOut: none came in time.
            Malformed: it was not a reply to that request.
            ConnectionClosed: the other end is gone.
        """
        deadline = within if isinstance(within, Timeout) else Timeout(within)
        size = HEADER.unpack(self._exactly(HEADER.size, deadline))[0]
        if size > LARGEST_REPLY:
            raise Malformed("wrote something that is not a reply")
        arrived = unpack(self._exactly(size, deadline))
        if arrived.pop("id", None) != self._id:
            raise Malformed("wrote a forged reply")
        return arrived

    def close(self) -> None:
        """Close the grader's side of the line."""
        for end in (self._writer, self._reader):
            with suppress(OSError):  # the other end went first
                end.close()

    def _exactly(self, size: int, deadline: Timeout) -> bytes:
        while len(self._arrived) < size:
            if not self._more(deadline.left()) and not deadline.left():
                raise TimedOut
        taken = bytes(self._arrived[:size])
        del self._arrived[:size]
        return taken

    def _more(self, seconds: float) -> bool:
        """Read what there is; return whether anything came within `seconds`."""
        if not _readable(self._reader.fileno(), seconds):
            return False
        try:
            read = os.read(self._reader.fileno(), AT_ONCE)
        except OSError as error:
            raise ConnectionClosed from error
        if not read:
            raise ConnectionClosed
        self._arrived += read
        return True


if sys.platform == "win32":
    import _winapi
    import msvcrt

    PEEK_AGAIN_S = 0.005

    def _readable(descriptor: int, seconds: float) -> bool:
        """Return whether a read returns at once, looking again and again for `seconds`."""
        handle, deadline = msvcrt.get_osfhandle(descriptor), Timeout(seconds)
        while True:
            try:
                if _winapi.PeekNamedPipe(handle, 0)[0]:
                    return True
            except OSError:  # closed, which reading will tell
                return True
            if not deadline.left():
                return False
            sleep(PEEK_AGAIN_S)

    def _writable(_: int, __: float) -> bool:
        """Windows cannot tell: a write waits until it is read."""
        return True

else:
    from select import POLLIN, POLLOUT, poll

    def _readable(descriptor: int, seconds: float) -> bool:
        """Return whether a read returns at once, within `seconds`."""
        return _happens(descriptor, POLLIN, seconds)

    def _writable(descriptor: int, seconds: float) -> bool:
        """Return whether some of a write is taken at once, within `seconds`."""
        return _happens(descriptor, POLLOUT, seconds)

    def _happens(descriptor: int, event: int, seconds: float) -> bool:
        watched = poll()
        watched.register(descriptor, event)
        return bool(watched.poll(seconds * 1000))
