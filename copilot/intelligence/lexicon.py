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
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from copilot.domain.conversation import Intent
from copilot.errors import Bug
from copilot.intelligence.automaton import STOPS, Automaton, Match, Phrases, Rule
from copilot.intelligence.reading import Read, Reader
from copilot.intelligence.tokens import START, WORD_CAP, fold, joined, near_forms, odd, squeezed, unleet
from copilot.paths import assets_dir

#: A slip of one letter is forgiven from this length on: below, too many real words are neighbours.
SLIP_FROM = 8
#: A beginning of a word is told from this many letters on.
_SHORTEST_STEM = 3

#: What ``casse+`` stands for: the French feminine and plurals.
_AGREEMENTS = ("", "e", "s", "es")
_KINDS = {
    "url": "<url>",
    "email": "<email>",
    "handle": "<handle>",
    "money": "<money>",
    "phone": "<phone>",
    "number": "<number>",
}


class Lexicon:
    """Rules and the words they are written with; built once, then only read."""

    def __init__(self, tables: Iterable[Mapping[str, Any]]) -> None:
        """Compile the TOML ``tables``.

        Raises:
            Bug: ``lexicon.unknown_set`` when a phrase names a set that no table declares.
        """
        self._sets: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, dict[str, None]] = defaultdict(dict)
        self._shorthand: dict[str, tuple[str, ...]] = {}
        self._vocabulary: set[str] = set()
        self._spoken: dict[str, set[str]] = {}
        self._alphabet: set[str] = set()
        self._rules: list[Rule] = []
        tables = list(tables)
        phrases = Phrases()
        for table in tables:
            self._declare(table)
        for table in tables:
            for entry in table.get("rule", ()):
                self._add_rule(phrases, entry)
            for topic, told in table.get("topics", {}).items():
                self._add_phrases(phrases, Rule(f"topic_{topic}", topic=topic), told)
        self._near = self._index_near()
        self._named = self._index_names()
        self._stem_heads = {stem[:_SHORTEST_STEM] for stem in self._stems if len(stem) >= _SHORTEST_STEM}
        self._stem_sizes = sorted({len(stem) for stem in self._stems if len(stem) >= _SHORTEST_STEM})
        self._automaton = Automaton(phrases.begins, self._alphabet)
        self._reader = Reader(self._answers, self._automaton)

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
        return frozenset(rule.name for rule in self._rules if not rule.topic)

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
            self._stems[word[:-1]][name] = None
            self._sets.setdefault(name, set())
            return
        root = word.removesuffix("+")
        for form in (root + ending for ending in (_AGREEMENTS if word.endswith("+") else ("",))):
            self._sets[name].add(form)
            self._vocabulary.add(form)

    def _add_rule(self, phrases: Phrases, entry: Mapping[str, Any]) -> None:
        weights = {Intent(intent): float(weight) for intent, weight in entry.get("weights", {}).items()}
        rule = Rule(
            name=entry["name"],
            weights=weights,
            tone=float(entry.get("tone", 0)),
            anger=float(entry.get("anger", 0)),
            marks=frozenset(entry.get("marks", ())),
        )
        self._add_phrases(phrases, rule, entry["phrases"])

    def _add_phrases(self, phrases: Phrases, rule: Rule, told: Iterable[str]) -> None:
        self._rules.append(rule)
        for phrase in told:
            phrases.add([self._step(step) for step in fold_phrase(phrase)], rule)

    def _step(self, step: str) -> tuple[tuple[str, ...], bool]:
        """The words that one step of a phrase may be, and whether it may be left out."""
        is_optional = len(step) > 1 and step.endswith("?")
        choices = tuple(self._known(choice) for choice in step.removesuffix("?").split("|"))
        self._alphabet.update(choices)
        return choices, is_optional

    def _known(self, choice: str) -> str:
        """The key of one word of a phrase, declared on the way."""
        if choice in (START, "..") or choice in STOPS or choice in _KINDS.values():
            return choice
        if choice.startswith("<"):
            if choice not in self._sets:
                raise Bug("lexicon.unknown_set", name=choice)
            return choice
        if choice.endswith("*"):
            self._stems[choice[:-1]][choice] = None
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

    def _index_names(self) -> dict[str, tuple[str, ...]]:
        """The sets each word is in."""
        index: dict[str, list[str]] = defaultdict(list)
        for name, words in self._sets.items():
            for word in words:
                index[word].append(name)
        return {word: tuple(names) for word, names in index.items()}

    # -- reading -------------------------------------------------------------------------------------------------

    def read(self, text: str) -> Read:
        """``text`` as the words the rules know."""
        return self._reader.read(text)

    def _answers(self, kind: str, raw: str) -> tuple[tuple[str, ...], ...]:
        """What one piece answers to: most often one word, several when it is shorthand."""
        if kind in _KINDS:
            name = _KINDS[kind]
            return (("<handle>", "<greeting>"),) if kind == "handle" else ((name, raw[:WORD_CAP]),)
        if kind in ("emoji", "one"):
            return (self._names(raw[0]),)
        if kind == "emoticon":
            return (self._names(raw.lower()),)
        word = self._spelt(fold(joined(raw) if kind == "spaced" else raw))
        return tuple(self._names(each) for each in self._shorthand.get(word, (word,)))

    def _spelt(self, word: str) -> str:
        """``word`` as the lexicon writes it: stretched letters, letters replaced by signs, one slip of the keys."""
        if word in self._vocabulary or self._stemmed(word):
            return word
        if not odd(word):
            return word if len(word) < SLIP_FROM else self._one_letter_away(word)
        plain = unleet(word)
        for form in (plain, *squeezed(plain)):
            if form != word and (form in self._vocabulary or self._stemmed(form)):
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
        return min(self._vocabulary & near_forms(word), default=word)

    def _unmasked(self, word: str) -> str:
        """The known insult behind stars (``c*nnard``), else ``word``."""
        masked = re.compile(re.escape(word).replace(r"\*", "[a-z]"))
        insults = self._sets.get("<insult>", set()) | self._sets.get("<swear>", set())
        return next((known for known in sorted(insults) if masked.fullmatch(known)), word)

    def _stemmed(self, word: str) -> bool:
        if word[:_SHORTEST_STEM] not in self._stem_heads:
            return False
        return any(word[:size] in self._stems for size in self._stem_sizes)

    def _names(self, word: str) -> tuple[str, ...]:
        sets = self._named.get(word, ())
        if word[:_SHORTEST_STEM] not in self._stem_heads:
            return (word, *sets)
        names = [word, *sets]
        for size in self._stem_sizes:
            if size > len(word):
                break
            names += self._stems.get(word[:size], ())
        return tuple(dict.fromkeys(names))

    # -- matching ------------------------------------------------------------------------------------------------

    def find(self, read: Read) -> list[Match]:
        """Every rule found in ``read``, those inside a longer one left out."""
        return _outermost(self._automaton.find(read.signs))


def _outermost(found: list[Match]) -> list[Match]:
    """``found`` without the matches whose words all belong to one longer match of an intent rule."""
    if len(found) < 2:
        return found
    holders: dict[int, list[Match]] = {}
    for match in found:
        if len(match.at) > 1 and not match.rule.topic:
            for index in match.at:
                if index in holders:
                    holders[index].append(match)
                else:
                    holders[index] = [match]
    if not holders:
        return found
    return [match for match in found if match.rule.topic or not _inside(match, holders.get(match.at[0], ()))]


def _inside(match: Match, holders: Iterable[Match]) -> bool:
    size = len(match.at)
    return any(len(other.at) > size and set(match.at) <= set(other.at) for other in holders)


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
        # What is there by now lives as long as the process, most of it; each walk through it would stop every thread.
        gc.freeze()
        if was_enabled:
            gc.enable()
