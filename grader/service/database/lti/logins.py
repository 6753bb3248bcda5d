"""Logins that an LMS has begun: each is good for one launch, in the browser that began it."""

import json
from secrets import token_urlsafe
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, insert, or_, select, update

from grader.service.database.credentials import digest
from grader.service.database.lti.tables import lti_logins, lti_sessions

LOGIN_S: Final = 600.0
SECRET_BYTES: Final = 24
MOST_LOGINS: Final = 5000
"""Logins that one LMS may have open: a course of 1,000 that opens at once has five each."""


class LoginRequest(NamedTuple):
    """What an LMS says when it begins a launch.

    Attributes:
        login_hint: whom it is about, in its own words.
        message_hint: what it is about, in its own words; "" where it says nothing.
        target: the address of ours that it wants.
        deployment: from where; "" where it does not say.
        storage: the frame that keeps things for us; "" where it has none.
        client_id: by which it knows us.
        is_window: whether this has a window of its own already.
    """

    login_hint: str
    message_hint: str
    target: str
    deployment: str
    storage: str
    client_id: str
    is_window: bool = False

    @property
    def as_json(self) -> str:
        """How it is kept."""
        return json.dumps(self._asdict())


class LoginSecrets(NamedTuple):
    """The secrets of a login: none of them is kept as it is.

    Attributes:
        state: comes back with the launch.
        nonce: comes back in what the LMS signs.
        binding: stays in the browser.
    """

    state: str
    nonce: str
    binding: str

    @property
    def key(self) -> str:
        """What names the login in a browser, which may have several."""
        return login_key(self.state)


class LtiLogin(NamedTuple):
    """A login that an LMS has begun.

    Attributes:
        digest: of its state.
        platform_id: which LMS.
        nonce: the digest of what it has to sign.
        binding: the digest of what the browser holds.
        asked: what it said.
        made_at: when.
        claims: of the launch that waits until its browser is known.
    """

    digest: str
    platform_id: str
    nonce: str
    binding: str
    asked: LoginRequest
    made_at: float
    claims: dict[str, Any]


def login_key(state: str) -> str:
    """Return what names a login in a browser."""
    return digest(state)[:16]


def begin_login(
    connection: Connection, platform_id: str, asked: LoginRequest, at: float
) -> LoginSecrets:
    """Write down a login, and return its secrets.

    Whoever knows an LMS's issuer can begin logins. The oldest of an LMS with too many are given up:
    an honest one takes seconds, and refusing new ones would let a flood of minutes close the door.
    """
    _make_room(connection, platform_id, at)
    made = LoginSecrets(*(token_urlsafe(SECRET_BYTES) for _ in LoginSecrets._fields))
    values = {"digest": digest(made.state), "nonce": digest(made.nonce)}
    values |= {"binding": digest(made.binding), "asked": asked.as_json}
    times = {"made_at": at, "ends_at": at + LOGIN_S}
    connection.execute(insert(lti_logins).values(**values, **times, platform_id=platform_id))
    return made


def _make_room(connection: Connection, platform_id: str, at: float) -> None:
    """Remove the logins of an LMS that have ended, and the oldest where it has all it may have."""
    here, made_at = lti_logins.c.platform_id == platform_id, lti_logins.c.made_at
    newest_first = select(made_at).where(here).order_by(made_at.desc())
    too_many = newest_first.offset(MOST_LOGINS - 1).limit(1).scalar_subquery()
    gone = or_(made_at <= at - LOGIN_S, made_at <= too_many)
    connection.execute(delete(lti_logins).where(here, gone))


def login_of(connection: Connection, state: str, at: float) -> LtiLogin | None:
    """Return a login that has not ended, used or not."""
    here = lti_logins.c.digest == digest(state), lti_logins.c.ends_at > at
    row = connection.execute(select(lti_logins).where(*here)).mappings().first()
    if row is None:
        return None
    fields = {name: row[name] for name in LtiLogin._fields}
    fields["asked"] = LoginRequest(**json.loads(row["asked"]))
    return LtiLogin(**{**fields, "claims": json.loads(row["claims"] or "{}")})


def use_login(connection: Connection, login: LtiLogin, claims: dict[str, Any], at: float) -> bool:
    """Use a login for a launch, whose claims wait for the browser; return whether it was unused."""
    here = lti_logins.c.digest == login.digest, lti_logins.c.used_at.is_(None)
    values = {"used_at": at, "claims": json.dumps(claims)}
    return bool(connection.execute(update(lti_logins).where(*here).values(**values)).rowcount)


def take_claims(connection: Connection, login: LtiLogin) -> bool:
    """Have the claims of a login open nothing more; return whether they were still there."""
    here = lti_logins.c.digest == login.digest, lti_logins.c.claims != ""
    return bool(connection.execute(update(lti_logins).where(*here).values(claims="")).rowcount)


def sweep_lti(connection: Connection, at: float) -> None:
    """Remove logins and sessions that have ended."""
    connection.execute(delete(lti_logins).where(lti_logins.c.ends_at <= at))
    connection.execute(delete(lti_sessions).where(lti_sessions.c.ends_at <= at))
