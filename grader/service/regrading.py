"""Grades an exercise again for everyone, shows what would change, and has it count or not."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from sqlalchemy import Connection

from grader.course.batch.diff import Differences, differences
from grader.course.marks import Mark
from grader.service.database.audit import AuditEntry, note
from grader.service.database.courses import CourseRecord
from grader.service.database.marks import CountedMark, WhichMarks, marks_in
from grader.service.database.regrades import (
    Regrade,
    RegradeProgress,
    RegradeState,
    begin_regrade,
    graded_before,
    graded_instead,
    progress,
    publish,
    undo,
)
from grader.service.database.submissions import SubmissionRecord
from grader.service.problems import Problem
from grader.service.queue.fair_queue import queued_job
from grader.service.service import Service
from grader.submissions.student import Student

PUBLISH: Final = "publish regrade"
UNDO: Final = "undo regrade"


class Preview(NamedTuple):
    """What a regrade would change, or has changed.

    Attributes:
        regrade: which one.
        progress: how far it is.
        changes: whose mark, from what to what.
    """

    regrade: Regrade
    progress: RegradeProgress
    changes: Differences


async def regrade(
    service: Service, course: CourseRecord, exercise: str, by_id: str, comment: str
) -> Regrade:
    """Begin to grade an exercise again for everyone; nothing changes yet."""
    blank = Regrade("", course.id, exercise, RegradeState.RUNNING, comment, by_id, service.now())
    made, again = await service.database.write(_begun, blank)
    for one in again:
        await service.dispatcher.lanes.add(queued_job(one, made.id))
    return made


def preview(
    connection: Connection, course: CourseRecord, titles: Mapping[str, str], made: Regrade
) -> Preview:
    """Return what a regrade would change: overrides and late policy count in it already."""
    versions = graded_before(connection, made.id), graded_instead(connection, made.id)
    before, after = (
        marks_in(connection, course, titles, WhichMarks(made.exercise, instead=gradings))
        for gradings in versions
    )
    changes = differences(map(_nameless, before), map(_nameless, after))
    return Preview(made, progress(connection, made.id), changes)


def publish_regrade(connection: Connection, shown: Preview, by_id: str, at: float) -> None:
    """Have a regrade count, and write down whose mark changed.

    Raises:
        Problem: it is not ready, or counts already.
    """
    if not publish(connection, shown.regrade.id):
        raise Problem(409, "This regrade is not ready, or it counts already.")
    _note(connection, shown, (PUBLISH, by_id, at))


def undo_regrade(connection: Connection, shown: Preview, by_id: str, at: float) -> None:
    """Have what counted before a regrade count again.

    Raises:
        Problem: it does not count.
    """
    if not undo(connection, shown.regrade.id):
        raise Problem(409, "This regrade does not count, so there is nothing to take back.")
    _note(connection, shown, (UNDO, by_id, at))


def _begun(connection: Connection, blank: Regrade) -> tuple[Regrade, list[SubmissionRecord]]:
    made, again = begin_regrade(connection, blank)
    entry = AuditEntry("regrade", blank.by_id, blank.course_id, None, blank.exercise)
    note(connection, entry._replace(says=blank.comment, at=blank.made_at))
    return made, again


def _note(connection: Connection, shown: Preview, done: tuple[str, str, float]) -> None:
    """Write a line for the regrade, and one for each person, who can read it."""
    action, by_id, at = done
    made = shown.regrade
    entry = AuditEntry(action, by_id, made.course_id, None, made.exercise, says=made.comment, at=at)
    note(connection, entry)
    for change in shown.changes.changes:
        scores = [_points(change.before), _points(change.after)]
        if action == UNDO:
            scores.reverse()
        says = f"{' → '.join(scores)} points: {made.comment}"
        note(connection, entry._replace(person_id=change.student, says=says))


def _nameless(one: CountedMark) -> Mark:
    """Return a mark whose student is called by the id, which is what a change tells."""
    return one.mark._replace(student=Student(one.mark.student.key))


def _points(score: float | None) -> str:
    return "none" if score is None else f"{score:g}"
