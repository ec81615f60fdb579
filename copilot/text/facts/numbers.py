"""Numbers as people write them: ``3 490``, ``3.490,00``, ``3,490.00``, ``12,5``."""

from __future__ import annotations

import re
from decimal import Decimal

_GROUP = "[ \u00a0\u202f\u2009'’]"

#: A number, grouped or not. It never begins or ends inside a longer one.
NUMBER = (
    r"(?<![\d])(?<!\d[.,])(?:"
    rf"\d{{1,3}}(?:{_GROUP}\d{{3}}){{1,4}}(?:[.,]\d{{1,3}})?"
    r"|\d{1,3}(?:\.\d{3}){1,4},\d{1,3}"
    r"|\d{1,3}(?:,\d{3}){1,4}\.\d{1,3}"
    r"|\d{1,3}(?:[.,]\d{3}){2,4}"
    r"|\d{1,12}(?:[.,]\d{1,3})?"
    r")(?!\d)"
)

_NOT_DIGITS = re.compile(r"[^\d.,]")


def parse_number(written: str, decimal: str = ",") -> Decimal:
    """The value of ``written``, which :data:`NUMBER` matched.

    With two kinds of marks the last is the decimal one; a mark met twice groups thousands; a single mark that is not
    ``decimal`` and stands before exactly three digits groups thousands too.
    """
    digits = _NOT_DIGITS.sub("", written)
    marks = [sign for sign in digits if sign in ".,"]
    if not marks:
        return Decimal(digits)
    mark = marks[-1]
    whole, _, rest = digits.rpartition(mark)
    if len(set(marks)) == 1 and (
        len(marks) > 1 or (mark != decimal and len(rest) == 3 and len(whole) <= 3 and whole.strip("0"))
    ):
        return Decimal(digits.replace(mark, ""))
    return Decimal(f"{whole.replace('.', '').replace(',', '')}.{rest}")


def plain(value: Decimal, places: int = 0) -> str:
    """``value`` without useless zeros nor exponent; ``places`` decimals at least when it is not whole."""
    if value == value.to_integral_value():
        return str(int(value))
    shown = format(value.normalize(), "f")
    missing = places - len(shown.partition(".")[2])
    return shown + "0" * max(0, missing)
