"""A mobile number or somebody's own e-mail address, about to be made public and not among the brand's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._references import all_references, references
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording
from copilot.text.claims.contacts import Contact
from copilot.text.lexicons import lexicon

NAME = "personal_details"
SEVERITY = Severity.BLOCKS

#: Where people speak of themselves or of each other: what a brief or a thread says is not the brand's word.
_OTHERS = frozenset({"brief", "thread"})
#: French mobile numbers begin so (ARCEP numbering plan); those of a shop do not.
_MOBILE = re.compile(r"(?:\+33|0033|0)[67]")
#: Mailboxes of a house rather than of somebody.
_HOUSE = re.compile(
    r"(?:accueil|adhesions?|benevol\w*|billetterie|bonjour|boutique|bureau|care|commandes?|communication|contact|courrier"
    r"|dpo|equipe|events?|evenements?|hello|help|hi|hotline|info|infos|information|inscriptions?|jobs?|magasin|mail|mairie"
    r"|moderation|newsletter|no-?reply|office|orders?|partenariats?|press|presse|privacy|recrutement|reservations?|resa"
    r"|rgpd|rh|sales|sav|secretariat|service[.-]?clients?|services?|shop|store|support|team|vente|visites?|volunteers?"
    r"|welcome)(?:[.+_-].*)?",
    re.IGNORECASE,
)
#: Where people have a mailbox of their own.
_OF_PEOPLE = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|proton|protonmail|tutanota|orange"
    r"|wanadoo|free|sfr|neuf|laposte|bbox|numericable|club-internet|btinternet|sky|comcast|verizon)\.[a-z.]{2,6}",
    re.IGNORECASE,
)
#: "n.benali", "nb": an initial and a name, or initials alone.
_INITIAL = re.compile(r"[a-z][._-][a-z-]{3,}|[a-z-]{3,}[._-][a-z]|[a-z]{2,3}", re.IGNORECASE)
_PIECES = re.compile(r"[^\W\d_]{2,}")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks, until a person confirms it by name, each personal way to reach somebody."""
    found = [one for one in references(draft.text) if _is_personal(one)]
    if not found:
        return
    own = {one.key for one in all_references(_own_words(context))}
    for one in found:
        if one.key not in own and one.quote not in context.confirmed:
            wording = Wording(f"check.personal_details.{one.kind}", {"quote": one.quote})
            yield Finding(NAME, Severity.BLOCKS, one.start, one.end, wording, one.quote, confirmable=True)


def _is_personal(one: Contact) -> bool:
    if one.kind == "email":
        return _is_somebodys(*one.quote.partition("@")[::2])
    return one.kind == "phone" and _MOBILE.match(re.sub(r"[^\d+]", "", one.quote)) is not None


def _is_somebodys(box: str, host: str) -> bool:
    """True for a mailbox with a person's name, an initial and a name, or where people have theirs."""
    if _HOUSE.fullmatch(box):
        return False
    names = lexicon("first_names") - lexicon("names_that_are_words")
    named = any(piece.casefold() in names for piece in _PIECES.findall(box))
    return named or bool(_OF_PEOPLE.fullmatch(host)) or bool(_INITIAL.fullmatch(box))


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
        Sample("Écrivez à l.benali@exemple.fr."),
        Sample("Mon adresse : velo42@orange.fr"),
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
        Sample("Écrivez à piscine@ville.example ou à mediation@musee.example."),
        Sample("Nadia : 06 12 34 56 78", sources=("Contact : 06 12 34 56 78",)),
        Sample("Nadia : 06 12 34 56 78", confirmed=frozenset({"06 12 34 56 78"})),
    ),
    "en": (Sample("Book at hello@example.com or +44 20 7946 0000.", language="en"),),
}
