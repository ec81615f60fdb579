"""Replies to a group approved as a list: only what was read, each by its own hash; and an answer left early."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.domain.brand import Brand, Playbook
from copilot.domain.conversation import Approach
from copilot.domain.grouping import MessageGroup
from copilot.domain.item import Status
from copilot.domain.review import Action
from copilot.errors import UserError
from copilot.services._reply_writing import Answered, ReplyRequest
from copilot.services.grouping import GroupRequest
from copilot.services.review import Edit
from tests.services.bench import demo_brand, opened
from tests.services.test_grouping import LATE, answered, grouped, loaded

NAMES = ("Léa Martin", "Karim B.", "Sarah Petit", "Paul D.")


async def written(copilot: Copilot) -> MessageGroup:
    """A group of four messages, each with a draft."""
    group = await grouped(copilot, await loaded(copilot, *((name, LATE) for name in NAMES)))
    await answered(copilot, GroupRequest(group.id, Approach.EMPATHIC, brand=await demo_brand(copilot), author="Nora"))
    return group


async def test_only_what_was_read_is_approved_and_each_by_its_own_hash(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        group = await written(copilot)
        read = [one.item for one in await copilot.groups.replies(group.id)]
        assert [one.message_id for one in read] == list(await copilot.groups.ids(group.id))
        seen = {item.id: item.package.sha256 for item in read[:3]}
        assert len(set(seen.values())) == 3
        done = await copilot.groups.approve(group.id, seen, by="Ines")
        assert (len(done.approved), done.refused) == (3, ())
        stored = {item.id: item for item in await copilot.review.list()}
        for item in read[:3]:
            approval = stored[item.id].approval
            assert approval is not None
            assert (approval.package_hash, approval.by) == (seen[item.id], "Ines")
        assert stored[read[3].id].status is Status.DRAFT, "what was not read is not approved"
        assert [one.item.id for one in await copilot.groups.replies(group.id)] == [read[3].id]


async def test_what_changed_since_it_was_read_is_refused_alone(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        group = await written(copilot)
        read = [one.item for one in await copilot.groups.replies(group.id)]
        seen = {item.id: item.package.sha256 for item in read}
        await copilot.review.edit(read[1].id, Edit(text="Bonjour, nous regardons cela."), by="Nora")
        seen[read[2].id] = read[0].package.sha256
        done = await copilot.groups.approve(group.id, seen | {99_999: "0" * 64}, by="Ines")
        assert [one.item.id for one in done.approved] == [read[0].id, read[3].id]
        assert [(item_id, error.kind) for item_id, error in done.refused] == [
            (read[1].id, "review.unsaved_edit"),
            (read[2].id, "review.unsaved_edit"),
            (99_999, "groups.not_its_reply"),
        ]


async def test_a_list_without_a_reader_or_a_reading_approves_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        group = await written(copilot)
        with pytest.raises(UserError, match=r"groups\.nothing_seen"):
            await copilot.groups.approve(group.id, {}, by="Ines")
        with pytest.raises(UserError, match=r"review\.name_needed"):
            await copilot.groups.approve(group.id, {1: "0" * 64}, by=" ")
        with pytest.raises(UserError, match=r"groups\.unknown"):
            await copilot.groups.approve(99, {1: "0" * 64}, by="Ines")
        assert {item.status for item in await copilot.review.list()} == {Status.DRAFT}


async def test_an_answer_left_early_keeps_what_was_written_and_says_who_asked(tmp_path: Path) -> None:
    async with opened(tmp_path, *["Bonjour, nous regardons."] * 40) as copilot:
        group = await grouped(copilot, await loaded(copilot, *((f"A{place}", LATE) for place in range(30))))
        request = GroupRequest(group.id, Approach.SHORT, provider="essai", author="Nora")
        first = asyncio.Event()

        async def answer() -> None:
            async with aclosing(copilot.groups.answer(request)) as events:
                async for event in events:
                    if isinstance(event, Answered):
                        first.set()

        running = asyncio.create_task(answer())
        await asyncio.wait_for(first.wait(), 30)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        kept = [item.id for item in await copilot.review.list()]
        assert 1 <= len(kept) < 30
        with copilot.store().read() as work:
            told = [entry for entry in work.audit.entries() if entry.action == "group_answered"]
        assert [(entry.by, entry.details["approach"]) for entry in told] == [("Nora", "short")]
        asked = told[0].details["items"]
        assert isinstance(asked, list)
        assert set(asked) <= set(kept)


async def approved_before(copilot: Copilot) -> tuple[int, Brand, str]:
    """Two people who wait for a parcel, the first one answered and approved: the other message, the brand, the text."""
    brand = replace(await demo_brand(copilot), playbooks=())
    thread = await loaded(copilot, ("Léa Martin", LATE), ("Karim Benali", LATE + " !"), ("Tom", "Bravo à tous"))
    first, second, _third = [one.id for one in (await copilot.conversations.get(thread)).messages]
    text = "Bonjour Léa, nous sommes désolés de cette attente et regardons où en est votre envoi."
    kept = await copilot.conversations.draft(thread, first, text, brand=brand, author="Nora")
    await copilot.review.decide(kept.item.id, Action.APPROVE, by="Ines", seen_hash=kept.item.package.sha256)
    return second, brand, text


async def test_the_chain_is_given_past_replies_as_data_without_anybody_in_them(tmp_path: Path) -> None:
    async with opened(tmp_path, "Bonjour, nous regardons.", remote=True) as copilot:
        second, brand, text = await approved_before(copilot)
        shown = await copilot.privacy.preview(second, "essai", brand=brand)
        (_system, (_role, user)) = shown.messages
        inside = user[(start := user.index("<<<examples ")) : user.index(">>>", start)]
        assert text.replace("Léa", "{prénom}") in inside
        assert "Léa" not in "".join(text for _role, text in shown.messages)


async def test_without_a_model_the_reply_approved_before_comes_first(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        second, brand, text = await approved_before(copilot)
        request = ReplyRequest(1, (second,), brand=brand, author="Nora")
        (one,) = [event async for event in copilot.conversations.reply(request)]
        assert one.inspected is not None
        assert one.proposal is not None
        assert one.inspected.item.text == text.replace("Léa", "Karim")
        assert [why.key for why in one.proposal.why] == ["reply.why.similar"]


async def test_what_is_saved_for_another_intent_is_no_example(tmp_path: Path) -> None:
    saved = (Playbook("p1", "praise", "Merci pour ce joli mot !"), Playbook("p2", "complaint", "Nous regardons cela."))
    async with opened(tmp_path, "Bonjour, nous regardons.", remote=True) as copilot:
        brand = replace(await demo_brand(copilot), playbooks=saved)
        thread = await loaded(copilot, ("Léa Martin", LATE), ("Tom", "Bravo à tous, superbe accueil"))
        complaint, praise = [one.id for one in (await copilot.conversations.get(thread)).messages]
        told = {}
        for one in (complaint, praise):
            user = (await copilot.privacy.preview(one, "essai", brand=brand)).messages[1][1]
            told[one] = user[(start := user.index("<<<examples ")) : user.index(">>>", start)]
    assert ("joli mot" in told[complaint], "regardons" in told[complaint]) == (False, True)
    assert ("joli mot" in told[praise], "regardons" in told[praise]) == (True, False)
