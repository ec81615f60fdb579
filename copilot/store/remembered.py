"""What was found out about the messages along the way, remembered until anything is written."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from sqlalchemy import Connection

#: Things remembered, beyond which one begins anew.
MOST = 500
_KEY = "replique_remembered"


def remembered(connection: Connection) -> dict[Hashable, Any]:
    """What was found out in the state of the store that ``connection`` reads: empty at first, to be added to.

    SQLite tells each connection when another one, of this process or not, wrote (https://sqlite.org/pragma.html,
    "data_version"), and how many rows it changed itself. A transaction that writes may be taken back: nothing that is
    found out in it is remembered, nor anything on a server.
    """
    if connection.dialect.name != "sqlite" or connection.get_execution_options().get("replique_mode"):
        return {}
    driver: Any = connection.connection.driver_connection
    state = (*driver.execute("PRAGMA data_version").fetchone(), driver.total_changes)
    found: dict[Hashable, Any]
    known, found = connection.info.get(_KEY, (None, {}))
    if known != state or len(found) > MOST:
        found = {}
        connection.info[_KEY] = (state, found)
    return found
