"""Phrases met in a row of words are those that reading each phrase by itself finds, and they take little room."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from copilot.intelligence.automaton import GAP, GAP_STEP, STOPS, Automaton, Phrases, Rule
from copilot.intelligence.lexicon import Lexicon, lexicon_files, shipped_lexicon

Step = tuple[tuple[str, ...], bool]
LETTERS = ("a", "b", "c", ".")
#: Words that every rule knows, one word that none does.
WORDS = st.lists(st.sampled_from((*LETTERS, "x")), max_size=14)
CHOICES = st.lists(st.sampled_from(LETTERS), min_size=1, max_size=2).map(tuple)
STEPS = st.one_of(st.tuples(CHOICES, st.booleans()), st.just(((GAP_STEP,), False)))


def well_formed(steps: list[Step]) -> bool:
    """A word that must be there on both sides of each gap."""
    places = [False, *(choices == (GAP_STEP,) for choices, _optional in steps), False]
    needed = [True, *(not optional for _choices, optional in steps), True]
    ends = places[1] or places[-2]
    apart = all(not (place and following) for place, following in pairwise(places))
    beside = all(needed[at - 1] and needed[at + 1] for at, place in enumerate(places) if place)
    return bool(steps) and not ends and apart and beside and not all(optional for _choices, optional in steps)


def read_alone(steps: list[Step], words: list[str], at: tuple[int, ...], begin: int) -> Iterator[tuple[int, ...]]:
    """Where the words of ``steps`` are, from word ``begin`` on, after those at ``at``."""
    if not steps:
        yield at
        return
    (choices, optional), rest = steps[0], steps[1:]
    if optional:
        yield from read_alone(rest, words, at, begin)
    if choices == (GAP_STEP,):
        for here in range(begin, min(begin + GAP + 1, len(words))):
            if words[here] in rest[0][0]:
                yield from read_alone(rest[1:], words, (*at, here), here + 1)
            if words[here] in STOPS:
                return
    elif begin < len(words) and words[begin] in choices:
        yield from read_alone(rest, words, (*at, begin), begin + 1)


@given(st.lists(st.lists(STEPS, max_size=5).filter(well_formed), max_size=8), WORDS)
def test_all_phrases_at_once_read_as_each_alone(written: list[list[Step]], words: list[str]) -> None:
    phrases = Phrases()
    # Each rule has two phrases, which may end alike.
    rules = [rule for number in range(0, len(written), 2) for rule in [Rule(f"r{number}")] * 2][: len(written)]
    for steps, rule in zip(written, rules, strict=True):
        phrases.add(steps, rule)
    automaton = Automaton(phrases.begins, LETTERS)
    found = automaton.find([automaton.sign((word,)) for word in words])
    alone = {
        (rule.name, at)
        for steps, rule in zip(written, rules, strict=True)
        for begin in range(len(words))
        for at in read_alone(steps, words, (), begin)
    }
    assert {(match.rule.name, match.at) for match in found} == alone


def kept_by(work: Callable[[], object]) -> float:
    """Megabytes that ``work`` leaves behind, its answer included."""
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        answer = work()
        kept = (tracemalloc.get_traced_memory()[0] - before) / 1e6
        del answer
        return kept
    finally:
        tracemalloc.stop()


def test_the_lexicons_take_little_room() -> None:
    assert lexicon_files()
    assert kept_by(shipped_lexicon.__wrapped__) < 20


def test_numbers_that_come_once_are_not_remembered() -> None:
    lexicon = Lexicon([{"rule": [{"name": "late", "phrases": ["commande .. jamais"]}]}])

    def read() -> None:
        for number in range(100_000, 101_000):
            lexicon.read(f"Commande n° {number}. Voir {number}, ({number}) ou le {number}-{number}")

    lexicon.read("Commande n° 1. Voir")
    assert kept_by(read) < 0.2
