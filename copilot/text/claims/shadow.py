"""A text made easy to read: no case, no accents, one kind of space and dash, number words written in digits."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from copilot.text.claims.numerals import rewrites
from copilot.text.facts.page import compose

_SPACES = "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_APOSTROPHES = "\u2018\u2019\u02bc\u2032`"


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """One character for one character, so that offsets hold."""
    table = {code: chr(code).lower() for code in range(0x41, 0x5B)}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFKD", chr(code).lower())[:1].lower()
        table[code] = base if len(base) == 1 else chr(code)
    table |= {ord(sign): " " for sign in _SPACES}
    table |= {ord(sign): "-" for sign in _DASHES}
    table |= {ord(sign): "'" for sign in _APOSTROPHES}
    return table


def plain_letters(text: str) -> str:
    """``text`` in lower case without accents, of the same length; spaces, dashes and apostrophes are the plain ones."""
    return text.translate(_table())


@dataclass(frozen=True, slots=True)
class Shadow:
    """A text under its three forms.

    ``text`` is composed (NFC), ``low`` the same without case or accents (same offsets), ``digits`` is ``low`` with its
    number words in digits. :meth:`place` and :meth:`origin` lead back to offsets of ``low`` and of the first text.
    """

    text: str
    low: str
    digits: str
    places: list[int] | None
    origins: list[int] | None

    def place(self, offset: int) -> int:
        """Offset in ``low`` of an offset in ``digits``."""
        return offset if self.places is None else self.places[offset]

    def origin(self, offset: int) -> int:
        """Offset in the first text of an offset in ``low``."""
        return offset if self.origins is None else self.origins[offset]


def shadow_of(text: str) -> Shadow:
    """The three forms of ``text``."""
    composed = compose(text)
    low = plain_letters(composed.text)
    digits, places = _rewritten(low)
    return Shadow(composed.text, low, digits, places, composed.origin)


def _rewritten(low: str) -> tuple[str, list[int] | None]:
    parts: list[str] = []
    places: list[int] = []
    position = 0
    for start, end, written in rewrites(low):
        parts += (low[position:start], written)
        places.extend(range(position, start))
        places.extend([start] * len(written))
        position = end
    if not parts:
        return low, None
    parts.append(low[position:])
    places.extend(range(position, len(low) + 1))
    return "".join(parts), places
