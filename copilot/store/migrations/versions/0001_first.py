"""First schema: brands, briefs, threads, items under review, audit, ledger of runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

HASH = sa.String(64)
TIME = sa.String(32)
APPROVED = "('approved','scheduled','publishing','published','unknown','failed','missed')"
#: Columns that make the outgoing package of an item.
PACKAGE = ("kind", "network", "account", "text", "hashtags", "media", "planned_local", "planned_zone", "answers")
APPEND_ONLY = ("decisions", "exports", "audit")


def upgrade() -> None:
    """Create everything."""
    _create_sources()
    _create_items()
    _create_records()
    op.execute(sa.text("INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, :none)").bindparams(none="0" * 64))
    if op.get_bind().dialect.name == "sqlite":
        for statement in _sqlite_guards():
            op.execute(statement)
    else:
        for statement in _postgres_guards():
            op.execute(statement)


def _create_sources() -> None:
    op.create_table(
        "brands",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
    )
    op.create_table(
        "briefs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("sha256", HASH, nullable=False, unique=True),
        sa.Column("created_at", TIME, nullable=False),
    )
    op.create_table(
        "threads",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("network", sa.String(40), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("post_text", sa.Text, nullable=False),
        sa.Column("sha256", HASH, nullable=False, unique=True),
        sa.Column("imported_at", TIME, nullable=False),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("thread_id", sa.Integer, sa.ForeignKey("threads.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("external_id", sa.Text, nullable=False),
        sa.Column("parent_id", sa.Text),
        sa.Column("author_name", sa.Text, nullable=False),
        sa.Column("author_handle", sa.Text, nullable=False),
        sa.Column("author_is_owner", sa.Boolean, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created_at", TIME),
        sa.Column("created_rel", sa.Text),
        sa.Column("rating", sa.Float),
        sa.Column("sha256", HASH, nullable=False),
        sa.Column("triage", sa.Text),
        sa.UniqueConstraint("thread_id", "external_id", name="uq_messages_external"),
    )
    op.create_index("ix_messages_thread", "messages", ["thread_id", "position"])


def _create_items() -> None:
    op.create_table(
        "items",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("network", sa.String(40), nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("hashtags", sa.Text, nullable=False),
        sa.Column("media", sa.Text, nullable=False),
        sa.Column("planned_local", sa.String(16)),
        sa.Column("planned_zone", sa.String(64)),
        sa.Column("brand_id", sa.String(80), nullable=False),
        sa.Column("brief_id", sa.Integer, sa.ForeignKey("briefs.id", ondelete="SET NULL")),
        sa.Column("message_id", sa.Integer, sa.ForeignKey("messages.id", ondelete="SET NULL")),
        sa.Column("answers", HASH),
        sa.Column("variant", sa.Integer, nullable=False),
        sa.Column("structure", sa.Text, nullable=False),
        sa.Column("writer", sa.String(20), nullable=False),
        sa.Column("edited", sa.Boolean, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("package_hash", HASH, nullable=False),
        sa.Column("approval_hash", HASH),
        sa.Column("approved_by", sa.Text),
        sa.Column("approved_at", TIME),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.CheckConstraint("kind IN ('post','reply')", name="ck_items_kind"),
        sa.CheckConstraint(
            "status IN ('draft','in_review','changes_requested','approved','scheduled','publishing',"
            "'published','unknown','failed','missed','archived')",
            name="ck_items_status",
        ),
        sa.CheckConstraint(
            f"(status IN {APPROVED}) = (approval_hash IS NOT NULL)",
            name="ck_items_approval_present",
        ),
        sa.CheckConstraint(
            "approval_hash IS NULL OR (approval_hash = package_hash AND approved_at IS NOT NULL "
            "AND approved_by IS NOT NULL AND approved_by <> '')",
            name="ck_items_approval_of_these_bytes",
        ),
        sa.CheckConstraint("length(package_hash) = 64", name="ck_items_hash_length"),
        # A number is never given twice: an old decision must not speak for a new item.
        sqlite_autoincrement=True,
    )
    op.create_index("ix_items_status", "items", ["status"])
    op.create_index("ix_items_message", "items", ["message_id"])
    op.create_table(
        "item_versions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("item_id", sa.Integer, sa.ForeignKey("items.id", ondelete="CASCADE"), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("hashtags", sa.Text, nullable=False),
        sa.Column("package_hash", HASH, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.UniqueConstraint("item_id", "revision", name="uq_item_versions"),
    )


def _create_records() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("item_id", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("package_hash", HASH, nullable=False),
        sa.Column("status_before", sa.String(20), nullable=False),
        sa.Column("status_after", sa.String(20), nullable=False),
    )
    op.create_index("ix_decisions_item", "decisions", ["item_id", "id"])
    op.create_table(
        "exports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("item_id", sa.Integer, nullable=False),
        sa.Column("package_hash", HASH, nullable=False),
        sa.Column("format", sa.String(20), nullable=False),
        sa.Column("file_sha256", HASH, nullable=False),
        sa.Column("at", TIME, nullable=False),
    )
    op.create_index("ix_exports_item", "exports", ["item_id"])
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("previous", HASH, nullable=False),
        sa.Column("hash", HASH, nullable=False),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("hash", HASH, nullable=False),
        sa.CheckConstraint("id = 1", name="ck_audit_head_single"),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("task", sa.String(40), nullable=False),
        sa.Column("prompt", sa.Text, nullable=False),
        sa.Column("prompt_version", sa.String(12), nullable=False),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("tokens_in", sa.Integer, nullable=False),
        sa.Column("tokens_out", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("first_token_seconds", sa.Float),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("hash_in", HASH, nullable=False),
        sa.Column("hash_out", HASH, nullable=False),
    )


# The guards below are the first law, held by the database itself. They are written once for each dialect:
# 1. no item is born approved, and an approval needs the latest decision on the item to be a person's
#    "approve" of this very hash at this very revision;
# 2. content cannot change under an unchanged hash or revision;
# 3. nothing is recorded as exported unless it is approved with the hash that leaves;
# 4. decisions, exports and the audit are never changed nor deleted.


def _content_differs(distinct: str) -> str:
    return " OR ".join(f"NEW.{column} {distinct} OLD.{column}" for column in PACKAGE)


_LATEST_DECISION_APPROVES = """
    EXISTS (SELECT 1 FROM decisions d WHERE d.item_id = NEW.id AND d.action = 'approve'
            AND d.package_hash = NEW.approval_hash AND d.revision = NEW.revision AND d.by = NEW.approved_by
            AND d.id = (SELECT max(id) FROM decisions WHERE item_id = NEW.id))
"""

_APPROVED_AS_SENT = f"""
    EXISTS (SELECT 1 FROM items i WHERE i.id = NEW.item_id AND i.status IN {APPROVED}
            AND i.approval_hash = NEW.package_hash AND i.package_hash = NEW.package_hash)
"""


def _sqlite_guards() -> list[str]:
    guards = [
        "CREATE TRIGGER items_born_unapproved BEFORE INSERT ON items WHEN NEW.approval_hash IS NOT NULL "
        "BEGIN SELECT RAISE(ABORT, 'replique:no_decision'); END",
        "CREATE TRIGGER items_approval_decided BEFORE UPDATE ON items "
        "WHEN NEW.approval_hash IS NOT NULL AND OLD.approval_hash IS NULL "
        f"AND NOT {_LATEST_DECISION_APPROVES} BEGIN SELECT RAISE(ABORT, 'replique:no_decision'); END",
        "CREATE TRIGGER items_approval_fixed BEFORE UPDATE ON items "
        "WHEN OLD.approval_hash IS NOT NULL AND NEW.approval_hash IS NOT NULL "
        "AND (NEW.approval_hash <> OLD.approval_hash OR NEW.approved_by <> OLD.approved_by "
        "OR NEW.approved_at <> OLD.approved_at) BEGIN SELECT RAISE(ABORT, 'replique:no_decision'); END",
        "CREATE TRIGGER items_hash_renewed BEFORE UPDATE ON items "
        f"WHEN ({_content_differs('IS NOT')}) "
        "AND (NEW.package_hash = OLD.package_hash OR NEW.revision <= OLD.revision) "
        "BEGIN SELECT RAISE(ABORT, 'replique:hash_not_renewed'); END",
        f"CREATE TRIGGER exports_approved BEFORE INSERT ON exports WHEN NOT {_APPROVED_AS_SENT} "
        "BEGIN SELECT RAISE(ABORT, 'replique:not_approved'); END",
    ]
    for table in APPEND_ONLY:
        guards += [
            f"CREATE TRIGGER {table}_never_{verb.lower()}d BEFORE {verb} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'replique:append_only'); END"
            for verb in ("UPDATE", "DELETE")
        ]
        # INSERT OR REPLACE deletes without firing the trigger above on a connection of somebody else's.
        key = "seq" if table == "audit" else "id"
        guards.append(
            f"CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
            "BEGIN SELECT RAISE(ABORT, 'replique:append_only'); END"
        )
    return guards


def _postgres_guards() -> list[str]:
    def function(name: str, body: str) -> str:
        return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NEW; END $$"

    guards = [
        function(
            "replique_guard_item",
            f"""
            IF TG_OP = 'INSERT' THEN
                IF NEW.approval_hash IS NOT NULL THEN RAISE EXCEPTION 'replique:no_decision'; END IF;
                RETURN NEW;
            END IF;
            IF NEW.approval_hash IS NOT NULL AND OLD.approval_hash IS NULL AND NOT {_LATEST_DECISION_APPROVES} THEN
                RAISE EXCEPTION 'replique:no_decision';
            END IF;
            IF NEW.approval_hash <> OLD.approval_hash OR NEW.approved_by <> OLD.approved_by
               OR NEW.approved_at <> OLD.approved_at THEN
                RAISE EXCEPTION 'replique:no_decision';
            END IF;
            IF ({_content_differs("IS DISTINCT FROM")})
               AND (NEW.package_hash = OLD.package_hash OR NEW.revision <= OLD.revision) THEN
                RAISE EXCEPTION 'replique:hash_not_renewed';
            END IF;
            """,
        ),
        "CREATE TRIGGER items_guarded BEFORE INSERT OR UPDATE ON items "
        "FOR EACH ROW EXECUTE FUNCTION replique_guard_item()",
        function(
            "replique_guard_export",
            f"IF NOT {_APPROVED_AS_SENT} THEN RAISE EXCEPTION 'replique:not_approved'; END IF;",
        ),
        "CREATE TRIGGER exports_approved BEFORE INSERT ON exports "
        "FOR EACH ROW EXECUTE FUNCTION replique_guard_export()",
        function("replique_append_only", "RAISE EXCEPTION 'replique:append_only';"),
    ]
    guards += [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION replique_append_only()"
        for table in APPEND_ONLY
    ]
    return guards
