"""Direct messages in the downloads of Meta: known by their parts, never public, and turned round.

The newest stands first there. A conversation of two is called by the name of the other person: who is not called so is
the account whose download it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from copilot.importers.threads._json_fields import names
from copilot.importers.threads._linking import Draft
from copilot.importers.threads._source import Head, Report

_PARTS = ("participants", "messages", "sender_name", "timestamp_ms")
#: Messages held to be turned round: ten times what Meta writes into one file.
MOST_TURNED = 100_000


def is_direct(head: Head) -> bool:
    """True for a conversation of direct messages as Meta hands it over."""
    return head.text.lstrip().startswith("{") and names(head.text, *_PARTS) == len(_PARTS)


def oldest_first(drafts: Iterable[Draft], told: Report) -> Iterator[Draft]:
    """``drafts`` in the order they were written; as they are when they are too many, or answer one another.

    Each is marked as not said in public; those of the account itself as its own, where the title tells which it is.
    """
    held: list[Draft] = []
    rest = (replace(draft, hidden=True) for draft in drafts)
    for draft in rest:
        held.append(draft)
        if draft.above is not None or len(held) > MOST_TURNED:
            yield from chain(held, rest)
            return
    held = _with_owner(held, told.title)
    times = [draft.when.at for draft in held if draft.when.at]
    yield from reversed(held) if times and times[0] > times[-1] else held


def _with_owner(drafts: list[Draft], title: str) -> list[Draft]:
    """``drafts``; of two people, the one who is not ``title`` is the owner."""
    names = {draft.author.name for draft in drafts}
    if len(names) != 2 or title not in names:
        return drafts
    return [
        draft if draft.author.name == title else replace(draft, author=replace(draft.author, is_owner=True))
        for draft in drafts
    ]
