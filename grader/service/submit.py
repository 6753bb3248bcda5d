"""Takes a submission: within the rules of its course, written down before it is answered."""

from collections.abc import Sequence
from time import monotonic
from typing import Final, NamedTuple

from sqlalchemy import Connection

from grader.errors import GraderError
from grader.service.database.courses import CourseExercise, CourseRecord, course_with
from grader.service.database.gradings import add_grading, graded_alike, grading_of
from grader.service.database.submissions import (
    Lane,
    PackedContent,
    State,
    SubmissionRecord,
    add_submission,
    attempts_of,
    count_grading,
    keep_content,
    pack,
    put_back,
    sent_before,
    waiting_count,
)
from grader.service.problems import Problem
from grader.service.queue.dispatcher import stamp_with
from grader.service.queue.fair_queue import queued_job
from grader.service.queue.lanes import course_topic
from grader.service.service import Service
from grader.submissions.intake.student_submission import SubmittedFile

MOST_WAITING: Final = 8
COME_AGAIN_S: Final = 15


class HandIn(NamedTuple):
    """What somebody hands in.

    Attributes:
        course: where.
        exercise: for which of its exercises.
        person_id: whose it is.
        files: of which at least one can be graded.
        note: what was left out of it.
        key: that a program sends along, so that what it sends twice is one submission; or None.
    """

    course: CourseRecord
    exercise: CourseExercise
    person_id: str
    files: Sequence[SubmittedFile]
    note: str = ""
    key: str | None = None


class _Written(NamedTuple):
    """A submission that is written down, and whether it was before."""

    submission: SubmissionRecord
    is_known: bool


async def hand_in(service: Service, handed: HandIn) -> SubmissionRecord:
    """Take a submission; when it is returned, it is on the disk.

    Raises:
        Problem: the course is closed, there are no attempts left, or too many wait already.
    """
    if wait_s := service.dispatcher.budget.wait_s(handed.person_id, monotonic()):
        says = "Your submissions have used much time lately: something in them takes long."
        raise Problem(429, says, f"Come again in {wait_s} seconds.", wait_s)
    content = pack(handed.files)
    try:
        service.shelf.load(handed.exercise.path)
        exercise_stamp = service.shelf.stamp(handed.exercise.path, handed.course.seed)
    except GraderError as error:
        says = "This exercise is broken, so nothing can be handed in for it now."
        raise Problem(503, says, "Tell whoever runs the course; your work is not lost.") from error
    stamp = stamp_with(exercise_stamp, content.digest)
    submission, is_known = await service.database.write(
        _written, handed, content, stamp, service.now()
    )
    if submission.is_waiting:  # also where it is known: its commit may have been told as failed
        await service.dispatcher.lanes.add(queued_job(submission))
    elif not is_known:  # the same files have a verdict already
        service.dispatcher.lanes.news.tell(course_topic(submission.course_id))
    return submission


async def verdict(service: Service, submission: SubmissionRecord, most_s: float) -> None:
    """Wait until a submission has its verdict, for some seconds at most."""
    await service.dispatcher.lanes.wait(("", submission.number), most_s)


def _written(
    connection: Connection, handed: HandIn, content: PackedContent, stamp: str, at: float
) -> _Written:
    if handed.key:
        before = sent_before(connection, handed.person_id, handed.course.id, handed.key)
        if before is not None:
            _refuse_other_content(before, handed, content)
            return _once_more(connection, before)
    _refuse(connection, handed)
    keep_content(connection, content, at)
    where = handed.course.id, handed.exercise.path, handed.person_id
    submission = SubmissionRecord(0, "", *where, at, content.digest, handed.note)
    submission = add_submission(connection, submission, handed.key)
    known = graded_alike(connection, stamp)
    if known is None:
        return _Written(submission, False)
    grading = grading_of(submission.number, stamp, at, known)
    add_grading(connection, grading, known)
    count_grading(connection, submission.number, grading.id, grading.state)
    return _Written(submission._replace(state=grading.state, grading_id=grading.id), False)


def _once_more(connection: Connection, before: SubmissionRecord) -> _Written:
    """Return what was sent before; where the grader failed on it, it waits again."""
    if before.state is not State.OURS:
        return _Written(before, True)
    put_back(connection, before.number, Lane.FAST, 0)
    return _Written(before._replace(state=State.QUEUED, lane=Lane.FAST, tries=0), False)


def _refuse(connection: Connection, handed: HandIn) -> None:
    """Refuse what the rules of a course do not allow.

    Raises:
        Problem: they do not.
    """
    course = course_with(connection, handed.course.id)
    if course is None or course.closed_at is not None:
        raise Problem(409, "This course is closed: nothing can be handed in any more.")
    where = handed.course.id, handed.exercise.path, handed.person_id
    most = handed.exercise.most_attempts
    if most is not None and attempts_of(connection, *where) >= most:
        says = f"All {most} attempts at this exercise are used."
        raise Problem(409, says, "Ask for a second look, or for one more attempt.")
    if waiting_count(connection, handed.person_id) >= MOST_WAITING:
        says = f"{MOST_WAITING} of your submissions wait already."
        raise Problem(429, says, "Come again when they are graded.", COME_AGAIN_S)


def _refuse_other_content(before: SubmissionRecord, handed: HandIn, content: PackedContent) -> None:
    if (before.content, before.exercise) != (content.digest, handed.exercise.path):
        says = "This Idempotency-Key was used for another submission."
        raise Problem(422, says, "Send a new key with each submission.")
