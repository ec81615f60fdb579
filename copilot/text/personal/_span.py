"""What a finder says, and signs several finders share."""

from __future__ import annotations

import re
from typing import NamedTuple

#: Kinds of personal details, as they are named outside.
KINDS = ("PERSON", "HANDLE", "EMAIL", "PHONE", "IBAN", "CARD", "NIR", "REF", "ADDRESS", "BIRTHDATE", "IP", "PLATE")

#: Spaces that may stand inside a detail: plain, no-break, narrow no-break.
S = "[ \u00a0\u202f]"

_NOT_DIGITS = re.compile(r"\D")


class PersonalSpan(NamedTuple):
    """``text[start:end]`` is of ``kind``, one of :data:`KINDS`."""

    kind: str
    start: int
    end: int


def digits_of(written: str) -> str:
    """The digits of ``written``."""
    return _NOT_DIGITS.sub("", written)


def said_before(text: str, start: int, cue: re.Pattern[str], reach: int = 40) -> bool:
    """True when ``cue`` is found in the ``reach`` characters before ``start``, on its line."""
    return cue.search(text[max(0, start - reach) : start].rpartition("\n")[2]) is not None
