"""What one comment holds, before it is judged: weights, marks, concerns and the words that carried them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from copilot.domain.conversation import Intent
from copilot.intelligence.automaton import Match
from copilot.intelligence.lexicon import Lexicon
from copilot.intelligence.linear import Likely
from copilot.intelligence.reading import Read
from copilot.intelligence.tokens import fold

#: A rule found again adds this part of its weight, twice at most: long texts do not shout louder.
AGAIN = 0.35
#: From how many letters a text in capitals is shouted, and which part of them must be capitals.
SHOUT_LETTERS, SHOUT_PART = 10, 0.7

#: All bytes that a capital may be written with, and those of small letters that are no accented ones.
_MAY_BE_CAPITAL = bytes([*range(ord("A"), ord("Z") + 1), *range(0x80, 0x100)])
_SMALL = bytes(range(ord("a"), ord("z") + 1))
_LURING = frozenset({"bait", "link"})
_NONE: frozenset[str] = frozenset()
#: Marks of the rules that turn a good word round ("not", "too", "used to be").
_DENIES = frozenset({"mild", "event"})
#: A few words between quotation marks that are no title nor name: what was promised, and is doubted.
_QUOTES = re.compile('["«“]').search
_QUOTED = re.compile(r"""["«“]\s?[^\W\d_A-ZÀ-ÖØ-Þ][^"«»“”\n]{2,28}["»”]""").search
_DOUBTED = frozenset({"quoted"})
_SUPPORT_NAME = re.compile(
    r"support|helpdesk|help desk|service client|assistance|customer ?care|customer ?service|official|officiel"
)


class Signals(NamedTuple):
    """What was found in one text.

    ``tone`` and ``anger`` are sums (-1 and 1 are one clear word); ``asks`` is a question mark somewhere,
    ``opens_with_question`` a question word; ``found`` maps each rule to the places that carried it. ``details``: an
    e-mail address or a phone number is there. ``likely`` is what the linear models say, None when not asked.
    """

    weights: dict[Intent, float]
    marks: frozenset[str]
    tone: float
    anger: float
    topics: frozenset[str]
    asks: bool
    opens_with_question: bool
    contrast: bool
    false_support: bool
    shouted: bool
    words: int
    found: Mapping[str, Sequence[Match]]
    read: Read
    details: bool = False
    likely: Likely | None = None


def gather(lexicon: Lexicon, text: str, author: str) -> Signals:
    """Everything the rules of ``lexicon`` find in ``text``."""
    read = lexicon.read(text)
    found: dict[str, list[Match]] = {}
    topics = set()
    for match in _without_negated(lexicon.find(read)):
        rule = match.rule
        if rule.topic:
            topics.add(rule.topic)
        elif rule.name in found:
            found[rule.name].append(match)
        else:
            found[rule.name] = [match]
    weights: dict[Intent, float] = {}
    tone = anger = 0.0
    marks: frozenset[str] = _NONE
    for matches in found.values():
        rule = matches[0].rule
        times = 1 + AGAIN * min(len(apart(matches)) - 1, 2) if len(matches) > 1 else 1
        for intent, weight in rule.weights.items():
            weights[intent] = weights.get(intent, 0.0) + weight * times
        tone += rule.tone * times
        anger += rule.anger * times
        if rule.marks:
            marks |= rule.marks
    if "positive" in marks and _QUOTES(text) and _QUOTED(text):
        marks |= _DOUBTED
    shouted = is_shouted(text)
    if tone < 0:
        anger += 1.0 * shouted + 0.8 * ("!!" in text)
    asks, contrast, details = read.signs_of_all
    false_support = bool(author) and _poses_as_support(author, marks)
    opens = "question" in found
    concerns = frozenset(topics) if topics else _NONE
    # By place: names would cost as much as what is counted here.
    return Signals(
        weights, marks, tone, anger, concerns, asks, opens, contrast, false_support, shouted, read.words, found, read,
        details,
    )  # fmt: skip


def _without_negated(matches: list[Match]) -> list[Match]:
    """``matches`` without the praise a complaint of two words or more begins before or with ("not happy | with")."""
    if len(matches) < 2:
        return matches
    denied: dict[int, int] = {}
    closely: dict[int, int] = {}
    for match in matches:
        if len(match.at) > 1 and not _DENIES.isdisjoint(match.rule.marks):
            is_close = match.at[-1] - match.at[0] < len(match.at)
            for index in match.at:
                denied[index] = min(match.at[0], denied.get(index, index))
                if is_close:
                    closely[index] = min(match.at[0], closely.get(index, index))
    if not denied:
        return matches
    return [match for match in matches if not _is_denied(match, closely if "well" in match.rule.marks else denied)]


def _is_denied(match: Match, denied: Mapping[int, int]) -> bool:
    """True for praise a word of which is in a complaint that begins no later; ``denied``: where each begins."""
    if "positive" not in match.rule.marks:
        return False
    return any(denied.get(index, index + 1) <= match.at[0] for index in match.at)


def apart(matches: Iterable[Match]) -> list[Match]:
    """``matches`` that share no word: one phrase read two ways is one."""
    kept: list[Match] = []
    taken: set[int] = set()
    for match in sorted(matches, key=lambda match: -len(match.at)):
        if taken.isdisjoint(match.at):
            kept.append(match)
            taken.update(match.at)
    return kept


def is_shouted(text: str) -> bool:
    """True when the text is written in capitals."""
    start = text[:2_000]
    # Two counts that cost little settle nearly all texts: so many capitals there are at most, so many others at least.
    coded = start.encode("utf-8", "surrogatepass")
    most = len(coded) - len(coded.translate(None, _MAY_BE_CAPITAL))
    if most < SHOUT_LETTERS or most < SHOUT_PART * (most + len(coded) - len(coded.translate(None, _SMALL))):
        return False
    capitals = sum(map(str.isupper, start))
    return capitals >= SHOUT_LETTERS and capitals >= SHOUT_PART * sum(map(str.isalpha, start))


def may_pose_as_support(author: str) -> bool:
    """True when a name reads like a support desk."""
    return bool(_SUPPORT_NAME.search(fold(author[:40]).replace("_", " ").replace(".", " ")))


def _poses_as_support(author: str, marks: frozenset[str]) -> bool:
    """True when a name that reads like a support desk lures away from the page."""
    return not marks.isdisjoint(_LURING) and may_pose_as_support(author)
