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


class _Change(NamedTuple):
    """A change that waits to be written."""

    apply: Callable[[Connection], Any]
    result: "Future[Any]"


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
        outcomes: list[tuple[_Change, Any, BaseException | None]] = []
        # Whoever waits may have given up; from here on nobody can, so that each can be told.
        changes = [one for one in changes if one.result.set_running_or_notify_cancel()]
        apply = _applied if len(changes) > 1 else _applied_alone
        try:
            with self._writing.begin() as connection:
                outcomes = [apply(connection, change) for change in changes]
        except Exception as error:  # the commit itself: the disk is full, or the server gone
            outcomes = [(change, None, error) for change in changes]
        for change, value, problem in outcomes:
            if problem is not None:
                change.result.set_exception(problem)
            else:
                change.result.set_result(value)


def _applied_alone(
    connection: Connection, change: _Change
) -> tuple[_Change, Any, BaseException | None]:
    """Apply the only change of a transaction, which is undone with it: no savepoint is needed."""
    return change, change.apply(connection), None


def _applied(connection: Connection, change: _Change) -> tuple[_Change, Any, BaseException | None]:
    try:
        with connection.begin_nested():
            return change, change.apply(connection), None
    except Exception as error:  # it belongs to whoever asked for this change, and to nobody else
        return change, None, error
