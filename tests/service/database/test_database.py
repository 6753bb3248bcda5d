"""Changes are written together, and each is its own: one that fails takes no other with it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import URL, Connection, event, func, select
from sqlalchemy.exc import IntegrityError, OperationalError

from grader.service.database.database import Database
from grader.service.database.migration import migrate
from grader.service.database.people import Person, add_person
from grader.service.database.schema import people


def counted(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(people)).scalar() or 0)


def test_many_changes_are_few_commits_and_one_that_fails_is_alone(
    database_url: URL, tmp_path: object
) -> None:
    migrate(database_url, tmp_path)  # type: ignore[arg-type]
    database = Database(database_url)
    commits: list[object] = []
    event.listen(database._writing, "commit", commits.append)

    async def many() -> list[object]:
        names = [*map(str, range(50)), "7"]
        changes = (database.write(add_person, Person(name), 1.0) for name in names)
        return await asyncio.gather(*changes, return_exceptions=True)

    results = asyncio.run(many())
    found = asyncio.run(database.read(counted))
    database.close()

    assert found == 50
    assert isinstance(results[-1], IntegrityError)
    assert not any(isinstance(one, Exception) for one in results[:-1])
    assert len(commits) < 25


def test_what_waits_is_written_before_the_database_closes(
    database_url: URL, tmp_path: object
) -> None:
    migrate(database_url, tmp_path)  # type: ignore[arg-type]
    first = Database(database_url)
    waiting = [first.later(add_person, Person(str(number)), 1.0) for number in range(20)]
    first.close()

    second = Database(database_url)
    found = asyncio.run(second.read(counted))
    second.close()

    assert all(one.done() for one in waiting)
    assert found == 20


def test_what_a_change_raises_is_for_whoever_asked(database_url: URL, tmp_path: object) -> None:
    migrate(database_url, tmp_path)  # type: ignore[arg-type]
    database = Database(database_url)

    def fails(connection: Connection) -> None:
        add_person(connection, Person("x"), 1.0)
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        asyncio.run(database.write(fails))
    found = asyncio.run(database.read(counted))
    database.close()

    assert found == 0


def test_who_reads_after_a_failure_sees_what_was_written_since(
    database_url: URL, tmp_path: object
) -> None:
    migrate(database_url, tmp_path)  # type: ignore[arg-type]
    database = Database(database_url)

    def breaks_off(connection: Connection) -> None:
        for _row in connection.execute(select(people)):
            raise KeyError("a row is left")

    async def life() -> list[int]:
        for name in "ab":
            await database.write(add_person, Person(name), 1.0)
        for _ in range(6):
            with pytest.raises(KeyError):
                await database.read(breaks_off)
        await database.write(add_person, Person("c"), 1.0)
        return [await database.read(counted) for _ in range(6)]

    found = asyncio.run(life())
    database.close()

    assert found == [3] * 6


def test_who_gives_up_waiting_stops_nobody_else(database_url: URL, tmp_path: object) -> None:
    migrate(database_url, tmp_path)  # type: ignore[arg-type]
    database = Database(database_url)

    waits = [database.later(add_person, Person(str(number)), 1.0) for number in range(40)]
    given_up = [one for one in waits if one.cancel()]
    last = database.later(add_person, Person("last"), 1.0).result(600)
    found = asyncio.run(database.read(counted))
    database.close()

    assert last.id == "last"
    assert found == 41 - len(given_up)


def waits_for(may_go_on: Event) -> Callable[[Connection], None]:
    """A change that keeps the writer busy, so that all that comes meanwhile is written at once."""

    def change(_connection: Connection) -> None:
        assert may_go_on.wait(120)

    return change


def takes_all_with_it(connection: Connection) -> None:
    """A change after which the database has taken back the whole transaction."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
        return
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    try:
        add_person(connection, Person("big", "x" * 1_000_000), 1.0)
    finally:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")


def test_what_is_told_as_written_is_written_whatever_became_of_what_was_written_with_it(
    database_url: URL, tmp_path: Path
) -> None:
    migrate(database_url, tmp_path)
    database, may_go_on = Database(database_url), Event()

    database.later(waits_for(may_go_on))
    before = database.later(add_person, Person("before"), 1.0)
    fails = database.later(takes_all_with_it)
    after = database.later(add_person, Person("after"), 1.0)
    may_go_on.set()

    with pytest.raises(OperationalError):
        fails.result(120)
    told = {before.result(120).id, after.result(120).id}
    found = asyncio.run(database.read(lambda one: set(one.execute(select(people.c.id)).scalars())))
    database.close()
    assert found == told == {"before", "after"}
