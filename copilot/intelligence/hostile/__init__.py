"""Comments that give orders to whatever machine reads them: a warning for people, never a decision.

A comment is data whatever it says; what protects is how prompts quote it and what is checked in an answer. This only
raises a badge, so that a person looks twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import exp

from copilot.domain.wording import Wording
from copilot.intelligence.hostile.glance import LONG, is_ordinary
from copilot.intelligence.hostile.model import bounds, features, gain, is_calm, margin
from copilot.intelligence.hostile.patterns import NAMES, Found, found_in, found_of, may_hold
from copilot.intelligence.hostile.unmasking import may_hide, plain, uncovered
from copilot.intelligence.hostile.words import letters, plain_words, tokens

__all__ = ["Hostility", "hostility", "is_hostile", "screened"]

#: Characters of a text that are read from its beginning and as many from its end (a model is shown no more), by pieces
#: that overlap a little.
MOST_CHARS, PIECE, OVERLAP = 8_000, 2_000, 200
#: A text longer than ``LONG`` is also read sentence by sentence, short ones together: an order may end a long story.
TOGETHER = 80
#: A text this short without a pattern says too little for the model.
FEW_WORDS = 3
#: Ways of hiding a sentence that nobody uses by chance.
NEVER_BY_CHANCE = frozenset({"tags"})
#: Characters of the words shown as the reason, reasons told.
SHOWN, TOLD = 60, 3


@dataclass(frozen=True, slots=True)
class Hostility:
    """What the screen says of a text: ``why`` names the turns of phrase, ``score`` is 0 to 1 (above 0.5: hostile)."""

    hostile: bool
    why: tuple[Wording, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text read once: what the model says (above 0: hostile), the names and words of the patterns found."""

    margin: float
    found: tuple[tuple[str, str], ...] = ()


_SENTENCE = re.compile(r"[^.!?;\n…()\[\]]{0,400}[.!?;\n…()\[\]]{0,9}+\s{0,9}+", re.DOTALL)
_CALM = _Reading(-5.0)
_SURE = 5.0


def is_hostile(text: str) -> bool:
    """Whether ``text`` seems to give orders to a machine: any text, of which 16,000 characters are read."""
    if len(text) <= PIECE:
        return _piece_gives_orders(text)
    return any(map(_piece_gives_orders, pieces(text)))


def hostility(text: str) -> Hostility:
    """What seems to give orders in ``text``, and how sure the screen is."""
    read = _read(text)
    hostile = read.margin > 0
    return Hostility(hostile, _told(read, text) if hostile else (), 1 / (1 + exp(-max(-30.0, min(30.0, read.margin)))))


def screened(texts: Iterable[str]) -> Iterator[bool]:
    """:func:`is_hostile` of many texts, in order; texts said many times are read once."""
    known = lru_cache(maxsize=4096)(is_hostile)
    yield from map(known, texts)


def pieces(text: str) -> list[str]:
    """What is read of ``text``: whole when short, else its beginning and end in pieces."""
    if len(text) <= PIECE:
        return [text]
    read = [text] if len(text) <= 2 * MOST_CHARS else [text[:MOST_CHARS], text[-MOST_CHARS:]]
    return [part[at : at + PIECE] for part in read for at in range(0, max(1, len(part) - OVERLAP), PIECE - OVERLAP)]


def _read(text: str) -> _Reading:
    read = [_read_view(low, way) for piece in pieces(text) for way, low in _views(piece)]
    return max([_CALM, *read], key=lambda one: one.margin)


def parts(low: str) -> list[str]:
    """The sentences of a long text, short ones with what they follow; none of a short text."""
    if len(low) <= LONG:
        return []
    told, part, last = [], "", ""
    for match in _SENTENCE.finditer(low):
        part, last = part + match.group(), match.group()
        if len(part) >= TOGETHER:
            told.append(part)
            part = last if len(last) < TOGETHER else ""
    return [*told, part] if part and part != last else told


def _views(piece: str) -> Iterator[tuple[str, str]]:
    """What is to be read of a text: itself unless it is calm (hidden ``""``), and what it hides by some way."""
    low = plain(piece)
    return _views_of(piece, low, plain_words(low))


def _views_of(piece: str, low: str, words: list[str]) -> Iterator[tuple[str, str]]:
    """:func:`_views` of a piece whose plain form and words are known."""
    if not is_calm(words):
        yield "", low
    for part in parts(low) if len(low) > LONG else ():
        if not is_calm(plain_words(part)):
            yield "", part
    if may_hide(piece, low, words):
        yield from uncovered(piece, low, words)


def _piece_gives_orders(piece: str) -> bool:
    if is_ordinary(piece):
        return False
    low = plain(piece)
    words = plain_words(low)
    if len(low) <= LONG and is_calm(words):
        return may_hide(piece, low, words) and any(
            _gives_orders(view, way) for way, view in uncovered(piece, low, words)
        )
    return any(_gives_orders(view, way) for way, view in _views_of(piece, low, words))


def _gives_orders(low: str, way: str) -> bool:
    """Whether :func:`_read_view` would say more than 0, looking for patterns only where they may change that."""
    if way in NEVER_BY_CHANCE:
        return True
    words = tokens(low)
    kinds = f"^{letters(words)}^"
    worth = may_hold(low, words, kinds)
    if not way and len(words) < FEW_WORDS and not found_of(worth, low, kinds):
        return False
    said, (least, most) = margin(features(words, kinds), ()), bounds(worth)
    if said + most > 0 >= said + least:
        least = gain([one.number for one in found_of(worth, low, kinds)])
    return said + least > 0


def _read_view(low: str, way: str) -> _Reading:
    """One reading of a text, with how it was hidden (``""``: it was not)."""
    words = tokens(low)
    kinds = f"^{letters(words)}^"
    found = found_in(low, words, kinds)
    if not found and not way and len(words) < FEW_WORDS:
        return _CALM
    told = [(one.pattern.name, _words_of(one, low, words)) for one in found]
    if way:
        told.insert(0, ("hidden", low[:SHOWN]))
    said = margin(features(words, kinds), [one.number for one in found])
    return _Reading(max(said, _SURE) if way in NEVER_BY_CHANCE else said, tuple(told))


def _words_of(one: Found, low: str, words: list[str]) -> str:
    """The words a pattern found, as plain text."""
    if one.pattern.letters:
        return " ".join(words[max(0, one.start - 1) : one.end - 1])[:SHOWN]
    return " ".join(low[one.start : one.end].split())[:SHOWN]


def _told(read: _Reading, text: str) -> tuple[Wording, ...]:
    """The reasons, each turn of phrase once, what was found first in the order of their names."""
    first: dict[str, str] = {}
    for name, words in read.found:
        first.setdefault(name, words)
    if not first:
        return (Wording("hostile.why.model", {"words": " ".join(text[: 4 * SHOWN].split())[:SHOWN]}),)
    named = sorted(first, key=NAMES.index)[:TOLD]
    return tuple(Wording(f"hostile.why.{name}", {"words": _as_written(first[name], text)}) for name in named)


def _as_written(words: str, text: str) -> str:
    """``words`` with the capitals, accents and signs they have in ``text``; as they are where they stand hidden."""
    flat = "".join(map(_base, text[: 2 * MOST_CHARS]))
    found = re.search(r"[\W_]{1,9}".join(map(re.escape, words.split())), flat)
    return " ".join(text[found.start() : found.end()].split())[:SHOWN] if found else words


@lru_cache(maxsize=2048)
def _base(letter: str) -> str:
    """One small letter for ``letter``, without its accent."""
    return letter if letter in "abcdefghijklmnopqrstuvwxyz " else unicodedata.normalize("NFKD", letter)[0].lower()[:1]
