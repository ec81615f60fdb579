"""Indexes a page of the inbox follows: messages of the same traits together, each lot in the order of time."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TIME = ["created_at", "thread_id", "position"]
_TRAITS = ["language", "intent", "tone", "urgency_rank", "author_is_owner", "flags"]
#: Wide enough to answer any filter without reading a text.
_FILTERED = ["intent", "tone", "language", "author_is_owner", "flags", "answered", "deleted"]
_INDEXES = {
    "facets": [*_TRAITS, *_TIME, "answered", "deleted"],
    "urgency": ["urgency_rank", *_TIME, *_FILTERED],
    "created": [*_TIME, "urgency_rank", *_FILTERED],
    "thread": ["thread_id", "position", "created_at", "urgency_rank", *_FILTERED],
    "thread_time": ["thread_id", "created_at", "position", "urgency_rank", *_FILTERED],
}


def upgrade() -> None:
    """Make the indexes anew; no row changes."""
    op.drop_index("ix_messages_intent", "messages")
    for name, columns in _INDEXES.items():
        op.drop_index(f"ix_messages_{name}", "messages")
        op.create_index(f"ix_messages_{name}", "messages", columns)
