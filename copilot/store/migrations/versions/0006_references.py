"""What replies call a message, and the parents whose message is not there yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; what was imported before awaits nobody."""
    message = sa.ForeignKey("messages.id", ondelete="CASCADE")
    op.create_table(
        "message_references",
        sa.Column("message_id", sa.Integer, message, primary_key=True),
        sa.Column("is_parent", sa.Boolean, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )
