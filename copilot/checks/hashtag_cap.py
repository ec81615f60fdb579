"""More hashtags than a network takes, or than serve the post."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording
from copilot.text.tag_rules import written_tags

NAME = "hashtag_cap"
SEVERITY = Severity.BLOCKS


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks above the network's cap; advises when a post is out of the advised range. Tags in the text count."""
    rules = draft.network.hashtags
    written = list(written_tags(draft.text, draft.network))
    count = len(written) + len(draft.hashtags)
    low, high = rules.advised
    shown: dict[str, object] = {"network": draft.network.label, "count": count, "low": low, "high": high}
    quote = " ".join([*(f"#{tag.written}" for tag in written), *(f"#{tag}" for tag in draft.hashtags)])[:200]
    start, end = (written[-1].start, written[-1].end) if written else (len(draft.text), len(draft.text))
    if rules.max is not None and count > rules.max:
        key = "check.hashtag_cap" if rules.max else "check.hashtag_cap.unused"
        yield Finding(NAME, Severity.BLOCKS, start, end, Wording(key, {**shown, "cap": rules.max}), quote=quote)
    elif count > high:
        key = "check.hashtag_cap.many" if high else "check.hashtag_cap.useless"
        yield Finding(NAME, Severity.ADVISES, start, end, Wording(key, shown), quote=quote)
    elif count < low and draft.part == "post" and draft.text.strip():
        yield Finding(NAME, Severity.ADVISES, start, end, Wording("check.hashtag_cap.few", shown), quote=quote)


_SIX = ("Vélo", "Ville", "Atelier", "Lyon", "Mobilité", "Samedi")
_TAGS = ("Bike", "City", "Workshop", "Lyon", "Mobility", "Saturday")
BAD = {
    "fr": (
        Sample("On roule samedi.", network="instagram", hashtags=_SIX),
        Sample("On roule #samedi.", network="threads", hashtags=("Vélo",)),
        Sample("On roule #samedi.", network="newsletter"),
        Sample("On roule samedi.", network="x", hashtags=_SIX),
        Sample("On roule samedi.", network="linkedin"),
    ),
    "en": (
        Sample("We ride on Saturday.", network="instagram", hashtags=_TAGS, language="en"),
        Sample("We ride on Saturday.", network="discord", hashtags=("Bike",), language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("On roule samedi.", network="instagram", hashtags=_SIX[:5]),
        Sample("On roule #samedi.", network="x", hashtags=("Vélo",)),
        Sample("Sortie du modèle #1, voir https://exemple.fr/#essai", network="newsletter"),
        Sample("Merci de votre message.", network="linkedin", part="reply"),
    ),
    "en": (Sample("We ride on Saturday.", network="threads", hashtags=("Bike",), language="en"),),
}
