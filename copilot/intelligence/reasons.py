"""Why a message was read as it was: the very words found and the rules that read them."""

from __future__ import annotations

import unicodedata

from copilot.domain.conversation import Intent
from copilot.domain.wording import Wording
from copilot.intelligence.lexicon import Match
from copilot.intelligence.signals import Signals, apart
from copilot.intelligence.tokens import START

#: Rules told at most, and words told for each: a reason is read in a glance.
RULES_TOLD, WORDS_TOLD = 4, 3
#: Characters of the message quoted for one phrase.
QUOTE = 48

#: Rules that decide or sharpen whatever the intent.
_ALWAYS = ("insult", "threat", "legal", "press", "boycott")


def reasons(text: str, intent: Intent, signals: Signals) -> tuple[Wording, ...]:
    """The reasons of ``intent``: the rules that weighed for it first, then those that decided urgency."""
    if not signals.words:
        return (Wording("triage.why.empty"),)
    told = [_told(text, name, signals.found[name], signals) for name in _deciding(intent, signals)]
    if intent is Intent.QUESTION and signals.asks:
        told.append(Wording("triage.why.question_mark"))
    if intent is Intent.COMPLAINT and signals.shouted:
        told.append(Wording("triage.why.shouted"))
    if intent is Intent.SPAM and signals.false_support:
        told.append(Wording("triage.why.false_support"))
    return tuple(told) or (Wording("triage.why.nothing"),)


def _deciding(intent: Intent, signals: Signals) -> list[str]:
    def weight(name: str) -> float:
        return signals.found[name][0].rule.weights.get(intent, 0.0)

    mine = sorted((name for name in signals.found if weight(name) > 0), key=lambda name: (-weight(name), name))
    also = [name for name in _ALWAYS if name in signals.found and name not in mine]
    return [*mine[: RULES_TOLD - len(also[:2])], *also[:2]]


def _told(text: str, name: str, matches: tuple[Match, ...], signals: Signals) -> Wording:
    quotes = dict.fromkeys(_quote(text, match, signals) for match in apart(matches)[: WORDS_TOLD * 3])
    kept = _without_parts([quote for quote in quotes if quote])[:WORDS_TOLD]
    return Wording(
        "triage.why.words",
        {
            "rule": Wording(f"triage.rule.{name}"),
            "words": tuple(Wording("triage.quoted", {"text": quote}) for quote in kept),
        },
    )


def _without_parts(quotes: list[str]) -> list[str]:
    """``quotes`` without those another one holds."""
    return [quote for quote in quotes if not any(quote != other and quote in other for other in quotes)]


def _quote(text: str, match: Match, signals: Signals) -> str:
    """The words of ``match`` as they were typed, ``…`` where words were skipped."""
    pieces: list[str] = []
    last_index, last_end = -2, -1
    for index in match.at:
        if signals.read.keys[index][0] == START:
            continue
        start, end = signals.read.spans[index]
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
    kept = quote[: QUOTE + 1]
    if not kept.isprintable():
        kept = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in kept)
    line = " ".join(kept.split())
    return line if len(quote) <= QUOTE else f"{line[:QUOTE].rstrip()}…"
