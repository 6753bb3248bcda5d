"""Brings a database forward to the version that this program knows, after a backup."""

from pathlib import Path
from time import strftime
from typing import Final

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from grader.errors import GraderAtFault, Misused
from grader.service.database.backup import back_up
from grader.service.database.engines import engine, shown
from grader.service.database.revisions import bring_forward, is_known, newest_version, version_of

WHEN: Final = "%Y%m%d-%H%M%S"


class NewerDatabase(Misused):
    """A database was written by a version of grade that is newer than this one."""

    def __init__(self, url: str, version: str) -> None:
        super().__init__(
            f"{url} is of version {version}, which this grade does not know",
            hint="upgrade grade, or restore the backup that was made before the database was",
        )


class NoConnection(GraderAtFault):
    """A database does not open."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"{url} does not open: {reason}", hint="see that it runs, and that it may be written"
        )


def migrate(url: URL, backups: Path) -> str:
    """Bring a database forward; return the path of the backup made before, "" where none was.

    Args:
        url: of the database.
        backups: the folder that gets a backup where there is something to lose.

    Raises:
        NewerDatabase: it is of a version that this program does not know.
        NoConnection: it does not open.
    """
    made = engine(url, writes=True)
    try:
        with made.begin() as connection:
            version = version_of(connection)
        if not is_known(version):
            raise NewerDatabase(shown(url), version)
        if version == newest_version():
            return ""
        saved = _saved(url, version, backups) if version else ""
        with made.begin() as connection:
            bring_forward(connection)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise NoConnection(shown(url), reason) from error
    finally:
        made.dispose()
    return saved


def _saved(url: URL, version: str, backups: Path) -> str:
    backups.mkdir(parents=True, exist_ok=True)
    file = backups / f"before-{newest_version()}-from-{version}-{strftime(WHEN)}.sqlite3"
    back_up(url, file)
    return str(file)
