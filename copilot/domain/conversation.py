"""Threads, messages, what triage says of them, and proposed replies."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from copilot.domain.wording import Wording


class Intent(StrEnum):
    """What a message wants (domain words shared by rules, models and people)."""

    QUESTION = "question"
    COMPLAINT = "complaint"
    PRAISE = "praise"
    SUGGESTION = "suggestion"
    MALINFORMED = "malinformed"
    TROLL = "troll"
    SPAM = "spam"
    PRIVATE_DATA_REQUEST = "private_data_request"
    DISTRESS = "distress"
    CRISIS_SIGNAL = "crisis_signal"
    OTHER = "other"


class Tone(StrEnum):
    """How a message sounds."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class Urgency(StrEnum):
    """SLA class: P0 30 min, P1 2 h, P2 8 working hours, P3 24 h, P4 no answer due."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class Risk(StrEnum):
    """What could happen if a message is left as it is, the gravest when several could."""

    NONE = "none"
    SPAM = "spam"
    ABUSE = "abuse"
    LEGAL = "legal"
    PERSONAL = "personal"
    SAFETY = "safety"


class Decider(StrEnum):
    """What settled the intent of a message."""

    RULES = "rules"
    SEMANTIC = "semantic"
    WORDS = "words"
    MODEL = "model"
    PERSON = "person"


class Approach(StrEnum):
    """The way a reply is built."""

    SHORT = "short"
    EMPATHIC = "empathic"
    FACTUAL = "factual"
    FIRM = "firm"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a message, as the network showed it."""

    name: str = ""
    handle: str = ""
    is_owner: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """A moment that is only known closely: ``at`` (aware, UTC) is the middle of a stretch ``within`` long."""

    at: datetime
    within: timedelta

    @property
    def is_hourly(self) -> bool:
        """Close enough to be told to the hour; a day is not."""
        return self.within <= timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Triage:
    """What the rules say of one message. ``why`` names the words and rules that decided.

    ``language`` is ``fr``, ``en``, another ISO 639-1 code, or ``und`` when the text is too short to tell.
    ``topics`` are the concerns recognised (delivery, refund, price, opening_hours...). ``explicit_toxic`` is what a
    list of words found, ``possibly_hateful`` what a model scored; ``hostile`` text tries to steer a model.
    ``confidence`` is the probability of ``intent``, from 0 to 1, None when only rules spoke.
    """

    language: str
    intent: Intent
    tone: Tone
    urgency: Urgency
    explicit_toxic: bool
    unsure: bool
    why: tuple[Wording, ...] = ()
    topics: tuple[str, ...] = ()
    possibly_hateful: bool = False
    hostile: bool = False
    risk: Risk = Risk.NONE
    confidence: float | None = None
    decided_by: Decider = Decider.RULES

    @property
    def gravest_first(self) -> tuple[str, bool, bool]:
        """What sorts the most urgent first; of those, who may be in danger before who calls for a boycott."""
        return self.urgency.value, self.risk is not Risk.SAFETY, self.unsure

    def tells(self, rule: str) -> bool:
        """True when ``rule`` is among the reasons."""
        named = (one.params.get("rule") for one in self.why)
        return any(isinstance(one, Wording) and one.key == f"triage.rule.{rule}" for one in named)


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a thread, its text kept verbatim. ``id`` 0 means not stored.

    ``created_at`` is an aware UTC time; ``created_rel`` keeps "3 h" when only that is known, and ``about`` is what that
    says where it is known when it was read: only there when ``created_at`` is not.
    ``parent_id`` is the external id of the parent, None at the root. ``edited_at`` is when its author changed it, as
    the network says; ``changed_at`` when a later import brought another text. ``answered``: a reply of ours is below.
    A ``deleted`` message keeps its place with the text that is left, most often none. ``link`` points at the message,
    never at a person.
    """

    id: int
    thread_id: int
    position: int
    external_id: str
    parent_id: str | None
    author: Author
    text: str
    created_at: datetime | None = None
    created_rel: str | None = None
    rating: float | None = None
    triage: Triage | None = None
    edited_at: datetime | None = None
    likes: int | None = None
    link: str = ""
    deleted: bool = False
    hidden: bool = False
    answered: bool = False
    changed_at: datetime | None = None
    about: About | None = None

    @property
    def sha256(self) -> str:
        """Hash a reply is bound to: author and text as the person read them."""
        body = json.dumps(
            [self.external_id, self.author.name, self.author.handle, self.text],
            ensure_ascii=False,
            separators=(",", ":"),
        )
        return hashlib.sha256(b"replique-message/1\n" + body.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation a person loaded. ``post_text`` is the post being commented, when known.

    ``origin`` is what the network calls it, to recognise it in a later export; empty when the file does not say.
    ``truncated``: the file was cut, and what follows its last message is missing.
    """

    id: int
    title: str
    source: str
    network: str
    language: str
    post_text: str = ""
    imported_at: datetime | None = None
    messages: tuple[Message, ...] = ()
    brand_id: str = ""
    origin: str = ""
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class ImportedThread:
    """What an importer read, before it is stored. ``warnings`` say what was dropped or guessed."""

    title: str
    format: str
    network: str
    messages: tuple[Message, ...]
    post_text: str = ""
    warnings: tuple[Wording, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyProposal:
    """A proposed reply, or the reason why there is none.

    ``text`` is None when nothing should be answered (``do_not_answer``) or when a person must take over
    at once (``human_now``). ``slots`` are the names left unfilled, shown as ``{name}`` in ``text``.
    """

    text: str | None
    language: str
    approach: Approach | None
    do_not_answer: bool = False
    human_now: bool = False
    why: tuple[Wording, ...] = ()
    slots: tuple[str, ...] = ()
    used_facts: tuple[str, ...] = field(default_factory=tuple)


#: The concerns triage may recognise and a playbook may speak to.
TOPICS = (
    "delivery",
    "order",
    "refund",
    "price",
    "availability",
    "opening_hours",
    "place",
    "quality",
    "warranty",
    "repair",
    "customer_service",
    "app_or_site",
    "size_or_fit",
    "safety",
    "environment",
    "job",
    "event",
    "product",
)
