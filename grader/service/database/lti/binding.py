"""An LMS's course is bound to a course of ours that there is: who is in it, and what it links."""

from sqlalchemy import Connection, select, update

from grader.errors import Misused
from grader.service.database.courses import NoSuchCourse, close_course, course_with
from grader.service.database.lti.places import (
    LmsCourse,
    exercises_linked,
    lms_course_with,
    lms_courses,
    open_exercise,
)
from grader.service.database.lti.tables import lti_contexts, lti_members
from grader.service.database.people import Role, change_role, retire, role_in
from grader.service.database.schema import submissions


class NoSuchLmsCourse(Misused):
    """No course of an LMS, or more than one, is called so."""

    def __init__(self, word: str) -> None:
        super().__init__(
            f"no course of that LMS goes by {word!r} alone",
            hint="see `grade admin platform courses`; its first launch makes it known",
        )


class WorkThere(Misused):
    """Work was handed in in the course that an LMS's course belongs to, and cannot move."""

    def __init__(self, course_id: str) -> None:
        super().__init__(
            f"work was handed in in {course_id} already, where it would stay behind",
            hint="bind a course before its students hand in, or go on with the one it has",
        )


def lms_course_called(connection: Connection, platform_id: str, word: str) -> LmsCourse:
    """Return a course of an LMS by its id there, its name there, or the id of ours.

    Raises:
        NoSuchLmsCourse: none is called so, or more than one.
    """
    ours = [one for one in lms_courses(connection) if one.platform_id == platform_id]
    found = [one for one in ours if word in (one.id, one.lms_id, one.title, one.course_id)]
    if len(found) != 1:
        raise NoSuchLmsCourse(word)
    return found[0]


def bind_course(connection: Connection, context: str, course_id: str, at: float) -> LmsCourse:
    """Have an LMS's course belong to another course of ours, and return it.

    Who has come from the LMS is in that one now, in the role that they have there already, else in
    the LMS's; the exercises that its links open are in it, too. The course that was made for it is
    closed where no other LMS's course belongs to it.

    Raises:
        NoSuchLmsCourse: there is none of this id.
        NoSuchCourse: there is none of ours.
        WorkThere: work was handed in in the course to which it belongs.
    """
    known = lms_course_with(connection, context)
    if known is None:
        raise NoSuchLmsCourse(context)
    if course_with(connection, course_id) is None:
        raise NoSuchCourse(course_id)
    if known.course_id == course_id:
        return known
    here = submissions.c.course_id == known.course_id
    if connection.execute(select(submissions.c.number).where(here).limit(1)).first():
        raise WorkThere(known.course_id)
    change = update(lti_contexts).where(lti_contexts.c.id == context)
    connection.execute(change.values(course_id=course_id))
    bound = known._replace(course_id=course_id)
    _move_people(connection, known, bound, at)
    for path in exercises_linked(connection, bound):
        open_exercise(connection, bound, path)
    return bound


def _move_people(connection: Connection, known: LmsCourse, bound: LmsCourse, at: float) -> None:
    is_left = not lms_courses(connection, known.course_id)
    told = select(lti_members).where(lti_members.c.context == known.id)
    for row in connection.execute(told).mappings().all():
        if role_in(connection, bound.course_id, row["person_id"]) is None:
            change_role(connection, bound.course_id, row["person_id"], Role(row["role"]))
        if is_left:
            retire(connection, known.course_id, row["person_id"])
    if is_left:
        close_course(connection, known.course_id, at)
