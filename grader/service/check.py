"""Looks whether a service could start here: walls, address, database, exercises."""

from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from grader.errors import GraderError
from grader.service.database.engines import engine, is_sqlite, shown, sqlite_version
from grader.service.database.revisions import is_known, newest_version, version_of
from grader.service.exercises import ExerciseShelf
from grader.service.settings import ServiceSettings, own_address

MOST_SHOWN: Final = 5


class Finding(NamedTuple):
    """What was looked at: whether it is well, and what is to be said of it."""

    what: str
    is_well: bool
    says: str


def check(settings: ServiceSettings, shelf: ExerciseShelf | None = None) -> list[Finding]:
    """Return what was found; nothing is changed or started.

    Args:
        settings: of the service.
        shelf: the exercises of a service that runs, which has loaded them.
    """
    shelf = shelf or ExerciseShelf(settings.homes, settings.walls)
    return [_walls(settings), _address(settings), _database(settings), _exercises(shelf)]


def _walls(settings: ServiceSettings) -> Finding:
    walled = settings.walls != "limits"
    says = settings.walls if walled else "limits: let in nobody but yourself"
    return Finding("walls", walled, says)


def _address(settings: ServiceSettings) -> Finding:
    try:
        return Finding("address", True, own_address(settings.url))
    except GraderError as error:
        return Finding("address", False, error.message)


def _database(settings: ServiceSettings) -> Finding:
    url = settings.database
    name = f"{shown(url)}, {sqlite_version() if is_sqlite(url) else 'PostgreSQL'}"
    if is_sqlite(url) and url.database and not Path(url.database).exists():
        return Finding("database", True, f"{name}: will be made")
    made = engine(url, writes=False)
    try:
        with made.connect() as connection:
            version = version_of(connection)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).partition("\n")[0]
        return Finding("database", False, f"{name}: {reason}")
    finally:
        made.dispose()
    if not is_known(version):
        return Finding("database", False, f"{name}: of version {version}, newer than this grade")
    forward = "" if version == newest_version() else f": will be brought to {newest_version()}"
    return Finding("database", True, f"{name}{forward}")


def _exercises(shelf: ExerciseShelf) -> Finding:
    broken = shelf.broken()
    if broken:
        more = f" and {len(broken) - MOST_SHOWN} more" if len(broken) > MOST_SHOWN else ""
        return Finding("exercises", False, "; ".join(broken[:MOST_SHOWN]) + more)
    return Finding("exercises", True, f"{len(shelf.paths)} can be loaded")
