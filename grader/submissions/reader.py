"""Has what strangers made read in a process of its own, with limits on its CPU time and memory.

Decoding, parsing and unpacking are done by libraries that were made for friends: a few kilobytes
can keep one busy for an hour, or fill a machine. What is read in a Reader costs so much at most,
and whoever handed it in alone. One process serves many, one after another, and is replaced when it
dies.

The functions that it runs are ours, and so are the values that come back: text, numbers, and tuples
with names. Nothing else is taken from it, whatever it may send.
"""

import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, Self, TypeVar

from grader.errors import GraderAtFault, GraderError, NothingToGrade, again

T = TypeVar("T")

ROOT: Final = str(Path(__file__).parent.parent.parent)
BOOT: Final = (
    "import sys; sys.path.append(sys.argv[1]);"
    "from grader.submissions.reader_process import main; main()"
)
LARGEST_REPLY: Final = 1 << 30
OURS: Final = (tuple, GraderError)


class ReadingLimits(NamedTuple):
    """The limits on reading what one student handed in: seconds of CPU, and megabytes."""

    cpu_s: int = 10
    memory_mb: int = 1024


USUAL: Final = ReadingLimits()


class TooMuchToRead(NothingToGrade):
    """What was handed in takes more to be read than there is for one student.

    Attributes:
        says: what it takes, behind the name of what was handed in.
    """

    def __init__(self, takes: str) -> None:
        self.says = f"takes more than {takes} to be read"
        super().__init__(
            f"what was handed in {self.says}",
            hint="clear the outputs, and hand in the script or the notebook itself",
        )


class ReaderDied(GraderAtFault):
    """The process that reads what was handed in ended where it should not."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"what was handed in cannot be read: {reason}",
            hint="look at it by hand, and report it: reading has to survive any file",
        )


class _ReaderKilled(ReaderDied):
    """Somebody killed the process that reads: the kernel for want of memory, say."""


class Reader:
    """A process that reads, started when it is first needed."""

    def __init__(self, limits: ReadingLimits = USUAL) -> None:
        """Make a reader; nothing is started yet."""
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __call__(self, function: Callable[..., T], *arguments: Any) -> T:
        """Return what a function returns there; it is called once more where somebody killed it.

        Args:
            function: one of ours, that stands in a module; it raises GraderErrors alone.
            arguments: for it, by place.

        Raises:
            TooMuchToRead: it took too much of something.
            ReaderDied: it raised something else, or died.
            GraderError: what it raised.
        """
        try:
            return self._answer(function, arguments)
        except _ReaderKilled:
            return self._answer(function, arguments)

    def _answer(self, function: Callable[..., T], arguments: tuple[Any, ...]) -> T:
        process = self._process = self._process or _started(self._limits)
        assert process.stdin
        assert process.stdout
        try:
            pickle.dump((function, arguments), process.stdin)
            process.stdin.flush()
            kind, value = _Plain(_Bounded(process.stdout)).load()
        except Exception as error:  # it died before its end, or sends what is no reply
            raise self._end_of(process, error) from error
        if kind == "memory":
            self.close()
            raise TooMuchToRead(f"{self._limits.memory_mb:,} MB of memory")
        if kind == "failed":
            raise ReaderDied(str(value))
        if isinstance(value, GraderError):
            raise value
        result: T = value
        return result

    def _end_of(self, process: "subprocess.Popen[bytes]", error: Exception) -> GraderError:
        """Return the error that says how a process ended, and clear up after it."""
        if isinstance(error, EOFError | BrokenPipeError):
            process.wait()
        self.close()
        if process.returncode == -getattr(signal, "SIGXCPU", 0):
            return TooMuchToRead(f"{self._limits.cpu_s} s of CPU time")
        says = f"its reader ended with status {process.returncode}"
        killed = process.returncode == -getattr(signal, "SIGKILL", 0)
        return _ReaderKilled(says) if killed else ReaderDied(says)

    def close(self) -> None:
        """End the process; the next call starts another one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            assert stream
            with suppress(BrokenPipeError, RuntimeError):  # not sent any more, or interrupted in it
                stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _started(limits: ReadingLimits) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", BOOT, ROOT, *map(str, limits)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the one that asks
    )


class _Bounded:
    """A stream of which no more is read than a reply may have."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._left = stream, LARGEST_REPLY

    def read(self, size: int) -> bytes:
        """Return so many bytes."""
        self._left -= size
        if self._left < 0:
            raise ValueError("a reply without an end")
        return self._stream.read(size)

    def readline(self) -> bytes:
        """Return a line."""
        line = self._stream.readline(self._left)
        self._left -= len(line)
        return line


class _Plain(pickle.Unpickler):
    """Takes plain values, our own tuples with names, and our own errors; it calls nothing else."""

    def find_class(self, module: str, name: str, /) -> Any:
        """Return a class of ours."""
        if module.startswith("grader.") and name.isidentifier():
            found = super().find_class(module, name)
            if found is again or (isinstance(found, type) and issubclass(found, OURS)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not plain")
