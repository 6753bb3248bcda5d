"""What was sent to an LMS, line by line: when, by whom, for whom, and what stood there before."""

import json
import os
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import Any, Final

from grader.errors import UnwritableOutput, at

FILE: Final = "push.jsonl"
SCHEMA: Final = "grade/push/1"


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
            held.write(line.encode() + b"\n")
            held.flush()
            os.fsync(held.fileno())
    except OSError as error:
        raise UnwritableOutput(at(file), error.strerror or str(error)) from error


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
