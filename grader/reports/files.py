"""Writes a file whole or not at all."""

import os
from pathlib import Path

from grader.errors import UnwritableOutput, at

STREAMS = ("/dev/", "/proc/")
"""Folders of files that somebody else may write into, such as those a shell leads stdout to."""


def write_whole(file: Path, content: bytes) -> None:
    """Write a file beside its place, then move it there: nobody ever sees half of it.

    Raises:
        UnwritableOutput: it cannot be written.
    """
    new = beside(file)
    try:
        new.unlink(missing_ok=True)  # what was left there, or a link that somebody put there
        with new.open("xb") as opened:
            opened.write(content)
        new.replace(file)
    except OSError as error:
        raise UnwritableOutput(at(file), error.strerror or str(error)) from error


def write_into(path: str, content: bytes) -> None:
    """Write into whatever a path names: a link stays one, and a device or a pipe is added to.

    A file in a folder that takes no new ones is written over where it is.

    Raises:
        UnwritableOutput: it cannot be written.
    """
    file = os.path.realpath(path)
    if path.startswith(STREAMS) or (os.path.exists(path) and not os.path.isfile(path)):
        append(path, content)
    elif os.path.isfile(path) and not os.access(os.path.dirname(file), os.W_OK):
        _write(file, "wb", content)
    else:
        write_whole(Path(file), content)


def append(path: str, content: bytes) -> None:
    """Write at the end of a file that others write into as well.

    Raises:
        UnwritableOutput: it cannot be written.
    """
    _write(path, "ab", content)


def _write(path: str, mode: str, content: bytes) -> None:
    try:
        with open(path, mode) as file:
            file.write(content)
    except OSError as error:
        raise UnwritableOutput(at(path), error.strerror or str(error)) from error


def beside(file: Path) -> Path:
    """Return the path at which a file is written before it takes its place."""
    return file.with_name(f".{file.name}.new")
