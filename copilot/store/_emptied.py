"""What was erased stays erased when a newer export of its conversation is read in."""

from __future__ import annotations

import re

from sqlalchemy import Connection, select, update

from copilot.store.privacy import UNNAMED
from copilot.store.tables import messages
from copilot.store.threads import message_columns, message_of

#: Characters a name taken out may have had.
_LONGEST_NAME = 200


def keep_emptied(connection: Connection, thread_id: int, into: int) -> None:
    """Empty in ``thread_id``, just stored, what was erased of ``into``, and take out the names taken out there."""
    new = messages.alias("new")
    pairs = select(messages, new.c.id.label("new_id"), new.c.text.label("new_text")).where(
        messages.c.thread_id == into, new.c.thread_id == thread_id, new.c.external_id == messages.c.external_id
    )
    nobody = (messages.c.author_name == "", messages.c.author_handle == "")
    emptied = pairs.where(messages.c.deleted, messages.c.text == "", *nobody)
    unnamed = pairs.where(messages.c.text.contains(UNNAMED, autoescape=True), new.c.text != messages.c.text)
    kept = [row for row in connection.execute(unnamed).all() if _is_the_same(row.text, row.new_text)]
    for row in (*connection.execute(emptied).all(), *kept):
        held = message_columns(thread_id, message_of(row))
        values = {name: held[name] for name in _OF_SOMEBODY}
        connection.execute(update(messages).where(messages.c.id == row.new_id).values(values))


_OF_SOMEBODY = ("author_name", "author_handle", "text", "text_key", "sha256", "deleted", "rating", "likes", "link")


def _is_the_same(unnamed: str, text: str) -> bool:
    """True when ``unnamed`` is ``text`` with names taken out."""
    parts = [re.escape(part) for part in unnamed.split(UNNAMED)]
    return re.fullmatch(rf"[^\n]{{1,{_LONGEST_NAME}}}?".join(parts), text) is not None
