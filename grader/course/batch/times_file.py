"""Times of handing in that a person writes down, where the LMS's export says none."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.course.people_table import PeopleTable, UnreadTable, table_in
from grader.errors import Misused, at
from grader.submissions.intake.moments import iso_of
from grader.submissions.intake.student_submission import Intake, StudentSubmission
from grader.submissions.student import Student

STUDENT, TIMES = "student", ("time", "timestamp")


class BadTimes(Misused):
    """A file of times is not a table of them."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}", hint="its first line is student,time")


class HandedInTime(NamedTuple):
    """A line of the file: its number, whom it means, and when they handed in, as ISO 8601."""

    line: int
    student: str
    time: str


def read_times(file: Path) -> list[HandedInTime]:
    """Return the lines of a file of times.

    Raises:
        BadTimes: it cannot be read, a column is missing, or a time is none, or could be two.
    """
    try:
        table = table_in(file)
    except (OSError, UnreadTable) as error:
        raise BadTimes(at(file), f"cannot be read: {error}") from error
    return list(_lines(file, table))


def with_times(intake: Intake, times: Sequence[HandedInTime], name: str) -> Intake:
    """Return what was handed in, with the times that people say in place of the LMS's.

    Args:
        intake: what was handed in.
        times: the lines; of two for the same student the later one counts, which is noted.
        name: the file's, for notes.
    """
    said: dict[str, HandedInTime] = {}
    notes = []
    for one in times:
        keys = [each.student.key for each in intake.handed if one.student in _names(each.student)]
        if len(keys) != 1:
            why = "fits several students" if keys else "fits nobody who handed in"
            notes.append(f"{name}, line {one.line}: {one.student!r} {why}, and is not used")
            continue
        if keys[0] in said:
            before = said[keys[0]].line
            notes.append(
                f"{name}, line {one.line}: {one.student!r} is on line {before} already; "
                f"line {one.line} counts"
            )
        said[keys[0]] = one
    handed = tuple(_timed(each, said.get(each.student.key)) for each in intake.handed)
    return intake._replace(handed=handed, notes=(*intake.notes, *notes))


def _timed(submission: StudentSubmission, said: HandedInTime | None) -> StudentSubmission:
    return submission._replace(timestamp=said.time) if said else submission


def _lines(file: Path, table: PeopleTable) -> Iterator[HandedInTime]:
    column = next((one for one in TIMES if one in table.columns), "")
    missing = STUDENT if STUDENT not in table.columns else "" if column else TIMES[0]
    if missing:
        raise BadTimes(at(file), f"no column {missing!r}")
    for row in table.rows:
        text = row.cells.get(column, "")
        if not text:
            continue
        time = iso_of(text)
        if not time:
            says = f"{text!r} is no date and time, or could be two: 2026-10-10T23:59"
            raise BadTimes(f"{at(file)}, line {row.line}", says)
        yield HandedInTime(row.line, row.cells.get(STUDENT, ""), time)


def _names(student: Student) -> Iterable[str]:
    known = (student.key, student.student_id, student.email, student.name)
    return {one for one in known if one}
