"""What a person can put right: every error that `grade` raises on purpose.

    GraderError
    ├── Misused          the command line asks for something that cannot be done as asked
    ├── NothingToGrade   the submission is missing, empty or unreadable
    └── GraderAtFault    an exercise or the grader itself is wrong

The command line gives each family its own exit status; nothing else depends on the family.
"""

import os
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
        return _again, (type(self), self.message, self.hint)


class Misused(GraderError):
    """The command line asks for something that cannot be done as asked."""


class NothingToGrade(GraderError):
    """There is no submission, or none that can be read."""


class GraderAtFault(GraderError):
    """An exercise or the grader itself is wrong; the student is not."""


class UnknownExercise(Misused):
    """No exercise in the catalogue has this name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        near = nearest(name, self.known)
        hint = f"did you mean {near}? See `grade list`" if near else "see `grade list`"
        super().__init__(f"no exercise named {name!r}", hint=hint)


class AmbiguousExercise(Misused):
    """A short name fits exercises of more than one track."""

    def __init__(self, name: str, fits: Iterable[str]) -> None:
        fits = tuple(fits)
        super().__init__(
            f"{name!r} could be {' or '.join(fits)}", hint=f"write the track too: grade {fits[0]}"
        )


class TrackNotExercise(Misused):
    """A track's name stands where an exercise's belongs."""

    def __init__(self, track: str, exercises: Iterable[str]) -> None:
        names = tuple(exercises)
        count = f"{len(names)} exercise{'s' if len(names) > 1 else ''}"
        super().__init__(f"{track} is a track of {count}", hint=f"name one: {names[0]}")


class NoHome(Misused):
    """The folder that should hold exercises does not exist."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"no folder {folder!r} with exercises", hint="check the name given to --exercises"
        )


class BadSettings(Misused):
    """What a project's pyproject.toml says to grade cannot be followed."""

    def __init__(self, place: str, says: str) -> None:
        super().__init__(
            f"{place}: {says}",
            hint='write [tool.grade] exercises = ["FOLDER"], relative to that file',
        )


class BadName(Misused):
    """A new exercise's name is not of the form that names have."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} cannot name an exercise",
            hint="write TRACK/NAME, each of letters, digits and underscores: demo/abs",
        )


class NowhereToWrite(Misused):
    """It is not said which folder a new exercise belongs into."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"there is no folder {folder!r} here to write an exercise into",
            hint="say where: --exercises DIR, or make that folder",
        )


class ExerciseExists(Misused):
    """A new exercise is never written over what is there."""

    def __init__(self, path: str, place: str) -> None:
        super().__init__(f"{path} exists already: {place}", hint="choose another name")


class NoNumpy(Misused):
    """An exercise works with arrays, and numpy is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "this exercise works with arrays, and numpy is not installed",
            hint='pip install "autograd-grader[arrays]"',
        )


class UnwritableOutput(Misused):
    """The file that should receive a report cannot be written."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"cannot write {path}: {reason}", hint="name a file in a folder that exists"
        )


class UnreadableMarks(Misused):
    """A folder holds no marks of `grade batch`, or something else in their place."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"cannot read the marks in {path}: {reason}",
            hint="name the folder that `grade batch -o` has written",
        )


class FileExists(Misused):
    """A starter is never written over what is there."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} exists already", hint="name another file, or move this one away first"
        )


class SeveralSubmissions(Misused):
    """A folder holds more than one file that could be the submission."""

    def __init__(self, names: Iterable[str], example: str) -> None:
        shown = self.names = tuple(names)
        some = ", ".join(shown[:6]) + (", …" if len(shown) > 6 else "")
        super().__init__(
            f"{in_words(len(shown))} files here could be the submission: {some}",
            hint=f"name one: {example} {shown[0]}",
        )


class NoSubmission(NothingToGrade):
    """Nothing was found where the submission should be."""


class UnreadableSubmission(NothingToGrade):
    """The file is there, but it is not a script or a notebook that Python can read."""


class SeveralEngines(NothingToGrade):
    """A submission defines more than one class that could be the engine."""

    def __init__(self, names: Iterable[str]) -> None:
        shown = tuple(names)
        super().__init__(
            f"{in_words(len(shown))} classes could be the engine: {', '.join(shown)}",
            hint=f"name the one to grade: --class {shown[0]}",
        )


class KernelUnavailable(GraderAtFault):
    """A Jupyter kernel could not be started, or did not answer."""


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


def _from_here(path: str) -> str:
    try:
        return path.removeprefix(os.getcwd() + os.sep)
    except OSError:  # somebody removed the current folder
        return path


def _again(kind: type[GraderError], message: str, hint: str) -> GraderError:
    error = kind.__new__(kind)
    GraderError.__init__(error, message, hint=hint)
    return error
