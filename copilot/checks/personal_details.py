"""A mobile number or somebody's own e-mail address, about to be made public and not among the brand's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._references import Reference, all_references, references
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "personal_details"
SEVERITY = Severity.BLOCKS

#: Where people speak of themselves or of each other: what a brief or a thread says is not the brand's word.
_OTHERS = frozenset({"brief", "thread"})
#: French mobile numbers begin so (ARCEP numbering plan); those of a shop do not.
_MOBILE = re.compile(r"(?:\+33|0033|0)[67]")
#: Mailboxes of a house rather than of somebody.
_HOUSE = re.compile(
    r"(?:accueil|adhesions?|billetterie|bonjour|boutique|bureau|care|commandes?|communication|contact|courrier|dpo|equipe"
    r"|events?|evenements?|hello|help|hi|hotline|info|infos|information|inscriptions?|jobs?|magasin|mail|mairie|moderation"
    r"|newsletter|no-?reply|office|orders?|partenariats?|press|presse|privacy|recrutement|reservations?|resa|rgpd|rh|sales"
    r"|sav|secretariat|service[.-]?clients?|services?|shop|store|support|team|vente|visites?|welcome)(?:[.+_-].*)?",
    re.IGNORECASE,
)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks, until a person confirms it by name, each personal way to reach somebody."""
    found = [one for one in references(draft.text, draft.language) if _is_personal(one)]
    if not found:
        return
    own = {one.key for one in all_references(_own_words(context), draft.language)}
    for one in found:
        if one.key not in own and one.quote not in context.confirmed:
            wording = Wording(f"check.personal_details.{one.kind}", {"quote": one.quote})
            yield Finding(NAME, Severity.BLOCKS, one.start, one.end, wording, one.quote, confirmable=True)


def _is_personal(one: Reference) -> bool:
    if one.kind == "email":
        return _HOUSE.fullmatch(one.quote.partition("@")[0]) is None
    return one.kind == "phone" and _MOBILE.match(re.sub(r"[^\d+]", "", one.quote)) is not None


def _own_words(context: Context) -> tuple[str, ...]:
    """What the brand says of itself: its contact, its facts, its saved replies."""
    said = tuple(text for name, text in context.sources if name not in _OTHERS)
    if context.brand is None:
        return said
    contact = context.brand.contact
    return (*said, contact.email, contact.phone, contact.private_channel)


BAD = {
    "fr": (
        Sample("Des questions ? Nadia — 06 12 34 56 78"),
        Sample("Écrivez à nadia.benali@exemple.fr avant vendredi."),
        Sample("Appelez le +33 7 12 34 56 78."),
    ),
    "en": (
        Sample("Ask Nadia: nadia@example.com", language="en"),
        Sample("Call +33 6 12 34 56 78.", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Réservations : contact@exemple.fr ou 01 42 00 00 00."),
        Sample("Écrivez à service.client@exemple.fr."),
        Sample("Nadia : 06 12 34 56 78", sources=("Contact : 06 12 34 56 78",)),
        Sample("Nadia : 06 12 34 56 78", confirmed=frozenset({"06 12 34 56 78"})),
    ),
    "en": (Sample("Book at hello@example.com or +44 20 7946 0000.", language="en"),),
}
