"""What grades: a process of ours, or whatever else does one job at a time."""

import asyncio
import os
import signal
import socket
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import Mapping
from contextlib import suppress
from subprocess import DEVNULL, Popen
from typing import Any, Final, Protocol

from grader.errors import GraderAtFault
from grader.sandbox.protocol.limits import Tier
from grader.service.queue.wire import Ended, answer, exchange

PROGRAM: Final = "grader.service.queue.worker_main"
STARTING_S: Final = 60.0
ENDING_S: Final = 5.0


class WorkerDied(Exception):
    """What was given a job has died, or answers no more."""


class NoWorker(GraderAtFault):
    """A worker does not start."""


class GradesJobs(Protocol):
    """What does one job at a time."""

    async def start(self) -> None:
        """Get ready."""

    async def ask(self, job: Mapping[str, Any], most_s: float) -> Mapping[str, Any]:
        """Return the result of a job."""

    def renew(self) -> None:
        """Begin the next job with what the exercises say now."""

    async def stop(self) -> None:
        """End."""


class WorkerProcess:
    """A process of ours that grades, and is started anew where it has died."""

    def __init__(self, walls: Tier) -> None:
        """Be ready to start one.

        Args:
            walls: what it puts around submissions.
        """
        self._walls = walls
        self._process: Popen[bytes] | None = None
        self._reader: StreamReader | None = None
        self._writer: StreamWriter | None = None
        self._is_outdated = False

    @property
    def pid(self) -> int:
        """The process's number, 0 where none runs."""
        return self._process.pid if self._process else 0

    async def start(self) -> None:
        """Start the process, and wait until it is ready.

        Raises:
            NoWorker: it does not start.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            words = [sys.executable, "-m", PROGRAM, str(theirs.fileno()), self._walls]
            self._process = Popen(words, stdin=DEVNULL, pass_fds=[theirs.fileno()])
        self._reader, self._writer = await asyncio.open_connection(sock=ours)
        try:
            async with asyncio.timeout(STARTING_S):
                says = await answer(self._reader)
        except (Ended, TimeoutError) as error:
            await self.stop()
            hint = "see what it says above, and whether the machine has memory left"
            raise NoWorker("a worker does not start", hint=hint) from error
        if "ready" not in says:
            await self.stop()
            raise NoWorker(str(says["message"]), hint=str(says["hint"]))

    async def ask(self, job: Mapping[str, Any], most_s: float) -> Mapping[str, Any]:
        """Return the result of a job.

        Args:
            job: see `jobs`.
            most_s: it is taken for dead when it has been silent for so long.

        Raises:
            WorkerDied: it has died; the next job starts another one.
            NoWorker: there is none, and none starts.
        """
        if self._is_outdated:
            await self.stop()
        if self._process is None:
            await self.start()
        assert self._reader
        assert self._writer
        try:
            async with asyncio.timeout(most_s):
                return await exchange(self._reader, self._writer, job)
        except (Ended, TimeoutError) as error:
            await self.stop()
            raise WorkerDied from error

    def renew(self) -> None:
        """Begin the next job in a new process: this one has loaded exercises as they were."""
        self._is_outdated = True

    async def stop(self) -> None:
        """End the process, with all that it has started."""
        self._is_outdated = False
        process, self._process = self._process, None
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()
        if process is not None:
            await asyncio.to_thread(_end_process, process)


def _end_process(process: Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        process.wait(ENDING_S)
    except Exception:  # it does not listen
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
