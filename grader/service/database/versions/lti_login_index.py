"""The index by which the oldest logins of an LMS are found."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make it."""
    name = op.f("ix_lti_logins_platform_id")
    op.create_index(name, "lti_logins", ["platform_id", "made_at"])
