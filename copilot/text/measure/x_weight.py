"""How X weighs a text: twitter-text configuration v3 (twitter/twitter-text config/v3.json @30e2430, 2021-10-21).

Latin letters, French quotation marks and dashes weigh 1, everything else 2, a known emoji 2, a link 23.
"""

from __future__ import annotations

import re

from copilot.text.measure.links import find_links
from copilot.text.measure.x_emoji import emoji_spans

LINK_WEIGHT = 23
EMOJI_WEIGHT = 2

_HEAVY = re.compile("[^\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]+")
_MAY_HOLD_EMOJI = re.compile("[^\0-\xa8\xaa-\xad\xaf-\u203b]")
_INVALID = re.compile("[\ufffe\ufeff\uffff]")


def x_measure(text: str, limit: int, link_weight: int = LINK_WEIGHT) -> tuple[int, int]:
    """Weighted length of ``text`` (NFC), and how many leading characters weigh at most ``limit``.

    A link or an emoji is in whole or not at all.
    """
    specials = _specials(text, link_weight)
    length = len(text) + sum(weight - (end - start) for start, end, weight in specials)
    return length, len(text) if length <= limit else _leading(text, limit, specials)


def _leading(text: str, limit: int, specials: list[tuple[int, int, int]]) -> int:
    used = at = 0
    for start, end, weight in specials:
        if used + start - at > limit:
            break
        used += start - at
        if used + weight > limit:
            whole = weight != EMOJI_WEIGHT * (end - start)
            return start if whole else start + (limit - used) // EMOJI_WEIGHT
        used, at = used + weight, end
    return min(at + limit - used, len(text))


def first_invalid(text: str) -> int | None:
    """Where the first character stands that makes X refuse the whole post (U+FFFE, U+FEFF, U+FFFF)."""
    found = _INVALID.search(text)
    return found.start() if found else None


def _specials(text: str, link_weight: int) -> list[tuple[int, int, int]]:
    """The stretches that do not weigh 1 a character, in order: (start, end, weight)."""
    wholes = [(link.start, link.end, link_weight) for link in find_links(text)]
    if _MAY_HOLD_EMOJI.search(text):
        wholes += [(start, end, EMOJI_WEIGHT) for start, end in emoji_spans(text)]
        wholes.sort(key=lambda whole: (whole[0], whole[2] == EMOJI_WEIGHT))
    found: list[tuple[int, int, int]] = []
    at = 0
    for whole in wholes:
        if whole[0] < at:
            continue
        if whole[0] > at:
            _add_heavy(found, text, at, whole[0])
        found.append(whole)
        at = whole[1]
    _add_heavy(found, text, at, len(text))
    return found


def _add_heavy(found: list[tuple[int, int, int]], text: str, start: int, end: int) -> None:
    for match in _HEAVY.finditer(text, start, end):
        first, last = match.span()
        found.append((first, last, EMOJI_WEIGHT * (last - first)))
