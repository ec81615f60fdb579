"""One unit of work: everything in it is stored together, or nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from sqlalchemy import Connection, Engine, text

from copilot.store.audit import AuditLog
from copilot.store.brands import BrandRepository, BriefRepository
from copilot.store.corrections import CorrectionRepository
from copilot.store.crises import CrisisRepository
from copilot.store.engine import our_errors, postgres_engine, take_turn
from copilot.store.groups import GroupRepository
from copilot.store.imports import ImportRepository
from copilot.store.inbox import InboxRepository
from copilot.store.items import ItemRepository
from copilot.store.mappings import MappingRepository
from copilot.store.migrate import open_postgres, open_sqlite
from copilot.store.moderation import ModerationRepository
from copilot.store.past_replies import PastReplyRepository
from copilot.store.privacy import PrivacyRepository
from copilot.store.runs import RunRepository
from copilot.store.threads import ThreadRepository
from copilot.store.upkeep import Upkeep, compact, size_of
from copilot.store.vectors import VectorRepository
from copilot.store.working import WorkingCopyRepository


class UnitOfWork:
    """The repositories over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.brands = BrandRepository(connection)
        self.briefs = BriefRepository(connection)
        self.threads = ThreadRepository(connection)
        self.imports = ImportRepository(connection)
        self.mappings = MappingRepository(connection)
        self.inbox = InboxRepository(connection)
        self.vectors = VectorRepository(connection)
        self.groups = GroupRepository(connection)
        self.corrections = CorrectionRepository(connection)
        self.items = ItemRepository(connection)
        self.past_replies = PastReplyRepository(connection)
        self.runs = RunRepository(connection)
        self.moderations = ModerationRepository(connection)
        self.crises = CrisisRepository(connection)
        self.privacy = PrivacyRepository(connection)
        self.audit = AuditLog(connection)
        self.upkeep = Upkeep(connection)
        self.working = WorkingCopyRepository(connection)


class Store:
    """The open store. ``path`` is None on PostgreSQL."""

    def __init__(self, engine: Engine, where: str, path: Path | None) -> None:
        self._engine = engine
        self.where = where
        self.path = path

    @classmethod
    def on_sqlite(cls, path: Path, backups: Path) -> Store:
        """Open, create or upgrade the SQLite file ``path``. Raises as :func:`open_sqlite`."""
        return cls(open_sqlite(path, backups, lambda: datetime.now(UTC)), str(path), path)

    @classmethod
    def on_postgres(cls, url: str) -> Store:
        """Open and upgrade the PostgreSQL database at ``url``. Raises as :func:`open_postgres`."""
        engine = postgres_engine(url)
        where = engine.url.render_as_string(hide_password=True)
        return cls(open_postgres(engine, where), where, None)

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """A transaction that commits at the end of the block and rolls back on any error. Writers take turns.

        What a writer reads in its block is still so when it writes: another one's change is never overwritten.

        Raises:
            OutsideError: ``store.busy`` when another writer keeps its turn too long.
        """
        with our_errors(self.where), self._engine.connect() as connection:
            writer = connection.execution_options(replique_mode="IMMEDIATE")
            with writer.begin():
                take_turn(writer)
                yield UnitOfWork(writer)

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """A consistent view; nothing written in it is kept."""
        with our_errors(self.where), self._engine.connect() as connection:
            transaction = connection.begin()
            try:
                yield UnitOfWork(connection)
            finally:
                transaction.rollback()

    def size(self) -> int:
        """Bytes the database takes."""
        if self.path:
            return size_of(self.path)
        with our_errors(self.where), self._engine.connect() as connection:
            return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())

    def compact(self, stop: Event | None = None) -> None:
        """Make what was deleted leave the files. A server does so by itself. Raises as :func:`upkeep.compact`."""
        if self.path:
            compact(self.path, stop)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()
