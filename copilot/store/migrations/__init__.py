"""Alembic migrations, one file a schema change. A released one is never edited."""
