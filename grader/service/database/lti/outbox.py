"""Marks on their way to LMSs: each waits, was sent, or was refused in the LMS's own words."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from math import floor
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, RowMapping, and_, func, insert, or_, select, update

from grader.course.marks import Mark
from grader.service.database.lti.places import LmsCourse
from grader.service.database.lti.tables import lti_contexts, lti_marks, lti_members
from grader.service.database.lti.waiting import Handed
from grader.service.database.people import Role
from grader.service.database.submissions import submission_with

AT_ONCE: Final = 500


class MarkState(StrEnum):
    """How far a mark has come."""

    WAITING = "waiting"
    SENDING = "sending"  # begun: after a crash it is looked at what the LMS has
    SENT = "sent"
    REFUSED = "refused"


class OutboxMark(NamedTuple):
    """A mark of somebody's, on its way to an LMS.

    Attributes:
        number: names it.
        context: the course of the LMS.
        exercise: its path.
        person_id: whose.
        state: how far it has come.
        score: points; None where a person has to look.
        max_score: of so many.
        submission: what it is of.
        told: what the LMS says, in its own words.
        tries: how often it was tried without an answer.
        next_at: when it is tried next.
        stamp: of the last score that was sent.
        sent_score: the last one.
        sent_submission: what that was of.
        is_pending: whether there is no verdict yet, and the LMS is told that one will come.
    """

    number: int
    context: str
    exercise: str
    person_id: str
    state: MarkState
    score: float | None
    max_score: float
    submission: str
    told: str
    tries: int
    next_at: float
    stamp: float
    sent_score: float | None
    sent_submission: str
    is_pending: bool

    @property
    def is_regrade(self) -> bool:
        """Whether the LMS has a score of the same submission already."""
        return self.sent_submission == self.submission

    @property
    def is_in_doubt(self) -> bool:
        """Whether a sending was begun of which nobody knows what came."""
        is_new = self.stamp > 0 and not self.is_regrade
        return self.state is MarkState.SENDING or self.tries > 0 or is_new

    @property
    def as_sent(self) -> "OutboxMark":
        """The mark as the LMS was known to have it last."""
        return self._replace(score=self.sent_score)


def collect(connection: Connection, course: LmsCourse, marks: Iterable[Mark], at: float) -> int:
    """Have the marks that are new, or not what was sent, wait; return how many these are.

    Only students whom the LMS has told of get marks there.
    """
    here = lti_members.c.context == course.id, lti_members.c.role == Role.STUDENT.value
    told = set(connection.execute(select(lti_members.c.person_id).where(*here)).scalars())
    known = {(one.exercise, one.person_id): one for one in _marks(connection, course.id)}
    changed = 0
    for mark in marks:
        before = known.get((mark.exercise, mark.student.key))
        if mark.student.key not in told or not _is_news(mark, before):
            continue
        _await(connection, course, mark, before, at)
        changed += 1
    return changed


def waiting_marks(connection: Connection, at: float) -> dict[str, list[OutboxMark]]:
    """Return the marks whose turn has come, by platform, those first that have waited longest."""
    due = and_(lti_marks.c.state == MarkState.WAITING.value, lti_marks.c.next_at <= at)
    here = or_(due, lti_marks.c.state == MarkState.SENDING.value)
    found = (
        select(lti_marks, lti_contexts.c.platform_id)
        .join(lti_contexts, lti_contexts.c.id == lti_marks.c.context)
        .where(here)
        .order_by(lti_marks.c.next_at, lti_marks.c.number)
        .limit(AT_ONCE)
    )
    platforms: dict[str, list[OutboxMark]] = {}
    for row in connection.execute(found).mappings():
        platforms.setdefault(row["platform_id"], []).append(_mark(row))
    return platforms


def begin_sending(connection: Connection, number: int, at: float) -> OutboxMark | None:
    """Begin to send a mark as it is now, later than all before it in whole seconds.

    Returns:
        the mark; None where nothing waits any more, or a verdict has come that is to be sent.
    """
    row = _row(connection, number)
    if row is None or row["state"] != MarkState.WAITING.value:
        return None
    if row["is_pending"]:
        handed = submission_with(connection, row["submission"])
        if handed is None or not handed.is_waiting:
            return None
    stamp = max(at, floor(row["stamp"]) + 1.0)
    _change(connection, number, state=MarkState.SENDING.value, stamp=stamp)
    return _mark(row)._replace(state=MarkState.SENDING, stamp=stamp)


def end_sending(connection: Connection, mark: OutboxMark, state: MarkState, told: str) -> None:
    """Write down what came of a mark; one that has changed meanwhile waits again."""
    row = _row(connection, mark.number)
    if row is None:
        return
    values: dict[str, Any] = {"told": told}
    if state is MarkState.SENT:
        values |= {"sent_score": mark.score, "sent_submission": mark.submission}
    if row["state"] == MarkState.SENDING.value:
        values |= {"state": state.value, "tries": 0}
    _change(connection, mark.number, **values)


def postpone(connection: Connection, mark: OutboxMark, until: float, told: str) -> None:
    """Have a mark wait until a time, with what kept it."""
    values = {"state": MarkState.WAITING.value, "next_at": until, "told": told}
    _change(connection, mark.number, **values, tries=mark.tries + 1)


def resend(connection: Connection, course_id: str, at: float, number: int | None = None) -> int:
    """Have marks of a course be sent once more: one, or all that were refused or wait."""
    courses = select(lti_contexts.c.id).where(lti_contexts.c.course_id == course_id)
    here = [lti_marks.c.context.in_(courses), lti_marks.c.state != MarkState.SENDING.value]
    if number is None:
        here.append(lti_marks.c.state != MarkState.SENT.value)
    else:
        here.append(lti_marks.c.number == number)
    values = {"state": MarkState.WAITING.value, "next_at": at, "tries": 0}
    return connection.execute(update(lti_marks).where(*here).values(**values)).rowcount


def marks_sent(connection: Connection, course_id: str) -> list[OutboxMark]:
    """Return the marks of a course of ours on their way, those first that need somebody."""
    courses = connection.execute(
        select(lti_contexts.c.id).where(lti_contexts.c.course_id == course_id)
    ).scalars()
    order = (MarkState.REFUSED, MarkState.WAITING, MarkState.SENDING, MarkState.SENT)
    found = [one for context in courses.all() for one in _marks(connection, context)]
    return sorted(found, key=lambda one: (order.index(one.state), one.exercise, one.number))


def outbox_states(connection: Connection) -> Mapping[str, int]:
    """Return how many marks are in each state."""
    found = select(lti_marks.c.state, func.count()).group_by(lti_marks.c.state)
    return {str(state): int(number) for state, number in connection.execute(found).all()}


def await_verdict(connection: Connection, handed: Handed, at: float) -> None:
    """Have it wait to be told that somebody has handed in; nothing where anything was told."""
    here = [lti_marks.c[name] == value for name, value in handed._asdict().items()]
    if connection.execute(select(lti_marks.c.number).where(*here[:3])).first() is None:
        values = {
            **handed._asdict(), "state": MarkState.WAITING.value, "max_score": 0.0, "tries": 0,
            "next_at": at, "stamp": 0.0, "made_at": at, "is_pending": True,
        }  # fmt: skip
        connection.execute(insert(lti_marks).values(**values))


def _is_news(mark: Mark, before: OutboxMark | None) -> bool:
    if before is None or before.is_pending:
        return True
    if mark.score is None and before.sent_score is not None:
        return False  # what the LMS shows stays until a person has looked
    now = mark.score, mark.max_score, mark.submission
    return now != (before.score, before.max_score, before.submission)


def _await(
    connection: Connection, course: LmsCourse, mark: Mark, before: OutboxMark | None, at: float
) -> None:
    values = {
        "state": MarkState.WAITING.value, "score": mark.score, "max_score": mark.max_score,
        "submission": mark.submission, "tries": 0, "next_at": at, "is_pending": False,
    }  # fmt: skip
    if before is not None:
        _change(connection, before.number, **values)
        return
    keys = {"context": course.id, "exercise": mark.exercise, "person_id": mark.student.key}
    connection.execute(insert(lti_marks).values(**keys, **values, stamp=0.0, made_at=at))


def _marks(connection: Connection, context: str) -> Sequence[OutboxMark]:
    found = select(lti_marks).where(lti_marks.c.context == context)
    return [_mark(row) for row in connection.execute(found).mappings().all()]


def _row(connection: Connection, number: int) -> RowMapping | None:
    found = select(lti_marks).where(lti_marks.c.number == number)
    return connection.execute(found).mappings().first()


def _change(connection: Connection, number: int, **values: Any) -> None:
    connection.execute(update(lti_marks).where(lti_marks.c.number == number).values(**values))


def _mark(row: RowMapping) -> OutboxMark:
    fields = {name: row[name] for name in OutboxMark._fields}
    return OutboxMark(**{**fields, "state": MarkState(row["state"])})
