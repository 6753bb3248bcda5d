"""What a person can put right: every error that `grade` raises on purpose.

    GraderError
    ├── Misused          the command line asks for something that cannot be done as asked
    ├── NothingToGrade   the submission is missing, empty or unreadable
    └── GraderAtFault    an exercise or the grader itself is wrong

The command line gives each family its own exit status; nothing else depends on the family.
"""

import os
import sys
from collections.abc import Iterable
from typing import Any


class GraderError(Exception):
    """One line that says what happened, and a hint that says what to do next."""

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        """Make an error survive the way from another process, whatever its class is made from."""
        return again, (type(self), self.message, self.hint), vars(self)


class Misused(GraderError):
    """The command line asks for something that cannot be done as asked."""


class NothingToGrade(GraderError):
    """There is no submission, or none that can be read."""


class GraderAtFault(GraderError):
    """An exercise or the grader itself is wrong; the student is not."""


class UnwritableOutput(Misused):
    """The file that should receive a report cannot be written."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"cannot write {path}: {reason}", hint="name a file in a folder that exists"
        )


class FileExists(Misused):
    """A starter is never written over what is there."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} exists already", hint="name another file, or move this one away first"
        )


class BrokenExercise(GraderAtFault):
    """An exercise contradicts itself; the message names its file, the hint the cure."""


def at(file: str | os.PathLike[str], line: int = 0) -> str:
    """Return a place as people find it: its path from here, if it lies below, and its line."""
    path = _from_here(os.fspath(file))
    return f"{path}:{line}" if line else path


def in_words(count: int) -> str:
    """Return a small number as a word."""
    return {2: "two", 3: "three", 4: "four"}.get(count, str(count))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that looks most like `name`, or None where none is near."""
    from difflib import get_close_matches  # 3 ms to import, and only a mistake needs it

    found = get_close_matches(name, list(known), n=1)
    return found[0] if found else None


def is_ours(name: object) -> bool:
    """Return whether an author can import a name from `grader`."""
    return name in sys.modules["grader"].__all__


def quoted(word: str) -> str:
    """Return a word as it is pasted into a shell: in quotes where it needs them."""
    if word.isalnum():
        return word
    import shlex  # a grading that is all right seldom needs it

    path = f"./{word}" if word.startswith("-") else word
    if os.name != "nt":
        return shlex.quote(path)
    return f'"{path}"' if shlex.quote(path.replace("\\", "/")) != path.replace("\\", "/") else path


def install_command(package: str) -> str:
    """Return the command that installs a package for the Python that runs `grade`.

    It is `python -m pip …` where `python` is that one, and has its whole path where it is not.
    """
    import shlex  # these are for a hint, which a grading seldom gives
    import shutil

    path = sys.executable
    folder = os.path.dirname(path)
    for name in ("python", "python3"):
        known = shutil.which(name)
        # An environment's Python is a link to the system's, which has other packages.
        if known and os.path.dirname(known) == folder and os.path.samefile(known, path):
            return f"{name} -m pip install {package}"
    program = f'"{path}"' if os.name == "nt" else shlex.quote(path)
    return f"{program} -m pip install {package}"


def _from_here(path: str) -> str:
    try:
        return path.removeprefix(os.getcwd() + os.sep)
    except OSError:  # somebody removed the current folder
        return path


def again(kind: type[GraderError], message: str, hint: str) -> GraderError:
    """Return an error of a kind, whatever its class is made from."""
    error = kind.__new__(kind)
    GraderError.__init__(error, message, hint=hint)
    return error
