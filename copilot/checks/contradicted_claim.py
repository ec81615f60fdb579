"""A claim that a source denies: another price, another day, another surname, a refund it refuses."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._references import claims
from copilot.checks._samples import Sample
from copilot.domain.claim import ClaimStatus
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "contradicted_claim"
SEVERITY = Severity.BLOCKS


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks each contradicted claim, and says what the source says, until a person confirms it by name."""
    for one in claims(draft, context, ClaimStatus.CONTRADICTED):
        claim = one.claim
        wording = Wording("check.contradicted_claim", {"quote": claim.quote, "said": one.quote})
        yield Finding(NAME, SEVERITY, claim.start, claim.end, wording, claim.quote, confirmable=True)


_BRIEF = "Vélo Citadin à 3 490 € dès le 3 mars 2027, garantie 5 ans, -15 % samedi de 10 h à 18 h."
_EN_BRIEF = "City bike at €3,490 from March 3, 2027, 5 years warranty, 15% off. Sale items: no refunds."
BAD = {
    "fr": (
        Sample("Le Citadin à 2 990 €.", sources=(_BRIEF,)),
        Sample("Le Citadin est garanti 10 ans.", writer="person", sources=(_BRIEF,)),
        Sample("Rendez-vous le 4 mars 2027.", edited=True, sources=(_BRIEF,)),
        Sample("Ouvert samedi de 9 h à 18 h.", sources=(_BRIEF,)),
    ),
    "en": (
        Sample("Only €2,990!", language="en", sources=(_EN_BRIEF,)),
        Sample("We will refund your sale item.", language="en", sources=(_EN_BRIEF,)),
    ),
}
GOOD = {
    "fr": (
        Sample("Le Citadin : 3490 euros, garanti cinq ans.", sources=(_BRIEF,)),
        Sample("Le Citadin à 2 990 €.", sources=(_BRIEF,), confirmed=frozenset({"2 990 €"})),
    ),
    "en": (Sample("€3,490, 15 % off, from 3 March.", language="en", sources=(_EN_BRIEF,)),),
}
