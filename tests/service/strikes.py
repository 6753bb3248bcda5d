"""What is killed, ended, locked or filled of a service that runs, and the databases for it.

A strike is a context: what it breaks is broken within, and whole again afterwards.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple, TypeAlias
from uuid import uuid4

from sqlalchemy import Engine, create_engine, make_url, text

from grader.service.database.engines import BUSY_MS
from grader.service.server import listen
from tests.service.running import POSTGRES
from tests.service.service_process import PATIENCE_S, WORKER, ServiceProcess, SystemProcess, tree

IN_MID_JOB, BETWEEN = "in mid-job", "between"
BOTH: Final = (IN_MID_JOB, BETWEEN)
SHORT_S: Final = 1.0
LOCKED_S: Final = BUSY_MS / 1000 + 2
DISK: Final = "16m"
PIECE: Final = bytes(1 << 12)


class Target(NamedTuple):
    """A service that is struck: its process, its folder, and its database where it is no file."""

    service: ServiceProcess
    data: Path
    url: str


Strike: TypeAlias = Callable[[Target], AbstractContextManager[None]]
Place: TypeAlias = Callable[[Path], AbstractContextManager[str]]


@contextmanager
def file_in_folder(_data: Path) -> Iterator[str]:
    """SQLite's file, where it is by itself."""
    yield ""


@contextmanager
def small_disk(data: Path) -> Iterator[str]:
    """SQLite's file, on a disk of its own, which only root can make."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "grade", str(data)], check=True)
    try:
        yield ""
    finally:
        subprocess.run(["umount", str(data)], check=True)


@contextmanager
def own_database(_data: Path) -> Iterator[str]:
    """A database of the server of PostgreSQL's that runs on this machine."""
    name = f"grade_kills_{uuid4().hex[:12]}"
    _administer(f"CREATE DATABASE {name}")
    try:
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    finally:
        _administer(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def own_server(_data: Path) -> Iterator[str]:
    """A server of PostgreSQL's for this alone, which can be crashed."""
    with TemporaryDirectory() as folder:
        if os.getuid() == 0:
            os.chmod(folder, 0o711)
            os.mkdir(f"{folder}/data")
            subprocess.run(["chown", "postgres", f"{folder}/data"], check=True)
        with listen("127.0.0.1", 0) as taken:
            port = taken.getsockname()[1]
        place = Path(folder, "data")
        _as_postgres("initdb", "-D", str(place), "-U", "postgres", "-A", "trust")
        _control(place, port, "start")
        try:
            # A query string is a place for what the driver does not look at: the folder, here.
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres?application_name={place}"
        finally:
            _control(place, port, "stop", "-m", "fast")


@contextmanager
def web(target: Target) -> Iterator[None]:
    """The process that serves is killed, and started again."""
    target.service.stop(signal.SIGKILL)
    yield
    target.service.start()


@contextmanager
def web_in_a_commit(target: Target) -> Iterator[None]:
    """The process that serves is killed once it has begun to write, before the disk has all."""
    log = target.data / "grade.sqlite3-wal"
    before = log.stat().st_mtime_ns
    while log.stat().st_mtime_ns == before:  # without a pause, which would be too long
        pass
    target.service.stop(signal.SIGKILL)
    yield
    target.service.start()


def processes_of(kind: str) -> Strike:
    """Return the strike that kills every process of a kind below the one that serves."""

    @contextmanager
    def strike(target: Target) -> Iterator[None]:
        for number in _of_kind(kind, tree(target.service.pid), target.service.pid):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        yield

    return strike


@contextmanager
def server_crashed(target: Target) -> Iterator[None]:
    """The server of PostgreSQL's ends as a crash ends it, and comes again."""
    url = make_url(target.url)
    place, port = Path(str(url.query["application_name"])), url.port or 0
    _control(place, port, "stop", "-m", "immediate")
    yield
    time.sleep(SHORT_S)
    _control(place, port, "start")


@contextmanager
def connections_ended(target: Target) -> Iterator[None]:
    """The server of PostgreSQL's ends every connection to the database."""
    name = make_url(target.url).database
    _administer(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    yield


@contextmanager
def locked(target: Target) -> Iterator[None]:
    """Another process writes to SQLite's file, for longer than anybody waits."""
    other = sqlite3.connect(target.data / "grade.sqlite3", timeout=PATIENCE_S)
    other.execute("BEGIN IMMEDIATE")
    yield
    time.sleep(LOCKED_S)
    other.rollback()
    other.close()


@contextmanager
def disk_full(target: Target) -> Iterator[None]:
    """The disk has no place left."""
    filler = target.data / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(PIECE)
    assert shutil.disk_usage(target.data).free < len(PIECE)
    yield
    time.sleep(SHORT_S)
    filler.unlink()


class Victim(NamedTuple):
    """What is struck.

    Attributes:
        strike: how.
        place: where its database is.
        moments: when.
        starts_again: whether the service does.
    """

    strike: Strike
    place: Place = file_in_folder
    moments: tuple[str, ...] = BOTH
    starts_again: bool = False


VICTIMS: Final[Mapping[str, Victim]] = {
    "web": Victim(web, starts_again=True),
    "web in a commit": Victim(web_in_a_commit, moments=(IN_MID_JOB,), starts_again=True),
    "worker": Victim(processes_of("worker")),
    "zygote": Victim(processes_of("zygote")),
    "child": Victim(processes_of("child")),
    "reader": Victim(processes_of("reader")),
    "SQLite locked": Victim(locked),
    "SQLite disk full": Victim(disk_full, small_disk),
    "PostgreSQL cut off": Victim(connections_ended, own_database),
    "PostgreSQL crashed": Victim(server_crashed, own_server),
}


def _of_kind(kind: str, running: Mapping[int, SystemProcess], serving: int) -> list[int]:
    """Return the processes of a kind below a service."""
    workers = [one for one, made in running.items() if made.parent == serving]
    assert all(WORKER in running[one].command for one in workers)
    below = {one: made for one, made in running.items() if made.parent in workers}
    readers = [one for one, made in below.items() if "read" in made.command]
    zygotes = [one for one in below if one not in readers]
    children = [one for one, made in running.items() if made.parent in zygotes]
    kinds = {"worker": workers, "zygote": zygotes, "child": children, "reader": readers}
    return kinds[kind]


def _administer(says: str) -> None:
    made: Engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with made.connect() as connection:
        connection.execute(text(says))
    made.dispose()


def _control(place: Path, port: int, *words: str) -> None:
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k ''"
    log = str(place / "log")
    _as_postgres("pg_ctl", "-D", str(place), "-w", "-l", log, "-o", options, *words)


def _as_postgres(*words: str) -> None:
    as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    subprocess.run([*as_user, *words], check=True, stdout=subprocess.DEVNULL)
