"""Submissions and their state: queued, running, then graded, by hand, or ours to put right."""

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Connection,
    RowMapping,
    Select,
    bindparam,
    func,
    insert,
    select,
    update,
)

from grader.service.database.people import new_id
from grader.service.database.schema import contents, courses, submissions
from grader.submissions.intake.spool import bytes_of
from grader.submissions.intake.student_submission import SubmittedFile

PACKING: Final = 6  # of zlib's nine


class State(StrEnum):
    """How far a submission has come."""

    QUEUED = "queued"
    RUNNING = "running"
    GRADED = "graded"
    BY_HAND = "by hand"  # a person has to look: nothing could be graded, and why is told
    OURS = "ours"  # the grader failed; costs nobody an attempt or a point


WAITING: Final = (State.QUEUED, State.RUNNING)

# What each submission asks and changes is made once: to put a question together costs more than to
# answer it.
_CONTENT: Final = select(contents.c.files).where(contents.c.digest == bindparam("digest"))
_KEEP: Final = insert(contents)
_ADD: Final = insert(submissions)
_WITH_ID: Final = select(submissions).where(submissions.c.id == bindparam("id"))
_NUMBERED: Final = select(submissions).where(submissions.c.number == bindparam("number"))
_OF_SOMEBODY: Final = select(func.count()).where(submissions.c.person_id == bindparam("person_id"))
_WAITS: Final = submissions.c.state.in_([one.value for one in WAITING])
_WAITING_OF: Final = _OF_SOMEBODY.where(_WAITS)
_ATTEMPTS_OF: Final = _OF_SOMEBODY.where(
    submissions.c.course_id == bindparam("course_id"),
    submissions.c.exercise == bindparam("exercise"),
    submissions.c.state != State.OURS.value,
)
_SENT_BEFORE: Final = select(submissions).where(
    submissions.c.person_id == bindparam("person_id"),
    submissions.c.course_id == bindparam("course_id"),
    submissions.c.idempotency_key == bindparam("key"),
)
_CHANGE: Final = update(submissions).where(submissions.c.number == bindparam("which"))
_BEGIN: Final = _CHANGE.where(_WAITS).values(state=State.RUNNING.value, tries=bindparam("begun"))
_COUNT: Final = _CHANGE.values(grading_id=bindparam("grading"), state=bindparam("becomes"))
_COUNT_FIRST: Final = _COUNT.where(_WAITS)
_JOB: Final = (
    select(contents.c.digest, contents.c.files, courses.c.seed)
    .select_from(submissions)
    .join(contents, contents.c.digest == submissions.c.content)
    .join(courses, courses.c.id == submissions.c.course_id)
    .where(submissions.c.number == bindparam("number"))
)


class Lane(StrEnum):
    """What a submission waits for: a first short look, or as long as the exercise allows."""

    FAST = "fast"
    SLOW = "slow"


class SubmissionRecord(NamedTuple):
    """A submission of somebody's.

    Attributes:
        number: the more, the later it came.
        id: in addresses; nobody can guess it.
        course_id: where.
        exercise: its path.
        person_id: whose.
        made_at: when it came.
        content: the digest of its files.
        note: what was left out of it.
        state: how far it has come.
        lane: what it waits for.
        tries: how often it has been begun.
        grading_id: the one that counts, None before there is one.
    """

    number: int
    id: str
    course_id: str
    exercise: str
    person_id: str
    made_at: float
    content: str
    note: str = ""
    state: State = State.QUEUED
    lane: Lane = Lane.FAST
    tries: int = 0
    grading_id: str | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether there is no verdict yet."""
        return self.state in WAITING


class PackedContent(NamedTuple):
    """The files of a submission, as a job has them and the database keeps them.

    Attributes:
        digest: of names, contents and ages.
        files: name → content in base64.
        order: name → a number that is more than an older file's.
    """

    digest: str
    files: Mapping[str, str]
    order: Mapping[str, int]


def pack(files: Sequence[SubmittedFile]) -> PackedContent:
    """Return the files of a submission, packed."""
    packed = {one.name: base64.b64encode(bytes_of(one.content)).decode("ascii") for one in files}
    order = {one.name: one.order for one in files}
    text = json.dumps([packed, order], sort_keys=True)
    return PackedContent(sha256(text.encode()).hexdigest(), packed, order)


def keep_content(connection: Connection, content: PackedContent, at: float) -> None:
    """Write down the files of a submission, once for all that are the same."""
    known = connection.execute(_CONTENT, {"digest": content.digest}).scalar()
    if known:
        return
    text = json.dumps({"files": dict(content.files), "order": dict(content.order)})
    packed = zlib.compress(text.encode(), PACKING)
    if known is None:
        values = {"digest": content.digest, "files": packed, "made_at": at}
        connection.execute(_KEEP, values)
    else:  # they were removed by age, and have come again
        again = update(contents).where(contents.c.digest == content.digest)
        connection.execute(again.values(files=packed, made_at=at))


def content_of(connection: Connection, digest: str) -> PackedContent:
    """Return the files of a submission, none where they have been removed by age."""
    return _unpacked(digest, connection.execute(_CONTENT, {"digest": digest}).scalar())


def content_and_seed(connection: Connection, number: int) -> tuple[PackedContent, int] | None:
    """Return a submission's files and its course's seed, None where it is gone."""
    row = connection.execute(_JOB, {"number": number}).first()
    return (_unpacked(row.digest, row.files), row.seed) if row else None


def add_submission(
    connection: Connection, submission: SubmissionRecord, key: str | None = None
) -> SubmissionRecord:
    """Write down a submission, and return it with its number and id."""
    submission = submission._replace(id=submission.id or new_id())
    values = {**submission._asdict(), "idempotency_key": key}
    del values["number"]
    made = connection.execute(_ADD, values)
    assert made.inserted_primary_key is not None
    return submission._replace(number=made.inserted_primary_key[0])


def submission_with(connection: Connection, submission_id: str) -> SubmissionRecord | None:
    """Return a submission, None where none has that id."""
    return _first(connection, _WITH_ID, {"id": submission_id})


def submission_numbered(connection: Connection, number: int) -> SubmissionRecord | None:
    """Return a submission, None where none has that number."""
    return _first(connection, _NUMBERED, {"number": number})


def sent_before(
    connection: Connection, person_id: str, course_id: str, key: str
) -> SubmissionRecord | None:
    """Return what somebody handed in with a key, None where they have not used it."""
    sent = {"person_id": person_id, "course_id": course_id, "key": key}
    return _first(connection, _SENT_BEFORE, sent)


def submissions_in(
    connection: Connection, course_id: str, exercise: str = "", person_id: str = ""
) -> list[SubmissionRecord]:
    """Return the submissions of a course, of one exercise or one person of it, the newest first."""
    here = [submissions.c.course_id == course_id]
    if exercise:
        here.append(submissions.c.exercise == exercise)
    if person_id:
        here.append(submissions.c.person_id == person_id)
    found = select(submissions).where(*here).order_by(submissions.c.number.desc())
    return _all(connection, found)


def waiting_submissions(connection: Connection) -> list[SubmissionRecord]:
    """Return what has no verdict yet, the oldest first."""
    return _all(connection, select(submissions).where(_WAITS).order_by(submissions.c.number))


def attempts_of(connection: Connection, course_id: str, exercise: str, person_id: str) -> int:
    """Return how often somebody has tried; what the grader failed on is no attempt."""
    here = {"course_id": course_id, "exercise": exercise, "person_id": person_id}
    return int(connection.execute(_ATTEMPTS_OF, here).scalar() or 0)


def waiting_count(connection: Connection, person_id: str) -> int:
    """Return how many submissions of somebody's have no verdict yet."""
    return int(connection.execute(_WAITING_OF, {"person_id": person_id}).scalar() or 0)


def begin(connection: Connection, number: int, tries: int) -> bool:
    """Write down that a submission runs; return whether there is one that has no verdict yet."""
    return bool(connection.execute(_BEGIN, {"which": number, "begun": tries}).rowcount)


def put_back(connection: Connection, number: int, lane: Lane, tries: int) -> None:
    """Write down that a submission waits again."""
    change = update(submissions).where(submissions.c.number == number)
    connection.execute(change.values(state=State.QUEUED.value, lane=lane.value, tries=tries))


def count_grading(connection: Connection, number: int, grading_id: str, state: State) -> None:
    """Have a grading be the one that counts of a submission."""
    changed = {"which": number, "grading": grading_id, "becomes": state.value}
    connection.execute(_COUNT, changed)


def count_first_grading(connection: Connection, number: int, grading_id: str, state: State) -> bool:
    """Have a grading be the one that counts of a submission that waits for one.

    Return whether there is such a submission: it may have been forgotten, or have its verdict.
    """
    changed = {"which": number, "grading": grading_id, "becomes": state.value}
    return bool(connection.execute(_COUNT_FIRST, changed).rowcount)


def states(connection: Connection) -> dict[str, int]:
    """Return how many submissions are in each state."""
    found = select(submissions.c.state, func.count()).group_by(submissions.c.state)
    counted: dict[str, int] = dict(connection.execute(found).all())
    return {state.value: counted.get(state.value, 0) for state in State}


def remove_unused_contents(connection: Connection) -> int:
    """Remove files that no submission has any more, and return how many submissions' these were."""
    used = select(submissions.c.content)
    return connection.execute(contents.delete().where(contents.c.digest.not_in(used))).rowcount


def _unpacked(digest: str, packed: bytes | None) -> PackedContent:
    """Return files as they were packed, none where they have been removed by age."""
    fields = json.loads(zlib.decompress(packed)) if packed else {"files": {}, "order": {}}
    return PackedContent(digest, fields["files"], fields["order"])


def _first(
    connection: Connection, found: Select[Any], values: Mapping[str, Any]
) -> SubmissionRecord | None:
    row = connection.execute(found, values).mappings().first()
    return _record(row) if row else None


def _all(connection: Connection, found: Select[Any]) -> list[SubmissionRecord]:
    return [_record(row) for row in connection.execute(found).mappings().all()]


def _record(row: RowMapping) -> SubmissionRecord:
    fields = {name: row[name] for name in SubmissionRecord._fields}
    return SubmissionRecord(**{**fields, "state": State(row["state"]), "lane": Lane(row["lane"])})
