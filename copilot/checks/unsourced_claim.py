"""A figure, a date, a price, a way to reach someone that no source holds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from copilot.checks import Context, Draft
from copilot.checks._references import all_references, facts_of, references, vouched_texts
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.post import FactKind
from copilot.domain.wording import Wording

NAME = "unsourced_claim"

_FIGURES = (FactKind.PRICE, FactKind.DATE, FactKind.TIME, FactKind.PERCENTAGE, FactKind.QUANTITY)
_LEADS = ("link", "email", "phone")
_DATE = re.compile(r"(\d{4}|-)(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class _Claim:
    kind: str
    value: str
    start: int
    end: int
    quote: str


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks until confirmed what a model claims without a source; warns of it when a person had a hand in the text."""
    claims = [claim for claim in _claims(draft.text, draft.language) if claim.quote not in context.confirmed]
    if not claims:
        return
    known = _known(vouched_texts(context))
    strict = draft.writer == "chain" and not draft.edited
    severity = Severity.BLOCKS if strict else Severity.WARNS
    for claim in claims:
        if (claim.kind, claim.value) not in known:
            what = Wording(f"check.unsourced_claim.kind.{claim.kind}")
            wording = Wording("check.unsourced_claim", {"quote": claim.quote, "kind": what})
            yield Finding(NAME, severity, claim.start, claim.end, wording, claim.quote, confirmable=strict)


def _claims(text: str, language: str) -> list[_Claim]:
    leads = [one for one in references(text, language) if one.kind in _LEADS]
    found = [_Claim(one.kind, one.key, one.start, one.end, one.quote) for one in leads]
    starts = [one.start for one in leads]
    for fact in facts_of(text, language):
        before = bisect_left(starts, fact.end)
        if fact.kind in _FIGURES and (not before or leads[before - 1].end <= fact.start):
            found.append(_Claim(fact.kind.value, fact.normalised, fact.start, fact.end, fact.value))
    return sorted(found, key=lambda claim: claim.start)


def _known(texts: Iterable[str]) -> frozenset[tuple[str, str]]:
    """What the sources say, whichever of the two languages they are in, and what follows from it."""
    known: set[tuple[str, str]] = set()
    told = tuple(texts)
    for language in ("fr", "en"):
        known |= {(one.kind, one.key) for one in all_references(told, language)}
        for text in told:
            for fact in facts_of(text, language):
                if fact.kind in _FIGURES:
                    known |= {(fact.kind.value, value) for value in _implied(fact.kind, fact.normalised)}
    return frozenset(known)


def _implied(kind: FactKind, value: str) -> set[str]:
    """``value`` and what it allows to say: of 2027-03-03, also 3 March, March 2027, March, 2027."""
    match = _DATE.fullmatch(value) if kind is FactKind.DATE else None
    if match is None:
        return {value}
    year, month, day = match.groups()
    implied = {value}
    if month:
        implied.add(f"--{month}")
        implied |= {f"--{month}-{day}"} if day else set()
        implied |= {f"{year}-{month}", year} if year != "-" else set()
    return implied


_BRIEF = "Vélo Citadin à 3 490 € dès le 3 mars 2027, garantie 5 ans, -15 % samedi de 10 h à 18 h. https://exemple.fr"
_EN_BRIEF = "City bike at €3,490 from March 3, 2027, 5 years warranty, 15% off. hello@example.com"
BAD = {
    "fr": (
        Sample("Le Citadin à 2 990 €.", sources=(_BRIEF,)),
        Sample("Le Citadin est garanti 10 ans.", sources=(_BRIEF,)),
        Sample("Rendez-vous le 4 mars 2027.", sources=(_BRIEF,)),
        Sample("20 % de remise.", sources=(_BRIEF,)),
        Sample("Voir exemple.fr/promo et appelez le 01 23 45 67 89.", sources=(_BRIEF,)),
        Sample("Infos sur velo.xyz", writer="playbook", sources=(_BRIEF,)),
    ),
    "en": (
        Sample("Only €2,990!", language="en", sources=(_EN_BRIEF,)),
        Sample("Write to sales@example.com", language="en", writer="person", sources=(_EN_BRIEF,)),
    ),
}
GOOD = {
    "fr": (
        Sample("Le Citadin : 3490 euros dès le 03/03/2027, garanti 5 ans, moins 15 %.", sources=(_BRIEF,)),
        Sample("En mars 2027, ouvert à 10h. Voir www.exemple.fr/", sources=(_BRIEF,)),
        Sample("Le Citadin à 2 990 €.", sources=(_BRIEF,), confirmed=frozenset({"2 990 €"})),
    ),
    "en": (Sample("€3,490, 15 % off, from 3 March. hello@example.com", language="en", sources=(_BRIEF, _EN_BRIEF)),),
}
