"""Copies a whole database into another one, of either kind: a backup is a file of SQLite's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, MetaData, Table, func, insert, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError

from grader.errors import FileExists, Misused, at
from grader.service.database.engines import engine, shown
from grader.service.database.revisions import bring_forward, is_known, version_of

AT_ONCE: Final = 500
VERSION: Final = "alembic_version"


class DatabaseNotEmpty(Misused):
    """A database that should receive a backup holds something."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url} is not empty", hint="restore into a new one: name another --data or --database"
        )


class NoBackup(Misused):
    """A file is no backup of the service's."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            f"{file} is no backup: {reason}", hint="name a file that `grade admin backup` wrote"
        )


def back_up(url: URL, file: Path) -> None:
    """Write a database into a new file; whoever writes to it meanwhile is not kept waiting.

    Raises:
        FileExists: there is a file already.
    """
    if file.exists():
        raise FileExists(at(file))
    new = file.with_name(f".{file.name}.new")
    new.unlink(missing_ok=True)
    _copy(url, make_url(f"sqlite:///{new}"))
    new.rename(file)


def restore(file: Path, url: URL) -> None:
    """Write a backup into an empty database.

    Raises:
        NoBackup: the file is none.
        DatabaseNotEmpty: the database holds something.
    """
    if not file.is_file():
        raise NoBackup(at(file), "there is no such file")
    try:
        _copy(make_url(f"sqlite:///{file}"), url)
    except SQLAlchemyError as error:
        raise NoBackup(at(file), str(getattr(error, "orig", None) or error)) from error


def _copy(source: URL, target: URL) -> None:
    reading, writing = engine(source, writes=False), engine(target, writes=True)
    try:
        with reading.connect() as one, writing.begin() as other:
            version = version_of(one)
            if not version or not is_known(version):
                raise NoBackup(shown(source), f"its version is {version or 'none'}")
            if version_of(other):
                raise DatabaseNotEmpty(shown(target))
            bring_forward(other, version)
            _copy_rows(one, other)
    finally:
        reading.dispose()
        writing.dispose()


def _copy_rows(one: Connection, other: Connection) -> None:
    """Copy every row, tables that others refer to first."""
    tables = MetaData()
    tables.reflect(one)
    goals = MetaData()
    goals.reflect(other)
    for table in tables.sorted_tables:
        if table.name == VERSION:
            continue
        for rows in _batches(one, table):
            other.execute(insert(goals.tables[table.name]), rows)
        if other.dialect.name == "postgresql" and "number" in table.columns:
            _go_on_counting(other, goals.tables[table.name])


def _batches(connection: Connection, table: Table) -> Iterator[list[dict[str, object]]]:
    found = connection.execution_options(yield_per=AT_ONCE).execute(select(table)).mappings()
    for rows in found.partitions(AT_ONCE):
        yield [dict(row) for row in rows]


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Have numbers begin after those that were copied: PostgreSQL counts apart from its rows."""
    highest = connection.execute(select(func.max(table.c.number))).scalar()
    if highest is not None:
        says = text("SELECT setval(pg_get_serial_sequence(:table, 'number'), :highest)")
        connection.execute(says, {"table": table.name, "highest": highest})
