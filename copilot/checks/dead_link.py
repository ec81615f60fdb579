"""A link where the network makes none: nobody can follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.checks.missing_space_link import stuck_sentence
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording
from copilot.text.measure.links import find_links

NAME = "dead_link"
SEVERITY = Severity.WARNS

#: Enough to show.
MOST = 20
_FULL = re.compile(r"https?://[^\s<>«»”\"]*[^\s<>«»”\".,;:!?)\]…]", re.IGNORECASE)
#: Where a profile has a link of its own to send people to.
_WITH_PROFILE_LINK = frozenset({"instagram", "tiktok", "snapchat"})


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each link that is plain text there; a bare domain, which a person can read and type, is advised of."""
    if draft.network.links_clickable or "." not in draft.text:
        return
    place = "bio" if draft.network.id in _WITH_PROFILE_LINK else "elsewhere"
    left = MOST
    for start, end in _links(draft.text):
        if not left:
            return
        left -= 1
        shown = draft.text[start:end]
        bare = "/" not in shown
        wording = Wording(_KEYS[place], {"network": draft.network.label, "link": shown[:80]})
        yield Finding(NAME, Severity.ADVISES if bare else SEVERITY, start, end, wording, shown)


def _links(text: str) -> Iterator[tuple[int, int]]:
    """Links in order: those with a scheme, whatever their domain, and the domains X would make links of."""
    full = [match.span() for match in _FULL.finditer(text)]
    bare = [(link.start, link.end) for link in find_links(text) if not stuck_sentence(text, link)]
    end = 0
    for start, stop in sorted([*full, *bare]):
        if start >= end:
            yield start, stop
            end = stop


_KEYS = {"bio": "check.dead_link.bio", "elsewhere": "check.dead_link.elsewhere"}
BAD = {
    "fr": (
        Sample("Réservez sur https://exemple.fr/atelier", network="instagram"),
        Sample("Réservez sur exemple.fr", network="instagram", part="reply"),
        Sample("Tout est là\u00a0: www.exemple.fr/plan", network="tiktok"),
        Sample("La recette\u00a0: https://exemple.fr", network="pinterest"),
        Sample("Tout est sur https://atelier.example/plan.", network="instagram"),
    ),
    "en": (Sample("Book at https://example.com/workshop", network="instagram", language="en"),),
}
GOOD = {
    "fr": (
        Sample("Lien en bio. Écrivez à bonjour@exemple.fr", network="instagram"),
        Sample("Réservez sur https://exemple.fr/atelier", network="facebook_page"),
    ),
    "en": (Sample("Link in bio, at 6.30 pm.", network="instagram", language="en"),),
}
