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
        sa.Column("made_at", _TIME, nullable=False),
    )
    op.create_table(
        "import_mappings",
        sa.Column("signature", _HASH, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("saved_at", _TIME, nullable=False),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (*_SQLITE_WORDS, *_SQLITE_LAPSES) if sqlite else _POSTGRES_LAPSES:
        op.execute(statement)


# The first law where a message changes: no approval outlives what it answers, and none is given to what is gone.
_LAPSED = """
    UPDATE items SET status = 'draft', approval_hash = NULL, approved_by = NULL, approved_at = NULL
    WHERE message_id = NEW.id AND status IN ('approved','scheduled','failed','missed')
    AND (NEW.deleted OR answers IS NULL OR answers <> NEW.sha256)
"""
_CHANGED = "NEW.sha256 <> OLD.sha256 OR (NEW.deleted AND NOT OLD.deleted)"
_APPROVED_NOW = "NEW.approval_hash IS NOT NULL AND OLD.approval_hash IS NULL AND NEW.answers IS NOT NULL"
_ANSWERS_ANOTHER = """
    EXISTS (SELECT 1 FROM messages m WHERE m.id = NEW.message_id AND (m.deleted OR m.sha256 <> NEW.answers))
"""
_SQLITE_LAPSES = (
    "CREATE TRIGGER messages_lapse_replies AFTER UPDATE OF sha256, deleted ON messages "
    f"WHEN {_CHANGED} BEGIN {_LAPSED}; END",
    f"CREATE TRIGGER items_answer_what_stands BEFORE UPDATE ON items WHEN {_APPROVED_NOW} AND {_ANSWERS_ANOTHER} "
    "BEGIN SELECT RAISE(ABORT, 'replique:message_changed'); END",
)
_POSTGRES_LAPSES = (
    "CREATE FUNCTION replique_lapse_replies() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN {_LAPSED}; RETURN NEW; END $$",
    "CREATE TRIGGER messages_lapse_replies AFTER UPDATE OF sha256, deleted ON messages FOR EACH ROW "
    f"WHEN ({_CHANGED}) EXECUTE FUNCTION replique_lapse_replies()",
    "CREATE FUNCTION replique_guard_answer() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF {_ANSWERS_ANOTHER} THEN RAISE EXCEPTION 'replique:message_changed'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER items_answer_what_stands BEFORE UPDATE ON items FOR EACH ROW "
    f"WHEN ({_APPROVED_NOW}) EXECUTE FUNCTION replique_guard_answer()",
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
    op.create_index("ix_messages_handle", "messages", ["author_handle"])
    _orders()


def _orders() -> None:
    """What a page of the inbox follows, whichever filter is set."""
    op.drop_index("ix_messages_facets", "messages")
    standing = ["language", "intent", "tone", "urgency_rank", "author_is_owner", "thread_id"]
    op.create_index("ix_messages_facets", "messages", standing)
    time = ["created_at", "thread_id", "position"]
    others = ["urgency_rank", "tone", "language", "author_is_owner"]
    op.create_index("ix_messages_intent", "messages", ["intent", *time, *others])
    filtered = ["intent", "tone", "language", "author_is_owner"]
    for name, columns in (("urgency", ["urgency_rank", *time]), ("created", [*time, "urgency_rank"])):
        op.drop_index(f"ix_messages_{name}", "messages")
        op.create_index(f"ix_messages_{name}", "messages", [*columns, *filtered, "flags"])
    op.create_index(
        "ix_messages_thread_time", "messages", ["thread_id", "created_at", "position", "urgency_rank", *filtered]
    )
    op.create_index("ix_messages_flags", "messages", [*time, "flags"], sqlite_where=sa.text("flags > 1"))
    op.create_index("ix_messages_changed", "messages", time, sqlite_where=sa.text("changed_at IS NOT NULL"))
    op.create_index(
        "ix_messages_own", "messages", ["author_is_owner", *time], sqlite_where=sa.text("author_is_owner = 1")
    )


def _ligatures(column: str) -> str:
    opened = column
    for sign, letters in (("œ", "oe"), ("Œ", "OE"), ("æ", "ae"), ("Æ", "AE")):
        opened = f"replace({opened}, '{sign}', '{letters}')"
    return opened


def _words_row(row: str) -> str:
    """Number, author and text of a message as they are indexed; ``row`` is ``NEW.``, ``OLD.`` or nothing.

    The number follows time (its seconds, then 29 bits of id), so that the newest are found first and the rest not read.
    """
    seconds = f"CAST(strftime('%s', {row}created_at) AS INTEGER)"
    number = f"(min(max(coalesce({seconds}, 0), 0), 17179869183) << 29) + {row}id"
    who = _ligatures(f"{row}author_name || ' ' || {row}author_handle")
    return f"{number}, {who}, {_ligatures(f'{row}text')}"


_REMOVED = f"INSERT INTO message_words (message_words, rowid, author, text) VALUES ('delete', {_words_row('OLD.')})"
_ADDED = f"INSERT INTO message_words (rowid, author, text) VALUES ({_words_row('NEW.')})"
#: The words of SQLite again, numbered by time, with the beginnings of words kept ready.
_SQLITE_WORDS = (
    *(f"DROP TRIGGER message_words_{name}" for name in ("added", "removed", "changed")),
    "DROP TABLE message_words",
    "DROP VIEW message_texts",
    f"CREATE VIEW message_texts (number, author, text) AS SELECT {_words_row('')} FROM messages",
    "CREATE VIRTUAL TABLE message_words USING fts5 (author, text, content='message_texts', content_rowid='number', "
    "tokenize='unicode61 remove_diacritics 2', columnsize=0, prefix='1 2 3')",
    "INSERT INTO message_words (rowid, author, text) SELECT number, author, text FROM message_texts ORDER BY number",
    f"CREATE TRIGGER message_words_added AFTER INSERT ON messages BEGIN {_ADDED}; END",
    f"CREATE TRIGGER message_words_removed AFTER DELETE ON messages BEGIN {_REMOVED}; END",
    "CREATE TRIGGER message_words_changed AFTER UPDATE OF id, author_name, author_handle, text, created_at ON messages "
    f"BEGIN {_REMOVED}; {_ADDED}; END",
)


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
    still_open = sa.text("closed_at IS NULL")
    op.create_index(
        "uq_crises_open", "crises", ["brand_id"], unique=True, sqlite_where=still_open, postgresql_where=still_open
    )
