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
    *("sorting", "hidden", "model"),
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
    """Which patterns a text may hold: by letter needed; as bits, by the first letters of a word, by a sign.

    ``also``: by first letters too, those that need another word; ``free``: those that need none.
    """

    needs: tuple[tuple[frozenset[str], int], ...]
    begins: dict[str, int]
    also: dict[str, int]
    signs: dict[str, int]
    free: int


@lru_cache(maxsize=1)
def patterns() -> tuple[Pattern, ...]:
    """Every pattern; its number is its place."""
    told = lexicon()
    of_letters = [Pattern(one["name"], _over_letters(one["expression"]), True) for one in told["letters"]]
    of_plain = [Pattern(one["name"], _over_plain(one["expression"], told["parts"]), False) for one in told["plain"]]
    return (*of_letters, *of_plain)


def found_in(low: str, words: Iterable[str], kinds: str) -> list[Found]:
    """Each pattern that a text holds, once. ``low`` is its plain form, ``words`` its words, ``kinds`` their letters."""
    return found_of(may_hold(low, words, kinds), low, kinds)


def may_hold(low: str, words: Iterable[str], kinds: str) -> list[int]:
    """The numbers of the patterns that a text may hold: few for most, and this costs little."""
    index = _index()
    return [number for needed, number in index.needs if not needed.isdisjoint(kinds)] + _worth_trying(index, low, words)


def found_of(numbers: Iterable[int], low: str, kinds: str) -> list[Found]:
    """Those of the patterns of these ``numbers`` that a text holds."""
    known, found = patterns(), []
    for number in numbers:
        pattern = known[number]
        if match := pattern.expression.search(kinds if pattern.letters else low):
            found.append(Found(number, pattern, *match.span()))
    return found


def _worth_trying(index: _Index, low: str, words: Iterable[str]) -> list[int]:
    """The numbers of the patterns of plain text that ``low`` may hold."""
    begun, held = 0, index.free
    for start in {word[:_FIRST] for word in words}:
        begins, also = _told_by(start)
        begun |= begins
        held |= also
    for sign, several in index.signs.items():
        if sign in low:
            begun |= several
    left, numbers = begun & held, []
    while left:
        lowest = left & -left
        numbers.append(lowest.bit_length() - 1)
        left ^= lowest
    return numbers


@lru_cache(maxsize=20_000)
def _told_by(start: str) -> tuple[int, int]:
    """The patterns that a word of this beginning may begin, those of which it may be the other word needed."""
    index = _index()
    starts = [start[:length] for length in range(1, len(start) + 1)]
    begins = also = 0
    for one in starts:
        begins |= index.begins.get(one, 0)
        also |= index.also.get(one, 0)
    return begins, also


@lru_cache(maxsize=1)
def _index() -> _Index:
    told = lexicon()
    begins: dict[str, int] = {}
    also: dict[str, int] = {}
    signs: dict[str, int] = {}
    free = 0
    for number, one in enumerate(told["plain"], len(told["letters"])):
        bit = 1 << number
        for known, starts in (
            (begins, one["begins"].split()),
            (also, one.get("also", "").split()),
            (signs, one.get("signs", "")),
        ):
            for start in starts:
                known[start[:_FIRST]] = known.get(start[:_FIRST], 0) | bit
        free |= 0 if "also" in one else bit
    needs = tuple((frozenset(one["needs"]), number) for number, one in enumerate(told["letters"]))
    return _Index(needs, begins, also, signs, free)


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
