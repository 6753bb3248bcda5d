"""What lets somebody in: links that work once, sessions of a browser, tokens of a program.

None of them is kept: the database holds a digest of each, so that whoever reads it gets in nowhere.
"""

from collections.abc import Iterable
from hashlib import sha256
from secrets import token_urlsafe
from typing import Final, NamedTuple

from sqlalchemy import (
    Connection,
    RowMapping,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from grader.service.database.people import (
    Person,
    Role,
    add_person,
    join,
    new_id,
    person_with,
)
from grader.service.database.schema import entry_links, sessions, tokens

HOUR_S: Final = 60 * 60.0
DAY_S: Final = 24 * HOUR_S
SESSION_S: Final = 30 * DAY_S
LINK_S: Final = 7 * DAY_S
SECRET_BYTES: Final = 24
TOKEN: Final = "grade_"
SCOPES: Final = ("submit", "read", "grade", "admin")

_SESSION: Final = select(sessions.c.person_id).where(
    sessions.c.digest == bindparam("digest"), sessions.c.ends_at > bindparam("at")
)
_TOKEN: Final = select(tokens).where(
    tokens.c.digest == bindparam("digest"),
    tokens.c.revoked_at.is_(None),
    or_(tokens.c.ends_at.is_(None), tokens.c.ends_at > bindparam("at")),
)


class EntryLink(NamedTuple):
    """A link that lets in.

    Attributes:
        person_id: whom; None where it invites whoever has it.
        course_id: into which course an invitation leads.
        role: that it gives there.
        uses_left: how often it works.
        ends_at: until when.
        by_id: who made it.
    """

    person_id: str | None
    course_id: str | None = None
    role: str = ""
    uses_left: int = 1
    ends_at: float = 0.0
    by_id: str | None = None


class ApiToken(NamedTuple):
    """A program's token, without the secret.

    Attributes:
        id: to revoke it by.
        person_id: whose rights it has at most.
        label: what it is for.
        scopes: of SCOPES.
        ends_at: None where it lasts until it is revoked.
        revoked_at: since when it does not work any more.
    """

    id: str
    person_id: str
    label: str
    scopes: tuple[str, ...]
    ends_at: float | None = None
    revoked_at: float | None = None


def digest(secret: str) -> str:
    """Return what is kept of a secret; these are long and random, so that no salt is needed."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def make_link(connection: Connection, link: EntryLink, at: float) -> str:
    """Write down a link, and return its secret."""
    secret = token_urlsafe(SECRET_BYTES)
    link = link._replace(ends_at=link.ends_at or at + LINK_S)
    values = {**link._asdict(), "digest": digest(secret), "made_at": at}
    connection.execute(insert(entry_links).values(**values))
    return secret


def link_of(connection: Connection, secret: str, at: float) -> EntryLink | None:
    """Return a link that still works, None where it does not."""
    here = and_(
        entry_links.c.digest == digest(secret),
        entry_links.c.ends_at > at,
        entry_links.c.uses_left > 0,
    )
    row = connection.execute(select(entry_links).where(here)).mappings().first()
    return EntryLink(*(row[name] for name in EntryLink._fields)) if row else None


def enter(connection: Connection, secret: str, person: Person, at: float) -> str | None:
    """Use a link, and return the secret of a session; None where the link works no more.

    Args:
        connection: to the database.
        secret: the link's.
        person: who has it, for an invitation: known already, or with a name and no id.
        at: now.
    """
    link = link_of(connection, secret, at)
    if link is None or not _use(connection, secret):
        return None
    person_id = link.person_id or person.id or add_person(connection, person, at).id
    if link.course_id and link.role:
        join(connection, link.course_id, person_id, Role(link.role))
    return begin_session(connection, person_id, at)


def begin_session(connection: Connection, person_id: str, at: float) -> str:
    """Write down a session, and return its secret."""
    secret = token_urlsafe(SECRET_BYTES)
    values = {"digest": digest(secret), "person_id": person_id, "made_at": at}
    connection.execute(insert(sessions).values(**values, ends_at=at + SESSION_S))
    return secret


def person_in_session(connection: Connection, secret: str, at: float) -> Person | None:
    """Return whose session this is, None where it has ended."""
    mine = {"digest": digest(secret), "at": at}
    person_id = connection.execute(_SESSION, mine).scalar()
    return person_with(connection, person_id) if person_id else None


def end_session(connection: Connection, secret: str) -> None:
    """End a session."""
    connection.execute(delete(sessions).where(sessions.c.digest == digest(secret)))


def make_token(connection: Connection, token: ApiToken, at: float) -> tuple[ApiToken, str]:
    """Write down a token, and return it with its id, and its secret."""
    token = token._replace(id=token.id or new_id())
    secret = TOKEN + token_urlsafe(SECRET_BYTES)
    values = {**token._asdict(), "scopes": " ".join(token.scopes), "digest": digest(secret)}
    connection.execute(insert(tokens).values(**values, made_at=at))
    return token, secret


def token_of(connection: Connection, secret: str, at: float) -> ApiToken | None:
    """Return the token that has a secret, None where it works no more."""
    row = connection.execute(_TOKEN, {"digest": digest(secret), "at": at}).mappings().first()
    return _token(row) if row else None


def tokens_of(connection: Connection, person_id: str) -> list[ApiToken]:
    """Return the tokens that somebody has, those that are revoked too."""
    return list(_tokens(connection, tokens.c.person_id == person_id))


def all_tokens(connection: Connection, at: float) -> list[ApiToken]:
    """Return the tokens that work, of everybody."""
    not_over = or_(tokens.c.ends_at.is_(None), tokens.c.ends_at > at)
    return list(_tokens(connection, and_(tokens.c.revoked_at.is_(None), not_over)))


def revoke_token(connection: Connection, token_id: str, person_id: str, at: float) -> bool:
    """Make a token of somebody's useless; return whether there was one that worked."""
    here = and_(
        tokens.c.id == token_id, tokens.c.person_id == person_id, tokens.c.revoked_at.is_(None)
    )
    return bool(connection.execute(update(tokens).where(here).values(revoked_at=at)).rowcount)


def sweep(connection: Connection, at: float) -> None:
    """Remove links and sessions that have ended."""
    connection.execute(delete(sessions).where(sessions.c.ends_at <= at))
    used = or_(entry_links.c.ends_at <= at, entry_links.c.uses_left <= 0)
    connection.execute(delete(entry_links).where(used))


def _use(connection: Connection, secret: str) -> bool:
    here = and_(entry_links.c.digest == digest(secret), entry_links.c.uses_left > 0)
    less = update(entry_links).where(here).values(uses_left=entry_links.c.uses_left - 1)
    return bool(connection.execute(less).rowcount)


def _tokens(connection: Connection, here: object) -> Iterable[ApiToken]:
    rows = connection.execute(select(tokens).where(here).order_by(tokens.c.made_at)).mappings()  # type: ignore[arg-type]
    yield from map(_token, rows)


def _token(row: RowMapping) -> ApiToken:
    fields = {name: row[name] for name in ApiToken._fields}
    return ApiToken(**{**fields, "scopes": tuple(row["scopes"].split())})
