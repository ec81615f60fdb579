"""The text being read: composed (NFC), cut in tokens, with the characters already claimed by a fact."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from copilot.domain.post import FactKind, FoundFact

#: Spaces that may stand inside a fact: plain, no-break, narrow no-break, thin.
SPACE = "[ \u00a0\u202f\u2009]"

# A longer pile of combining marks is no letter of ours: left as it is, so that time stays linear.
_CLUSTER_MAX = 8
_CLUSTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]{1,8}(?![\u0300-\u036f])")

_TOKEN = re.compile(
    r"(?:[dljmtsncDLJMTSNC]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu|[Pp]resqu)['’](?=\w)"
    r"|\d+(?:[.,]\d+)*(?![\w])"
    r"|\w+(?:[-‑]\w+|['’]\w+)*"
)
# Signs that may stand between two words of one sentence.
_WITHIN = frozenset(" \u00a0\u202f\u2009,()[]/&'’-‑–*_")


class Token(NamedTuple):
    """A word, an elision (``l'``) or a number; ``initial`` when a sentence, a line or a cell begins with it."""

    text: str
    start: int
    end: int
    initial: bool


@dataclass(frozen=True, slots=True)
class Composed:
    """A text in NFC, with the way back: ``origin[i]`` is the offset of character ``i`` in the first text."""

    text: str
    origin: list[int] | None = None

    def original(self, text: str, fact: FoundFact) -> FoundFact:
        """``fact`` with its offsets and value taken from the first ``text``."""
        if self.origin is None:
            return fact
        start, end = self.origin[fact.start], self.origin[fact.end]
        return FoundFact(fact.kind, text[start:end], fact.normalised, start, end)


def compose(text: str) -> Composed:
    """``text`` with its accents composed."""
    if text.isascii() or not _CLUSTER.search(text):
        return Composed(text)
    parts: list[str] = []
    origin: list[int] = []
    position = 0
    for match in _CLUSTER.finditer(text):
        parts.append(text[position : match.start()])
        origin.extend(range(position, match.start()))
        letter = unicodedata.normalize("NFC", match.group())
        parts.append(letter)
        origin.extend([match.start()] * len(letter))
        position = match.end()
    parts.append(text[position:])
    origin.extend(range(position, len(text) + 1))
    return Composed("".join(parts), origin)


@dataclass(slots=True, eq=False)
class _Claims:
    taken: bytearray
    facts: list[FoundFact] = field(default_factory=list)


class Page:
    """A composed text under reading. Finders look at ``text`` and ``tokens``; claims never overlap."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        self._claims = _Claims(bytearray(len(text)))

    @property
    def facts(self) -> list[FoundFact]:
        """What was claimed so far, in the order of the finders."""
        return self._claims.facts

    @property
    def decimal(self) -> str:
        """The decimal mark of the language."""
        return "." if self.language == "en" else ","

    def free(self, start: int, end: int) -> bool:
        """True when no fact holds a character of ``text[start:end]``."""
        return self._claims.taken.find(1, start, end) < 0

    def next_taken(self, start: int, end: int) -> int:
        """Offset of the first claimed character from ``start``, ``end`` when there is none."""
        found = self._claims.taken.find(1, start, end)
        return end if found < 0 else found

    def block(self, start: int, end: int) -> None:
        """Keep every finder out of ``text[start:end]``."""
        self._claims.taken[start:end] = b"\x01" * (end - start)

    def claim(self, fact: FoundFact) -> None:
        """Keep ``fact`` when its characters are free."""
        if fact.end > fact.start and self.free(fact.start, fact.end):
            self.block(fact.start, fact.end)
            self._claims.facts.append(fact)

    def fact(self, kind: FactKind, start: int, end: int, normalised: str | None = None) -> FoundFact:
        """The fact at ``text[start:end]``; without ``normalised``, the text with its spaces collapsed."""
        value = self.text[start:end]
        return FoundFact(kind, value, " ".join(value.split()) if normalised is None else normalised, start, end)

    def before(self, start: int, length: int = 40) -> str:
        """Up to ``length`` characters before ``start``, on the same line."""
        return self.text[max(0, start - length) : start].rpartition("\n")[2]

    def after(self, end: int, length: int = 40) -> str:
        """Up to ``length`` characters from ``end``, on the same line."""
        return self.text[end : end + length].partition("\n")[0]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Words, elisions and numbers, in order."""
        tokens = []
        position = 0
        for match in _TOKEN.finditer(self.text):
            gap = self.text[position : match.start()]
            initial = position == 0 or not _WITHIN.issuperset(gap)
            tokens.append(Token(match.group(), match.start(), match.end(), initial))
            position = match.end()
        return tuple(tokens)
