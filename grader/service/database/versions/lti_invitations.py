"""Invitations of LMSs, by which they register, and when each has opened or been refused last."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "lti_invitations",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("ends_at", sa.Float(), nullable=False),
        sa.Column("used_at", sa.Float(), nullable=True),
        sa.Column("platform", sa.Text(), server_default="", nullable=False),
        sa.Column("deployment", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_invitations")),
        sa.UniqueConstraint("digest", name=op.f("uq_lti_invitations_digest")),
    )
    for name in ("launched_at", "refused_at"):
        op.add_column("lti_platforms", sa.Column(name, sa.Float(), nullable=True))
    refusal = sa.Column("refusal", sa.Text(), server_default="", nullable=False)
    op.add_column("lti_platforms", refusal)
