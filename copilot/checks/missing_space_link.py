"""A full stop stuck to the next word: ``prix.La`` is a link of 23 characters on X."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.network import Network
from copilot.domain.wording import Wording
from copilot.text.measure.links import Link, find_links

NAME = "missing_space_link"
SEVERITY = Severity.WARNS

#: Enough to show one by one.
MOST = 100

#: Endings of addresses, capital or not: after a name (``Booking.Com``) they are no word.
_ADDRESSES = frozenset(
    {
        "com",
        "net",
        "org",
        "fr",
        "eu",
        "be",
        "ch",
        "ca",
        "uk",
        "io",
        "ai",
        "app",
        "dev",
        "info",
        "biz",
        "edu",
        "gov",
        "int",
    }
)
# The last word before the dot, and the word after it, with the capital that begins a sentence.
_STUCK = re.compile(r"(?P<before>[^\W\d_]{2,})\.(?P<after>[A-ZÀ-Ý][a-zà-ÿ]+|[A-Z])$")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns where the network makes a link of two sentences, advises elsewhere; the fix is the missing space."""
    if "." not in draft.text:
        return
    severity = SEVERITY if _links_so(draft.network) else Severity.ADVISES
    key = "check.missing_space_link" if severity is SEVERITY else "check.missing_space_link.elsewhere"
    left = MOST
    for link in find_links(draft.text):
        stuck = stuck_sentence(draft.text, link)
        if stuck is None or not left:
            continue
        left -= 1
        start, dot, sure = stuck
        shown = draft.text[start : link.end]
        wording = Wording(key, {"shown": shown[:60], "network": draft.network.label})
        fix = f"{draft.text[start : dot + 1]} {draft.text[dot + 1 : link.end]}"
        yield Finding(NAME, severity, start, link.end, wording, shown, fix, automatic=sure)


def stuck_sentence(text: str, link: Link) -> tuple[int, int, bool] | None:
    """When ``link`` is two sentences stuck together: where its last word starts, the dot, whether that is sure."""
    if link.has_scheme or text[link.end : link.end + 1] in ("/", "-"):
        return None
    match = _STUCK.search(text, link.start, link.end)
    if match is None or text[max(link.start, match.start() - 1) : match.start()] == "-":
        return None
    lower = match["before"].islower()
    if match["after"].lower() in _ADDRESSES and not lower:
        return None
    return match.start("before"), match.end("before"), lower and match["after"].lower() not in _ADDRESSES


def _links_so(network: Network) -> bool:
    return network.links_clickable and network.id == "x"


BAD = {
    "fr": (
        Sample("C’est le bon prix.La suite demain.", network="x"),
        Sample("C’est fini.Et après\u202f?", network="x"),
        Sample("Voilà le prix.La suite demain.", network="bluesky"),
        Sample("Nos offres.Photos à venir", network="x"),
    ),
    "en": (Sample("It is ok.Me too.", network="x", language="en"),),
}
GOOD = {
    "fr": (
        Sample("C’est le bon prix. La suite sur exemple.fr, prix.la/offre ou Booking.Com.", network="x"),
        Sample("C’est fini.Nous fermons à https://Prix.La et x@prix.La", network="x"),
    ),
    "en": (Sample("It is ok. Me too, on t.me/velo and amazon.de.", network="x", language="en"),),
}
