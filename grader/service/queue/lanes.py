"""The lanes: what waits in each, and who is told when something comes or ends."""

import asyncio
from time import monotonic

from grader.service.database.submissions import Lane
from grader.service.queue.fair_queue import FairQueue, QueuedJob
from grader.service.queue.news import News

Key = tuple[str, int]


class Lanes:
    """Jobs that wait or run, each with whoever waits for its end."""

    def __init__(self) -> None:
        self._lanes = {lane: FairQueue() for lane in Lane}
        self.news = News()
        self._more = asyncio.Condition()
        self._running: dict[Key, QueuedJob] = {}
        self._since: dict[Key, float] = {}
        self._ended: dict[Key, asyncio.Event] = {}
        self._is_closed = False

    async def add(self, job: QueuedJob) -> None:
        """Have a job wait for its turn, unless it waits or runs already."""
        if job.key not in self._ended:
            self._ended[job.key] = asyncio.Event()
            await self.add_again(job)

    async def add_again(self, job: QueuedJob) -> None:
        """Have a job that has run, and has not ended, wait for another turn."""
        self._lanes[job.lane].add(job)
        self._since[job.key] = monotonic()
        self._tell(job)
        async with self._more:
            self._more.notify_all()

    async def take(self, lane: Lane) -> QueuedJob | None:
        """Wait for a job of a lane, which runs from now on; None where no more is given out."""
        async with self._more:
            while not self._is_closed:
                if job := self._lanes[lane].pop():
                    self._running[job.key] = job
                    self._since.pop(job.key, None)
                    self._tell(job)
                    return job
                await self._more.wait()
        return None

    def put_down(self, job: QueuedJob) -> None:
        """Have a job run no more, whether it has ended or waits again.

        Where it waited again, another worker may have it by now: then that one's runs.
        """
        if self._running.get(job.key) is job:
            del self._running[job.key]

    def end(self, job: QueuedJob) -> None:
        """Tell whoever waits for a job that it has ended."""
        ended = self._ended.pop(job.key, None)
        if ended is not None:
            ended.set()
        self._tell(job)

    async def wait(self, key: Key, most_s: float) -> bool:
        """Wait until a job has ended; return whether it has."""
        ended = self._ended.get(key)
        if ended is None:
            return True
        try:
            async with asyncio.timeout(most_s):
                await ended.wait()
        except TimeoutError:
            return False
        return True

    async def close(self) -> None:
        """Give out no more."""
        self._is_closed = True
        async with self._more:
            self._more.notify_all()

    def position(self, key: Key) -> int | None:
        """Return how many go before a job at most, None where it runs or does not wait."""
        found = (lane.position(key) for lane in self._lanes.values())
        return next((position for position in found if position is not None), None)

    @property
    def lengths(self) -> dict[str, int]:
        """How many wait in each lane, and how many run."""
        lengths = {lane.value: len(queue) for lane, queue in self._lanes.items()}
        return {**lengths, "running": len(self._running)}

    @property
    def oldest_s(self) -> dict[str, float]:
        """Since how many seconds that waits which has waited longest, in each lane; 0 for none."""
        now = monotonic()
        return {
            lane.value: max((now - self._since.get(job.key, now) for job in queue), default=0.0)
            for lane, queue in self._lanes.items()
        }

    def _tell(self, job: QueuedJob) -> None:
        self.news.tell(course_topic(job.course_id), submission_topic(job.number))


def course_topic(course_id: str) -> str:
    """Return the topic of all that happens in a course."""
    return f"course {course_id}"


def submission_topic(number: int) -> str:
    """Return the topic of a submission."""
    return f"submission {number}"
