"""Runs the migrations on the connection handed over by ``copilot.store.migrate``."""

from __future__ import annotations

from alembic import context

from copilot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite can roll DDL back once transactions are ours to begin: a migration cut short leaves no trace.
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
