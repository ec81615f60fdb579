"""A hashtag of several words all in lower case: a screen reader reads it as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from copilot.checks import Context, Draft
from copilot.checks._phrases import page
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording
from copilot.text.lexicons import folded, lexicon, words
from copilot.text.tag_rules import written_tags

NAME = "camel_case"
SEVERITY = Severity.ADVISES

#: Shorter or longer tags are left alone (characters); words of fewer letters never carry the meaning of a tag.
SHORTEST, LONGEST, MEANING = 8, 50, 4

_WORD = re.compile(r"[^\W\d_]+|\d+")
_JOINING = words(
    "de du des d la le les l et a au aux en sur sous pour par avec sans un une the of in and for to at on by our your"
    " nos notre votre"
)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Advises to begin each word of such a tag with a capital, when its words can be told."""
    end = len(draft.text)
    places: list[tuple[int, int, str]] = [(end, end, tag) for tag in draft.hashtags]
    if "#" in draft.text or "＃" in draft.text:
        places += [(tag.start, tag.end, tag.written) for tag in written_tags(draft.text, draft.network)]
    candidates = [place for place in places if _may_be_several(place[2])]
    if not candidates:
        return
    said = frozenset(_WORD.findall(page(draft.text).prose))
    for start, stop, tag in candidates:
        raised = _raised(tag, said)
        if raised:
            wording = Wording("check.camel_case", {"tag": f"#{tag}", "fix": f"#{raised}"})
            yield Finding(NAME, SEVERITY, start, stop, wording, f"#{tag}", f"#{raised}")


def _may_be_several(tag: str) -> bool:
    return SHORTEST <= len(tag) <= LONGEST and tag == tag.lower() and tag.isalpha()


def _raised(tag: str, said: frozenset[str]) -> str | None:
    """``tag`` with a capital at each word; None when it is one word, or none can be told."""
    plain = folded(tag)
    if len(plain) != len(tag) or plain in said or plain in lexicon("checks_solid_words") or plain in _known():
        return None
    parts = _parted(plain, said | _known())
    if parts is None:
        return None
    pieces: list[str] = []
    at = 0
    for word in parts:
        pieces.append(tag[at].upper() + tag[at + 1 : at + len(word)])
        at += len(word)
    return "".join(pieces)


def _parted(tag: str, known: frozenset[str]) -> list[str] | None:
    """The fewest known words that make ``tag``: two that carry meaning at least, one at both ends."""
    best: list[list[str] | None] = [None] * (len(tag) + 1)
    best[0] = []
    for end in range(1, len(tag) + 1):
        for start in range(max(0, end - 20), end):
            before, word = best[start], tag[start:end]
            if before is None or not (_means(word, known) or (word in _JOINING and start and end < len(tag))):
                continue
            here = best[end]
            if here is None or len(before) + 1 < len(here):
                best[end] = [*before, word]
    parts = best[-1]
    return parts if parts and sum(_means(word, known) for word in parts) >= 2 else None


def _means(word: str, known: frozenset[str]) -> bool:
    return word in known and word not in _JOINING and len(word) >= (3 if word in _SHORT else MEANING)


_SHORT = words("vie art eau ete mer vin bio jeu zoo web job pet city tea day bus")


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    places = (folded(place) for place in lexicon("places"))
    return (
        lexicon("checks_tag_words")
        | _SHORT
        | frozenset(place for place in places if place.isalpha() and len(place) >= MEANING)
    )


BAD = {
    "fr": (
        Sample("Demain, le musée ouvre tard. #journeesdupatrimoine", network="x"),
        Sample("Un vélo cargo pour la ville.", network="instagram", hashtags=("vélocargo",)),
        Sample("Le bon plan du jour. #zerodechet #viedequartier", network="mastodon"),
    ),
    "en": (Sample("See you there! #smallbusiness #mentalhealth", network="linkedin", language="en"),),
}
GOOD = {
    "fr": (
        Sample("À vélo. #JournéesDuPatrimoine #patrimoine #photographie #bienvenue", network="x"),
        Sample("À vélo.", network="instagram", hashtags=("VéloCargo", "boulangerie", "anticonstitutionnellement")),
    ),
    "en": (Sample("Hi! #MentalHealth #photography #workshop #weekend", network="x", language="en"),),
}
