"""A figure, a date, a name, a way to reach someone, a promise that no source holds."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._references import claims
from copilot.checks._samples import Sample
from copilot.domain.claim import ClaimKind, ClaimStatus
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "unsourced_claim"
SEVERITY = Severity.BLOCKS


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks each claim without a source, whoever wrote it, until a person confirms it by name."""
    for one in claims(draft, context, ClaimStatus.UNSUPPORTED):
        claim = one.claim
        wording = Wording(
            "check.unsourced_claim", {"quote": claim.quote, "kind": Wording(f"claim.kind.{claim.kind.value}")}
        )
        if claim.kind is ClaimKind.PROMISE and claim.normalised == "refund":
            wording = Wording("check.unsourced_gift.refund", {"quote": claim.quote})
        yield Finding(NAME, SEVERITY, claim.start, claim.end, wording, claim.quote, confirmable=True)


_BRIEF = "Vélo Citadin à 3 490 € dès le 3 mars 2027, garantie 5 ans, -15 % samedi de 10 h à 18 h. https://exemple.fr"
_EN_BRIEF = "City bike at €3,490 from March 3, 2027, 5 years warranty, 15% off. hello@example.com"
BAD = {
    "fr": (
        Sample("Le casque est à 2 990 $.", sources=("Vélo Citadin garanti 5 ans.",)),
        Sample("Nous vous remboursons intégralement.", sources=(_BRIEF,)),
        Sample("Merci à Camille Lefèvre pour son aide.", writer="person", sources=(_BRIEF,)),
        Sample("Infos sur velo.xyz", writer="playbook", sources=(_BRIEF,)),
        Sample("Appelez le 01 23 45 67 89.", sources=(_BRIEF,)),
    ),
    "en": (
        Sample("We will call you back tomorrow.", language="en", sources=(_EN_BRIEF,)),
        Sample("Follow @citybikes", language="en", writer="person", sources=(_EN_BRIEF,)),
    ),
}
GOOD = {
    "fr": (
        Sample("Le Citadin : 3490 euros dès le 03/03/2027, garanti cinq ans, moins 15 %.", sources=(_BRIEF,)),
        Sample("En mars 2027, ouvert à 10h. Voir www.exemple.fr/", sources=(_BRIEF,)),
        Sample("Le casque est à 49 $.", sources=(_BRIEF,), confirmed=frozenset({"49 $"})),
    ),
    "en": (Sample("€3,490, 15 % off, from 3 March. hello@example.com", language="en", sources=(_BRIEF, _EN_BRIEF)),),
}
