"""A class at a glance: a row for everyone, and what goes wrong, grouped by misconception."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection

from grader.course.marks import Mark
from grader.service.database.conversations import MisconceptionNote, notes_in, open_looks
from grader.service.database.courses import CourseRecord, exercises_in
from grader.service.database.gradings import report_of
from grader.service.database.lti.places import lms_test_users
from grader.service.database.marks import CountedMark, marks_in
from grader.service.database.people import Member, Person, Role, members_of

MOST_CAUSES: Final = 40
TEST_USER: Final = "test user"
ROLES: Final = {Role.TA: "TA", Role.INSTRUCTOR: "instructor"}


class ClassRow(NamedTuple):
    """A row of the table of a class.

    Attributes:
        member: whose.
        marks: by exercise.
        total: points in all.
        flags: what to look at.
    """

    member: Member
    marks: Mapping[str, Mark]
    total: float
    flags: tuple[str, ...]


class Cause(NamedTuple):
    """Something that goes wrong for some.

    Attributes:
        exercise: its path.
        misconception: the id.
        says: in a sentence.
        people: who has it.
        note: to all of them, None where nobody has written one.
    """

    exercise: str
    misconception: str
    says: str
    people: tuple[Person, ...]
    note: MisconceptionNote | None

    @property
    def key(self) -> str:
        """What names it in an address."""
        return f"{self.exercise}:{self.misconception}"


class OpenLook(NamedTuple):
    """A second look that somebody waits for."""

    person: Person
    submission_id: str
    question: str


class Classroom(NamedTuple):
    """Everything that the page of a class shows.

    Attributes:
        exercises: the paths, in their order.
        rows: one for everyone, by name.
        causes: the most frequent first.
        looks: what waits for an answer, the oldest first.
    """

    exercises: tuple[str, ...]
    rows: tuple[ClassRow, ...]
    causes: tuple[Cause, ...]
    looks: tuple[OpenLook, ...]

    @property
    def size(self) -> int:
        """How many people it has; an LMS's view as a student is nobody."""
        return sum(TEST_USER not in row.flags for row in self.rows)

    @property
    def handed_in(self) -> list[str]:
        """The exercises for which anybody has handed in: the others have nothing to show."""
        return [path for path in self.exercises if any(path in row.marks for row in self.rows)]


def classroom(connection: Connection, course: CourseRecord, titles: Mapping[str, str]) -> Classroom:
    """Return what the page of a class shows."""
    members, tests = members_of(connection, course.id), lms_test_users(connection, course.id)
    counted = marks_in(connection, course, titles)
    marks: dict[str, dict[str, Mark]] = defaultdict(dict)
    for one in counted:
        marks[one.mark.student.key][one.mark.exercise] = one.mark
    everyone = {member.person.id: member.person for member in members}
    real = {one: person for one, person in everyone.items() if one not in tests}
    looks = open_looks(connection, course.id)
    return Classroom(
        tuple(one.path for one in exercises_in(connection, course.id)),
        tuple(_row(one, marks[one.person.id], is_test=one.person.id in tests) for one in members),
        tuple(_causes(connection, course, counted, real)),
        tuple(
            OpenLook(everyone[person], at, look.question)
            for look, at, person in looks
            if person in everyone
        ),
    )


def sorted_rows(rows: Iterable[ClassRow], by: str, wanted: str) -> list[ClassRow]:
    """Return the rows of those who are searched for, in an order.

    Args:
        rows: of everyone.
        by: "name", "total", or an exercise's path; with a "-" before it the other way round.
        wanted: a part of a name, a mail or a number; "" for everyone.
    """
    word = wanted.casefold()
    found = [row for row in rows if word in _searched(row.member.person)]
    column, reverse = by.removeprefix("-"), by.startswith("-")
    if column == "total":
        found.sort(key=lambda row: row.total)
    elif column not in ("", "name"):
        found.sort(key=lambda row: _score(row, column))
    return found[::-1] if reverse else found


def who_has(causes: Sequence[Cause], key: str) -> frozenset[str]:
    """Return the ids of those who have a cause, of nobody where it is unknown."""
    people = (cause.people for cause in causes if cause.key == key)
    return frozenset(person.id for person in next(people, ()))


def _row(member: Member, marks: Mapping[str, Mark], *, is_test: bool) -> ClassRow:
    flags = [TEST_USER] if is_test else []
    if any(mark.late for mark in marks.values()):
        flags.append("late")
    if any(mark.score is None for mark in marks.values()):
        flags.append("by hand")
    if member.role is not Role.STUDENT:
        flags.append(ROLES[member.role])
    if not member.is_active:
        flags.append("not in the course any more")
    total = sum(mark.score or 0.0 for mark in marks.values())
    return ClassRow(member, marks, total, tuple(flags))


def _causes(
    connection: Connection,
    course: CourseRecord,
    counted: Iterable[CountedMark],
    everyone: Mapping[str, Person],
) -> list[Cause]:
    groups: dict[tuple[str, str], list[CountedMark]] = defaultdict(list)
    for one in counted:
        for name in dict.fromkeys(name for check in one.mark.checks for name in check.diagnoses):
            if one.mark.student.key in everyone:
                groups[one.mark.exercise, name].append(one)
    notes = notes_in(connection, course.id)
    frequent = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))[:MOST_CAUSES]
    return [
        Cause(
            *key,
            _says(connection, group[0], key[1]),
            tuple(everyone[one.mark.student.key] for one in group),
            notes.get(key),
        )
        for key, group in frequent
    ]


def _says(connection: Connection, one: CountedMark, misconception: str) -> str:
    """Return a misconception in a sentence, as one of those who have it reads it."""
    report = report_of(connection, one.submission.grading_id)
    for check in report.checks if report else ():
        for diagnosis in (check.diagnosis, *check.further):
            if diagnosis and diagnosis.id == misconception:
                return diagnosis.says
    return misconception


def _score(row: ClassRow, exercise: str) -> float:
    mark = row.marks.get(exercise)
    return -1.0 if mark is None or mark.score is None else mark.score


def _searched(person: Person) -> str:
    return f"{person.name} {person.email} {person.student_number}".casefold()
