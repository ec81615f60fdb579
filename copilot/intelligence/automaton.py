"""Phrases met in a row of words, all at once: a tree of words turned, place by place, into a table of moves.

Every word is known by a small number, its sign: what the phrases can tell of it, and nothing else. A place is the set
of all nodes of the tree one may stand on; where each sign leads from it is worked out once, and remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

from copilot.domain.conversation import Intent
from copilot.intelligence.tokens import START

#: How many words ``..`` may stand for.
GAP = 5
GAP_STEP = ".."
#: Moves remembered at most; beyond, they are worked out each time.
MOVES = 500_000

#: Words that end a sentence: their signs come first, so that a stop is told by comparing numbers.
STOPS = (".", "<qm>", "<excl>", START)
_LAST_STOP = len(STOPS) - 1
START_SIGN = STOPS.index(START)
#: The sign of a word that no phrase mentions.
UNKNOWN = len(STOPS)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a phrase says. ``name`` is the end of the catalogue key ``triage.rule.<name>``.

    ``weights`` add to the intents; ``tone`` is -1 to 1; ``anger`` adds to the anger of the message;
    ``marks`` are read by the decision (``experience``, ``claim``, ``event``, ``swear``, ``insult``...).
    """

    name: str
    weights: dict[Intent, float] = field(default_factory=dict)
    tone: float = 0.0
    anger: float = 0.0
    marks: frozenset[str] = frozenset()
    topic: str = ""


class Match(NamedTuple):
    """A rule found: the indices of the words that carried it (words skipped by ``..`` are not counted)."""

    rule: Rule
    at: tuple[int, ...]


@dataclass(slots=True)
class Node:
    """A node of the tree: where each next word leads, and the rules of the phrases that end here."""

    next: dict[str, Node] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)


class _Place:
    """Where one may stand: the rules that end here, the words that lead on, and where."""

    __slots__ = ("ends", "gap", "moves", "nodes", "rules", "words")

    def __init__(self, nodes: tuple[Node, ...]) -> None:
        self.nodes = nodes
        self.rules = tuple({id(rule): rule for node in nodes for rule in node.rules}.values())
        self.moves: dict[int, _Place | None] = {UNKNOWN: None}
        self.words = frozenset(word for node in nodes for word in node.next)
        self.gap: _Place | None = None
        self.ends = bool(self.rules) or any(GAP_STEP in node.next for node in nodes)


class Automaton:
    """A tree of phrases, made to be walked fast. It learns as it reads, and only what it could work out again."""

    def __init__(self, root: Node, alphabet: Iterable[str]) -> None:
        self._alphabet = frozenset(alphabet).union(STOPS)
        self._signs: dict[tuple[str, ...], int] = {}
        self._names: list[tuple[str, ...]] = []
        self._places: dict[frozenset[int], _Place] = {}
        self._signing = Lock()
        self._kept = 0
        self._root = self._place((root,))
        self._first: list[_Place | None] = []
        for stop in STOPS:
            self._signed((stop,))
        self._signed(())

    def sign(self, names: tuple[str, ...]) -> int:
        """The number of a word that answers to ``names``."""
        alphabet = self._alphabet
        if len(names) == 1 and names[0] not in alphabet:
            return UNKNOWN
        return self._signed(tuple([name for name in names if name in alphabet]))

    def _signed(self, names: tuple[str, ...]) -> int:
        sign = self._signs.get(names)
        if sign is not None:
            return sign
        with self._signing:
            if names not in self._signs:
                self._names.append(names)
                self._first.append(self._moved(self._root, names))
                # Last: a thread that finds the number finds all that goes with it.
                self._signs[names] = len(self._names) - 1
            return self._signs[names]

    def _place(self, nodes: tuple[Node, ...]) -> _Place:
        key = frozenset(map(id, nodes))
        place = self._places.get(key)
        if place is None:
            place = _Place(nodes)
            gaps = tuple({id(node): node.next[GAP_STEP] for node in nodes if GAP_STEP in node.next}.values())
            place.gap = self._place(gaps) if gaps else None
            self._places[key] = place
        return place

    def _moved(self, place: _Place, names: tuple[str, ...]) -> _Place | None:
        if place.words.isdisjoint(names):
            return None
        nodes = {id(node.next[name]): node.next[name] for node in place.nodes for name in names if name in node.next}
        return self._place(tuple(nodes.values())) if nodes else None

    def _move(self, place: _Place, sign: int) -> _Place | None:
        led = self._moved(place, self._names[sign])
        if self._kept < MOVES:
            self._kept += 1
            place.moves[sign] = led
        return led

    def find(self, signs: Sequence[int]) -> list[Match]:
        """Every rule met in a row of words, those inside others too."""
        found: list[Match] = []
        first = self._first
        last = len(signs) - 1
        for begin, sign in enumerate(signs):
            place = first[sign]
            if place is None:
                continue
            if not place.ends:  # most often the next word leads nowhere: told without a call
                if begin == last:
                    return found
                ahead = signs[begin + 1]
                try:
                    led = place.moves[ahead]
                except KeyError:
                    led = self._move(place, ahead)
                if led is not None:
                    self._follow(led, signs, (begin, begin + 1), found)
                continue
            self._follow(place, signs, (begin,), found)
        return found

    def _follow(self, place: _Place, signs: Sequence[int], at: tuple[int, ...], found: list[Match]) -> None:
        """Walk on from ``place``, reached by the words ``at``."""
        ahead = at[-1] + 1
        last = len(signs)
        while True:
            for rule in place.rules:
                found.append(Match(rule, at))
            if ahead >= last:
                return
            if place.gap is not None:
                self._leap(place.gap, signs, at, found)
            sign = signs[ahead]
            try:
                led = place.moves[sign]
            except KeyError:
                led = self._move(place, sign)
            if led is None:
                return
            place = led
            at = (*at, ahead)
            ahead += 1

    def _leap(self, gap: _Place, signs: Sequence[int], at: tuple[int, ...], found: list[Match]) -> None:
        """Look for the words after ``..`` among the next ones of the sentence."""
        index = at[-1]
        moves = gap.moves
        for sign in signs[index + 1 : index + GAP + 2]:
            index += 1
            try:
                led = moves[sign]
            except KeyError:
                led = self._move(gap, sign)
            if led is not None:
                self._follow(led, signs, (*at, index), found)
            if sign <= _LAST_STOP:
                return
