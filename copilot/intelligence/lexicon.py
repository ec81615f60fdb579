"""The lexicons of triage: phrases in TOML, compiled once into a tree of words.

A phrase is words separated by spaces, matched whole word by whole word (never inside a word):

* ``recu|livre`` either word; ``rembours*`` any word that begins so; ``tres?`` an optional word;
* ``<person>`` any word of the set ``person`` (in a set, ``casse+`` is also ``cassee``, ``casses``, ``cassees``);
* ``..`` up to five words of the same sentence; ``^`` a sentence's start;
* ``<qm>`` a question mark, ``<excl>`` an exclamation mark, ``<url>``, ``<handle>``, ``<money>``, ``<number>``...

A table may say its ``language`` and list ``words`` of that language alone: they settle the language of short texts.

A phrase found inside a longer one is not counted: "mort de rire" hides "mort", "jamais déçu" hides "déçu".
"""

from __future__ import annotations

import gc
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from copilot.domain.conversation import Intent
from copilot.errors import Bug
from copilot.intelligence.tokens import START, WORD_CAP, fold, near_forms, pieces, squeezed, unleet
from copilot.paths import assets_dir

#: How many words ``..`` may stand for.
GAP = 5
#: Words remembered with what they were read as; beyond, the memory starts afresh.
MEMORY = 50_000
#: A slip of one letter is forgiven from this length on: below, too many real words are neighbours.
SLIP_FROM = 8

#: What ``casse+`` stands for: the French feminine and plurals.
_AGREEMENTS = ("", "e", "s", "es")
_STOPS = frozenset({".", "<qm>", "<excl>", START})
_KINDS = {
    "url": "<url>",
    "email": "<email>",
    "handle": "<handle>",
    "money": "<money>",
    "phone": "<phone>",
    "number": "<number>",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What a phrase says. ``name`` is the end of the catalogue key ``triage.rule.<name>``.

    ``weights`` add to the intents; ``tone`` is -1 to 1; ``anger`` adds to the anger of the message;
    ``marks`` are read by the decision (``experience``, ``claim``, ``event``, ``swear``, ``insult``...).
    """

    name: str
    weights: Mapping[Intent, float] = field(default_factory=dict)
    tone: float = 0.0
    anger: float = 0.0
    marks: frozenset[str] = frozenset()
    topic: str = ""


class Match(NamedTuple):
    """A rule found: the indices of the words that carried it (words skipped by ``..`` are not counted)."""

    rule: Rule
    at: tuple[int, ...]


@dataclass(slots=True)
class _Node:
    """A place in the tree: where each next word leads, and the rules of the phrases that end here."""

    next: dict[str, _Node] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Read:
    """A text as words: ``keys[i]`` are the names word ``i`` answers to, ``spans[i]`` where it lies."""

    keys: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[int, int], ...]


#: A place in the tree and the words that led there.
_Place = tuple[_Node, tuple[int, ...]]


class Lexicon:
    """Rules and the words they are written with; built once, then only read."""

    def __init__(self, tables: Iterable[Mapping[str, Any]]) -> None:
        """Compile the TOML ``tables``.

        Raises:
            Bug: ``lexicon.unknown_set`` when a phrase names a set that no table declares.
        """
        self._root = _Node()
        self._sets: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, set[str]] = defaultdict(set)
        self._shorthand: dict[str, tuple[str, ...]] = {}
        self._vocabulary: set[str] = set()
        self._spoken: dict[str, set[str]] = {}
        self._memory: dict[str, tuple[tuple[str, ...], ...]] = {}
        tables = list(tables)
        for table in tables:
            self._declare(table)
        for table in tables:
            for entry in table.get("rule", ()):
                self._add_rule(entry)
            for topic, phrases in table.get("topics", {}).items():
                self._add_phrases(Rule(f"topic_{topic}", topic=topic), phrases)
        self._near = self._index_near()

    def language_of(self, read: Read) -> str | None:
        """The language whose own words ``read`` holds most of; None when none leads."""
        votes = sorted(
            ((sum(key[0] in words for key in read.keys), language) for language, words in self._spoken.items()),
            reverse=True,
        )
        if not votes or not votes[0][0] or (len(votes) > 1 and votes[0][0] == votes[1][0]):
            return None
        return votes[0][1]

    @property
    def rule_names(self) -> frozenset[str]:
        """Names of the rules that may appear in a reason (each has a sentence in the catalogues)."""
        names: set[str] = set()
        stack = [self._root]
        while stack:
            node = stack.pop()
            stack.extend(node.next.values())
            names.update(rule.name for rule in node.rules if not rule.topic)
        return frozenset(names)

    # -- building ------------------------------------------------------------------------------------------------

    def _declare(self, table: Mapping[str, Any]) -> None:
        for short, words in table.get("shorthand", {}).items():
            self._shorthand[fold(short)] = tuple(fold(words).split())
            self._vocabulary.add(fold(short))
            self._vocabulary.update(fold(words).split())
        if "language" in table:
            self._spoken[table["language"]] = set(" ".join(table.get("words", ())).split())
        for name, words in table.get("sets", {}).items():
            for word in " ".join(words).split():
                self._declare_word(fold(word), f"<{name}>")

    def _declare_word(self, word: str, name: str) -> None:
        if word.endswith("*"):
            self._stems[word[:-1]].add(name)
            self._sets.setdefault(name, set())
            return
        root = word.removesuffix("+")
        for form in (root + ending for ending in (_AGREEMENTS if word.endswith("+") else ("",))):
            self._sets[name].add(form)
            self._vocabulary.add(form)

    def _add_rule(self, entry: Mapping[str, Any]) -> None:
        weights = {Intent(intent): float(weight) for intent, weight in entry.get("weights", {}).items()}
        rule = Rule(
            name=entry["name"],
            weights=weights,
            tone=float(entry.get("tone", 0)),
            anger=float(entry.get("anger", 0)),
            marks=frozenset(entry.get("marks", ())),
        )
        self._add_phrases(rule, entry["phrases"])

    def _add_phrases(self, rule: Rule, phrases: Iterable[str]) -> None:
        for phrase in phrases:
            self._insert([self._root], fold_phrase(phrase), rule)

    def _insert(self, nodes: list[_Node], steps: Sequence[str], rule: Rule) -> None:
        for step in steps:
            optional = len(step) > 1 and step.endswith("?")
            choices = [self._known(choice) for choice in step.removesuffix("?").split("|")]
            following = [node.next.setdefault(choice, _Node()) for node in nodes for choice in choices]
            nodes = [*nodes, *following] if optional else following
        for node in nodes:
            node.rules.append(rule)

    def _known(self, choice: str) -> str:
        """The key of one word of a phrase, declared on the way."""
        if choice in (START, "..") or choice in _STOPS or choice in _KINDS.values():
            return choice
        if choice.startswith("<"):
            if choice not in self._sets:
                raise Bug("lexicon.unknown_set", name=choice)
            return choice
        if choice.endswith("*"):
            self._stems[choice[:-1]].add(choice)
        else:
            self._vocabulary.add(choice)
        return choice

    def _index_near(self) -> dict[str, str]:
        index: dict[str, str] = {}
        for word in sorted(self._vocabulary):
            if len(word) >= SLIP_FROM and word.isalpha():
                for form in near_forms(word):
                    index.setdefault(form, word)
        return index

    # -- reading -------------------------------------------------------------------------------------------------

    def read(self, text: str) -> Read:
        """``text`` as the words the rules know."""
        keys: list[tuple[str, ...]] = [(START,)]
        spans: list[tuple[int, int]] = [(0, 0)]
        memory = self._memory
        fresh = True
        for kind, span, raw in pieces(text):
            end = span[1]
            if kind == "end":
                if not fresh:
                    keys += [(_stop(raw),), (START,)]
                    spans += [span, (end, end)]
                    fresh = True
                elif "?" in raw:
                    keys.append(("<qm>",))
                    spans.append(span)
                continue
            answers = memory.get(raw)
            if answers is None:
                answers = self._remember(kind, raw)
            keys += answers
            spans += [span] * len(answers)
            if fresh and "<greeting>" in answers[-1]:
                keys.append((START,))
                spans.append((end, end))
            else:
                fresh = False
        return Read(tuple(keys), tuple(spans))

    def _remember(self, kind: str, raw: str) -> tuple[tuple[str, ...], ...]:
        if len(self._memory) >= MEMORY:
            self._memory.clear()
        answers = self._answers(kind, raw)
        if len(raw) <= 64:
            self._memory[raw] = answers
        return answers

    def _answers(self, kind: str, raw: str) -> tuple[tuple[str, ...], ...]:
        """What one piece answers to: most often one word, several when it is shorthand."""
        if kind in _KINDS:
            name = _KINDS[kind]
            return ((name, "<greeting>" if kind == "handle" else raw[:WORD_CAP]),)
        if kind in ("emoji", "one"):
            return (self._names(raw[0]),)
        if kind == "emoticon":
            return (self._names(raw.lower()),)
        word = self._spelt(fold(raw))
        return tuple(self._names(each) for each in self._shorthand.get(word, (word,)))

    def _spelt(self, word: str) -> str:
        """``word`` as the lexicon writes it: stretched letters, letters replaced by signs, one slip of the keys."""
        if word in self._vocabulary or self._stemmed(word):
            return word
        for form in (unleet(word), *squeezed(unleet(word))):
            if form in self._vocabulary or self._stemmed(form):
                return form
        if "*" in word:
            return self._unmasked(word)
        word = next(iter(squeezed(word)), word)
        if len(word) >= SLIP_FROM:
            return self._one_letter_away(word)
        return word

    def _one_letter_away(self, word: str) -> str:
        """The known word with one letter more or one less; never one replaced (``expulsion`` is no explosion)."""
        longer = self._near.get(word)
        if longer is not None:
            return longer
        return next((form for form in sorted(near_forms(word)) if form in self._vocabulary), word)

    def _unmasked(self, word: str) -> str:
        """The known insult behind stars (``c*nnard``), else ``word``."""
        masked = re.compile(re.escape(word).replace(r"\*", "[a-z]"))
        insults = self._sets.get("<insult>", set()) | self._sets.get("<swear>", set())
        return next((known for known in sorted(insults) if masked.fullmatch(known)), word)

    def _stemmed(self, word: str) -> bool:
        return any(word[:size] in self._stems for size in range(3, len(word) + 1))

    def _names(self, word: str) -> tuple[str, ...]:
        names = [word]
        names += (name for name, words in self._sets.items() if word in words)
        for size in range(3, len(word) + 1):
            names += self._stems.get(word[:size], ())
        return tuple(dict.fromkeys(names))

    # -- matching ------------------------------------------------------------------------------------------------

    def find(self, keys: Sequence[tuple[str, ...]]) -> list[Match]:
        """Every rule found in ``keys``, those inside a longer one left out."""
        found: list[Match] = []
        root = self._root.next
        for begin, names in enumerate(keys):
            for name in names:
                node = root.get(name)
                if node is not None:
                    self._walk(node, keys, begin, found)
        return _outermost(found)

    @staticmethod
    def _walk(first: _Node, keys: Sequence[tuple[str, ...]], begin: int, found: list[Match]) -> None:
        stack: list[_Place] = [(first, (begin,))]
        last = len(keys)
        while stack:
            node, at = stack.pop()
            for rule in node.rules:
                found.append(Match(rule, at))
            ahead = at[-1] + 1
            if ahead >= last or not node.next:
                continue
            for name in keys[ahead]:
                if name in node.next:
                    stack.append((node.next[name], (*at, ahead)))
            if ".." in node.next:
                _leap(node.next[".."], keys, at, stack)


def _leap(gap: _Node, keys: Sequence[tuple[str, ...]], at: tuple[int, ...], stack: list[_Place]) -> None:
    """Look for the words after ``..`` among the next ones of the sentence."""
    ahead = at[-1] + 1
    for index in range(ahead, min(ahead + GAP + 1, len(keys))):
        for name in keys[index]:
            if name in gap.next:
                stack.append((gap.next[name], (*at, index)))
        if keys[index][0] in _STOPS:
            return


def _outermost(found: list[Match]) -> list[Match]:
    """``found`` without the matches whose words all belong to one longer match of an intent rule."""
    if len(found) < 2:
        return found
    holders: dict[int, list[Match]] = defaultdict(list)
    for match in found:
        if not match.rule.topic and len(match.at) > 1:
            for index in match.at:
                holders[index].append(match)
    return [match for match in found if match.rule.topic or not _inside(match, holders.get(match.at[0], ()))]


def _inside(match: Match, holders: Iterable[Match]) -> bool:
    size = len(match.at)
    return any(len(other.at) > size and set(match.at) <= set(other.at) for other in holders)


def _stop(raw: str) -> str:
    if any(mark in raw for mark in "?\u061f\uff1f"):
        return "<qm>"
    return "<excl>" if "!" in raw or "\uff01" in raw else "."


def fold_phrase(phrase: str) -> list[str]:
    """The steps of a phrase as the TOML files write it."""
    return fold_long(phrase).replace("'", " ").split()


def fold_long(text: str) -> str:
    """:func:`fold` for more than one word."""
    return " ".join(
        fold(part.replace("\u2019", "'")) if len(part) <= 40 else _fold_choices(part) for part in text.split()
    )


def _fold_choices(part: str) -> str:
    return "|".join(fold(choice) for choice in part.split("|"))


def lexicon_files() -> list[Path]:
    """The shipped lexicons of triage."""
    return sorted((assets_dir() / "lexicons" / "triage").glob("*.toml"))


@lru_cache(maxsize=1)
def shipped_lexicon() -> Lexicon:
    """The shipped lexicons, read once."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return Lexicon(tomllib.loads(path.read_text(encoding="utf-8")) for path in lexicon_files())
    finally:
        # 600,000 objects that live as long as the process: each walk through them stops every thread for 0.15 s.
        gc.freeze()
        if was_enabled:
            gc.enable()
