"""The versions of the database that this program knows, and the steps from one to the next."""

from pathlib import Path
from typing import Any, Final

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from grader.service.database.schema import metadata

HERE: Final = Path(__file__).parent


def newest_version() -> str:
    """Return the version of the database that this program works with."""
    return str(_scripts().get_current_head())


def is_known(version: str) -> bool:
    """Return whether a database of this version can be brought forward; "" is an empty one."""
    return version in {"", *(script.revision for script in _scripts().walk_revisions())}


def version_of(connection: Connection) -> str:
    """Return the version of a database, "" for one that is empty."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def bring_forward(connection: Connection, version: str = "head") -> None:
    """Take a database through every step up to a version, in the transaction that is open."""
    scripts = _scripts()

    def steps(revision: Any, _context: Any) -> Any:
        return scripts._upgrade_revs(version, revision)

    with EnvironmentContext(_config(), scripts, fn=steps) as environment:
        environment.configure(connection=connection, target_metadata=metadata)
        environment.run_migrations()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
