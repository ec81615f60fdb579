"""A later export of a conversation brings the one that is there up to date; a file comes in whole or not at all."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from copilot.app import Copilot, open_copilot
from copilot.domain.imports import Updated
from copilot.domain.inbox import InboxFilter
from copilot.domain.item import Status
from copilot.domain.review import Action
from copilot.errors import UserError
from copilot.services.conversations import ThreadImported

FIRST = [
    {"id": "c1", "author": "Léa", "text": "Où est ma commande ?", "created_at": "2026-11-20T10:00:00Z"},
    {"id": "c2", "author": "Hugo", "text": "Superbe", "created_at": "2026-11-20T10:01:00Z"},
    {"id": "c3", "author": "Ana", "text": "Nul", "created_at": "2026-11-20T10:02:00Z"},
    {"id": "c4", "author": "Zoé", "text": "Bravo", "created_at": "2026-11-20T10:03:00Z"},
]
OURS = {"id": "r1", "author": "Atelier", "text": "Nous regardons.", "parent": "c1", "is_owner": True}
EDITED = {**FIRST[1], "text": "Superbe, vraiment ?"}


@pytest.fixture
async def copilot(begun_profile: Path) -> AsyncIterator[Copilot]:
    made = open_copilot(begun_profile)
    yield made
    await made.aclose()


def lines(*told: dict[str, object]) -> bytes:
    return "".join(json.dumps(one) + "\n" for one in told).encode()


async def take(
    copilot: Copilot, *told: dict[str, object], name: str = "fil.jsonl", **options: object
) -> ThreadImported:
    done, _count = await copilot.inbox.take_in(lines(*told), name, **options)  # type: ignore[arg-type]  # as in take_in
    return done


async def test_a_later_export_updates_the_thread_that_is_there(copilot: Copilot) -> None:
    first = await take(copilot, *FIRST)
    assert (first.updated, first.shape.messages) == (None, 4)
    later = await take(copilot, FIRST[0], OURS, EDITED, FIRST[3], name="autre nom.jsonl")
    assert later.thread.id == first.thread.id
    assert later.updated == Updated(added=1, changed=1, deleted=1, answered=1, unchanged=1)
    thread = await copilot.conversations.get(first.thread.id)
    told = {one.external_id: one for one in thread.messages}
    assert [one.external_id for one in thread.messages] == ["c1", "r1", "c2", "c3", "c4"]
    assert (told["c1"].answered, told["c3"].deleted, told["c3"].text) == (True, True, "Nul")
    assert told["c2"].changed_at is not None
    assert told["c2"].triage is not None
    assert told["c2"].triage.intent.value == "question"
    assert len(await copilot.inbox.threads()) == 1
    with copilot.store().read() as work:
        actions = [entry.action for entry in work.audit.of_subject(f"thread:{thread.id}")]
    assert actions == ["thread_imported", "thread_updated"]


async def test_the_same_content_again_changes_nothing(copilot: Copilot) -> None:
    first = await take(copilot, *FIRST)
    again = await take(copilot, *FIRST)
    assert (again.already, again.thread, again.shape) == (True, first.thread, first.shape)
    assert again.updated == Updated(unchanged=4)


async def test_what_comes_back_is_no_longer_deleted(copilot: Copilot) -> None:
    first = await take(copilot, *FIRST)
    await take(copilot, *FIRST[:3], OURS)
    await take(copilot, *FIRST, OURS)
    thread = await copilot.conversations.get(first.thread.id)
    assert [one.external_id for one in thread.messages if one.deleted] == []
    await take(copilot, *FIRST)
    told = {one.external_id: one for one in (await copilot.conversations.get(first.thread.id)).messages}
    assert (told["r1"].deleted, told["c1"].answered) == (True, False)


async def test_another_network_or_other_people_make_another_thread(copilot: Copilot) -> None:
    first = await take(copilot, *FIRST, network="facebook_page")
    other = await take(copilot, *FIRST, network="x")
    others = [{**one, "author": f"{one['author']} B", "text": f"{one['text']} !"} for one in FIRST]
    third = await take(copilot, *others)
    assert len({first.thread.id, other.thread.id, third.thread.id}) == 3


async def test_a_person_may_say_which_thread_a_file_goes_into(copilot: Copilot) -> None:
    first = await take(copilot, *FIRST)
    added = {"id": "z9", "author": "Max", "text": "Et en décembre ?"}
    done = await take(copilot, added, into=first.thread.id)
    assert (done.thread.id, done.updated) == (first.thread.id, Updated(added=1))
    assert (await take(copilot, added, into=first.thread.id)).already
    with pytest.raises(UserError) as caught:
        await take(copilot, added, into=999)
    assert caught.value.kind == "thread.unknown"
    with pytest.raises(UserError) as caught:
        await take(copilot, added, brand="personne")
    assert caught.value.kind == "brand.unknown"


async def test_an_approved_reply_to_an_edited_message_is_a_draft_again(copilot: Copilot) -> None:
    first = await take(copilot, *FIRST, network="facebook")
    thread = await copilot.conversations.get(first.thread.id)
    message = next(one for one in thread.messages if one.external_id == "c2")
    drafted = await copilot.conversations.draft(
        thread.id, message.id, "Merci Hugo, à très vite à l’atelier.", author="Léa"
    )
    item = drafted.item
    await copilot.review.decide(item.id, Action.APPROVE, by="Nora", seen_hash=item.package.sha256)
    later = await take(copilot, FIRST[0], EDITED, *FIRST[2:], network="facebook")
    assert later.updated == Updated(changed=1, unchanged=3, lapsed=1)
    now = (await copilot.review.show(item.id)).item
    assert (now.status, now.approval) == (Status.DRAFT, None)
    with pytest.raises(UserError) as caught:
        await copilot.review.decide(item.id, Action.APPROVE, by="Nora", seen_hash=item.package.sha256)
    assert caught.value.kind == "review.unsaved_edit"
    await copilot.review.decide(item.id, Action.APPROVE, by="Nora", seen_hash=now.package.sha256)
    assert (await copilot.review.show(item.id)).item.status is Status.APPROVED


async def test_a_file_is_read_from_where_it_is(copilot: Copilot, tmp_path: Path) -> None:
    path = tmp_path / "fil.jsonl"
    path.write_bytes(lines(*FIRST))
    steps: list[tuple[int, int]] = []
    done, count = await copilot.inbox.take_in_file(path, progress=lambda *told: steps.append(told))
    assert (count, done.thread.title, done.thread.messages) == (4, "fil", ())
    assert steps[-1] == (path.stat().st_size, path.stat().st_size)
    assert (await copilot.inbox.take_in(path.read_bytes(), "fil.jsonl"))[0].already


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
async def test_a_cancelled_update_leaves_the_thread_as_it_was(copilot: Copilot, tmp_path: Path, share: float) -> None:
    many = [{"id": f"m{n}", "author": f"Client {n}", "text": f"Où est ma commande {n} ?"} for n in range(6000)]
    first = await take(copilot, *many)
    before = await copilot.conversations.get(first.thread.id)
    path = tmp_path / "plus tard.jsonl"
    path.write_bytes(lines(*({**one, "text": f"{one['text']} Encore."} for one in many)))
    reached = asyncio.Event()

    def progress(done: int, total: int) -> None:
        if done >= total * share:
            reached.set()

    load = asyncio.create_task(copilot.inbox.take_in_file(path, into=first.thread.id, progress=progress))
    await reached.wait()
    started = asyncio.get_running_loop().time()
    load.cancel()
    with pytest.raises(asyncio.CancelledError):
        await load
    assert asyncio.get_running_loop().time() - started < 1
    assert await copilot.conversations.get(first.thread.id) == before
    assert len(await copilot.inbox.ids(InboxFilter())) == 6000
    assert len(await copilot.inbox.threads()) == 1


async def test_with_four_eyes_a_reply_to_a_changed_message_can_be_approved_again(copilot: Copilot) -> None:
    copilot.save_settings(replace(copilot.settings, four_eyes=True))
    thread = await copilot.conversations.get((await take(copilot, *FIRST)).thread.id)
    message = next(one for one in thread.messages if one.external_id == "c2")
    found = await copilot.conversations.draft(thread.id, message.id, "Merci à vous !", writer="person", author="Nora")
    item = found.item.id
    await copilot.review.decide(item, Action.APPROVE, by="Omar", seen_hash=found.item.package.sha256)
    await take(copilot, FIRST[0], EDITED, *FIRST[2:])
    lapsed = (await copilot.review.show(item)).item
    assert (lapsed.status, lapsed.approval) == (Status.DRAFT, None)
    with pytest.raises(UserError) as refused:
        await copilot.review.decide(item, Action.APPROVE, by="Nora", seen_hash=lapsed.package.sha256)
    assert refused.value.kind == "review.own_work"
    again = await copilot.review.decide(item, Action.APPROVE, by="Omar", seen_hash=lapsed.package.sha256)
    assert again.item.status is Status.APPROVED


async def test_a_cut_export_of_a_site_joins_the_thread_that_is_there(copilot: Copilot) -> None:
    data = Path(__file__).resolve().parents[1] / "data" / "threads" / "wxr.xml"
    words = iter(("un", "deux", "trois"))
    # Words that tell no conversation from another: only the post does.
    whole = re.sub(
        r"(?<=<wp:comment_content>).*?(?=</wp:comment_content>)",
        lambda _: next(words),
        data.read_text(encoding="utf-8"),
    )
    cut = whole[: whole.index("<wp:comment_id>3")]
    first, _count = await copilot.inbox.take_in(whole.encode(), "blog.xml")
    later, count = await copilot.inbox.take_in(cut.encode(), "blog-coupe.xml")
    assert (later.thread.id, later.truncated, count) == (first.thread.id, True, 3)
    assert later.updated == Updated(unchanged=2)
