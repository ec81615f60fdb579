"""A word the brand does not use."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.checks._words import find_word
from copilot.domain.brand import PreferredTerm, VoiceProfile
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "banned_term"
SEVERITY = Severity.WARNS


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each banned term, and of each term the brand says otherwise, whatever the case and the accents."""
    if context.brand is None:
        return
    voice = context.brand.voice
    terms = [(term, "") for term in voice.banned] + [(term.instead_of, term.use) for term in voice.preferred]
    for term, use in terms:
        key = "check.banned_term.prefer" if use else "check.banned_term"
        wording = Wording(key, {"term": term, "use": use})
        for start, end in find_word(term, draft.text):
            yield Finding(NAME, Severity.WARNS, start, end, wording, draft.text[start:end], use or None)
        end = len(draft.text)
        for other in (*draft.hashtags, *draft.alt_texts):
            if find_word(term, other):
                yield Finding(NAME, Severity.WARNS, end, end, wording, other[:80])


_VOICE = VoiceProfile(
    banned=("pas cher", "révolutionnaire", "cheap"),
    preferred=(PreferredTerm("atelier", "magasin"), PreferredTerm("workshop", "shop")),
)
BAD = {
    "fr": (
        Sample("Un vélo REVOLUTIONNAIRE !", voice=_VOICE),
        Sample("Un vélo pas\u00a0cher.", voice=_VOICE),
        Sample("Passez à notre magasin.", voice=_VOICE),
        Sample("L’air de rien, c’est re\u0301volutionnaire.", voice=_VOICE),
    ),
    "en": (
        Sample("A cheap bike.", voice=_VOICE, language="en"),
        Sample("Visit our shop.", voice=_VOICE, language="en"),
    ),
}
GOOD = {
    "fr": (Sample("Une révolution tranquille : pas trop cher, essayé en atelier.", voice=_VOICE),),
    "en": (Sample("A cheaper bike from our workshop, shopping made easy.", voice=_VOICE, language="en"),),
}
