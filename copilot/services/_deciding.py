"""One decision on one message: the evidence, the reason its author may be told, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from copilot.domain.brand import Brand, CharterClause
from copilot.domain.conversation import Intent, Message, Risk, Thread, Triage
from copilot.domain.hashing import sha256_of
from copilot.domain.moderation import (
    AGAINST,
    RESTRICTIONS,
    Evidence,
    LegalCategory,
    Moderation,
    ModerationAction,
    excerpt,
    is_opinion,
    missing_quotes,
    verdicts,
)
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.i18n import Translator
from copilot.services._suggesting import ATTACKS, shows_details

#: The longest description of the facts, in characters: what a statement of reasons may hold.
LONGEST_FACTS = 5000
#: The longest reason a person writes, in characters.
LONGEST_REASON = 10_000
#: Quotes of the facts that are named when the message does not hold them.
MOST_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision rests on, the same for each message of a thread. ``language`` is asked for, or empty."""

    thread: Thread
    brand: Brand | None
    clause: CharterClause | None
    category: LegalCategory | None
    language: str = ""


def decided(
    message: Message, ground: Ground, action: ModerationAction, facts: str, before: Moderation | None, at: datetime
) -> Moderation:
    """The decision ``action`` on a triaged ``message``, not stored, by nobody yet. ``before`` is the one that held."""
    thread, brand, triage = ground.thread, ground.brand, message.triage
    assert triage is not None
    language = ground.language if ground.language in ("fr", "en") else _language(triage, thread, brand)
    evidence = _evidence(message, triage, ground, at)
    decision = Moderation(
        id=0,
        message_id=message.id,
        thread_id=message.thread_id,
        brand_id=brand.id if brand else "",
        action=action,
        by="",
        at=at,
        evidence=evidence,
        facts=facts or automatic_facts(evidence, language),
        language=language,
        clause=ground.clause,
        category=ground.category.key if ground.category else "",
        hosted=bool(brand and thread.network in brand.moderation.hosted_networks),
        warnings=tuple(_warnings(message, triage, ground, action, facts, before)),
    )
    return replace(decision, reason=_reason(decision, ground.category))


def clean_facts(facts: str) -> str:
    """Facts as they are kept.

    Raises:
        UserError: ``moderation.facts_long``, ``text.surrogate``.
    """
    return _clean(facts, "moderation.facts_long", LONGEST_FACTS)


def clean_reason(reason: str) -> str:
    """A reason in a person's own words, as it is kept.

    Raises:
        UserError: ``moderation.reason_long``, ``text.surrogate``.
    """
    return _clean(reason, "moderation.reason_long", LONGEST_REASON)


def _clean(text: str, too_long: str, most: int) -> str:
    text = text.replace("\x00", "").strip()
    if len(text) > most:
        raise UserError(too_long, length=len(text), limit=most)
    half = next((place for place, char in enumerate(text, 1) if "\ud800" <= char <= "\udfff"), None)
    if half:
        raise UserError("text.surrogate", position=half)
    return text


def clause_of(clause_id: str, brand: Brand | None) -> CharterClause | None:
    """The clause of this id in the charter of ``brand``; None when none is named.

    Raises:
        UserError: ``moderation.clause_unknown``.
    """
    if not clause_id:
        return None
    charter = brand.charter if brand else ()
    found = next((clause for clause in charter if clause.id.casefold() == clause_id.casefold()), None)
    if found is None:
        known = ", ".join(clause.id for clause in charter) or "–"
        raise UserError("moderation.clause_unknown", name=clause_id[:60], known=known)
    return found


def _language(triage: Triage, thread: Thread, brand: Brand | None) -> str:
    """French or English: that of the message, else of its thread, else of the brand."""
    usual = brand.voice.language if brand else "fr"
    return next(code for code in (triage.language, thread.language, usual, "fr") if code in ("fr", "en"))


def _evidence(message: Message, triage: Triage, ground: Ground, at: datetime) -> Evidence:
    keeps = ground.category is None or ground.category.copy
    return Evidence(
        text=message.text if keeps else "",
        message_sha256=message.sha256,
        text_sha256=sha256_of(message.text),
        taken_at=at,
        said_at=message.created_at,
        said_rel=message.created_rel,
        link=message.link,
        network=ground.thread.network,
        intent=triage.intent.value,
        risk=triage.risk.value,
        flagged=triage.explicit_toxic or triage.possibly_hateful or triage.intent in (Intent.SPAM, Intent.TROLL),
    )


def automatic_facts(evidence: Evidence, language: str) -> str:
    """The message itself, as the facts; nothing where no copy may be kept."""
    quote = excerpt(evidence.text)
    return Translator(language)("moderation.reason.quote", quote=quote) if quote else ""


def _reason(moderation: Moderation, category: LegalCategory | None) -> str:
    """What the author may be told, in the language of the message."""
    t = Translator(moderation.language)
    clause = moderation.clause
    facts = moderation.facts
    if facts and facts[-1] not in ".!?…":
        facts += "."
    parts = [t(f"moderation.reason.{moderation.action.value}")]
    if facts:
        parts.append(t("moderation.reason.facts", facts=facts))
    if clause:
        parts.append(t("moderation.reason.clause", id=clause.id, text=clause.text))
    if category:
        label = category.label[moderation.language]
        parts.append(t("moderation.reason.category", label=label, law=category.law))
    return " ".join(parts)


def _tells_of_danger(triage: Triage) -> bool:
    """True for who reports an accident or a danger; not for who threatens or insults."""
    if triage.intent is Intent.TROLL or triage.explicit_toxic or triage.possibly_hateful:
        return False
    if any(map(triage.tells, ATTACKS)):
        return False
    calls = any(map(triage.tells, ("boycott", "press")))
    return triage.risk is Risk.SAFETY or (triage.intent is Intent.CRISIS_SIGNAL and not calls)


def _warnings(
    message: Message,
    triage: Triage,
    ground: Ground,
    action: ModerationAction,
    facts: str,
    before: Moderation | None,
) -> Iterator[Wording]:
    """What a moderator should think of before going on. Nothing here forbids anything."""
    if triage.intent is Intent.DISTRESS and action is not ModerationAction.ESCALATE:
        yield Wording("moderation.warning.distress")
    if action in AGAINST and is_opinion(message) and not shows_details(message.text):
        intent = Wording(f"intent.{triage.intent.value}")
        yield Wording("moderation.warning.opinion", {"intent": intent})
    if action in AGAINST and _tells_of_danger(triage):
        yield Wording("moderation.warning.safety")
    if action in AGAINST and ground.clause is None and ground.category is None:
        yield Wording("moderation.warning.no_ground")
    if action in AGAINST and ground.category is not None and not ground.category.crime:
        yield Wording("moderation.warning.no_offence")
    if ground.category is not None and not ground.category.copy:
        yield Wording("moderation.warning.no_copy")
    if action in RESTRICTIONS and message.deleted:
        yield Wording("moderation.warning.gone")
    yield from verdict_warnings(facts)
    for quote in missing_quotes(facts, message.text)[:MOST_QUOTES]:
        yield Wording("moderation.warning.quote", {"quote": excerpt(quote, 80)})
    if before is not None:
        named = Wording(f"moderation.action.{before.action.value}")
        yield Wording("moderation.warning.replaces", {"id": str(before.id), "action": named})


def verdict_warnings(words: str) -> tuple[Wording, ...]:
    """What to think of before ``words``, facts or a reason, are told to an author as if a court had spoken."""
    return tuple(Wording("moderation.warning.verdict", {"words": one}) for one in verdicts(words)[:MOST_QUOTES])
