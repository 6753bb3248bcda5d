"""What the service knows of a person: all of it to take along, or gone; and old work removed."""

import base64
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Table, delete, select, update

from grader.service.database.gradings import plain_result_of
from grader.service.database.lti.tables import lti_marks, lti_members, lti_people, lti_sessions
from grader.service.database.schema import (
    audit,
    contents,
    entry_links,
    extensions,
    gradings,
    members,
    overrides,
    people,
    regraded_submissions,
    second_looks,
    sessions,
    submissions,
    tokens,
)
from grader.service.database.submissions import content_of

OF_LMS: Final = (lti_people, lti_members, lti_marks)
ABOUT: Final = (members, overrides, extensions, audit, *OF_LMS)
"""Tables whose `person_id` says whom a row is about."""

SECRETS: Final = frozenset({"digest"})


def export_of(connection: Connection, person_id: str) -> dict[str, Any]:
    """Return everything that is known of a person, as plain JSON."""
    (person,) = _rows(connection, people, people.c.id == person_id)
    known: dict[str, Any] = {"person": person}
    for table in ABOUT:
        known[table.name] = _rows(connection, table, table.c.person_id == person_id)
    for table in (sessions, lti_sessions, tokens):
        known[table.name] = _rows(connection, table, table.c.person_id == person_id)
    mine = submissions.c.person_id == person_id
    known["submissions"] = [_whole(connection, row) for row in _rows(connection, submissions, mine)]
    return known


def forget(connection: Connection, person_id: str, at: float) -> int:
    """Remove a person with all of their work; return how many submissions that was.

    What they changed for others stays, by somebody without a name.
    """
    mine = select(submissions.c.number).where(submissions.c.person_id == person_id)
    for table in (gradings, regraded_submissions, second_looks):
        connection.execute(delete(table).where(table.c.submission.in_(mine)))
    gone = connection.execute(delete(submissions).where(submissions.c.person_id == person_id))
    connection.execute(
        delete(contents).where(contents.c.digest.not_in(select(submissions.c.content)))
    )
    of_sessions = (sessions, lti_sessions, tokens, entry_links)
    for table in (members, overrides, extensions, *OF_LMS, *of_sessions):
        connection.execute(delete(table).where(table.c.person_id == person_id))
    blank = {"person_id": None, "says": "", "submission_id": ""}
    connection.execute(update(audit).where(audit.c.person_id == person_id).values(**blank))
    nobody = {"name": "", "email": "", "student_number": "", "is_admin": False}
    me = people.c.id == person_id
    connection.execute(update(people).where(me).values(**nobody, forgotten_at=at))
    return gone.rowcount


def remove_old_work(connection: Connection, before: float) -> int:
    """Remove files and reports of what was handed in before a time; the marks stay.

    Returns:
        how many submissions have no files any more.
    """
    young = select(submissions.c.content).where(submissions.c.made_at >= before)
    old = select(submissions.c.number).where(submissions.c.made_at < before)
    of_old = select(submissions.c.content).where(submissions.c.made_at < before)
    reports = gradings.c.submission.in_(old)
    connection.execute(
        update(gradings).where(reports).values(result=b"", stamp="", staff_result=None)
    )
    files = contents.c.digest.in_(of_old), contents.c.digest.not_in(young), contents.c.files != b""
    return connection.execute(update(contents).where(*files).values(files=b"")).rowcount


def _whole(connection: Connection, submission: dict[str, Any]) -> dict[str, Any]:
    """Return a submission with its files and its report."""
    content = content_of(connection, submission["content"])
    result = plain_result_of(connection, submission["grading_id"])
    looks = _rows(connection, second_looks, second_looks.c.submission == submission["number"])
    return {**submission, "files": dict(content.files), "result": result, "second_looks": looks}


def _rows(connection: Connection, table: Table, here: Any) -> list[dict[str, Any]]:
    rows = connection.execute(select(table).where(here)).mappings().all()
    return list(_plain(rows))


def _plain(rows: Iterable[RowMapping]) -> Iterable[dict[str, Any]]:
    for row in rows:
        yield {
            name: base64.b64encode(value).decode() if isinstance(value, bytes) else value
            for name, value in row.items()
            if name not in SECRETS
        }
