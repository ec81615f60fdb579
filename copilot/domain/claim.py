"""What a draft claims, and what the sources say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ClaimKind(StrEnum):
    """What a claim is about."""

    PRICE = "price"
    PERCENTAGE = "percentage"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    QUANTITY = "quantity"
    PLACE = "place"
    NAME = "name"
    LINK = "link"
    EMAIL = "email"
    PHONE = "phone"
    HANDLE = "handle"
    ORDER_NUMBER = "order_number"
    PROMISE = "promise"


class ClaimStatus(StrEnum):
    """What the sources say: ``COPIED`` is a way to reach somebody that only others wrote."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    EXPIRED = "expired"
    UNSUPPORTED = "unsupported"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of a text: ``text[start:end] == quote``, offsets in Python characters.

    ``normalised`` is comparable across spellings and languages: ``3490 EUR``, ``15 %``, ``2027-03-03``, ``--03-03``
    (no year), ``sat``, ``14:30``, ``2880 min``, ``12 mo``, ``2 velo``, ``refund``.
    """

    kind: ClaimKind
    start: int
    end: int
    quote: str
    normalised: str


@dataclass(frozen=True, slots=True)
class Source:
    """A text a draft may rely on; ``trusted`` is False for what others wrote. ``valid_until`` is its last good day."""

    name: str
    text: str
    valid_until: date | None = None
    trusted: bool = True

    def is_valid_on(self, day: date) -> bool:
        """True while the source may be relied on."""
        return self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim and its status; ``quote`` is verbatim ``source.text[start:end]``.

    ``source`` is empty and the span zero when no source speaks of it. For a contradiction, the quote is the other
    value the source gives.
    """

    claim: Claim
    status: ClaimStatus
    source: str = ""
    quote: str = ""
    start: int = 0
    end: int = 0
