"""The shape of a reply: too long for somebody unhappy, hashtags, emoji where it is serious."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._phrases import EMOJI
from copilot.checks._samples import Sample
from copilot.checks._tense import is_serious
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording
from copilot.text.tag_rules import written_tags

NAME = "reply_shape"
SEVERITY = Severity.ADVISES

#: Somebody unhappy reads no more (words).
LONGEST = 80


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Advises against hashtags in a reply and, when it is serious, more than 80 words or an emoji."""
    if draft.part != "reply":
        return
    yield from _hashtags(draft)
    if not is_serious(draft, context):
        return
    words = draft.text.split()
    if len(words) > LONGEST:
        end = len(draft.text)
        yield Finding(
            NAME, SEVERITY, end, end, Wording("check.reply_shape.long", {"count": len(words), "most": LONGEST})
        )
    emoji = EMOJI.search(draft.text)
    if emoji:
        yield Finding(NAME, SEVERITY, *emoji.span(), Wording("check.reply_shape.emoji"), emoji.group())


def _hashtags(draft: Draft) -> Iterator[Finding]:
    wording = Wording("check.reply_shape.hashtag")
    if draft.hashtags:
        end = len(draft.text)
        yield Finding(NAME, SEVERITY, end, end, wording, f"#{draft.hashtags[0]}")
    elif "#" in draft.text or "＃" in draft.text:
        for tag in written_tags(draft.text, draft.network):
            yield Finding(NAME, SEVERITY, tag.start, tag.end, wording, draft.text[tag.start : tag.end])
            break


BAD = {
    "fr": (
        Sample("Merci Léa, à samedi ! #VéloDeVille", part="reply"),
        Sample("Nous sommes désolés pour ce retard 😊", part="reply"),
        Sample(
            "Nous sommes désolés de ce retard. " + "Voici ce que nous avons compris de la livraison. " * 10,
            part=("reply"),
        ),
    ),
    "en": (
        Sample("We are sorry about the leak 🚲", part="reply", language="en"),
        Sample("See you on Saturday!", part="reply", language="en", hashtags=("CityBike",)),
    ),
}
GOOD = {
    "fr": (
        Sample("Merci Léa, à samedi 😊", part="reply"),
        Sample("À samedi ! #VéloDeVille"),
        Sample("Voici le programme du samedi et du dimanche. " * 12, part="reply"),
    ),
    "en": (Sample("Glad you like it, see you on Saturday 🚲", part="reply", language="en"),),
}
