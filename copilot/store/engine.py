"""Opening the database: dialect settings, and its errors as ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, text
from sqlalchemy.engine import make_url

from copilot.errors import OutsideError, RepliqueError, UserError

BUSY_SECONDS = 15
#: A table of each connection that shows the words of the index, one row for each time one is said.
SHOWN_WORDS = "CREATE VIRTUAL TABLE temp.shown_words USING fts5vocab('main', 'message_words', 'instance')"
#: ``PRAGMA application_id`` of our files: the bytes of "Rplq".
APPLICATION_ID = 0x52706C71
#: The lock that writers on a server take turns on, beside the schema they write in.
WRITERS = APPLICATION_ID


def sqlite_engine(path: Path) -> Engine:
    """An engine on the file ``path``: WAL, foreign keys, full sync, transactions begun by us."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        # The driver must not begin or commit on its own: DDL would escape the transaction.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {BUSY_SECONDS * 1000}",
            "foreign_keys = ON",
            "journal_mode = WAL",
            # An approval that was announced must survive a power cut too.
            "synchronous = FULL",
            "recursive_triggers = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(SHOWN_WORDS)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        mode = connection.get_execution_options().get("replique_mode", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def postgres_engine(url: str) -> Engine:
    """An engine on a PostgreSQL server.

    Raises:
        UserError: ``store.bad_url``; ``store.no_postgres_driver`` when psycopg is not installed.
    """
    try:
        parsed = make_url(url)
    except exc.ArgumentError as error:
        raise UserError("store.bad_url") from error
    if parsed.get_backend_name() != "postgresql":
        raise UserError("store.bad_url")
    parsed = parsed.set(drivername="postgresql+psycopg")
    try:
        return create_engine(parsed, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise UserError("store.no_postgres_driver") from error


def take_turn(connection: Connection) -> None:
    """Wait until no other transaction of this store writes; the turn ends with the transaction.

    SQLite does so by itself. A server would let two writers read the same row and the second undo the first.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
        # Stores in other schemas of the same database take turns of their own.
        connection.execute(text("SELECT pg_advisory_xact_lock(:ours, hashtext(current_schema()))"), {"ours": WRITERS})
        connection.execute(text("SET LOCAL lock_timeout = DEFAULT"))


#: Words of the database's own messages that name what our guards refuse, and the error they become.
_GUARDS = {
    "replique:not_approved": "store.not_approved",
    "replique:hash_not_renewed": "store.hash_not_renewed",
    "replique:no_decision": "store.no_decision",
    "replique:append_only": "store.append_only",
    "replique:message_changed": "store.message_changed",
    "ck_items_approval": "store.not_approved",
}


def _translate(error: exc.SQLAlchemyError, where: str) -> RepliqueError | None:
    told = str(getattr(error, "orig", None) or error)
    for word, kind in _GUARDS.items():
        if word in told:
            return UserError(kind)
    low = told.lower()
    outside = {
        "malformed": "store.corrupt",
        "not a database": "store.corrupt",
        "disk i/o error": "store.disk",
        "disk is full": "store.full",
        "readonly database": "store.read_only",
        "unable to open database": "store.cannot_open",
        "database is locked": "store.busy",
        "due to lock timeout": "store.busy",
        "connection refused": "store.no_server",
        "could not translate host name": "store.no_server",
        "authentication failed": "store.no_server",
        "connection failed": "store.no_server",
    }
    for word, kind in outside.items():
        if word in low:
            return OutsideError(kind, path=where)
    return None


@contextmanager
def our_errors(where: str) -> Iterator[None]:
    """Database errors that a person can act on come out as ours; the others pass as they are."""
    try:
        yield
    except exc.SQLAlchemyError as error:
        ours = _translate(error, where)
        if ours is None:
            raise
        raise ours from error
