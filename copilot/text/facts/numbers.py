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

_UNITS = {
    **{"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11},
    **{"douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "dix-sept": 17, "dix-huit": 18},
    **{"dix-neuf": 19, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10},
    **{"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17},
    **{"eighteen": 18, "nineteen": 19},
}
_TENS = {
    **{"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "twenty": 20, "thirty": 30},
    **{"forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90},
}
#: Numbers written in words that people use before a noun: up to twenty, the tens and what they make, a hundred.
SPELLED = {
    **_UNITS,
    **_TENS,
    **{f"{tens}-{unit}": ten + one for tens, ten in _TENS.items() for unit, one in _UNITS.items() if one < 10},
    **{"soixante-dix": 70, "quatre-vingts": 80, "quatre-vingt": 80, "quatre-vingt-dix": 90, "cent": 100, "mille": 1000},
}
#: The same as a pattern, the longest first.
SPELLED_WORDS = "|".join(sorted(SPELLED, key=len, reverse=True))

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
