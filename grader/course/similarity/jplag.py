"""Lays a course out as JPlag reads it: a folder for each student, and one for the starter."""

import os
import re
from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path
from shlex import join
from typing import Final

from grader.course.similarity.texts import StudentText
from grader.errors import Misused, UnwritableOutput, at

STUDENTS: Final = "submissions"
BASE: Final = "starter"
LONGEST_NAME: Final = 255
_CELL = re.compile(r", cell \d+\Z")
_MAGIC = re.compile(r"^(?=[%!?])", re.MULTILINE)


class NotEmpty(Misused):
    """A folder that is to be filled holds something."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is not empty", hint="name a folder that does not exist yet")


def lay_out(folder: Path, course: Mapping[str, StudentText], starters: Iterable[str]) -> str:
    """Write the files, and return the command line for JPlag.

    A notebook becomes a script of its cells, since JPlag reads no notebooks; its magic becomes
    comments, since JPlag leaves out what is no Python.

    Args:
        folder: new, or empty.
        course: key → what they wrote.
        starters: the texts that everyone was given.

    Raises:
        NotEmpty: the folder holds something.
        UnwritableOutput: it cannot be written.
    """
    try:
        if folder.exists() and any(folder.iterdir()):
            raise NotEmpty(at(folder))
        for key, student in course.items():
            for name, text in _scripts(student).items():
                _write(folder / STUDENTS / key / name, text)
        for number, text in enumerate(starters, start=1):
            _write(folder / BASE / f"starter{number}.py", text)
    except OSError as error:
        raise UnwritableOutput(at(folder), error.strerror or str(error)) from error
    base = ["-bc", str(folder / BASE)] if (folder / BASE).exists() else []
    return join(["java", "-jar", "jplag.jar", "-l", "python3", *base, str(folder / STUDENTS)])


def _scripts(student: StudentText) -> dict[str, str]:
    """Return each file's text as a script, by a name that no other file of theirs has."""
    files: dict[str, list[str]] = {}
    notebooks: dict[str, list[str]] = {}
    for line in student.lines:
        name = _CELL.sub("", line.place)
        lines_by_name = files if name == line.place else notebooks
        lines_by_name.setdefault(name, []).append(line.text)
    taken = {
        str(part) for name in (*files, *notebooks) for part in (Path(name), *Path(name).parents)
    }
    scripts = {name: _text(lines) for name, lines in files.items()}
    for name, lines in notebooks.items():
        script = _script_name(name, taken)
        taken.add(script)
        scripts[script] = _MAGIC.sub("# ", _text(lines))
    return scripts


def _script_name(notebook: str, taken: set[str]) -> str:
    """Return the name of a notebook as a script: its owner may have a file of that name."""
    usual = f"{notebook}.py"
    if usual not in taken and len(os.fsencode(Path(usual).name)) <= LONGEST_NAME:
        return usual
    return next(name for name in (f"notebook{n}.py" for n in count(1)) if name not in taken)


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", errors="backslashreplace")
