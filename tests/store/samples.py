"""Values the store tests put in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from copilot.domain.conversation import Author, Message, Thread
from copilot.domain.item import Item, ItemKind, Status
from copilot.domain.post import Hashtag
from copilot.domain.review import Action, ReviewState, decide
from copilot.domain.wording import Wording
from copilot.store.unit_of_work import Store, UnitOfWork

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def draft(text: str = "Portes ouvertes samedi à l’atelier.", **changes: object) -> Item:
    item = Item(
        id=0,
        kind=ItemKind.POST,
        network="x",
        account="@atelier",
        language="fr",
        text=text,
        hashtags=(Hashtag("Vélo", Wording("hashtag.reason.brand_list", {"name": "base"})),),
        author="Léa",
    )
    return replace(item, **changes)  # type: ignore[arg-type]  # each test names fields of Item


def thread(*texts: str) -> Thread:
    messages = tuple(
        Message(0, 0, n, f"m{n}", None, Author(f"Auteur {n}"), text, created_at=NOON) for n, text in enumerate(texts)
    )
    return Thread(0, "Fil", "csv", "facebook_page", "fr", "", None, messages)


def approve(work: UnitOfWork, item: Item, by: str = "Nora") -> Item:
    state, decision = decide(
        ReviewState(item.status, item.approval, (item.author,)),
        Action.APPROVE,
        by=by,
        at=NOON,
        present_hash=item.package.sha256,
        seen_hash=item.package.sha256,
    )
    return work.items.save_decision(replace(item, status=state.status, approval=state.approval), decision)


def approved(store: Store, text: str = "Portes ouvertes samedi à l’atelier.") -> Item:
    with store.write() as work:
        return approve(work, work.items.add(draft(text), NOON))


def status_of(store: Store, item_id: int) -> Status:
    with store.read() as work:
        return work.items.get(item_id).status
