"""A log of what was sent to an LMS, line by line: when, by whom, for whom, in place of what."""

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


class PushState(StrEnum):
    """The state of a change."""

    SENDING = "sending"  # written before it goes; as the last word, nobody knows whether it arrived
    SENT = "sent"
    REFUSED = "refused"
    DROPPED = "dropped"  # it was answered well, and another score stands there


class PushHistory(NamedTuple):
    """The history of a student at an assignment, as the log has it.

    Attributes:
        comment: the last words that were sent.
        unsure: words of which nobody knows whether they arrived.
        refused: whether the LMS did not take the last change.
        dropped: the score that it answered well to, and did not keep; None where it did.
        reason: why it did not.
    """

    comment: str = ""
    unsure: str = ""
    refused: bool = False
    dropped: float | None = None
    reason: str = ""

    def after(self, line: Mapping[str, Any]) -> "PushHistory":
        """Return the history after a further line."""
        state, comment = line.get("state"), str(line.get("comment", ""))
        if state == PushState.SENDING:
            return PushHistory(self.comment, comment)
        if state == PushState.SENT:
            return PushHistory(comment or self.comment)
        if state == PushState.DROPPED:
            reason = str(line.get("refused", ""))
            return PushHistory(comment or self.comment, "", True, _number(line.get("new")), reason)
        return PushHistory(self.comment, "", True, self.dropped, self.reason)


def push_history(folder: Path, place: Mapping[str, str]) -> dict[str, PushHistory]:
    """Return the history of each student at a place, by the LMS's number.

    Raises:
        UnwritableOutput: it cannot be read, and so not be carried on.
    """
    history: dict[str, PushHistory] = {}
    for line in _lines(folder / FILE):
        if all(str(line.get(name)).rstrip("/") == here.rstrip("/") for name, here in place.items()):
            user = str(line.get("user"))
            history[user] = history.get(user, PushHistory()).after(line)
    return history


def write(folder: Path, **fields: Any) -> None:
    """Write a line at the end of the log; it is on disk when this returns.

    Raises:
        UnwritableOutput: it cannot be written.
    """
    who = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "who": _who()}
    line = json.dumps({"schema": SCHEMA, **who, **fields}, ensure_ascii=False)
    file = folder / FILE
    try:
        with file.open("ab+") as stream:
            if _is_torn(stream):
                stream.write(b"\n")
            stream.write(line.encode(errors="backslashreplace") + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise UnwritableOutput(at(file), error.strerror or str(error)) from error


def _number(new: object) -> float | None:
    return float(new) if isinstance(new, int | float) else None


def _lines(file: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the lines that are whole."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    except OSError as error:
        raise UnwritableOutput(at(file), error.strerror or str(error)) from error
    for line in text.split("\n"):
        try:
            fields = json.loads(line)
        except ValueError:
            continue
        if isinstance(fields, dict):
            yield fields


def _is_torn(stream: Any) -> bool:
    """Return whether the last line has no end, since somebody was killed in the middle of it."""
    if stream.seek(0, os.SEEK_END) == 0:
        return False
    stream.seek(-1, os.SEEK_END)
    return bool(stream.read(1) != b"\n")


def _who() -> str:
    try:
        return getuser()
    except (KeyError, OSError):  # a container's user has no name
        return str(os.getuid()) if hasattr(os, "getuid") else ""
