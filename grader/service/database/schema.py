"""The tables of the database.

Names and mails are in `people` alone: everything else knows a person by an id that says nothing.
Times are seconds since 1970, and order is never told from them: a clock may jump.
"""

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _person(name: str, *, required: bool = False) -> Column[str]:
    return Column(name, String(32), ForeignKey("people.id"), nullable=not required, index=True)


def _course(*, key: bool = False, required: bool = True) -> Column[str]:
    about = ForeignKey("courses.id")
    return Column("course_id", String(64), about, primary_key=key, nullable=not required)


def _time(name: str = "made_at", *, required: bool = True) -> Column[float]:
    return Column(name, Float, nullable=not required)


def _id() -> Column[str]:
    return Column("id", String(32), primary_key=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


people: Final = Table(
    "people",
    metadata,
    _id(),
    _text("name"),
    _text("email"),
    _text("student_number"),
    Column("is_admin", Boolean, nullable=False),
    _time(),
    _time("forgotten_at", required=False),
)

courses: Final = Table(
    "courses",
    metadata,
    Column("id", String(64), primary_key=True),
    _text("title"),
    Column("counts", String(8), nullable=False),  # the newest submission, or the best
    Column("seed", Integer, nullable=False),  # of the random checks, the same for everyone
    _time(),
    _time("closed_at", required=False),
    Column("hidden_for", String(16), nullable=False, server_default="staff"),
)

members: Final = Table(
    "members",
    metadata,
    _course(key=True),
    Column("person_id", String(32), ForeignKey("people.id"), primary_key=True, index=True),
    Column("role", String(16), nullable=False),
    Column("is_active", Boolean, nullable=False),
)

course_exercises: Final = Table(
    "course_exercises",
    metadata,
    _course(key=True),
    Column("path", String(128), primary_key=True),
    Column("position", Integer, nullable=False),
    _time("due", required=False),
    Column("grace_min", Float, nullable=False),
    Column("per_day", Float, nullable=False),
    Column("cap", Float, nullable=False),
    Column("most_attempts", Integer),
)

contents: Final = Table(
    "contents",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("files", LargeBinary, nullable=False),
    _time(),
)

submissions: Final = Table(
    "submissions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    _course(),
    Column("exercise", String(128), nullable=False),
    _person("person_id", required=True),
    _time(),
    Column("content", String(64), ForeignKey("contents.digest"), nullable=False),
    _text("note"),
    Column("state", String(16), nullable=False),
    Column("lane", String(8), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("grading_id", String(32)),
    Column("idempotency_key", String(128)),
    UniqueConstraint("person_id", "course_id", "idempotency_key"),
    Index("ix_submissions_of", "course_id", "exercise", "person_id"),
    Index("ix_submissions_state", "state"),
    sqlite_autoincrement=True,
)

gradings: Final = Table(
    "gradings",
    metadata,
    _id(),
    Column("submission", Integer, ForeignKey("submissions.number"), nullable=False, index=True),
    Column("regrade_id", String(32)),
    _time(),
    Column("stamp", String(64), nullable=False, index=True),
    Column("result", LargeBinary, nullable=False),
    Column("score", Float),
    Column("max_score", Float, nullable=False),
    _text("problem"),
    Column("is_ours", Boolean, nullable=False),
    _text("checks"),  # JSON: enough for a mark, so that a table of a class opens no reports
    Column("staff_result", LargeBinary),  # with what hidden checks ask, where that is kept back
)

overrides: Final = Table(
    "overrides",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    _course(),
    Column("exercise", String(128), nullable=False),
    _person("person_id", required=True),
    _text("check_id"),
    Column("score", Float),
    _text("comment"),
    _person("by_id"),
    _time(),
    _time("withdrawn_at", required=False),
    sqlite_autoincrement=True,
)

extensions: Final = Table(
    "extensions",
    metadata,
    _course(key=True),
    Column("exercise", String(128), primary_key=True),
    Column("person_id", String(32), ForeignKey("people.id"), primary_key=True, index=True),
    Column("due", Float, nullable=False),
    _text("comment"),
    _person("by_id"),
    _time(),
)

regrades: Final = Table(
    "regrades",
    metadata,
    _id(),
    _course(),
    Column("exercise", String(128), nullable=False),
    Column("state", String(16), nullable=False),
    _text("comment"),
    _person("by_id"),
    _time(),
)

regraded_submissions: Final = Table(
    "regraded_submissions",
    metadata,
    Column("regrade_id", String(32), ForeignKey("regrades.id"), primary_key=True),
    Column("submission", Integer, ForeignKey("submissions.number"), primary_key=True, index=True),
    Column("before_id", String(32)),
    Column("after_id", String(32)),
    Column("tries", Integer, nullable=False),
)

second_looks: Final = Table(
    "second_looks",
    metadata,
    _id(),
    Column("submission", Integer, ForeignKey("submissions.number"), nullable=False, index=True),
    _text("question"),
    _time(),
    _text("answer"),
    _person("answered_by"),
    _time("answered_at", required=False),
)

misconception_notes: Final = Table(
    "misconception_notes",
    metadata,
    _id(),
    _course(),
    Column("exercise", String(128), nullable=False),
    Column("misconception", String(128), nullable=False),
    _text("says"),
    _person("by_id"),
    _time(),
)

sessions: Final = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    _person("person_id", required=True),
    _time(),
    _time("ends_at"),
)

entry_links: Final = Table(
    "entry_links",
    metadata,
    Column("digest", String(64), primary_key=True),
    _person("person_id"),  # whom it lets in; nobody's yet where it invites
    _course(required=False),
    Column("role", String(16), nullable=False, server_default=""),
    Column("uses_left", Integer, nullable=False),
    _person("by_id"),
    _time(),
    _time("ends_at"),
)

tokens: Final = Table(
    "tokens",
    metadata,
    _id(),
    Column("digest", String(64), nullable=False, unique=True),
    _person("person_id", required=True),
    _text("label"),
    _text("scopes"),
    _time(),
    _time("ends_at", required=False),
    _time("revoked_at", required=False),
    _time("used_at", required=False),
)

audit: Final = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    _time("at"),
    _person("actor_id"),
    Column("action", String(32), nullable=False),
    Column("course_id", String(64), index=True),
    _person("person_id"),
    _text("exercise"),
    _text("submission_id"),
    _text("says"),
    sqlite_autoincrement=True,
)
