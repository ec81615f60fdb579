"""Comments that give orders to whatever machine reads them: a warning for people, never a decision.

A comment is data whatever it says; what protects is how prompts quote it and what is checked in an answer. This only
raises a badge, so that a person looks twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from copilot.domain.wording import Wording
from copilot.intelligence.hostile.model import features, scores
from copilot.intelligence.hostile.patterns import NAMES, OF_LETTERS, TELLING, Found, in_letters, in_plain
from copilot.intelligence.hostile.unmasking import MOST_CHARS, plain, uncovered
from copilot.intelligence.hostile.words import MOST_CHARS as MOST_OF_A_PIECE
from copilot.intelligence.hostile.words import letters, tokens

__all__ = ["Hostility", "hostility", "is_hostile", "screened"]

#: From which the model of words calls a text hostile: with a pattern found, and without one.
WITH_PATTERN, WITHOUT_PATTERN = -1.25, 0.5
#: From which the model of orders does.
ORDERS = -0.5
#: Characters of the words shown as the reason, reasons told.
SHOWN, TOLD = 60, 3


@dataclass(frozen=True, slots=True)
class Hostility:
    """What the screen says of a text: ``why`` names the turns of phrase, ``score`` is 0 to 1 (0.5 and up: hostile)."""

    hostile: bool
    why: tuple[Wording, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text read once: what its patterns found, and what the models say."""

    sure: bool
    found: tuple[tuple[str, str], ...]
    margin: float


_CALM = _Reading(False, (), -5.0)


def is_hostile(text: str) -> bool:
    """Whether ``text`` seems to give orders to a machine. Any text; its first 24,000 characters and last 6,000 are read."""
    return _is_hostile(_read(text))


def hostility(text: str) -> Hostility:
    """What seems to give orders in ``text``, and how sure the screen is."""
    read = _read(text)
    hostile = _is_hostile(read)
    why = _told(read, text) if hostile else ()
    likely = 1 / (1 + 2.718281828 ** -max(-30.0, min(30.0, read.margin)))
    return Hostility(hostile, why, max(likely, 0.95) if read.sure else likely)


def screened(texts: Iterable[str]) -> Iterator[bool]:
    """:func:`is_hostile` of many texts, in order; texts said many times are read once."""
    known = lru_cache(maxsize=4096)(is_hostile)
    yield from map(known, texts)


def _is_hostile(read: _Reading) -> bool:
    return read.sure or read.margin > 0


def _read(text: str) -> _Reading:
    if len(text) <= MOST_OF_A_PIECE:
        return _read_piece(text)
    best = _CALM
    for start in range(0, min(len(text), MOST_CHARS), MOST_OF_A_PIECE):
        best = max(best, _read_piece(text[start : start + MOST_OF_A_PIECE]), key=_weight)
    if len(text) > MOST_CHARS:
        best = max(best, _read_piece(text[-MOST_OF_A_PIECE:]), key=_weight)
    return best


def _weight(read: _Reading) -> tuple[bool, float]:
    return read.sure, read.margin


def _read_piece(text: str) -> _Reading:
    low = plain(text)
    words = tokens(low)
    best = _read_view(low, words, "")
    for way, other in uncovered(text, low, words):
        best = max(best, _read_view(other, tokens(other), way), key=_weight)
    return best


def _read_view(low: str, words: list[str], way: str) -> _Reading:
    """One reading of a text, with how it was hidden (``""``: it was not)."""
    kinds = f"^{letters(words)}^"
    if TELLING.isdisjoint(kinds) and low.isascii() and not way:
        return _CALM
    found = [*in_letters(kinds), *in_plain(low, words)]
    sure = any(one.pattern.sure for _number, one in found)
    if not found and not way and len(words) < _FEW_WORDS:
        return _CALM
    said, ordered = scores(features(words, kinds), [number for number, _one in found])
    margin = max(said - (WITH_PATTERN if found else WITHOUT_PATTERN), ordered - ORDERS)
    told = tuple((one.pattern.name, _words_of(number, one, low, words)) for number, one in found)
    return _Reading(sure or (way in _NEVER_BY_CHANCE), ((("hidden", low[:SHOWN]), *told) if way else told), margin)


#: A text this short without a pattern says too little for the model.
_FEW_WORDS = 3
#: Ways of hiding a sentence that nobody uses by chance.
_NEVER_BY_CHANCE = frozenset({"tags"})


def _words_of(number: int, one: Found, low: str, words: list[str]) -> str:
    """The words a pattern found, as plain text."""
    if number < len(OF_LETTERS):
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
    return tuple(Wording(f"hostile.why.{name}", {"words": first[name]}) for name in named)
