"""More emoji than the brand accepts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.brand import EmojiPolicy, VoiceProfile
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

if TYPE_CHECKING:
    import regex

NAME = "emoji_policy"
SEVERITY = Severity.WARNS

#: What "sparing" means: emoji in a post, in a reply.
SPARING = {"post": 3, "reply": 1}


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns when the text holds more emoji than the brand's policy, from the first one too many."""
    if context.brand is None or context.brand.voice.emoji is EmojiPolicy.FREE or draft.text.isascii():
        return
    policy = context.brand.voice.emoji
    allowed = 0 if policy is EmojiPolicy.NONE else SPARING.get(draft.part, SPARING["post"])
    found = [match.span() for match in _emoji().finditer(draft.text)]
    if len(found) > allowed:
        start, end = found[allowed]
        key = "check.emoji_policy" if allowed else "check.emoji_policy.none"
        wording = Wording(key, {"count": len(found), "allowed": allowed})
        yield Finding(NAME, Severity.WARNS, start, end, wording, draft.text[start:end])


@lru_cache(maxsize=1)
def _emoji() -> regex.Pattern[str]:
    """One emoji as a reader sees it: a flag, a keycap, or a pictograph with its skin tones and what it is joined to."""
    import regex

    worn = r"[\uFE0F\U0001F3FB-\U0001F3FF]*"
    sign = rf"(?:\p{{Emoji_Presentation}}|\p{{Extended_Pictographic}}\uFE0F|[\u2764\u263A\u2665]){worn}"
    tags = r"[\U000E0020-\U000E007F]*"
    joined = rf"(?:\u200D\p{{Extended_Pictographic}}{worn})*"
    return regex.compile(rf"[\U0001F1E6-\U0001F1FF]{{2}}|[0-9#*]\uFE0F?\u20E3|{sign}{tags}{joined}")


_NONE = VoiceProfile(emoji=EmojiPolicy.NONE)
_SPARING = VoiceProfile(emoji=EmojiPolicy.SPARING)
BAD = {
    "fr": (
        Sample("À samedi 🚲", voice=_NONE),
        Sample("🚲 À 🎉 samedi 🌞 toutes et tous 👋", voice=_SPARING),
        Sample("Merci 🙏 à vous ❤️", part="reply", voice=_SPARING),
    ),
    "en": (Sample("See you on Saturday 🚲", voice=_NONE, language="en"),),
}
GOOD = {
    "fr": (
        Sample("À samedi ! © Atelier™ 2026 → 3 × 2", voice=_NONE),
        Sample("🚲 À samedi 👨‍👩‍👧 🇫🇷", voice=_SPARING),
        Sample("🚲🎉🌞👋🥳", voice=VoiceProfile(emoji=EmojiPolicy.FREE)),
    ),
    "en": (Sample("See you on Saturday 👋🏽", voice=_SPARING, language="en"),),
}
