"""From brief to posts: what was read in a brief, hashtags with their reason, proposals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from copilot.domain.wording import Wording


class FactKind(StrEnum):
    """What a fact found in a text is about."""

    PRODUCT = "product"
    PRICE = "price"
    DATE = "date"
    TIME = "time"
    PERCENTAGE = "percentage"
    QUANTITY = "quantity"
    PLACE = "place"
    LINK = "link"
    EMAIL = "email"
    PHONE = "phone"
    CALL_TO_ACTION = "call_to_action"


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact read in a text: ``value`` verbatim, so that ``text[start:end] == value``.

    ``normalised`` is comparable across spellings: ``3490 EUR``, ``2027-03-03``, ``--03-03`` (no year),
    ``10:30``, ``15 %``, ``48 h``, lower-cased link or e-mail.
    """

    kind: FactKind
    value: str
    normalised: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Brief:
    """What a person wants to say, as plain text. ``id`` 0 means not stored."""

    id: int
    name: str
    text: str
    language: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Hashtag:
    """One hashtag without its ``#``, and why it is proposed."""

    tag: str
    reason: Wording


@dataclass(frozen=True, slots=True)
class PostProposal:
    """One variant for one network. ``structure`` names how it was built (or the prompt used)."""

    network: str
    text: str
    hashtags: tuple[Hashtag, ...]
    structure: str
    language: str
