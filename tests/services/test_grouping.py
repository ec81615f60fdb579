"""Groups over a real store: found, answered once with a reply for each, undone; and past replies shown again."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.domain.conversation import Approach, Author, Intent
from copilot.domain.grouping import GroupKind, MessageGroup
from copilot.domain.item import Status
from copilot.domain.review import Action
from copilot.errors import UserError
from copilot.services._reply_writing import Answered
from copilot.services.grouping import GroupAnswered, GroupRequest, Skipped
from copilot.services.similar import SimilarReply, again, cleaned
from tests.services.bench import demo_brand, opened

LATE = "Mon colis n’est toujours pas arrivé, la livraison devait avoir lieu lundi"


async def loaded(copilot: Copilot, *told: tuple[str, str], **more: object) -> int:
    lines = [
        json.dumps({"id": str(place), "author": author, "text": text, **more})
        for place, (author, text) in enumerate(told)
    ]
    return (await copilot.inbox.load("\n".join(lines).encode(), "fil.jsonl")).thread.id


async def grouped(copilot: Copilot, thread: int) -> MessageGroup:
    found = await copilot.groups.find(thread)
    return next(group for group in found.groups if group.kind is GroupKind.EXACT)


async def answered(copilot: Copilot, request: GroupRequest) -> tuple[list[Answered], list[Skipped], GroupAnswered]:
    events = [event async for event in copilot.groups.answer(request)]
    assert isinstance(events[-1], GroupAnswered)
    drafts = [event for event in events if isinstance(event, Answered)]
    return drafts, [event for event in events if isinstance(event, Skipped)], events[-1]


async def test_one_approach_gives_each_message_a_reply_of_its_own(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        names = ("Léa Martin", "Karim B.", "Sarah Petit", "xX_92", "Paul D.", "Inès Roche")
        group = await grouped(copilot, await loaded(copilot, *((name, LATE) for name in names)))
        request = GroupRequest(group.id, Approach.EMPATHIC, brand=await demo_brand(copilot), author="Nora")
        drafts, skipped, last = await answered(copilot, request)
        texts = [one.inspected.item.text for one in drafts if one.inspected]
        hashes = {one.inspected.item.package.sha256 for one in drafts if one.inspected}
        assert len(set(texts)) == len(hashes) == len(names) == len(last.items)
        assert not skipped
        assert {one.inspected.item.structure for one in drafts if one.inspected} == {"empathic"}
        assert sum("Léa" in text for text in texts) == 1
        assert all(item.status is Status.DRAFT for item in await copilot.review.list())


async def test_what_is_answered_is_said_and_left(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        thread = await loaded(copilot, *((f"A{place}", LATE) for place in range(4)))
        group = await grouped(copilot, thread)
        first, second, *_ = [one.message.id for one in (await copilot.groups.show(group.id)).members]
        await copilot.conversations.draft(thread, first, "Bonjour, nous regardons.", author="Nora")
        await copilot.inbox.skip([second], by="Nora")
        _drafts, skipped, last = await answered(copilot, GroupRequest(group.id))
        assert {one.message.id for one in skipped} == {first, second}
        assert {one.why.key for one in skipped} == {"groups.skipped.on_its_way"}
        assert (len(last.items), last.skipped) == (2, 2)


async def test_nobody_in_danger_gets_a_reply_by_the_dozen(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        text = "Mes freins ont lâché en descente, je suis aux urgences, j’ai failli mourir"
        group = await grouped(copilot, await loaded(copilot, *((f"A{place}", text) for place in range(3))))
        _drafts, _skipped, last = await answered(copilot, GroupRequest(group.id))
        assert (last.items, last.skipped) == ((), 3)


async def test_an_answer_is_undone_in_one_step_but_for_what_a_person_touched(tmp_path: Path) -> None:
    from copilot.services.review import Edit

    async with opened(tmp_path) as copilot:
        group = await grouped(copilot, await loaded(copilot, *((f"A{place}", LATE) for place in range(4))))
        *_, last = await answered(copilot, GroupRequest(group.id))
        await copilot.review.edit(last.items[0], Edit(text="Bonjour, nous regardons cela."), by="Nora")
        assert await copilot.groups.undo(last.items, by="Nora") == last.items[1:]
        statuses = [item.status for item in await copilot.review.list()]
        assert statuses == [Status.DRAFT, *[Status.ARCHIVED] * 3]


async def test_a_look_that_is_cancelled_leaves_the_groups_as_they_were(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        thread = await loaded(copilot, *((f"A{place}", LATE) for place in range(3)))
        before = (await copilot.groups.find(thread)).groups
        running = asyncio.create_task(copilot.groups.find(thread))
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        assert await copilot.groups.page(thread) == before
        with pytest.raises(UserError, match=r"thread\.unknown"):
            await copilot.groups.find(99)


async def test_a_reply_approved_before_comes_back_without_its_person(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        brand = replace(await demo_brand(copilot), playbooks=())
        thread = await loaded(copilot, ("Léa Martin", LATE), ("Karim Benali", LATE + " !"), ("Tom", "Bravo à tous"))
        first, second, _third = [one.id for one in (await copilot.conversations.get(thread)).messages]
        text = "Bonjour Léa, nous sommes désolés de cette attente et regardons où en est votre envoi. Écrivez-nous ici."
        kept = await copilot.conversations.draft(thread, first, text, brand=brand, author="Nora")
        sha256 = kept.item.package.sha256
        await copilot.review.decide(kept.item.id, Action.APPROVE, by="Ines", seen_hash=sha256)
        (found,) = await copilot.similar.similar(second, brand)
        assert (found.source, found.item_id, found.intent) == ("approved", kept.item.id, Intent.COMPLAINT)
        assert found.distance < 0.2
        assert "Léa" not in found.text
        assert "{prénom}" in found.text


CLEANED = [
    (
        "Bonjour Léa, votre commande 558812 part demain.",
        "Bonjour {prénom}, votre commande {détail} part demain.",
        False,
    ),
    ("Merci beaucoup de ce retour, il nous touche.", "Merci beaucoup de ce retour, il nous touche.", True),
    ("Bonjour Léa, merci de ce retour.", "Bonjour {prénom}, merci de ce retour.", True),
]


@pytest.mark.parametrize(("text", "shown", "usable"), CLEANED)
def test_details_of_another_never_stay(text: str, shown: str, usable: bool) -> None:  # a table
    assert cleaned(text, "fr", [Author("Léa Martin", "@lea")], None) == (shown, usable)


def test_a_reply_that_may_speak_of_another_is_only_shown() -> None:
    near = SimilarReply("Bonjour {prénom}, merci.", "approved", 0.1, Intent.PRAISE, "fr", usable=True)
    assert again(near, Author("Paul Durand")) == "Bonjour Paul, merci."
    assert again(near, Author("xX_92")) == "Bonjour, merci."
    assert again(replace(near, usable=False), Author("Paul")) is None
    assert again(replace(near, distance=0.3), Author("Paul")) is None
    assert again(replace(near, source="saved"), Author("Paul")) is None
