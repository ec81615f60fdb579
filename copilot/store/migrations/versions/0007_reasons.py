"""The reason of a decision may be reworded, when somebody it names is erased; nothing else of a decision changes.

On PostgreSQL, what is only added to cannot be emptied in one go either: the guards by row say nothing to that.
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

#: All that a decision is made of, but its reason: what an approval is proved by is here.
_FIXED = ("id", "item_id", "revision", "action", "by", "at", "package_hash", "status_before", "status_after")


def upgrade() -> None:
    """Make the guard of decisions anew; no row changes, and one is deleted or replaced no more than before."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if sqlite else _POSTGRES:
        op.execute(statement)


def _differs(distinct: str) -> str:
    return " OR ".join(f'NEW."{column}" {distinct} OLD."{column}"' for column in _FIXED)


_SQLITE = (
    "DROP TRIGGER decisions_never_updated",
    f"CREATE TRIGGER decisions_never_updated BEFORE UPDATE ON decisions WHEN {_differs('IS NOT')} "
    "BEGIN SELECT RAISE(ABORT, 'replique:append_only'); END",
)
_POSTGRES = (
    "DROP TRIGGER decisions_append_only ON decisions",
    "CREATE TRIGGER decisions_append_only BEFORE DELETE ON decisions "
    "FOR EACH ROW EXECUTE FUNCTION replique_append_only()",
    "CREATE TRIGGER decisions_never_updated BEFORE UPDATE ON decisions FOR EACH ROW "
    f"WHEN ({_differs('IS DISTINCT FROM')}) EXECUTE FUNCTION replique_append_only()",
    *(
        f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION replique_append_only()"
        for table in ("decisions", "exports", "audit")
    ),
)
