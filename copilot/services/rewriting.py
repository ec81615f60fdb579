"""A text written another way, and for other networks: proposals a person takes or leaves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from copilot import networks
from copilot.domain.brand import Brand
from copilot.domain.conversation import Approach
from copilot.domain.finding import Finding, Severity
from copilot.domain.item import Item, ItemKind
from copilot.domain.network import Measure, Network
from copilot.domain.package import normal
from copilot.domain.post import Hashtag
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.services._drafts import keep_draft, with_fewer_hashtags
from copilot.services._fitting import too_long
from copilot.services._reply_cases import Case, case_of, public_words, vault_of
from copilot.services._reply_writing import approaches_for
from copilot.services.conversations import Conversations
from copilot.services.generation import Chunk, Generation, GenerationRequest, GenerationResult
from copilot.services.inspection import Inspector, account_network, brand_of, measure_item, message_of
from copilot.services.posts import Composed, Composing
from copilot.services.prompts import Prompts
from copilot.text.facts import find_facts
from copilot.text.hashtags import suggest
from copilot.text.privacy import Vault

if TYPE_CHECKING:
    from copilot.store.unit_of_work import Store

#: Characters of a text that hashtags are looked for in.
READ_FOR_TAGS = 50_000
#: Characters of a text per byte of its UTF-8 form, with a margin, as prompts are told.
CHARS_PER_BYTE = 0.9


class RewriteKind(StrEnum):
    """The ways to write a text again."""

    SHORTER = "shorter"
    WARMER = "warmer"
    FIRMER = "firmer"
    SIMPLER = "simpler"
    TU = "tu"
    VOUS = "vous"
    TRANSLATE_FR = "translate_fr"
    TRANSLATE_EN = "translate_en"


_TRANSLATED = {RewriteKind.TRANSLATE_FR: "fr", RewriteKind.TRANSLATE_EN: "en"}
_ALREADY = {
    RewriteKind.TRANSLATE_FR: "rewrite.why.already_fr",
    RewriteKind.TRANSLATE_EN: "rewrite.why.already_en",
}
_APPROACHES = {RewriteKind.WARMER: Approach.EMPATHIC, RewriteKind.FIRMER: Approach.FIRM}


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to rewrite an item, and why it cannot be had when it cannot."""

    kind: RewriteKind
    available: bool
    why_not: Wording | None = None


@dataclass(frozen=True, slots=True)
class Rewording:
    """A part of a rewriting under way, to append to what is shown. The text of the end counts."""

    item_id: int
    kind: RewriteKind
    text: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text written again, not stored: what Review would say of the item with it, and how long it would be.

    ``lost`` are the people and details hidden from the model that were in the text and are no more: each blocks it,
    among ``findings``. A reply that never named them has nothing to lose.
    """

    item_id: int
    kind: RewriteKind
    text: str
    findings: tuple[Finding, ...]
    measure: Measure
    lost: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Loaded:
    """An item with its brand and what it answers."""

    item: Item
    brand: Brand | None
    case: Case | None

    @property
    def signature(self) -> str:
        return self.brand.voice.signature if self.brand else ""


class Rewriting:
    """Rewrites the texts of items and adapts them to other networks."""

    def __init__(
        self,
        store: Callable[[], Store],
        clock: Callable[[], datetime],
        inspector: Inspector,
        generation: Callable[[], Generation],
        prompts: Prompts,
        conversations: Conversations,
    ) -> None:
        self._store = store
        self._clock = clock
        self._inspector = inspector
        self._generation = generation
        self._prompts = prompts
        self._conversations = conversations

    async def offered(self, item_id: int, provider: str, text: str | None = None) -> tuple[Offer, ...]:
        """What can be asked of ``provider`` for ``text``, or the item's own: every kind, each with why not.

        Raises:
            UserError: ``item.unknown``.
        """
        loaded = self._loaded(item_id, text)
        offers = []
        for kind in RewriteKind:
            why = await self._why_not(kind, loaded, provider)
            offers.append(Offer(kind, why is None, why))
        return tuple(offers)

    async def rewrite(
        self,
        item_id: int,
        kind: RewriteKind,
        *,
        provider: str = "playbook",
        text: str | None = None,
        author: str = "",
        prompt: str = "standard",
    ) -> AsyncGenerator[Rewording | Rewritten, None]:
        """``text`` (the item's own when None) written again, as it comes then whole; nothing is stored.

        Raises:
            UserError: ``item.unknown``, ``rewrite.not_offered`` with ``why``, ``prompt.unknown``,
                ``text.surrogate`` when a model is to read it.
            RepliqueError: as ``Generation.run``.
        """
        del author  # nothing is stored, so nothing is signed
        loaded = self._loaded(item_id, text)
        if why := await self._why_not(kind, loaded, provider):
            raise UserError("rewrite.not_offered", why=why)
        if provider == "playbook":
            yield self._rewritten(loaded, kind, await self._by_playbook(kind, loaded) or "")
            return
        request = self._rewrite_request(kind, loaded, provider, prompt)
        async with aclosing(self._generation().stream_many([request], 1)) as results:
            async for result in results:
                if isinstance(result, Chunk):
                    yield Rewording(item_id, kind, result.text)
                elif isinstance(result, GenerationResult):
                    yield self._rewritten(loaded, kind, result.text.strip(), result.lost)
                else:
                    raise result.error

    async def adapt(
        self,
        item_id: int,
        network_ids: Sequence[str],
        *,
        provider: str = "playbook",
        author: str = "",
        prompt: str = "standard",
        concurrency: int = 4,
    ) -> AsyncGenerator[Composing | Composed, None]:
        """The post of an item for other networks: each a new draft on the same brief, stored as it comes.

        One failure stops no other; leaving early stops all. An answer that drops somebody the model was not shown is
        a failure too (``adapt.lost``): nothing is stored of it.

        Raises:
            UserError: ``item.unknown``, ``adapt.only_posts``, ``adapt.same_network``, ``network.unknown``,
                ``prompt.unknown``.
        """
        loaded = self._loaded(item_id)
        targets = self._targets(loaded.item, network_ids)
        drafts = {target.id: await asyncio.to_thread(_blank, loaded, target) for target in targets}
        with self._store().read() as work:
            for name, draft in drafts.items():
                known = work.items.of_brief(draft.brief_id, name) if draft.brief_id else ()
                drafts[name] = replace(draft, author=author, variant=max((one.variant for one in known), default=0) + 1)
        if provider == "playbook":
            for draft in drafts.values():
                yield self._kept(await asyncio.to_thread(_adapted, draft, loaded))
            return
        requests = [self._adapt_request(draft, loaded, provider, prompt) for draft in drafts.values()]
        async with aclosing(self._generation().stream_many(requests, concurrency)) as results:
            async for result in results:
                draft = drafts[result.subject.rpartition(":")[2]]
                if isinstance(result, Chunk):
                    yield Composing(draft.network, draft.variant, result.text)
                elif isinstance(result, GenerationResult) and result.lost:
                    yield Composed(draft.network, draft.variant, error=UserError("adapt.lost", names=result.lost))
                elif isinstance(result, GenerationResult):
                    written = replace(draft, text=result.text.strip(), structure=prompt, writer="chain", edited=False)
                    yield self._kept(with_fewer_hashtags(written, loaded.brand))
                else:
                    yield Composed(draft.network, draft.variant, error=result.error)

    def _loaded(self, item_id: int, text: str | None = None) -> _Loaded:
        with self._store().read() as work:
            item = work.items.get(item_id)
            message = message_of(work, item)
            case = case_of(work, message.thread_id, message.id) if message else None
            return _Loaded(item if text is None else replace(item, text=text), brand_of(work, item), case)

    async def _why_not(self, kind: RewriteKind, loaded: _Loaded, provider: str) -> Wording | None:
        """Why ``kind`` cannot be had, None when it can."""
        item = loaded.item
        if not item.text.strip():
            return Wording("rewrite.why.empty")
        if _TRANSLATED.get(kind) == item.language:
            return Wording(_ALREADY[kind])
        if kind in (RewriteKind.TU, RewriteKind.VOUS) and item.language != "fr":
            return Wording("rewrite.why.not_french")
        if provider != "playbook":
            return None
        by_rules = kind is RewriteKind.SHORTER or (kind in _APPROACHES and item.kind is ItemKind.REPLY)
        if not by_rules:
            return Wording("rewrite.why.needs_model")
        if await self._by_playbook(kind, loaded) is not None:
            return None
        return Wording("rewrite.why.nothing_spare" if kind is RewriteKind.SHORTER else "rewrite.why.no_other_reply")

    async def _by_playbook(self, kind: RewriteKind, loaded: _Loaded) -> str | None:
        """What the playbook writes, None when it has nothing."""
        from copilot.playbook.shortening import shorter

        item = loaded.item
        if kind is RewriteKind.SHORTER:
            return await asyncio.to_thread(shorter, item.text, item.language, signature=loaded.signature)
        return self._other_reply(_APPROACHES[kind], loaded)

    def _other_reply(self, approach: Approach, loaded: _Loaded) -> str | None:
        case = loaded.case
        if case is None:
            return None
        triage = self._conversations.triage_message(case.message, case.thread)
        if approach not in approaches_for(triage):
            return None
        proposal = self._conversations.propose(
            replace(case.message, triage=triage),
            brand=loaded.brand,
            network=case.thread.network,
            approach=approach,
            context=case.context,
            answered=case.answered,
        )
        return proposal.text if proposal.text != loaded.item.text else None

    def _rewrite_request(self, kind: RewriteKind, loaded: _Loaded, provider: str, name: str) -> GenerationRequest:
        item = loaded.item
        network = account_network(item.network, loaded.brand)
        prompt = self._prompts.get("rewrite", item.language, name)
        values = self._prompts.rewrite_values(
            brand=loaded.brand,
            network=network,
            language=item.language,
            target=_TRANSLATED.get(kind, item.language),
            rewrite="translate" if kind in _TRANSLATED else kind.value,
            limit=_room(item, network),
            text=normal(item.text),
        )
        filled = self._prompts.filled(prompt, values)
        with self._store().read() as work:
            people = work.threads.people(loaded.case.thread.id) if loaded.case else ()
        vault = vault_of(people, filled.values(), loaded.brand)
        subject = f"item:{item.id}:{kind.value}"
        return GenerationRequest(
            prompt,
            filled,
            provider,
            subject,
            vault=vault,
            objection=too_long(network, item.kind.value),
            keeps="text",
            private=loaded.case is not None and loaded.case.message.hidden,
        )

    def _adapt_request(self, draft: Item, loaded: _Loaded, provider: str, name: str) -> GenerationRequest:
        prompt = self._prompts.get("adapt", draft.language, name)
        network = account_network(draft.network, loaded.brand)
        values = self._prompts.adapt_values(
            brand=loaded.brand,
            network=network,
            language=draft.language,
            text=loaded.item.text,
        )
        filled = self._prompts.filled(prompt, values)
        vault = Vault(allowed=public_words(loaded.brand))
        subject = f"item:{loaded.item.id}:{draft.network}"
        objection = too_long(network)
        return GenerationRequest(prompt, filled, provider, subject, vault=vault, objection=objection, keeps="text")

    def _rewritten(self, loaded: _Loaded, kind: RewriteKind, text: str, lost: Sequence[str] = ()) -> Rewritten:
        with self._store().read() as work:
            # As Review will see it once a person has taken it.
            inspected = self._inspector.inspect(work, replace(loaded.item, text=text, edited=True))
        findings = (*(_dropped(value) for value in lost), *inspected.findings)
        return Rewritten(loaded.item.id, kind, text, findings, inspected.measure, tuple(lost))

    def _targets(self, item: Item, network_ids: Sequence[str]) -> tuple[Network, ...]:
        if item.kind is not ItemKind.POST:
            raise UserError("adapt.only_posts", id=item.id)
        found = {network.id: network for network in map(networks.get, network_ids)}
        found.pop(item.network, None)
        if not found:
            raise UserError("adapt.same_network", network=networks.get(item.network).label)
        return tuple(found.values())

    def _kept(self, draft: Item) -> Composed:
        try:
            with self._store().write() as work:
                kept = keep_draft(work, self._inspector, draft, self._clock())
        except UserError as error:
            return Composed(draft.network, draft.variant, error=error)
        return Composed(draft.network, draft.variant, kept)


def _dropped(value: str) -> Finding:
    """What was hidden from the model as a pseudonym, and that it left out of the text it wrote again."""
    return Finding("pseudonym", Severity.BLOCKS, 0, 0, Wording("check.pseudonym.lost", {"quote": value}), value)


def _room(item: Item, network: Network) -> int:
    """The most characters the text may have beside its hashtags, 0 when there is no limit."""
    rule = network.limit("reply" if item.kind is ItemKind.REPLY else "post")
    if rule.max is None:
        return 0
    most = int(rule.max * CHARS_PER_BYTE) if "byte" in rule.unit else rule.max
    tags = replace(item, text="").outgoing_text
    return max(most - len(f"\n\n{tags}" if tags else ""), 1)


def _blank(loaded: _Loaded, target: Network) -> Item:
    """The draft for ``target`` whose text is still the source's. A machine's words stay a machine's words."""
    item, brand = loaded.item, loaded.brand
    return Item(
        id=0,
        kind=ItemKind.POST,
        network=target.id,
        account=brand.accounts.get(target.id, "") if brand else "",
        language=item.language,
        text=item.text,
        hashtags=_hashtags(item, brand, target),
        media=item.media,
        brand_id=item.brand_id,
        brief_id=item.brief_id,
        structure=item.structure,
        writer=item.writer,
        edited=item.edited,
    )


def _hashtags(item: Item, brand: Brand | None, target: Network) -> tuple[Hashtag, ...]:
    """What suits the text there; the hashtags it already has come before others and keep their reason."""
    own = {tag.tag.casefold(): tag for tag in item.hashtags}
    text = f"{item.text[:READ_FOR_TAGS]}\n{' '.join(f'#{tag.tag}' for tag in item.hashtags)}"
    found = suggest(text, item.language, facts=find_facts(text, item.language), brand=brand, network=target)
    return tuple(own.get(tag.tag.casefold(), tag) for tag in found)


def _adapted(draft: Item, loaded: _Loaded) -> Item:
    """``draft`` shortened, by the playbook, until it fits its network."""
    from copilot.playbook.adapting import adapted

    def fits(text: str, tags: int) -> bool:
        return measure_item(replace(draft, text=text, hashtags=draft.hashtags[:tags]), loaded.brand).fits

    text, tags = adapted(
        draft.text,
        draft.language if draft.language in ("fr", "en") else "fr",
        len(draft.hashtags),
        fits,
        source=networks.get(loaded.item.network),
        target=account_network(draft.network, loaded.brand),
        accounts=loaded.brand.accounts if loaded.brand else {},
        signature=loaded.signature,
    )
    return replace(draft, text=text, hashtags=draft.hashtags[:tags])
