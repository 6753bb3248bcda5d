"""Writes a file whole or not at all."""

from pathlib import Path

from grader.errors import UnwritableOutput, at


def put(file: Path, content: bytes) -> None:
    """Write a file beside its place, then move it there: nobody ever sees half of it.

    Raises:
        UnwritableOutput: it cannot be written.
    """
    new = beside(file)
    try:
        new.write_bytes(content)
        new.replace(file)
    except OSError as error:
        raise UnwritableOutput(at(file), error.strerror or str(error)) from error


def beside(file: Path) -> Path:
    """Return where a file is written before it takes its place."""
    return file.with_name(f".{file.name}.new")
