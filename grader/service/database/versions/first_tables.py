"""The first tables: people, courses, submissions, gradings, and who did what."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    _contents()
    _courses()
    _people()
    _audit()
    _course_exercises()
    _entry_links()
    _extensions()
    _members()
    _misconception_notes()
    _overrides()
    _regrades()
    _sessions()
    _submissions()
    _tokens()
    _gradings()
    _regraded_submissions()
    _second_looks()


def _contents() -> None:
    op.create_table(
        "contents",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_contents")),
    )


def _courses() -> None:
    op.create_table(
        "courses",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("counts", sa.String(length=8), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("closed_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses")),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("student_number", sa.Text(), server_default="", nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("forgotten_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("actor_id", sa.String(length=32), nullable=True),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("course_id", sa.String(length=64), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("exercise", sa.Text(), server_default="", nullable=False),
        sa.Column("submission_id", sa.Text(), server_default="", nullable=False),
        sa.Column("says", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_audit_actor_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_audit_person_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_audit_actor_id"), "audit", ["actor_id"])
    op.create_index(op.f("ix_audit_course_id"), "audit", ["course_id"])
    op.create_index(op.f("ix_audit_person_id"), "audit", ["person_id"])


def _course_exercises() -> None:
    op.create_table(
        "course_exercises",
        sa.Column("course_id", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=128), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("due", sa.Float(), nullable=True),
        sa.Column("grace_min", sa.Float(), nullable=False),
        sa.Column("per_day", sa.Float(), nullable=False),
        sa.Column("cap", sa.Float(), nullable=False),
        sa.Column("most_attempts", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_course_exercises_course_id")
        ),
        sa.PrimaryKeyConstraint("course_id", "path", name=op.f("pk_course_exercises")),
    )


def _entry_links() -> None:
    op.create_table(
        "entry_links",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("course_id", sa.String(length=64), nullable=True),
        sa.Column("role", sa.String(length=16), server_default="", nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=True),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("ends_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_entry_links_by_id")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_entry_links_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_entry_links_person_id")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_entry_links")),
    )
    op.create_index(op.f("ix_entry_links_by_id"), "entry_links", ["by_id"])
    op.create_index(op.f("ix_entry_links_person_id"), "entry_links", ["person_id"])


def _extensions() -> None:
    op.create_table(
        "extensions",
        sa.Column("course_id", sa.String(length=64), nullable=False),
        sa.Column("exercise", sa.String(length=128), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("due", sa.Float(), nullable=False),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=True),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_extensions_by_id")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_extensions_course_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_extensions_person_id")),
        sa.PrimaryKeyConstraint("course_id", "exercise", "person_id", name=op.f("pk_extensions")),
    )
    op.create_index(op.f("ix_extensions_by_id"), "extensions", ["by_id"])
    op.create_index(op.f("ix_extensions_person_id"), "extensions", ["person_id"])


def _members() -> None:
    op.create_table(
        "members",
        sa.Column("course_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_members_course_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_members_person_id")),
        sa.PrimaryKeyConstraint("course_id", "person_id", name=op.f("pk_members")),
    )
    op.create_index(op.f("ix_members_person_id"), "members", ["person_id"])


def _misconception_notes() -> None:
    op.create_table(
        "misconception_notes",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("course_id", sa.String(length=64), nullable=False),
        sa.Column("exercise", sa.String(length=128), nullable=False),
        sa.Column("misconception", sa.String(length=128), nullable=False),
        sa.Column("says", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=True),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_misconception_notes_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_misconception_notes_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_misconception_notes")),
    )
    op.create_index(op.f("ix_misconception_notes_by_id"), "misconception_notes", ["by_id"])


def _overrides_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("course_id", sa.String(length=64), nullable=False),
        sa.Column("exercise", sa.String(length=128), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("check_id", sa.Text(), server_default="", nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=True),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("withdrawn_at", sa.Float(), nullable=True),
    ]


def _overrides() -> None:
    op.create_table(
        "overrides",
        *_overrides_columns(),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_overrides_by_id")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_overrides_course_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_overrides_person_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_overrides")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_overrides_by_id"), "overrides", ["by_id"])
    op.create_index(op.f("ix_overrides_person_id"), "overrides", ["person_id"])


def _regrades() -> None:
    op.create_table(
        "regrades",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("course_id", sa.String(length=64), nullable=False),
        sa.Column("exercise", sa.String(length=128), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=True),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_regrades_by_id")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_regrades_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrades")),
    )
    op.create_index(op.f("ix_regrades_by_id"), "regrades", ["by_id"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("ends_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sessions_person_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_person_id"), "sessions", ["person_id"])


def _submissions_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("course_id", sa.String(length=64), nullable=False),
        sa.Column("exercise", sa.String(length=128), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("lane", sa.String(length=8), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("grading_id", sa.String(length=32), nullable=True),
        sa.Column("idempotency_key", sa.String(length=128), nullable=True),
    ]


def _submissions() -> None:
    op.create_table(
        "submissions",
        *_submissions_columns(),
        sa.ForeignKeyConstraint(
            ["content"], ["contents.digest"], name=op.f("fk_submissions_content")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_submissions_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_submissions_person_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_submissions")),
        sa.UniqueConstraint("id", name=op.f("uq_submissions_id")),
        sa.UniqueConstraint(
            "person_id", "course_id", "idempotency_key", name=op.f("uq_submissions_person_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_submissions_of", "submissions", ["course_id", "exercise", "person_id"])
    op.create_index(op.f("ix_submissions_person_id"), "submissions", ["person_id"])
    op.create_index("ix_submissions_state", "submissions", ["state"])


def _tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("scopes", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("ends_at", sa.Float(), nullable=True),
        sa.Column("revoked_at", sa.Float(), nullable=True),
        sa.Column("used_at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_tokens_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_tokens_digest")),
    )
    op.create_index(op.f("ix_tokens_person_id"), "tokens", ["person_id"])


def _gradings() -> None:
    op.create_table(
        "gradings",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("regrade_id", sa.String(length=32), nullable=True),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("stamp", sa.String(length=64), nullable=False),
        sa.Column("result", sa.LargeBinary(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("max_score", sa.Float(), nullable=False),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.Column("is_ours", sa.Boolean(), nullable=False),
        sa.Column("checks", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.number"], name=op.f("fk_gradings_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gradings")),
    )
    op.create_index(op.f("ix_gradings_stamp"), "gradings", ["stamp"])
    op.create_index(op.f("ix_gradings_submission"), "gradings", ["submission"])


def _regraded_submissions() -> None:
    op.create_table(
        "regraded_submissions",
        sa.Column("regrade_id", sa.String(length=32), nullable=False),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("before_id", sa.String(length=32), nullable=True),
        sa.Column("after_id", sa.String(length=32), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["regrade_id"], ["regrades.id"], name=op.f("fk_regraded_submissions_regrade_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.number"], name=op.f("fk_regraded_submissions_submission")
        ),
        sa.PrimaryKeyConstraint("regrade_id", "submission", name=op.f("pk_regraded_submissions")),
    )
    op.create_index(
        op.f("ix_regraded_submissions_submission"), "regraded_submissions", ["submission"]
    )


def _second_looks() -> None:
    op.create_table(
        "second_looks",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_by", sa.String(length=32), nullable=True),
        sa.Column("answered_at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name=op.f("fk_second_looks_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.number"], name=op.f("fk_second_looks_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_looks")),
    )
    op.create_index(op.f("ix_second_looks_answered_by"), "second_looks", ["answered_by"])
    op.create_index(op.f("ix_second_looks_submission"), "second_looks", ["submission"])
