"""The same sentence in too many recent replies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from copilot.checks import Context, Draft
from copilot.checks._phrases import page, sentences
from copilot.checks._samples import Sample
from copilot.domain.brand import HouseStyle
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "repeated_sentence"
SEVERITY = Severity.WARNS

#: Shorter sentences are formulas.
WORDS = 6

_WORD = re.compile(r"\w+")
_GREETING = re.compile(
    r"\s*(?:bonjour|bonsoir|salut|coucou|hello|hi|hey|dear|cher|chere|good (?:morning|evening"
    r"|afternoon))\b[^,.!?:\n]{0,40}[,.!?:]"
)
_FAREWELL = re.compile(
    r"\W*(?:(?:tres )?(?:belle|bonne|excellente?|douce) (?:journee|soiree|fin|semaine|continuation|route"
    r"|annee|lecture)|cordialement|bien (?:a|cordialement)"
    r"|(?:a|au) (?:tres )?(?:bientot|plaisir|vite)|have a|kind regards|best|warm regards|sincerely|see "
    r"you|l'equipe|the \w+ team|merci (?:encore )?et a)\b"
)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Finds each sentence of a reply that more recent replies hold than the brand allows; a warning at twice as many.

    Greetings, farewells and the signature are left out.
    """
    if draft.part != "reply" or not context.recent:
        return
    style = context.brand.style if context.brand else HouseStyle()
    signature = context.brand.voice.signature if context.brand else ""
    used = _used(context.recent)
    where = page(draft.text)
    for said, start, end in _said(draft.text, signature):
        times = used[said]
        if times > style.same_sentence:
            weight = Severity.WARNS if times > 2 * style.same_sentence else Severity.ADVISES
            first, last = where.span(start, end)
            wording = Wording("check.repeated_sentence", {"count": times})
            yield Finding(NAME, weight, first, last, wording, draft.text[first:last])


@lru_cache(maxsize=2)
def _used(recent: tuple[str, ...]) -> Counter[str]:
    """How many of ``recent`` hold each sentence."""
    return Counter(said for text in recent for said in {said for said, _, _ in _said(text, "")})


def _said(text: str, signature: str) -> Iterator[tuple[str, int, int]]:
    """The sentences that say something, as their words alone, with where they stand in the folded text."""
    where = page(text)
    closing = " ".join(_WORD.findall(page(signature).plain)) if signature else ""
    for opening, end in sentences(where):
        greeting = _GREETING.match(where.plain, opening, end)
        start = greeting.end() if greeting else opening
        start += len(where.plain[start:end]) - len(where.plain[start:end].lstrip())
        if _FAREWELL.match(where.plain, start, end):
            continue
        words = _WORD.findall(where.plain, start, end)
        said = " ".join(words)
        if len(words) >= WORDS and said != closing:
            yield said, start, end


_SAME = "Bonjour Léa, nous comprenons votre déception et la prenons au sérieux."
_OTHERS = tuple(f"Bonjour {name} ! Nous comprenons votre déception, et la prenons au sérieux !" for name in "ABCD")
BAD = {
    "fr": (
        Sample(_SAME, part="reply", recent=_OTHERS),
        Sample(_SAME, part="reply", recent=_OTHERS[:1], style=HouseStyle(same_sentence=0)),
    ),
    "en": (
        Sample(
            "Hi Tom, we know how much you were counting on it.",
            part="reply",
            language="en",
            recent=("We know how much you were counting on it.",) * 4,
        ),
    ),
}
GOOD = {
    "fr": (
        Sample(_SAME, part="reply", recent=_OTHERS[:3]),
        Sample(
            "Belle journée à vous et à très bientôt chez nous.",
            part="reply",
            recent=("Belle journée à vous et à très bientôt chez nous.",) * 9,
        ),
        Sample(_SAME, recent=_OTHERS),
    ),
    "en": (
        Sample(
            "Hi Tom, see you on Saturday.", part="reply", language="en", recent=("Hi Tom, see you on Saturday.",) * 9
        ),
    ),
}
