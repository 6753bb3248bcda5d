"""Digests of what an outcome depends on: the submission, the exercises, the grader itself."""

import json
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from grader.course.batch.jobs import fields_of
from grader.engines.own_folders import PACKAGE, REFERENCE
from grader.exercises.catalogue import ExerciseEntry
from grader.grading.request import GradeRequest, exercises_of
from grader.submissions.intake.spool import bytes_of
from grader.submissions.intake.student_submission import SubmittedFile

DIGITS = 16


def stamp(files: Iterable[SubmittedFile], course: str) -> str:
    """Return the digest of a submission's files, and of all that they are graded with.

    Args:
        files: the submission's.
        course: see `stamp_of`.
    """
    submitted = list(files)
    parts = (part for file in submitted for part in (file.name, _sum(bytes_of(file.content))))
    by_age = (file.name for file in sorted(submitted, key=lambda file: (file.order, file.name)))
    return _digest([course, *parts, *by_age])


def stamp_of(request: GradeRequest) -> str:
    """Return the digest of the exercises, the limits and all else that is chosen for a course."""
    fields = fields_of(request)
    for name in ("exercise", "homes"):  # which exercises these are, their files say
        del fields[name]
    choices = json.dumps(fields, sort_keys=True)
    return _digest([_of_grader(), choices, *map(_of_exercise, exercises_of(request))])


def _of_exercise(entry: ExerciseEntry) -> str:
    return _digest([entry.path, *_of_folder(entry.folder)])


@cache
def _of_grader() -> str:
    return _digest(part for folder in (PACKAGE, REFERENCE) for part in _of_folder(Path(folder)))


def _of_folder(folder: Path) -> Iterable[str]:
    """Yield the name and the sum of each file that matters; what Python compiles is no such."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(folder).as_posix()
            yield _sum(file.read_bytes())


def _digest(parts: Iterable[str]) -> str:
    return _sum("\0".join(parts).encode(errors="surrogateescape"))[:DIGITS]


def _sum(content: bytes) -> str:
    return sha256(content).hexdigest()
