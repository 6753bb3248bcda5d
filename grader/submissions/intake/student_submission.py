"""What one student handed in: nothing of it has been written under a name of theirs."""

from typing import NamedTuple

from grader.submissions.intake.spool import Content
from grader.submissions.student import Student


class SubmittedFile(NamedTuple):
    """A file of a submission.

    Attributes:
        name: relative, with slashes; safe to write: nothing absolute, no "..", no drive.
        content: its bytes, or where they are kept.
        order: more than that of a file of theirs which is older; the same where nobody knows.
    """

    name: str
    content: Content
    order: int = 0


class StudentSubmission(NamedTuple):
    """The files of one student that count.

    Attributes:
        student: who; the key is unique in the course, and safe as a file's name.
        files: sorted by name.
        timestamp: ISO 8601, with its offset where that is known; "" where nothing says when.
        late: whether the system's naming says that it came late.
        note: which of several attempts was taken, and why; "" where there was no choice.
        left_out: what is not taken of it, and why, a line each.
    """

    student: Student
    files: tuple[SubmittedFile, ...]
    timestamp: str = ""
    late: bool = False
    note: str = ""
    left_out: tuple[str, ...] = ()


class Intake(NamedTuple):
    """The submissions of a course, and what was left out.

    Attributes:
        shape: what it was taken for, in a line.
        handed: one for each student, sorted by key.
        refused: what was left out of it, a line each, with the reason.
        notes: what else a person should know of it, a line each.
    """

    shape: str
    handed: tuple[StudentSubmission, ...]
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
