"""A course to look around in: every exercise that there is, a student, a TA and an admin."""

from collections.abc import Iterable, Iterator
from typing import Final

from sqlalchemy import Connection

from grader.service.database.courses import (
    CourseExercise,
    CourseRecord,
    course_with,
    exercises_in,
    make_course,
)
from grader.service.database.credentials import EntryLink, make_link
from grader.service.database.people import (
    Person,
    Role,
    add_person,
    change_role,
    person_called,
)

COURSE: Final = "demo"
TITLE: Final = "Build your own autograd"
USES: Final = 1000  # the links are for one's own machine, and clicked more than once
PEOPLE: Final = (
    (Person("", "Ada Student", "student@demo.example"), Role.STUDENT),
    (Person("", "Tom Assistant", "ta@demo.example"), Role.TA),
    (Person("", "Ann Admin", "admin@demo.example", is_admin=True), Role.INSTRUCTOR),
)


def demo_links(
    connection: Connection, paths: Iterable[str], at: float
) -> Iterator[tuple[str, str]]:
    """Make the demo where it is not there yet; yield a name and a link's secret for each person.

    Args:
        connection: to the database.
        paths: of the exercises.
        at: now.
    """
    if course_with(connection, COURSE) is None:
        exercises = [CourseExercise(path) for path in paths]
        make_course(connection, CourseRecord(COURSE, TITLE), exercises, at)
    for person, role in PEOPLE:
        known = person_called(connection, person.email)
        known = known or add_person(connection, person, at)
        change_role(connection, COURSE, known.id, role)
        word = "admin" if person.is_admin else role.value
        link = EntryLink(known.id, COURSE, uses_left=USES)
        yield word, make_link(connection, link, at)


def first_exercise(connection: Connection) -> str:
    """Return the path of the demo's first exercise."""
    return next(iter(exercises_in(connection, COURSE))).path
