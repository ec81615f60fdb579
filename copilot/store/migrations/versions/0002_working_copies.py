"""Working copies: what a person is typing, kept until it becomes a version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nothing of 0001 changes."""
    op.create_table(
        "working_copies",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer),
        sa.Column("saved_at", sa.String(32), nullable=False),
    )
