"""Direct messages in the downloads of Meta: known by their parts, never public, and turned round.

The newest stands first there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from copilot.importers.threads._json_fields import names
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._source import Head

_PARTS = ("participants", "messages", "sender_name", "timestamp_ms")
#: Messages held to be turned round: ten times what Meta writes into one file.
MOST_TURNED = 100_000


def is_direct(head: Head) -> bool:
    """True for a conversation of direct messages as Meta hands it over."""
    return head.text.lstrip().startswith("{") and names(head.text, *_PARTS) == len(_PARTS)


def oldest_first(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """``drafts`` in the order they were written; as they are when they are too many, or answer one another.

    Each is marked as not said in public.
    """
    held: list[Draft] = []
    rest = (replace(draft, hidden=True) for draft in drafts)
    for draft in rest:
        held.append(draft)
        if draft.above is not None or len(held) > MOST_TURNED:
            yield from chain(held, rest)
            return
    times = [draft.when.at for draft in held if draft.when.at]
    yield from reversed(held) if times and times[0] > times[-1] else held
