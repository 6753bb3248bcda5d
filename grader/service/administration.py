"""What an admin does from the command line, while the service runs or not."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection

from grader.errors import Misused
from grader.reports.files import write_whole
from grader.service.database.audit import AuditEntry, note
from grader.service.database.backup import back_up, restore
from grader.service.database.courses import (
    CourseExercise,
    CourseRecord,
    NoSuchCourse,
    all_courses,
    course_with,
    make_course,
)
from grader.service.database.credentials import (
    DAY_S,
    SCOPES,
    ApiToken,
    EntryLink,
    make_link,
    make_token,
)
from grader.service.database.engines import engine, shown
from grader.service.database.people import (
    Person,
    Role,
    add_person,
    make_admin,
    person_called,
)
from grader.service.database.privacy import export_of, forget, remove_old_work
from grader.service.database.revisions import newest_version, version_of
from grader.service.exercises import exercises_named
from grader.service.roster import enrol
from grader.service.settings import ServiceSettings

T = TypeVar("T")

LINK_DAYS: Final = 14


class OutdatedDatabase(Misused):
    """A database is not of the version that this program works with."""

    def __init__(self, url: str, version: str) -> None:
        super().__init__(
            f"{url} is of version {version or 'none'}, and {newest_version()} is needed",
            hint="grade admin migrate",
        )


class NobodyCalled(Misused):
    """Nobody, or more than one, has a name."""

    def __init__(self, word: str) -> None:
        super().__init__(
            f"nobody is called {word!r}", hint="name one person by email, number or id"
        )


class Administration:
    """The database of a service, changed by whoever has the machine."""

    def __init__(self, settings: ServiceSettings, now: Callable[[], float] = time.time) -> None:
        """Be ready to change it.

        Args:
            settings: where it is.
            now: the clock.
        """
        self._settings, self._now = settings, now

    def make_course(self, course: CourseRecord, exercises: tuple[str, ...]) -> list[str]:
        """Make a course with exercises that are named, or whole tracks; return their paths."""
        paths = exercises_named(exercises, self._settings.homes)
        known = [CourseExercise(path) for path in paths]
        self._change("make course", lambda one: make_course(one, course, known, self._now()))
        return paths

    def courses(self) -> list[CourseRecord]:
        """Return every course."""
        return self._change("", all_courses)

    def invite(self, course: str, role: Role, uses: int) -> str:
        """Return the address of a link that lets people into a course."""
        self._course(course)
        link = EntryLink(None, course, role.value, uses, self._now() + LINK_DAYS * DAY_S)
        secret = self._change("invitation", lambda one: make_link(one, link, self._now()))
        return f"{self._settings.url}/enter/{secret}"

    def let_in(self, word: str, *, is_admin: bool = False) -> str:
        """Return the address of a link for one person, who is made where nobody is called so."""

        def made(connection: Connection) -> str:
            person = person_called(connection, word)
            if person is None and not is_admin:
                raise NobodyCalled(word)
            person = person or add_person(
                connection, Person("", "", word, is_admin=is_admin), self._now()
            )
            if is_admin:
                make_admin(connection, person.id)
            return make_link(connection, EntryLink(person.id), self._now())

        return f"{self._settings.url}/enter/{self._change('let in', made)}"

    def token(self, word: str, label: str, scopes: tuple[str, ...]) -> str:
        """Return the secret of a new token of somebody's."""

        def made(connection: Connection) -> str:
            person = self._person(connection, word)
            token = ApiToken("", person.id, label, tuple(one for one in SCOPES if one in scopes))
            return make_token(connection, token, self._now())[1]

        return self._change("token", made)

    def enrol(self, course: str, people: list[tuple[Person, Role]]) -> int:
        """Add people to a course, by mail or number those who are known; return how many."""
        self._course(course)
        return sum(self._change("enrol", lambda one: enrol(one, course, people, self._now()))[:3])

    def back_up(self, file: Path) -> None:
        """Write everything into a file."""
        back_up(self._settings.database, file)

    def restore(self, file: Path) -> None:
        """Write a backup into this database, which has to be empty."""
        self._settings.data.mkdir(parents=True, exist_ok=True)
        restore(file, self._settings.database)

    def export(self, word: str, file: Path) -> None:
        """Write everything that is known of somebody into a file."""
        known = self._change("", lambda one: export_of(one, self._person(one, word).id))
        write_whole(file, json.dumps(known, indent=1, ensure_ascii=False).encode())

    def forget(self, word: str) -> int:
        """Remove somebody with all of their work; return how many submissions that was."""
        return self._change(
            "forget", lambda one: forget(one, self._person(one, word).id, self._now())
        )

    def remove_old(self, days: int) -> int:
        """Remove files and reports that are older than so many days; return how many."""
        before = self._now() - days * DAY_S
        return self._change("retention", lambda one: remove_old_work(one, before))

    def _change(self, action: str, change: Callable[[Connection], T]) -> T:
        """Change the database, and write that into the log."""
        with self._open() as connection:
            done = change(connection)
            if action:
                note(connection, AuditEntry(action, at=self._now()))
            return done

    @contextmanager
    def _open(self) -> Iterator[Connection]:
        made = engine(self._settings.database, writes=True)
        try:
            with made.begin() as connection:
                version = version_of(connection)
                if version != newest_version():
                    raise OutdatedDatabase(shown(self._settings.database), version)
                yield connection
        finally:
            made.dispose()

    def _course(self, name: str) -> None:
        if self._change("", lambda one: course_with(one, name)) is None:
            raise NoSuchCourse(name)

    def _person(self, connection: Connection, word: str) -> Person:
        person = person_called(connection, word)
        if person is None:
            raise NobodyCalled(word)
        return person
