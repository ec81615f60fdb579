"""The tables as the code sees them; migrations build them, and a test keeps both equal."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

metadata = MetaData()

_HASH = String(64)
#: Aware times are kept as ISO 8601 in UTC, which sorts as text and reads the same on every database.
_TIME = String(32)
_TIMED = ("created_at", "thread_id", "position")
_TRAITS = ("language", "intent", "tone", "urgency_rank", "author_is_owner", "flags")
_FILTERED = ("intent", "tone", "language", "author_is_owner", "flags", "answered", "deleted")

brands = Table(
    "brands",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("name", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("updated_at", _TIME, nullable=False),
)

briefs = Table(
    "briefs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("sha256", _HASH, nullable=False, unique=True),
    Column("created_at", _TIME, nullable=False),
)

threads = Table(
    "threads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("source", String(40), nullable=False),
    Column("network", String(40), nullable=False),
    Column("language", String(8), nullable=False),
    Column("post_text", Text, nullable=False),
    Column("sha256", _HASH, nullable=False, unique=True),
    Column("imported_at", _TIME, nullable=False),
    Column("brand_id", String(80), nullable=False, server_default=""),
    # What the network calls the conversation: a later export of the same one updates it.
    Column("origin", Text, nullable=False, server_default=""),
    Column("truncated", Boolean, nullable=False, server_default=false()),
    Index("ix_threads_origin", "origin"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", Integer, ForeignKey("threads.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("parent_id", Text),
    Column("author_name", Text, nullable=False),
    Column("author_handle", Text, nullable=False),
    Column("author_is_owner", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", _TIME),
    Column("created_rel", Text),
    Column("rating", Float),
    Column("sha256", _HASH, nullable=False),
    Column("triage", Text),
    # What the triage says, again, to filter and order by; 5 and nothing until a message is triaged.
    Column("urgency_rank", Integer, nullable=False, server_default="5"),
    Column("intent", String(24), nullable=False, server_default=""),
    Column("tone", String(10), nullable=False, server_default=""),
    Column("language", String(8), nullable=False, server_default=""),
    Column("edited_at", _TIME),
    Column("likes", Integer),
    Column("link", Text, nullable=False, server_default=""),
    Column("deleted", Boolean, nullable=False, server_default=false()),
    Column("hidden", Boolean, nullable=False, server_default=false()),
    Column("answered", Boolean, nullable=False, server_default=false()),
    # When a later import brought another text.
    Column("changed_at", _TIME),
    # Of what the triage says, what else the inbox filters by.
    Column("flags", Integer, nullable=False, server_default="0"),
    # 64 bits of the hash of the text without case, signs and accents: the same for exact repetitions.
    Column("text_key", BigInteger),
    UniqueConstraint("thread_id", "external_id", name="uq_messages_external"),
    Index("ix_messages_thread", "thread_id", "position", "created_at", "urgency_rank", *_FILTERED),
    # Wide enough to answer any filter of the inbox without reading a text.
    Index("ix_messages_urgency", "urgency_rank", "created_at", "thread_id", "position", *_FILTERED),
    # Messages with the same traits together, each lot in the order of time.
    Index("ix_messages_facets", *_TRAITS, *_TIMED, "answered", "deleted"),
    Index("ix_messages_created", "created_at", "thread_id", "position", "urgency_rank", *_FILTERED),
    Index("ix_messages_text_key", "thread_id", "text_key"),
    Index("ix_messages_author", "author_name"),
    Index("ix_messages_handle", "author_handle"),
    Index("ix_messages_thread_time", "thread_id", "created_at", "position", "urgency_rank", *_FILTERED),
)
#: Few messages have another flag than "unsure", few changed, and few are ours.
_OWN = messages.c.author_is_owner == true()
Index("ix_messages_flags", *(messages.c[name] for name in (*_TIMED, "flags")), sqlite_where=messages.c.flags > 1)
Index("ix_messages_changed", *(messages.c[name] for name in _TIMED), sqlite_where=messages.c.changed_at.is_not(None))
Index("ix_messages_own", *(messages.c[name] for name in ("author_is_owner", *_TIMED)), sqlite_where=_OWN)

#: Of a message: the parent it names and that is not there yet (``is_parent``), or what replies call it beside its id.
message_references = Table(
    "message_references",
    metadata,
    Column("message_id", Integer, ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    Column("is_parent", Boolean, primary_key=True),
    Column("name", Text, nullable=False),
)

#: The meaning of a text as numbers, little-endian 16-bit floats. ``model`` names what made it, version included.
message_vectors = Table(
    "message_vectors",
    metadata,
    Column("message_id", Integer, ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    Column("model", String(64), nullable=False),
    Column("vector", LargeBinary, nullable=False),
)

#: What a moderator says a message is, to learn from. ``text`` goes with the message; the vector and the label may stay.
corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("brand_id", String(80), nullable=False),
    Column("message_id", Integer, ForeignKey("messages.id", ondelete="SET NULL")),
    Column("text_sha256", _HASH, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("intent", String(24), nullable=False),
    # What the triage had said, and who said so: agreement is counted from both.
    Column("said", String(24), nullable=False),
    Column("said_by", String(10), nullable=False),
    Column("model", String(64), nullable=False, server_default=""),
    Column("vector", LargeBinary),
    Column("by", Text, nullable=False),
    Column("at", _TIME, nullable=False),
    UniqueConstraint("brand_id", "text_sha256", name="uq_corrections_text"),
    Index("ix_corrections_message", "message_id"),
)

#: Messages that say the same, found in one thread. ``kind``: exact, near or concern.
message_groups = Table(
    "message_groups",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", Integer, ForeignKey("threads.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("message_id", Integer, ForeignKey("messages.id", ondelete="CASCADE"), nullable=False),
    # Alarm (raid, spam or nothing), growth, the words of the name: what is shown and never filtered by.
    Column("body", Text, nullable=False),
    Column("made_at", _TIME, nullable=False),
    Index("ix_message_groups_thread", "thread_id", "kind", "size"),
    Index("ix_message_groups_message", "message_id"),
)
message_group_members = Table(
    "message_group_members",
    metadata,
    Column("group_id", Integer, ForeignKey("message_groups.id", ondelete="CASCADE"), primary_key=True),
    Column("message_id", Integer, ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    # From 0, the same, to 1.
    Column("distance", Float, nullable=False),
    Index("ix_message_group_members_message", "message_id"),
)

#: What a person decided on a message. The text, its hash and the time are the evidence, taken before anything is done.
moderations = Table(
    "moderations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", Integer, ForeignKey("messages.id", ondelete="SET NULL")),
    Column("thread_id", Integer, ForeignKey("threads.id", ondelete="SET NULL")),
    Column("brand_id", String(80), nullable=False),
    Column("action", String(10), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", _TIME, nullable=False),
    Column("message_sha256", _HASH, nullable=False),
    Column("evidence", Text, nullable=False),
    # Clause, facts, reason, statement: JSON.
    Column("body", Text, nullable=False),
    Column("undone_by", Text),
    Column("undone_at", _TIME),
    CheckConstraint("action IN ('keep','answer','hide','delete','report','escalate')", name="ck_moderations_action"),
    CheckConstraint("length(message_sha256) = 64 AND \"by\" <> ''", name="ck_moderations_by_someone"),
    Index("ix_moderations_message", "message_id", "id"),
    Index("ix_moderations_thread", "thread_id", "id"),
)

#: A crisis a person opened; at most one is open for a brand ('' stands for all).
crises = Table(
    "crises",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("brand_id", String(80), nullable=False),
    Column("thread_id", Integer, ForeignKey("threads.id", ondelete="SET NULL")),
    Column("level", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("opened_at", _TIME, nullable=False),
    Column("closed_by", Text),
    Column("closed_at", _TIME),
    CheckConstraint("level IN ('green','yellow','orange','red')", name="ck_crises_level"),
    CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="ck_crises_closed_by_someone"),
    Index("ix_crises_brand", "brand_id", "closed_at"),
)
#: Two people who open one at the same moment: the second is refused.
Index(
    "uq_crises_open",
    crises.c.brand_id,
    unique=True,
    sqlite_where=crises.c.closed_at.is_(None),
    postgresql_where=crises.c.closed_at.is_(None),
)

#: What each pseudonym of a thread stands for. It never leaves this database.
pseudonyms = Table(
    "pseudonyms",
    metadata,
    Column("thread_id", Integer, ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True),
    Column("token", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    Column("made_at", _TIME, nullable=False),
)

#: How the columns of a file were read, as a person corrected it, by what its header says.
import_mappings = Table(
    "import_mappings",
    metadata,
    Column("signature", _HASH, primary_key=True),
    Column("body", Text, nullable=False),
    Column("saved_at", _TIME, nullable=False),
)

#: A moderator's decision not to answer.
message_marks = Table(
    "message_marks",
    metadata,
    Column("message_id", Integer, ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    Column("mark", String(10), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", _TIME, nullable=False),
    CheckConstraint("mark IN ('skipped','human')", name="ck_message_marks_mark"),
)

#: Spelled out here rather than taken from the domain: a released table never follows a later change of code.
_APPROVED = "('approved','scheduled','publishing','published','unknown','failed','missed')"

items = Table(
    "items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("network", String(40), nullable=False),
    Column("account", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("hashtags", Text, nullable=False),
    Column("media", Text, nullable=False),
    Column("planned_local", String(16)),
    Column("planned_zone", String(64)),
    Column("brand_id", String(80), nullable=False),
    Column("brief_id", Integer, ForeignKey("briefs.id", ondelete="SET NULL")),
    Column("message_id", Integer, ForeignKey("messages.id", ondelete="SET NULL")),
    Column("answers", _HASH),
    Column("variant", Integer, nullable=False),
    Column("structure", Text, nullable=False),
    Column("writer", String(20), nullable=False),
    Column("edited", Boolean, nullable=False),
    Column("author", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("package_hash", _HASH, nullable=False),
    Column("approval_hash", _HASH),
    Column("approved_by", Text),
    Column("approved_at", _TIME),
    Column("revision", Integer, nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("updated_at", _TIME, nullable=False),
    CheckConstraint("kind IN ('post','reply')", name="ck_items_kind"),
    CheckConstraint(
        "status IN ('draft','in_review','changes_requested','approved','scheduled','publishing',"
        "'published','unknown','failed','missed','archived')",
        name="ck_items_status",
    ),
    CheckConstraint(
        f"(status IN {_APPROVED}) = (approval_hash IS NOT NULL)",
        name="ck_items_approval_present",
    ),
    CheckConstraint(
        "approval_hash IS NULL OR (approval_hash = package_hash AND approved_at IS NOT NULL "
        "AND approved_by IS NOT NULL AND approved_by <> '')",
        name="ck_items_approval_of_these_bytes",
    ),
    CheckConstraint("length(package_hash) = 64", name="ck_items_hash_length"),
    Index("ix_items_status", "status"),
    Index("ix_items_message", "message_id"),
    Index("ix_items_reply", "message_id", "kind", "status"),
    sqlite_autoincrement=True,
)

item_versions = Table(
    "item_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", Integer, ForeignKey("items.id", ondelete="CASCADE"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("hashtags", Text, nullable=False),
    Column("package_hash", _HASH, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", _TIME, nullable=False),
    UniqueConstraint("item_id", "revision", name="uq_item_versions"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("action", String(20), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", _TIME, nullable=False),
    Column("reason", Text, nullable=False),
    Column("package_hash", _HASH, nullable=False),
    Column("status_before", String(20), nullable=False),
    Column("status_after", String(20), nullable=False),
    Index("ix_decisions_item", "item_id", "id"),
)

exports = Table(
    "exports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", Integer, nullable=False),
    Column("package_hash", _HASH, nullable=False),
    Column("format", String(20), nullable=False),
    Column("file_sha256", _HASH, nullable=False),
    Column("at", _TIME, nullable=False),
    Index("ix_exports_item", "item_id"),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", _TIME, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", _HASH, nullable=False),
    Column("hash", _HASH, nullable=False),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", _HASH, nullable=False),
    CheckConstraint("id = 1", name="ck_audit_head_single"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", _TIME, nullable=False),
    Column("task", String(40), nullable=False),
    Column("prompt", Text, nullable=False),
    Column("prompt_version", String(12), nullable=False),
    Column("provider", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("first_token_seconds", Float),
    Column("outcome", String(40), nullable=False),
    Column("hash_in", _HASH, nullable=False),
    Column("hash_out", _HASH, nullable=False),
)

#: What a person is typing: no part of an item, and guarded by nothing, since nothing leaves from here.
working_copies = Table(
    "working_copies",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("body", Text, nullable=False),
    Column("revision", Integer),
    Column("saved_at", _TIME, nullable=False),
)
