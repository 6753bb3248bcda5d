"""A database is brought forward step by step, to what the tables say, and saved before."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, make_url, text

from grader.service.database import engines
from grader.service.database.engines import UnknownDatabase, database_url, engine, shown
from grader.service.database.lti.tables import metadata
from grader.service.database.migration import NewerDatabase, NoConnection, migrate
from grader.service.database.revisions import (
    VERSIONS,
    _scripts,
    bring_forward,
    newest_version,
    version_of,
)


def test_the_steps_lead_to_the_tables_that_the_program_uses(
    database_url: URL, tmp_path: Path
) -> None:
    migrate(database_url, tmp_path)

    made = engine(database_url, writes=False)
    with made.connect() as connection:
        different = compare_metadata(MigrationContext.configure(connection), metadata)
        version = version_of(connection)
    made.dispose()

    assert different == []
    assert version == newest_version()


def test_the_versions_that_are_named_are_those_that_there_are_steps_to() -> None:
    steps = [script.revision for script in _scripts().walk_revisions()]

    assert tuple(reversed(steps)) == VERSIONS


def test_a_database_of_the_newest_version_is_left_as_it_is(
    database_url: URL, tmp_path: Path
) -> None:
    assert migrate(database_url, tmp_path / "backups") == ""
    assert migrate(database_url, tmp_path / "backups") == ""
    assert not (tmp_path / "backups").exists()


def test_a_database_from_a_newer_program_is_refused(database_url: URL, tmp_path: Path) -> None:
    migrate(database_url, tmp_path)
    made = engine(database_url, writes=True)
    with made.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    made.dispose()

    with pytest.raises(NewerDatabase, match=r"is of version 9999, which this grade does not know"):
        migrate(database_url, tmp_path)


def test_a_file_that_is_no_database_is_told_as_such(tmp_path: Path) -> None:
    file = tmp_path / "grade.sqlite3"
    file.write_bytes(b"no database at all, and long enough to be read as one" * 40)

    with pytest.raises(NoConnection, match="does not open: file is not a database"):
        migrate(make_url(f"sqlite:///{file}"), tmp_path)


def test_every_step_can_be_made_alone(database_url: URL) -> None:
    made = engine(database_url, writes=True)
    with made.begin() as connection:
        bring_forward(connection, "0001")
        version = version_of(connection)
    made.dispose()

    assert version == "0001"


@pytest.mark.parametrize(
    ("named", "says"),
    [("mysql://root@host/grade", "mysql is not supported"), ("grade.db", "it is no URL")],
)
def test_a_database_of_another_kind_is_refused(named: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownDatabase, match=says):
        database_url_of(named, tmp_path)


def test_a_password_is_not_shown() -> None:
    assert "secret" not in shown(make_url("postgresql://me:secret@host/grade"))


def test_a_commit_to_sqlite_is_on_the_disk_when_it_returns(
    tmp_path: Path, synchronous: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other tests in this process need not wait for that: see `synchronous`."""
    monkeypatch.setattr(engines, "SYNCHRONOUS", synchronous)
    made = engine(make_url(f"sqlite:///{tmp_path}/test.sqlite3"), writes=True)

    with made.connect() as connection:
        told = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
    made.dispose()

    assert told == 2  # FULL, https://sqlite.org/pragma.html#pragma_synchronous


database_url_of = database_url
del database_url
