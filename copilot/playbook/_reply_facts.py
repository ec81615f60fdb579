"""Finding, among the facts a brand vouches for, the one that answers a message. Silence rather than a near miss."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.domain.brand import Fact
from copilot.domain.conversation import TOPICS
from copilot.playbook._library import Library, equal_words, small_words
from copilot.playbook._reading import READ_CHARACTERS, cue_weight, fold

#: Share of a question's own words that a fact must speak to: one noun it lacks ("in winter", "second-hand")
#: and the fact is on the topic but beside the point.
ENOUGH_OF_A_QUESTION = 1.0
#: The same for a mistaken claim: the fact contradicts part of it, so it cannot hold all its words.
ENOUGH_OF_A_CLAIM = 0.2
#: Points a fact needs: 3 for a word of its topics, 2 for a topic in common, 1 for a word of its statement.
ENOUGH_POINTS = 3
#: A correction needs the topic and a word of it.
ENOUGH_POINTS_OF_A_CLAIM = 5

_DAYS = re.compile(
    r"^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|week|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?$"
)
_PRICE = re.compile(r"[€$£]|\b(?:euros?|gratuit\w*|offert\w*|free|coût\w*|costs?)\b", re.IGNORECASE)
_HOUR = re.compile(
    r"\d\s?h\b|\d ?(?:am|pm)\b|\d{1,2}:\d\d|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.IGNORECASE,
)
_DELAY = re.compile(
    r"\b(?:jours?|semaines?|mois|ans?|années?|heures?|days?|weeks?|months?|years?|hours?|janvier|février|mars|avril|mai|"
    r"juin|juillet|août|septembre|octobre|novembre|décembre|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|vie|life)\b|\d\s?h\b|\d{1,2}/\d{1,2}",
    re.IGNORECASE,
)
#: What a question asks for, by its words, and what a fact must hold to give it.
_ASKED = (
    (re.compile(r"\b(?:combien de temps|quand|delais?|how long|when|lead time)\b"), _DELAY),
    (re.compile(r"\b(?:quelle heure|horaires?|what time|opening (?:hours|times))\b"), _HOUR),
    (re.compile(r"\b(?:combien(?! de temps)|prix|tarifs?|coute\w*|how much|prices?|costs?)\b"), _PRICE),
)
_AMOUNT = re.compile(r"\d\s?[€$£]|[€$£]\s?\d|\d\s?euros?\b", re.IGNORECASE)
#: Without one of these words a question does not ask for an amount of money.
_MONEY = re.compile(
    r"\b(?:combien|prix|tarifs?|cout\w*|gratuit\w*|offert\w*|frais|chers?|cheres?|pay\w*|euros?|remise\w*|promo\w*|"
    r"how much|prices?|costs?|free|fees?|cheap\w*|expensive|charge\w*|discount\w*)\b"
)
#: "Courlis+" is another thing than "Courlis".
_PLUS = re.compile(r"(?<![^\W_])([^\W_]{1,40})\+")
#: Where a second question begins inside a sentence.
_SECOND = re.compile(
    r",?\s(?:et|and)\s(?=(?:est-ce|quel|quand|comment|combien|où|pourquoi|à quel|peut-on|y a|"
    r"[^\W\d_]{1,30}-(?:vous|tu|ils?|elles?|on)\b"
    r"|vous\s|do|does|can|could|is|are|how|what|when|where|will|would|who)\b)",
    re.IGNORECASE,
)
MOST_QUESTIONS = 3
_LABEL = re.compile(r"^([^\W\d_][^:.!?\d]{1,28}?)[ \u00a0\u202f]?:\s+(\S.*)$", re.DOTALL)
_SENTENCE = re.compile(r"[^.!?\n…]+[.!?…]*")


@dataclass(frozen=True, slots=True)
class Answer:
    """A fact as a reply can state it. ``label`` is set when the statement is written "Hours: 10 to 7"."""

    fact: Fact
    label: str
    body: str
    frameable: bool

    @property
    def lowered(self) -> str:
        """The statement as it goes after a colon or a comma, without its full stop."""
        return lowered(self.body)


def as_answer(fact: Fact) -> Answer:
    """``fact`` ready to be stated."""
    statement = re.sub(r"[ \t\r\n]+", " ", fact.statement).strip().rstrip(" .")
    labelled = _LABEL.match(statement)
    if labelled and len(labelled[1].split()) <= 3:
        return Answer(fact, labelled[1], labelled[2], True)
    simple = ":" not in statement and ". " not in statement and not statement.endswith(("!", "?", "…"))
    return Answer(fact, "", statement, simple)


def lowered(sentence: str) -> str:
    """``sentence`` with a small first letter when its first word is an ordinary one; a name keeps its capital."""
    first = re.split(r"[\s’']", sentence, maxsplit=1)[0]
    return sentence[:1].lower() + sentence[1:] if first.lower() in small_words("lowered") else sentence


def speaks(fact: Fact, language: str) -> bool:
    """True when the fact can be stated in ``language``; without one declared, its small words tell."""
    if fact.language:
        return fact.language[:2] == language
    words = fold(fact.statement).split()
    french, english = (sum(word in small for word in words) for small in _tongues())
    return french >= english if language == "fr" else english >= french


def answer_to_question(
    message: str, facts: Sequence[Fact], library: Library, topics: Sequence[str], brand: str = ""
) -> Fact | None:
    """The fact that answers the question of ``message``, when one does."""
    asked = " ".join(questions_of(message))
    names = _names(asked) - set(_stems(fold(brand)))
    folded = fold(asked)
    wanted = [shape for cue, shape in _ASKED if cue.search(folded)][:1]

    def answers(fact: Fact) -> bool:
        if _AMOUNT.search(fact.statement) and not _MONEY.search(folded):
            return False
        if not (names <= _held(fact) and _same_models(asked, fact) and _on_the_day(folded, fact)):
            return False
        return all(shape.search(fact.statement) for shape in wanted)

    fitting = [fact for fact in facts if answers(fact)]
    return _best(folded, fitting, library, topics, ENOUGH_OF_A_QUESTION)


def correction_of(message: str, facts: Sequence[Fact], library: Library, topics: Sequence[str]) -> Fact | None:
    """The fact that puts a mistaken claim right, when one does."""
    return _best(fold(message), facts, library, topics, ENOUGH_OF_A_CLAIM, ENOUGH_POINTS_OF_A_CLAIM)


def context_of_complaint(message: str, facts: Sequence[Fact], library: Library, topic: str) -> Fact | None:
    """A fact on the very topic of a complaint that holds a word of it, when there is one."""
    on_topic = [fact for fact in facts if topic in topics_of_fact(fact, library)]
    return _best(fold(message), on_topic, library, (topic,), 0.1)


def topics_of_fact(fact: Fact, library: Library) -> frozenset[str]:
    """The concerns a fact speaks to: those it declares, else those its words call up."""
    declared = frozenset(topic for topic in fact.topics if topic in TOPICS)
    if declared:
        return declared
    folded = fold(" ".join(fact.topics) or fact.statement)
    called = frozenset(name for name, topic in library.topics.items() if cue_weight(topic.words, folded))
    timed = not fact.topics and _days_of(folded) and re.search(r"\d\s?(?:h\b|am\b|pm\b)|\d:\d\d", fact.statement)
    return called | {"opening_hours"} if timed else called


def _best(
    folded: str,
    facts: Sequence[Fact],
    library: Library,
    topics: Sequence[str],
    enough: float,
    needed: int = ENOUGH_POINTS,
) -> Fact | None:
    idle = _empty() | (small_words("idle") if enough >= ENOUGH_OF_A_QUESTION else frozenset())
    words = [word for word in dict.fromkeys(folded.split()) if word not in idle and not word.isdigit()]
    best: Fact | None = None
    best_points = 0.0
    for fact in facts:
        points, share = _weighed(words, folded, fact, library, topics)
        if share >= enough and points >= needed and points + share > best_points:
            best, best_points = fact, points + share
    return best


def _weighed(
    words: Sequence[str], folded: str, fact: Fact, library: Library, topics: Sequence[str]
) -> tuple[float, float]:
    """Points of a fact for the words of a message, and the share of those words it speaks to."""
    shared = topics_of_fact(fact, library) & frozenset(topics)
    own = set(_stems(fold(" ".join(fact.topics))))
    said = set(_stems(fold(f"{fact.statement} {fact.value}")))
    has_days = any(_DAYS.match(word) for word in fold(fact.statement).split())
    core = [pattern for name in shared if (pattern := library.topics[name].core)]
    direct = overlap = spoken_to = 0
    for word in words:
        stem = _stem(word)
        in_core = any(pattern.fullmatch(word) for pattern in core)
        direct += stem in own
        overlap += stem in said or in_core
        spoken_to += stem in own or stem in said or in_core or (has_days and bool(_DAYS.match(word)))
    named = [name for name in shared if name != "product"]
    points = 3 * direct + 2 * len(named) + overlap
    asks_only_the_topic = not words and any(pattern.search(folded) for pattern in core)
    share = spoken_to / len(words) if words else float(asks_only_the_topic)
    return points + asks_only_the_topic, share


def questions_of(message: str) -> list[str]:
    """The questions of ``message``, one by one; the whole message when none asks."""
    text = message[:READ_CHARACTERS]
    asking = [found.group() for found in _SENTENCE.finditer(text) if found.group().rstrip().endswith("?")]
    parts = [part.strip() for sentence in asking for part in _SECOND.split(sentence)]
    return [part if part.endswith("?") else f"{part} ?" for part in parts if fold(part)] or [text]


def _days_of(folded: str) -> set[str]:
    return {word.rstrip("s") for word in folded.split() if _DAYS.match(word)}


def _on_the_day(folded: str, fact: Fact) -> bool:
    """False when the fact speaks of one day and the question of another; two days are taken for a range."""
    asked, held = _days_of(folded), _days_of(fold(fact.statement))
    return not asked or len(held) != 1 or asked == held


def _same_models(asked: str, fact: Fact) -> bool:
    """False when one of the two speaks of "Courlis+" and the other of "Courlis"."""
    stated = f"{fact.statement} {fact.value} {' '.join(fact.topics)}"
    wanted, held = ({fold(name) for name in _PLUS.findall(text)} for text in (asked, stated))
    return wanted <= held and not (held - wanted) & set(fold(asked).split())


def _names(asked: str) -> set[str]:
    """Stems of the proper names and foreign places of a question: a fact that lacks one is about something else."""
    names: set[str] = set()
    for sentence in _SENTENCE.findall(asked):
        words = re.findall(r"[^\W\d_]+", sentence)
        shouted = sum(word.isupper() and len(word) > 1 for word in words) > len(words) / 2
        for place, word in enumerate(words):
            folded = fold(word)
            proper = place > 0 and word[0].isupper() and len(word) > 2 and not shouted
            if (proper or folded in small_words("places")) and folded not in _empty() and not _DAYS.match(folded):
                names.add(_stem(folded))
    return names


def _tongues() -> tuple[frozenset[str], frozenset[str]]:
    return small_words("french"), small_words("english")


def _empty() -> frozenset[str]:
    return small_words("empty")


def _held(fact: Fact) -> set[str]:
    return set(_stems(fold(" ".join([fact.statement, fact.value, *fact.topics]))))


def _stems(folded: str) -> list[str]:
    return [_stem(word) for word in folded.split() if word not in _empty()]


def _stem(word: str) -> str:
    """The word its group of equals begins with; else the first letters of a long word, a short one without plural."""
    if word in (equals := equal_words()):
        return equals[word]
    return word[:5] if len(word) > 5 else word.rstrip("sx") if len(word) > 3 else word
