"""A course says who of its staff sees what hidden checks ask, which is kept beside a grading."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add both columns."""
    told = sa.Column("hidden_for", sa.String(length=16), server_default="staff", nullable=False)
    op.add_column("courses", told)
    op.add_column("gradings", sa.Column("staff_result", sa.LargeBinary(), nullable=True))
