"""The checks on any text, stored nowhere: what is wrong with it, how long it is, what automatic fixes make of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from copilot import checks
from copilot.checks import Context, Draft
from copilot.domain.brand import Brand, RuleLevel
from copilot.domain.finding import Finding, Severity
from copilot.domain.network import Measure
from copilot.errors import UserError
from copilot.services.inspection import account_network, brand_sources
from copilot.text.language import detect
from copilot.text.measure import measure

if TYPE_CHECKING:
    from copilot.store.unit_of_work import Store

__all__ = ["Asked", "Checked", "Checking", "RuleState"]

PARTS = ("post", "reply")
#: Seconds given to the whole dictionary to find what a word may have meant; then its process is ended.
SUGGESTION_SECONDS = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A text to check. ``sources`` None says that nobody told what it relies on: its claims are then not judged.

    With sources, even none, what the brand vouches for is one too. ``language`` is ``fr``, ``en`` or ``auto``; ``part``
    ``post`` or ``reply``. ``untrusted`` are texts others wrote.
    """

    text: str
    network: str
    part: str = "post"
    language: str = "auto"
    brand: Brand | None = None
    sources: tuple[tuple[str, str], ...] | None = None
    untrusted: tuple[str, ...] = ()
    has_media: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, and ``fixed``: the text once every automatic fix is applied."""

    language: str
    findings: tuple[Finding, ...]
    measure: Measure
    fixed: str


@dataclass(frozen=True, slots=True)
class RuleState:
    """A rule as a brand has it. ``level`` None is the usual ``severity``."""

    name: str
    severity: Severity
    level: RuleLevel | None

    @property
    def protects(self) -> bool:
        """True for a rule without which a refused, false or unfinished text could be approved."""
        return self.severity is Severity.BLOCKS


class Checking:
    """Checks texts that are not items."""

    def __init__(self, store: Callable[[], Store], clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def check(self, asked: Asked) -> Checked:
        """Every rule on ``asked``, and the text once mended.

        Raises:
            UserError: ``network.unknown``, ``language.unknown``, ``check.unknown_part``.
        """
        return self.checked(asked)

    async def warm(self, text: str, language: str = "fr") -> None:
        """Load what the rules need, beside whatever goes on: the first check of a process takes a quarter of a second.

        ``text`` is any text of the person's; only its beginning is looked at and nothing is told of it.
        """
        asked = Asked(text=text[:200] or "…", network="facebook_page", language=language, sources=())
        await asyncio.to_thread(checks.check, self._draft(asked), self._context(asked))

    async def suggestions(self, word: str, language: str) -> tuple[str, ...]:
        """What ``word`` may have meant, best first, within a few seconds; empty when nothing is like it."""
        from copilot.text import spelling

        # The first call reads the dictionary in a process of its own, which takes a second or two.
        return await spelling.suggestions(word, language, timeout=SUGGESTION_SECONDS)

    def checked(self, asked: Asked) -> Checked:
        """As :meth:`check`."""
        draft, context = self._draft(asked), self._context(asked)
        findings = checks.check(draft, context)
        mended = checks.fixed(draft, context, found=findings)
        length = measure(asked.text, draft.network, draft.part, with_media=asked.has_media)
        return Checked(draft.language, findings, length, mended.text)

    @staticmethod
    def rules(brand: Brand | None = None) -> tuple[RuleState, ...]:
        """Every rule with its usual weight and the one ``brand`` gives it, by name."""
        own = brand.checks if brand else {}
        return tuple(RuleState(name, usual, own.get(name)) for name, usual in checks.usual_severities().items())

    def _draft(self, asked: Asked) -> Draft:
        if asked.part not in PARTS:
            raise UserError("check.unknown_part", name=asked.part, known=", ".join(PARTS))
        return Draft(
            text=asked.text,
            network=account_network(asked.network, asked.brand),
            part=asked.part,
            kind=asked.part,
            language=_language(asked),
            has_media=asked.has_media,
        )

    def _context(self, asked: Asked) -> Context:
        zone = ZoneInfo(asked.brand.timezone if asked.brand else "Europe/Paris")
        recent: Sequence[str] = ()
        if asked.brand and asked.part == "reply":
            with self._store().read() as work:
                recent = work.items.recent_replies(asked.brand.id)
        today = self._clock().astimezone(zone).date()
        told = (*asked.sources, *brand_sources(asked.brand, today)) if asked.sources is not None else ()
        return Context(
            brand=asked.brand,
            sources=tuple(source for source in told if source[1].strip()),
            untrusted=asked.untrusted,
            today=today,
            sourced=asked.sources is not None,
            recent=tuple(recent),
        )


def _language(asked: Asked) -> str:
    if asked.language not in ("auto", "fr", "en"):
        raise UserError("language.unknown", name=asked.language)
    if asked.language != "auto":
        return asked.language
    found = detect(asked.text)
    usual = asked.brand.voice.language if asked.brand else "fr"
    return found if found in ("fr", "en") else usual
