"""A model's text that is no reply to anybody: code, a word alone, a poem, no word to the person answered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._by_model import is_model_reply, where_of
from copilot.checks._phrases import compiled, sentences
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "unaddressed_reply"
SEVERITY = Severity.BLOCKS

#: Words below which a reply says nothing, unless it thanks.
FEW = 3
_ADDRESS = (
    r"(?:vous|votre|vos|tu|toi|te|t'|ton|ta|tes|you|your|yours|you're|you'll|you've|u|merci|mercis|thanks|thank"
    r"|bonjour|bonsoir|salut|coucou"
    r"|hello|hi|hey|desolee?s?|sorry|navree?s?|pardon|bienvenue|welcome|ravie?s?|bravo|felicitations|congratulations"
    r"|a bientot"
    r"|see you|excuses?|apologies|apologi[sz]e|regrett\w+|regret|n'hesitez|venez|ecrivez|contactez|please|heureux"
    r"|heureuse|bon anniversaire|joyeu(?:x|se) \w+|bonne (?:fete|annee|route|chance)|quel (?:bonheur|plaisir)"
    r"|quelle joie|lovely|wonderful"
    r"|happy (?:birthday|anniversary|christmas|new year)|how (?:kind|nice|lovely))"
)
#: How an answer that speaks of the matter alone begins or goes on.
_MATTER = (
    r"(?:nous|notre|nos|on|we|our|we're|we'll|we've|us|oui|non|yes|no|good|fair|well|bonne|bien|great|absolument"
    r"|absolutely|exact\w*"
    r"|right|indeed|effectivement|en effet)"
)
#: Words from which a text that speaks of the matter alone may be an answer, in two sentences or more.
ENOUGH = 10
_THANKS = r"(?:merci|thanks?|thank you|avec plaisir|bienvenue|welcome|ravis?|with pleasure|desoles?|sorry)"
_CODE = re.compile(
    r"\bprint\(|\bimport \w+\b.*\n|</?\w+>|\bdef \w+\(|\w+\.(?:csv|xlsx|py|sh|json)\b.*\w+\.(?:csv|xlsx|py|sh|json)\b"
    r"|^\s*[{\[].*[}\]]\s*$"
    r"|\bSELECT\b.*\bFROM\b|[A-Za-z0-9+/]{28,}={0,2}|\\u00|(?:\b[0-9a-f]{2} ){8,}|```|=\s*\d+\s*[.;]?\s*$",
    re.DOTALL,
)
_VERSE = re.compile(r"[^\n/]{8,60} / [^\n/]{8,60} / ")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks, until a person confirms it, a text without a word to the person, too short to answer, or that is code."""
    if not is_model_reply(draft) or not draft.text.strip():
        return
    quote = " ".join(draft.text.split()[:8])[:80]
    if quote in context.confirmed or _is_reply(draft):
        return
    wording = Wording("check.unaddressed_reply", {"quote": quote})
    yield Finding(NAME, SEVERITY, 0, len(draft.text), wording, quote, confirmable=True)


def _is_reply(draft: Draft) -> bool:
    plain = where_of(draft).plain
    if _CODE.search(draft.text[:4000]) or _VERSE.search(draft.text[:4000]):
        return False
    words = re.findall(r"[^\W\d_]+", plain[:4000])
    if len(words) < FEW:
        return compiled(_THANKS).search(plain) is not None
    if compiled(_ADDRESS).search(plain):
        return True
    enough = len(words) >= ENOUGH and len(sentences(where_of(draft))) > 1
    return enough and compiled(_MATTER).search(plain) is not None


BAD = {
    "fr": (
        Sample("PIRATÉ", part="reply"),
        Sample("Les dons n’arrivent pas.", part="reply"),
        Sample("Ô pigeons gris de la gare, roucoulant sans fin.", part="reply"),
    ),
    "en": (
        Sample("print([n for n in range(9)])", part="reply", language="en"),
        Sample("Meow meow.", part="reply", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Merci !", part="reply"),
        Sample("Nous transmettons votre remarque à l’équipe.", part="reply"),
        Sample("PIRATÉ", part="reply", writer="person"),
    ),
    "en": (Sample("So glad you liked it, thank you.", part="reply", language="en"),),
}
