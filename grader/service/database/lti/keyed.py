"""Sessions without cookies: a key in the addresses of pages, until an hour after its last use."""

import json
from collections.abc import Mapping
from secrets import token_urlsafe
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from grader.service.database.credentials import HOUR_S, digest
from grader.service.database.lti.tables import lti_sessions
from grader.service.database.people import Person, person_with

SECRET_BYTES: Final = 24
IDLE_S: Final = HOUR_S
LONGEST_S: Final = 12 * HOUR_S


class KeyedSession(NamedTuple):
    """A session whose key is in the addresses of its pages.

    Attributes:
        digest: of the key.
        person_id: whose.
        frames: origins whose pages may frame its pages.
        picking: what the LMS wants to have picked; empty where it is nothing.
        made_at: when it began.
        ends_at: when it ends.
    """

    digest: str
    person_id: str
    frames: str
    picking: Mapping[str, Any]
    made_at: float
    ends_at: float

    def is_short(self, at: float) -> bool:
        """Return whether it ends soon, and may go on."""
        return self.ends_at - at < IDLE_S / 2 and self.ends_at < self.made_at + LONGEST_S


def begin_keyed(
    connection: Connection, person_id: str, frames: str, picking: Mapping[str, Any], at: float
) -> str:
    """Write down a session, and return its key."""
    key = token_urlsafe(SECRET_BYTES)
    values = {"digest": digest(key), "person_id": person_id, "frames": frames, "made_at": at}
    values |= {"picking": json.dumps(picking), "ends_at": at + IDLE_S}
    connection.execute(insert(lti_sessions).values(**values))
    return key


def keyed_session(
    connection: Connection, key: str, at: float
) -> tuple[KeyedSession, Person] | None:
    """Return a session with whose it is, None where it has ended."""
    here = lti_sessions.c.digest == digest(key), lti_sessions.c.ends_at > at
    row = connection.execute(select(lti_sessions).where(*here)).mappings().first()
    person = person_with(connection, row["person_id"]) if row else None
    if row is None or person is None:
        return None
    fields = {name: row[name] for name in KeyedSession._fields}
    return KeyedSession(**{**fields, "picking": json.loads(row["picking"] or "{}")}), person


def prolong(connection: Connection, session: KeyedSession, at: float) -> None:
    """Have a session that is in use go on."""
    ends = min(at + IDLE_S, session.made_at + LONGEST_S)
    here = lti_sessions.c.digest == session.digest
    connection.execute(update(lti_sessions).where(here).values(ends_at=ends))


def end_keyed(connection: Connection, session: KeyedSession) -> None:
    """End a session."""
    connection.execute(delete(lti_sessions).where(lti_sessions.c.digest == session.digest))
