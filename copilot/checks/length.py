"""Too long for the network, as the network counts."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.network import Measure
from copilot.domain.wording import Wording
from copilot.text.measure import measure

NAME = "length"
SEVERITY = Severity.BLOCKS


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks a text that is over the limit with its hashtags, and an alt text that is over its own."""
    result = measure(draft.whole, draft.network, draft.part, with_media=draft.has_media)
    if _is_over(result):
        start = min(result.overflow_at or 0, len(draft.text))
        yield Finding(NAME, Severity.BLOCKS, start, len(draft.text), _wording("check.length", draft, result))
    if "alt" not in draft.network.parts:
        return
    for number, alt in enumerate(draft.alt_texts, 1):
        result = measure(alt, draft.network, "alt")
        if _is_over(result):
            wording = _wording("check.length.alt", draft, result, number=number)
            yield Finding(NAME, Severity.BLOCKS, len(draft.text), len(draft.text), wording, quote=alt[:40])


def _is_over(result: Measure) -> bool:
    """X also refuses a text for a character in it; that is another rule's."""
    return result.limit is not None and result.count > result.limit


def _wording(key: str, draft: Draft, result: Measure, **params: object) -> Wording:
    limit = result.limit or 0
    over = result.count - limit
    unit = Wording(f"unit.{result.unit}", {"count": over})
    shown = {"network": draft.network.label, "n": result.count, "limit": limit, "over": over, "unit": unit}
    return Wording(key, {**shown, **params})


_FR = "Notre atelier ouvre ses portes samedi et vous attend pour essayer le vélo. "
_EN = "Our workshop opens its doors on Saturday and you are welcome to try the bike. "
BAD = {
    "fr": (
        Sample(_FR * 4, network="x"),
        Sample("é" * 270, network="x", hashtags=("VéloEnVille", "Atelier")),
        Sample("l’été " * 72, network="threads"),
        Sample("(" * 20 + "a" * 2975, network="linkedin"),
        Sample("Le vélo.", network="mastodon", alt_texts=("Un vélo rouge. " * 120,)),
    ),
    "en": (Sample(_EN * 4, network="x", language="en"), Sample(_EN * 5, network="bluesky", language="en")),
}
GOOD = {
    "fr": (
        Sample(_FR * 3, network="x"),
        Sample("Voir https://exemple.fr/" + "a" * 600, network="mastodon"),
        Sample("(" * 20 + "a" * 1230, network="linkedin", part="reply"),
        Sample(_FR * 4, network="wordpress"),
    ),
    "en": (Sample(_EN * 3, network="x", language="en"),),
}
