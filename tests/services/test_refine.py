"""What the rules read at once is refined by meaning, or by words: urgent first, to be called off and taken up again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copilot.app import Copilot, open_copilot
from copilot.domain.conversation import Author, Decider, Intent, Message, Thread
from copilot.errors import UserError
from copilot.intelligence.semantic import folder
from copilot.services._refining import AT_ONCE
from copilot.services.conversations import ReplyRequest
from tests.semantic_model import tiny_model

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TEXTS = ("Bonjour, vous ouvrez dimanche ?", "Merci, super accueil !", "Colis jamais reçu, c’est honteux", "🙂", "")


@pytest.fixture
async def copilot(begun_profile: Path) -> AsyncIterator[Copilot]:
    opened = open_copilot(begun_profile, clock=lambda: NOW)
    yield opened
    await opened.aclose()


async def stored(copilot: Copilot, texts: tuple[str, ...] = TEXTS) -> int:
    """A thread that the rules have read."""
    messages = tuple(Message(0, 0, place, f"m{place}", None, Author("Léa"), text) for place, text in enumerate(texts))
    with copilot.store().write() as work:
        thread = work.threads.add(Thread(0, "Fil", "json", "", "fr", messages=messages), "a" * 64, NOW).id
    await copilot.conversations.triage(thread)
    return thread


async def deciders(copilot: Copilot, thread: int) -> list[Decider]:
    return [one.triage.decided_by for one in (await copilot.conversations.get(thread)).messages if one.triage]


async def test_meaning_refines_what_the_rules_read_and_keeps_its_vectors(with_model: Copilot) -> None:
    thread = await stored(with_model)
    steps: list[tuple[int, int]] = []
    done = await with_model.inbox.refine(thread, progress=lambda done, total: steps.append((done, total)))
    await asyncio.sleep(0)
    assert (done.read, done.by) == (5, Decider.SEMANTIC)
    assert (await deciders(with_model, thread)).count(Decider.SEMANTIC) >= 3
    assert steps[-1] == (5, 5)
    assert await with_model.semantic.embed_missing(thread) == 0


async def test_words_do_it_without_a_model_and_meaning_takes_over_once_it_is_there(copilot: Copilot) -> None:
    thread = await stored(copilot)
    assert (await copilot.inbox.refine(thread)).by is Decider.WORDS
    assert Decider.WORDS in await deciders(copilot, thread)
    await asyncio.to_thread(tiny_model, folder.own_place(copilot.profile))
    copilot.semantic.forget()
    assert (await copilot.inbox.refine(thread)).by is Decider.SEMANTIC
    assert Decider.WORDS not in await deciders(copilot, thread)


async def test_what_was_refined_or_settled_is_left_unless_asked_again(with_model: Copilot) -> None:
    thread = await stored(with_model, TEXTS[:3])
    messages = (await with_model.conversations.get(thread)).messages
    await with_model.semantic.correct([messages[0].id], Intent.SPAM, by="Léa")
    by_model = messages[1].triage
    assert by_model is not None
    with with_model.store().write() as work:
        work.threads.set_triage({messages[1].id: replace(by_model, decided_by=Decider.MODEL)})
    assert (await with_model.inbox.refine(thread)).read == 1
    assert (await with_model.inbox.refine(thread)).read == 0
    assert (await with_model.inbox.refine(thread, again=True)).read == 1
    assert (await deciders(with_model, thread))[:2] == [Decider.PERSON, Decider.MODEL]


async def test_called_off_it_keeps_what_it_read_and_goes_on_from_there(with_model: Copilot) -> None:
    texts = tuple(f"Merci pour le colis {'a' * (number % 7)} {number}" for number in range(AT_ONCE + 50))
    thread = await stored(with_model, texts)
    begun = asyncio.Event()
    refining = asyncio.create_task(
        with_model.inbox.refine(thread, progress=lambda done, _total: begun.set() if done else None)
    )
    await begun.wait()
    refining.cancel()
    with pytest.raises(asyncio.CancelledError):
        await refining
    kept = (await deciders(with_model, thread)).count(Decider.SEMANTIC)
    assert kept >= AT_ONCE
    done = await with_model.inbox.refine(thread)
    assert done.read == len(texts) - kept
    assert set(await deciders(with_model, thread)) == {Decider.SEMANTIC}


async def test_urgent_messages_come_first(with_model: Copilot) -> None:
    texts = (*(f"Merci beaucoup {number}" for number in range(AT_ONCE)), "Je vais me suicider, je n’en peux plus")
    thread = await stored(with_model, texts)
    begun = asyncio.Event()
    refining = asyncio.create_task(
        with_model.inbox.refine(thread, progress=lambda done, _total: begun.set() if done else None)
    )
    await begun.wait()
    refining.cancel()
    await asyncio.gather(refining, return_exceptions=True)
    grave = (await with_model.conversations.get(thread)).messages[-1].triage
    assert grave is not None
    assert grave.confidence is not None


async def test_all_threads_are_refined_and_an_unknown_one_is_told(with_model: Copilot) -> None:
    await stored(with_model)
    assert (await with_model.inbox.refine()).read == 5
    with pytest.raises(UserError, match=r"thread\.unknown"):
        await with_model.inbox.refine(99)


async def test_answering_a_refined_message_does_not_undo_it(with_model: Copilot) -> None:
    thread = await stored(with_model, TEXTS[:3])
    await with_model.inbox.refine(thread)
    before = await with_model.conversations.get(thread)
    asked = ReplyRequest(thread, (before.messages[1].id,))
    assert [one async for one in with_model.conversations.reply(asked)]
    assert [one.triage for one in (await with_model.conversations.get(thread)).messages] == [
        one.triage for one in before.messages
    ]
