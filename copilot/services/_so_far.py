"""What an import has found by now, for whoever watches: the gravest messages are seen before the last is read."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence

from copilot.domain.conversation import Message, Urgency
from copilot.domain.imports import Glimpse, SoFar

#: Classes that are shown before all is read, and how many of their messages.
URGENT, SHOWN = (Urgency.P0, Urgency.P1), 3
#: Characters of each message.
MOST_CHARS = 300
#: Seconds before the first look, as what is read at once needs none, and between two.
SOON, EACH = 0.4, 0.25


class SoFarTold:
    """Tells what was read, a few times a second. Used by one thread."""

    def __init__(self, show: Callable[[SoFar], None]) -> None:
        self._show = show
        self._messages = 0
        self._urgent: Counter[Urgency] = Counter()
        self._first: list[Message] = []
        self._next = time.monotonic() + SOON

    def add(self, some: Sequence[Message]) -> None:
        """``some`` more messages, triaged."""
        self._messages += len(some)
        urgent = [one for one in some if one.triage is not None and one.triage.urgency in URGENT]
        if urgent:
            self._urgent.update(one.triage.urgency for one in urgent if one.triage is not None)
            self._first = sorted([*self._first, *urgent], key=_gravest_first)[:SHOWN]
        now = time.monotonic()
        if now >= self._next:
            self._next = now + EACH
            self._show(SoFar(self._messages, dict(self._urgent), tuple(map(_glimpse, self._first))))


def _gravest_first(message: Message) -> tuple[str, bool, bool]:
    assert message.triage is not None
    return message.triage.gravest_first


def _glimpse(message: Message) -> Glimpse:
    assert message.triage is not None
    return Glimpse(message.triage.urgency, message.author, message.text[:MOST_CHARS])
