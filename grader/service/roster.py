"""A course's roster: a table of people from a registry, and what it changes in the course."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from grader.course.people_table import UnreadTable, table_in
from grader.errors import Misused, at
from grader.service.database.people import (
    Person,
    Role,
    add_person,
    change_role,
    members_of,
    person_called,
    retire,
)


class UnreadPeople(Misused):
    """A file is no table of people."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(
            f"{place}: {reason}",
            hint="a CSV whose first line is name,email,student_number,role",
        )


class RosterChange(NamedTuple):
    """How many people a roster has added to a course, changed in it, and found as they were.

    Attributes:
        added: who were not in it.
        changed: who have another role now, or have come back.
        same: who were in it already.
        retired: students who are not in the roster, and in the course no more.
    """

    added: int = 0
    changed: int = 0
    same: int = 0
    retired: int = 0


def people_in(file: Path) -> list[tuple[Person, Role]]:
    """Return the people of a table, with their roles; who has none is a student.

    Raises:
        UnreadPeople: the file is no such table.
    """
    try:
        table = table_in(file)
    except (OSError, UnreadTable) as error:
        raise UnreadPeople(at(file), str(error)) from error
    people = []
    for row in table.rows:
        fields = [row.cells.get(name, "") for name in ("name", "email", "student_number")]
        role = row.cells.get("role", "").lower() or Role.STUDENT.value
        if role not in set(Role):
            raise UnreadPeople(at(file, row.line), f"{role!r} is no role")
        if not any(fields[1:]):
            raise UnreadPeople(at(file, row.line), "neither an email nor a student_number")
        name, email, number = fields
        people.append((Person("", name, email, number), Role(role)))
    return people


def enrol(
    connection: Connection, course_id: str, people: Sequence[tuple[Person, Role]], now: float
) -> RosterChange:
    """Add people to a course, by mail or number those who are known."""
    before = {one.person.id: one.role for one in members_of(connection, course_id) if one.is_active}
    roles: dict[str, Role] = {}
    for person, role in people:
        known = person_called(connection, person.email)
        known = known or person_called(connection, person.student_number)
        known = known or add_person(connection, person, now)
        change_role(connection, course_id, known.id, role)
        roles[known.id] = role
    added = len(roles.keys() - before.keys())
    same = sum(before.get(one) is role for one, role in roles.items())
    return RosterChange(added, len(roles) - added - same, same)


def retire_others(
    connection: Connection, course_id: str, people: Sequence[tuple[Person, Role]]
) -> int:
    """Have students who are not in a roster be in the course no more; their work stays.

    Returns:
        how many these were.
    """
    words = {word for person, _ in people for word in (person.email, person.student_number)} - {""}
    others = [
        one.person.id
        for one in members_of(connection, course_id)
        if one.is_active
        and one.role is Role.STUDENT
        and not words & {one.person.email, one.person.student_number}
    ]
    for person_id in others:
        retire(connection, course_id, person_id)
    return len(others)
