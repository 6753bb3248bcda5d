"""Gradings: what the grader made of a submission, once and, after a regrade, again."""

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, RowMapping, bindparam, insert, select

from grader.course.batch.jobs import JobResult, job_result, plain_result
from grader.course.marks import ScoredCheck
from grader.reports.report import CheckResult, Report
from grader.service.database.people import new_id
from grader.service.database.schema import gradings
from grader.service.database.submissions import PACKING, State

AT_ONCE: Final = 5000

_ADD: Final = insert(gradings)
_RESULT: Final = select(gradings.c.result).where(gradings.c.id == bindparam("id"))
_STAFF_RESULT: Final = select(gradings.c.staff_result).where(gradings.c.id == bindparam("id"))
_ALIKE: Final = (
    select(gradings.c.id)
    .where(gradings.c.stamp == bindparam("stamp"), gradings.c.is_ours.is_(False))
    .limit(1)
)
_KNOWN: Final = [column for column in gradings.c if column.name not in ("result", "staff_result")]
_WITH_ID: Final = select(*_KNOWN).where(gradings.c.id == bindparam("id"))


class Grading(NamedTuple):
    """A grading of a submission, without its report.

    Attributes:
        id: of it.
        submission: the submission's number.
        regrade_id: of the regrade that it belongs to, None for the first one.
        made_at: when.
        stamp: digest of all that it depends on.
        score: points; None where nothing could be graded.
        max_score: points.
        problem: why not.
        is_ours: whether that is the grader's fault.
        checks: how each came out.
    """

    id: str
    submission: int
    regrade_id: str | None
    made_at: float
    stamp: str
    score: float | None
    max_score: float
    problem: str
    is_ours: bool
    checks: tuple[ScoredCheck, ...] = ()

    @property
    def state(self) -> State:
        """The state of a submission of which this grading counts."""
        if self.is_ours:
            return State.OURS
        return State.BY_HAND if self.score is None else State.GRADED


def grading_of(submission: int, stamp: str, at: float, result: JobResult) -> Grading:
    """Return the grading that a result makes of a submission, which is not written down yet."""
    blank = Grading(new_id(), submission, None, at, stamp, None, 0.0, "", False)
    if not result.reports:
        return blank._replace(problem=result.problem, is_ours=result.ours)
    (report,) = result.reports
    return blank._replace(
        score=None if report.by_hand else report.score,
        max_score=report.max_score,
        problem=report.by_hand,
        checks=tuple(map(_scored, report.checks)),
    )


def add_grading(connection: Connection, grading: Grading, result: JobResult) -> None:
    """Write down a grading, with the result that it was made of."""
    staff = _packed(result) if result.staff_reports else None
    packed = _packed(result._replace(staff_reports=()))
    checks = json.dumps([one._asdict() for one in grading.checks])
    values = {**grading._asdict(), "checks": checks, "result": packed, "staff_result": staff}
    connection.execute(_ADD, values)


def grading_with(connection: Connection, grading_id: str | None) -> Grading | None:
    """Return a grading, None where none has that id."""
    row = connection.execute(_WITH_ID, {"id": grading_id}).mappings().first()
    return _grading(row) if row else None


def gradings_with(connection: Connection, ids: Iterable[str | None]) -> dict[str, Grading]:
    """Return gradings by their ids; None is no id."""
    wanted, found = [one for one in ids if one], {}
    for start in range(0, len(wanted), AT_ONCE):  # a statement takes so many values, and no more
        some = gradings.c.id.in_(wanted[start : start + AT_ONCE])
        for row in connection.execute(select(*_KNOWN).where(some)).mappings().all():
            found[row["id"]] = _grading(row)
    return found


def result_of(connection: Connection, grading_id: str | None) -> JobResult:
    """Return what came of a submission, with its report; nothing where there is no grading."""
    known = plain_result_of(connection, grading_id)
    return job_result(known) if known else JobResult()


def plain_result_of(connection: Connection, grading_id: str | None) -> dict[str, Any]:
    """Return what came of a submission as plain JSON; nothing where there is no grading."""
    return _unpacked(connection.execute(_RESULT, {"id": grading_id}).scalar())


def staff_report_of(connection: Connection, grading_id: str | None) -> Report | None:
    """Return the report that shows what hidden checks ask; None where they hide nothing."""
    known = _unpacked(connection.execute(_STAFF_RESULT, {"id": grading_id}).scalar())
    return next(iter(job_result(known).staff_reports), None) if known else None


def report_of(connection: Connection, grading_id: str | None) -> Report | None:
    """Return the report of a grading, None where nothing could be graded."""
    return next(iter(result_of(connection, grading_id).reports), None)


def graded_alike(connection: Connection, stamp: str) -> JobResult | None:
    """Return what came of the same files against the same grader, None where nothing has yet."""
    known = connection.execute(_ALIKE, {"stamp": stamp}).scalar()
    if not known:
        return None
    staff = _unpacked(connection.execute(_STAFF_RESULT, {"id": known}).scalar())
    return job_result(staff) if staff else result_of(connection, known)


def _packed(result: JobResult) -> bytes:
    return zlib.compress(json.dumps(plain_result(result)).encode(), PACKING)


def _unpacked(packed: bytes | None) -> dict[str, Any]:
    known: dict[str, Any] = json.loads(zlib.decompress(packed)) if packed else {}
    return known


def _scored(check: CheckResult) -> ScoredCheck:
    names = tuple(one.id for one in (check.diagnosis, *check.further) if one)
    return ScoredCheck(check.id, str(check.outcome), check.score, check.max_score, names)


def _grading(row: RowMapping) -> Grading:
    fields: Mapping[str, Any] = {name: row[name] for name in Grading._fields}
    checks = tuple(
        ScoredCheck(**{**one, "diagnoses": tuple(one["diagnoses"])})
        for one in json.loads(row["checks"] or "[]")
    )
    return Grading(**{**fields, "checks": checks})
