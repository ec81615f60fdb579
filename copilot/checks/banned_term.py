"""A word the brand does not use."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._phrases import page
from copilot.checks._samples import Sample
from copilot.checks._words import find_word
from copilot.domain.brand import PreferredTerm, VoiceProfile
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "banned_term"
SEVERITY = Severity.WARNS


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each banned term, and of each term the brand says otherwise, whatever the case, accents and endings."""
    if context.brand is None:
        return
    voice = context.brand.voice
    terms = [(term, "") for term in voice.banned] + [(term.instead_of, term.use) for term in voice.preferred]
    for term, use in terms:
        key = "check.banned_term.prefer" if use else "check.banned_term"
        wording = Wording(key, {"term": term, "use": use})
        for start, end in _outside(term, use, draft.text):
            quote = draft.text[start:end]
            yield Finding(NAME, Severity.WARNS, start, end, wording, quote, _instead(quote, term, use))
        end = len(draft.text)
        for other in (*draft.hashtags, *draft.alt_texts):
            if _outside(term, use, other):
                yield Finding(NAME, Severity.WARNS, end, end, wording, other[:80])


def _outside(term: str, use: str, text: str) -> list[tuple[int, int]]:
    """Where ``term`` stands in ``text``, but within the very words to use: "atelier" in "atelier de Moulins"."""
    found = find_word(term, text)
    if not found or not use or not find_word(term, use):
        return found
    used = find_word(use, text)
    return [(start, end) for start, end in found if not any(first <= start and end <= last for first, last in used)]


def _instead(quote: str, term: str, use: str) -> str | None:
    """``use``, capital and plural kept; None when the form found calls for another agreement."""
    if not use:
        return None
    raised = use[:1].upper() + use[1:] if quote[:1].isupper() and not term[:1].isupper() else use
    found, wanted = page(quote).plain.split(), page(term).plain.split()
    if found == wanted:
        return raised
    plural = all(one in (other, f"{other}s", f"{other}x") for one, other in zip(found, wanted, strict=True))
    return f"{raised}s" if plural and " " not in use and use[-1:] not in "sxz" else None


_VOICE = VoiceProfile(
    banned=("pas cher", "révolutionnaire", "cheap", "booster", "n’hésitez pas"),
    preferred=(PreferredTerm("atelier", "magasin"), PreferredTerm("workshop", "shop")),
)
BAD = {
    "fr": (
        Sample("Un vélo REVOLUTIONNAIRE !", voice=_VOICE),
        Sample("Un vélo pas\u00a0cher.", voice=_VOICE),
        Sample("Des vélos pas chers, une selle pas chère.", voice=_VOICE),
        Sample("Boostez vos trajets : nous avons boosté les nôtres.", voice=_VOICE),
        Sample("N'hésite pas à passer.", voice=_VOICE),
        Sample("Passez à notre magasin.", voice=_VOICE),
        Sample("Passez dans nos magasins.", voice=_VOICE),
        Sample("L’air de rien, c’est re\u0301volutionnaire.", voice=_VOICE),
    ),
    "en": (
        Sample("A cheap bike.", voice=_VOICE, language="en"),
        Sample("Visit our shops.", voice=_VOICE, language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Une révolution tranquille : pas trop cher, essayé en atelier.", voice=_VOICE),
        Sample(
            "L’atelier de Moulins.", voice=VoiceProfile(preferred=(PreferredTerm("atelier de Moulins", "atelier"),))
        ),
        Sample("Une pièce usinée, un fond usiné.", voice=VoiceProfile(banned=("usine",))),
    ),
    "en": (Sample("A cheaper bike from our workshop, shopping made easy.", voice=_VOICE, language="en"),),
}
