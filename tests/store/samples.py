"""Values the store tests put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import text

from copilot.domain.conversation import Author, Message, Thread
from copilot.domain.item import Item, ItemKind, Status
from copilot.domain.post import Hashtag
from copilot.domain.review import Action, ReviewState, decide
from copilot.domain.wording import Wording
from copilot.store.columns import shown_time, triage_out
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


#: The columns of the messages of version 0001.
FIRST_COLUMNS = (
    "id, thread_id, position, external_id, parent_id, author_name, author_handle, author_is_owner, text, created_at, "
    "created_rel, rating, sha256, triage"
)


def add_to_first(store: Store, digest: str, told: Sequence[Message]) -> None:
    """A thread as version 0001 stored it, in its own columns."""
    with store.write() as work:
        run = work.threads._connection.execute
        run(
            text(
                "INSERT INTO threads (title, source, network, language, post_text, sha256, imported_at) "
                "VALUES ('Fil', 'csv', 'facebook_page', 'fr', '', :sha256, :at)"
            ),
            {"sha256": digest, "at": shown_time(NOON)},
        )
        thread_id = run(text("SELECT max(id) FROM threads")).scalar()
        columns = FIRST_COLUMNS.removeprefix("id, ")
        values = ", ".join(f":{column}" for column in columns.split(", "))
        for message in told:
            run(
                text(f"INSERT INTO messages ({columns}) VALUES ({values})"),
                {
                    "thread_id": thread_id,
                    "position": message.position,
                    "external_id": message.external_id,
                    "parent_id": message.parent_id,
                    "author_name": message.author.name,
                    "author_handle": message.author.handle,
                    "author_is_owner": message.author.is_owner,
                    "text": message.text,
                    "created_at": shown_time(message.created_at) if message.created_at else None,
                    "created_rel": message.created_rel,
                    "rating": message.rating,
                    "sha256": message.sha256,
                    "triage": triage_out(message.triage) if message.triage else None,
                },
            )
