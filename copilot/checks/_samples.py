"""Samples a rule shows of itself: drafts it must find fault with, and drafts it must leave alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from copilot import networks
from copilot.checks import Context, Draft
from copilot.domain.brand import Brand, Fact, HouseStyle, VoiceProfile


@dataclass(frozen=True, slots=True)
class Sample:
    """A draft and its context, by what matters to one rule."""

    text: str
    network: str = "facebook_page"
    hashtags: tuple[str, ...] = ()
    alt_texts: tuple[str, ...] = ()
    part: str = "post"
    language: str = "fr"
    writer: str = "chain"
    edited: bool = False
    voice: VoiceProfile = field(default_factory=VoiceProfile)
    sources: tuple[str, ...] = ()
    untrusted: tuple[str, ...] = ()
    confirmed: frozenset[str] = frozenset()
    style: HouseStyle = field(default_factory=HouseStyle)
    recent: tuple[str, ...] = ()
    has_media: bool = False
    facts: tuple[Fact, ...] = ()
    steering: tuple[str, ...] = ()
    instructions: str = ""

    def draft(self) -> Draft:
        """The draft to check."""
        return Draft(
            text=self.text,
            network=networks.get(self.network),
            hashtags=self.hashtags,
            alt_texts=self.alt_texts,
            part=self.part,
            language=self.language,
            kind=self.part,
            writer=self.writer,
            edited=self.edited,
            has_media=self.has_media,
        )

    def context(self) -> Context:
        """What the draft may rely on."""
        brand = Brand(id="demo", name="Demo", voice=self.voice, style=self.style, facts=self.facts)
        named = tuple((f"source {n}", text) for n, text in enumerate(self.sources, 1))
        return Context(
            brand,
            named,
            self.untrusted,
            date(2026, 11, 21),
            self.confirmed,
            recent=self.recent,
            steering=self.steering,
            instructions=self.instructions,
        )
