"""Places in an executor, which hands jobs to other machines, and is made anew where it is lost."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, Executor
from contextlib import suppress
from threading import Lock
from typing import Any

from grader.course.batch.executors import end
from grader.course.batch.worker import work
from grader.errors import GraderError
from grader.service.queue.workers import NoWorker, WorkerDied


class SharedExecutor:
    """An executor that several slots use."""

    def __init__(self, make: Callable[[], Executor]) -> None:
        """Be ready to make one.

        Args:
            make: see `executors.maker_of`.
        """
        self._make = make
        self._one_at_a_time = Lock()
        self._executor: Executor | None = None

    def get(self) -> Executor:
        """Return it; it may take seconds to be made.

        Raises:
            NoExecutor: there is none.
        """
        with self._one_at_a_time:
            if self._executor is None:
                self._executor = self._make()
            return self._executor

    def discard(self, lost: Executor) -> None:
        """Have another one be made in place of one that is lost."""
        with self._one_at_a_time:
            if self._executor is not lost:
                return  # another slot has seen it before
            self._executor = None
        _end(lost)

    def close(self) -> None:
        """End it."""
        if self._executor is not None:
            self.discard(self._executor)


class ExecutorSlot:
    """A place in an executor: one job at a time of the many that it does."""

    def __init__(self, shared: SharedExecutor) -> None:
        """Be ready to hand jobs over.

        Args:
            shared: gives the executor that all slots use.
        """
        self._shared = shared

    async def start(self) -> None:
        """See that there is an executor.

        Raises:
            NoExecutor: there is none.
        """
        await asyncio.to_thread(self._shared.get)

    async def ask(self, job: Mapping[str, Any], most_s: float) -> Mapping[str, Any]:
        """Return the result of a job.

        Args:
            job: see `jobs`.
            most_s: it is taken for dead when it has been silent for so long.

        Raises:
            WorkerDied: whoever had it has died.
            NoWorker: there is no executor now.
        """
        try:
            executor = await asyncio.to_thread(self._shared.get)
        except GraderError as error:
            raise NoWorker(error.message, hint=error.hint) from error
        try:
            begun = executor.submit(work, dict(job))
        except Exception as error:  # whatever it says: nothing can be handed over any more
            await self._lost(executor)
            says = f"the executor takes no job: {type(error).__name__}"
            raise NoWorker(says, hint="see that it runs; another connection is tried") from error
        try:
            async with asyncio.timeout(most_s):
                return await asyncio.wrap_future(begun)
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise  # whoever asked asks no more
            await self._lost(executor)  # dask gives up like this what a scheduler has lost
            raise WorkerDied from error
        except BrokenExecutor as error:
            await self._lost(executor)
            raise WorkerDied from error
        except Exception as error:  # each executor says in its own way that a worker has died
            raise WorkerDied from error

    def renew(self) -> None:
        """Do nothing: what machines elsewhere have loaded is theirs to load anew."""

    async def stop(self) -> None:
        """Let go; the executor is ended by whoever made it."""

    async def _lost(self, executor: Executor) -> None:
        await asyncio.to_thread(self._shared.discard, executor)


def _end(executor: Executor) -> None:
    with suppress(Exception):  # it is lost already: whatever it says of that changes nothing
        end(executor)
