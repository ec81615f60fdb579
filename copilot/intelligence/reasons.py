"""Why a message was read as it was: the very words found and the rules that read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from copilot.domain.conversation import Intent
from copilot.domain.wording import Wording
from copilot.intelligence.automaton import START_SIGN, Match
from copilot.intelligence.intents import COMPLAINT, QUESTION, SPAM
from copilot.intelligence.signals import Signals, apart

#: Rules told at most, and words told for each: a reason is read in a glance.
RULES_TOLD, WORDS_TOLD = 4, 3
#: Characters of the message quoted for one phrase.
QUOTE = 48

_EMPTY, _NOTHING = Wording("triage.why.empty"), Wording("triage.why.nothing")
_ASKED, _SHOUTED = Wording("triage.why.question_mark"), Wording("triage.why.shouted")
_FALSE_SUPPORT = Wording("triage.why.false_support")

#: Rules that decide or sharpen whatever the intent.
_SHARPENING = (
    "hate_speech", "violence_call", "suicide_call", "doxxing", "threat", "insult", "legal", "press", "boycott",
)  # fmt: skip
_ALWAYS = frozenset(_SHARPENING)


def reasons(text: str, intent: Intent, signals: Signals) -> tuple[Wording, ...]:
    """The reasons of ``intent``: the rules that weighed for it first, then those that decided urgency."""
    if not signals.words:
        return (_EMPTY,)
    told = [_told(text, name, signals.found[name], signals) for name in _deciding(intent, signals)]
    if intent is QUESTION and signals.asks:
        told.append(_ASKED)
    if intent is COMPLAINT and signals.shouted:
        told.append(_SHOUTED)
    if intent is SPAM and signals.false_support:
        told.append(_FALSE_SUPPORT)
    return tuple(told) or (_NOTHING,)


def _deciding(intent: Intent, signals: Signals) -> list[str]:
    found = signals.found
    weighed = [(matches[0].rule.weights.get(intent, 0.0), name) for name, matches in found.items()]
    mine = [name for _weight, name in sorted([(-weight, name) for weight, name in weighed if weight > 0])]
    if _ALWAYS.isdisjoint(found):
        return mine[:RULES_TOLD]
    also = [name for name in _SHARPENING if name in found and name not in mine]
    return [*mine[: RULES_TOLD - len(also[:2])], *also[:2]]


def _told(text: str, name: str, matches: Sequence[Match], signals: Signals) -> Wording:
    if len(matches) == 1:
        quote = _quote(text, matches[0], signals)
        return _worded(name, (quote,) if quote else ())
    matches = apart(matches)[: WORDS_TOLD * 3]
    quotes = dict.fromkeys(quote for quote in (_quote(text, match, signals) for match in matches) if quote)
    return _worded(name, tuple(_without_parts(list(quotes))[:WORDS_TOLD]))


@lru_cache(maxsize=20_000)
def _worded(name: str, quotes: tuple[str, ...]) -> Wording:
    """The reason that rule ``name`` found ``quotes``: the same few words come back again and again."""
    words = tuple(Wording("triage.quoted", {"text": quote}) for quote in quotes)
    return Wording("triage.why.words", {"rule": Wording(f"triage.rule.{name}"), "words": words})


def _without_parts(quotes: list[str]) -> list[str]:
    """``quotes`` without those another one holds."""
    if len(quotes) < 2:
        return quotes
    return [quote for quote in quotes if not any(quote != other and quote in other for other in quotes)]


def _quote(text: str, match: Match, signals: Signals) -> str:
    """The words of ``match`` as they were typed, ``…`` where words were skipped."""
    pieces: list[str] = []
    last_index, last_end = -2, -1
    signs, span = signals.read.signs, signals.read.span
    for index in match.at:
        if signs[index] == START_SIGN:
            continue
        start, end = span(index)
        if start < last_end:
            continue
        if pieces and index == last_index + 1 and start - last_end <= 2:
            pieces[-1] += text[last_end:end]
        else:
            if pieces:
                pieces.append("…")
            pieces.append(text[start:end])
        last_index, last_end = index, end
    return _shown(" ".join(pieces))


def _shown(quote: str) -> str:
    """``quote`` on one line, cut, without control characters or halves of surrogate pairs."""
    if len(quote) <= QUOTE and quote.isprintable() and "  " not in quote and not quote.endswith(" "):
        return quote
    kept = quote[: QUOTE + 1]
    if not kept.isprintable():
        kept = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in kept)
    line = " ".join(kept.split())
    return line if len(quote) <= QUOTE else f"{line[:QUOTE].rstrip()}…"
