"""First reading of a comment by rules: intent, tone, urgency, insults, concerns, and why.

The rules are phrases of ``assets/lexicons/triage`` with weights; this module weighs what was found. It never scores a
person: the author's name serves only to notice an account that poses as a support desk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from copilot import __version__
from copilot.domain.conversation import TOPICS, Intent, Risk, Tone, Triage, Urgency
from copilot.domain.wording import Wording
from copilot.intelligence import linear
from copilot.intelligence.hostile import hostility, is_hostile
from copilot.intelligence.intents import (
    COMPLAINT,
    CRISIS_SIGNAL,
    DISTRESS,
    MALINFORMED,
    OTHER,
    PRAISE,
    PRIVATE_DATA_REQUEST,
    QUESTION,
    SPAM,
    SUGGESTION,
    TROLL,
)
from copilot.intelligence.lexicon import Lexicon, lexicon_files, shipped_lexicon
from copilot.intelligence.reasons import reasons
from copilot.intelligence.recent import Recent
from copilot.intelligence.signals import Signals, gather, may_pose_as_support
from copilot.intelligence.tokens import visible
from copilot.intelligence.weighing import LURES, MARGIN, settled, summed, unlawful
from copilot.text.language import UNKNOWN, detect, told

#: Below this score the best intent is only a guess. Chosen on comments written for this purpose.
FLOOR = 2.0
#: Anger from which an unhappy customer waits two hours at most.
ANGRY = 1.5

#: From which probability a text is said to be possibly hateful: below, ordinary complaints are flagged too.
HATEFUL_FROM = 0.8


#: Intents nobody may miss: when equal to another they win, most serious first.
_GRAVEST_FIRST = (
    DISTRESS,
    CRISIS_SIGNAL,
    PRIVATE_DATA_REQUEST,
    SPAM,
    COMPLAINT,
    QUESTION,
    SUGGESTION,
    MALINFORMED,
    PRAISE,
    TROLL,
    OTHER,
)
_URGENCY = {
    DISTRESS: Urgency.P0,
    CRISIS_SIGNAL: Urgency.P0,
    PRIVATE_DATA_REQUEST: Urgency.P2,
    QUESTION: Urgency.P2,
    COMPLAINT: Urgency.P2,
    MALINFORMED: Urgency.P2,
    PRAISE: Urgency.P3,
    SUGGESTION: Urgency.P3,
    OTHER: Urgency.P3,
    TROLL: Urgency.P4,
    SPAM: Urgency.P4,
}


#: Messages remembered with what was said of them, and the longest of those, in characters.
MEMORY, MEMORABLE = 4_000, 1_000


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


class Scores(NamedTuple):
    """What the rules weigh for each intent; another layer may add its own before the choice.

    ``best`` has most weight, and is the gravest one when equal; ``unsure``: that weight is low or another one is close.
    """

    by_intent: Mapping[Intent, float]
    best: Intent
    unsure: bool


def _scored(sums: Mapping[Intent, float], signals: Signals) -> Scores:
    """The weight of each intent once all is said, and which leads; ``sums`` as :func:`.weighing.summed` tells them."""
    weights = settled(sums, signals)
    *_, second, most = sorted(weights.values())
    for best in _GRAVEST_FIRST:
        if weights[best] == most:
            break
    return Scores(weights, best, most < FLOOR or most - second < MARGIN)


class Asked(NamedTuple):
    """A text to triage. ``vector`` is what the semantic model made of it before, as it is stored.

    ``language`` where it is known; a short text inherits ``thread_language``; ``author`` as :meth:`RuleTriage.triage`.
    """

    text: str
    author: str | None = None
    language: str | None = None
    thread_language: str | None = None
    vector: bytes | None = None


def _impersonal(asked: Asked) -> Asked:
    """``asked`` as the rules read it: of an author, only the name of one who could pose as a support desk."""
    author = asked.author if asked.author and may_pose_as_support(asked.author) else None
    if author == asked.author and asked.vector is None:
        return asked
    return Asked(asked.text, author, asked.language, asked.thread_language)


class Weighed(NamedTuple):
    """A message as the rules read it: also without invisible characters; what was found there, what that weighs.

    ``sums`` are the weights before the linear models are heard, ``scores`` those when all is said.
    """

    asked: Asked
    seen: str
    signals: Signals
    sums: Mapping[Intent, float]
    scores: Scores


#: Intents of messages that hurt nobody when nothing bad was found beside them.
_HARMLESS = frozenset({QUESTION, PRAISE, SUGGESTION, PRIVATE_DATA_REQUEST, DISTRESS})


def _doubtful(read: Weighed) -> bool:
    """True unless the rules already read the message as harmless: the linear models are asked of doubtful ones only."""
    signals = read.signals
    if not signals.words:
        return False
    if read.scores.best not in _HARMLESS or signals.tone < 0 or read.scores.unsure:
        return True
    return not signals.marks.isdisjoint(LURES)


class RuleTriage:
    """Triage without a model. Build it once: the lexicons are read at the first message and kept."""

    def __init__(self, lexicon: Lexicon | None = None, *, screen: bool = True) -> None:
        """Use ``lexicon``, else the shipped one (read at the first message).

        Without ``screen``, no text is said to be hostile: that costs a third of the time.
        """
        self._lexicon = lexicon
        self._screen = screen
        self._met: Recent[Asked, Triage] = Recent(MEMORY)

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
        return self.triage_batch([Asked(text, author, language, thread_language)])[0]

    def triage_batch(self, messages: Sequence[Asked]) -> list[Triage]:
        """As :meth:`triage` for each of ``messages``, in order; quicker, as what is doubtful is weighed together.

        What many people post word for word is read once.
        """
        asked = [_impersonal(one) for one in messages]
        answers = [self._met.known(one) for one in asked]
        anew = dict.fromkeys(one for one, known in zip(asked, answers, strict=True) if known is None)
        read = dict(zip(anew, self.told([self.weighed(one) for one in anew]), strict=True))
        for one, triage in read.items():
            if len(one.text) <= MEMORABLE:
                self._met.keep(one, triage)
        return [known or read[one] for one, known in zip(asked, answers, strict=True)]

    def weighed(self, asked: Asked) -> Weighed:
        """What the rules alone find in a message."""
        seen = visible(asked.text)
        signals = self.signals(seen, author=asked.author)
        sums = summed(signals)
        return Weighed(asked, seen, signals, sums, _scored(sums, signals))

    def told(self, reads: Sequence[Weighed]) -> list[Triage]:
        """What the rules say of each message they read: the linear models are asked of the doubtful ones first."""
        kept = list(reads)
        doubtful = [at for at, one in enumerate(kept) if _doubtful(one)]
        if doubtful:
            likely = linear.shipped().likely([kept[at].seen for at in doubtful])
            for at, chances in zip(doubtful, likely, strict=True):
                asked, seen, signals, sums, _scores = kept[at]
                signals = Signals(*signals[:-1], chances)
                kept[at] = Weighed(asked, seen, signals, sums, _scored(sums, signals))
        return [self._told(one) for one in kept]

    def _told(self, read: Weighed) -> Triage:
        asked, seen, signals, _sums, scores = read
        intent = scores.best
        why, hostile = reasons(seen, intent, signals), self._screen and is_hostile(asked.text)
        return Triage(
            language=asked.language or self._language(seen, signals, asked.thread_language),
            intent=intent,
            tone=tone_of(intent, signals),
            urgency=urgency_of(intent, signals),
            explicit_toxic="insult" in signals.marks,
            unsure=scores.unsure and bool(signals.words),
            why=(*why, _orders(asked.text)) if hostile else why,
            topics=topics_of(signals),
            possibly_hateful=hateful(signals),
            hostile=hostile,
            risk=risk_of(intent, signals),
        )

    def _language(self, text: str, signals: Signals, thread_language: str | None) -> str:
        """The language of ``text``; the words of the lexicons settle what its small words leave open."""
        count = signals.read.count
        found = detect(text, hint=thread_language) if count is None else told(count, text, thread_language)
        if found == UNKNOWN and self._lexicon is not None:
            return self._lexicon.language_of(signals.read) or UNKNOWN
        return found

    def signals(self, text: str, *, author: str | None = None) -> Signals:
        """What the lexicons find in ``text`` (already without invisible characters)."""
        if self._lexicon is None:
            self._lexicon = shipped_lexicon()
        return gather(self._lexicon, text, author or "")


def rules_fingerprint() -> str:
    """What changes with any phrase or weight of the rules: with the version alone where their source is not at hand."""
    made = hashlib.sha256(__version__.encode())
    for path in (*lexicon_files(), *sorted(Path(__file__).parent.glob("*.py"))):
        made.update(path.read_bytes())
    return made.hexdigest()


def rules_of_their_own() -> Callable[[Sequence[Asked]], list[Triage]]:
    """:meth:`RuleTriage.triage_batch` with the shipped lexicons, for a process that has none."""
    return RuleTriage().triage_batch


#: The reason for saying a text hostile.
ORDERS = "triage.why.hostile"


def _orders(text: str) -> Wording:
    """The words that seem to give orders to whatever machine reads ``text``."""
    return Wording(ORDERS, {"why": hostility(text).why})


#: Marks that bear out what the linear model takes for hateful: its runs of letters are those of harmless words too.
_BORNE_OUT = frozenset({"insult", "group", "threat", "slur"})


def hateful(signals: Signals) -> bool:
    """True for what may fall under the law, and where a word bears out that the linear model takes it for hateful."""
    if unlawful(signals):
        return True
    if signals.likely is None or signals.likely.hateful <= HATEFUL_FROM or "reported" in signals.marks:
        return False
    return not signals.marks.isdisjoint(_BORNE_OUT)


def risk_of(intent: Intent, signals: Signals) -> Risk:
    """What could happen if the message is left as it is: the gravest when several could."""
    marks = signals.marks
    told = bool(marks & {"experience", "event"}) and not (signals.asks and signals.opens_with_question)
    if (
        intent is DISTRESS
        or "threat" in marks
        or ("violence" in marks and unlawful(signals))
        or ("safety" in marks and (intent is CRISIS_SIGNAL or told))
    ):
        return Risk.SAFETY
    if unlawful(signals):
        return Risk.ABUSE
    if intent is SPAM:
        return Risk.SPAM
    if intent is PRIVATE_DATA_REQUEST or signals.details:
        return Risk.PERSONAL
    if "legal" in marks:
        return Risk.LEGAL
    if ("insult" in marks and "reported" not in marks) or hateful(signals):
        return Risk.ABUSE
    return Risk.NONE


def topics_of(signals: Signals) -> tuple[str, ...]:
    """The concerns found, in the order of ``TOPICS``."""
    return tuple([topic for topic in TOPICS if topic in signals.topics]) if signals.topics else ()


def tone_of(intent: Intent, signals: Signals) -> Tone:
    """How the message sounds; what it wants settles what its words leave open."""
    if intent in (COMPLAINT, TROLL, DISTRESS, CRISIS_SIGNAL):
        return Tone.NEGATIVE
    if intent is PRAISE:
        return Tone.POSITIVE
    if intent is SPAM:
        return Tone.NEUTRAL
    if signals.tone >= 0.6:
        return Tone.POSITIVE
    return Tone.NEGATIVE if signals.tone <= -0.6 else Tone.NEUTRAL


def _was_insulted(signals: Signals) -> bool:
    """True for someone who tells of an insult they heard."""
    return "reported_insult" in signals.found or {"reported", "insult"} <= signals.marks


def urgency_of(intent: Intent, signals: Signals) -> Urgency:
    """The SLA class: a customer who is angry, insulted or litigious before a calm one; threats and hatred first."""
    if unlawful(signals):
        return Urgency.P0
    if "threat" in signals.marks and intent is TROLL:
        return Urgency.P0
    bereaved = "bereavement" in signals.marks and "distress" not in signals.marks
    if intent in (DISTRESS, QUESTION) and bereaved and "at_wits_end" not in signals.found:
        return Urgency.P1
    if intent is COMPLAINT and (signals.anger >= ANGRY or "legal" in signals.marks or _was_insulted(signals)):
        return Urgency.P1
    return _URGENCY[intent]
