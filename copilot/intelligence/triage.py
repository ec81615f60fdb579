"""First reading of a comment by rules: intent, tone, urgency, insults, concerns, and why.

The rules are phrases of ``assets/lexicons/triage`` with weights; this module weighs what was found. It never scores a
person: the author's name serves only to notice an account that poses as a support desk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from copilot.domain.conversation import TOPICS, Intent, Tone, Triage, Urgency
from copilot.intelligence.lexicon import Lexicon, shipped_lexicon
from copilot.intelligence.reasons import reasons
from copilot.intelligence.signals import Signals, gather
from copilot.intelligence.tokens import visible

#: Below this score the best intent is only a guess. Chosen on comments written for this purpose.
FLOOR = 2.0
#: Two intents closer than this are a tie a person should settle.
MARGIN = 0.7
#: Anger from which an unhappy customer waits two hours at most.
ANGRY = 1.5

#: A link with no more words than this around it is thrown in passing; with more, someone is talking.
BARE_LINK_WORDS = 8

#: Intents nobody may miss: when equal to another they win, most serious first.
_GRAVEST_FIRST = (
    Intent.DISTRESS,
    Intent.CRISIS_SIGNAL,
    Intent.PRIVATE_DATA_REQUEST,
    Intent.SPAM,
    Intent.COMPLAINT,
    Intent.QUESTION,
    Intent.SUGGESTION,
    Intent.MALINFORMED,
    Intent.PRAISE,
    Intent.TROLL,
    Intent.OTHER,
)
_NO_WEIGHT = dict.fromkeys(Intent, 0.0)
_URGENCY = {
    Intent.DISTRESS: Urgency.P0,
    Intent.CRISIS_SIGNAL: Urgency.P0,
    Intent.PRIVATE_DATA_REQUEST: Urgency.P2,
    Intent.QUESTION: Urgency.P2,
    Intent.COMPLAINT: Urgency.P2,
    Intent.MALINFORMED: Urgency.P2,
    Intent.PRAISE: Urgency.P3,
    Intent.SUGGESTION: Urgency.P3,
    Intent.OTHER: Urgency.P3,
    Intent.TROLL: Urgency.P4,
    Intent.SPAM: Urgency.P4,
}


class Triager(Protocol):
    """Anything that can say what a message wants: rules, a semantic layer, a chat model."""

    def triage(
        self,
        text: str,
        *,
        author: str | None = None,
        language: str | None = None,
        thread_language: str | None = None,
    ) -> Triage:
        """What ``text`` wants, how it sounds, how urgent it is, and why."""
        ...


@dataclass(frozen=True, slots=True)
class Scores:
    """What the rules weigh for each intent, best first; another layer may add its own before the choice."""

    by_intent: Mapping[Intent, float]

    @property
    def best(self) -> Intent:
        """The intent with most weight; the gravest one when equal."""
        return max(_GRAVEST_FIRST, key=lambda intent: self.by_intent.get(intent, 0.0))

    @property
    def unsure(self) -> bool:
        """True when the best score is low or another one is close."""
        ranked = sorted((score for score in self.by_intent.values()), reverse=True)
        return not ranked or ranked[0] < FLOOR or (len(ranked) > 1 and ranked[0] - ranked[1] < MARGIN)


class RuleTriage:
    """Triage without a model. Build it once: the lexicons are read at the first message and kept."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        """Use ``lexicon``, else the shipped one (read at the first message)."""
        self._lexicon = lexicon

    def triage(
        self,
        text: str,
        *,
        author: str | None = None,
        language: str | None = None,
        thread_language: str | None = None,
    ) -> Triage:
        """What ``text`` wants, how it sounds, how urgent it is, and why.

        Args:
            text: the message as it was written; any length, any content.
            author: the name or handle shown; only read for a false support desk.
            language: ISO 639-1 code when known; detected otherwise.
            thread_language: what the other messages of the thread are written in; a short text inherits it.
        """
        seen = visible(text)
        signals = self.signals(seen, author=author)
        scores = self.scores(signals)
        intent = scores.best
        return Triage(
            language=language or self._language(seen, signals, thread_language),
            intent=intent,
            tone=tone_of(intent, signals),
            urgency=urgency_of(intent, signals),
            explicit_toxic="insult" in signals.marks,
            unsure=scores.unsure and bool(signals.words),
            why=reasons(seen, intent, signals),
            topics=tuple(topic for topic in TOPICS if topic in signals.topics),
        )

    def _language(self, text: str, signals: Signals, thread_language: str | None) -> str:
        """The language of ``text``; the words of the lexicons settle what its small words leave open."""
        from copilot.text.language import UNKNOWN, detect

        found = detect(text, hint=thread_language)
        if found == UNKNOWN and self._lexicon is not None:
            return self._lexicon.language_of(signals.read) or UNKNOWN
        return found

    def signals(self, text: str, *, author: str | None = None) -> Signals:
        """What the lexicons find in ``text`` (already without invisible characters)."""
        if self._lexicon is None:
            self._lexicon = shipped_lexicon()
        return gather(self._lexicon, text, author or "")

    def scores(self, signals: Signals) -> Scores:
        """The weight of each intent, once what was found together has been read together."""
        weights = _NO_WEIGHT | dict(signals.weights)
        for adjust in _ADJUSTMENTS:
            adjust(weights, signals)
        weights[Intent.OTHER] += 1.0
        return Scores(weights)


# -- what found together means --------------------------------------------------------------------------------------

_Weights = dict[Intent, float]


def _read_irony(weights: _Weights, signals: Signals) -> None:
    """Praise beside a mishap, with no "but" between, is praise turned round."""
    praise = weights[Intent.PRAISE]
    if praise <= 0:
        return
    wry = "wry" in signals.marks
    if "no_trouble" in signals.marks and not wry:
        weights[Intent.COMPLAINT] *= 0.3
    elif "irony" in signals.marks:
        weights[Intent.PRAISE] = 0.0 if "glad" not in signals.marks else praise * 0.5
    elif signals.marks & {"event", "harsh"} or (wry and "mild" in signals.marks):
        turned = 0.0 if wry or not signals.contrast else 0.6
        weights[Intent.COMPLAINT] += 0.4 * praise if wry else 0.0
        weights[Intent.PRAISE] = praise * turned if wry or signals.contrast else praise * 0.5
    elif wry:
        weights[Intent.COMPLAINT] += 0.6 * praise
        weights[Intent.PRAISE] = praise * 0.5


#: Marks of someone who suffered something.
_HURT = frozenset({"event", "harsh", "mild", "irony", "safety", "mock", "insult"})


def _read_question(weights: _Weights, signals: Signals) -> None:
    """A question mark asks, unless the question is a reproach; praise that asks is a question."""
    if signals.asks:
        weights[Intent.QUESTION] += 1.6
    elif weights[Intent.QUESTION] and not signals.opens_with_question:
        weights[Intent.QUESTION] *= 0.5
    if "rhetorical" in signals.marks:
        weights[Intent.QUESTION] = 0.0
    elif signals.asks and not signals.marks & _HURT:
        weights[Intent.QUESTION] = max(weights[Intent.QUESTION], weights[Intent.PRAISE] + MARGIN)
    if signals.asks:
        weights[Intent.MALINFORMED] *= 0.5
    if weights[Intent.SUGGESTION] >= 3 and weights[Intent.QUESTION]:
        weights[Intent.QUESTION] *= 0.5


def _read_experience(weights: _Weights, signals: Signals) -> None:
    """Who lived something complains; who asserts about the brand without having lived it may be misinformed."""
    lived = "experience" in signals.marks
    if not lived:
        weights[Intent.COMPLAINT] *= 0.6 if "claim" in signals.marks else 1.0
        return
    weights[Intent.MALINFORMED] *= 0.5
    if signals.marks & {"event", "harsh", "mild"}:
        weights[Intent.TROLL] *= 0.5


#: Marks of someone who tells what happened.
_LIVED = frozenset({"event", "experience", "safety"})


def _read_abuse(weights: _Weights, signals: Signals) -> None:
    """Insults with a mishap are an angry customer; mockery of nothing in particular is a troll."""
    if "insult" in signals.marks and signals.marks & {"event", "experience", "mild"}:
        weights[Intent.COMPLAINT] += 1.0
        weights[Intent.TROLL] *= 0.6
    elif "insult" in signals.marks:
        weights[Intent.TROLL] += 1.5
        weights[Intent.COMPLAINT] *= 0.6
    if "laugh" in signals.marks and signals.marks & {"mild", "harsh", "swear"} and not signals.marks & _LIVED:
        weights[Intent.TROLL] += 2.6
        weights[Intent.COMPLAINT] *= 0.5
    if signals.marks & {"mock", "mock_sign"} and not signals.marks & _LIVED:
        weights[Intent.TROLL] += 1.0 if signals.marks & {"laugh", "mock_sign", "harsh", "swear"} else 0.6
        weights[Intent.COMPLAINT] *= 0.5


#: Marks of someone who speaks of what they lived: a link there is a proof, not a lure.
_MEANT = frozenset({"event", "experience", "harsh", "mild", "claim", "safety", "press", "legal", "private"})


def _read_spam(weights: _Weights, signals: Signals) -> None:
    """A link alone proves little; with bait it does."""
    if "bait" in signals.marks and signals.marks & {"link", "bait_sign"}:
        weights[Intent.SPAM] += 1.5
    elif "link" in signals.marks and not signals.marks & _MEANT:
        asked = signals.asks and signals.opens_with_question and "bait" not in signals.marks
        weights[Intent.SPAM] += 1.2 if signals.words <= BARE_LINK_WORDS and not asked else -0.8
    if "link" in signals.marks and weights[Intent.PRIVATE_DATA_REQUEST] > 0 and "gdpr" not in signals.marks:
        weights[Intent.SPAM] += weights[Intent.PRIVATE_DATA_REQUEST]
    if signals.false_support:
        weights[Intent.SPAM] += 2.5
    if weights[Intent.SPAM] >= 3:
        for other in (Intent.PRAISE, Intent.QUESTION, Intent.SUGGESTION):
            weights[other] *= 0.5


#: Rules of a customer who waits or goes to law: mistaking one for a troll or a lure costs more than the reverse.
_CUSTOMER = frozenset({"not_received", "refund", "legal", "recourse", "collective"})


def _read_customer(weights: _Weights, signals: Signals) -> None:
    """Who waits for something or lodges a complaint is answered, whatever the insults or the phone number left."""
    if _CUSTOMER.isdisjoint(signals.found):
        return
    claim = max(weights[Intent.COMPLAINT], weights[Intent.CRISIS_SIGNAL])
    if "mock_sign" not in signals.marks or "experience" in signals.marks:
        weights[Intent.TROLL] = min(weights[Intent.TROLL], claim - MARGIN)
    baits = len(signals.found.get("bait", ()))
    if not signals.false_support and (not baits or ("legal" in signals.marks and baits == 1)):
        weights[Intent.SPAM] = min(weights[Intent.SPAM], claim - MARGIN)


def _read_bereavement(weights: _Weights, signals: Signals) -> None:
    """A death laid at the brand's door is a crisis before it is a bereavement."""
    if {"bereavement", "safety"} <= signals.marks and "distress" not in signals.marks:
        weights[Intent.DISTRESS] *= 0.5


def _read_gravity(weights: _Weights, signals: Signals) -> None:
    """Danger outweighs the manner of saying it; an asked "is it safe" is still a question."""
    if weights[Intent.CRISIS_SIGNAL] >= 4 and signals.marks & {"safety", "conduct", "press", "boycott", "threat"}:
        told = signals.marks & {"experience", "threat", "press", "boycott", "conduct"}
        asked_only = signals.asks and signals.opens_with_question and not told
        weights[Intent.CRISIS_SIGNAL] *= 0.5 if asked_only else 1.0
        if not asked_only:
            weights[Intent.QUESTION] = min(weights[Intent.QUESTION], weights[Intent.CRISIS_SIGNAL] - 1)
        if not asked_only:
            weights[Intent.COMPLAINT] = min(weights[Intent.COMPLAINT], weights[Intent.CRISIS_SIGNAL] - 1)
    if weights[Intent.DISTRESS] >= 5:
        for other in (Intent.COMPLAINT, Intent.CRISIS_SIGNAL, Intent.PRIVATE_DATA_REQUEST):
            weights[other] = min(weights[other], weights[Intent.DISTRESS] - 1)
    if weights[Intent.PRIVATE_DATA_REQUEST] >= 4:
        weights[Intent.QUESTION] = min(weights[Intent.QUESTION], weights[Intent.PRIVATE_DATA_REQUEST] - 1)
    if "gdpr" in signals.marks:
        weights[Intent.COMPLAINT] = min(weights[Intent.COMPLAINT], weights[Intent.PRIVATE_DATA_REQUEST] - 0.5)


_ADJUSTMENTS: tuple[Callable[[_Weights, Signals], None], ...] = (
    _read_irony,
    _read_question,
    _read_experience,
    _read_abuse,
    _read_spam,
    _read_customer,
    _read_bereavement,
    _read_gravity,
)


def tone_of(intent: Intent, signals: Signals) -> Tone:
    """How the message sounds; what it wants settles what its words leave open."""
    if intent in (Intent.COMPLAINT, Intent.TROLL, Intent.DISTRESS, Intent.CRISIS_SIGNAL):
        return Tone.NEGATIVE
    if intent is Intent.PRAISE:
        return Tone.POSITIVE
    if intent is Intent.SPAM:
        return Tone.NEUTRAL
    if signals.tone >= 0.6:
        return Tone.POSITIVE
    return Tone.NEGATIVE if signals.tone <= -0.6 else Tone.NEUTRAL


def urgency_of(intent: Intent, signals: Signals) -> Urgency:
    """The SLA class: an angry or litigious customer before a calm one, a threat before all."""
    if "threat" in signals.marks and intent is Intent.TROLL:
        return Urgency.P0
    bereaved = "bereavement" in signals.marks and "distress" not in signals.marks
    if intent is Intent.DISTRESS and bereaved and "at_wits_end" not in signals.found:
        return Urgency.P1
    if intent is Intent.COMPLAINT and (signals.anger >= ANGRY or "legal" in signals.marks):
        return Urgency.P1
    return _URGENCY[intent]
