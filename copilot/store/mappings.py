"""How the columns of tables were read, as a person corrected it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, select

from copilot.store.columns import dumps, shown_time
from copilot.store.tables import import_mappings


class MappingRepository:
    """What a person said of the columns of a table, by the signature of its columns."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def parts(self, signature: str) -> Mapping[str, int] | None:
        """The column of each part of a message, from 0; None when nobody corrected such a table."""
        found = self._connection.execute(
            select(import_mappings.c.body).where(import_mappings.c.signature == signature)
        ).scalar()
        return {str(part): int(place) for part, place in json.loads(found)["parts"].items()} if found else None

    def keep(self, signature: str, parts: Mapping[str, int], at: datetime) -> None:
        """Keep what a person said, over what was said before."""
        self.forget(signature)
        body = dumps({"parts": dict(parts)})
        self._connection.execute(
            import_mappings.insert().values(signature=signature, body=body, saved_at=shown_time(at))
        )

    def forget(self, signature: str) -> bool:
        """Go back to what the columns look like. True when something was kept."""
        gone = delete(import_mappings).where(import_mappings.c.signature == signature)
        return bool(self._connection.execute(gone).rowcount)
