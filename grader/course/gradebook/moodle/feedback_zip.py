"""Moodle's feedback files: a zip that gives each student their page back."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from grader.course.gradebook.column_scores import ColumnScore

BEGAN: Final = (1980, 1, 1, 0, 0, 0)
"""When every page was made, as far as the zip knows: the same course gives the same bytes."""


class Feedback(NamedTuple):
    """A feedback zip.

    Attributes:
        content: its bytes.
        pages: how many students have a page in it.
        without: the students who have none, each with the reason, in a line.
    """

    content: bytes
    pages: int
    without: tuple[str, ...]


def zipped(
    folder: Path,
    scores: Sequence[ColumnScore],
    participants: Iterable[tuple[str, str, str]],
    called: str,
) -> Feedback:
    """Return the zip of all pages, named as Moodle wants them.

    Args:
        folder: the course's.
        scores: the students.
        participants: for those whose row is known, key, full name and participant's number.
        called: what each page is called, without its ending: of another assignment, another name.
    """
    rows = {key: (name, number) for key, name, number in participants}
    archive, without = BytesIO(), []
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for one in scores:
            student = one.person.student
            name, number = rows.get(student.key, (student.name, student.file_id))
            page = folder / one.page
            if not number.isdigit() or not one.page or not page.is_file():
                reason = "no page" if number.isdigit() else "no participant's number"
                without.append(f"{student.name or student.key}: {reason}")
                continue
            entry = f"{_safe(name)}_{number}_assignsubmission_file/{_safe(called)}.html"
            file.writestr(zipfile.ZipInfo(entry, BEGAN), page.read_bytes(), zipfile.ZIP_DEFLATED)
    return Feedback(archive.getvalue(), len(scores) - len(without), tuple(without))


def _safe(name: str) -> str:
    """Return a name that is one folder's, and has no underscore, at which Moodle takes it apart."""
    return re.sub(r"[\x00-\x1f/\\:*?\"<>|_]+", " ", name).strip() or "student"
