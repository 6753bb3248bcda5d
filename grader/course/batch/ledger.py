"""A ledger of what has been graded: lines are added, and a torn one is found by its checksum.

Each line is `{"sum": "…", "entry": {…}}`, where the sum is of the entry's text. It is written to
disk in groups, so that a machine that stops costs the last of them, and a torn line only itself.
"""

import json
import os
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, NamedTuple, Self

from grader.errors import UnwritableOutput, at

DIGITS = 16
BEFORE, BETWEEN, AFTER = b'{"sum": "', b'", "entry": ', b"}\n"
START = len(BEFORE) + DIGITS + len(BETWEEN)
GROUP, GROUP_S = 50, 1.0  # entries, seconds


class LedgerEntry(NamedTuple):
    """The outcome of a submission.

    Attributes:
        student: their key.
        stamp: stands for the submission, the exercises and the grader.
        outcome: as plain JSON, see `jobs.plain_result`.
    """

    student: str
    stamp: str
    outcome: Mapping[str, Any]


class Ledger:
    """The entries of a file, and those that are added to it."""

    def __init__(self, file: Path, clock: Callable[[], float] = monotonic) -> None:
        """Read what is there, and cut off what was never finished.

        Raises:
            UnwritableOutput: it cannot be written.
        """
        self.file = file
        self.damaged = 0  # lines that were not as they had been written
        self._known: dict[tuple[str, str], LedgerEntry] = {}
        self._clock = clock
        self._waiting, self._since = 0, clock()
        try:
            self._stream: BinaryIO = file.open("ab+")
            self._read()
        except OSError as error:
            raise UnwritableOutput(at(file), error.strerror or str(error)) from error

    def of(self, student: str, stamp: str) -> LedgerEntry | None:
        """Return the entry of a submission, None where it has not been graded yet."""
        return self._known.get((student, stamp))

    def knows(self, student: str, stamp: str) -> bool:
        """Return whether it is known what came of a submission, and not only what hindered us."""
        entry = self.of(student, stamp)
        return entry is not None and not entry.outcome.get("ours")

    def add(self, entry: LedgerEntry) -> None:
        """Add an entry.

        Raises:
            UnwritableOutput: the disk is full, say.
        """
        self._known[entry.student, entry.stamp] = entry
        try:
            self._stream.write(line_of(entry))
            self._waiting += 1
            if self._waiting >= GROUP or self._clock() - self._since >= GROUP_S:
                self.settle()
        except OSError as error:
            raise UnwritableOutput(at(self.file), error.strerror or str(error)) from error

    def settle(self) -> None:
        """See to it that all entries are on the disk."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._waiting, self._since = 0, self._clock()

    def put_in_order(self) -> None:
        """Write the file anew, by student, without what was damaged or came twice."""
        self.settle()
        ordered = sorted(self._known.values(), key=lambda one: (one.student, one.stamp))
        beside = self.file.with_name(self.file.name + ".new")
        with beside.open("wb") as file:
            file.writelines(map(line_of, ordered))
            file.flush()
            os.fsync(file.fileno())
        self._stream.close()
        beside.replace(self.file)
        self._stream = self.file.open("ab+")

    def close(self) -> None:
        """Write what is waiting, and let go of the file."""
        if not self._stream.closed:
            self.settle()
            self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self) -> None:
        self._stream.seek(0)
        whole = 0
        for line in self._stream:
            if not line.endswith(b"\n"):
                break
            whole += len(line)
            entry = entry_from(line)
            if entry is None:
                self.damaged += 1
            else:
                self._known[entry.student, entry.stamp] = entry
        self._stream.truncate(whole)  # what comes next begins a line of its own
        self._stream.seek(0, os.SEEK_END)


def line_of(entry: LedgerEntry) -> bytes:
    """Return an entry as a line of the ledger."""
    text = json.dumps(entry._asdict(), ensure_ascii=True).encode("ascii")
    return b"".join((BEFORE, _sum(text), BETWEEN, text, AFTER))


def entry_from(line: bytes) -> LedgerEntry | None:
    """Return the entry of a line, None where the line is not as it was written."""
    checksum, text = line[len(BEFORE) : len(BEFORE) + DIGITS], line[START : -len(AFTER)]
    if not line.startswith(BEFORE) or checksum != _sum(text):
        return None
    try:
        entry = LedgerEntry(**json.loads(text))
    except (ValueError, TypeError, RecursionError):  # somebody has made a line of their own
        return None
    whole = isinstance(entry.student, str) and isinstance(entry.stamp, str)
    return entry if whole and isinstance(entry.outcome, dict) else None


def _sum(text: bytes) -> bytes:
    return sha256(text).hexdigest()[:DIGITS].encode("ascii")
