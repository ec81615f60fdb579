"""Counts of the inbox, added up from groups of messages alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from copilot.domain.conversation import Intent, Tone, Urgency
from copilot.domain.inbox import Facets, InboxFilter, State, urgency_rank

_URGENCIES = {urgency_rank(urgency): urgency for urgency in Urgency}


class Kind(NamedTuple):
    """What messages alike share; empty values mean not triaged."""

    intent: str
    tone: str
    urgency_rank: int
    language: str
    state: State


def facets_of(asked: InboxFilter, cells: Mapping[Kind, int]) -> Facets:
    """Add ``cells`` up: for each choice, those that every other choice of ``asked`` lets through."""
    wanted: tuple[frozenset[object], ...] = (
        frozenset(one.value for one in asked.intents),
        frozenset(one.value for one in asked.tones),
        frozenset(urgency_rank(one) for one in asked.urgencies),
        frozenset(asked.languages),
        frozenset(asked.states),
    )
    sums: tuple[Counter[object], ...] = tuple(Counter() for _ in wanted)
    total = untriaged = 0
    for kind, count in cells.items():
        refused = [place for place, chosen in enumerate(wanted) if chosen and kind[place] not in chosen]
        total += 0 if refused else count
        untriaged += 0 if kind.intent else count
        # A choice counts what it would show: what it alone refuses, and what nothing refuses.
        for place in range(len(wanted)) if not refused else refused if len(refused) == 1 else ():
            sums[place][kind[place]] += count
    intents, tones, ranks, languages, states = sums
    return Facets(
        total,
        untriaged,
        {Intent(str(value)): count for value, count in intents.items() if value and count},
        {Tone(str(value)): count for value, count in tones.items() if value and count},
        {urgency: ranks[rank] for rank, urgency in _URGENCIES.items() if ranks[rank]},
        {str(value): count for value, count in languages.items() if value and count},
        {State(str(value)): count for value, count in states.items() if count},
    )
