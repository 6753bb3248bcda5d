"""People, and the role that each has in a course."""

from collections.abc import Iterable
from enum import StrEnum
from secrets import token_urlsafe
from typing import Final, NamedTuple

from sqlalchemy import Connection, RowMapping, and_, bindparam, insert, or_, select, update

from grader.service.database.schema import members, people
from grader.submissions.student import Student

ID_BYTES: Final = 12
AT_ONCE: Final = 5000

_WITH_ID: Final = select(people).where(people.c.id == bindparam("id"))
_ROLE: Final = select(members.c.role).where(
    members.c.course_id == bindparam("course_id"),
    members.c.person_id == bindparam("person_id"),
    members.c.is_active,
)


class Role(StrEnum):
    """What somebody is in a course."""

    STUDENT = "student"
    TA = "ta"
    INSTRUCTOR = "instructor"


RANKS: Final = (Role.STUDENT, Role.TA, Role.INSTRUCTOR)
STAFF: Final = frozenset({Role.TA, Role.INSTRUCTOR})


class Person(NamedTuple):
    """Somebody whom the service knows.

    Attributes:
        id: says nothing about them.
        name: "" where nobody has told it.
        email: "" as well.
        student_number: in the system that the course uses; "" as well.
        is_admin: whether they run the service.
    """

    id: str
    name: str = ""
    email: str = ""
    student_number: str = ""
    is_admin: bool = False

    @property
    def shown(self) -> str:
        """The name, or something that tells people apart who have none."""
        return self.name or self.email or self.student_number or f"somebody ({self.id[:6]})"

    @property
    def student(self) -> Student:
        """The person as marks have them."""
        first, _, last = self.name.rpartition(" ")
        return Student(self.id, self.name, self.student_number, "", first, last, self.email)


class Member(NamedTuple):
    """A person in a course."""

    person: Person
    role: Role
    is_active: bool = True


def new_id() -> str:
    """Return an id that nobody can guess."""
    return token_urlsafe(ID_BYTES)


def add_person(connection: Connection, person: Person, at: float) -> Person:
    """Write down somebody new, and return them with their id."""
    person = person._replace(id=person.id or new_id())
    connection.execute(insert(people).values(**person._asdict(), made_at=at))
    return person


def person_with(connection: Connection, person_id: str) -> Person | None:
    """Return a person, None where nobody has that id."""
    row = connection.execute(_WITH_ID, {"id": person_id}).mappings().first()
    return _person(row) if row else None


def person_called(connection: Connection, word: str) -> Person | None:
    """Return the one person who has an id, an email or a number, None where that is nobody."""
    if not word:
        return None
    fits = or_(people.c.id == word, people.c.email == word, people.c.student_number == word)
    rows = connection.execute(select(people).where(fits).limit(2)).mappings().all()
    return _person(rows[0]) if len(rows) == 1 else None


def people_with(connection: Connection, ids: Iterable[str]) -> dict[str, Person]:
    """Return the people who have some ids, by these."""
    wanted, found = list(ids), {}
    for start in range(0, len(wanted), AT_ONCE):  # a statement takes so many values, and no more
        some = people.c.id.in_(wanted[start : start + AT_ONCE])
        for row in connection.execute(select(people).where(some)).mappings().all():
            found[row["id"]] = _person(row)
    return found


def make_admin(connection: Connection, person_id: str) -> None:
    """Have somebody run the service from now on."""
    connection.execute(update(people).where(people.c.id == person_id).values(is_admin=True))


def join(connection: Connection, course_id: str, person_id: str, role: Role) -> None:
    """Give somebody a role in a course; who has a higher one keeps it."""
    before = role_in(connection, course_id, person_id)
    if before is None or RANKS.index(before) < RANKS.index(role):
        change_role(connection, course_id, person_id, role)


def change_role(connection: Connection, course_id: str, person_id: str, role: Role) -> None:
    """Give somebody exactly this role in a course."""
    mine = and_(members.c.course_id == course_id, members.c.person_id == person_id)
    values = {"role": role.value, "is_active": True}
    if not connection.execute(update(members).where(mine).values(**values)).rowcount:
        keys = {"course_id": course_id, "person_id": person_id}
        connection.execute(insert(members).values(**keys, **values))


def retire(connection: Connection, course_id: str, person_id: str) -> bool:
    """Have somebody be in a course no more, whose work stays; return whether they were in it."""
    mine = and_(members.c.course_id == course_id, members.c.person_id == person_id)
    here = mine, members.c.is_active
    return bool(connection.execute(update(members).where(*here).values(is_active=False)).rowcount)


def role_in(connection: Connection, course_id: str, person_id: str) -> Role | None:
    """Return the role that somebody has in a course, None where they are not in it."""
    mine = {"course_id": course_id, "person_id": person_id}
    role = connection.execute(_ROLE, mine).scalar()
    return Role(role) if role else None


def was_in(connection: Connection, course_id: str, person_id: str) -> bool:
    """Return whether somebody is in a course, or has been."""
    mine = and_(members.c.course_id == course_id, members.c.person_id == person_id)
    return connection.execute(select(members.c.role).where(mine)).first() is not None


def members_of(connection: Connection, course_id: str) -> list[Member]:
    """Return everyone in a course, by name."""
    found = (
        connection.execute(
            select(people, members.c.role, members.c.is_active)
            .join(members, members.c.person_id == people.c.id)
            .where(members.c.course_id == course_id)
        )
        .mappings()
        .all()
    )
    everyone = [Member(_person(row), Role(row["role"]), row["is_active"]) for row in found]
    return sorted(everyone, key=lambda one: (one.person.shown.casefold(), one.person.id))


def _person(row: RowMapping) -> Person:
    return Person(*(row[name] for name in Person._fields))
