"""Whose turn it is: live work before regrades, and by turns between courses and people.

A turn goes to the course that had one least recently, and in it to the person who had; so that one
student who hands in ten times, or a course with its deadline tonight, keeps nobody else waiting.
"""

from collections import defaultdict
from collections.abc import Iterator
from enum import IntEnum
from itertools import count
from typing import NamedTuple

from grader.service.database.submissions import Lane, SubmissionRecord


class Turn(IntEnum):
    """What comes before what."""

    LIVE = 0
    SUPERSEDED = 1  # the same person has handed in something newer, which goes first
    REGRADE = 2


class QueuedJob(NamedTuple):
    """A submission that waits to be graded.

    Attributes:
        number: the submission's.
        course_id: where.
        exercise: its path.
        person_id: whose.
        regrade_id: for which regrade, "" for the first grading.
        lane: what it waits for.
        tries: how often it has been begun.
    """

    number: int
    course_id: str
    exercise: str
    person_id: str
    regrade_id: str = ""
    lane: Lane = Lane.FAST
    tries: int = 0

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other job."""
        return self.regrade_id, self.number


def queued_job(submission: SubmissionRecord, regrade_id: str = "") -> QueuedJob:
    """Return the job of a submission: its first grading as far as it has come, or a regrade's."""
    where = submission.course_id, submission.exercise, submission.person_id
    if regrade_id:
        return QueuedJob(submission.number, *where, regrade_id)
    return QueuedJob(submission.number, *where, "", submission.lane, submission.tries)


class FairQueue:
    """Jobs of one lane, in the order of turns."""

    def __init__(self) -> None:
        self._rooms: dict[Turn, dict[str, dict[str, list[QueuedJob]]]] = {
            turn: defaultdict(lambda: defaultdict(list)) for turn in Turn
        }
        self._served: dict[str, int] = {}
        self._ticks = count(1)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[QueuedJob]:
        for room in self._rooms.values():
            for people in room.values():
                for jobs in people.values():
                    yield from jobs

    def add(self, job: QueuedJob) -> None:
        """Have a job wait; what its person handed in before for the same exercise goes later."""
        turn = Turn.REGRADE if job.regrade_id else Turn.LIVE
        if turn is Turn.LIVE:
            turn = self._set_back_older(job)
        self._put(turn, job)

    def pop(self) -> QueuedJob | None:
        """Return the job whose turn it is, None where none waits."""
        for turn, room in self._rooms.items():
            if not room:
                continue
            course = min(room, key=self._last_served)
            people = room[course]
            person = min(people, key=lambda one: self._last_served(f"{course} {one}"))
            job = people[person].pop(0)
            self._tidy(turn, job)
            tick = next(self._ticks)
            self._served[course] = self._served[f"{course} {person}"] = tick
            return job
        return None

    def position(self, key: tuple[str, int]) -> int | None:
        """Return how many go before a job at most, None where it does not wait here."""
        before = 0
        for room in self._rooms.values():
            for course, people in room.items():
                for person, jobs in people.items():
                    for at, job in enumerate(jobs):
                        if job.key == key:
                            return before + self._ahead(room, course, person) + at
            before += sum(len(jobs) for people in room.values() for jobs in people.values())
        return None

    def _ahead(self, room: dict[str, dict[str, list[QueuedJob]]], course: str, person: str) -> int:
        """Return how many people have their turn before somebody, in all courses together."""
        mine = self._last_served(f"{course} {person}")
        earlier = sum(self._last_served(f"{course} {one}") < mine for one in room[course])
        earlier = max(earlier, list(room[course]).index(person)) if not mine else earlier
        others = sum(min(earlier, len(people)) for one, people in room.items() if one != course)
        return earlier + others

    def _set_back_older(self, job: QueuedJob) -> Turn:
        """Set back what is older than a job; return the turn of that itself."""
        waiting = list(self._rooms[Turn.LIVE].get(job.course_id, {}).get(job.person_id, []))
        for one in waiting:
            if one.exercise != job.exercise:
                continue
            if one.number > job.number:
                return Turn.SUPERSEDED
            self._rooms[Turn.LIVE][job.course_id][job.person_id].remove(one)
            self._tidy(Turn.LIVE, one)
            self._put(Turn.SUPERSEDED, one)
        return Turn.LIVE

    def _put(self, turn: Turn, job: QueuedJob) -> None:
        self._rooms[turn][job.course_id][job.person_id].append(job)
        self._length += 1

    def _tidy(self, turn: Turn, job: QueuedJob) -> None:
        """Account for a job that was taken out: no room keeps a place for who does not wait."""
        self._length -= 1
        people = self._rooms[turn][job.course_id]
        if not people[job.person_id]:
            del people[job.person_id]
        if not people:
            del self._rooms[turn][job.course_id]

    def _last_served(self, whom: str) -> int:
        return self._served.get(whom, 0)
