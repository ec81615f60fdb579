"""The statement of reasons of a restriction: official fields without any personal data, and a letter for the author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from copilot import networks
from copilot.domain.brand import Brand
from copilot.domain.conversation import Author, Intent
from copilot.domain.moderation import (
    LegalCategory,
    Moderation,
    ModerationAction,
    Statement,
    statement_problems,
)
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.i18n import Translator
from copilot.services._deciding import automatic_facts
from copilot.services._legal_words import legal_words, official_values

_VISIBILITY = {
    ModerationAction.HIDE: "DECISION_VISIBILITY_CONTENT_DISABLED",
    ModerationAction.DELETE: "DECISION_VISIBILITY_CONTENT_REMOVED",
}
_SOURCES = {
    "own": "SOURCE_VOLUNTARY",
    "notice": "SOURCE_ARTICLE_16",
    "trusted": "SOURCE_TRUSTED_FLAGGER",
    "other": "SOURCE_TYPE_OTHER_NOTIFICATION",
}
SOURCES = tuple(_SOURCES)
#: Fields a person writes, or that repeat what somebody wrote.
_WRITTEN = ("decision_facts", "incompatible_content_ground")
_NAME_WORD = re.compile(r"[^\W\d_]{3,40}")


@dataclass(frozen=True, slots=True)
class StatementAsked:
    """A statement to make of the decision ``moderation_id``.

    ``facts`` replaces those of the decision, which may quote what nobody may publish. ``source`` is one of ``SOURCES``;
    ``territory`` the countries it holds in (all of the EEA when empty); ``content_date`` when the message was
    published, where its export does not say; ``until`` the last day, None without a limit. ``anyway``: even for spam.
    """

    moderation_id: int
    language: str = ""
    facts: str = ""
    source: str = "own"
    territory: tuple[str, ...] = ()
    content_date: date | None = None
    until: date | None = None
    anyway: bool = False


def statement_of(
    moderation: Moderation,
    asked: StatementAsked,
    brand: Brand | None,
    author: Author | None,
    content_language: str = "",
) -> Statement:
    """The statement of ``moderation``. The text of the message is read for facts only.

    ``content_language`` is that of the message, where triage told it; the letter may be in another one.

    Raises:
        UserError: ``moderation.undone``, ``moderation.no_restriction``, ``moderation.no_ground``,
            ``moderation.source_unknown``.
    """
    if not moderation.stands:
        raise UserError("moderation.undone", id=moderation.id)
    if moderation.action not in _VISIBILITY:
        raise UserError("moderation.no_restriction", id=moderation.id)
    if asked.source not in _SOURCES:
        raise UserError("moderation.source_unknown", name=asked.source[:40], known=", ".join(_SOURCES))
    language = asked.language or moderation.language
    if _spam(moderation) and not asked.anyway:
        return Statement(moderation, moderation.hosted, language, exempt=Wording("moderation.exempt.spam"))
    if not moderation.clause and not moderation.category:
        raise UserError("moderation.no_ground", id=moderation.id)
    asked = replace(asked, facts=_facts(moderation, asked, language))
    fields = _fields(moderation, asked, brand, language, content_language)
    problems = (
        *statement_problems(fields, official_values()),
        *_personal(fields, brand, author),
    )
    letter = _letter(moderation, asked, brand, language, fields)
    return Statement(moderation, moderation.hosted, language, {} if problems else fields, letter, None, problems)


def _facts(moderation: Moderation, asked: StatementAsked, language: str) -> str:
    """The facts a person stated; those that were written for them are told in the language of the letter."""
    stated = asked.facts.strip() or moderation.facts
    if language == moderation.language or stated != automatic_facts(moderation.evidence, moderation.language):
        return stated
    return automatic_facts(moderation.evidence, language)


def _spam(moderation: Moderation) -> bool:
    """True for what triage took for deceptive commercial content, of which article 17(2) asks no statement."""
    return moderation.evidence.intent == Intent.SPAM.value and moderation.category in ("", "escroquerie")


def _fields(
    moderation: Moderation, asked: StatementAsked, brand: Brand | None, language: str, content_language: str
) -> dict[str, object]:
    """The official fields; those without a value are left out."""
    zone = ZoneInfo(brand.timezone if brand else "Europe/Paris")
    applied = (moderation.done_at or moderation.at).astimezone(zone).date()
    said = moderation.evidence.said_at
    published = asked.content_date or (said.astimezone(zone).date() if said else None)
    category = legal_words().get(moderation.category) if moderation.category else None
    fields: dict[str, object] = {
        "decision_visibility": [_VISIBILITY[moderation.action]],
        **_ground(moderation, category, language),
        "content_type": ["CONTENT_TYPE_TEXT"],
        "category": category.dsa_category if category else "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
        "category_specification": list(category.dsa_keywords) if category else [],
        "territorial_scope": _territory(asked),
        "content_language": (content_language or moderation.language).upper(),
        "content_date": published.isoformat() if published else "",
        "application_date": applied.isoformat(),
        "end_date_visibility_restriction": asked.until.isoformat() if asked.until else "",
        "decision_facts": asked.facts,
        "source_type": _SOURCES[asked.source],
        "automated_detection": "Yes" if moderation.evidence.flagged else "No",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        "puid": f"replique-{moderation.id}-{moderation.evidence.message_sha256[:24]}",
    }
    return {name: value for name, value in fields.items() if value not in ("", [])}


def _territory(asked: StatementAsked) -> list[str]:
    return sorted({code.strip().upper() for code in asked.territory} or official_values()["territorial_scope"])


def _ground(moderation: Moderation, category: LegalCategory | None, language: str) -> dict[str, object]:
    """The contractual ground when a clause was named, else the text of law a person is to verify."""
    t = Translator(language)
    could = _could_be(category, t)
    if moderation.clause:
        explained = " ".join(part for part in (t("moderation.statement.clause"), could) if part)
        return {
            "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
            "incompatible_content_ground": f"{moderation.clause.id} – {moderation.clause.text}",
            "incompatible_content_explanation": explained,
        }
    return {
        "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
        "illegal_content_legal_ground": category.law if category else "",
        "illegal_content_explanation": could,
    }


def _could_be(category: LegalCategory | None, t: Translator) -> str:
    if category is None:
        return ""
    return t("moderation.reason.category", label=category.label[t.language], law=category.law)


def _personal(fields: Mapping[str, object], brand: Brand | None, author: Author | None) -> Iterator[Wording]:
    """What in the written fields points at a person; what a brand says of itself in public is no personal data."""
    from copilot.services._reply_cases import public_words
    from copilot.text.personal import personal_spans

    public = " ".join(public_words(brand)).casefold()
    for name in _WRITTEN:
        text = str(fields.get(name, ""))
        quotes = [(span.kind.lower(), text[span.start : span.end]) for span in personal_spans(text)]
        quotes += [("person", word) for word in _named(text, author)]
        for kind, quote in dict.fromkeys(quotes):
            if quote.casefold() not in public:
                kind_of = Wording(f"moderation.personal.{kind}")
                yield Wording("moderation.problem.personal", {"field": name, "kind": kind_of, "quote": quote})


def _named(text: str, author: Author | None) -> Iterable[str]:
    """The words of the author's name or handle that ``text`` holds."""
    if author is None:
        return ()
    names = {word.casefold() for word in _NAME_WORD.findall(f"{author.name[:200]} {author.handle[:200]}")}
    return [
        word for word in _NAME_WORD.findall(text) if word.casefold() in names and (word[0].isupper() or len(word) > 5)
    ]


def _letter(
    moderation: Moderation, asked: StatementAsked, brand: Brand | None, language: str, fields: Mapping[str, object]
) -> str:
    """The elements of article 17(3) in sentences. A contact nobody gave stays a slot."""
    t = Translator(language)
    applied, said = _day(fields["application_date"], language), _day(fields.get("content_date"), language)
    until = _day(asked.until.isoformat() if asked.until else None, language)
    category = legal_words().get(moderation.category) if moderation.category else None
    clause = moderation.clause
    whole = not asked.territory
    parts = [
        t("moderation.letter.greeting"),
        _measure(moderation, applied, t),
        t("moderation.letter.published", day=said) if said else "",
        t("moderation.letter.everywhere" if whole else "moderation.letter.countries", countries=_territory(asked)),
        t("moderation.letter.until", day=until) if until else t("moderation.letter.no_end"),
        t("moderation.letter.facts", facts=asked.facts),
        t("moderation.letter.own" if asked.source == "own" else "moderation.letter.notice"),
        t("moderation.letter.sorted" if moderation.evidence.flagged else "moderation.letter.by_hand"),
        t("moderation.letter.clause", id=clause.id, text=clause.text) if clause else "",
        _could_be(category, t),
        t("moderation.letter.redress", contact=_reach(brand)),
        (brand.contact.team or brand.name) if brand else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _measure(moderation: Moderation, day: str, t: Translator) -> str:
    """What was decided, and on which network where the export says it."""
    key = f"moderation.letter.{moderation.action.value}"
    if not moderation.evidence.network:
        return t(f"{key}_here", day=day)
    return t(key, network=_network(moderation), day=day)


def _day(iso: object, language: str) -> str:
    """A day of the official fields in words, ``1er novembre 2026``; empty when there is none."""
    from babel.dates import format_date

    if not isinstance(iso, str):
        return ""
    day = date.fromisoformat(iso)
    words: str = format_date(day, "long", locale=language)
    # French writes the first of a month as an ordinal, which the locale leaves out.
    return f"1er{words[1:]}" if language == "fr" and day.day == 1 and words.startswith("1 ") else words


def _network(moderation: Moderation) -> str:
    known = networks.load().get(moderation.evidence.network)
    return known.label if known else moderation.evidence.network or "–"


def _reach(brand: Brand | None) -> str:
    contact = brand.contact if brand else None
    return (contact.email or contact.url or contact.private_channel if contact else "") or "{contact}"
