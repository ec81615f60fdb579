"""One pass over the digits of a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from copilot.text.facts.numbers import NUMBER, parse_number

ANY_NUMBER = re.compile(NUMBER)

#: True when a stretch of the text, as first written, holds a capital letter.
Capital = Callable[[int, int], bool]


class Scan:
    """One pass over the digits of a text: each reader takes what stands at ``here``."""

    def __init__(self, text: str, language: str, closed: bytearray, capital: Capital) -> None:
        self.capital = capital
        self.text = text
        self.language = language
        self.closed = closed

    def before(self, start: int, length: int = 32) -> str:
        """Up to ``length`` characters before ``start``, on the same line."""
        return self.text[max(0, start - length) : start].rpartition("\n")[2]

    def values(self, written: str, decimal: str = "") -> tuple[Decimal, ...]:
        """The value of ``written`` in the language, then its other reading when there is one (``1,500``)."""
        own = decimal or ("." if self.language == "en" else ",")
        first = parse_number(written, own)
        other = parse_number(written, "," if own == "." else ".")
        return (first,) if first == other else (first, other)
