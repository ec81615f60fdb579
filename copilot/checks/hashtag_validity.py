"""A hashtag the network will cut, or make no link of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.network import Network
from copilot.domain.wording import Wording
from copilot.text.tag_rules import kept, mended, written_tags

NAME = "hashtag_validity"
SEVERITY = Severity.BLOCKS

# Inside a word these end a tag; a full stop or a comma rather begins the next sentence.
_CUTS = "'’-‐‑&"
_DIGITS = re.compile(r"(?<![\w&/#＃])[#＃](\d+)(?![\w'’-])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(
    r"(?:commande|ticket|dossier|num[ée]ro|order|case|issue|ref\w*|référence|facture|invoice)\s*:?\s*\Z", re.I
)
_BESIDE = re.compile(r"\s+[#＃]\w")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks each hashtag of which the network keeps a part only, or nothing."""
    network = draft.network
    if network.hashtags.max == 0:
        return
    for tag in written_tags(draft.text, network):
        rest = tag.written[len(tag.kept) :]
        if not tag.kept or (rest[0:1] and rest[0] in _CUTS):
            yield _finding(tag.start, tag.end, tag.written, tag.kept, network)
    for match in _DIGITS.finditer(draft.text):
        # "#1" is a rank, "#2026" or a number among tags was meant as a tag.
        if (
            _YEAR.fullmatch(match[1]) and not _NUMBER.search(draft.text, max(0, match.start() - 20), match.start())
        ) or (_BESIDE.match(draft.text, match.end())):
            key = Wording("check.hashtag_validity.nothing", {"tag": match.group(), "network": network.label})
            yield Finding(NAME, Severity.WARNS, *match.span(), key, match.group())
    end = len(draft.text)
    for listed in draft.hashtags:
        stays = kept(listed, network)
        if stays != listed or not listed:
            yield _finding(end, end, listed, stays, network)


def _finding(start: int, end: int, tag: str, stays: str, network: Network) -> Finding:
    fix = mended(tag, network)
    key = "check.hashtag_validity" if stays else "check.hashtag_validity.nothing"
    shown = {"tag": f"#{tag}", "kept": f"#{stays}", "network": network.label}
    return Finding(NAME, Severity.BLOCKS, start, end, Wording(key, shown), f"#{tag}", f"#{fix}" if fix else None)


BAD = {
    "fr": (
        Sample("À vélo.", network="x", hashtags=("l’été",)),
        Sample("À vélo.", network="instagram", hashtags=("rendez-vous",)),
        Sample("À vélo.", network="mastodon", hashtags=("2026",)),
        Sample("À vélo.", network="linkedin", hashtags=("vélo en ville",)),
        Sample("Vive #l'été à vélo.", network="x"),
        Sample("À vélo.", network="bluesky", hashtags=("vélo en ville",)),
        Sample("À vélo.", network="threads", hashtags=("R&D",)),
    ),
    "en": (
        Sample("On a bike.", network="x", hashtags=("city-bike",), language="en"),
        Sample("Our #rock-n-roll bike.", network="instagram", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("À vélo #ÉtéÀVélo.", network="x", hashtags=("RendezVous", "vélo2026")),
        Sample("À vélo.", network="bluesky", hashtags=("l’été", "rendez-vous", "R&D")),
        Sample("À vélo.", network="threads", hashtags=("vélo en ville",)),
        Sample("Sortie n° 12 : #Vélo, #Ville.", network="mastodon"),
    ),
    "en": (Sample("On a bike (#CityBike).", network="x", hashtags=("CityBike",), language="en"),),
}
