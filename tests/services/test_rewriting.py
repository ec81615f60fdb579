"""Texts written another way and for other networks: nothing invented, nothing cut, nothing stored unasked."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot import networks
from copilot.app import Copilot
from copilot.domain.item import Item, ItemKind
from copilot.domain.post import Hashtag
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.paths import assets_dir
from copilot.playbook.post_sentences import sentences
from copilot.playbook.shortening import LONGEST, fitted, shorter
from copilot.services.conversations import Answered, ReplyRequest
from copilot.services.posts import Composed, ComposeRequest, Composing
from copilot.services.review import Edit
from copilot.services.rewriting import Rewording, RewriteKind, Rewritten
from copilot.text.facts import find_facts
from tests.services.bench import NOW, demo_brand, opened, thread_of

REPLY = """Bonjour Camille,
merci pour votre message. Nous comprenons votre attente. Votre vélo sera prêt le mardi 3 mars à 10 h. \
Il vous attendra au comptoir. Toute notre équipe se réjouit de vous revoir. Nous pensons souvent à nos clients. \
Suivez votre commande : https://aubrelle.example/suivi. Écrivez à {canal privé} au besoin.

L’équipe Aubrelle"""
POST = """Le Héron arrive à l’atelier ! On en rêvait depuis longtemps.

Le mercredi 3 mars 2027, nous ouvrons les commandes. Il emmène deux enfants. Merci @soudeur pour son aide.

Au programme :
– Porte jusqu’à 180 kg
– Cadre garanti à vie

Prix : 3 490 €, payable en quatre fois sans frais
Réservez un essai : https://aubrelle.example/heron"""
BRIEFS = sorted((assets_dir() / "demo" / "briefs").iterdir())


async def stored(copilot: Copilot, item: Item) -> int:
    with copilot.store().write() as work:
        return work.items.add(item, NOW).id


def post(**changes: object) -> Item:
    base = Item(0, ItemKind.POST, "linkedin", "", "fr", POST, writer="person", author="Nora")
    return replace(base, **changes)  # type: ignore[arg-type]  # any field of an item


def sentences_of(text: str) -> set[str]:
    return {part.strip() for line in text.split("\n") for _at, part in sentences(line) if part.strip()}


def within(most: int) -> Callable[[str, int], bool]:
    """Whether a text of at most ``most`` characters fits, its hashtags at ten characters each."""
    return lambda text, tags: len(text) + 10 * tags <= most


def spoken(text: str) -> set[str]:
    """The sentences of a text, whatever the spaces between their words."""
    return {" ".join(sentence.split()) for sentence in sentences_of(text)}


async def rewritten(copilot: Copilot, item_id: int, kind: RewriteKind, **asked: str) -> Rewritten:
    done = [one async for one in copilot.rewriting.rewrite(item_id, kind, **asked)]
    assert isinstance(done[-1], Rewritten)
    assert all(isinstance(one, Rewording) for one in done[:-1])
    return done[-1]


def test_shorter_says_nothing_new_and_keeps_what_counts() -> None:
    text = shorter(REPLY, "fr", signature="L’équipe Aubrelle")
    assert text is not None
    assert len(text.split()) < len(REPLY.split())
    assert sentences_of(text) < sentences_of(REPLY)
    assert text.startswith("Bonjour Camille,\nmerci pour votre message.")
    assert text.endswith("\n\nL’équipe Aubrelle")
    assert [fact.value for fact in find_facts(text)] == [fact.value for fact in find_facts(REPLY)]
    assert "{canal privé}" in text


def test_shorter_leaves_no_sentence_without_what_it_leans_on() -> None:
    text = "Nous avons un vélo.\nVoici notre nouveau modèle préféré. Il roule vite et bien. Elle aussi. Merci à vous."
    for length in range(len(text)):
        kept, _ = fitted(text, "fr", 0, within(length))
        if kept.count(".") > 1:
            assert "Il roule" not in kept or "Voici notre" in kept
            assert "Elle aussi" not in kept or "Il roule" in kept


def test_shorter_is_none_when_every_sentence_counts() -> None:
    assert shorter("Portes ouvertes samedi 10 avril 2027. Entrée à 5 €.", "fr") is None
    assert shorter("", "fr") is None


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.name)
@pytest.mark.parametrize("most", [20, 120, 250, 280, 500, 900])
def test_a_fitted_text_is_made_of_whole_sentences(path: Path, most: int) -> None:
    text = path.read_text(encoding="utf-8")
    shown, tags = fitted(text, "fr", 3, within(most))
    assert sentences_of(shown) <= sentences_of(text)
    assert len(shown) + 10 * tags <= most or len(sentences_of(shown)) == 1


@given(st.text(alphabet="aàÀ .!?…:\n-–«»()12€@#/{}\ud800\0\u0301\u202e,;\t", max_size=300), st.integers(0, 200))
def test_any_text_is_shortened_without_a_crash_and_without_a_new_word(text: str, most: int) -> None:
    for shown in (shorter(text, "fr") or "", fitted(text, "fr", 2, within(most))[0]):
        assert len(shown) <= len(text)
        words, known = shown.split(), iter(text.split())
        assert all(word in known for word in words), "the same words in the same order"


def test_an_absurd_text_is_not_read_at_all() -> None:
    started = time.process_time()
    assert shorter("Bonjour. " * LONGEST, "fr") is None
    assert fitted("é" + "\u0301" * 10**6, "fr", 3, lambda _text, _tags: False)[1] == 0
    assert time.process_time() - started < 1


async def test_what_is_offered_without_a_model_and_with_one(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        item_id = await stored(copilot, post())
        by_rules = {one.kind: one for one in await copilot.rewriting.offered(item_id, "playbook")}
        by_model = {one.kind: one for one in await copilot.rewriting.offered(item_id, "essai")}
        english = await stored(copilot, post(language="en", text="Hello."))
        in_english = {one.kind: one for one in await copilot.rewriting.offered(english, "essai")}
        empty = await copilot.rewriting.offered(item_id, "essai", "  ")
    assert list(by_rules) == list(RewriteKind)
    assert [kind for kind, one in by_rules.items() if one.available] == [RewriteKind.SHORTER]
    assert [kind for kind, one in by_model.items() if not one.available] == [RewriteKind.TRANSLATE_FR]
    refused = {RewriteKind.TU, RewriteKind.VOUS, RewriteKind.TRANSLATE_EN}
    assert {kind for kind, one in in_english.items() if not one.available} == refused
    assert not any(one.available for one in empty)
    for one in (*by_rules.values(), *by_model.values(), *in_english.values(), *empty):
        assert one.available is (one.why_not is None)
        for language in LANGUAGES:
            t = Translator(language)
            assert t.has(f"rewrite.kind.{one.kind}")
            assert one.why_not is None or t.has(one.why_not.key)


async def test_what_is_not_offered_is_refused(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        item_id = await stored(copilot, post())
        for kind, provider in ((RewriteKind.WARMER, "playbook"), (RewriteKind.TRANSLATE_FR, "essai")):
            with pytest.raises(UserError) as caught:
                await rewritten(copilot, item_id, kind, provider=provider)
            assert caught.value.kind == "rewrite.not_offered"
            for language in LANGUAGES:
                assert "rewrite." not in Translator(language).error(caught.value)
        with pytest.raises(UserError, match="item.unknown"):
            await rewritten(copilot, 999, RewriteKind.SHORTER)


async def test_the_unsaved_text_is_rewritten_and_nothing_is_stored(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        item_id = await stored(copilot, post())
        text = POST + "\n\nNous adorons le printemps. Nous vous embrassons tous. Appelez le 06 12 34 56 78."
        done = await rewritten(copilot, item_id, RewriteKind.SHORTER, text=text)
        assert (await copilot.review.show(item_id)).item.revision == 1
        assert (await copilot.review.show(item_id)).item.text == POST
        assert len(await copilot.review.list()) == 1
        edited = await copilot.review.edit(item_id, Edit(text=done.text), by="Nora")
    assert sentences_of(done.text) < sentences_of(text)
    assert "06 12 34 56 78" in done.text
    assert "embrassons" not in done.text
    assert any(finding.quote == "06 12 34 56 78" for finding in done.findings)
    assert (edited.findings, edited.measure) == (done.findings, done.measure)


async def test_a_model_rewrites_as_it_comes_and_is_told_the_limit(tmp_path: Path) -> None:
    async with opened(tmp_path, {"echo": True}) as copilot:
        # An account of X Premium, lest the question echoed be too long and asked again.
        brand = replace(await demo_brand(copilot), limits={"x": 5000})
        await copilot.brands.save(brand, by="Nora")
        tags = (Hashtag("Héron", Wording("hashtag.reason.person")),)
        item_id = await stored(copilot, post(network="x", brand_id=brand.id, hashtags=tags))
        stream = copilot.rewriting.rewrite(item_id, RewriteKind.TRANSLATE_EN, provider="essai")
        done = [one async for one in stream]
        lines = await copilot.custody.usage()
    end = done[-1]
    assert isinstance(end, Rewritten)
    assert isinstance(done[0], Rewording)
    assert "".join(one.text for one in done if isinstance(one, Rewording)).strip() == end.text
    assert brand.name in end.text
    assert "anglais" in end.text
    assert re.search(r"4\s?992\scaractères", end.text), "5,000 but the hashtag and the line before it"
    assert end.text.index("Prix : 3 490 €") > end.text.index("Consigne")
    assert [(line.task, line.runs) for line in lines] == [("rewrite", 1)]
    assert (end.measure.limit, end.measure.fits) == (5000, True)


THREAD = thread_of(
    ("Maëlle Tourneur", "Votre livreur a cassé mon vélo, j’attends un remboursement depuis un mois !"),
    ("Maëlle Tourneur", "Bonjour ?"),
)


async def reply(copilot: Copilot) -> int:
    brand = await demo_brand(copilot)
    imported = await copilot.conversations.import_thread(THREAD, "fil.jsonl", network="facebook_page")
    ids = [message.id for message in imported.thread.messages]
    request = ReplyRequest(imported.thread.id, (ids[0],), brand=brand)
    (one,) = [one async for one in copilot.conversations.stream_reply(request)]
    assert isinstance(one, Answered)
    assert one.inspected
    return one.inspected.item.id


async def test_without_a_model_a_firmer_reply_is_the_playbooks_firm_one(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        item_id = await reply(copilot)
        before = (await copilot.review.show(item_id)).item.text
        firm = await rewritten(copilot, item_id, RewriteKind.FIRMER)
        offered = {one.kind: one for one in await copilot.rewriting.offered(item_id, "playbook")}
        edited = await copilot.review.edit(item_id, Edit(text=firm.text), by="Nora")
        warm = await rewritten(copilot, item_id, RewriteKind.WARMER)
    assert firm.text != before
    assert warm.text == before, "it was written with empathy"
    assert edited.findings == firm.findings
    assert offered[RewriteKind.WARMER].why_not == Wording("rewrite.why.no_other_reply")


async def test_a_remote_model_never_sees_the_names_of_the_thread(tmp_path: Path) -> None:
    async with opened(tmp_path, {"echo": True}, remote=True) as copilot:
        item_id = await reply(copilot)
        text = "Bonjour Maëlle Tourneur, appelez le 06 12 34 56 78."
        stream = copilot.rewriting.rewrite(item_id, RewriteKind.SIMPLER, provider="essai", text=text)
        end = [one async for one in stream][-1]
    assert isinstance(end, Rewritten)
    assert text in end.text, "what was hidden is back"
    async with opened(tmp_path, {"text": "[[PERSON_1]] et [[PHONE_1]]"}, remote=True) as copilot:
        done = await rewritten(copilot, item_id, RewriteKind.SIMPLER, provider="essai", text=text)
    assert done.text == "Maëlle Tourneur et 06 12 34 56 78", "it was sent pseudonyms"


@pytest.mark.parametrize("source", ["linkedin", "x"])
async def test_a_post_is_adapted_to_each_network_and_fits(tmp_path: Path, source: str) -> None:
    everywhere = tuple(networks.load())
    async with opened(tmp_path) as copilot:
        brand = await demo_brand(copilot)
        text = BRIEFS[0].read_text(encoding="utf-8")
        request = ComposeRequest(text, networks=(source,), variants=2, brand=brand)
        made = [one async for one in copilot.posts.compose(request)]
        first = made[0].inspected
        assert first
        adapted = [one async for one in copilot.rewriting.adapt(first.item.id, everywhere, author="Nora")]
        again = [one async for one in copilot.rewriting.adapt(first.item.id, ["x", "threads"])]
    assert len(adapted) == len(everywhere) - 1 >= 17
    for one in adapted:
        assert isinstance(one, Composed)
        assert one.inspected
        item, rules = one.inspected.item, networks.get(one.network).hashtags
        assert one.inspected.measure.fits, one.network
        assert item.account == brand.accounts.get(one.network, "")
        assert (item.brief_id, item.variant, item.author) == (first.item.brief_id, 1, "Nora")
        assert (item.writer, item.structure) == ("playbook", first.item.structure)
        assert len(item.hashtags) <= (rules.max if rules.max is not None else rules.advised[1])
        if networks.get(one.network).links_clickable:
            assert spoken(item.text) <= spoken(first.item.text), one.network
    assert {one.variant for one in again if isinstance(one, Composed)} == {2}


async def test_links_names_and_accounts_are_those_of_the_network(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        item_id = await stored(copilot, post())
        adapted = [one async for one in copilot.rewriting.adapt(item_id, ["instagram", "facebook_page"])]
    texts = {one.network: one.inspected.item.text for one in adapted if isinstance(one, Composed) and one.inspected}
    assert "https://" not in texts["instagram"]
    assert "lien en bio" in texts["instagram"]
    assert "https://aubrelle.example/heron" in texts["facebook_page"]
    assert all("Merci soudeur pour son aide." in text for text in texts.values()), "@soudeur is somebody else there"


async def test_our_own_mention_follows_us(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        brand = await demo_brand(copilot)
        text = f"Suivez @{brand.accounts['x'].upper()} et @inconnu, ou écrivez à a@b.example."
        item_id = await stored(copilot, post(network="x", brand_id=brand.id, text=text))
        asked = ["bluesky", "linkedin", "pinterest"]
        done = [one async for one in copilot.rewriting.adapt(item_id, asked)]
    texts = {one.network: one.inspected.item.text for one in done if isinstance(one, Composed) and one.inspected}
    assert texts["bluesky"] == f"Suivez @{brand.accounts['bluesky']} et inconnu, ou écrivez à a@b.example."
    assert texts["linkedin"] == f"Suivez {brand.accounts['linkedin']} et inconnu, ou écrivez à a@b.example."


@pytest.mark.parametrize(
    "text",
    ["Un \ud800 surrogat. Un autre.", "NUL \0. Encore.", "مرحبا. بكم.", "é" + "\u0301" * 50_000, "a. " * 200_000],
)
async def test_an_absurd_text_never_stops_a_rewriting_nor_an_adaptation(tmp_path: Path, text: str) -> None:
    async with opened(tmp_path, "Bonjour.") as copilot:
        item_id = await stored(copilot, post())
        assert len(await copilot.rewriting.offered(item_id, "playbook", text)) == len(RewriteKind)
        if "\ud800" in text:
            with pytest.raises(UserError, match=re.escape("text.surrogate")):
                await rewritten(copilot, item_id, RewriteKind.SIMPLER, provider="essai", text=text)
            return
        assert (await rewritten(copilot, item_id, RewriteKind.SIMPLER, provider="essai", text=text)).text == "Bonjour."
        absurd = await stored(copilot, post(text=text))
        (one,) = [one async for one in copilot.rewriting.adapt(absurd, ["x"])]
    assert isinstance(one, Composed)
    assert one.inspected


async def test_the_hashtags_of_a_person_come_along_within_the_cap(tmp_path: Path) -> None:
    mine = Hashtag("VéloLibre", Wording("hashtag.reason.person"))
    async with opened(tmp_path) as copilot:
        item_id = await stored(copilot, post(hashtags=(mine,)))
        (one,) = [one async for one in copilot.rewriting.adapt(item_id, ["facebook_page"])]
    assert isinstance(one, Composed)
    assert one.inspected
    assert mine in one.inspected.item.hashtags


async def test_a_models_words_stay_a_models_words_when_rules_adapt_them(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        item_id = await stored(copilot, post(writer="chain", text="Le Héron coûte 1 234 €."))
        (one,) = [one async for one in copilot.rewriting.adapt(item_id, ["x"])]
    assert isinstance(one, Composed)
    assert one.inspected
    assert one.inspected.item.writer == "chain"
    assert {finding.rule for finding in one.inspected.blocking} == {"unsourced_claim"}


async def test_a_model_adapts_several_networks_at_once_and_a_failure_stops_no_other(tmp_path: Path) -> None:
    answers = [
        {"pieces": ["iks "] * 9, "delay": 0.001, "match": "Réseau\u00a0: X"},
        {"pieces": ["bleu "], "match": "Réseau\u00a0: Bluesky", "error": "server"},
        {"pieces": ["fil "] * 9, "delay": 0.001, "match": "Réseau\u00a0: Threads"},
    ]
    async with opened(tmp_path, *answers) as copilot:
        item_id = await stored(copilot, post())
        asked = ["x", "bluesky", "threads"]
        done = [one async for one in copilot.rewriting.adapt(item_id, asked, provider="essai")]
        made = [item for item in await copilot.review.list() if item.id != item_id]
    for network, word in (("x", "iks"), ("bluesky", "bleu"), ("threads", "fil")):
        own = [one.text for one in done if isinstance(one, Composing) and one.network == network]
        assert set("".join(own).split()) == {word}
    ends = {one.network: one for one in done if isinstance(one, Composed)}
    assert (ends["bluesky"].inspected, getattr(ends["bluesky"].error, "kind", "")) == (None, "provider.server")
    assert {item.network: (item.text, item.writer) for item in made} == {
        "x": (" ".join(["iks"] * 9), "chain"),
        "threads": (" ".join(["fil"] * 9), "chain"),
    }


async def test_an_adaptation_that_drops_somebody_is_refused_with_the_name(tmp_path: Path) -> None:
    answers = [
        {"text": "[[PERSON_1]] vous attend samedi", "match": "Réseau\u00a0: X"},
        {"text": "On vous attend samedi", "match": "Réseau\u00a0: Bluesky"},
    ]
    async with opened(tmp_path, *answers, remote=True) as copilot:
        item_id = await stored(copilot, replace(post(), text="Maëlle Tourneur vous attend samedi à l’atelier."))
        done = [one async for one in copilot.rewriting.adapt(item_id, ["x", "bluesky"], provider="essai")]
        made = [item for item in await copilot.review.list() if item.id != item_id]
    assert [(item.network, item.text) for item in made] == [("x", "Maëlle Tourneur vous attend samedi")]
    refused = next(one.error for one in done if isinstance(one, Composed) and one.network == "bluesky")
    assert refused is not None
    assert (refused.kind, refused.params["names"]) == ("adapt.lost", ("Maëlle Tourneur",))


async def test_leaving_an_adaptation_or_a_rewriting_stops_it(tmp_path: Path) -> None:
    async with opened(tmp_path, {"pieces": ["un ", "deux "], "hang": True}) as copilot:
        item_id = await stored(copilot, post())
        for stream in (
            copilot.rewriting.adapt(item_id, ["x", "threads"], provider="essai"),
            copilot.rewriting.rewrite(item_id, RewriteKind.SIMPLER, provider="essai"),
        ):
            # The model is silent for ever after that: nothing but being left ends it.
            async with asyncio.timeout(20), aclosing(stream):
                assert isinstance(await anext(stream), Composing | Rewording)
            assert [one for one in asyncio.all_tasks() if one is not asyncio.current_task()] == []
        assert [item.id for item in await copilot.review.list()] == [item_id]


async def test_what_cannot_be_adapted_is_refused(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        item_id = await stored(copilot, post())
        answer = await reply(copilot)
        for asked, kind in (
            ((item_id, ["linkedin"]), "adapt.same_network"),
            ((item_id, []), "adapt.same_network"),
            ((item_id, ["nulle part"]), "network.unknown"),
            ((answer, ["x"]), "adapt.only_posts"),
            ((999, ["x"]), "item.unknown"),
        ):
            with pytest.raises(UserError, match=re.escape(kind)) as caught:
                await anext(copilot.rewriting.adapt(*asked))
            for language in LANGUAGES:
                assert kind not in Translator(language).error(caught.value)
