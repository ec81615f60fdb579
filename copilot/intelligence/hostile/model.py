"""The linear model: what a text holds, as named features, and the weights learnt for them.

The weights are in ``assets/intelligence/hostile.npz``, made by ``scripts/train_hostile.py``. Two models: a *gate* over
words alone, which lets most ordinary texts out at once, and the model that says of the others what they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, Any

from copilot import paths

if TYPE_CHECKING:
    import numpy as np

#: Letters of a word that make its stem.
STEM = 5
#: Known words of a sentence whose order is read, each with as many that follow it.
IN_ORDER, FOLLOWING = 12, 5
#: What a word of no kind ends with, when longer than a few letters: an order may be of any verb.
_ENDING = re.compile("(?:ez|er|ent|ra|ront|rait|ing|ed|ly|ment|ons|ais|ait|iez|tion|s)$")
SHORTEST_ENDED = 4
#: The most that patterns say together: where all else is calm, there is no need to look for any.
MOST_FOUND = 3.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt: by feature, by pattern (its number), by word for the gate; above 0 with its bias, hostile."""

    features: Mapping[str, float]
    patterns: tuple[float, ...]
    bias: float
    words: Mapping[str, float]
    words_bias: float


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The shipped weights, read once."""
    import numpy as np

    with np.load(paths.assets_dir() / "intelligence" / "hostile.npz", allow_pickle=False) as stored:
        bias, words_bias = map(float, stored["bias"])
        return Weights(
            _named(stored["features"], stored["feature_weights"]),
            tuple(stored["pattern_weights"].astype(np.float64).tolist()),
            bias,
            _named(stored["words"], stored["word_weights"]),
            words_bias,
        )


def _named(names: np.ndarray[Any, Any], values: np.ndarray[Any, Any]) -> dict[str, float]:
    """Weights by name; names are one text, a line each."""
    return dict(zip(names.tobytes().decode("utf-8").split("\n"), values.astype("float64").tolist(), strict=True))


def is_calm(words: Iterable[str]) -> bool:
    """Whether a text of these words is so ordinary that the model need not be asked."""
    learnt = weights()
    get = learnt.words.get
    return sum(map(get, set(words), repeat(0.0))) + learnt.words_bias <= 0


def features(words: Sequence[str], kinds: str) -> set[str]:
    """What a text holds: words, endings, pairs of stems, runs of kinds, kinds that share a sentence, stems by kinds.

    ``kinds`` are the letters of ``words`` between two ends of a sentence.
    """
    held = set(words)
    held.update([f"3{kinds[at : at + 3]}" for at in range(len(kinds) - 2)])
    told = kinds.replace(".", "").replace(",", "")
    for length in (2, 3):
        held.update([f"k{told[at : at + length]}" for at in range(len(told) - length + 1)])
    held.update(*map(_pairs, told.split("^")))
    stems = [word[:STEM] for word in words]
    held.update([f"m{stem}{kind}" for stem, kind in zip(stems, kinds[2:], strict=True)])
    held.update([f"n{stem}{kind}" for stem, kind in zip(stems, kinds, strict=False)])
    held.update([f"s{one} {other}" for one, other in pairwise(stems)])
    for at, word in enumerate(words):
        if kinds[at + 1] == "." and (end := _ending(word)):
            held.add(f"x{kinds[at]}{end}")
            held.add(f"y{end}{kinds[at + 2]}")
    held.update((f"f{stems[0]}" if stems else "f", f"F{kinds[1:3]}", f"G{kinds[1:4]}"))
    return held


@lru_cache(maxsize=4096)
def _pairs(sentence: str) -> tuple[str, ...]:
    """The kinds of words that share a sentence, two by two: in either order, then as they follow each other."""
    present = sorted(set(sentence))
    shared = [f"p{one}{other}" for at, one in enumerate(present) for other in present[at + 1 :]]
    inside = enumerate(sentence[:IN_ORDER], 1)
    return (*shared, *{f"q{one}{other}" for at, one in inside for other in sentence[at : at + FOLLOWING]})


@lru_cache(maxsize=20_000)
def _ending(word: str) -> str:
    """How a word ends, ``-`` when it tells nothing; "" for a sign, a number or a short word."""
    if len(word) < SHORTEST_ENDED or not word.isalpha():
        return ""
    found = _ENDING.search(word)
    return found.group() if found else "-"


def margin(held: Collection[str], found: Iterable[int]) -> float:
    """What the model says of a text: above 0, hostile. ``held``: its features; ``found``: numbers of its patterns."""
    learnt = weights()
    told = sum(map(learnt.features.get, held, repeat(0.0)))
    scale = len(held) ** -0.5 if held else 0.0
    return told * scale + gain(found) + learnt.bias


def gain(found: Iterable[int]) -> float:
    """What the patterns of these numbers say together."""
    said = weights().patterns
    return min(MOST_FOUND, sum([said[number] for number in found]))


def bounds(numbers: Iterable[int]) -> tuple[float, float]:
    """The least and the most that finding some of these patterns may :func:`gain`."""
    said = [weights().patterns[number] for number in numbers]
    return sum([one for one in said if one < 0]), min(MOST_FOUND, sum([one for one in said if one > 0]))
