"""What one comment holds, before it is judged: weights, marks, concerns and the words that carried them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from copilot.domain.conversation import Intent
from copilot.intelligence.lexicon import Lexicon, Match, Read
from copilot.intelligence.tokens import START, fold

#: A rule found again adds this part of its weight, twice at most: long texts do not shout louder.
AGAIN = 0.35
#: From how many letters a text in capitals is shouted, and which part of them must be capitals.
SHOUT_LETTERS, SHOUT_PART = 10, 0.7

_CONTRAST = frozenset(
    {"mais", "cependant", "sauf", "pourtant", "contre", "malgre"}
    | {"but", "however", "although", "though", "except", "despite"}
)
#: Marks of the rules that turn a good word round ("not", "too", "used to be").
_DENIES = frozenset({"mild", "event"})
_SUPPORT_NAME = re.compile(
    r"support|helpdesk|help desk|service client|assistance|customer ?care|customer ?service|official|officiel"
)


@dataclass(frozen=True, slots=True)
class Signals:
    """What was found in one text.

    ``tone`` and ``anger`` are sums (-1 and 1 are one clear word); ``asks`` is a question mark somewhere,
    ``opens_with_question`` a question word; ``found`` maps each rule to the places that carried it.
    """

    weights: Mapping[Intent, float]
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
    found: Mapping[str, tuple[Match, ...]]
    read: Read


def gather(lexicon: Lexicon, text: str, author: str) -> Signals:
    """Everything the rules of ``lexicon`` find in ``text``."""
    read = lexicon.read(text)
    found: dict[str, list[Match]] = defaultdict(list)
    topics = set()
    for match in _without_negated(lexicon.find(read.keys)):
        if match.rule.topic:
            topics.add(match.rule.topic)
        else:
            found[match.rule.name].append(match)
    weights: dict[Intent, float] = defaultdict(float)
    tone = anger = 0.0
    marks: set[str] = set()
    for matches in found.values():
        rule = matches[0].rule
        times = 1 + AGAIN * min(len(apart(matches)) - 1, 2)
        for intent, weight in rule.weights.items():
            weights[intent] += weight * times
        tone += rule.tone * times
        anger += rule.anger * times
        marks |= rule.marks
    shouted = is_shouted(text)
    names = [key[0] for key in read.keys]
    if tone < 0:
        anger += 1.0 * shouted + 0.8 * ("!!" in text)
    return Signals(
        weights=weights,
        marks=frozenset(marks),
        tone=tone,
        anger=anger,
        topics=frozenset(topics),
        asks="<qm>" in names,
        opens_with_question="question" in found,
        contrast=not _CONTRAST.isdisjoint(names),
        false_support=_poses_as_support(author, marks, found),
        shouted=shouted,
        words=sum(name != START for name in names),
        found={name: tuple(matches) for name, matches in found.items()},
        read=read,
    )


def _without_negated(matches: list[Match]) -> list[Match]:
    """``matches`` without the praise whose words a complaint of two words or more holds ("not happy | with")."""
    denied = {
        index
        for match in matches
        if len(match.at) > 1 and not _DENIES.isdisjoint(match.rule.marks)
        for index in match.at
    }
    if not denied:
        return matches
    return [match for match in matches if "positive" not in match.rule.marks or denied.isdisjoint(match.at)]


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
    if text.islower():
        return False
    capitals = sum(map(str.isupper, text[:2_000]))
    return capitals >= SHOUT_LETTERS and capitals >= SHOUT_PART * sum(map(str.isalpha, text[:2_000]))


def _poses_as_support(author: str, marks: set[str], found: Mapping[str, object]) -> bool:
    """True when a name that reads like a support desk lures away from the page."""
    if not author or not ({"bait", "link"} & marks):
        return False
    return bool(_SUPPORT_NAME.search(fold(author[:40]).replace("_", " ").replace(".", " ")))
