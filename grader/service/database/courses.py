"""Courses, the exercises of each, and when these are due, for everyone or for somebody."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from secrets import randbelow
from typing import Final, Literal, NamedTuple, TypeAlias

from sqlalchemy import Connection, RowMapping, and_, bindparam, delete, insert, select, update

from grader.errors import Misused
from grader.exercises.late_policy import LatePolicy
from grader.service.database.people import Role
from grader.service.database.schema import course_exercises, courses, extensions, members

SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
SEEDS: Final = 1 << 31

# What each request asks is made once: to put a question together costs more than to answer it.
_WITH_ID: Final = select(courses).where(courses.c.id == bindparam("id"))
_IN_COURSE: Final = select(course_exercises).where(
    course_exercises.c.course_id == bindparam("course_id")
)
_EXERCISES: Final = _IN_COURSE.order_by(course_exercises.c.position)
_EXERCISE: Final = _IN_COURSE.where(course_exercises.c.path == bindparam("path"))

Counting: TypeAlias = Literal["newest", "best"]


class HiddenFor(StrEnum):
    """Who sees what hidden checks ask; no student does."""

    STAFF = "staff"  # who teaches the course
    INSTRUCTOR = "instructor"
    NOBODY = "nobody"


class BadCourseName(Misused):
    """A name cannot stand in an address."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} is no name for a course", hint="small letters, digits and -: ml-2026"
        )


class CourseTaken(Misused):
    """A course of this name exists."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is a course {name!r} already", hint="choose another name")


class NoSuchCourse(Misused):
    """No course has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no course named {name!r}", hint="see `grade admin course`")


class CourseRecord(NamedTuple):
    """A course.

    Attributes:
        id: its name in addresses.
        title: as people read it.
        counts: which of several submissions counts.
        seed: of the random checks.
        closed_at: since when nobody hands in any more.
        hidden_for: who of the staff sees what hidden checks ask.
    """

    id: str
    title: str
    counts: Counting = "newest"
    seed: int = 0
    closed_at: float | None = None
    hidden_for: HiddenFor = HiddenFor.STAFF


class CourseExercise(NamedTuple):
    """An exercise in a course.

    Attributes:
        path: "my475/ex9".
        due: seconds since 1970; None where it is never late.
        grace_min: see `LatePolicy`.
        per_day: see there.
        cap: see there.
        most_attempts: None where there is no end of them.
    """

    path: str
    due: float | None = None
    grace_min: float = 0.0
    per_day: float = 0.0
    cap: float = 100.0
    most_attempts: int | None = None

    def late_policy(self, extended: float | None = None) -> LatePolicy:
        """Return the late policy; for somebody who has an extension, with its date."""
        due = max(filter(None, (self.due, extended)), default=None) if self.due else None
        moment = datetime.fromtimestamp(due, UTC) if due else None
        return LatePolicy(moment, self.grace_min, self.per_day, self.cap)


class Extension(NamedTuple):
    """More time that somebody has for an exercise."""

    exercise: str
    person_id: str
    due: float
    comment: str
    by_id: str | None


def make_course(
    connection: Connection, course: CourseRecord, exercises: Sequence[CourseExercise], at: float
) -> CourseRecord:
    """Make a course, and return it.

    Raises:
        BadCourseName: its name cannot stand in an address.
        CourseTaken: there is one of that name.
    """
    if not SLUG.fullmatch(course.id):
        raise BadCourseName(course.id)
    if course_with(connection, course.id):
        raise CourseTaken(course.id)
    course = course._replace(seed=course.seed or 1 + randbelow(SEEDS - 1))
    values = {**course._asdict(), "hidden_for": course.hidden_for.value}
    connection.execute(insert(courses).values(**values, made_at=at))
    for position, one in enumerate(exercises):
        values = {**one._asdict(), "course_id": course.id, "position": position}
        connection.execute(insert(course_exercises).values(**values))
    return course


def course_with(connection: Connection, course_id: str) -> CourseRecord | None:
    """Return a course, None where there is none of that name."""
    row = connection.execute(_WITH_ID, {"id": course_id}).mappings().first()
    return _course(row) if row else None


def all_courses(connection: Connection) -> list[CourseRecord]:
    """Return every course, by name."""
    rows = connection.execute(select(courses).order_by(courses.c.id)).mappings().all()
    return [_course(row) for row in rows]


def courses_of(connection: Connection, person_id: str) -> list[tuple[CourseRecord, Role]]:
    """Return the courses that somebody is in, with their role."""
    mine = and_(members.c.person_id == person_id, members.c.is_active)
    found = (
        connection.execute(
            select(courses, members.c.role)
            .join(members, members.c.course_id == courses.c.id)
            .where(mine)
            .order_by(courses.c.id)
        )
        .mappings()
        .all()
    )
    return [(_course(row), Role(row["role"])) for row in found]


def exercises_in(connection: Connection, course_id: str) -> list[CourseExercise]:
    """Return the exercises of a course, in their order."""
    rows = connection.execute(_EXERCISES, {"course_id": course_id}).mappings().all()
    return [_exercise(row) for row in rows]


def exercise_in(connection: Connection, course_id: str, path: str) -> CourseExercise | None:
    """Return an exercise of a course, None where it has none of that path."""
    here = {"course_id": course_id, "path": path}
    row = connection.execute(_EXERCISE, here).mappings().first()
    return _exercise(row) if row else None


def change_exercise(connection: Connection, course_id: str, exercise: CourseExercise) -> bool:
    """Change when an exercise is due, what being late costs, and how often one may try."""
    here = and_(course_exercises.c.course_id == course_id, course_exercises.c.path == exercise.path)
    changed = connection.execute(update(course_exercises).where(here).values(**exercise._asdict()))
    return bool(changed.rowcount)


def close_course(connection: Connection, course_id: str, at: float | None) -> None:
    """Close a course from a time on; None opens it again."""
    connection.execute(update(courses).where(courses.c.id == course_id).values(closed_at=at))


def show_hidden(connection: Connection, course_id: str, whom: HiddenFor) -> None:
    """Say who of a course's staff sees what hidden checks ask."""
    changed = update(courses).where(courses.c.id == course_id).values(hidden_for=whom.value)
    connection.execute(changed)


def extend(connection: Connection, course_id: str, extension: Extension, at: float) -> None:
    """Give somebody more time for an exercise, in place of what they had."""
    here = and_(
        extensions.c.course_id == course_id,
        extensions.c.exercise == extension.exercise,
        extensions.c.person_id == extension.person_id,
    )
    connection.execute(delete(extensions).where(here))
    values = {**extension._asdict(), "course_id": course_id, "made_at": at}
    connection.execute(insert(extensions).values(**values))


def extensions_in(connection: Connection, course_id: str) -> Mapping[tuple[str, str], Extension]:
    """Return the extensions of a course, by exercise and person."""
    here = extensions.c.course_id == course_id
    rows = connection.execute(select(extensions).where(here)).mappings().all()
    found = [Extension(*(row[name] for name in Extension._fields)) for row in rows]
    return {(one.exercise, one.person_id): one for one in found}


def _exercise(row: RowMapping) -> CourseExercise:
    return CourseExercise(*(row[name] for name in CourseExercise._fields))


def _course(row: RowMapping) -> CourseRecord:
    fields = {name: row[name] for name in CourseRecord._fields}
    return CourseRecord(**{**fields, "hidden_for": HiddenFor(row["hidden_for"])})
