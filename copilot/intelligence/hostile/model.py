"""The linear model: what a text holds, as named features, and the weights learnt for them.

The weights are in ``assets/intelligence/hostile.npz``, made by ``scripts/train_hostile.py``. Two models: a *gate* over
words alone, which lets most ordinary texts out at once, and the model that says of the others what they are.
"""

from __future__ import annotations

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
    """What a text holds: words, pairs of stems, runs of kinds, kinds that share a sentence, stems beside kinds.

    ``kinds`` are the letters of ``words`` between two ends of a sentence.
    """
    held = set(words)
    held.update([f"3{kinds[at : at + 3]}" for at in range(len(kinds) - 2)])
    told = kinds.replace(".", "").replace(",", "")
    for length in (2, 3):
        held.update([f"k{told[at : at + length]}" for at in range(len(told) - length + 1)])
    for sentence in set(told.split("^")):
        present = sorted(set(sentence))
        held.update([f"p{one}{other}" for at, one in enumerate(present) for other in present[at + 1 :]])
    stems = [word[:STEM] for word in words]
    held.update([f"m{stem}{kind}" for stem, kind in zip(stems, kinds[2:], strict=True)])
    held.update([f"n{stem}{kind}" for stem, kind in zip(stems, kinds, strict=False)])
    held.update([f"s{one} {other}" for one, other in pairwise(stems)])
    held.update((f"f{stems[0]}" if stems else "f", f"F{kinds[1:3]}", f"G{kinds[1:4]}"))
    return held


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
