"""The words texts are about: to compare texts without a model, and to name a group by its own words."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from copilot.text.lexicons import folded, lexicon, stop_words, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Enough of a text to tell what it is about.
MOST_CHARS = 1_500
MOST_WORDS = 60
#: Letters by which two words are one: "remboursez" and "remboursement".
STEM = 6
#: Numbers a text is told in without a model; each word is a few of them, with a sign.
WIDTH, PLACES = 384, 6
#: How much more a word counts that other groups do not say.
RARE = 1.5
#: Two words that stand together this often are one.
TOGETHER = 0.6
#: Texts read between two looks at whether to stop.
AT_ONCE = 2_000
#: Words of a name, and letters of one taken from a text.
MOST_NAMES, EXCERPT = 2, 60

_WORD = re.compile(r"[^\W\d_]{2,30}")
_SKIPPED = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|@\w+")
#: Said in any conversation.
_SAID_ANYWHERE = words(
    "bonjour bonsoir salut coucou hello hi hey svp stp please merci thanks thank cordialement ok oui non yes no alors "
    "fait faire faites peut peux pouvez avoir etre vais vas aller dire dit veux veut mettre quand comment combien "
    "pourquoi chez tres trop encore toujours jamais deja aussi juste vraiment rien tout tous toute toutes cette "
    "get got getting make made take even still just really never always anyone one ever want can could would"
)
#: Thanks and praise name a group that says nothing else.
_SAID_KINDLY = words("merci thanks thank")


@lru_cache(maxsize=65_536)
def stem_of(word: str) -> str:
    """A word as it is compared: folded, cut; empty for one that says nothing."""
    told = folded(word)
    if len(told) < 3 or told in _silent():
        return ""
    return told[:STEM].rstrip("sx") if len(told) <= STEM else told[:STEM]


@lru_cache(maxsize=1)
def _silent() -> frozenset[str]:
    return frozenset(folded(word) for word in stop_words("both")) | (_SAID_ANYWHERE - _SAID_KINDLY)


def content(text: str) -> list[tuple[str, str]]:
    """The words that say something, in order: as compared, and as written in small letters. ``""`` parts others."""
    seen = _SKIPPED.sub(" ", text[:MOST_CHARS]).replace("’", "'")
    return [(stem_of(word), word.lower()) for word in _WORD.findall(seen)[:MOST_WORDS]]


@lru_cache(maxsize=65_536)
def _drawn(stem: str) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Where a word is told and with which signs: the same on every machine."""
    digest = blake2b(stem.encode("utf-8", "replace"), digest_size=PLACES * 2).digest()
    numbers = [int.from_bytes(digest[at : at + 2], "big") for at in range(0, len(digest), 2)]
    return tuple(number % WIDTH for number in numbers), tuple(1.0 if number & 0x8000 else -1.0 for number in numbers)


class Spoken:
    """The words of many texts: which each one says, and in how many each word is.

    ``frequencies`` counts texts by word, as compared; ``of`` is how many texts were read.
    """

    def __init__(self, texts: Sequence[str], check: Callable[[], None]) -> None:
        """Read ``texts``; ``check`` is called often and may raise to stop."""
        self.frequencies: Counter[str] = Counter()
        self.of = len(texts)
        self._said: list[tuple[str, ...]] = []
        for place, text in enumerate(texts):
            if place % AT_ONCE == 0:
                check()
            stems = tuple({stem: None for stem, _written in content(text) if stem})
            self.frequencies.update(stems)
            self._said.append(stems)

    def numbers(self, check: Callable[[], None]) -> NDArray[np.float32]:
        """The texts as numbers, one row each, of length 1 (0 when a text says nothing): rare words weigh more."""
        import numpy as np

        places = {stem: place for place, stem in enumerate(self.frequencies)}
        drawn = [_drawn(stem) for stem in places]
        at = np.array([one for one, _signs in drawn], dtype=np.int64).reshape(-1, PLACES)
        counts = np.array(list(self.frequencies.values()), dtype=np.float64)
        weights = np.log((self.of + 1) / (counts + 0.5)) * np.where(counts > 1, 1.0, 0.5)
        values = (np.array([signs for _at, signs in drawn]).reshape(-1, PLACES) * weights[:, None]).astype(np.float32)
        told = np.zeros((self.of, WIDTH), dtype=np.float32)
        for start in range(0, self.of, AT_ONCE):
            check()
            some = self._said[start : start + AT_ONCE]
            stems = np.array([places[stem] for said in some for stem in said], dtype=np.int64)
            rows = np.repeat(np.arange(len(some)), [len(said) for said in some])
            block = np.zeros(len(some) * WIDTH, dtype=np.float32)
            np.add.at(block, (rows[:, None] * WIDTH + at[stems]).ravel(), values[stems].ravel())
            wide = block.reshape(-1, WIDTH)
            told[start : start + AT_ONCE] = wide / np.maximum(np.linalg.norm(wide, axis=1, keepdims=True), 1e-6)
        return told


def name_of(texts: Sequence[str], spoken: Spoken, people: frozenset[str]) -> tuple[str, ...]:
    """The words that a group says more than the others do, the most telling first. ``people`` are names left out.

    Texts that share no word are named by the first of them.
    """
    import math

    stems: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        told = content(text)
        stems.update({stem for stem, _word in told if stem})
        for stem, word in told:
            if stem:
                written.setdefault(stem, Counter())[word] += 1
        pairs.update({(one, two) for (one, _), (two, _) in itertools.pairwise(told) if one and two})
    scores = {
        stem: count * math.log((spoken.of + 1) / max(1, spoken.frequencies[stem])) ** RARE
        for stem, count in stems.items()
        if not _names_somebody(written[stem], people)
    }
    said_twice = {stem: score for stem, score in scores.items() if stems[stem] > 1}
    scores = said_twice or {stem: scores[stem] for stem, _word in content(texts[0]) if stem in scores}
    ranked = sorted(scores, key=lambda stem: (-scores[stem], stem))
    return _worded(ranked, stems, written, pairs)


def _worded(
    ranked: Sequence[str],
    stems: Counter[str],
    written: Mapping[str, Counter[str]],
    pairs: Counter[tuple[str, str]],
) -> tuple[str, ...]:
    """The first of ``ranked`` as people write them, two that always stand together as one."""
    named: list[str] = []
    used: set[str] = set()
    for stem in ranked:
        if stem in used or len(named) == MOST_NAMES:
            continue
        used.add(stem)
        mates = [(count, pair) for pair, count in pairs.items() if stem in pair and count >= TOGETHER * stems[stem]]
        word = _usual(written[stem])
        if mates:
            _count, pair = max(mates, key=lambda mate: (mate[0], mate[1]))
            if pair[0] in written and pair[1] in written and not used & (set(pair) - {stem}):
                used.update(pair)
                word = " ".join(_usual(written[part]) for part in pair)
        named.append(word)
    return tuple(named)


def _usual(written: Counter[str]) -> str:
    return min(written, key=lambda word: (-written[word], len(word), word))


def _names_somebody(written: Mapping[str, int], people: frozenset[str]) -> bool:
    told = {folded(word) for word in written}
    return bool(told & people) or bool(told & _first_names())


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    known = lexicon("first_names") - lexicon("names_that_are_words") - lexicon("ambiguous_names")
    return frozenset(folded(name) for name in known)


def excerpt(text: str) -> str:
    """The beginning of a text, on one line, cut between words."""
    line = " ".join(text[:2_000].split())
    if len(line) <= EXCERPT:
        return line
    cut = line[:EXCERPT]
    return (cut.rsplit(" ", 1)[0] if " " in cut[EXCERPT // 2 :] else cut).rstrip(" ,;:.–-") + "…"
