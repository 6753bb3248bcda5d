"""The tables of what LMSs tell, and are told, by LTI.

A person is known to an LMS by `sub`, which is in `lti_people` alone.
"""

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from grader.service.database.schema import metadata

__all__ = ["metadata"]


def _id() -> Column[str]:
    return Column("id", String(32), primary_key=True)


def _text(name: str, *, key: bool = False) -> Column[str]:
    if key:
        return Column(name, String(255), primary_key=True)
    return Column(name, Text, nullable=False, server_default="")


def _time(name: str, *, required: bool = True) -> Column[float]:
    return Column(name, Float, nullable=not required)


def _platform(*, key: bool = False) -> Column[str]:
    about = ForeignKey("lti_platforms.id")
    return Column("platform_id", String(32), about, primary_key=key, nullable=False)


def _context(*, key: bool = False) -> Column[str]:
    about = ForeignKey("lti_contexts.id")
    return Column("context", String(32), about, primary_key=key, nullable=False)


def _person(*, key: bool = False) -> Column[str]:
    about = ForeignKey("people.id")
    return Column("person_id", String(32), about, primary_key=key, nullable=False, index=True)


lti_platforms: Final = Table(
    "lti_platforms",
    metadata,
    _id(),
    Column("name", String(64), nullable=False, unique=True),
    Column("issuer", String(255), nullable=False),
    Column("client_id", String(255), nullable=False),
    _text("login_url"),
    _text("token_url"),
    _text("keys_url"),
    _text("audience"),  # of our requests for a token, where that is not the address itself
    _text("frames"),  # further origins whose pages may frame ours
    _time("made_at"),
    _time("launched_at", required=False),  # when it opened something last
    _time("refused_at", required=False),  # when a launch of it was refused last
    _text("refusal"),  # and why
    UniqueConstraint("issuer", "client_id"),
)

lti_invitations: Final = Table(
    "lti_invitations",
    metadata,
    _id(),
    Column("digest", String(64), nullable=False, unique=True),  # of the secret in its address
    Column("name", String(64), nullable=False),
    _time("made_at"),
    _time("ends_at"),
    _time("used_at", required=False),
    _text("platform"),  # JSON: the LMS that has come by it, until an admin confirms it
    _text("deployment"),
)

lti_deployments: Final = Table(
    "lti_deployments",
    metadata,
    _platform(key=True),
    _text("deployment_id", key=True),
)

lti_logins: Final = Table(
    "lti_logins",
    metadata,
    Column("digest", String(64), primary_key=True),  # of the state
    _platform(),
    _text("nonce"),
    _text("binding"),  # the digest of what the browser holds
    _text("asked"),  # JSON: what the LMS said at the beginning
    _time("made_at"),
    _time("ends_at"),
    _time("used_at", required=False),
    _text("claims"),  # JSON: the launch that waits until its browser is known
    Index(None, "platform_id", "made_at"),
)

lti_people: Final = Table(
    "lti_people",
    metadata,
    _text("issuer", key=True),
    _text("keys_url", key=True),  # two LMSs that go by one issuer's name have keys of their own
    _text("sub", key=True),
    _person(),
)

lti_contexts: Final = Table(
    "lti_contexts",
    metadata,
    _id(),
    _platform(),
    Column("deployment_id", String(255), nullable=False),
    Column("lms_id", String(255), nullable=False),
    Column("course_id", String(64), ForeignKey("courses.id"), nullable=False, index=True),
    _text("title"),
    _text("lineitems_url"),
    _text("scopes"),
    _text("members_url"),
    _time("roster_at", required=False),
    UniqueConstraint("platform_id", "deployment_id", "lms_id"),
)

lti_members: Final = Table(
    "lti_members",
    metadata,
    _context(key=True),
    _person(key=True),
    Column("role", String(16), nullable=False),  # as the LMS said it last
    Column("is_test", Boolean, nullable=False),
)

lti_links: Final = Table(
    "lti_links",
    metadata,
    _context(key=True),
    _text("link_id", key=True),
    Column("exercise", String(128), nullable=False, server_default=""),
    _text("lineitem_url"),
)

lti_sessions: Final = Table(
    "lti_sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    _person(),
    _text("frames"),  # origins whose pages may frame this session's
    _text("picking"),  # JSON: what the LMS wants to have picked
    _time("made_at"),
    _time("ends_at"),
)

lti_marks: Final = Table(
    "lti_marks",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    _context(),
    Column("exercise", String(128), nullable=False),
    _person(),
    Column("state", String(16), nullable=False, index=True),
    Column("score", Float),
    Column("max_score", Float, nullable=False),
    _text("submission"),
    _text("told"),  # what the LMS says, in its own words
    Column("tries", Integer, nullable=False),
    _time("next_at"),
    _time("stamp"),  # of the last score that was sent: the next one is later
    Column("sent_score", Float),
    _text("sent_submission"),
    _time("made_at"),
    Column("is_pending", Boolean, nullable=False, server_default=false()),  # no verdict yet
    UniqueConstraint("context", "exercise", "person_id"),
    sqlite_autoincrement=True,
)
