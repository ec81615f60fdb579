"""Inbox: columns to filter and order by, marks of moderators, words to search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: Columns an index needs to answer a filter without reading the texts.
FILTERED = ["intent", "tone", "language", "author_is_owner"]


def upgrade() -> None:
    """Add everything and fill it from what is there."""
    op.add_column("messages", sa.Column("urgency_rank", sa.Integer, nullable=False, server_default="5"))
    op.add_column("messages", sa.Column("intent", sa.String(24), nullable=False, server_default=""))
    op.add_column("messages", sa.Column("tone", sa.String(10), nullable=False, server_default=""))
    op.add_column("messages", sa.Column("language", sa.String(8), nullable=False, server_default=""))
    op.create_table(
        "message_marks",
        sa.Column("message_id", sa.Integer, sa.ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("mark", sa.String(10), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.CheckConstraint("mark IN ('skipped','human')", name="ck_message_marks_mark"),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(_FILL_SQLITE if sqlite else _FILL_POSTGRES)
    op.create_index(
        "ix_messages_urgency", "messages", ["urgency_rank", "created_at", "thread_id", "position", *FILTERED]
    )
    op.create_index(
        "ix_messages_created", "messages", ["created_at", "thread_id", "position", "urgency_rank", *FILTERED]
    )
    op.create_index(
        "ix_messages_facets",
        "messages",
        ["intent", "tone", "urgency_rank", "language", "author_is_owner", "thread_id"],
    )
    op.create_index("ix_items_reply", "items", ["message_id", "kind", "status"])
    for statement in _SQLITE_WORDS if sqlite else _POSTGRES_WORDS:
        op.execute(statement)


_FILL_SQLITE = """
    UPDATE messages SET
        urgency_rank = CAST(substr(json_extract(triage, '$.urgency'), 2) AS INTEGER),
        intent = json_extract(triage, '$.intent'),
        tone = json_extract(triage, '$.tone'),
        language = json_extract(triage, '$.language')
    WHERE triage IS NOT NULL AND triage <> ''
"""
_FILL_POSTGRES = """
    UPDATE messages SET
        urgency_rank = CAST(substr(CAST(triage AS json) ->> 'urgency', 2) AS integer),
        intent = CAST(triage AS json) ->> 'intent',
        tone = CAST(triage AS json) ->> 'tone',
        language = CAST(triage AS json) ->> 'language'
    WHERE triage IS NOT NULL AND triage <> ''
"""


def _ligatures(column: str) -> str:
    """No tokenizer takes "œ" for "oe", and nobody types it."""
    opened = column
    for sign, letters in (("œ", "oe"), ("Œ", "OE"), ("æ", "ae"), ("Æ", "AE")):
        opened = f"replace({opened}, '{sign}', '{letters}')"
    return opened


def _sqlite_row(row: str) -> str:
    """Author and text of a message as they are indexed; ``row`` is ``NEW.``, ``OLD.`` or nothing."""
    who = _ligatures(f"{row}author_name || ' ' || {row}author_handle")
    return f"{who}, {_ligatures(f'{row}text')}"


_REMOVED = (
    f"INSERT INTO message_words (message_words, rowid, author, text) VALUES ('delete', OLD.id, {_sqlite_row('OLD.')})"
)
_ADDED = f"INSERT INTO message_words (rowid, author, text) VALUES (NEW.id, {_sqlite_row('NEW.')})"

# The index keeps no text of its own: what it forgets must be exactly what it was told, hence one expression for all.
_SQLITE_WORDS = [
    f"CREATE VIEW message_texts (id, author, text) AS SELECT id, {_sqlite_row('')} FROM messages",
    "CREATE VIRTUAL TABLE message_words USING fts5 (author, text, content='message_texts', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2', columnsize=0)",
    "INSERT INTO message_words (message_words) VALUES ('rebuild')",
    f"CREATE TRIGGER message_words_added AFTER INSERT ON messages BEGIN {_ADDED}; END",
    f"CREATE TRIGGER message_words_removed AFTER DELETE ON messages BEGIN {_REMOVED}; END",
    "CREATE TRIGGER message_words_changed AFTER UPDATE OF id, author_name, author_handle, text ON messages "
    f"BEGIN {_REMOVED}; {_ADDED}; END",
]

#: Signs that part words, the same for every locale of the server.
_SIGNS = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u2000-\u206f]+"
)
_POSTGRES_WORDS = [
    # A text of a million words would overflow a tsvector: the first 100,000 characters are enough to find it.
    "CREATE FUNCTION replique_folded(told text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
    rf"$$ SELECT regexp_replace(regexp_replace(normalize(lower({_ligatures('left(told, 100000)')}), NFD), "
    rf"'[\u0300-\u036f]+', '', 'g'), '{_SIGNS}', ' ', 'g') $$",
    # Dear, and said to be: the planner then goes by the index rather than parse every text again.
    "CREATE FUNCTION replique_words(told text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 2000 AS "
    "$$ BEGIN RETURN to_tsvector('pg_catalog.simple'::regconfig, replique_folded(told)); END $$",
    # One word typed by a person: its parts side by side, the last one being a beginning.
    "CREATE FUNCTION replique_beginning(word text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
    "$$ SELECT CASE WHEN numnode(q) = 0 THEN q ELSE CAST(CAST(q AS text) || ':*' AS tsquery) END "
    "FROM phraseto_tsquery('pg_catalog.simple'::regconfig, replique_folded(word)) AS q $$",
    "CREATE INDEX ix_messages_words ON messages USING gin "
    "(replique_words(author_name || ' ' || author_handle || ' ' || text))",
]
