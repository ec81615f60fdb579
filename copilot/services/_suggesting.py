"""What could be decided on a message, drawn from its triage: a suggestion a person weighs, never applied by itself."""

from __future__ import annotations

from copilot.domain.brand import Brand
from copilot.domain.conversation import Intent, Message, Risk, Triage
from copilot.domain.moderation import ModerationAction, Suggestion
from copilot.domain.wording import Wording
from copilot.services._legal_words import legal_words

#: What points at a person for good, told apart from a mere first name.
REACHES = frozenset({"EMAIL", "PHONE", "IBAN", "CARD", "NIR", "ADDRESS", "BIRTHDATE"})
#: How much of a message is searched for contact details, in characters.
MOST_READ = 20_000
#: Rules of triage that tell of an attack on somebody, and the category each makes one think of.
ATTACKS = {
    "suicide_call": "provocation_suicide",
    "doxxing": "doxing",
    "threat": "menaces",
    "violence_call": "menaces",
    "hate_speech": "injure_discriminatoire",
}
_ANSWERED = {
    Intent.QUESTION: "question",
    Intent.COMPLAINT: "complaint",
    Intent.PRAISE: "praise",
    Intent.SUGGESTION: "suggestion",
    Intent.MALINFORMED: "malinformed",
    Intent.PRIVATE_DATA_REQUEST: "private_data",
}
_REASONS = {
    "sign": Wording("moderation.suggest.sign"),
    "distress": Wording("moderation.suggest.distress"),
    "violence": Wording("moderation.suggest.violence"),
    "crisis": Wording("moderation.suggest.crisis"),
    "boycott": Wording("moderation.suggest.boycott"),
    "legal": Wording("moderation.suggest.legal"),
    "spam": Wording("moderation.suggest.spam"),
    "harsh": Wording("moderation.suggest.harsh"),
    "hateful": Wording("moderation.suggest.hateful"),
    "insult": Wording("moderation.suggest.insult"),
    "troll": Wording("moderation.suggest.troll"),
    "keep": Wording("moderation.suggest.keep"),
    "question": Wording("moderation.suggest.question"),
    "complaint": Wording("moderation.suggest.complaint"),
    "praise": Wording("moderation.suggest.praise"),
    "suggestion": Wording("moderation.suggest.suggestion"),
    "malinformed": Wording("moderation.suggest.malinformed"),
    "private_data": Wording("moderation.suggest.private_data"),
}


def shows_details(text: str) -> bool:
    """True when ``text`` publishes how to reach or identify a person."""
    from copilot.text.personal import personal_spans

    return any(span.kind in REACHES for span in personal_spans(text[:MOST_READ]))


def suggestion_for(message: Message, triage: Triage, brand: Brand | None) -> Suggestion:
    """What ``triage`` would have a moderator consider for ``message``."""
    words = legal_words()
    sign = words.sign_of(message.text) or _read_as(triage)
    action, themes, category, reason = _weighed(triage, sign)
    why = [_REASONS[reason]]
    if triage.risk is Risk.PERSONAL or shows_details(message.text):
        why.append(Wording("moderation.suggest.details"))
        themes = themes or ("personal",)
    if triage.unsure:
        why.append(Wording("moderation.suggest.unsure"))
        if action is ModerationAction.HIDE:
            action = ModerationAction.ESCALATE
    clause = words.clause_about(themes, brand.charter if brand else ())
    if action is ModerationAction.HIDE and clause is None:
        why.append(Wording("moderation.suggest.no_clause"))
    return Suggestion(message.id, action, clause, category, (*why, *triage.why), triage.unsure)


def _read_as(triage: Triage) -> str:
    """The category that a rule of triage makes one think of; empty when none does."""
    return next((category for rule, category in ATTACKS.items() if triage.tells(rule)), "")


def _weighed(triage: Triage, sign: str) -> tuple[ModerationAction, tuple[str, ...], str, str]:
    """Action, themes of the charter, category and reason: what may hurt a person first, then abuse, then opinions."""
    themes_of = legal_words().themes_of
    if triage.intent is Intent.DISTRESS:
        return ModerationAction.ESCALATE, (), "", "violence" if triage.tells("home_violence") else "distress"
    if sign and sign != "escroquerie":
        return ModerationAction.ESCALATE, themes_of[sign], sign, "sign"
    if triage.risk is Risk.SAFETY:
        return ModerationAction.ESCALATE, (), "", "crisis"
    if triage.intent is Intent.CRISIS_SIGNAL:
        return ModerationAction.ESCALATE, (), "", "boycott"
    if triage.intent is Intent.SPAM or triage.risk is Risk.SPAM or sign:
        return ModerationAction.HIDE, ("spam",), sign, "spam"
    if triage.possibly_hateful:
        category = "injure_discriminatoire"
        return ModerationAction.ESCALATE, themes_of[category], category, "hateful"
    if triage.explicit_toxic and triage.intent in _ANSWERED:
        return ModerationAction.ANSWER, ("abuse",), "", "harsh"
    if triage.explicit_toxic:
        return ModerationAction.HIDE, ("abuse",), "injure_publique", "insult"
    if triage.risk is Risk.LEGAL:
        return ModerationAction.ESCALATE, (), "", "legal"
    if triage.intent is Intent.TROLL:
        return ModerationAction.KEEP, (), "", "troll"
    if triage.intent in _ANSWERED:
        return ModerationAction.ANSWER, (), "", _ANSWERED[triage.intent]
    return ModerationAction.KEEP, (), "", "keep"
