"""Phrases met in a row of words, all at once: a tree of words turned, place by place, into a table of moves.

Every word is known by a small number, its sign: what the phrases can tell of it, and nothing else. A place is the set
of all nodes of the tree one may stand on; where each sign leads from it is worked out once, and remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


class Step:
    """One step of a phrase: the words it may be, and what comes after. The last one has no words, only the rule."""

    __slots__ = ("after", "choices", "is_optional", "rule")

    def __init__(
        self,
        choices: tuple[str, ...],
        after: Step | None = None,
        *,
        is_optional: bool = False,
        rule: Rule | None = None,
    ) -> None:
        self.choices, self.after, self.is_optional, self.rule = choices, after, is_optional, rule


class Phrases:
    """Phrases as they are made. Those that end alike share their end."""

    def __init__(self) -> None:
        self.begins: dict[Step, None] = {}
        self._made: dict[tuple[object, ...], Step] = {}
        self._choices: dict[tuple[str, ...], tuple[str, ...]] = {}

    def add(self, steps: Sequence[tuple[tuple[str, ...], bool]], rule: Rule) -> None:
        """Add a phrase of ``rule``: the words of each step, and whether it may be left out."""
        step = self._made.setdefault((id(rule),), Step((), rule=rule))
        for choices, is_optional in reversed(steps):
            words = self._choices.setdefault(choices, choices)
            key = (words, is_optional, step)
            if key not in self._made:
                self._made[key] = Step(words, step, is_optional=is_optional)
            step = self._made[key]
        self.begins[step] = None


class Node:
    """A node of the tree of phrases: the steps one may be at, in the order of the phrases.

    Where each next word leads is worked out when somebody comes by: most of the tree is never walked.
    """

    __slots__ = ("_next", "rules", "steps")

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self.steps = steps
        self.rules = [step.rule for step in _open(steps) if step.rule is not None]
        self._next: dict[str, Node] | None = None

    def next(self, made: dict[tuple[Step, ...], Node]) -> dict[str, Node]:
        """The node each next word leads to; nodes from which everything reads the same are one, found in ``made``."""
        if self._next is None:
            led: dict[str, dict[Step, None]] = {}
            for step in _open(self.steps):
                for choice in step.choices:
                    assert step.after is not None
                    led.setdefault(choice, {})[step.after] = None
            self._next = {choice: _node(tuple(steps), made) for choice, steps in led.items()}
        return self._next


def _node(steps: tuple[Step, ...], made: dict[tuple[Step, ...], Node]) -> Node:
    node = made.get(steps)
    if node is None:
        node = made[steps] = Node(steps)
    return node


def _open(steps: Iterable[Step]) -> Iterator[Step]:
    """``steps`` and, where one may be left out, those after it."""
    for first in steps:
        step = first
        yield step
        while step.is_optional and step.after is not None:
            step = step.after
            yield step


class _Place:
    """Where one may stand: the rules that end here, the words that lead on, and where."""

    __slots__ = ("ends", "gap", "leads", "moves", "rules")

    def __init__(self, nodes: tuple[Node, ...], leads: tuple[dict[str, Node], ...]) -> None:
        self.leads = leads
        self.rules = tuple({id(rule): rule for node in nodes for rule in node.rules}.values())
        self.moves: dict[int, _Place | None] = {UNKNOWN: None}
        self.gap: _Place | None = None
        self.ends = bool(self.rules) or any(GAP_STEP in led for led in leads)


class Automaton:
    """A tree of phrases, made to be walked fast. It learns as it reads, and only what it could work out again."""

    def __init__(self, begins: Iterable[Step], alphabet: Iterable[str]) -> None:
        self._alphabet = frozenset(alphabet).union(STOPS)
        self._nodes: dict[tuple[Step, ...], Node] = {}
        self._signs: dict[tuple[str, ...], int] = {}
        self._names: list[tuple[str, ...]] = []
        self._places: dict[frozenset[Node], _Place] = {}
        self._signing = Lock()
        self._kept = 0
        self._root = self._place((_node(tuple(begins), self._nodes),))
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
        key = frozenset(nodes)
        place = self._places.get(key)
        if place is None:
            leads = tuple([node.next(self._nodes) for node in nodes])
            place = _Place(nodes, leads)
            gaps = tuple(dict.fromkeys(led[GAP_STEP] for led in leads if GAP_STEP in led))
            place.gap = self._place(gaps) if gaps else None
            self._places[key] = place
        return place

    def _moved(self, place: _Place, names: tuple[str, ...]) -> _Place | None:
        nodes = {led[name]: None for led in place.leads for name in names if name in led}
        return self._place(tuple(nodes)) if nodes else None

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
