"""From a brief to posts: one draft per network and variant, by the playbook or a chain."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from copilot import networks
from copilot.domain.brand import Brand
from copilot.domain.item import Item, ItemKind
from copilot.domain.network import Network
from copilot.domain.post import Brief, FoundFact, Hashtag, PostProposal
from copilot.errors import RepliqueError, UserError
from copilot.services.conversations import public_words
from copilot.services.generation import Generation, GenerationRequest, GenerationResult
from copilot.services.inspection import Inspected, Inspector
from copilot.services.prompts import Prompts
from copilot.store.unit_of_work import Store
from copilot.text.facts import find_facts
from copilot.text.hashtags import suggest
from copilot.text.language import detect
from copilot.text.privacy import Vault

MOST_VARIANTS = 9


@dataclass(frozen=True, slots=True)
class ComposeRequest:
    """What to write: the brief, for whom, where, how many. ``language`` is ``auto``, ``fr`` or ``en``."""

    text: str
    name: str = ""
    networks: tuple[str, ...] = ()
    variants: int = 3
    language: str = "auto"
    provider: str = "playbook"
    prompt: str = "standard"
    brand: Brand | None = None
    author: str = ""
    concurrency: int = 4


@dataclass(frozen=True, slots=True)
class Composed:
    """What came of one variant: a stored draft, or an error."""

    network: str
    variant: int
    inspected: Inspected | None = None
    error: RepliqueError | None = None


@dataclass(frozen=True, slots=True)
class ReadBrief:
    """A brief and what was read in it."""

    brief: Brief
    facts: tuple[FoundFact, ...]


def read_brief_text(text: str, name: str = "", language: str = "auto") -> ReadBrief:
    """Language and facts of a brief; nothing is stored.

    Raises:
        UserError: ``brief.empty``, ``language.unknown``.
    """
    if not text.strip():
        raise UserError("brief.empty", name=name or "–")
    if language not in ("auto", "fr", "en"):
        raise UserError("language.unknown", name=language)
    chosen = language
    if chosen == "auto":
        detected = detect(text)
        chosen = detected if detected in ("fr", "en") else "fr"
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return ReadBrief(Brief(0, name, text, chosen, digest), find_facts(text, chosen))


class Posts:
    """Writes posts from briefs."""

    def __init__(
        self,
        store: Callable[[], Store],
        clock: Callable[[], datetime],
        inspector: Inspector,
        generation: Callable[[], Generation],
        prompts: Prompts,
    ) -> None:
        self._store = store
        self._clock = clock
        self._inspector = inspector
        self._generation = generation
        self._prompts = prompts

    async def compose(self, request: ComposeRequest) -> AsyncIterator[Composed]:
        """Write ``variants`` posts for each network; drafts are stored as they come.

        Raises:
            UserError: ``brief.empty``, ``network.unknown``, ``compose.no_network``, ``compose.variants``,
                ``provider.unknown``, ``prompt.unknown``.
        """
        targets = self._targets(request)
        read = read_brief_text(request.text, request.name, request.language)
        with self._store().write() as work:
            brief = work.briefs.save(read.brief, self._clock())
        language = read.brief.language
        write = self._by_playbook if request.provider == "playbook" else self._by_chain
        async for composed in write(request, brief, read.facts, targets, language):
            yield composed

    def propose(self, request: ComposeRequest) -> tuple[PostProposal, ...]:
        """The playbook's posts, without storing anything."""
        targets = self._targets(request)
        read = read_brief_text(request.text, request.name, request.language)
        return tuple(
            proposal
            for network in targets
            for proposal in _playbook_posts(request, read.brief, read.facts, network, read.brief.language)
        )

    def _targets(self, request: ComposeRequest) -> tuple[Network, ...]:
        if not request.networks:
            raise UserError("compose.no_network", known=", ".join(networks.load()))
        if not 1 <= request.variants <= MOST_VARIANTS:
            raise UserError("compose.variants", most=MOST_VARIANTS)
        found = {network.id: network for network in map(networks.get, request.networks)}
        return tuple(found.values())

    async def _by_playbook(
        self,
        request: ComposeRequest,
        brief: Brief,
        facts: Sequence[FoundFact],
        targets: Sequence[Network],
        language: str,
    ) -> AsyncIterator[Composed]:
        for network in targets:
            proposals = _playbook_posts(request, brief, facts, network, language)
            for variant, proposal in enumerate(proposals, 1):
                yield self._kept(request, brief, proposal, variant, "playbook")

    async def _by_chain(
        self,
        request: ComposeRequest,
        brief: Brief,
        facts: Sequence[FoundFact],
        targets: Sequence[Network],
        language: str,
    ) -> AsyncIterator[Composed]:
        wanted: dict[str, tuple[Network, int]] = {}
        requests: list[GenerationRequest] = []
        shapes = self._prompts.structures(language)
        prompt = self._prompts.get("compose", language, request.prompt)
        for network in targets:
            for variant in range(1, request.variants + 1):
                subject = f"brief:{brief.id}:{network.id}:{variant}"
                wanted[subject] = (network, variant)
                values = self._prompts.compose_values(
                    brand=request.brand,
                    today=self._inspector.today(request.brand),
                    network=network,
                    language=language,
                    structure=shapes[(variant - 1) % len(shapes)],
                    brief=brief.text,
                )
                vault = Vault(allowed=public_words(request.brand))
                requests.append(
                    GenerationRequest(
                        prompt=prompt,
                        values=self._prompts.filled(prompt, values),
                        provider=request.provider,
                        subject=subject,
                        vault=vault,
                    )
                )
        async for result in self._generation().run_many(requests, concurrency=request.concurrency):
            network, variant = wanted[result.subject]
            if not isinstance(result, GenerationResult):
                yield Composed(network.id, variant, error=result.error)
                continue
            tags = _public_hashtags(request, brief, network, language)
            proposal = PostProposal(network.id, result.text.strip(), tags, request.prompt, language)
            yield self._kept(request, brief, proposal, variant, "chain")

    def _kept(
        self, request: ComposeRequest, brief: Brief, proposal: PostProposal, variant: int, writer: str
    ) -> Composed:
        brand = request.brand
        item = Item(
            id=0,
            kind=ItemKind.POST,
            network=proposal.network,
            account=brand.accounts.get(proposal.network, "") if brand else "",
            language=proposal.language,
            text=proposal.text,
            hashtags=proposal.hashtags,
            brand_id=brand.id if brand else "",
            brief_id=brief.id,
            variant=variant,
            structure=proposal.structure,
            writer=writer,
            author=request.author,
        )
        at = self._clock()
        with self._store().write() as work:
            stored = work.items.add(item, at)
            work.audit.append(
                at, request.author or writer, "proposed", f"item:{stored.id}", {"package": stored.package.sha256}
            )
            return Composed(proposal.network, variant, self._inspector.inspect(work, stored))


def _public_hashtags(request: ComposeRequest, brief: Brief, network: Network, language: str) -> tuple[Hashtag, ...]:
    """Hashtags of what the brief says to the public: its internal notes give none."""
    from copilot.playbook.posts import public_text

    public = public_text(brief.text, language)
    facts = find_facts(public, language)
    return tuple(suggest(public, language, facts=facts, brand=request.brand, network=network))


def _playbook_posts(
    request: ComposeRequest, brief: Brief, facts: Sequence[FoundFact], network: Network, language: str
) -> tuple[PostProposal, ...]:
    from copilot.playbook.posts import compose_posts

    tags = _public_hashtags(request, brief, network, language)
    return compose_posts(
        brief.text,
        facts=facts,
        hashtags=tags,
        brand=request.brand,
        network=network,
        language=language,
        variants=request.variants,
        seed=brief.sha256,
    )
