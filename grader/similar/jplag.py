"""Lays a course out as JPlag reads it: a folder for each student, and one for the starter."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from shlex import join
from typing import Final

from grader.errors import Misused, UnwritableOutput, at
from grader.similar.written import Written

STUDENTS: Final = "submissions"
BASE: Final = "starter"


class NotEmpty(Misused):
    """A folder that is to be filled holds something."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is not empty", hint="name a folder that does not exist yet")


def lay_out(folder: Path, course: Mapping[str, Written], given: Iterable[str]) -> str:
    """Write the files, and return the command line for JPlag.

    A notebook becomes a script of its cells, since JPlag reads no notebooks.

    Args:
        folder: new, or empty.
        course: key → what they wrote.
        given: the texts that everyone was given.

    Raises:
        NotEmpty: the folder holds something.
        UnwritableOutput: it cannot be written.
    """
    try:
        if folder.exists() and any(folder.iterdir()):
            raise NotEmpty(at(folder))
        for key, written in course.items():
            for place, text in _files(written).items():
                _put(folder / STUDENTS / key / _script(place), text)
        for number, text in enumerate(given, start=1):
            _put(folder / BASE / f"starter{number}.py", text)
    except OSError as error:
        raise UnwritableOutput(at(folder), error.strerror or str(error)) from error
    base = ["-bc", str(folder / BASE)] if (folder / BASE).exists() else []
    return join(["java", "-jar", "jplag.jar", "-l", "python3", *base, str(folder / STUDENTS)])


def _files(written: Written) -> dict[str, str]:
    """Return each file's text, a notebook's cells one after another."""
    files: dict[str, list[str]] = {}
    for line in written.lines:
        files.setdefault(line.place.partition(", cell ")[0], []).append(line.text)
    return {name: "\n".join(lines) + "\n" for name, lines in files.items()}


def _script(name: str) -> str:
    """Return a file's name as JPlag's Python module takes it."""
    return name if name.endswith(".py") else f"{name}.py"


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", errors="backslashreplace")
