"""The linear model: what a text holds, as named features, and the weights learnt for them.

The weights are in ``assets/intelligence/hostile.npz``, made by ``scripts/train_hostile.py``. Two models: a *gate* over
words alone, which lets most ordinary texts out at once, and the model that says of the others what they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from copilot import paths

if TYPE_CHECKING:
    import numpy as np

#: Letters of a word that make its stem.
STEM = 5


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
    return sum([get(word, 0.0) for word in set(words)]) + learnt.words_bias <= 0


def features(words: Sequence[str], kinds: str) -> set[str]:
    """What a text holds: words and pairs of them, runs of kinds, kinds that share a sentence, stems and kinds beside.

    ``kinds`` are the letters of ``words`` between two ends of a sentence.
    """
    held = set(words)
    held.update([f"{one} {other}" for one, other in pairwise(words)])
    for length in (2, 3, 4):
        held.update([f"{length}{kinds[at : at + length]}" for at in range(len(kinds) - length + 1)])
    told = kinds.replace(".", "").replace(",", "")
    for length in (2, 3):
        held.update([f"k{told[at : at + length]}" for at in range(len(told) - length + 1)])
    for sentence in told.split("^"):
        present = sorted(set(sentence))
        held.update([f"p{one}{other}" for at, one in enumerate(present) for other in present[at + 1 :]])
    stems = [word[:STEM] for word in words]
    held.update([f"m{stem}{kind}" for stem, kind in zip(stems, kinds[2:], strict=True)])
    held.update([f"n{stem}{kind}" for stem, kind in zip(stems, kinds, strict=False)])
    held.update([f"s{stem}" for stem in stems])
    held.update([f"s{one} {other}" for one, other in pairwise(stems)])
    held.update([f"z{one} {other}" for one, other in zip(stems, stems[2:], strict=False)])
    held.update((f"f{stems[0]}" if stems else "f", f"F{kinds[1:3]}", f"G{kinds[1:4]}"))
    return held


def margin(held: Iterable[str], found: Iterable[int]) -> float:
    """What the model says of a text: above 0, hostile. ``held``: its features; ``found``: numbers of its patterns."""
    learnt = weights()
    get = learnt.features.get
    told = [get(name, 0.0) for name in held]
    scale = len(told) ** -0.5 if told else 0.0
    return sum(told) * scale + sum([learnt.patterns[number] for number in found]) + learnt.bias
