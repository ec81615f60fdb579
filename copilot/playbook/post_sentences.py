"""Cuts a paragraph into sentences, whatever abbreviations and figures stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ABBREVIATED = re.compile(
    r"mm?|mmes?|mlle|[dpmj]r|ste?|av|bl?d|boul|e[xn]v?|t[eé]l|min|max|art|n[o°]|p|cf|etc|vs|m[rs]s?|prof|inc|incl|excl|reg|dept|ltd|co|sr|"
    r"e\.g|i\.e|p\.ex|[ap]\.m|approx"
)
#: Cut short before a number: ``sam. 5 juin``, ``sept. 2026``.
_BEFORE_NUMBER = re.compile(
    r"lun|mar|mer|jeu|ven|sam|dim|janv|f[eé]vr?|avr|juil|sept|oct|nov|d[eé]c|mon|tues?|wed|thurs?|fri|sat|sun|jan|feb|apr|aug|sep"
)
_STOP = re.compile(r"[.!?…]+(?:[”\")\]]| ?»){0,2}(?=\s)")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Sentences with their offset; abbreviations, initials and numbers do not end one."""
    start = 0
    for match in _STOP.finditer(text):
        after = text[match.end() : match.end() + 3].lstrip()
        word = text[max(start, match.start() - 12) : match.start()].rsplit(" ", 1)[-1].lstrip('(«“"').lower()
        if match.group() == "." and (_ABBREVIATED.fullmatch(word) or (len(word) == 1 and word.isalpha())):
            continue
        if match.group() == "." and after[:1].isdigit() and _BEFORE_NUMBER.fullmatch(word):
            continue
        if after and after[0].islower() and match.group()[0] in ".…" and not text[:1].islower():
            continue
        yield start, text[start : match.end()]
        start = match.end()
        while text[start : start + 1] == " ":
            start += 1
    rest = text[start:].strip()
    if rest:
        yield start, rest
