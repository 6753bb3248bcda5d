"""The audit log: who changed what, for whom, and what they said; nothing in it is ever changed."""

from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from grader.service.database.schema import audit


class AuditEntry(NamedTuple):
    """A line of the audit log.

    Attributes:
        action: one word or two: "override", "extension", "publish regrade".
        actor_id: who did it; None where the command line did.
        course_id: where.
        person_id: whom it is about.
        exercise: which one.
        submission_id: which one.
        says: the reason, and what is different now.
        at: when.
    """

    action: str
    actor_id: str | None = None
    course_id: str | None = None
    person_id: str | None = None
    exercise: str = ""
    submission_id: str = ""
    says: str = ""
    at: float = 0.0


def note(connection: Connection, entry: AuditEntry) -> None:
    """Add a line."""
    connection.execute(insert(audit).values(**entry._asdict()))


def entries_about(
    connection: Connection, *, person_id: str = "", course_id: str = "", most: int = 200
) -> list[AuditEntry]:
    """Return the newest lines about a person, in a course, or both; of everything for neither."""
    here = []
    if person_id:
        here.append(audit.c.person_id == person_id)
    if course_id:
        here.append(audit.c.course_id == course_id)
    found = select(audit).where(*here).order_by(audit.c.number.desc()).limit(most)
    rows = connection.execute(found).mappings().all()
    return [AuditEntry(*(row[name] for name in AuditEntry._fields)) for row in rows]
