"""What the checks say of an item, with the sources it may rely on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from copilot import networks
from copilot.checks import Context, Draft, check, fixed
from copilot.checks._references import all_claims, sources_of
from copilot.domain.brand import Brand
from copilot.domain.claim import JudgedClaim, Source
from copilot.domain.conversation import Message, ReplyProposal
from copilot.domain.finding import Finding, Severity
from copilot.domain.item import Item, ItemKind
from copilot.domain.network import Measure, Network
from copilot.errors import UserError
from copilot.text.measure import measure

if TYPE_CHECKING:
    from copilot.store.unit_of_work import UnitOfWork

_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ACCOUNT = re.compile(r"[\w.-]{1,100}(?:@[\w.-]{1,100})?")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Inspected:
    """An item, what is wrong with it, how long it is, and the message it answers."""

    item: Item
    findings: tuple[Finding, ...]
    measure: Measure
    message: Message | None = None

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that forbid approval."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.BLOCKS)


@dataclass(frozen=True, slots=True)
class ClaimSheet:
    """What a text claims. Each claim names the one of ``sources`` that supports or denies it, if any."""

    item: Item
    claims: tuple[JudgedClaim, ...]
    sources: tuple[Source, ...]


class Inspector:
    """Runs the checks on stored items."""

    def __init__(self, clock: Callable[[], datetime], instructions: Callable[[str, str], str] | None = None) -> None:
        """``instructions`` gives what a model is told to write a reply: of a language, by the prompt of this name."""
        self._clock = clock
        self._instructions = instructions

    def inspect(self, work: UnitOfWork, item: Item, confirmed: Iterable[str] = ()) -> Inspected:
        """Check ``item`` against its network, its brand and its sources."""
        message = message_of(work, item)
        draft, context = self._case(work, item, message, confirmed)
        return Inspected(item, check(draft, context), measure_item(item, context.brand), message)

    def claims(self, work: UnitOfWork, item: Item) -> ClaimSheet:
        """What ``item`` claims, and the sources that say so or not."""
        draft, context = self._case(work, item, message_of(work, item))
        return ClaimSheet(item, all_claims(draft, context), sources_of(context))

    def mended(self, work: UnitOfWork, item: Item) -> str:
        """The text of ``item`` with every automatic fix."""
        return fixed(*self._case(work, item, message_of(work, item))).text

    def _case(
        self, work: UnitOfWork, item: Item, message: Message | None, confirmed: Iterable[str] = ()
    ) -> tuple[Draft, Context]:
        """``item`` as the checks see it, and what it may rely on."""
        brand = brand_of(work, item)
        draft = Draft(
            text=item.text,
            hashtags=tuple(tag.tag for tag in item.hashtags),
            alt_texts=tuple(media.alt for media in item.media),
            network=account_network(item.network, brand),
            part=item.kind.value,
            language=item.language,
            kind=item.kind.value,
            writer=item.writer,
            edited=item.edited,
            has_media=bool(item.media),
            private=message is not None and message.hidden,
        )
        context = Context(
            brand=brand,
            sources=self._sources(work, item, brand, message),
            untrusted=(message.text,) if message else (),
            today=self.today(brand),
            confirmed=frozenset(confirmed),
            recent=work.items.recent_replies(item.brand_id, but=item.id) if item.kind is ItemKind.REPLY else (),
            **self._of_the_model(work, item, message),
        )
        return draft, context

    def _of_the_model(self, work: UnitOfWork, item: Item, message: Message | None) -> dict[str, Any]:
        """What a model that wrote ``item`` was told, and the orders others gave it; nothing for another writer."""
        if item.writer != "chain" or message is None:
            return {}
        told = self._instructions(item.language, item.structure) if self._instructions else ""
        return {"steering": _orders_in(_read_before(work, message)), "instructions": told}

    def today(self, brand: Brand | None) -> date:
        """The day it is where the brand is."""
        return self._clock().astimezone(ZoneInfo(brand.timezone if brand else "Europe/Paris")).date()

    def _sources(
        self, work: UnitOfWork, item: Item, brand: Brand | None, message: Message | None
    ) -> tuple[tuple[str, str], ...]:
        sources: list[tuple[str, str]] = []
        if item.brief_id:
            sources.append(("brief", work.briefs.get(item.brief_id).text))
        sources += brand_sources(brand, self.today(brand))
        if message:
            sources += (("thread", work.threads.post_text(message.thread_id)), ("author", _named(message)))
        return tuple(source for source in sources if source[1].strip())


def _read_before(work: UnitOfWork, message: Message) -> tuple[str, ...]:
    """What a model reads to answer ``message``: it first, then the post and what stands just before it."""
    from copilot.services._reply_cases import CONTEXT_MESSAGES, read_before

    thread = work.threads.around(message.thread_id, message.id, CONTEXT_MESSAGES)
    before = read_before(thread, len(thread.messages) - 1)
    return (message.text, thread.post_text, *(one.text for one in before))


def _orders_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The words of ``texts`` that give orders to a machine, one quotation for each text that does."""
    from copilot.intelligence.hostile import hostility

    found = (hostility(text) for text in texts if text)
    return tuple(str(one.why[0].params["words"]) for one in found if one.hostile)


def brand_of(work: UnitOfWork, item: Item) -> Brand | None:
    """The brand of ``item``; None when it has none or the brand was removed since."""
    if not item.brand_id:
        return None
    try:
        return work.brands.get(item.brand_id)
    except UserError as error:
        if error.kind != "brand.unknown":
            raise
        return None


def message_of(work: UnitOfWork, item: Item) -> Message | None:
    """The message ``item`` answers; None when it answers none or the message is gone."""
    return work.threads.messages([item.message_id]).get(item.message_id) if item.message_id else None


def measure_item(item: Item, brand: Brand | None = None) -> Measure:
    """The length of what goes out, where it goes out, against what the brand's account may send."""
    part = "reply" if item.kind is ItemKind.REPLY else "post"
    network = account_network(item.network, brand)
    return measure(_carriable(item).outgoing_text, network, part, with_media=bool(item.media))


def account_network(name: str, brand: Brand | None) -> Network:
    """The network of this name as the brand's account meets it: with its own limit where the brand says one.

    Raises:
        UserError: ``network.unknown``, ``network.invalid``.
    """
    network = networks.get(name)
    most = brand.limits.get(network.id) if brand else None
    if most is None:
        return network
    own = (
        {part: replace(network.limit(part), max=most, source=brand.name) for part in ("post", "reply")} if brand else {}
    )
    return replace(network, parts=MappingProxyType({**network.parts, **own}))


def _carriable(item: Item) -> Item:
    """``item`` with each lone surrogate as U+FFFD, which counts the same everywhere: what is typed can be measured."""
    return replace(
        item,
        text=_LONE_SURROGATE.sub("\ufffd", item.text),
        hashtags=tuple(replace(tag, tag=_LONE_SURROGATE.sub("\ufffd", tag.tag)) for tag in item.hashtags),
    )


def inspect_reply(
    proposal: ReplyProposal,
    message: str,
    *,
    brand: Brand | None,
    sources: Sequence[tuple[str, str]],
    today: date,
    network: str = "facebook_page",
) -> tuple[Finding, ...]:
    """The findings of a proposed reply that is not stored."""
    draft = Draft(
        text=proposal.text or "",
        hashtags=(),
        alt_texts=(),
        network=account_network(network, brand),
        part="reply",
        language=proposal.language,
        kind="reply",
        writer="playbook",
        edited=False,
        has_media=False,
    )
    known = (*sources, *brand_sources(brand, today))
    told = tuple(source for source in known if source[1].strip())
    return check(draft, Context(brand, told, (message,), today, frozenset()))


def brand_sources(brand: Brand | None, today: date) -> tuple[tuple[str, str], ...]:
    """What the brand vouches for today, by the names of its parts: valid facts one by one, contact, saved replies."""
    if brand is None:
        return ()
    valid = tuple((f"fact:{fact.id}", f"{fact.statement} {fact.value}".strip()) for fact in brand.facts_on(today))
    contact = brand.contact
    reach = " ".join((contact.private_channel, contact.email, contact.phone, contact.url))
    saved = "\n".join(playbook.text for playbook in brand.playbooks)
    return (*valid, ("contact", reach), ("playbooks", saved))


def _named(message: Message) -> str:
    """How the author of a message is called: the letters of the name, the handle; nothing that leads anywhere."""
    name = " ".join(_NAME.findall(message.author.name))
    handle = message.author.handle.strip().lstrip("@")
    return f"{name} @{handle}" if _ACCOUNT.fullmatch(handle) else name
