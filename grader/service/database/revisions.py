"""The versions of the database that this program knows, and the steps from one to the next."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

HERE: Final = Path(__file__).parent
VERSIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every version that there has been, the oldest first, as `versions` has the steps to them.

They are named here since most starts take no step, and what takes them is long to import.
"""

TABLE: Final = "alembic_version"


def newest_version() -> str:
    """Return the version of the database that this program works with."""
    return VERSIONS[-1]


def is_known(version: str) -> bool:
    """Return whether a database of this version can be brought forward; "" is an empty one."""
    return version in {"", *VERSIONS}


def version_of(connection: Connection) -> str:
    """Return the version of a database, "" for one that is empty."""
    if not inspect(connection).has_table(TABLE):
        return ""
    found = connection.execute(text(f"SELECT version_num FROM {TABLE}"))
    return str(found.scalar() or "")


def bring_forward(connection: Connection, version: str = "head") -> None:
    """Take a database through every step up to a version, in the transaction that is open."""
    from alembic.runtime.environment import EnvironmentContext

    from grader.service.database.lti.tables import metadata

    scripts = _scripts()

    def steps(revision: Any, _context: Any) -> Any:
        return scripts._upgrade_revs(version, revision)

    with EnvironmentContext(_config(), scripts, fn=steps) as environment:
        environment.configure(connection=connection, target_metadata=metadata)
        environment.run_migrations()


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _scripts() -> "ScriptDirectory":
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config())
