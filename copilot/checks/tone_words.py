"""A word against the brand's tone."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.checks._words import find_word
from copilot.domain.brand import HouseStyle
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "tone_words"
SEVERITY = Severity.WARNS


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each word the house style avoids, inflected too."""
    if context.brand is None:
        return
    for word in context.brand.style.avoid:
        for start, end in find_word(word, draft.text):
            wording = Wording("check.tone_words", {"word": draft.text[start:end]})
            yield Finding(NAME, SEVERITY, start, end, wording, draft.text[start:end])


_STYLE = HouseStyle(avoid=("booster", "génial", "cheap", "leverage"))
BAD = {
    "fr": (
        Sample("Boostez vos ventes : on a boosté les nôtres.", style=_STYLE),
        Sample("Des idées géniales, des vélos géniaux.", style=_STYLE),
    ),
    "en": (Sample("We are leveraging a CHEAP trick.", style=_STYLE, language="en"),),
}
GOOD = {
    "fr": (Sample("Un coup de boost et du génie.", style=_STYLE),),
    "en": (Sample("A cheaper level of rage.", style=_STYLE, language="en"),),
}
