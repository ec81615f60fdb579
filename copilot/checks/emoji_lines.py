"""An emoji at each line: a screen reader reads every one of them aloud."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._phrases import EMOJI
from copilot.checks._samples import Sample
from copilot.domain.brand import EmojiPolicy, VoiceProfile
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "emoji_lines"
SEVERITY = Severity.ADVISES

#: Fewer lines with an emoji are no habit.
LINES = 3


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Advises when three lines or more begin with an emoji, or nearly all hold one; a brand that is free may."""
    if draft.text.isascii() or (context.brand and context.brand.voice.emoji is EmojiPolicy.FREE):
        return
    begun: list[tuple[int, int]] = []
    held: list[tuple[int, int]] = []
    lines = 0
    at = 0
    for line in draft.text.split("\n"):
        body = line.strip()
        emoji = EMOJI.search(line) if body else None
        lines += bool(body)
        if emoji:
            span = (at + emoji.start(), at + emoji.end())
            held.append(span)
            if not line[: emoji.start()].strip(" \t-*•·>"):
                begun.append(span)
        at += len(line) + 1
    told = begun if len(begun) >= LINES else held if len(held) >= LINES and len(held) * 4 >= lines * 3 else []
    if told:
        start, end = told[0]
        wording = Wording("check.emoji_lines", {"count": len(told)})
        yield Finding(NAME, SEVERITY, start, end, wording, draft.text[start:end])


BAD = {
    "fr": (
        Sample("Au programme :\n🚲 balade\n🔧 atelier\n🍎 goûter"),
        Sample("Balade 🚲\nAtelier 🔧\nGoûter 🍎"),
    ),
    "en": (Sample("- 🚲 Ride\n- 🔧 Workshop\n- 🍎 Snack", language="en"),),
}
GOOD = {
    "fr": (
        Sample("Au programme 🚲\n- balade\n- atelier\n- goûter 🍎"),
        Sample("🚲 balade\n🔧 atelier\n🍎 goûter", voice=VoiceProfile(emoji=EmojiPolicy.FREE)),
    ),
    "en": (Sample("Ride, workshop, snack 🚲🔧🍎\nSee you on Saturday.", language="en"),),
}
