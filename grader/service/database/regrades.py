"""Regrades: what is graded again is seen before it counts, and can be taken back.

A regrade changes nothing until it is published: its gradings lie beside those that count. One on
which the grader failed never counts.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, and_, func, insert, select, update

from grader.service.database.gradings import gradings_with
from grader.service.database.people import new_id
from grader.service.database.schema import gradings, regraded_submissions, regrades, submissions
from grader.service.database.submissions import (
    SubmissionRecord,
    count_grading,
    submissions_in,
)


class RegradeState(StrEnum):
    """How far a regrade has come."""

    RUNNING = "running"
    READY = "ready"  # all is graded again, and somebody has to look
    PUBLISHED = "published"
    UNDONE = "undone"
    DROPPED = "dropped"


class Regrade(NamedTuple):
    """A regrade of an exercise.

    Attributes:
        id: of it; the later it was begun, the higher its number, which comes first.
        course_id: where.
        exercise: its path.
        state: how far it has come.
        comment: why.
        by_id: who began it.
        made_at: when.
    """

    id: str
    course_id: str
    exercise: str
    state: RegradeState
    comment: str
    by_id: str | None
    made_at: float


class RegradeProgress(NamedTuple):
    """How many submissions of a regrade are graded again, of how many."""

    done: int
    of: int


def begin_regrade(
    connection: Connection, regrade: Regrade
) -> tuple[Regrade, list[SubmissionRecord]]:
    """Write down a regrade, and return it with the submissions to grade again."""
    regrade = regrade._replace(id=regrade.id or _next_id(connection))
    connection.execute(insert(regrades).values(**regrade._asdict()))
    handed = submissions_in(connection, regrade.course_id, regrade.exercise)
    again = [one for one in handed if one.grading_id]
    for one in again:
        values = {"submission": one.number, "before_id": one.grading_id, "tries": 0}
        connection.execute(insert(regraded_submissions).values(regrade_id=regrade.id, **values))
    if not again:
        _set_state(connection, regrade.id, RegradeState.READY)
    return regrade, again


def regrade_with(connection: Connection, course_id: str, regrade_id: str) -> Regrade | None:
    """Return a regrade of a course, None where none has that id."""
    here = regrades.c.id == regrade_id, regrades.c.course_id == course_id
    row = connection.execute(select(regrades).where(*here)).mappings().first()
    return _regrade(row) if row else None


def regrades_in(connection: Connection, course_id: str) -> list[Regrade]:
    """Return the regrades of a course, the newest first."""
    found = select(regrades).where(regrades.c.course_id == course_id)
    every = map(_regrade, connection.execute(found).mappings().all())
    return sorted(every, key=lambda one: _number(one.id), reverse=True)


def ungraded_again(connection: Connection) -> list[tuple[str, SubmissionRecord]]:
    """Return what regrades still wait for, with the id of each: after a crash, say."""
    items = regraded_submissions
    found = (
        select(items.c.regrade_id, submissions)
        .join(submissions, submissions.c.number == items.c.submission)
        .join(regrades, regrades.c.id == items.c.regrade_id)
        .where(items.c.after_id.is_(None), regrades.c.state == RegradeState.RUNNING.value)
        .order_by(items.c.submission)
    )
    rows = connection.execute(found).mappings().all()
    fields = SubmissionRecord._fields
    return [(row["regrade_id"], SubmissionRecord(*(row[one] for one in fields))) for row in rows]


def is_ungraded_again(connection: Connection, regrade_id: str, number: int) -> bool:
    """Return whether a regrade still waits for a submission."""
    items = regraded_submissions
    found = (
        select(items.c.submission)
        .join(regrades, regrades.c.id == items.c.regrade_id)
        .where(
            items.c.regrade_id == regrade_id,
            items.c.submission == number,
            items.c.after_id.is_(None),
            regrades.c.state == RegradeState.RUNNING.value,
        )
    )
    return connection.execute(found).first() is not None


def grade_again(connection: Connection, regrade_id: str, number: int, grading_id: str) -> None:
    """Write down what came of a submission the second time; the last one makes a regrade ready."""
    items = regraded_submissions
    here = and_(items.c.regrade_id == regrade_id, items.c.submission == number)
    connection.execute(update(items).where(here).values(after_id=grading_id))
    done, of = progress(connection, regrade_id)
    if done == of:
        _set_state(connection, regrade_id, RegradeState.READY, RegradeState.RUNNING)


def progress(connection: Connection, regrade_id: str) -> RegradeProgress:
    """Return how far a regrade has come."""
    items = regraded_submissions
    found = select(func.count(items.c.after_id), func.count()).where(
        items.c.regrade_id == regrade_id
    )
    return RegradeProgress(*connection.execute(found).one())


def graded_instead(connection: Connection, regrade_id: str) -> dict[int, str]:
    """Return the gradings of a regrade that could count, by the submission's number."""
    items = regraded_submissions
    found = (
        select(items.c.submission, items.c.after_id)
        .join(gradings, gradings.c.id == items.c.after_id)
        .where(items.c.regrade_id == regrade_id, gradings.c.is_ours.is_(False))
    )
    return dict(connection.execute(found).all())


def graded_before(connection: Connection, regrade_id: str) -> dict[int, str]:
    """Return the gradings that counted when a regrade began, by the submission's number."""
    items = regraded_submissions
    found = select(items.c.submission, items.c.before_id).where(items.c.regrade_id == regrade_id)
    return dict(connection.execute(found).all())


def publish(connection: Connection, regrade_id: str) -> bool:
    """Have the gradings of a regrade count; return whether it was ready for that."""
    if not _set_state(connection, regrade_id, RegradeState.PUBLISHED, RegradeState.READY):
        return False
    _count(connection, graded_instead(connection, regrade_id))
    return True


def undo(connection: Connection, regrade_id: str) -> bool:
    """Have what counted before a regrade count again, unless a later one has changed it since."""
    if not _set_state(connection, regrade_id, RegradeState.UNDONE, RegradeState.PUBLISHED):
        return False
    items = regraded_submissions
    found = (
        select(items.c.submission, items.c.before_id)
        .join(submissions, submissions.c.number == items.c.submission)
        .where(items.c.regrade_id == regrade_id, submissions.c.grading_id == items.c.after_id)
    )
    _count(connection, dict(connection.execute(found).all()))
    return True


def drop(connection: Connection, regrade_id: str) -> bool:
    """Have a regrade never count; return whether it could be dropped."""
    return _set_state(
        connection, regrade_id, RegradeState.DROPPED, RegradeState.READY, RegradeState.RUNNING
    )


def _next_id(connection: Connection) -> str:
    """Return an id that tells how many regrades there were before: no clock says the order."""
    before = connection.execute(select(func.count()).select_from(regrades)).scalar() or 0
    return f"{before + 1}-{new_id()}"


def _number(regrade_id: str) -> int:
    number, dash, _ = regrade_id.partition("-")
    return int(number) if dash and number.isascii() and number.isdigit() else 0


def _count(connection: Connection, wanted: Mapping[int, str]) -> None:
    found = gradings_with(connection, wanted.values())
    for number, grading_id in wanted.items():
        count_grading(connection, number, grading_id, found[grading_id].state)


def _set_state(
    connection: Connection, regrade_id: str, state: RegradeState, *before: RegradeState
) -> bool:
    """Change the state of a regrade, where it is one of some; return whether it was."""
    here = [regrades.c.id == regrade_id]
    if before:
        here.append(regrades.c.state.in_([one.value for one in before]))
    change = update(regrades).where(*here).values(state=state.value)
    return bool(connection.execute(change).rowcount)


def _regrade(row: RowMapping) -> Regrade:
    fields = {name: row[name] for name in Regrade._fields}
    return Regrade(**{**fields, "state": RegradeState(row["state"])})
