"""Gives submissions to workers, and writes down what comes of each; none is lost on the way.

The database has every state, and this process the order alone: after a crash what was queued or
running is queued again, and so is after a while what is written down and nobody here knows of.
Whoever is killed with a submission in hand is started anew, and after three deaths the submission
is ours to look into.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from hashlib import sha256
from time import monotonic
from typing import Final, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from grader.course.batch.jobs import (
    DIED,
    FOR_STAFF,
    HASTILY,
    TAKES_LONG,
    JobResult,
    fields_of,
    job_result,
)
from grader.errors import GraderError
from grader.service.database.database import Database
from grader.service.database.gradings import add_grading, grading_of
from grader.service.database.regrades import grade_again, is_ungraded_again, ungraded_again
from grader.service.database.submissions import (
    Lane,
    PackedContent,
    State,
    begin,
    content_and_seed,
    count_first_grading,
    put_back,
    waiting_submissions,
)
from grader.service.exercises import ExerciseShelf
from grader.service.queue.budget import PersonBudget
from grader.service.queue.fair_queue import QueuedJob, queued_job
from grader.service.queue.lanes import Lanes
from grader.service.queue.tally import Tally
from grader.service.queue.workers import GradesJobs, NoWorker, WorkerDied

MOST_TRIES: Final = 3
MOST_S: Final = {Lane.FAST: 120.0, Lane.SLOW: 900.0}
"""A worker that is silent for longer is taken for dead: its own limits end submissions before."""

NO_WORKER_S: Final = 5.0
NO_DATABASE_S: Final = 5.0
LOOK_S: Final = 30.0

log = logging.getLogger("grade.queue")


class Finished(NamedTuple):
    """A job that is done: what came of it, and the digest of all that it depends on."""

    job: QueuedJob
    result: JobResult
    stamp: str
    at: float


class Dispatcher:
    """Submissions on their way through the lanes."""

    def __init__(self, database: Database, shelf: ExerciseShelf, now: Callable[[], float]) -> None:
        """Make one that has no workers yet.

        Args:
            database: where everything is written down.
            shelf: the exercises.
            now: the clock.
        """
        self._database, self._shelf, self._now = database, shelf, now
        self.lanes, self.budget, self.tally = Lanes(), PersonBudget(), Tally()
        self._tasks: list[asyncio.Task[None]] = []
        self._looking: asyncio.Task[None] | None = None
        self._workers: list[GradesJobs] = []

    async def start(self, workers: Mapping[GradesJobs, Lane]) -> None:
        """Take up what has no verdict yet, and have workers begin.

        The first one shows that something can be graded here; the others get ready while it does.

        Raises:
            NoWorker: the first one does not start.
        """
        self._workers = list(workers)
        await self._workers[0].start()
        await self.take_up()
        self._looking = asyncio.create_task(_look_after(self))
        self._tasks = [
            asyncio.create_task(self._serve(worker, lane, worker is self._workers[0]))
            for worker, lane in workers.items()
        ]

    async def take_up(self) -> None:
        """Have all wait that has no verdict, as far as it does not."""
        for one in await self._database.read(waiting_submissions):
            await self.lanes.add(queued_job(one))
        for regrade_id, one in await self._database.read(ungraded_again):
            await self.lanes.add(queued_job(one, regrade_id))

    def renew(self) -> None:
        """Grade what comes from now on by the exercises as they are now."""
        for worker in self._workers:
            worker.renew()

    async def drain(self, most_s: float) -> None:
        """Give out nothing more, wait for what runs, and end the workers."""
        await self.lanes.close()
        if self._looking:
            self._looking.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=most_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await asyncio.gather(*(worker.stop() for worker in self._workers))

    async def _serve(self, worker: GradesJobs, lane: Lane, is_ready: bool) -> None:
        """Have a worker do the jobs of a lane, one after another."""
        if not is_ready:
            try:
                await worker.start()
            except GraderError as error:  # its first job tries again
                log.error("a worker does not start: %s", error.message)
        while (job := await self.lanes.take(lane)) is not None:
            waits_again = False
            try:
                await self._do_or_fail(worker, job)
            except SQLAlchemyError:  # a disk that is full, a server that restarts: it may pass
                log.exception("submission %s waits for the database", job.number)
                waits_again = True
                await asyncio.sleep(NO_DATABASE_S)
            finally:
                self.lanes.put_down(job)
            if waits_again:
                await self.lanes.add_again(job)

    async def _do_or_fail(self, worker: GradesJobs, job: QueuedJob) -> None:
        """Have a job done; whatever goes wrong with it is our fault, and no lane ends with it."""
        try:
            await self._do(worker, job)
        except SQLAlchemyError:
            raise
        except GraderError as error:  # a broken exercise: trying again would change nothing
            await self._finish(Finished(job, _our_fault(error.message), "", self._now()))
        except Exception as error:
            log.exception("submission %s", job.number)
            says = f"the grader failed: {type(error).__name__}"
            await self._finish(Finished(job, _our_fault(says), "", self._now()))

    async def _do(self, worker: GradesJobs, job: QueuedJob) -> None:
        job = job._replace(tries=job.tries + 1)
        begun = await self._database.write(_begun, job)
        if begun is None:  # it has its verdict, or its person was forgotten while it waited
            self.lanes.end(job)
            return
        content, seed = begun
        request = self._shelf.request(job.exercise, seed)
        stamp = stamp_with(self._shelf.stamp(job.exercise, seed), content.digest)
        sent = {**fields_of(request), "folder": "", "order": content.order, "files": content.files}
        began, hastily = monotonic(), job.lane is Lane.FAST
        try:
            says = await worker.ask({**sent, HASTILY: hastily, FOR_STAFF: True}, MOST_S[job.lane])
        except WorkerDied:
            await self._died(job, stamp)
            return
        except NoWorker:
            log.exception("no worker starts; submission %s waits", job.number)
            await asyncio.sleep(NO_WORKER_S)
            await self._back(job, job.lane, job.tries - 1)
            return
        finally:
            self._account(job, monotonic() - began)
        if says == TAKES_LONG:
            self.tally.slow += 1
            await self._back(job, Lane.SLOW, job.tries - 1)
            return
        await self._finish(Finished(job, job_result(says), stamp, self._now()))

    def _account(self, job: QueuedJob, seconds: float) -> None:
        self.tally.seconds += seconds
        if not job.regrade_id:  # which nobody but a teacher has asked for
            self.budget.spend(job.person_id, seconds, monotonic())

    async def _died(self, job: QueuedJob, stamp: str) -> None:
        self.tally.deaths += 1
        log.warning("a worker died with submission %s, try %s", job.number, job.tries)
        if job.tries < MOST_TRIES:
            await self._back(job, job.lane, job.tries)
        else:
            await self._finish(Finished(job, _our_fault(DIED), stamp, self._now()))

    async def _back(self, job: QueuedJob, lane: Lane, tries: int) -> None:
        """Have a job wait again."""
        job = job._replace(lane=lane, tries=tries)
        if not job.regrade_id:
            await self._database.write(put_back, job.number, lane, tries)
        await self.lanes.add_again(job)

    async def _finish(self, finished: Finished) -> None:
        state = await self._database.write(write_result, finished)
        if state is not None:
            self.tally.results[state] += 1
        self.lanes.end(finished.job)


async def _look_after(dispatcher: Dispatcher) -> None:
    """Take up again and again what is written down, and was told as not written.

    A connection that ends with a commit on its way leaves it open which of both is so.
    """
    while True:
        await asyncio.sleep(LOOK_S)
        try:
            await dispatcher.take_up()
        except SQLAlchemyError:  # which may pass, too
            log.exception("what waits is not known")


def _our_fault(says: str) -> JobResult:
    return JobResult(problem=says, ours=True)


def stamp_with(exercise: str, content: str) -> str:
    """Return the digest of a submission's files with all that they are graded with."""
    return sha256(f"{exercise} {content}".encode()).hexdigest()


def write_result(connection: Connection, finished: Finished) -> State | None:
    """Write down what came of a submission, and return its state.

    Nothing is written, and None returned, where its person was forgotten meanwhile, or it was
    written before.
    """
    job = finished.job
    grading = grading_of(job.number, finished.stamp, finished.at, finished.result)
    if job.regrade_id:
        if not is_ungraded_again(connection, job.regrade_id, job.number):
            return None
        add_grading(connection, grading._replace(regrade_id=job.regrade_id), finished.result)
        grade_again(connection, job.regrade_id, job.number, grading.id)
    elif count_first_grading(connection, job.number, grading.id, grading.state):
        add_grading(connection, grading, finished.result)
    else:
        return None
    return grading.state


def _begun(connection: Connection, job: QueuedJob) -> tuple[PackedContent, int] | None:
    """Write down that a job runs; return its files and its course's seed, None if it has ended."""
    if job.regrade_id:
        waits = is_ungraded_again(connection, job.regrade_id, job.number)
    else:
        waits = begin(connection, job.number, job.tries)
    return content_and_seed(connection, job.number) if waits else None
