"""Engines for the two databases that the service knows: SQLite in a file, and PostgreSQL."""

import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from grader.errors import Misused, install_command

DRIVERS: Final = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
FIXED_WAL: Final = (3, 51, 3)
"""Before it, processes that write to one file may meet a reset of its log that loses a commit."""

BUSY_MS: Final = 10_000
SYNCHRONOUS = "FULL"
"""What was answered with 202 is on the disk, and survives that the power fails."""


class UnknownDatabase(Misused):
    """A URL names no database that the service can use."""

    def __init__(self, url: str, reason: str, hint: str = "") -> None:
        super().__init__(
            f"--database {url}: {reason}",
            hint=hint or "write postgresql://USER@HOST/NAME, or leave it out for a file",
        )


def database_url(named: str, data: Path) -> URL:
    """Return the URL of the database that was named; SQLite's file in `data` where none was.

    Raises:
        UnknownDatabase: it is neither SQLite's nor PostgreSQL's, or its driver is not installed.
    """
    try:
        url = make_url(named or f"sqlite:///{data / 'grade.sqlite3'}")
    except ArgumentError as error:
        raise UnknownDatabase(named, "it is no URL") from error
    kind = url.get_backend_name()
    if kind not in DRIVERS:
        raise UnknownDatabase(shown(url), f"{kind} is not supported")
    if kind == "postgresql":
        try:
            import psycopg  # noqa: F401
        except ImportError as error:
            hint = install_command('"psycopg[binary]"')
            raise UnknownDatabase(shown(url), "psycopg is not installed", hint) from error
    return url.set(drivername=DRIVERS[kind])


def shown(url: URL) -> str:
    """Return a URL without its password."""
    return url.render_as_string(hide_password=True)


def engine(url: URL, *, writes: bool) -> Engine:
    """Return an engine; SQLite's takes the file's lock when a transaction that writes begins.

    One that reads first and locks later fails where somebody has written in between.
    """
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_size=2 if writes else 5, pool_pre_ping=True)
    made = create_engine(url, connect_args={"check_same_thread": False})
    event.listen(made, "connect", _set_up)
    event.listen(made, "begin", _begin_writing if writes else _begin)
    return made


def is_sqlite(url: URL) -> bool:
    """Return whether a URL is SQLite's."""
    return url.get_backend_name() == "sqlite"


def sqlite_version() -> str:
    """Return SQLite's version, and what is to be known of it."""
    known = "" if sqlite3.sqlite_version_info >= FIXED_WAL else "; let one process write to a file"
    return f"SQLite {sqlite3.sqlite_version}{known}"


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the module's own transactions know no savepoints
    for says in (
        "journal_mode=WAL",
        f"synchronous={SYNCHRONOUS}",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
    ):
        connection.execute(f"PRAGMA {says}").close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
