"""From a brief to posts: one draft per network and variant, by the playbook or a chain."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from copilot import networks
from copilot.domain.brand import Brand
from copilot.domain.hashing import sha256_of
from copilot.domain.item import Item, ItemKind, TakenAway
from copilot.domain.network import Network
from copilot.domain.package import normal
from copilot.domain.post import Brief, FoundFact, Hashtag, PostProposal
from copilot.errors import RepliqueError, UserError
from copilot.services._archiving import archive_untouched
from copilot.services._beside import writing
from copilot.services._drafts import keep_draft, with_fewer_hashtags
from copilot.services._fitting import too_long
from copilot.services._reply_cases import public_words
from copilot.services.generation import Chunk, Generation, GenerationRequest, GenerationResult
from copilot.services.hashtags import tag_uses
from copilot.services.inspection import Inspected, Inspector, account_network
from copilot.services.prompts import Prompts

if TYPE_CHECKING:
    from copilot.store.unit_of_work import Store
from copilot.text.facts import find_facts
from copilot.text.hashtags import TagUses, suggest
from copilot.text.language import detect
from copilot.text.privacy import Vault

MOST_VARIANTS = 9
#: How often the playbook chooses its phrases anew before it says that a brief gives nothing else.
TURNS = 12


@dataclass(frozen=True, slots=True)
class ComposeRequest:
    """What to write: the brief, for whom, where, how many. ``language`` is ``auto``, ``fr`` or ``en``.

    ``only`` names the variants to write, each once more when it was written before; empty means the first
    ``variants`` of them. ``uses``, what each hashtag served lately, is read from the store when posts are stored.
    """

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
    only: tuple[int, ...] = ()
    uses: Mapping[str, TagUses] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Composing:
    """A part of a variant under way, to append to its card. The text of the draft counts, not the sum of these."""

    network: str
    variant: int
    text: str


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
    digest = sha256_of(text)
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
                ``compose.only``, ``provider.unknown``, ``prompt.unknown``.
        """
        async with aclosing(self.stream(request)) as composed:
            async for one in composed:
                if isinstance(one, Composed):
                    yield one

    async def stream(self, request: ComposeRequest) -> AsyncGenerator[Composing | Composed, None]:
        """As :meth:`compose`, with the text of each variant as it is written. Leaving early stops all.

        Raises:
            UserError: as :meth:`compose`.
        """
        targets = self._targets(request)
        read = read_brief_text(request.text, request.name, request.language)
        with self._store().write() as work:
            brief = work.briefs.save(read.brief, self._clock())
            request = replace(request, uses=tag_uses(work, request.brand, self._clock()))
        # The brief may have been stored before in another language: what was asked for now holds.
        brief = replace(brief, language=read.brief.language)
        write = self._by_playbook if request.provider == "playbook" else self._by_chain
        async with aclosing(write(request, brief, read.facts, targets)) as composed:
            async for one in composed:
                yield one

    def propose(self, request: ComposeRequest) -> tuple[PostProposal, ...]:
        """The playbook's posts, without storing anything."""
        targets = self._targets(request)
        read = read_brief_text(request.text, request.name, request.language)
        return tuple(
            proposal for network in targets for proposal in _playbook_posts(request, read.brief, read.facts, network)
        )

    async def undo(self, items: Sequence[int], *, by: str) -> TakenAway:
        """Archive the drafts of a proposal, in one step; those a person edited or decided on stay.

        Raises:
            UserError: as :func:`copilot.domain.review.decide` for a name that is none; then nothing is archived.
        """
        return await writing(self._store(), lambda work: archive_untouched(work, items, by, self._clock()))

    def _targets(self, request: ComposeRequest) -> tuple[Network, ...]:
        if not request.networks:
            raise UserError("compose.no_network", known=", ".join(networks.load()))
        if not 1 <= request.variants <= MOST_VARIANTS:
            raise UserError("compose.variants", most=MOST_VARIANTS)
        if any(not 1 <= variant <= MOST_VARIANTS for variant in request.only):
            raise UserError("compose.only", most=MOST_VARIANTS)
        own = (account_network(name, request.brand) for name in request.networks)
        found = {network.id: network for network in own}
        return tuple(found.values())

    async def _by_playbook(
        self, request: ComposeRequest, brief: Brief, facts: Sequence[FoundFact], targets: Sequence[Network]
    ) -> AsyncGenerator[Composed, None]:
        for network in targets:
            if request.only:
                for variant in request.only:
                    yield self._anew(request, brief, facts, network, variant)
            else:
                for variant, proposal in enumerate(_playbook_posts(request, brief, facts, network), 1):
                    yield self._kept(request, brief, proposal, variant, "playbook")
            # Lets whoever waits for the posts show them, or cancel.
            await asyncio.sleep(0)

    def _anew(
        self, request: ComposeRequest, brief: Brief, facts: Sequence[FoundFact], network: Network, variant: int
    ) -> Composed:
        """One variant written once more, unlike all that this brief gave before on that network."""
        with self._store().read() as work:
            said = {item.text for item in work.items.of_brief(brief.id, network.id)}
        wide = replace(request, variants=MOST_VARIANTS)
        for turn in range(TURNS):
            proposals = _playbook_posts(wide, brief, facts, network, turn)
            first = (variant - 1) % len(proposals)
            for proposal in (*proposals[first:], *proposals[:first]):
                if normal(proposal.text) not in said:
                    return self._kept(request, brief, proposal, variant, "playbook")
        return Composed(network.id, variant, error=UserError("compose.nothing_new", network=network.label))

    async def _by_chain(
        self, request: ComposeRequest, brief: Brief, facts: Sequence[FoundFact], targets: Sequence[Network]
    ) -> AsyncGenerator[Composing | Composed, None]:
        del facts
        wanted: dict[str, tuple[Network, int]] = {}
        requests: list[GenerationRequest] = []
        for network in targets:
            for variant in request.only or range(1, request.variants + 1):
                subject = f"brief:{brief.id}:{network.id}:{variant}"
                wanted[subject] = (network, variant)
                requests.append(self._generation_request(request, brief, network, variant, subject))
        async with aclosing(self._generation().stream_many(requests, request.concurrency)) as results:
            async for result in results:
                network, variant = wanted[result.subject]
                if isinstance(result, Chunk):
                    yield Composing(network.id, variant, result.text)
                elif isinstance(result, GenerationResult):
                    tags = _public_hashtags(request, brief, network)
                    text = result.text.strip()
                    proposal = PostProposal(network.id, text, tags, request.prompt, brief.language)
                    yield self._kept(request, brief, proposal, variant, "chain")
                else:
                    yield Composed(network.id, variant, error=result.error)

    def _generation_request(
        self, request: ComposeRequest, brief: Brief, network: Network, variant: int, subject: str
    ) -> GenerationRequest:
        shapes = self._prompts.structures(brief.language)
        prompt = self._prompts.get("compose", brief.language, request.prompt)
        values = self._prompts.compose_values(
            brand=request.brand,
            today=self._inspector.today(request.brand),
            network=network,
            language=brief.language,
            structure=shapes[(variant - 1) % len(shapes)],
            brief=brief.text,
        )
        return GenerationRequest(
            prompt=prompt,
            values=self._prompts.filled(prompt, values),
            provider=request.provider,
            subject=subject,
            vault=Vault(allowed=public_words(request.brand)),
            objection=too_long(network),
        )

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
        try:
            fitting = with_fewer_hashtags(item, brand)
            with self._store().write() as work:
                return Composed(proposal.network, variant, keep_draft(work, self._inspector, fitting, self._clock()))
        except UserError as error:
            return Composed(proposal.network, variant, error=error)


def _public_hashtags(request: ComposeRequest, brief: Brief, network: Network) -> tuple[Hashtag, ...]:
    """Hashtags of what the brief says to the public: its internal notes give none."""
    from copilot.playbook.posts import public_text

    public = public_text(brief.text, brief.language)
    facts = find_facts(public, brief.language)
    return tuple(suggest(public, brief.language, facts=facts, brand=request.brand, network=network, uses=request.uses))


def _playbook_posts(
    request: ComposeRequest, brief: Brief, facts: Sequence[FoundFact], network: Network, turn: int = 0
) -> tuple[PostProposal, ...]:
    """The playbook's posts; another ``turn`` chooses other phrases and another order."""
    from copilot.playbook.posts import compose_posts

    return compose_posts(
        brief.text,
        facts=facts,
        hashtags=_public_hashtags(request, brief, network),
        brand=request.brand,
        network=network,
        language=brief.language,
        variants=request.variants,
        seed=f"{brief.sha256} {turn}" if turn else brief.sha256,
    )
