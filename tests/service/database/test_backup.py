"""A backup is a whole database, and goes into one of either kind."""

from pathlib import Path

import pytest
from sqlalchemy import URL, make_url, select

from grader.errors import FileExists
from grader.service.database.backup import DatabaseNotEmpty, NoBackup, back_up, restore
from grader.service.database.courses import course_with
from grader.service.database.engines import engine
from grader.service.database.lti.tables import metadata
from grader.service.database.marks import marks_in
from grader.service.database.migration import migrate
from tests.service.running import COURSE, Site


def rows(url: URL) -> dict[str, list[tuple[object, ...]]]:
    made = engine(url, writes=False)
    with made.connect() as connection:
        found = {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }
    made.dispose()
    return found


def test_what_is_restored_into_another_database_is_equal_and_goes_on(
    served: Site, database_url: URL, tmp_path: Path
) -> None:
    served.hand_in("ada")
    served.hand_in("bob")
    before = served.service.settings.database
    back_up(before, tmp_path / "backup.sqlite3")

    restore(tmp_path / "backup.sqlite3", database_url)

    assert rows(database_url) == rows(before)
    made = engine(database_url, writes=True)
    with made.begin() as connection:
        course = course_with(connection, COURSE)
        assert course is not None
        marks = marks_in(connection, course, {})
        highest = connection.execute(
            metadata.tables["audit"].insert().values(at=1.0, action="more")
        ).inserted_primary_key
    made.dispose()
    assert [one.mark.score for one in marks] == [3.0, 3.0]
    assert highest is not None


def test_a_backup_replaces_no_file(served: Site, tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"mine")

    with pytest.raises(FileExists, match="there exists already"):
        back_up(served.service.settings.database, tmp_path / "there")


def test_nothing_is_restored_over_what_is_there(served: Site, tmp_path: Path) -> None:
    url = served.service.settings.database
    back_up(url, tmp_path / "backup.sqlite3")

    with pytest.raises(DatabaseNotEmpty, match="is not empty"):
        restore(tmp_path / "backup.sqlite3", url)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "there is no such file"),
        (b"", "its version is none"),
        (b"x" * 4096, "not a database"),
    ],
)
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes | None, says: str) -> None:
    file = tmp_path / "backup.sqlite3"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(NoBackup, match=says):
        restore(file, make_url(f"sqlite:///{tmp_path}/new.sqlite3"))


def test_a_backup_is_made_before_a_step_forward(
    database_url: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(database_url, tmp_path)
    monkeypatch.setattr("grader.service.database.migration.newest_version", lambda: "9999")

    saved = migrate(database_url, tmp_path / "backups")

    assert rows(make_url(f"sqlite:///{saved}")) == rows(database_url)
