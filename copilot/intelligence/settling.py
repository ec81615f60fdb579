"""What a message is settled as, once the rules and another reading have both spoken.

What the rules found grave is never made light of in silence, a customer they read is never taken for a troll without
a word that bears it out, and meaning alone neither alarms nor accuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from copilot.domain.conversation import Decider, Intent, Triage, Urgency
from copilot.domain.wording import Wording
from copilot.intelligence.reasons import reasons
from copilot.intelligence.semantic import learning
from copilot.intelligence.signals import Signals
from copilot.intelligence.triage import ORDERS, tone_of, urgency_of
from copilot.intelligence.weighing import thanks_last

#: Below these probabilities nobody can be sure; chosen on comments set apart for it.
FLOOR_OF_MEANING, FLOOR_OF_WORDS = 0.40, 0.35
#: What the rules find grave stays so unless another reading is at least this sure.
SURE = 0.75
#: Meaning alone takes angry customers for trolls, whom nobody answers: it must be as good as certain.
SURE_OF_TROLL = 0.97
#: Meaning alone takes questions about the brand's own telephone or a password for those about somebody's data.
SURE_OF_PRIVATE = 0.9
#: Rules that were sure and another reading no surer than this, of another intent: nobody can be sure.
DISPUTED = 0.5
GRAVE = frozenset({Intent.DISTRESS, Intent.CRISIS_SIGNAL})
#: Readings that leave a customer without an answer, and the marks of a reproach none of them wins over.
_REPROACH = {
    Intent.TROLL: frozenset({"event", "experience", "irony", "turned", "service", "legal"}),
    Intent.PRAISE: frozenset({"irony", "turned", "drawback", "quoted", "legal", "rhetorical"}),
    Intent.OTHER: frozenset({"harsh", "irony", "turned", "drawback", "quoted", "legal", "rhetorical", "service"}),
    Intent.MALINFORMED: frozenset({"irony", "turned"}),
}
#: Reasons that name no word of the message, or are told apart.
_SAYS_NOTHING = frozenset({"triage.why.nothing", ORDERS})
#: Marks of a customer: without a word of distress, what sounds like despair is about a delay or a price.
_UNHAPPY = frozenset({"event", "harsh", "irony", "turned", "rhetorical", "service", "legal"})
#: Marks of someone who was there, who is glad, who only laughs, who only mocks.
_THERE, _GLAD = frozenset({"event", "experience"}), frozenset({"glad", "no_trouble"})
#: Marks that turn praise round whatever glad signs are beside it.
_DOUBTED = frozenset({"drawback", "quoted"})
_LAUGHS, _MOCKS = frozenset({"laugh", "mock_sign"}), frozenset({"laugh", "mock_sign", "mock"})
#: Intents that put a message before all others, or behind them: somebody looks where no word bears them out.
WEIGHTY = GRAVE | {Intent.SPAM, Intent.TROLL}


class Read(NamedTuple):
    """What the rules read in one text. ``points`` are in the order of the intents; ``plain`` is the text as seen."""

    triage: Triage
    plain: str
    signals: Signals
    points: tuple[float, ...]


def settled(read: Read, found: Sequence[float], *, by_meaning: bool, is_taught: bool) -> Triage:
    """What ``read`` is, where ``found`` are the probabilities of the intents, by meaning or by words.

    ``is_taught``: a moderator said what this very text is.
    """
    share = max(found)
    intent = learning.INTENTS[found.index(share)]
    by_rules = read.triage
    if not is_taught and _asks_ours(read, intent, share):
        share, intent = _likeliest(found, but=frozenset({intent}))
    if _reproached(read, intent) or (not is_taught and _ended_well(read, intent)):
        return _kept(read, intent, share, found)
    grave = intent not in GRAVE and (by_rules.intent in GRAVE or _made_light_of(read, intent))
    if grave and share < SURE:
        return _kept_grave(read, intent, share, found)
    floor, decider = (FLOOR_OF_MEANING, Decider.SEMANTIC) if by_meaning else (FLOOR_OF_WORDS, Decider.WORDS)
    why = [_resembles(decider, intent, share)]
    alone = not is_taught and _alone(read, intent, share)
    feared = share if alone and intent in GRAVE else 0.0
    if feared and _is_only_unhappy(read, intent):
        share, intent = _likeliest(found, but=GRAVE)
    differ = by_rules.intent is not intent and not by_rules.unsure
    if grave or differ:
        why.append(Wording("triage.why.rules_differ", {"intent": Wording(f"intent.{by_rules.intent.value}")}))
    why += _words_of(read, intent, also=grave or differ)
    why += _orders(read)
    urgency = urgency_of(intent, read.signals)
    if feared:  # No word bears it out: nobody is alarmed, somebody looks soon.
        urgency = min(Urgency.P1 if feared >= DISPUTED else Urgency.P2, by_rules.urgency, key=_rank)
    return replace(
        by_rules,
        intent=intent,
        tone=tone_of(intent, read.signals),
        urgency=min(urgency, by_rules.urgency, key=_rank) if grave or (alone and not feared) else urgency,
        unsure=share < floor or grave or (differ and share < DISPUTED) or alone,
        why=tuple(why),
        confidence=round(share, 4),
        decided_by=decider,
    )


def said(read: Read, intent: Intent, found: Sequence[float], *, by_meaning: bool) -> Triage:
    """What ``read`` is where a moderator said of this very text that it is ``intent``.

    What may fall under the law, and a threat, stay as urgent as their words are.
    """
    return replace(
        read.triage,
        intent=intent,
        tone=tone_of(intent, read.signals),
        urgency=urgency_of(intent, read.signals),
        unsure=False,
        why=(Wording("triage.why.said"), *reasons(read.plain, intent, read.signals), *_orders(read)),
        confidence=round(found[learning.INTENTS.index(intent)], 4),
        decided_by=Decider.SEMANTIC if by_meaning else Decider.WORDS,
    )


def _words_of(read: Read, intent: Intent, *, also: bool) -> list[Wording]:
    """The words and rules that speak for ``intent``, then those the rules read otherwise, each once."""
    told = [*reasons(read.plain, intent, read.signals), *(read.triage.why if also else ())]
    return [one for at, one in enumerate(told) if one not in told[:at] and one.key not in _SAYS_NOTHING]


def _orders(read: Read) -> tuple[Wording, ...]:
    return tuple(one for one in read.triage.why if one.key == ORDERS)


def _alone(read: Read, intent: Intent, share: float) -> bool:
    """True for an intent that weighs, before everything or behind it, of which no word the rules know is a sign."""
    sure = SURE_OF_TROLL if intent is Intent.TROLL else SURE
    return intent in WEIGHTY and share < sure and not _borne_out(read, intent)


def _is_only_unhappy(read: Read, intent: Intent) -> bool:
    """True for despair no word bears out beside a reproach: it is about a delay, or a price."""
    if intent is not Intent.DISTRESS or read.triage.intent in GRAVE:
        return False
    return not read.signals.marks.isdisjoint(_UNHAPPY)


def _made_light_of(read: Read, intent: Intent) -> bool:
    """True where ``intent`` would let wait what the rules put before all, whatever they called it."""
    return read.triage.urgency is Urgency.P0 and urgency_of(intent, read.signals) is not Urgency.P0


def _asks_ours(read: Read, intent: Intent, share: float) -> bool:
    """True where meaning alone hears somebody's data asked for: our telephone, an address to change, a password."""
    return intent is Intent.PRIVATE_DATA_REQUEST and share < SURE_OF_PRIVATE and not _borne_out(read, intent)


def _borne_out(read: Read, intent: Intent) -> bool:
    """True where some word the rules know is a sign of ``intent``."""
    return read.points[learning.INTENTS.index(intent)] > 0


def _likeliest(found: Sequence[float], *, but: frozenset[Intent]) -> tuple[float, Intent]:
    """The likeliest intent that is none of ``but``."""
    return max((share, intent) for share, intent in zip(found, learning.INTENTS, strict=True) if intent not in but)


def _reproached(read: Read, intent: Intent) -> bool:
    """True when the rules read a customer where ``intent`` would leave them without an answer, or with a wrong one."""
    marks = read.signals.marks
    if intent is Intent.PRIVATE_DATA_REQUEST:  # who leaves a number to be reached at asks for nobody's
        return read.signals.details and read.triage.intent is Intent.COMPLAINT and not marks.isdisjoint(_THERE)
    if read.triage.intent is not Intent.COMPLAINT or marks.isdisjoint(_REPROACH.get(intent, ())):
        return False
    if intent is Intent.PRAISE:
        return not marks.isdisjoint(_DOUBTED) or marks.isdisjoint(_GLAD)
    mocks = _LAUGHS if "service" in marks else _MOCKS
    return marks.isdisjoint(mocks) or not marks.isdisjoint(_THERE)


def _ended_well(read: Read, intent: Intent) -> bool:
    """True where another reading saw only the mishap of someone who thanks for how it was put right."""
    if intent is not Intent.COMPLAINT or read.triage.intent is not Intent.PRAISE:
        return False
    return "well" in read.signals.marks or thanks_last(read.signals)


def _kept(read: Read, intent: Intent, share: float, found: Sequence[float]) -> Triage:
    """What the rules read, where another reading saw nothing to answer; doubtful where that one was sure."""
    by_rules = read.triage
    doubt = Wording("triage.why.kept_rules", {"intent": Wording(f"intent.{intent.value}"), "share": _percent(share)})
    return replace(
        by_rules,
        unsure=by_rules.unsure or share >= DISPUTED,
        why=(*by_rules.why, doubt),
        confidence=round(found[learning.INTENTS.index(by_rules.intent)], 4),
    )


def _kept_grave(read: Read, intent: Intent, share: float, found: Sequence[float]) -> Triage:
    """What the rules found grave and another reading, not sure enough, did not."""
    by_rules = read.triage
    doubt = Wording("triage.why.kept_grave", {"intent": Wording(f"intent.{intent.value}"), "share": _percent(share)})
    return replace(
        by_rules,
        unsure=True,
        why=(*by_rules.why, doubt),
        confidence=round(found[learning.INTENTS.index(by_rules.intent)], 4),
    )


def _resembles(decider: Decider, intent: Intent, share: float) -> Wording:
    key = "triage.why.meaning" if decider is Decider.SEMANTIC else "triage.why.wording"
    return Wording(key, {"intent": Wording(f"intent.{intent.value}"), "share": _percent(share)})


def _percent(share: float) -> int:
    return round(100 * share)


def _rank(urgency: Urgency) -> str:
    return urgency.value
