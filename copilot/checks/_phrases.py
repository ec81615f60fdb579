"""Phrases of a text, found whatever their case, accents, apostrophes and spaces.

A text is folded once for all rules; each group of expressions says how the words it needs begin, so that a text
without them costs nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

_SAME = {
    **dict.fromkeys(map(ord, "’‘ʼ´`ʹ′＇"), "'"),
    **dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007\u3000\t"), " "),
    **dict.fromkeys(map(ord, "‐‑−–"), "-"),
}
_MARK = re.compile(r"[\u0300-\u036f]")
_CHUNK = re.compile(r"\S+")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|(?<!\w)\"[^\"\n]*\"")
_INNER_DOT = re.compile(r"\w[./]{1,3}[a-z0-9]", re.IGNORECASE)
_MISSING_SPACE = re.compile(r"[a-zà-ÿ][.][A-ZÀ-Ý][a-zà-ÿ]")
#: Enough to show, and to look closer at without taking more than linear time.
MOST = 40
#: The start of an emoji.
EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u26ff\u2705\u2728\u2744\u274c\u2753-\u2757\u2763\u2764\u27a1\u2b50\u2b55\u231a\u231b\u23e9-\u23f3\u23f0]"
)
_WORD = re.compile(r"\w+")
_END = re.compile(r"(?<![.!?…])[.!?…]++(?=\s|\Z)|\n+")
_DENIAL = re.compile(
    r"\b(?:ne|n'|not|never|n't|sans|without|don't|inutile de|pas besoin de|no need to|(?:eviter?|evitez) de|jamais)"
    r"(?:\s+(?:pas|plus|jamais|surtout|nous|vous|te|me|lui|leur|y|to|ever|de|d'|have|need|us|a))*[\s']*\Z"
)


class _Folding(dict[int, str]):
    """One character for each: lower case, without accent. Only what Latin letters need is kept in memory."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if code > 0x2FF:
            return char
        bare = unicodedata.normalize("NFD", char)[0].lower()
        self[code] = bare if len(bare) == 1 else char
        return self[code]


_FOLDING = _Folding(_SAME)


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A text ready to be searched. ``plain`` is folded; quotations, links, tags and handles are blank in ``prose``."""

    text: str
    plain: str
    prose: str
    beginnings: frozenset[str]
    places: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``[start:end]`` of the folded text stands in ``text``, marks included."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end]

    def written(self, start: int, end: int) -> str:
        """What stands in ``text`` at ``[start:end]`` of the folded text."""
        first, last = self.span(start, end)
        return self.text[first:last]

    def has(self, beginnings: frozenset[str]) -> bool:
        """Whether a word begins with one of ``beginnings`` (four letters, or a whole shorter word)."""
        return not self.beginnings.isdisjoint(beginnings)


@lru_cache(maxsize=16)
def page(text: str) -> Page:
    """``text`` folded, once for all the rules that read it."""
    places: tuple[int, ...] | None = None
    bare = text
    if not text.isascii() and _MARK.search(text):
        kept = [(index, char) for index, char in enumerate(text) if not "\u0300" <= char <= "\u036f"]
        bare = "".join(char for _, char in kept)
        places = (*(index for index, _ in kept), len(text))
    plain = bare.translate(_FOLDING)
    prose = _without_quotes(bare).translate(_FOLDING)
    return Page(text, plain, prose, frozenset(word[:4] for word in _WORD.findall(prose)), places)


def _without_quotes(text: str) -> str:
    if any(sign in text for sign in '«“"'):
        text = _QUOTED.sub(lambda match: " " * len(match.group()), text)
    return _CHUNK.sub(_blank, text) if any(sign in text for sign in "@#＃./") else text


def _blank(match: re.Match[str]) -> str:
    chunk = match.group()
    if any(sign in chunk for sign in "@#＃") or "://" in chunk or chunk.startswith("www."):
        return " " * len(chunk)
    if "." in chunk and _INNER_DOT.search(chunk) and not _MISSING_SPACE.search(chunk):
        return " " * len(chunk)
    return chunk


@dataclass(frozen=True, slots=True)
class Hit:
    """An expression found: where it stands in the folded text, and the groups of its pattern."""

    start: int
    end: int
    match: re.Match[str]


class Phrases:
    """Groups of expressions. The key of each says how words it cannot do without begin: four letters, or fewer."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        self._groups = tuple((frozenset(word[:4] for word in key.split()), pattern) for key, pattern in groups.items())

    def find(self, where: Page, *, quoted: bool = False) -> Iterator[Hit]:
        """Every hit, group after group; in quotations and links too when ``quoted``."""
        for beginnings, pattern in self._groups:
            if where.has(beginnings):
                for match in compiled(pattern).finditer(where.plain if quoted else where.prose):
                    yield Hit(match.start(), match.end(), match)

    def apart(self, where: Page) -> list[Hit]:
        """The first hits in the order of the text, ``MOST`` at most, the longest of those that overlap."""
        found: list[Hit] = []
        for hit in sorted(self.find(where), key=lambda one: (one.start, -one.end)):
            if not found or hit.start >= found[-1].end:
                found.append(hit)
            if len(found) == MOST:
                break
        return found


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """``pattern``, of whole words: a space stands for any run of them (``" ?"`` for none as well)."""
    spaced = pattern.replace("oe", "(?:oe|œ)").replace(" ?", r"\s*").replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)")


def denied(where: Page, start: int) -> bool:
    """Whether what begins at ``start`` is denied: "ne donnez pas", "never share"."""
    return _DENIAL.search(where.prose, max(0, start - 40), start) is not None


@lru_cache(maxsize=6)
def sentences(where: Page) -> tuple[tuple[int, int], ...]:
    """The sentences and lines of the folded text, as spans."""
    spans: list[tuple[int, int]] = []
    at = 0
    for match in _END.finditer(where.plain):
        if where.plain[at : match.start()].strip():
            spans.append((at, match.end()))
        at = match.end()
    if where.plain[at:].strip():
        spans.append((at, len(where.plain)))
    return tuple(spans)


def sentence_at(where: Page, place: int) -> int:
    """The number of the sentence ``place`` is in; that of the last one before it otherwise."""
    from bisect import bisect_right

    return max(0, bisect_right(sentences(where), (place, len(where.plain) + 1)) - 1)


def any_of(words: Iterable[str]) -> str:
    """An alternation of ``words``."""
    return f"(?:{'|'.join(words)})"
