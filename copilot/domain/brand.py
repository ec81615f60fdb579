"""A brand: its voice, the facts it vouches for, its saved replies, hashtags and charter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Address(StrEnum):
    """How the brand speaks to people in French."""

    TU = "tu"
    VOUS = "vous"


class EmojiPolicy(StrEnum):
    """How many emoji the brand accepts."""

    NONE = "none"
    SPARING = "sparing"
    FREE = "free"


class RuleLevel(StrEnum):
    """How much a brand lets one rule weigh: the weight of all its findings, or nothing at all."""

    BLOCKS = "blocks"
    WARNS = "warns"
    ADVISES = "advises"
    OFF = "off"


class Typography(StrEnum):
    """Whose habits spaces and quotation marks follow in French. ``SIMPLE`` keeps ordinary spaces."""

    FRANCE = "france"
    SIMPLE = "simple"
    SWISS = "swiss"
    QUEBEC = "quebec"


class InclusiveWriting(StrEnum):
    """How the brand names women and men in French. ``ANY`` only asks for one way in a text."""

    ANY = "any"
    NONE = "none"
    DOUBLETS = "doublets"
    EPICENE = "epicene"
    MEDIAN = "median"


class Sector(StrEnum):
    """A trade whose publications the law asks to carry a mention (France)."""

    ALCOHOL = "alcohol"
    CREDIT = "credit"
    CARS = "cars"
    FOOD = "food"
    GAMBLING = "gambling"


@dataclass(frozen=True, slots=True)
class PreferredTerm:
    """Write ``use``, never ``instead_of``."""

    use: str
    instead_of: str


@dataclass(frozen=True, slots=True)
class VoiceProfile:
    """The tone of voice of a brand."""

    language: str = "fr"
    address: Address = Address.VOUS
    traits: tuple[str, ...] = ()
    emoji: EmojiPolicy = EmojiPolicy.SPARING
    preferred: tuple[PreferredTerm, ...] = ()
    banned: tuple[str, ...] = ()
    signature: str = ""
    do: tuple[str, ...] = ()
    do_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated statement the brand vouches for. ``topics`` are words that call it up in a reply.

    ``language`` is that of ``statement``; None when it reads the same in both.
    """

    id: str
    statement: str
    value: str = ""
    topics: tuple[str, ...] = ()
    language: str | None = None
    valid_until: date | None = None
    source: str = ""

    def is_valid_on(self, day: date) -> bool:
        """True while the fact may be used (its last day included)."""
        return self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True, slots=True)
class Playbook:
    """A saved reply or part of one, chosen by intent, approach and language. Slots are ``{name}``."""

    id: str
    intent: str
    text: str
    part: str = "whole"
    approach: str | None = None
    language: str = "fr"
    address: Address | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HashtagList:
    """Hashtags the brand uses, without the ``#``; ``networks`` empty means everywhere."""

    name: str
    tags: tuple[str, ...]
    networks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CharterClause:
    """One clause of the moderation charter."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Contact:
    """How people reach the brand in private, and who signs. Empty fields are unfilled slots."""

    private_channel: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""
    team: str = ""

    @property
    def whom(self) -> str:
        """Whom to ask in public: an address, else a page, else a number; empty when none is filled."""
        return self.email or self.url or self.phone


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """How the brand's words are written.

    ``exclamations`` is how many exclamation marks a text may hold, ``same_sentence`` how many recent replies may hold
    one same sentence. ``avoid`` are words against the brand's tone, ``words`` those that no dictionary knows.
    """

    typography: Typography = Typography.FRANCE
    inclusive: InclusiveWriting = InclusiveWriting.ANY
    exclamations: int = 3
    same_sentence: int = 3
    avoid: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    sectors: tuple[Sector, ...] = ()


@dataclass(frozen=True, slots=True)
class ModerationPolicy:
    """How the brand's spaces are moderated.

    ``hosted_networks`` are those the brand runs itself (its forum, the comments of its site): there it owes the author
    of a hidden message a statement of reasons. ``influential`` are the handles whose complaints are watched.
    """

    hosted_networks: tuple[str, ...] = ()
    influential: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Retention:
    """For how many days what concerns people is kept; None keeps it until somebody removes it.

    ``messages_days`` counts from when a message was said, ``decisions_days`` from a moderation decision, ``logs_days``
    from a line of the logs or of the ledger of models, ``pseudonyms_days`` from when a pseudonym was made.
    """

    messages_days: int | None = None
    decisions_days: int | None = None
    logs_days: int | None = None
    pseudonyms_days: int | None = None


@dataclass(frozen=True, slots=True)
class Brand:
    """Everything a writer may know of a brand. ``accounts`` maps a network id to the account name.

    ``limits`` maps a network id to the longest post this account may send, in the network's unit (X Premium, a Mastodon
    server of one's own); ``checks`` maps the name of a rule to the weight the brand gives it.
    """

    id: str
    name: str
    sector: str = ""
    description: str = ""
    timezone: str = "Europe/Paris"
    voice: VoiceProfile = field(default_factory=VoiceProfile)
    contact: Contact = field(default_factory=Contact)
    accounts: dict[str, str] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    playbooks: tuple[Playbook, ...] = ()
    hashtags: tuple[HashtagList, ...] = ()
    charter: tuple[CharterClause, ...] = ()
    limits: dict[str, int] = field(default_factory=dict)
    style: HouseStyle = field(default_factory=HouseStyle)
    checks: dict[str, RuleLevel] = field(default_factory=dict)
    moderation: ModerationPolicy = field(default_factory=ModerationPolicy)
    retention: Retention = field(default_factory=Retention)

    def facts_on(self, day: date) -> tuple[Fact, ...]:
        """The facts still valid on ``day``."""
        return tuple(fact for fact in self.facts if fact.is_valid_on(day))
