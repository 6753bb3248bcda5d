"""The folder that a course is graded into: what lies where, and that it is ours."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from grader.course.marks import ABOUT
from grader.errors import Misused, UnwritableOutput, at
from grader.reports.files import beside
from grader.submissions.intake.ownership import SHAPES
from grader.submissions.intake.spool import bytes_of
from grader.submissions.intake.student_submission import StudentSubmission


def shape_of(course: Path, exercise: str = "") -> str:
    """Return the name of the shape that `grade batch` has written down, "" where it is unknown.

    Args:
        course: its folder.
        exercise: the path of the one whose submissions are meant, where there are several.
    """
    try:
        record = about(course)
    except NotACourse:
        return ""
    shapes = record.get("shapes")
    shape = str((shapes if isinstance(shapes, dict) else {}).get(exercise, record.get("shape", "")))
    return next((name for name, says in SHAPES.items() if shape.startswith(f"{says}: ")), "")


try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

SCHEMA = "grade/batch/1"
LEDGER, SCORES, INDEX = "ledger.jsonl", "scores.csv", "index.html"
SUBMISSIONS, REPORTS = "submissions", "reports"


class ForeignFolder(Misused):
    """A folder holds something that `grade batch` has not written."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} is not empty, and not the folder of a course",
            hint="name a new folder, or the one that `grade batch -o` has written before",
        )


class NoFolder(Misused):
    """A file lies where a course's folder should be."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is a file", hint="-o names the folder for all that is written")


class FolderInUse(Misused):
    """Another run writes into the same folder."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} is being written by another `grade batch`", hint="wait for it, or end it"
        )


class OtherExercises(Misused):
    """A folder holds the marks of exercises that would be gone."""

    def __init__(self, path: str, gone: Iterable[str]) -> None:
        names = ", ".join(gone)
        super().__init__(
            f"{path} holds the marks of {names}, which would be gone",
            hint="grade those again first, so that new ones are added beside them; "
            "--instead puts the new marks in their place",
        )


class SeveralHandedIn(Misused):
    """Exercises of a course were handed in one after another, and one is to be looked at."""

    def __init__(self, paths: Iterable[str]) -> None:
        shown = tuple(paths)
        super().__init__(
            f"these were handed in one after another: {', '.join(shown)}",
            hint=f"choose: --exercise {shown[0]}",
        )


class NotACourse(Misused):
    """A folder holds no course that has been graded."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} holds no course", hint="name the folder that `grade batch -o` has written"
        )


def see(folder: Path) -> None:
    """See that there can be a folder.

    Raises:
        NoFolder: there is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise NoFolder(at(folder))


def see_that_none_is_lost(folder: Path, exercises: Iterable[str]) -> None:
    """See that no exercise has marks in the folder that would be gone.

    Args:
        folder: the course's.
        exercises: those that are graded, and those of which the folder has all that it takes.

    Raises:
        OtherExercises: some have.
    """
    known = set(exercises)
    if gone := [name for name in exercises_of(folder) if name not in known]:
        raise OtherExercises(at(folder), gone)


def exercises_of(folder: Path) -> list[str]:
    """Return the paths of the exercises that a course was graded in, none where it is no course."""
    try:
        names = about(folder).get("exercises")
    except NotACourse:
        return []
    return [str(name) for name in names] if isinstance(names, list) else []


def make(folder: Path) -> None:
    """Make the folder, unless it is there already.

    Raises:
        ForeignFolder: it holds something else.
        UnwritableOutput: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / ABOUT).exists() and any(map(_is_foreign, folder.iterdir())):
            raise ForeignFolder(at(folder))
        (folder / SUBMISSIONS).mkdir(exist_ok=True)
        (folder / REPORTS).mkdir(exist_ok=True)
    except OSError as error:
        raise UnwritableOutput(at(folder), error.strerror or str(error)) from error


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Lock the folder, so that nobody else writes into it; a run that is killed lets go.

    Raises:
        FolderInUse: somebody does.
    """
    if fcntl is None:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise FolderInUse(at(folder)) from error
    finally:
        os.close(descriptor)


def _is_foreign(path: Path) -> bool:
    """Return whether a file is none that an interrupted beginning leaves."""
    return path.name not in (beside(path.with_name(ABOUT)).name, SUBMISSIONS, REPORTS)


def about(folder: Path) -> dict[str, Any]:
    """Return the record of a course: what it was graded against, and what it was taken from.

    Raises:
        NotACourse: there is no such thing.
    """
    try:
        fields = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotACourse(at(folder)) from error
    if not isinstance(fields, dict) or fields.get("schema") != SCHEMA:
        raise NotACourse(at(folder))
    return fields


def submissions_of(folder: Path, exercises: Iterable[str]) -> str:
    """Return the folder in a course's with what was handed in for some exercises.

    Raises:
        SeveralHandedIn: they were handed in one after another.
    """
    paths = list(dict.fromkeys(exercises))
    try:
        folders = about(folder).get("folders")
    except NotACourse:
        return SUBMISSIONS
    known = folders if isinstance(folders, dict) else {}
    places = list(dict.fromkeys(str(known.get(path, SUBMISSIONS)) for path in paths))
    if len(places) > 1:
        raise SeveralHandedIn(paths)
    return places[0] if places else SUBMISSIONS


def kept_seed(folder: Path) -> int | None:
    """Return the seed that a course was graded with before, None where it was not.

    What is asked again is asked the same, so that a mark does not change by itself.
    """
    try:
        seed = about(folder).get("seed")
    except NotACourse:
        return None
    return seed if type(seed) is int else None


def lay_out(folder: Path, handed: Iterable[StudentSubmission], place: str = SUBMISSIONS) -> None:
    """Write what was handed in, a folder for each student, and take away whoever is gone.

    Args:
        folder: the course's.
        handed: by whom, and what.
        place: the folder in it for all that was handed in.

    Raises:
        UnwritableOutput: it cannot be written.
    """
    root, keys = folder / place, set()
    try:
        root.mkdir(exist_ok=True)
        for one in handed:
            keys.add(one.student.key)
            _write(root / one.student.key, one)
        for left in root.iterdir():
            if left.name not in keys and left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)  # what else lies there, as systems leave it, is nobody's
    except OSError as error:
        place = at(error.filename) if isinstance(error.filename, str) else at(root)
        raise UnwritableOutput(place, error.strerror or str(error)) from error


def _write(folder: Path, one: StudentSubmission) -> None:
    """Write a submission's files; those that lie there already stay as they are."""
    files = {file.name: file for file in one.files}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if there - files.keys():
        shutil.rmtree(folder)
    folder.mkdir(exist_ok=True)
    for name, file in files.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            continue  # intake gives no such name; this is the last place to see to it
        path.parent.mkdir(parents=True, exist_ok=True)
        content = bytes_of(file.content)
        with suppress(FileNotFoundError):
            if path.read_bytes() == content:
                continue
        path.write_bytes(content)
