"""Decisions on messages: what was decided, on what ground, what was seen at that moment, and the DSA statement of it.

Nothing here hides or deletes: a person does that on the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from copilot.domain.brand import CharterClause
from copilot.domain.conversation import Intent, Message, Risk
from copilot.domain.inbox import Mark
from copilot.domain.wording import Wording


class ModerationAction(StrEnum):
    """What a person decides to do with a message."""

    KEEP = "keep"
    ANSWER = "answer"
    HIDE = "hide"
    DELETE = "delete"
    REPORT = "report"
    ESCALATE = "escalate"


#: Decisions that keep others from reading a message: they owe its author a reason.
RESTRICTIONS = frozenset({ModerationAction.HIDE, ModerationAction.DELETE})
#: Decisions taken against a message: they need a ground.
AGAINST = RESTRICTIONS | {ModerationAction.REPORT}
#: Decisions carried out elsewhere than here, by a person.
ON_THE_NETWORK = AGAINST
#: What an ordinary person says to a brand, pleasant or not: lawful as long as nobody is attacked.
OPINIONS = frozenset(
    {Intent.COMPLAINT, Intent.PRAISE, Intent.QUESTION, Intent.SUGGESTION, Intent.MALINFORMED, Intent.OTHER}
)
_MARKS = {ModerationAction.ANSWER: None, ModerationAction.ESCALATE: Mark.HUMAN}


def mark_of(action: ModerationAction) -> Mark | None:
    """The mark a decision leaves in the inbox; None when the message still waits for its answer."""
    return _MARKS.get(action, Mark.SKIPPED)


@dataclass(frozen=True, slots=True)
class ReportChannel:
    """Where a person reports: a service, its web address or phone number, and for what, by language.

    ``name`` is empty for the network the message is on.
    """

    key: str
    name: str
    reach: str
    what: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LegalCategory:
    """A text of law a message could come under. ``label`` and ``note`` are by language (``fr``, ``en``).

    ``law`` is the text as it is cited in France, ``reach`` the channels to report to. ``copy`` is False where even a
    copy kept as evidence is forbidden. ``crime`` is False for what only a civil court would look at.
    """

    key: str
    label: Mapping[str, str]
    law: str
    reports: tuple[ReportChannel, ...] = ()
    note: Mapping[str, str] = field(default_factory=dict)
    dsa_category: str = ""
    dsa_keywords: tuple[str, ...] = ()
    copy: bool = True
    crime: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """A message as it was when the decision was taken, before anything was done.

    ``text`` is empty once erased, and never kept where keeping a copy is forbidden; the hashes stay.
    ``message_sha256`` covers author and text, ``text_sha256`` the text alone.
    """

    text: str
    message_sha256: str
    text_sha256: str
    taken_at: datetime
    said_at: datetime | None = None
    said_rel: str | None = None
    link: str = ""
    network: str = ""
    intent: str = ""
    risk: str = ""
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Moderation:
    """One decision on one message. ``id`` 0 means not stored.

    ``reason`` is what the author may be told, in ``language``; ``facts`` what in the message led to it. ``category``
    is the key of a :class:`LegalCategory` or empty. ``mark_before`` is the inbox mark to come back to when undone.
    ``hosted``: the brand itself runs the space, and owes a statement of reasons for a restriction.
    """

    id: int
    message_id: int | None
    thread_id: int | None
    brand_id: str
    action: ModerationAction
    by: str
    at: datetime
    evidence: Evidence
    facts: str = ""
    reason: str = ""
    language: str = "fr"
    clause: CharterClause | None = None
    category: str = ""
    hosted: bool = False
    warnings: tuple[Wording, ...] = ()
    mark_before: Mark | None = None
    done_by: str = ""
    done_at: datetime | None = None
    undone_by: str = ""
    undone_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """False once undone."""
        return self.undone_at is None

    @property
    def to_do(self) -> bool:
        """True while a person has something left to do on the network."""
        return self.stands and self.done_at is None and self.action in ON_THE_NETWORK


@dataclass(frozen=True, slots=True)
class ModerationAsked:
    """A decision to take on each of ``message_ids``.

    ``clause`` is the id of a clause of the brand's charter, ``category`` the key of a legal category, ``facts`` what
    in the message leads to it (the message is quoted when empty), ``brand_id`` whose charter it is (the thread's
    brand when empty). ``reason`` replaces what the authors may be told; ``language`` (``fr`` or ``en``) is that of the
    reason, each message's own when empty.
    """

    message_ids: tuple[int, ...]
    action: ModerationAction
    by: str
    clause: str = ""
    category: str = ""
    facts: str = ""
    brand_id: str = ""
    reason: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What could be decided on a message, and why. Never applied by itself."""

    message_id: int
    action: ModerationAction
    clause: CharterClause | None
    category: str
    why: tuple[Wording, ...]
    unsure: bool = False


def is_opinion(message: Message) -> bool:
    """True for what triage takes for a complaint, a thank-you, a question or a remark that attacks nobody."""
    told = message.triage
    if told is None or told.explicit_toxic or told.possibly_hateful:
        return False
    return told.intent in OPINIONS - {Intent.OTHER} and told.risk in (Risk.NONE, Risk.LEGAL)


#: Longest excerpt of a message quoted in a reason, in characters.
LONGEST_QUOTE = 400
_SPACES = re.compile(r"\s+")
#: Words by which a text is judged, and what before them leaves it open.
_VERDICT = re.compile(
    r"\b(?:ill[ée]gale?s?|ill[ée]gaux|illicites?|illegal|unlawful|délictueu(?:x|ses?))\b"
    r"|\b(?:est|sont|constitue(?:nt)?|commet(?:tent)?|a commis|is|are|constitutes?|commits?|committed)"
    r" (?:une? |des |an? )?(?:délits?|infractions?|crimes?|offences?|coupables?|guilty)\b",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(
    r"\b(?:pas|rien|peut|peuvent|pourrai(?:t|ent)|potentiellement|not|nothing|may|might|could|possibly)\b[^.!?;]{0,20}$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"«\s*([^«»]{1,2000}?)\s*»|“([^“”]{1,2000})”|\"([^\"]{1,2000})\"")


def excerpt(text: str, most: int = LONGEST_QUOTE) -> str:
    """The beginning of ``text`` on one line."""
    line = _SPACES.sub(" ", text[: most * 4]).strip()
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def missing_quotes(facts: str, text: str) -> tuple[str, ...]:
    """What ``facts`` quotes and ``text`` does not hold, case, spaces and apostrophes aside."""
    held = _plain(text)
    quotes = (next(part for part in found.groups() if part) for found in _QUOTED.finditer(facts[:20_000]))
    return tuple(quote for quote in quotes if _plain(quote.strip("… ")) not in held)


def verdicts(words: str) -> tuple[str, ...]:
    """What ``words`` assert as a court would (“illegal”, “is an offence”), quotations aside, each once.

    Only a judge says so: a moderator writes that something could be one.
    """
    told = _QUOTED.sub(" ", words[:20_000])
    found = (
        one for one in _VERDICT.finditer(told) if not _LEFT_OPEN.search(told[max(0, one.start() - 40) : one.start()])
    )
    return tuple(dict.fromkeys(one.group().casefold() for one in found))


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).replace("’", "'").casefold()


# The statement of reasons of article 17 of Regulation (EU) 2022/2065, as the Transparency Database takes it.

#: The longest value of a field, in characters.
FIELD_LIMITS = {
    "decision_facts": 5000,
    "illegal_content_legal_ground": 500,
    "illegal_content_explanation": 2000,
    "incompatible_content_ground": 500,
    "incompatible_content_explanation": 2000,
    "decision_visibility_other": 500,
    "decision_monetary_other": 500,
    "content_type_other": 500,
    "category_specification_other": 500,
    "decision_ground_reference_url": 500,
    "puid": 500,
}
_DECISIONS = ("decision_visibility", "decision_monetary", "decision_provision", "decision_account")
_REQUIRED = (
    "decision_ground",
    "decision_facts",
    "content_type",
    "category",
    "content_language",
    "content_date",
    "application_date",
    "source_type",
    "automated_detection",
    "automated_decision",
    "puid",
)
_GROUNDS = {
    "DECISION_GROUND_ILLEGAL_CONTENT": ("illegal_content_legal_ground", "illegal_content_explanation"),
    "DECISION_GROUND_INCOMPATIBLE_CONTENT": ("incompatible_content_ground", "incompatible_content_explanation"),
}
_OTHERS = {
    "decision_visibility": ("DECISION_VISIBILITY_OTHER", "decision_visibility_other"),
    "decision_monetary": ("DECISION_MONETARY_OTHER", "decision_monetary_other"),
    "content_type": ("CONTENT_TYPE_OTHER", "content_type_other"),
    "category_specification": ("KEYWORD_OTHER", "category_specification_other"),
}
_ENUMERATED = {
    "decision_visibility": "decision_visibility",
    "decision_monetary": "decision_monetary",
    "decision_provision": "decision_provision",
    "decision_account": "decision_account",
    "account_type": "account_type",
    "decision_ground": "decision_ground",
    "content_type": "content_type",
    "category": "category",
    "category_addition": "category",
    "category_specification": "category_specification",
    "source_type": "source_type",
    "automated_detection": "automated_detection",
    "automated_decision": "automated_decision",
    "territorial_scope": "territorial_scope",
}
_FIRST_DAYS = {"content_date": date(2000, 1, 1), "application_date": date(2020, 1, 1)}
_PUID = re.compile(r"[a-zA-Z0-9_-]+")
_LANGUAGE = re.compile(r"[A-Z]{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of reasons. ``fields`` has the official names and values, empty when none is due or it is blocked.

    ``duty`` is True where the brand hosts the space; elsewhere it is good practice. ``exempt`` says why none is owed;
    ``problems`` what keeps it from being issued. ``letter`` is for the author, in ``language``.
    """

    moderation: Moderation
    duty: bool
    language: str
    fields: Mapping[str, object] = field(default_factory=dict)
    letter: str = ""
    exempt: Wording | None = None
    problems: tuple[Wording, ...] = ()


def statement_problems(fields: Mapping[str, object], allowed: Mapping[str, frozenset[str]]) -> tuple[Wording, ...]:
    """Everything the Transparency Database would refuse in ``fields``.

    Args:
        fields: official names and values; a list where several may be given.
        allowed: the values of each enumeration, by its name; ``territorial_scope`` among them.
    """
    found = [*_missing(fields), *_out_of_vocabulary(fields, allowed), *_too_long(fields), *_bad_days(fields)]
    if (puid := fields.get("puid")) and not _PUID.fullmatch(str(puid)):
        found.append(Wording("moderation.problem.puid"))
    if (language := fields.get("content_language")) and not _LANGUAGE.fullmatch(str(language)):
        found.append(Wording("moderation.problem.language", {"value": str(language)[:20]}))
    return tuple(found)


def _values(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else [value]


def _empty(value: object) -> bool:
    return value is None or value in ("", [], ()) or (isinstance(value, str) and not value.strip())


def _missing(fields: Mapping[str, object]) -> Iterator[Wording]:
    if all(_empty(fields.get(name)) for name in _DECISIONS):
        yield Wording("moderation.problem.no_decision")
    needed = [*_REQUIRED, *_GROUNDS.get(str(fields.get("decision_ground")), ())]
    needed += [other for name, (value, other) in _OTHERS.items() if value in _values(fields.get(name))]
    for name in needed:
        if _empty(fields.get(name)):
            yield Wording("moderation.problem.missing", {"field": name})


def _out_of_vocabulary(fields: Mapping[str, object], allowed: Mapping[str, frozenset[str]]) -> Iterator[Wording]:
    for name, kind in _ENUMERATED.items():
        if _empty(fields.get(name)):
            continue
        for value in _values(fields[name]):
            if value not in allowed[kind]:
                yield Wording("moderation.problem.value", {"field": name, "value": str(value)[:80]})


def _too_long(fields: Mapping[str, object]) -> Iterator[Wording]:
    for name, most in FIELD_LIMITS.items():
        length = len(str(fields.get(name) or ""))
        if length > most:
            yield Wording("moderation.problem.long", {"field": name, "length": length, "limit": most})


def _bad_days(fields: Mapping[str, object]) -> Iterator[Wording]:
    days: dict[str, date] = {}
    for name in sorted({*_FIRST_DAYS, *(name for name in fields if name.startswith("end_date_"))}):
        written = fields.get(name)
        if _empty(written):
            continue
        day = _day(str(written))
        if day is None or day < _FIRST_DAYS.get(name, date.min):
            yield Wording("moderation.problem.day", {"field": name, "value": str(written)[:40]})
        else:
            days[name] = day
    applied = days.get("application_date")
    for name, day in days.items():
        if applied and ((name.startswith("end_date_") and day < applied) or (name == "content_date" and day > applied)):
            yield Wording("moderation.problem.order", {"field": name, "value": day.isoformat()})


def _day(written: str) -> date | None:
    if not _DAY.fullmatch(written):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
