"""The courses of LMSs, and ours that belong to them; who is in them, and what their links open."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Table,
    and_,
    func,
    insert,
    select,
    update,
)

from grader.service.database.courses import (
    CourseExercise,
    CourseRecord,
    course_with,
    exercise_in,
    make_course,
)
from grader.service.database.lti.platforms import LtiPlatform
from grader.service.database.lti.tables import lti_contexts, lti_links, lti_members, lti_people
from grader.service.database.people import (
    Person,
    Role,
    add_person,
    change_role,
    new_id,
    person_with,
    role_in,
)
from grader.service.database.schema import course_exercises, people

LONGEST_NAME: Final = 40
USUAL_NAME: Final = "course"


class LmsCourse(NamedTuple):
    """A course of an LMS, and ours that belongs to it.

    Attributes:
        id: says nothing.
        platform_id: which LMS.
        deployment_id: where in it.
        lms_id: its id there.
        course_id: ours.
        title: its name there.
        lineitems_url: where its columns of marks are; "" where we may see none.
        scopes: what we may do there, with spaces between.
        members_url: where its roster is; "" where we may not see it.
        roster_at: when it was read last.
    """

    id: str
    platform_id: str
    deployment_id: str
    lms_id: str
    course_id: str
    title: str
    lineitems_url: str = ""
    scopes: str = ""
    members_url: str = ""
    roster_at: float | None = None


class LmsMember(NamedTuple):
    """A person as an LMS has told of them."""

    sub: str
    role: Role
    name: str = ""
    email: str = ""
    is_test: bool = False


class LmsLink(NamedTuple):
    """A link in a course of an LMS: the exercise that it opens, and where its marks go."""

    context: str
    link_id: str
    exercise: str
    lineitem_url: str


def person_of(
    connection: Connection, platform: LtiPlatform, member: LmsMember, at: float
) -> Person:
    """Return the person whom an LMS knows by an id, made where nobody is; names follow the LMS's.

    Nobody is found by a mail or a name: an LMS's admin could give anybody's to themselves.
    """
    known = person_known(connection, platform, member.sub)
    person = person_with(connection, known) if known else None
    if person is None:
        person = add_person(connection, Person("", member.name, member.email), at)
        keys = {"issuer": platform.issuer, "keys_url": platform.keys_url, "sub": member.sub}
        connection.execute(insert(lti_people).values(**keys, person_id=person.id))
        return person
    name, email = member.name or person.name, member.email or person.email
    if (name, email) != (person.name, person.email):
        change = update(people).where(people.c.id == person.id)
        connection.execute(change.values(name=name, email=email))
    return person._replace(name=name, email=email)


def person_known(connection: Connection, platform: LtiPlatform, sub: str) -> str | None:
    """Return the id of the person whom an LMS knows by an id of its own, None where nobody is."""
    here = _known_by(platform) & (lti_people.c.sub == sub)
    return connection.execute(select(lti_people.c.person_id).where(here)).scalar()


def sub_of(connection: Connection, platform: LtiPlatform, person_id: str) -> str:
    """Return how an LMS knows a person, "" where it does not."""
    here = _known_by(platform) & (lti_people.c.person_id == person_id)
    return str(connection.execute(select(lti_people.c.sub).where(here)).scalar() or "")


def lms_course(connection: Connection, told: LmsCourse, name: str, at: float) -> LmsCourse:
    """Return a course of an LMS as it is known now; where it is new, a course of ours is made.

    Args:
        connection: to the database.
        told: what the LMS says of it, without our ids.
        name: from which the name of ours is made.
        at: now.
    """
    keys = ("platform_id", "deployment_id", "lms_id")
    here = and_(*(lti_contexts.c[one] == getattr(told, one) for one in keys))
    row = connection.execute(select(lti_contexts).where(here)).mappings().first()
    if row is None:
        ours = CourseRecord(_free_name(connection, name), told.title or USUAL_NAME)
        make_course(connection, ours, [], at)
        made = told._replace(id=new_id(), course_id=ours.id)
        connection.execute(insert(lti_contexts).values(**made._asdict()))
        return made
    known = _course(row)
    urls = {
        one: getattr(told, one) or getattr(known, one)
        for one in ("title", "lineitems_url", "scopes", "members_url")
    }
    if known._replace(**urls) != known:
        connection.execute(update(lti_contexts).where(here).values(**urls))
    return known._replace(**urls)


def lms_courses(connection: Connection, course_id: str = "") -> list[LmsCourse]:
    """Return the courses of LMSs, those alone that a course of ours belongs to if one is named."""
    here = [lti_contexts.c.course_id == course_id] if course_id else []
    found = select(lti_contexts).where(*here).order_by(lti_contexts.c.id)
    return [_course(row) for row in connection.execute(found).mappings().all()]


def lms_course_with(connection: Connection, id_: str) -> LmsCourse | None:
    """Return a course of an LMS, None where there is none of that id."""
    found = select(lti_contexts).where(lti_contexts.c.id == id_)
    row = connection.execute(found).mappings().first()
    return _course(row) if row else None


def take_part(connection: Connection, course: LmsCourse, person_id: str, told: LmsMember) -> Role:
    """Have somebody be in a course as the LMS says, and return their role.

    A role that was changed here stays until the LMS says another one than before.
    """
    keys = {"context": course.id, "person_id": person_id}
    values = {"role": told.role.value, "is_test": told.is_test}
    before = _first(connection, lti_members, keys)
    _put(connection, lti_members, keys, values)
    now = role_in(connection, course.course_id, person_id)
    if now is None or before is None or before["role"] != told.role.value:
        change_role(connection, course.course_id, person_id, told.role)
        return told.role
    return now


def members_told(connection: Connection, course: LmsCourse) -> dict[str, bool]:
    """Return the ids of those whom an LMS has told of in a course, and whether each is a test."""
    here = lti_members.c.context == course.id
    found = select(lti_members.c.person_id, lti_members.c.is_test).where(here)
    return {one: bool(test) for one, test in connection.execute(found).all()}


def lms_test_users(connection: Connection, course_id: str) -> set[str]:
    """Return the ids of those in a course of ours who are nobody: an LMS's view as a student."""
    courses = select(lti_contexts.c.id).where(lti_contexts.c.course_id == course_id)
    here = lti_members.c.context.in_(courses), lti_members.c.is_test
    return set(connection.execute(select(lti_members.c.person_id).where(*here)).scalars())


def open_exercise(connection: Connection, course: LmsCourse, path: str) -> None:
    """Have an exercise be in our course, after the others, if it is not."""
    if exercise_in(connection, course.course_id, path) is not None:
        return
    here = course_exercises.c.course_id == course.course_id
    last = connection.execute(select(func.max(course_exercises.c.position)).where(here)).scalar()
    values = {**CourseExercise(path)._asdict(), "course_id": course.course_id}
    position = 0 if last is None else last + 1
    connection.execute(insert(course_exercises).values(**values, position=position))


def link_of_lms(connection: Connection, course: LmsCourse, link_id: str) -> LmsLink | None:
    """Return a link, None where nobody has opened it."""
    row = _first(connection, lti_links, {"context": course.id, "link_id": link_id})
    return LmsLink(*(row[name] for name in LmsLink._fields)) if row else None


def keep_link(connection: Connection, link: LmsLink) -> None:
    """Write down what a link opens, and where its marks go."""
    keys = {"context": link.context, "link_id": link.link_id}
    _put(
        connection, lti_links, keys, {"exercise": link.exercise, "lineitem_url": link.lineitem_url}
    )


def lineitems_for(connection: Connection, course: LmsCourse, exercise: str) -> list[str]:
    """Return where the marks of an exercise go, by its links."""
    here = (
        lti_links.c.context == course.id,
        lti_links.c.exercise == exercise,
        lti_links.c.lineitem_url != "",
    )
    found = select(lti_links.c.lineitem_url).where(*here).order_by(lti_links.c.link_id)
    return list(dict.fromkeys(connection.execute(found).scalars()))


def exercises_linked(connection: Connection, course: LmsCourse) -> list[str]:
    """Return the exercises that links of a course open."""
    here = lti_links.c.context == course.id, lti_links.c.exercise != ""
    found = select(lti_links.c.exercise).where(*here).distinct()
    return sorted(connection.execute(found).scalars())


def _known_by(platform: LtiPlatform) -> ColumnElement[bool]:
    """Return the condition on those whom an LMS knows, under whatever registration."""
    return and_(lti_people.c.issuer == platform.issuer, lti_people.c.keys_url == platform.keys_url)


def _free_name(connection: Connection, wanted: str) -> str:
    """Return a name for a course that none has, made from another one."""
    start = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")[:LONGEST_NAME] or USUAL_NAME
    name, number = start, 1
    while course_with(connection, name):
        number += 1
        name = f"{start}-{number}"
    return name


def _first(connection: Connection, table: Table, keys: dict[str, str]) -> RowMapping | None:
    here = [table.c[name] == value for name, value in keys.items()]
    return connection.execute(select(table).where(*here)).mappings().first()


def _put(
    connection: Connection, table: Table, keys: dict[str, str], values: Mapping[str, object]
) -> None:
    here = [table.c[name] == value for name, value in keys.items()]
    if not connection.execute(update(table).where(*here).values(**values)).rowcount:
        connection.execute(insert(table).values(**keys, **values))


def _course(row: RowMapping) -> LmsCourse:
    return LmsCourse(*(row[name] for name in LmsCourse._fields))
