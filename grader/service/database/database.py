"""A database that is read by several threads and written by one.

A commit waits for the disk, and the disk does as well with many changes as with one: whatever came
in while it was busy is written in one transaction, each change in a savepoint of its own.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Thread
from typing import Any, Concatenate, Final, NamedTuple, ParamSpec, TypeVar

from sqlalchemy import URL, Connection

from grader.service.database.engines import engine

P = ParamSpec("P")
T = TypeVar("T")

READERS: Final = 3
AT_ONCE: Final = 200


class _TransactionLost(Exception):
    """A change has failed, and the transaction with it: what came before it is undone, too."""


class _Change(NamedTuple):
    """A change that waits to be written."""

    apply: Callable[[Connection], Any]
    result: "Future[Any]"


class _Outcome(NamedTuple):
    """What came of a change: its value, or why it was not written."""

    change: _Change
    value: Any
    problem: BaseException | None


class Database:
    """A database; functions over a connection are called where they wait for nobody."""

    def __init__(self, url: URL) -> None:
        """Open it; it has been migrated before."""
        self.url = url
        self._reading = engine(url, writes=False)
        self._writing = engine(url, writes=True)
        self._readers = ThreadPoolExecutor(READERS, "database-reader")
        self._changes: SimpleQueue[_Change | None] = SimpleQueue()
        self._writer = Thread(target=self._write, name="database-writer", daemon=True)
        self._writer.start()

    async def read(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *arguments: P.args,
        **named: P.kwargs,
    ) -> T:
        """Return what a function finds that reads alone."""
        found = self._readers.submit(self._read, lambda one: function(one, *arguments, **named))
        return await asyncio.wrap_future(found)

    async def write(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *arguments: P.args,
        **named: P.kwargs,
    ) -> T:
        """Return what a function gives that writes; when it returns, all of it is on the disk.

        Raises:
            Exception: whatever the function raised; then nothing of it is written.
        """
        return await asyncio.wrap_future(self.later(function, *arguments, **named))

    def later(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *arguments: P.args,
        **named: P.kwargs,
    ) -> "Future[T]":
        """Return the future of what a function gives that writes, for whoever is in no loop."""
        result: Future[T] = Future()
        self._changes.put(_Change(lambda one: function(one, *arguments, **named), result))
        return result

    def close(self) -> None:
        """Write what waits, and close."""
        self._changes.put(None)
        self._writer.join()
        self._readers.shutdown()
        self._reading.dispose()
        self._writing.dispose()

    def _read(self, function: Callable[[Connection], T]) -> T:
        with self._reading.connect() as connection:
            try:
                return function(connection)
            except Exception:
                connection.invalidate()  # a row that nobody took would hold an old state open
                raise

    def _write(self) -> None:
        goes_on = True
        while goes_on:
            changes: list[_Change] = []
            while not changes or (not self._changes.empty() and len(changes) < AT_ONCE):
                change = self._changes.get()
                if change is None:
                    goes_on = False
                    break
                changes.append(change)
            if changes:
                self._commit(changes)

    def _commit(self, changes: list[_Change]) -> None:
        """Write some changes at once, and then tell whoever waits for each."""
        # Whoever waits may have given up; from here on nobody can, so that each can be told.
        changes = [one for one in changes if one.result.set_running_or_notify_cancel()]
        for change, value, problem in self._written(changes):
            if problem is not None:
                change.result.set_exception(problem)
            else:
                change.result.set_result(value)

    def _written(self, changes: list[_Change]) -> list[_Outcome]:
        """Return what came of some changes, written at once where that can be."""
        apply = _applied if len(changes) > 1 else _applied_alone
        try:
            with self._writing.begin() as connection:
                return [apply(connection, change) for change in changes]
        except _TransactionLost:  # nothing of it is written
            return [outcome for change in changes for outcome in self._written([change])]
        except Exception as error:  # the commit itself: the disk is full, or the server gone
            return [_Outcome(change, None, error) for change in changes]


def _applied_alone(connection: Connection, change: _Change) -> _Outcome:
    """Apply the only change of a transaction, which is undone with it: no savepoint is needed."""
    return _Outcome(change, change.apply(connection), None)


def _applied(connection: Connection, change: _Change) -> _Outcome:
    """Apply a change of several; one that fails belongs to whoever asked for it.

    Raises:
        _TransactionLost: nothing of the others stands any more either.
    """
    try:
        with connection.begin_nested():
            return _Outcome(change, change.apply(connection), None)
    except Exception as error:
        if not _stands(connection):
            raise _TransactionLost from error
        return _Outcome(change, None, error)


def _stands(connection: Connection) -> bool:
    """Return whether a transaction goes on after a change that failed.

    SQLite takes back all of it where the disk is full, and says nothing when it is committed then.
    """
    if connection.invalidated:  # the server has gone
        return False
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite":
        return bool(driver.in_transaction)
    return bool(driver.info.transaction_status.name == "INTRANS")
