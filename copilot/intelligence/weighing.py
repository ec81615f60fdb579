"""What signals found together mean: how the weights of the intents change when one reads the whole message."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from copilot.domain.conversation import Intent
from copilot.intelligence.automaton import START_SIGN, STOPS
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
from copilot.intelligence.signals import Signals, apart

#: Two intents closer than this are a tie a person should settle.
MARGIN = 0.7
#: A link with no more words than this around it is thrown in passing; with more, someone is talking.
BARE_LINK_WORDS = 8
#: From which probability the linear model's spam weighs, how much at most, and below which it speaks against.
SPAM_FROM, SPAM_WEIGHT, NO_SPAM_BELOW = 0.5, 4.0, 0.05
#: The same where the rules found nothing that lures: the model alone must be surer.
SPAM_ALONE_FROM = 0.8

_Weights = dict[Intent, float]
_NO_WEIGHT = dict.fromkeys(Intent, 0.0)
#: The places of the words of one phrase found.
Places = tuple[int, ...]


#: Rules whose words praise; and what the rule of praise that only opens a reproach weighs.
_PRAISING = ("praise", "mild_praise", "amused")
TURNED = 3.4


def _read_turned(weights: _Weights, signals: Signals) -> None:
    """'Bravo, four weeks to deliver': praise that is alone before a delay or a mishap is none; praised again, it is."""
    if "turned" not in signals.marks:
        return
    opening = {index for match in signals.found.get("turned", ()) for index in match.at}
    others = (match for name in _PRAISING for match in signals.found.get(name, ()))
    praised = any(opening.isdisjoint(match.at) for match in others) or "glad" in signals.marks
    sincere = praised and signals.marks.isdisjoint({"event", "harsh", "mild", "wry"})
    if "wry" not in signals.marks and (sincere or "no_trouble" in signals.marks):
        weights[COMPLAINT] = max(0.0, weights[COMPLAINT] - TURNED)
    else:
        weights[PRAISE] = 0.0


#: Praise opens a comment within so many of its first words; a drawback told after it turns it round.
OPENING = 5
#: A last sentence of no more signs is one word thrown in: "... stood all the way. Lovely."
CURT = 4
#: Marks of irony that needs nothing else to be seen.
_IRONIC = frozenset({"irony", "turned"})
#: Marks of what is wrong, and those by which praise is read otherwise.
_WRONG, _SETTLED_BY_MARKS = frozenset({"event", "harsh", "mild", "drawback", "quoted"}), _IRONIC | {"no_trouble"}


def _read_drawback(weights: _Weights, signals: Signals) -> None:
    """'Lovely, a sofa with three legs': praise opens, what is wrong comes after it, and nothing good at the end."""
    marks = signals.marks
    if "positive" not in marks or marks.isdisjoint(_WRONG) or not marks.isdisjoint(_SETTLED_BY_MARKS):
        return
    praises = [match.at for name in _PRAISING for match in signals.found.get(name, ())]
    wrong = [match.at for found in signals.found.values() if not found[0].rule.marks.isdisjoint(_WRONG)
             for match in found]  # fmt: skip
    if "quoted" in marks or _is_wry(signals, praises, wrong):
        weights[COMPLAINT] += TURNED
        weights[PRAISE] = 0.0


def _is_wry(signals: Signals, praises: Sequence[Places], wrong: Sequence[Places]) -> bool:
    """True when praise stands where irony puts it: before all that is wrong, or in one last word after it."""
    if not praises or not wrong:
        return False
    last = max(at[-1] for at in wrong)
    begun, end = _last_sentence(signals)
    if last < begun <= min(at[0] for at in praises) and end - begun <= CURT:
        return True
    if "drawback" not in signals.found or not any(at[0] < OPENING and at[-1] < last for at in praises):
        return False
    sly = "wry" in signals.marks or "laugh" in signals.marks or "glad_sign_clap" in signals.found
    return sly or (not signals.contrast and not any(at[0] > last for at in praises))


def _last_sentence(signals: Signals) -> tuple[int, int]:
    """The places where the last sentence with words begins and ends."""
    signs = signals.read.signs
    end = len(signs)
    while end and signs[end - 1] < len(STOPS):
        end -= 1
    begun = end
    while begun and signs[begun - 1] != START_SIGN:
        begun -= 1
    return begun, end


#: Marks of a mishap that is not over, or of thanks that are none.
_UNSETTLED = _IRONIC | {"wry", "harsh", "rhetorical", "legal", "safety", "insult"}
#: Rules of who still waits or asks for money back, and of applause that may be slow.
_WAITING = frozenset({"not_received", "refund", "rhetorical", "glad_sign_clap"})


def thanks_last(signals: Signals) -> bool:
    """True when all that went wrong was told before the first word of praise."""
    if not _WAITING.isdisjoint(signals.found):
        return False
    praises = [match.at[0] for name in _PRAISING for match in signals.found.get(name, ())]
    mishaps = [match.at[-1] for found in signals.found.values() if found[0].rule.weights.get(COMPLAINT, 0) > 1
               for match in found]  # fmt: skip
    return bool(praises and mishaps) and min(praises) > max(mishaps)


def _read_happy_end(weights: _Weights, signals: Signals) -> None:
    """'Cold plate, remade in two minutes': what went wrong was put right, nobody complains of it."""
    if "positive" not in signals.marks or not signals.marks.isdisjoint(_UNSETTLED):
        return
    if "well" in signals.marks:
        weights[COMPLAINT] *= 0.3
        weights[TROLL] *= 0.5
        weights[QUESTION] *= 1.0 if signals.asks else 0.5
    elif weights[COMPLAINT] > 0 and thanks_last(signals):
        weights[COMPLAINT] *= 0.5


def _read_irony(weights: _Weights, signals: Signals) -> None:
    """Praise beside a mishap, with no "but" between, is praise turned round."""
    praise = weights[PRAISE]
    if praise <= 0:
        return
    wry = "wry" in signals.marks
    if "no_trouble" in signals.marks and not wry:
        weights[COMPLAINT] *= 0.3
    elif "irony" in signals.marks:
        weights[PRAISE] = 0.0 if "glad" not in signals.marks else praise * 0.5
    elif signals.marks & {"event", "harsh"} or (wry and "mild" in signals.marks):
        turned = 0.0 if wry or not signals.contrast else 0.6
        weights[COMPLAINT] += 0.4 * praise if wry else 0.0
        weights[PRAISE] = praise * turned if wry or signals.contrast else praise * 0.5
    elif wry:
        weights[COMPLAINT] += 0.6 * praise
        weights[PRAISE] = praise * 0.5


#: Marks of what lures: such a message is weighed even when it reads as harmless.
LURES = frozenset({"link", "bait", "bait_sign"})
#: Marks of someone who suffered something.
_HURT = frozenset({"event", "harsh", "mild", "irony", "safety", "mock", "insult"})


def _read_question(weights: _Weights, signals: Signals) -> None:
    """A question mark asks, unless the question is a reproach; praise that asks is a question."""
    if signals.asks:
        weights[QUESTION] += 1.6
    elif weights[QUESTION] and not signals.opens_with_question:
        weights[QUESTION] *= 0.5
    if "rhetorical" in signals.marks:
        weights[QUESTION] = 0.0
    elif signals.asks and not signals.marks & _HURT:
        weights[QUESTION] = max(weights[QUESTION], weights[PRAISE] + MARGIN)
    if signals.asks:
        weights[MALINFORMED] *= 0.5
    if weights[SUGGESTION] >= 3 and weights[QUESTION]:
        weights[QUESTION] *= 0.5


def _read_experience(weights: _Weights, signals: Signals) -> None:
    """Who lived something complains; who asserts about the brand without having lived it may be misinformed."""
    lived = "experience" in signals.marks
    if not lived:
        weights[COMPLAINT] *= 0.6 if "claim" in signals.marks else 1.0
        return
    weights[MALINFORMED] *= 0.5
    if signals.marks & {"event", "harsh", "mild"}:
        weights[TROLL] *= 0.5


#: Marks of what may fall under the law, and of someone who only reports it.
_UNLAWFUL, _REPORTED = frozenset({"hate", "violence"}), frozenset({"reported"})


def unlawful(signals: Signals) -> bool:
    """True for words that may fall under the law: hatred of a group, a call to harm someone. Never a verdict."""
    return not signals.marks.isdisjoint(_UNLAWFUL) and signals.marks.isdisjoint(_REPORTED)


#: Marks of someone who tells what happened.
_LIVED = frozenset({"event", "experience", "safety"})


#: Marks of who tells what happened to them, an insult heard included.
_LIVED_OR_TOLD = frozenset({"experience", "reported"})
#: Marks of rough words, and of those that only mock.
_ROUGH = frozenset({"insult", "mock", "swear", "harsh"})
_MOCKERY = frozenset({"laugh", "mock_sign", "hate", "violence"})


def _read_abuse(weights: _Weights, signals: Signals) -> None:
    """Insults with a mishap are an angry customer; mockery of nothing in particular is a troll."""
    if "insult" in signals.marks and signals.marks & {"event", "experience", "mild"}:
        weights[COMPLAINT] += 1.0
        weights[TROLL] *= 0.6
    elif "insult" in signals.marks:
        weights[TROLL] += 1.5
        weights[COMPLAINT] *= 0.6
    if "slur" in signals.marks and signals.marks.isdisjoint(_LIVED_OR_TOLD):
        weights[TROLL] += 4.0
        weights[COMPLAINT] *= 0.5
    elif "service" in signals.marks and signals.marks & _ROUGH and signals.marks.isdisjoint(_MOCKERY):
        # Rough words about a service are those of who used it.
        weights[COMPLAINT] += 2.4
        weights[TROLL] *= 0.5
    if "laugh" in signals.marks and signals.marks & {"mild", "harsh", "swear"} and not signals.marks & _LIVED:
        weights[TROLL] += 2.6
        weights[COMPLAINT] *= 0.5
    if signals.marks & {"mock", "mock_sign"} and not signals.marks & _LIVED:
        weights[TROLL] += 1.0 if signals.marks & {"laugh", "mock_sign", "harsh", "swear"} else 0.6
        weights[COMPLAINT] *= 0.5


#: Marks of someone who speaks of what they lived: a link there is a proof, not a lure.
_MEANT = frozenset({"event", "experience", "harsh", "mild", "claim", "safety", "press", "legal", "private"})


def _asked_in_passing(signals: Signals) -> bool:
    """One word of bait in a question to the brand, and nothing to follow: "do you take bitcoin?"."""
    if not (signals.asks or signals.opens_with_question) or signals.false_support or signals.details:
        return False
    return len(apart(signals.found.get("bait", ()))) == 1 and signals.marks.isdisjoint({"link", "bait_sign"})


def _read_spam(weights: _Weights, signals: Signals) -> None:
    """A link alone proves little; with bait it does."""
    if "bait" in signals.marks and signals.marks & {"link", "bait_sign"}:
        weights[SPAM] += 1.5
    elif "link" in signals.marks and not signals.marks & _MEANT:
        asked = signals.asks and signals.opens_with_question and "bait" not in signals.marks
        weights[SPAM] += 1.2 if signals.words <= BARE_LINK_WORDS and not asked else -0.8
    if signals.details and signals.marks.isdisjoint({"bait", "bait_sign"}) and not signals.false_support:
        weights[SPAM] *= 0.4  # someone leaves a number to be called back
    if "reports" in signals.marks and not signals.false_support:
        weights[SPAM] *= 0.3
    elif _asked_in_passing(signals):
        weights[SPAM] *= 0.4
    if "link" in signals.marks and weights[PRIVATE_DATA_REQUEST] > 0 and "gdpr" not in signals.marks:
        weights[SPAM] += weights[PRIVATE_DATA_REQUEST]
    if signals.false_support:
        weights[SPAM] += 2.5
    if weights[SPAM] >= 3:
        for other in (PRAISE, QUESTION, SUGGESTION):
            weights[other] *= 0.5


def _read_details(weights: _Weights, signals: Signals) -> None:
    """Who tells what happened and leaves a number or an address asks for nobody's, and lures nobody."""
    if not signals.details or signals.false_support or "gdpr" in signals.marks or "event" not in signals.marks:
        return
    claim = max(weights[COMPLAINT], weights[QUESTION])
    weights[PRIVATE_DATA_REQUEST] = min(weights[PRIVATE_DATA_REQUEST], claim - MARGIN)
    if len(signals.found.get("bait", ())) < 2 and signals.marks.isdisjoint({"bait_sign", "reports"}):
        weights[SPAM] = min(weights[SPAM], claim - MARGIN)


def _read_likely(weights: _Weights, likely: float, marks: frozenset[str]) -> None:
    """What the linear model takes for spam weighs, less where a customer tells what happened."""
    begin = SPAM_ALONE_FROM if marks.isdisjoint(LURES) else SPAM_FROM
    if likely > begin:
        most = SPAM_WEIGHT if marks.isdisjoint(_MEANT) else SPAM_WEIGHT / 2
        weights[SPAM] += most * (likely - begin) / (1 - begin)
    elif likely < NO_SPAM_BELOW and "bait" not in marks:
        weights[SPAM] *= 0.5


#: Rules of a customer who waits or goes to law: mistaking one for a troll or a lure costs more than the reverse.
_CUSTOMER = frozenset({"not_received", "where_is_it", "refund", "legal", "recourse", "collective"})


def _read_customer(weights: _Weights, signals: Signals) -> None:
    """Who waits for something or lodges a complaint is answered, whatever the insults or the phone number left."""
    if _CUSTOMER.isdisjoint(signals.found):
        return
    claim = max(weights[COMPLAINT], weights[CRISIS_SIGNAL])
    if "mock_sign" not in signals.marks or "experience" in signals.marks:
        weights[TROLL] = min(weights[TROLL], claim - MARGIN)
    baits = len(signals.found.get("bait", ()))
    if not signals.false_support and (not baits or ("legal" in signals.marks and baits == 1)):
        weights[SPAM] = min(weights[SPAM], claim - MARGIN)


def _first(signals: Signals, rule: str) -> int:
    """The first place that carried ``rule``; past the end where it was not found."""
    return min((match.at[0] for match in signals.found.get(rule, ())), default=len(signals.read.signs))


def _read_bereavement(weights: _Weights, signals: Signals) -> None:
    """A death laid at the brand's door is a crisis before it is a bereavement; who begins by asking how, asks."""
    if "bereavement" not in signals.marks or "distress" in signals.marks:
        return
    if "safety" in signals.marks:
        weights[DISTRESS] *= 0.5
    elif signals.asks and _first(signals, "question") < _first(signals, "bereavement"):
        weights[DISTRESS] = min(weights[DISTRESS], weights[QUESTION] - MARGIN)


def _read_gravity(weights: _Weights, signals: Signals) -> None:
    """Danger outweighs the manner of saying it; an asked "is it safe" is still a question."""
    if weights[CRISIS_SIGNAL] >= 4 and signals.marks & {"safety", "conduct", "press", "boycott", "threat"}:
        told = signals.marks & {"experience", "threat", "press", "boycott", "conduct"}
        asked_only = signals.asks and signals.opens_with_question and not told
        weights[CRISIS_SIGNAL] *= 0.5 if asked_only else 1.0
        if not asked_only:
            weights[QUESTION] = min(weights[QUESTION], weights[CRISIS_SIGNAL] - 1)
        if not asked_only:
            weights[COMPLAINT] = min(weights[COMPLAINT], weights[CRISIS_SIGNAL] - 1)
    if weights[DISTRESS] >= 5:
        for other in (COMPLAINT, CRISIS_SIGNAL, PRIVATE_DATA_REQUEST):
            weights[other] = min(weights[other], weights[DISTRESS] - 1)
    if weights[PRIVATE_DATA_REQUEST] >= 4:
        weights[QUESTION] = min(weights[QUESTION], weights[PRIVATE_DATA_REQUEST] - 1)
    if "gdpr" in signals.marks:
        weights[COMPLAINT] = min(weights[COMPLAINT], weights[PRIVATE_DATA_REQUEST] - 0.5)


#: What is found together is read together, in this order; the linear models are heard before what settles the rest.
_SUMMING: tuple[Callable[[_Weights, Signals], None], ...] = (
    _read_turned,
    _read_drawback,
    _read_happy_end,
    _read_irony,
    _read_question,
    _read_experience,
    _read_abuse,
    _read_spam,
)
_SETTLING: tuple[Callable[[_Weights, Signals], None], ...] = (
    _read_details,
    _read_customer,
    _read_bereavement,
    _read_gravity,
)


def summed(signals: Signals) -> Mapping[Intent, float]:
    """The weight of each intent from what the rules found, before the linear models are heard."""
    weights = _NO_WEIGHT | signals.weights
    if signals.found or signals.asks or signals.false_support:
        for adjust in _SUMMING:
            adjust(weights, signals)
    return weights


def settled(sums: Mapping[Intent, float], signals: Signals) -> Mapping[Intent, float]:
    """The weight of each intent from ``sums`` and what the linear models say, where they were asked."""
    weights = dict(sums)
    if signals.likely is not None:
        _read_likely(weights, signals.likely.spam, signals.marks)
    if signals.found or signals.asks or signals.false_support:
        for adjust in _SETTLING:
            adjust(weights, signals)
    weights[OTHER] += 1.0
    return weights
