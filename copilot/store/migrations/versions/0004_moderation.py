"""The inbox at scale: what exports say of a message, vectors, corrections, groups, moderation, crises, pseudonyms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TIME = sa.String(32)
_HASH = sa.String(64)


def upgrade() -> None:
    """Add everything; what was imported before keeps what it has."""
    _threads_and_messages()
    _learning()
    _groups()
    _decisions()
    op.create_table(
        "pseudonyms",
        _of("thread_id", "threads.id", "CASCADE", primary_key=True),
        sa.Column("token", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "import_mappings",
        sa.Column("signature", _HASH, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("saved_at", _TIME, nullable=False),
    )


def _of(name: str, parent: str, on_delete: str, *, primary_key: bool = False) -> sa.Column[int]:
    """A column that names a row of another table."""
    key = sa.ForeignKey(parent, ondelete=on_delete)
    return sa.Column(name, sa.Integer, key, primary_key=primary_key, nullable=on_delete == "SET NULL")


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _threads_and_messages() -> None:
    op.add_column("threads", sa.Column("brand_id", sa.String(80), nullable=False, server_default=""))
    op.add_column("threads", _text("origin"))
    op.add_column("threads", _flag("truncated"))
    op.create_index("ix_threads_origin", "threads", ["origin"])
    op.add_column("messages", sa.Column("edited_at", _TIME))
    op.add_column("messages", sa.Column("likes", sa.Integer))
    op.add_column("messages", _text("link"))
    for name in ("deleted", "hidden", "answered"):
        op.add_column("messages", _flag(name))
    op.add_column("messages", sa.Column("changed_at", _TIME))
    op.add_column("messages", sa.Column("flags", sa.Integer, nullable=False, server_default="0"))
    op.add_column("messages", sa.Column("text_key", sa.BigInteger))
    op.create_index("ix_messages_text_key", "messages", ["thread_id", "text_key"])
    op.create_index("ix_messages_author", "messages", ["author_name"])


def _learning() -> None:
    op.create_table(
        "message_vectors",
        _of("message_id", "messages.id", "CASCADE", primary_key=True),
        sa.Column("model", sa.String(64), nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("brand_id", sa.String(80), nullable=False),
        _of("message_id", "messages.id", "SET NULL"),
        sa.Column("text_sha256", _HASH, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("intent", sa.String(24), nullable=False),
        sa.Column("said", sa.String(24), nullable=False),
        sa.Column("said_by", sa.String(10), nullable=False),
        sa.Column("model", sa.String(64), nullable=False, server_default=""),
        sa.Column("vector", sa.LargeBinary),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.UniqueConstraint("brand_id", "text_sha256", name="uq_corrections_text"),
    )
    op.create_index("ix_corrections_message", "corrections", ["message_id"])


def _groups() -> None:
    op.create_table(
        "message_groups",
        sa.Column("id", sa.Integer, primary_key=True),
        _of("thread_id", "threads.id", "CASCADE"),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        _of("message_id", "messages.id", "CASCADE"),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
    )
    op.create_index("ix_message_groups_thread", "message_groups", ["thread_id", "kind", "size"])
    op.create_index("ix_message_groups_message", "message_groups", ["message_id"])
    op.create_table(
        "message_group_members",
        _of("group_id", "message_groups.id", "CASCADE", primary_key=True),
        _of("message_id", "messages.id", "CASCADE", primary_key=True),
        sa.Column("distance", sa.Float, nullable=False),
    )
    op.create_index("ix_message_group_members_message", "message_group_members", ["message_id"])


def _decisions() -> None:
    op.create_table(
        "moderations",
        sa.Column("id", sa.Integer, primary_key=True),
        _of("message_id", "messages.id", "SET NULL"),
        _of("thread_id", "threads.id", "SET NULL"),
        sa.Column("brand_id", sa.String(80), nullable=False),
        sa.Column("action", sa.String(10), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("message_sha256", _HASH, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("undone_by", sa.Text),
        sa.Column("undone_at", _TIME),
        sa.CheckConstraint(
            "action IN ('keep','answer','hide','delete','report','escalate')", name="ck_moderations_action"
        ),
        sa.CheckConstraint("length(message_sha256) = 64 AND \"by\" <> ''", name="ck_moderations_by_someone"),
    )
    op.create_index("ix_moderations_message", "moderations", ["message_id", "id"])
    op.create_index("ix_moderations_thread", "moderations", ["thread_id", "id"])
    op.create_table(
        "crises",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("brand_id", sa.String(80), nullable=False),
        _of("thread_id", "threads.id", "SET NULL"),
        sa.Column("level", sa.String(8), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("opened_by", sa.Text, nullable=False),
        sa.Column("opened_at", _TIME, nullable=False),
        sa.Column("closed_by", sa.Text),
        sa.Column("closed_at", _TIME),
        sa.CheckConstraint("level IN ('green','yellow','orange','red')", name="ck_crises_level"),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="ck_crises_closed_by_someone"),
    )
    op.create_index("ix_crises_brand", "crises", ["brand_id", "closed_at"])
