"""Whether what waits to be told to an LMS is that there is no verdict yet."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add it; all that waits already has one."""
    op.add_column(
        "lti_marks",
        sa.Column("is_pending", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
