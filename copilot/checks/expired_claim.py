"""A claim that only a fact past its date holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from copilot.checks import Context, Draft
from copilot.checks._references import claims, sources_of
from copilot.checks._samples import Sample
from copilot.domain.brand import Fact
from copilot.domain.claim import ClaimStatus
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "expired_claim"
SEVERITY = Severity.BLOCKS


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks each claim whose source is past its last day, until a person confirms it by name."""
    for one in claims(draft, context, ClaimStatus.EXPIRED):
        claim = one.claim
        wording = Wording("check.expired_claim", {"quote": claim.quote, "until": _last_day(context, one.source)})
        yield Finding(NAME, SEVERITY, claim.start, claim.end, wording, claim.quote, confirmable=True)


def _last_day(context: Context, name: str) -> str:
    ends = {source.name: source.valid_until for source in sources_of(context)}
    day = ends.get(name)
    return f"{day:%d/%m/%Y}" if day else "–"


_FACTS = (
    Fact("sale", "Soldes : -20 % sur les casques. Shipping is free.", valid_until=date(2026, 10, 31)),
    Fact("open", "Ouvert de 10 h à 18 h."),
)
BAD = {
    "fr": (Sample("Profitez de -20 % sur les casques !", facts=_FACTS),),
    "en": (Sample("Shipping is free.", language="en", facts=_FACTS),),
}
GOOD = {
    "fr": (
        Sample("Profitez de -20 % !", sources=("-20 % sur les casques",), facts=_FACTS),
        Sample("Profitez de -20 % !", facts=_FACTS, confirmed=frozenset({"-20 %"})),
    ),
    "en": (Sample("See you soon.", language="en", facts=_FACTS),),
}
