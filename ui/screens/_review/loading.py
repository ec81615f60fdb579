"""What the Review screen asks of the services, in the engine's thread, and what it gets: plain frozen data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from copilot.domain.finding import Severity
from copilot.domain.item import NEEDS_APPROVAL, Item, ItemKind, ItemVersion, Status
from copilot.domain.review import Action, Decision

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.inbox import Conversation
    from copilot.domain.post import Brief
    from copilot.errors import RepliqueError
    from copilot.services.inspection import Inspected
    from copilot.services.review import Lapse

#: Characters of a text that a line of the list shows, and messages shown around the one answered.
BEGINNING, BEFORE, AFTER = 160, 3, 2


class Shelf(StrEnum):
    """What the list shows."""

    WAITING = "waiting"
    DRAFTS = "drafts"
    CHANGES = "changes"
    APPROVED = "approved"
    ALL = "all"


HELD: Mapping[Shelf, frozenset[Status]] = {
    Shelf.WAITING: frozenset({Status.IN_REVIEW}),
    Shelf.DRAFTS: frozenset({Status.DRAFT}),
    Shelf.CHANGES: frozenset({Status.CHANGES_REQUESTED}),
    Shelf.APPROVED: NEEDS_APPROVAL,
    Shelf.ALL: frozenset(Status),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A choice of the list. ``keep`` is an item that stays in it whatever its status became."""

    shelf: Shelf = Shelf.WAITING
    network: str = ""
    kind: ItemKind | None = None
    words: str = ""
    keep: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An item as the list shows it."""

    id: int
    revision: int
    kind: ItemKind
    network: str
    status: Status
    author: str
    account: str
    beginning: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Listing:
    """The lines asked for, how many items each shelf holds, and the networks there are."""

    lines: tuple[Line, ...]
    counts: Mapping[Shelf, int]
    networks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """One item with all that a decision needs. ``authors`` are those who wrote a version of it.

    ``lapse`` is why it is a draft again, until somebody looks at it.
    """

    inspected: Inspected
    proposal: ItemVersion
    last: Decision | None
    authors: tuple[str, ...]
    zone: str
    conversation: Conversation | None = None
    brief: Brief | None = None
    lapse: Lapse | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a decision on several items: those decided with the status they had, and what was refused."""

    done: tuple[tuple[int, Status], ...] = ()
    refused: tuple[tuple[int, RepliqueError], ...] = field(default_factory=tuple)


async def load_list(copilot: Copilot, asked: Asked) -> Listing:
    """The lines of a shelf. What waits comes in the order it was made, the rest newest first."""
    items = await copilot.review.list()
    counts = dict.fromkeys(Shelf, 0)
    shown: list[Line] = []
    words = asked.words.casefold().split()
    for item in items:
        for shelf, held in HELD.items():
            counts[shelf] += item.status in held
        if item.id == asked.keep or _fits(item, asked, words):
            shown.append(_line(item))
    if asked.shelf in (Shelf.APPROVED, Shelf.ALL):
        shown.reverse()
    return Listing(tuple(shown), counts, tuple(sorted({item.network for item in items})))


def _fits(item: Item, asked: Asked, words: Sequence[str]) -> bool:
    if item.status not in HELD[asked.shelf] or (asked.network and item.network != asked.network):
        return False
    if asked.kind is not None and item.kind is not asked.kind:
        return False
    if not words:
        return True
    tags = " ".join(f"#{tag.tag}" for tag in item.hashtags)
    held = f"{item.text} {tags} {item.author} {item.account} {item.network}".casefold()
    return all(word in held for word in words)


def _line(item: Item) -> Line:
    from ui.widgets.message_words import beginning

    said = beginning(item.text, BEGINNING)
    at = item.updated_at or item.created_at
    return Line(
        item.id, item.revision, item.kind, item.network, item.status, item.author, item.account, said, at
    )  # fmt: skip


async def load_severities(copilot: Copilot, ids: Sequence[int]) -> dict[int, Severity]:
    """The worst finding of each item that has one; an item that is gone is left out."""
    from copilot.errors import UserError
    from ui.widgets.findings import worst

    found: dict[int, Severity] = {}
    for one in ids:
        try:
            inspected = await copilot.review.show(one)
        except UserError:
            continue
        if (severity := worst(inspected.findings)) is not None:
            found[one] = severity
    return found


async def load_whole(copilot: Copilot, item_id: int) -> Whole:
    """One item. Raises UserError ``item.unknown``."""
    inspected = await copilot.review.show(item_id)
    history = await copilot.review.history(item_id)
    zone = await copilot.review.zone_of(item_id)
    conversation = await _conversation(copilot, inspected.item)
    writers = {inspected.item.author, *(one.by for one in history.versions)} - {"", "playbook", "chain"}
    last = history.decisions[-1] if history.decisions else None
    brief = await copilot.review.brief_of(item_id)
    return Whole(inspected, history.versions[0], last, tuple(sorted(writers)), zone, conversation, brief, history.lapse)


async def _conversation(copilot: Copilot, item: Item) -> Conversation | None:
    from copilot.errors import UserError

    if not item.message_id:
        return None
    try:
        return await copilot.inbox.conversation(item.message_id, BEFORE, AFTER)
    except UserError:
        return None  # the message is gone: approving says so


async def decide_each(copilot: Copilot, ids: Iterable[int], action: Action, by: str, reason: str = "") -> Outcome:
    """Carry out a decision on each item; a refusal does not stop the others."""
    from copilot.errors import RepliqueError

    done: list[tuple[int, Status]] = []
    refused: list[tuple[int, RepliqueError]] = []
    for one in ids:
        try:
            before = (await copilot.review.show(one)).item.status
            await copilot.review.decide(one, action, by=by, reason=reason)
            done.append((one, before))
        except RepliqueError as error:
            refused.append((one, error))
    return Outcome(tuple(done), tuple(refused))


#: What takes a decision back: the item is a draft again, and in review again when it was.
INVERSE: Mapping[Action, Action] = {
    Action.APPROVE: Action.WITHDRAW,
    Action.REQUEST_CHANGES: Action.WITHDRAW,
    Action.SUBMIT: Action.WITHDRAW,
    Action.REJECT: Action.REOPEN,
    Action.REOPEN: Action.ARCHIVE,
}


async def take_back(copilot: Copilot, action: Action, decided: Sequence[tuple[int, Status]], by: str) -> Outcome:
    """Undo ``action`` on each item. An approval that was lost does not come back: a person gives it again."""
    from copilot.errors import RepliqueError

    done: list[tuple[int, Status]] = []
    refused: list[tuple[int, RepliqueError]] = []
    for one, before in decided:
        try:
            if action in INVERSE:
                await copilot.review.decide(one, INVERSE[action], by=by)
            if before is Status.IN_REVIEW:
                await copilot.review.decide(one, Action.SUBMIT, by=by)
            done.append((one, before))
        except RepliqueError as error:
            refused.append((one, error))
    return Outcome(tuple(done), tuple(refused))
