"""Turns of phrase that give orders to whatever machine reads a comment, in French and English (a few in German).

Each is of one of two kinds: of *letters* (the kinds of words, see :mod:`.words`) or of the *plain* text. Every one is
named by what it looks for: ``hostile.why.<name>`` in the catalogues says it to people. They are written in
``assets/lexicons/hostile.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from copilot.intelligence.hostile.lexicon import lexicon

#: What a turn of phrase may be named, in the order they are said to people.
NAMES = (
    *("override", "prompt", "persona", "answer", "language", "promise", "tags", "authority", "coded", "attack"),
    *("hidden", "model"),
)
#: What parts two words.
_GAP = r"[\s'’\"«»“”:,()-]{1,4}"
#: Before an order, in letters: the start of a sentence, a pause, a politeness, "now", "you", "just".
_AT = "(?:(?<=[\\^,QhFNYBZ])|(?<=[\\^,][^^])|(?<=[YDFh][DS]))"
_SET = re.compile(r"(\[(?:\\.|[^\]\\])+\])")
#: Letters that tell a beginning, at most.
_FIRST = 3


@dataclass(frozen=True, slots=True)
class Pattern:
    """One turn of phrase: its name and expression. ``letters``: over kinds of words, else over the plain text."""

    name: str
    expression: re.Pattern[str]
    letters: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern found, its ``number``, and where: places of words for one of letters, of characters for another."""

    number: int
    pattern: Pattern
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Index:
    """Which patterns a text may hold: numbers by letter needed, by the first letters of a word, by a sign."""

    needs: tuple[tuple[frozenset[str], int], ...]
    begins: dict[str, tuple[int, ...]]
    signs: dict[str, tuple[int, ...]]


@lru_cache(maxsize=1)
def patterns() -> tuple[Pattern, ...]:
    """Every pattern; its number is its place."""
    told = lexicon()
    of_letters = [Pattern(one["name"], _over_letters(one["expression"]), True) for one in told["letters"]]
    of_plain = [Pattern(one["name"], _over_plain(one["expression"], told["parts"]), False) for one in told["plain"]]
    return (*of_letters, *of_plain)


def found_in(low: str, words: Iterable[str], kinds: str) -> list[Found]:
    """Each pattern that a text holds, once. ``low`` is its plain form, ``words`` its words, ``kinds`` their letters."""
    index, known, found = _index(), patterns(), []
    for needed, number in index.needs:
        if not needed.isdisjoint(kinds) and (match := known[number].expression.search(kinds)):
            found.append(Found(number, known[number], *match.span()))
    for number in _worth_trying(index, low, words):
        if match := known[number].expression.search(low):
            found.append(Found(number, known[number], *match.span()))
    return found


def _worth_trying(index: _Index, low: str, words: Iterable[str]) -> list[int]:
    """The numbers of the patterns of plain text that may begin somewhere in ``low``."""
    starts = {word[:length] for word in words for length in range(1, _FIRST + 1)}
    numbers = {number for start in starts.intersection(index.begins) for number in index.begins[start]}
    numbers.update(number for sign, several in index.signs.items() if sign in low for number in several)
    return sorted(numbers)


@lru_cache(maxsize=1)
def _index() -> _Index:
    told = lexicon()
    begins: dict[str, list[int]] = {}
    signs: dict[str, list[int]] = {}
    for number, one in enumerate(told["plain"], len(told["letters"])):
        for start in one["begins"].split():
            begins.setdefault(start[:_FIRST], []).append(number)
        for sign in one.get("signs", ""):
            signs.setdefault(sign, []).append(number)
    needs = tuple((frozenset(one["needs"]), number) for number, one in enumerate(told["letters"]))
    return _Index(needs, _closed(begins), _closed(signs))


def _closed(several: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {start: tuple(dict.fromkeys(numbers)) for start, numbers in several.items()}


def _over_letters(expression: str) -> re.Pattern[str]:
    """``_`` stands for any word of the same sentence; the text's start and end are ends of sentences."""
    return re.compile(expression.replace("{at}", _AT).replace("_", "[^^]"))


def _over_plain(expression: str, parts: dict[str, str]) -> re.Pattern[str]:
    """Lines are joined; each space outside a set stands for what may part two words."""
    for name, part in parts.items():
        expression = expression.replace(f"{{{name}}}", part)
    pieces = _SET.split(expression.replace("\n", ""))
    spaced = "".join(piece if number % 2 else piece.replace(" ", _GAP) for number, piece in enumerate(pieces))
    return re.compile(f"(?<![a-z0-9])(?:{spaced})")
