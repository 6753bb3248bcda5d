"""What was sent to an LMS, line by line: when, by whom, for whom, and what stood there before."""

import json
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from getpass import getuser
from pathlib import Path
from typing import Any, Final, NamedTuple

from grader.errors import UnwritableOutput, at

FILE: Final = "push.jsonl"
SCHEMA: Final = "grade/push/1"


class State(StrEnum):
    """How far a change is."""

    SENDING = "sending"  # written before it goes; as the last word, nobody knows whether it arrived
    SENT = "sent"
    REFUSED = "refused"


class Past(NamedTuple):
    """What the log tells of a student at an assignment.

    Attributes:
        comment: the last words that were sent.
        unsure: words of which nobody knows whether they arrived.
        refused: whether the LMS did not take the last change.
    """

    comment: str = ""
    unsure: str = ""
    refused: bool = False

    def then(self, state: str, comment: str) -> "Past":
        """Return what is known after a further line."""
        if state == State.SENDING:
            return Past(self.comment, comment)
        if state == State.SENT:
            return Past(comment or self.comment)
        return Past(self.comment, refused=True)


def past(folder: Path, place: Mapping[str, str]) -> dict[str, Past]:
    """Return what the log tells of the students at a place, by the LMS's number.

    Raises:
        UnwritableOutput: it cannot be read, and so not be carried on.
    """
    known: dict[str, Past] = {}
    for line in _lines(folder / FILE):
        if all(str(line.get(name)).rstrip("/") == here.rstrip("/") for name, here in place.items()):
            user, comment = str(line.get("user")), str(line.get("comment", ""))
            known[user] = known.get(user, Past()).then(str(line.get("state")), comment)
    return known


def write(folder: Path, **told: Any) -> None:
    """Write a line at the end of the log; it is on disk when this returns.

    Raises:
        UnwritableOutput: it cannot be written.
    """
    who = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "who": _who()}
    line = json.dumps({"schema": SCHEMA, **who, **told}, ensure_ascii=False)
    file = folder / FILE
    try:
        with file.open("ab+") as held:
            if _is_torn(held):
                held.write(b"\n")
            held.write(line.encode(errors="backslashreplace") + b"\n")
            held.flush()
            os.fsync(held.fileno())
    except OSError as error:
        raise UnwritableOutput(at(file), error.strerror or str(error)) from error


def _lines(file: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the lines that are whole."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    except OSError as error:
        raise UnwritableOutput(at(file), error.strerror or str(error)) from error
    for line in text.split("\n"):
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict):
            yield told


def _is_torn(held: Any) -> bool:
    """Return whether the last line has no end, since somebody was killed in the middle of it."""
    if held.seek(0, os.SEEK_END) == 0:
        return False
    held.seek(-1, os.SEEK_END)
    return bool(held.read(1) != b"\n")


def _who() -> str:
    try:
        return getuser()
    except (KeyError, OSError):  # a container's user has no name
        return str(os.getuid()) if hasattr(os, "getuid") else ""
