"""A service for the tests of it: on SQLite, and where a test asks for both on PostgreSQL too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url

from grader.service.database import engines
from grader.service.database.migration import migrate
from tests.service.lti.arriving import LtiSite, lti_site
from tests.service.lti.lms import Kind, Lms
from tests.service.running import Site, drop, empty, postgres_url, site

NO_POSTGRES = "no PostgreSQL at 127.0.0.1:5432 that lets in postgres without a password"


@pytest.fixture(autouse=True, scope="session")
def synchronous() -> Iterator[str]:
    """Have SQLite wait for no disk, which tests do most of their time; give what it does else."""
    usual = engines.SYNCHRONOUS
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(engines, "SYNCHRONOUS", "OFF")
        yield usual


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield make_url(f"sqlite:///{tmp_path}/test.sqlite3")
        return
    url = postgres_url()
    if url is None:
        pytest.skip(NO_POSTGRES)
    yield url
    drop(url)


@pytest.fixture(scope="session")
def migrated_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL | None]:
    """A place in PostgreSQL that is migrated once for all tests, None where there is none."""
    url = postgres_url()
    if url is not None:
        migrate(url, tmp_path_factory.mktemp("backups"))
    yield url
    if url is not None:
        drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def on_both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A service on a database of each kind, in which nothing is but who is there at the start."""
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("migrated_postgres")
        if url is None:
            pytest.skip(NO_POSTGRES)
        empty(url)
    with site(tmp_path, url) as made:
        yield made


@pytest.fixture
def kind() -> Kind:
    return "moodle"


@pytest.fixture
def arrived(tmp_path: Path, kind: Kind) -> Iterator[LtiSite]:
    """A service at an address by TLS, with an LMS that is registered."""
    with lti_site(tmp_path, Lms(kind)) as made:
        yield made
