"""An item: one post variant or one reply on its way from draft to published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from copilot.domain.package import Package
from copilot.domain.post import Hashtag


class ItemKind(StrEnum):
    """What an item is."""

    POST = "post"
    REPLY = "reply"


class Status(StrEnum):
    """Where an item stands. Rejected items are ``archived``, with the decision that says so."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    UNKNOWN = "unknown"
    FAILED = "failed"
    MISSED = "missed"
    ARCHIVED = "archived"


#: Statuses an item can only hold while its approval hash equals its package hash.
NEEDS_APPROVAL = frozenset(
    {
        Status.APPROVED,
        Status.SCHEDULED,
        Status.PUBLISHING,
        Status.PUBLISHED,
        Status.UNKNOWN,
        Status.FAILED,
        Status.MISSED,
    }
)


@dataclass(frozen=True, slots=True)
class PlannedTime:
    """A local wall-clock time and its zone: what the person meant, whatever the clocks do.

    ``local`` is naive, to the minute; ``zone`` an IANA name such as ``Europe/Paris``.
    """

    local: datetime
    zone: str

    @property
    def aware(self) -> datetime:
        """The instant it names."""
        return self.local.replace(tzinfo=ZoneInfo(self.zone))

    def __str__(self) -> str:
        return f"{self.local:%Y-%m-%dT%H:%M}[{self.zone}]"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a video that goes out with the item: digest of its bytes and its alt text."""

    sha256: str
    alt: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """A person said yes to exactly the package of this hash."""

    package_hash: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One outgoing thing. ``id`` 0 means not stored; ``revision`` grows by one at every change.

    ``writer`` is ``playbook``, ``chain`` or ``person``; ``edited`` is True once a person changed the proposal.
    """

    id: int
    kind: ItemKind
    network: str
    account: str
    language: str
    text: str
    hashtags: tuple[Hashtag, ...] = ()
    media: tuple[Media, ...] = ()
    planned: PlannedTime | None = None
    brand_id: str = ""
    brief_id: int | None = None
    message_id: int | None = None
    answers: str | None = None
    variant: int = 1
    structure: str = ""
    writer: str = "playbook"
    edited: bool = False
    author: str = ""
    status: Status = Status.DRAFT
    approval: Approval | None = None
    revision: int = 1
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def package(self) -> Package:
        """The outgoing bytes of this item as it stands."""
        return Package(
            kind=self.kind.value,
            network=self.network,
            account=self.account,
            text=self.text,
            hashtags=tuple(hashtag.tag for hashtag in self.hashtags),
            alt_texts=tuple(media.alt for media in self.media),
            media=tuple(media.sha256 for media in self.media),
            planned=str(self.planned) if self.planned else None,
            answers=self.answers,
        )

    @property
    def outgoing_text(self) -> str:
        """The text as it goes out, hashtags included."""
        return self.package.outgoing_text


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """What an item's text was at one revision; revision 1 is the proposal."""

    item_id: int
    revision: int
    text: str
    hashtags: tuple[str, ...]
    package_hash: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TakenAway:
    """Drafts made together, taken away together, by their ids: ``gone`` are archived, ``kept`` a person took further.

    What was archived before, or is there no more, is in neither.
    """

    gone: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()
