"""The tables of what LMSs tell, and are told, by LTI."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make them."""
    _platforms()
    _contexts()
    _logins()
    _people()
    _sessions()
    _links()
    _marks()
    _members()


def _platforms() -> None:
    op.create_table(
        "lti_platforms",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        *_keys("issuer", "client_id"),
        *_texts("login_url", "token_url", "keys_url", "audience", "frames"),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_platforms")),
        sa.UniqueConstraint("issuer", "client_id", name=op.f("uq_lti_platforms_issuer")),
        sa.UniqueConstraint("name", name=op.f("uq_lti_platforms_name")),
    )
    op.create_table(
        "lti_deployments",
        sa.Column("platform_id", sa.String(length=32), nullable=False),
        *_keys("deployment_id"),
        _foreign("lti_deployments", "platform_id", "lti_platforms.id"),
        sa.PrimaryKeyConstraint("platform_id", "deployment_id", name=op.f("pk_lti_deployments")),
    )


def _contexts() -> None:
    op.create_table(
        "lti_contexts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("platform_id", sa.String(length=32), nullable=False),
        *_keys("deployment_id", "lms_id"),
        sa.Column("course_id", sa.String(length=64), nullable=False),
        *_texts("title", "lineitems_url", "scopes", "members_url"),
        sa.Column("roster_at", sa.Float(), nullable=True),
        _foreign("lti_contexts", "course_id", "courses.id"),
        _foreign("lti_contexts", "platform_id", "lti_platforms.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_contexts")),
        sa.UniqueConstraint(
            "platform_id", "deployment_id", "lms_id", name=op.f("uq_lti_contexts_platform_id")
        ),
    )
    op.create_index(op.f("ix_lti_contexts_course_id"), "lti_contexts", ["course_id"])


def _logins() -> None:
    op.create_table(
        "lti_logins",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("platform_id", sa.String(length=32), nullable=False),
        *_texts("nonce", "binding", "asked"),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("ends_at", sa.Float(), nullable=False),
        sa.Column("used_at", sa.Float(), nullable=True),
        *_texts("claims"),
        _foreign("lti_logins", "platform_id", "lti_platforms.id"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_lti_logins")),
    )


def _people() -> None:
    op.create_table(
        "lti_people",
        *_keys("issuer", "keys_url", "sub"),
        *_person("lti_people"),
        sa.PrimaryKeyConstraint("issuer", "keys_url", "sub", name=op.f("pk_lti_people")),
    )
    op.create_index(op.f("ix_lti_people_person_id"), "lti_people", ["person_id"])


def _sessions() -> None:
    op.create_table(
        "lti_sessions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        *_person("lti_sessions"),
        *_texts("frames", "picking"),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("ends_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_lti_sessions")),
    )
    op.create_index(op.f("ix_lti_sessions_person_id"), "lti_sessions", ["person_id"])


def _links() -> None:
    op.create_table(
        "lti_links",
        sa.Column("context", sa.String(length=32), nullable=False),
        *_keys("link_id"),
        sa.Column("exercise", sa.String(length=128), server_default="", nullable=False),
        *_texts("lineitem_url"),
        _foreign("lti_links", "context", "lti_contexts.id"),
        sa.PrimaryKeyConstraint("context", "link_id", name=op.f("pk_lti_links")),
    )


def _marks() -> None:
    op.create_table(
        "lti_marks",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("context", sa.String(length=32), nullable=False),
        sa.Column("exercise", sa.String(length=128), nullable=False),
        *_person("lti_marks"),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("max_score", sa.Float(), nullable=False),
        *_texts("submission", "told"),
        sa.Column("tries", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("next_at", "stamp")),
        sa.Column("sent_score", sa.Float(), nullable=True),
        *_texts("sent_submission"),
        sa.Column("made_at", sa.Float(), nullable=False),
        _foreign("lti_marks", "context", "lti_contexts.id"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lti_marks")),
        sa.UniqueConstraint("context", "exercise", "person_id", name=op.f("uq_lti_marks_context")),
        sqlite_autoincrement=True,
    )
    for name in ("person_id", "state"):
        op.create_index(op.f(f"ix_lti_marks_{name}"), "lti_marks", [name])


def _members() -> None:
    op.create_table(
        "lti_members",
        sa.Column("context", sa.String(length=32), nullable=False),
        *_person("lti_members"),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        _foreign("lti_members", "context", "lti_contexts.id"),
        sa.PrimaryKeyConstraint("context", "person_id", name=op.f("pk_lti_members")),
    )
    op.create_index(op.f("ix_lti_members_person_id"), "lti_members", ["person_id"])


def _keys(*names: str) -> list["sa.Column[str]"]:
    return [sa.Column(name, sa.String(length=255), nullable=False) for name in names]


def _texts(*names: str) -> list["sa.Column[str]"]:
    return [sa.Column(name, sa.Text(), server_default="", nullable=False) for name in names]


def _person(table: str) -> tuple["sa.Column[str]", sa.ForeignKeyConstraint]:
    column = sa.Column("person_id", sa.String(length=32), nullable=False)
    return column, _foreign(table, "person_id", "people.id")


def _foreign(table: str, column: str, about: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [about], name=op.f(f"fk_{table}_{column}"))
