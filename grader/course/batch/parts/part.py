"""A part of a course: some exercises that were graded together, and what was handed in for them.

Another exercise is graded beside those that a course's folder has already. What is known of each
part stands in a file of its own, so that marks and pages of all are made anew from it.
"""

import json
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from grader.course.batch.folder import SUBMISSIONS
from grader.course.batch.student_marks import ExerciseWorth
from grader.errors import Misused, at
from grader.exercises.late_policy import LatePolicy
from grader.reports.files import write_whole
from grader.submissions.intake.student_submission import Intake, StudentSubmission, SubmittedFile
from grader.submissions.student import Student

PARTS: Final = "parts"
SCHEMA: Final = "grade/part/1"


class UnreadPart(Misused):
    """The file on a part of a course cannot be read."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"{path} is not what `grade batch` has written: {reason}",
            hint="delete it, and grade its exercise again; --instead leaves out all others",
        )


class CoursePart(NamedTuple):
    """A part of a course.

    Attributes:
        exercises: what each is worth, with the late policy that it was graded by.
        intake: what was handed in; of those that were read from a file, no file's content.
        stamps: a student's key → what the ledger calls their submission.
        folder: where the submissions lie, relative to the course's.
    """

    exercises: tuple[ExerciseWorth, ...]
    intake: Intake
    stamps: Mapping[str, str]
    folder: str = SUBMISSIONS

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of its exercises."""
        return tuple(one.path for one in self.exercises)

    @property
    def label(self) -> str:
        """What its exercises are called in short, "ex8, ex9"."""
        return ", ".join(path.rpartition("/")[2] for path in self.paths)

    @property
    def name(self) -> str:
        """The name of its file; no two parts have the same exercise."""
        return self.exercises[0].path.replace("/", "_")


def parts_in(course: Path) -> list[CoursePart]:
    """Return the parts that a course's folder has, in the order of their files' names.

    Raises:
        UnreadPart: a file is none of a part.
    """
    return [_part_in(file) for file in sorted((course / PARTS).glob("*.json"))]


def write_part(course: Path, part: CoursePart) -> None:
    """Write the file on a part.

    Raises:
        UnwritableOutput: it cannot be written.
    """
    (course / PARTS).mkdir(exist_ok=True)
    text = json.dumps(_plain(part), ensure_ascii=False, indent=1)
    write_whole(course / PARTS / f"{part.name}.json", text.encode("utf-8", "replace"))


def keep_only(course: Path, parts: Collection[CoursePart]) -> None:
    """Take away the files and submissions of all other parts."""
    names, folders = {part.name for part in parts}, {part.folder for part in parts}
    for file in (course / PARTS).glob("*.json"):
        if file.stem not in names:
            with suppress(OSError):
                file.unlink()
    for place in course.glob(f"{SUBMISSIONS}-*"):
        if place.name not in folders and place.is_dir() and not place.is_symlink():
            shutil.rmtree(place, ignore_errors=True)


def parts_beside(parts: Iterable[CoursePart], graded: Collection[str]) -> list[CoursePart]:
    """Return the parts as far as they are of other exercises than those that are graded now."""
    rest = (
        part._replace(exercises=tuple(one for one in part.exercises if one.path not in graded))
        for part in parts
    )
    return [part for part in rest if part.exercises]


def in_order(parts: Iterable[CoursePart], before: Sequence[str]) -> list[CoursePart]:
    """Return parts in the order that their exercises had before, what is new last."""
    order = {path: place for place, path in enumerate(before)}
    return sorted(parts, key=lambda part: min(order.get(one, len(order)) for one in part.paths))


def free_folder(parts: Iterable[CoursePart], exercise: str) -> str:
    """Return a folder for the submissions of a part which none of the others has."""
    taken = {part.folder for part in parts}
    own = f"{SUBMISSIONS}-{exercise.replace('/', '_')}"
    return own if SUBMISSIONS in taken else SUBMISSIONS


def _plain(part: CoursePart) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "folder": part.folder,
        "exercises": [_plain_worth(one) for one in part.exercises],
        "shape": part.intake.shape,
        "refused": list(part.intake.refused),
        "notes": list(part.intake.notes),
        "handed": [
            {**_plain_handed(one), "stamp": part.stamps[one.student.key]}
            for one in part.intake.handed
        ],
    }


def _plain_worth(one: ExerciseWorth) -> dict[str, Any]:
    due = one.late.due.isoformat() if one.late.due else None
    return {**one._asdict(), "late": {**one.late._asdict(), "due": due}}


def _plain_handed(one: StudentSubmission) -> dict[str, Any]:
    return {
        **one._asdict(),
        "student": one.student._asdict(),
        "files": [file.name for file in one.files],
        "left_out": list(one.left_out),
    }


def _part_in(file: Path) -> CoursePart:
    try:
        fields = json.loads(file.read_text(encoding="utf-8"))
        if fields["schema"] != SCHEMA:
            raise ValueError(f"its schema is {fields['schema']!r}")
        return _part(fields)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadPart(at(file), f"{type(error).__name__}: {error}") from error


def _part(fields: Mapping[str, Any]) -> CoursePart:
    handed = tuple(_handed(one) for one in fields["handed"])
    intake = Intake(str(fields["shape"]), handed, tuple(fields["refused"]), tuple(fields["notes"]))
    stamps = {one["student"]["key"]: str(one["stamp"]) for one in fields["handed"]}
    folder = str(fields["folder"])
    if "/" in folder or "\\" in folder or not folder.startswith(SUBMISSIONS):
        raise ValueError(f"its folder is {folder!r}")
    exercises = tuple(_worth(one) for one in fields["exercises"])
    if not exercises:
        raise ValueError("it has no exercise")
    return CoursePart(exercises, intake, stamps, folder)


def _worth(fields: Mapping[str, Any]) -> ExerciseWorth:
    late = dict(fields["late"])
    late["due"] = datetime.fromisoformat(late["due"]) if late["due"] else None
    points = float(fields["points"])
    return ExerciseWorth(str(fields["path"]), str(fields["title"]), points, LatePolicy(**late))


def _handed(fields: Mapping[str, Any]) -> StudentSubmission:
    files = tuple(SubmittedFile(str(name), b"") for name in fields["files"])
    kept = {name: fields[name] for name in ("timestamp", "late", "note")}
    student = Student(**fields["student"])
    return StudentSubmission(student, files, left_out=tuple(fields["left_out"]), **kept)
