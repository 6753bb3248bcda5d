"""Starts the service, keeps it going, and ends it in order."""

import asyncio
import gc
import logging
import os
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext, suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

import uvicorn
from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from grader.errors import GraderError, Misused, at
from grader.service.app import application
from grader.service.database.credentials import sweep
from grader.service.database.database import Database
from grader.service.database.engines import engine, is_sqlite, shown
from grader.service.database.lti.logins import sweep_lti
from grader.service.database.migration import NoConnection, migrate
from grader.service.database.submissions import Lane
from grader.service.exercises import ExerciseShelf
from grader.service.lti.post_office import posting
from grader.service.lti.tool import lti_tool
from grader.service.queue.background import in_background
from grader.service.queue.dispatcher import Dispatcher
from grader.service.queue.workers import GradesJobs, WorkerProcess
from grader.service.routes import ROUTES
from grader.service.service import Service
from grader.service.settings import ServiceSettings

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

log = logging.getLogger("grade.server")

DRAIN_S: Final = 30.0
BACKLOG: Final = 1024
IDLE_S: Final = 30
ALONE_S: Final = 10.0
LOCK: Final = "lock"
LOCK_NAME: Final = "grade serve"
PRIVATE: Final = 0o700
PASSABLE: Final = 0o711

Ready = Callable[[Service], Awaitable[None]]


class AddressInUse(Misused):
    """The service cannot listen where it should."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"cannot listen at {host}:{port}: {reason}",
            hint=f"end what listens there, or name another port: --port {port + 1}",
        )


class DataInUse(Misused):
    """Another service works with the same data."""

    def __init__(self, data: str) -> None:
        super().__init__(
            f"another `grade serve` works with {data}", hint="end it, or name another --data"
        )


class NoDataFolder(Misused):
    """There cannot be a folder for the data."""

    def __init__(self, data: str, reason: str) -> None:
        super().__init__(
            f"no folder for data at {data}: {reason}", hint="name one that can be written: --data"
        )


class _QuietServer(uvicorn.Server):
    """A server that leaves signals to whoever runs it, since there is more to end than it."""

    def capture_signals(self) -> "nullcontext[None]":  # type: ignore[override]
        """Capture none."""
        return nullcontext()


def serve(settings: ServiceSettings, listening: socket.socket, ready: Ready) -> None:
    """Serve until a signal asks to end.

    Args:
        settings: of the service.
        listening: where people come in, see `listen`.
        ready: called once everything works.

    Raises:
        DataInUse: another service has the data.
        NewerDatabase: the database is of a version that this program does not know.
        NoConnection: the database does not open.
        NoWorker: nothing can be graded here.
    """
    make_data_folder(settings.data)
    with (
        lock(settings.data),
        scratch(settings.data),
        closing(SoleService(settings.database)) as sole,
    ):
        sole.keep()
        migrate(settings.database, settings.backups)
        asyncio.run(_serve(settings, listening, ready, sole))


def listen(host: str, port: int) -> socket.socket:
    """Return a socket where people can come in.

    Raises:
        AddressInUse: it cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        made.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise AddressInUse(host, port, reason) from error
    return made


def make_data_folder(data: Path) -> None:
    """Make the folder for the data, which is nobody else's to read.

    Raises:
        NoDataFolder: there cannot be one.
    """
    try:
        data.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    except OSError as error:
        raise NoDataFolder(at(data), error.strerror or str(error)) from error


@contextmanager
def lock(data: Path) -> Iterator[None]:
    """Have the data for oneself; a process that is killed lets go.

    Raises:
        DataInUse: another one has it.
    """
    if fcntl is None:
        yield
        return
    with (data / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DataInUse(at(data)) from error
        yield


class SoleService:
    """The lock on a database of PostgreSQL's by which one service works with it, from wherever.

    It goes with the connection that has it: whoever has it looks now and then whether it is there.
    """

    def __init__(self, url: URL) -> None:
        """Be ready to take it; SQLite has none: its file is in the folder that is locked.

        Args:
            url: of the database.
        """
        self._url = url
        self._engine = None if is_sqlite(url) else engine(url, writes=False)
        self._connection: Connection | None = None

    def keep(self) -> None:
        """Take the lock, or see that it is there.

        Raises:
            DataInUse: another service has it.
            NoConnection: the database does not open.
        """
        if self._engine is None:
            return
        try:
            if self._is_held():
                return
            self._connection = self._engine.connect()
            says = text("SELECT pg_try_advisory_lock(hashtext(current_schema() || :name))")
            has_it = self._connection.execute(says, {"name": LOCK_NAME}).scalar()
            self._connection.commit()  # the lock is the session's, and no transaction's
        except OperationalError as error:
            reason = str(error.orig).partition("\n")[0]
            raise NoConnection(shown(self._url), reason) from error
        if not has_it:
            self.close()
            raise DataInUse(shown(self._url))

    def close(self) -> None:
        """Let go of it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()  # back in the pool, it would keep the lock
            connection.close()

    def _is_held(self) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
            self._connection.commit()
        except SQLAlchemyError:  # the server has restarted, or somebody has ended the connection
            self.close()
            return False
        return True


@contextmanager
def scratch(data: Path) -> Iterator[Path]:
    """Have a folder for what workers write down for a moment, empty at first and gone at the end.

    What an earlier life left in it, one that was killed say, is swept away.
    """
    folder = scratch_folder(data)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=PASSABLE)  # fails where somebody else has put something there
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(folder)  # of the workers, which this process starts
    try:
        yield folder
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before
        shutil.rmtree(folder, ignore_errors=True)


def scratch_folder(data: Path) -> Path:
    """Return the folder for what the workers of a service write down for a moment."""
    name = sha256(str(data.resolve()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir(), f"grade-serve-{os.getuid()}-{name}")


@contextmanager
def opened(settings: ServiceSettings) -> Iterator[Service]:
    """Open a service whose workers do not run yet, in a loop that does."""
    database = Database(settings.database)
    try:
        shelf = ExerciseShelf(settings.homes, settings.walls)
        dispatcher = Dispatcher(database, shelf, time.time)
        yield Service(settings, database, shelf, dispatcher, time.time, lti_tool(settings.data))
    finally:
        database.close()


async def _serve(
    settings: ServiceSettings, listening: socket.socket, ready: Ready, sole: SoleService
) -> None:
    with opened(settings) as service, _workers(settings) as workers:
        await service.database.write(sweep, service.now())
        await service.database.write(sweep_lti, service.now())
        try:
            await service.dispatcher.start(workers)
            server = _QuietServer(_config(service))
            _end_on_signals(server, service)
            _reload_on_signal(service)
            gc.freeze()  # what is there now stays, and need not be looked at again and again
            await ready(service)
            async with (
                posting(service),
                in_background(stay_alone(sole, lambda: _end(server, service))),
            ):
                await server.serve(sockets=[listening])
        finally:
            await service.dispatcher.drain(DRAIN_S)


async def stay_alone(sole: SoleService, end: Callable[[], None]) -> None:
    """Look now and then whether this is the only service, and end it where it is not any more.

    Args:
        sole: the lock.
        end: ends the service in order.
    """
    while True:
        await asyncio.sleep(ALONE_S)
        try:
            await asyncio.to_thread(sole.keep)
        except NoConnection as error:  # a server that restarts, say
            log.warning("%s", error.message)
        except DataInUse as error:
            log.error("%s; this one ends", error.message)
            end()
            return


@contextmanager
def _workers(settings: ServiceSettings) -> Iterator[Mapping[GradesJobs, Lane]]:
    """Give what grades: processes here, or places in an executor."""
    if not settings.executor:
        yield _lanes_of(settings, lambda: WorkerProcess(settings.walls))
        return
    from grader.course.batch.executors import maker_of  # long to import, and rarely needed
    from grader.service.queue.executor_slots import ExecutorSlot, SharedExecutor

    shared = SharedExecutor(maker_of(settings.executor, settings.workers))
    try:
        yield _lanes_of(settings, lambda: ExecutorSlot(shared))
    finally:
        shared.close()


def _lanes_of(settings: ServiceSettings, make: Callable[[], GradesJobs]) -> dict[GradesJobs, Lane]:
    """Return so many workers for the fast lane, and one for the slow one."""
    return {**{make(): Lane.FAST for _ in range(settings.workers)}, make(): Lane.SLOW}


def _config(service: Service) -> uvicorn.Config:
    return uvicorn.Config(
        application(service, ROUTES),
        http="h11",
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=IDLE_S,
        timeout_graceful_shutdown=int(DRAIN_S),
    )


def _reload_on_signal(service: Service) -> None:
    def reload() -> None:
        try:
            service.shelf.reload()
        except GraderError as error:  # two of one name, say: the old ones stay
            log.error("exercises are not read anew: %s", error.message)
            return
        service.dispatcher.renew()

    with suppress(NotImplementedError, ValueError, AttributeError):  # as below
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, reload)


def _end_on_signals(server: uvicorn.Server, service: Service) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError, ValueError):  # Windows; or not in the main thread
            loop.add_signal_handler(number, _end, server, service)


def _end(server: uvicorn.Server, service: Service) -> None:
    server.should_exit = True
    service.dispatcher.lanes.news.close()  # answers that go on would keep it from ending
