"""The linear model: what a text holds, as numbers of features, and the weights learnt for them.

The weights are in ``assets/intelligence/hostile.npz``, made by ``scripts/train_hostile.py``: two linear models over
the same features. ``words`` was taught on every hostile text at hand (jailbreaks, orders slipped into questions) and
reads words and their kinds; ``orders`` was taught on comments alone and reads the patterns found as well.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from copilot import paths

if TYPE_CHECKING:
    import numpy as np

#: Features are hashed into this many.
BUCKETS = 1 << 15
#: What a pattern found counts for beside the words, whose squares add up to one.
PATTERN_VALUE = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Weights of both models. Arrays of float32: ``BUCKETS`` for words and kinds, one a pattern for ``patterns``."""

    words: np.ndarray
    orders: np.ndarray
    patterns: np.ndarray
    words_bias: float
    orders_bias: float


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The shipped weights, read once."""
    import numpy as np

    with np.load(paths.assets_dir() / "intelligence" / "hostile.npz", allow_pickle=False) as stored:
        found = {name: stored[name].astype(np.float32) for name in stored.files}
    words_bias, orders_bias = map(float, found["bias"])
    return Weights(found["words"], found["orders"], found["patterns"], words_bias, orders_bias)


def features(words: Sequence[str], kinds: str) -> set[int]:
    """The numbers of what a text holds: words and pairs of them, runs of kinds, kinds that share a sentence.

    ``kinds`` are the letters of ``words`` between two ends of a sentence.
    """
    named: set[str] = set(words)
    named.update(f"{one} {other}" for one, other in zip(words, words[1:], strict=False))
    for length in (2, 3, 4):
        named.update(f"{length}{kinds[at : at + length]}" for at in range(len(kinds) - length + 1))
    told = kinds.replace(".", "").replace(",", "")
    for length in (2, 3):
        named.update(f"k{told[at : at + length]}" for at in range(len(told) - length + 1))
    for sentence in told.split("^"):
        present = sorted(set(sentence))
        named.update(f"p{one}{other}" for at, one in enumerate(present) for other in present[at + 1 :])
    return {zlib.crc32(name.encode("utf-8", "replace")) % BUCKETS for name in named}


def scores(found: Iterable[int], patterns: Iterable[int]) -> tuple[float, float]:
    """What both models say of a text: above 0, more likely hostile than not."""
    import numpy as np

    learnt = weights()
    places = np.fromiter(found, dtype=np.int64)
    numbers = list(patterns)
    scale = len(places) ** -0.5 if len(places) else 0.0
    said = float(learnt.words[places].sum()) * scale + learnt.words_bias
    ordered = float(learnt.orders[places].sum()) * scale + learnt.orders_bias
    return said, ordered + PATTERN_VALUE * float(learnt.patterns[numbers].sum() if numbers else 0.0)
