"""What traits messages have together, read by leaps along an index: what no message is, is known at once."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, text

from copilot.domain.inbox import InboxFilter, State, urgency_rank
from copilot.store.tables import messages

#: Traits beyond which the leaps would cost more than they spare.
MOST_TRAITS = 2_000

_m = messages.c
#: The first columns of ``ix_messages_facets``.
COLUMNS = (_m.language, _m.intent, _m.tone, _m.urgency_rank, _m.author_is_owner, _m.flags)
_COLUMNS = ", ".join(column.name for column in COLUMNS)
_IN_ORDER = f"ORDER BY {_COLUMNS} LIMIT 1"
# A plus takes the affinity away that would keep the index from being used; no time is past "~".
_PAST = ", ".join(f"+k.{column.name}" for column in COLUMNS) + ", '~'"
_NEXT = f"SELECT id FROM messages WHERE ({_COLUMNS}, created_at) > ({_PAST}) {_IN_ORDER}"  # noqa: S608  # our words
_LEAPS = text(f"""
    WITH RECURSIVE k (id, {_COLUMNS}) AS (
        SELECT id, {_COLUMNS} FROM messages WHERE id = (SELECT id FROM messages {_IN_ORDER})
        UNION ALL
        SELECT m.id, {", ".join("m." + column.name for column in COLUMNS)}
        FROM k CROSS JOIN messages m WHERE m.id = ({_NEXT})
    )
    SELECT {_COLUMNS} FROM k LIMIT :most
""")  # noqa: S608  # our words


class Traits(NamedTuple):
    """What triage says of messages alike, and whether they are ours, as the table has it."""

    language: str
    intent: str
    tone: str
    urgency_rank: int
    author_is_owner: bool
    flags: int


def traits_there_are(connection: Connection) -> tuple[Traits, ...] | None:
    """Those of all messages of an SQLite store; None when there are too many to be worth it."""
    rows = connection.execute(_LEAPS, {"most": MOST_TRAITS})
    found = tuple(Traits(row[0], row[1], row[2], row[3], bool(row[4]), row[5]) for row in rows)
    return found if len(found) < MOST_TRAITS else None


def wanted(known: tuple[Traits, ...], asked: InboxFilter, rank: int | None = None) -> tuple[Traits, ...]:
    """Those that ``asked`` lets through, of one rank of urgency when ``rank`` is told."""
    intents = {one.value for one in asked.intents}
    tones = {one.value for one in asked.tones}
    ranks = {urgency_rank(one) for one in asked.urgencies}
    owner = {True, False} if not asked.states else {state is State.OWN for state in asked.states}
    return tuple(
        one
        for one in known
        if (not asked.languages or one.language in asked.languages)
        and (not intents or one.intent in intents)
        and (not tones or one.tone in tones)
        and (not ranks or one.urgency_rank in ranks)
        and (rank is None or one.urgency_rank == rank)
        and one.author_is_owner in owner
        and (not asked.flags or one.flags & asked.flags)
    )
