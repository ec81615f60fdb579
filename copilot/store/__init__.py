"""The store: SQLite in the profile folder, or PostgreSQL. Values of ``copilot.domain`` in and out, never rows."""
