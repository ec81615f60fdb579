"""Posts and replies as they are written: order, failures, leaving early, one variant alone, approaches side by side."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from copilot.app import Copilot
from copilot.domain.conversation import Approach, Author
from copilot.domain.item import Item
from copilot.errors import OutsideError, RepliqueError, UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.services._reply_cases import vault_of
from copilot.services.conversations import Answered, Proposed, Replying, ReplyRequest
from copilot.services.posts import Composed, ComposeRequest, Composing
from copilot.services.review import Edit
from copilot.text.privacy import Vault
from tests.services.bench import demo_brand, demo_thread, opened, thread_of

BRIEF = """Le samedi 10 avril 2027, l’atelier ouvre ses portes de 10 h à 18 h au 12, rue des Trois-Forges, à Moulins.
Venez voir naître un cadre, de la soudure à la peinture. Entrée libre.
Réservez votre essai : https://aubrelle.example/portes"""
#: How each variant is asked for, and so what tells their questions apart.
SHAPES = ("annonce directe", "une question", "le bénéfice", "une phrase d’annonce", "une courte scène")


def answer(mark: str, words: int = 12, **more: Any) -> dict[str, Any]:
    return {"pieces": [f"{mark} "] * words, "delay": 0.001, **more}


def asking(**changes: Any) -> ComposeRequest:
    return replace(ComposeRequest(BRIEF, networks=("linkedin",), provider="essai", author="Nora"), **changes)


async def items(copilot: Copilot) -> tuple[Item, ...]:
    return await copilot.review.list()


def shown(answers: Sequence[object], variant: int) -> str:
    return "".join(one.text for one in answers if isinstance(one, Composing) and one.variant == variant)


def told(error: RepliqueError | None) -> str:
    """The error's kind, which has its sentence in both languages."""
    assert error
    for language in LANGUAGES:
        assert error.kind not in Translator(language).error(error)
    return error.kind


async def test_variants_stream_at_once_and_their_words_never_mix(tmp_path: Path) -> None:
    answers = [answer(f"mot{number}", match=shape) for number, shape in enumerate(SHAPES[:3], 1)]
    async with opened(tmp_path, *answers) as copilot:
        done = [one async for one in copilot.posts.stream(asking())]
        stored = await items(copilot)
    parts = [one.variant for one in done if isinstance(one, Composing)]
    assert len(re.findall("12|21|23|32|13|31", "".join(map(str, parts)))) > 3, "they are written in turn"
    for variant in (1, 2, 3):
        places = [place for place, one in enumerate(done) if getattr(one, "variant", 0) == variant]
        assert isinstance(done[places[-1]], Composed), "the end comes after the parts"
        assert all(isinstance(done[place], Composing) for place in places[:-1])
        assert set(shown(done, variant).split()) == {f"mot{variant}"}
    assert {item.variant: item.text for item in stored} == {n: " ".join([f"mot{n}"] * 12) for n in (1, 2, 3)}


async def test_one_late_failure_stops_no_other_and_leaves_nothing(tmp_path: Path) -> None:
    answers = [
        answer("bien", match=SHAPES[0], words=30),
        answer("perdu", match=SHAPES[1], error="server"),
        answer("aussi", match=SHAPES[2], words=30),
    ]
    async with opened(tmp_path, *answers) as copilot:
        done = [one async for one in copilot.posts.stream(asking())]
        stored = await items(copilot)
    ends = {one.variant: one for one in done if isinstance(one, Composed)}
    assert shown(done, 2).startswith("perdu"), "it had begun"
    assert (ends[2].inspected, told(ends[2].error)) == (None, "provider.server")
    assert [item.variant for item in sorted(stored, key=lambda item: item.variant)] == [1, 3]


@pytest.mark.parametrize("cancelled", [True, False], ids=["cancelled", "left"])
async def test_leaving_early_closes_all_and_stores_nothing_half(tmp_path: Path, *, cancelled: bool) -> None:
    answers = [answer("fini", words=2, match=SHAPES[0]), answer("silence", words=3, hang=True)]
    async with opened(tmp_path, *answers) as copilot:
        ended = asyncio.Event()

        async def read() -> None:
            async with aclosing(copilot.posts.stream(asking())) as stream:
                async for one in stream:
                    if isinstance(one, Composed):
                        ended.set()
                        if not cancelled:
                            return

        task = asyncio.create_task(read())
        await ended.wait()
        if cancelled:
            task.cancel()
        # The other one is silent for ever: nothing but being stopped ends it.
        async with asyncio.timeout(20):
            await asyncio.gather(task, return_exceptions=True)
        assert [one for one in asyncio.all_tasks() if one is not asyncio.current_task()] == []
        assert [(item.variant, item.text) for item in await items(copilot)] == [(1, "fini fini")]
        lines = await copilot.custody.usage()
    assert sum(line.runs for line in lines) == 3, "the ledger knows those that were stopped"


async def test_one_variant_of_one_network_is_written_again_and_no_other(tmp_path: Path) -> None:
    async with opened(tmp_path, *(answer(f"mot{n}", match=shape) for n, shape in enumerate(SHAPES[:3], 1))) as copilot:
        request = asking(networks=("linkedin", "x"))
        before = [one async for one in copilot.posts.compose(request)]
        again = [one async for one in copilot.posts.stream(asking(only=(2,)))]
        stored = await items(copilot)
    assert len(before) == 6
    assert {(one.network, one.variant) for one in again if isinstance(one, Composing | Composed)} == {("linkedin", 2)}
    assert set(shown(again, 2).split()) == {"mot2"}, "asked for as the second is"
    assert len(stored) == 7
    assert len({item.brief_id for item in stored}) == 1


async def test_the_playbook_writes_a_variant_again_unlike_all_it_wrote(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        request = asking(provider="playbook", networks=("linkedin", "x"))
        first = [one async for one in copilot.posts.stream(request)]
        for _ in range(3):
            again = [one async for one in copilot.posts.stream(replace(request, networks=("x",), only=(2,)))]
            assert [type(one) for one in again] == [Composed]
        stored = await items(copilot)
    assert all(isinstance(one, Composed) and one.inspected for one in first)
    assert [(item.network, item.variant) for item in stored[len(first) :]] == [("x", 2)] * 3
    texts = [item.text for item in stored if item.network == "x"]
    assert len(set(texts)) == len(texts)


async def test_the_playbook_says_when_a_brief_gives_nothing_else(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        request = asking(text="Portes ouvertes samedi.", provider="playbook", networks=("x",), only=(1,))
        for _ in range(60):
            (one,) = [one async for one in copilot.posts.stream(request)]
            if isinstance(one, Composed) and one.error:
                break
        texts = [item.text for item in await items(copilot)]
        assert isinstance(one, Composed)
        assert told(one.error) == "compose.nothing_new"
    assert texts
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("only", [(0,), (10,), (1, 99)])
async def test_a_variant_that_cannot_be_is_refused(tmp_path: Path, only: tuple[int, ...]) -> None:
    async with opened(tmp_path) as copilot:
        with pytest.raises(UserError) as caught:
            await anext(copilot.posts.stream(asking(only=only)))
        assert told(caught.value) == "compose.only"
        assert await items(copilot) == ()


THREAD = thread_of(
    ("Maëlle Tourneur", "Où en est mon remboursement ? J’attends depuis un mois."),
    ("Paul", "Bravo pour le nouvel atelier, il est superbe !"),
    ("Inès", "Livrez-vous à Lyon ?"),
    ("Gains faciles", "Cliquez ici pour gagner 4000 € par jour https://gains.example/go"),
)


async def thread(copilot: Copilot) -> int:
    return (await copilot.conversations.import_thread(THREAD, "fil.jsonl", network="facebook_page")).thread.id


async def ids_of(copilot: Copilot, thread_id: int) -> list[int]:
    return [message.id for message in (await copilot.conversations.get(thread_id)).messages]


async def test_replies_to_named_messages_stream_each_to_its_own(tmp_path: Path) -> None:
    answers = [answer("livraison", match="Livrez-vous"), answer("remboursement", words=20)]
    async with opened(tmp_path, *answers) as copilot:
        thread_id = await thread(copilot)
        ids = await ids_of(copilot, thread_id)
        request = ReplyRequest(thread_id, (ids[0], ids[2]), Approach.SHORT, "essai")
        done = [one async for one in copilot.conversations.stream_reply(request)]
        stored = await items(copilot)
    for message_id, word in ((ids[0], "remboursement"), (ids[2], "livraison")):
        own = [one for one in done if isinstance(one, Replying) and one.message_id == message_id]
        assert set("".join(one.text for one in own).split()) == {word}
        assert {one.approach for one in own} == {Approach.SHORT}
    assert {item.message_id: set(item.text.split()) for item in stored} == {
        ids[0]: {"remboursement"},
        ids[2]: {"livraison"},
    }
    assert [type(one) for one in done].count(Answered) == 2


async def test_a_named_message_is_answered_as_within_its_whole_thread(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        brand = await demo_brand(copilot)
        thread_id = await demo_thread(copilot)
        for message in (await copilot.conversations.triage(thread_id)).messages:
            request = ReplyRequest(thread_id, (message.id,), brand=brand)
            (one,) = [one async for one in copilot.conversations.stream_reply(request)]
            assert isinstance(one, Answered)
            assert one.message == message


async def test_approaches_stand_side_by_side_and_store_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        brand = await demo_brand(copilot)
        thread_id = await thread(copilot)
        ids = await ids_of(copilot, thread_id)
        offered = [one async for one in copilot.conversations.approaches(thread_id, ids[0], brand=brand)]
        assert all(isinstance(one, Proposed) and one.proposal and one.proposal.text for one in offered)
        texts = {one.proposal.text for one in offered if isinstance(one, Proposed) and one.proposal}
        assert len(texts) == len(offered) > 2
        assert await items(copilot) == ()
        chosen = offered[1]
        assert isinstance(chosen, Proposed)
        assert chosen.proposal
        draft = await copilot.conversations.draft(
            thread_id,
            ids[0],
            chosen.proposal.text or "",
            approach=chosen.approach,
            writer="playbook",
            brand=brand,
            author="Nora",
        )
        assert draft.findings == chosen.findings
        assert (await copilot.review.show(draft.item.id)).findings == chosen.findings
        assert (draft.item.text, draft.item.structure) == (chosen.proposal.text, chosen.approach)
        edited = await copilot.review.edit(draft.item.id, Edit(text="Bonjour."), by="Nora")
    assert (edited.item.message_id, edited.item.answers) == (ids[0], draft.message and draft.message.sha256)


async def test_approaches_of_a_model_stream_each_to_its_own(tmp_path: Path) -> None:
    async with opened(tmp_path, answer("un"), answer("deux", error="server")) as copilot:
        thread_id = await thread(copilot)
        ids = await ids_of(copilot, thread_id)
        done = [one async for one in copilot.conversations.approaches(thread_id, ids[1], provider="essai")]
        assert await items(copilot) == ()
    ends = {one.approach: one for one in done if isinstance(one, Proposed)}
    assert set(ends) == {Approach.EMPATHIC, Approach.SHORT}
    failed = [one for one in ends.values() if one.error]
    assert [told(one.error) for one in failed] == ["provider.server"]
    assert isinstance(failed[0].error, OutsideError)
    for approach, end in ends.items():
        own = [one.text for one in done if isinstance(one, Replying) and one.approach == approach]
        assert set("".join(own).split()) == {"deux" if end.error else "un"}


async def test_what_no_machine_may_answer_is_proposed_in_no_approach(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        thread_id = await thread(copilot)
        ids = await ids_of(copilot, thread_id)
        for provider in ("playbook", "essai"):
            done = [one async for one in copilot.conversations.approaches(thread_id, ids[3], provider=provider)]
            (one,) = done
            assert isinstance(one, Proposed)
            assert one.approach is None
            assert one.proposal
            assert one.proposal.do_not_answer
        assert await copilot.custody.usage() == ()


async def test_a_person_writes_a_reply_from_scratch(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        thread_id = await thread(copilot)
        ids = await ids_of(copilot, thread_id)
        made = await copilot.conversations.draft(thread_id, ids[2], "Oui, nous livrons à Lyon.", author="Nora")
        assert (made.item.writer, made.item.author, made.item.language) == ("person", "Nora", "fr")
        assert made.item.message_id == ids[2]
        for wrong, kind in ((("  ", ids[2]), "reply.no_text"), (("Oui.", 9999), "message.not_in_thread")):
            with pytest.raises(UserError) as caught:
                await copilot.conversations.draft(thread_id, wrong[1], wrong[0])
            assert told(caught.value) == kind
        with pytest.raises(UserError, match="thread.unknown"):
            await copilot.conversations.draft(999, ids[2], "Oui.")
        assert len(await items(copilot)) == 1


def test_the_vault_of_a_reply_hides_what_the_vault_of_all_its_thread_would() -> None:
    people = [
        Author("Maëlle Tourneur", "@maelle.t"),
        Author("marie_dupont75", "mdupont"),
        Author("Jean-Paul O’Neill", "jp-o"),
        Author("Absent Lointain", "@loin"),
        Author("🙂", ""),
    ]
    texts = ("Merci Marie et TOURNEUR, Jean-Paul dit @maelle.t et mdupont !", "Bonjour Paul O’Neill, maëlle tourneur.")
    whole = Vault(known_names=[one.name for one in people], known_handles=[one.handle for one in people])
    small = vault_of(people, texts, None)
    assert [small.mask(text) for text in texts] == [whole.mask(text) for text in texts]
    assert "Tourneur" not in small.mask(texts[0]).title()
