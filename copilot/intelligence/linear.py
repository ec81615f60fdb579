"""Two small linear models over hashed runs of characters: how likely a text is hateful, how likely it is spam.

Only hashed weights ship (``assets/intelligence/words.npz``, made by ``scripts/train_toxicity.py``): no word of any
training text is in them. numpy is loaded at the first text, and many texts are read at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from copilot.paths import assets_dir

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.uint32]

#: Lengths of the runs of characters.
RUNS = (2, 3, 4, 5)
#: Weights are kept under this many hashed keys.
KEYS = 1 << 18
#: Only the beginning of a text is read.
READ = 1_000
#: Texts read at once: the arrays stay small.
AT_ONCE = 512

_FACTOR = 0x9E3779B1
#: A link proves nothing by itself, and a name even less.
_ADDRESS = re.compile(r"@\w|https?:|www\.|<url>|<link>").match


class Likely(NamedTuple):
    """How likely a text is hateful, and how likely it is spam: from 0 to 1."""

    hateful: float
    spam: float


class Hashed(NamedTuple):
    """The hashed keys of the runs of characters of ``texts`` texts, and which text each is of."""

    keys: Integers
    owners: NDArray[np.int64]
    texts: int


def plain(text: str) -> str:
    """``text`` as the models read it: its beginning, in lower case, without accents, links and names of accounts."""
    line = " ".join([word for word in text[:READ].lower().split() if not _ADDRESS(word)])
    return f" {line if line.isascii() else _unaccented(line)} "


#: The accents of our letters, and the scripts that have other signs that combine.
_ACCENTS = re.compile("[\u0300-\u036f]+")
_FAR = re.compile("[\u0483-\u1fff\u20d0-\u20ff\u2cef-\ufe2f\U00010000-\U0001efff]").search


def _unaccented(line: str) -> str:
    kept = _ACCENTS.sub("", unicodedata.normalize("NFKD", line))
    return "".join([char for char in kept if not unicodedata.combining(char)]) if _FAR(kept) else kept


def hashed(texts: Sequence[str]) -> Hashed:
    """The runs of :data:`RUNS` characters of each text, hashed; none crosses from one text to the next."""
    import numpy as np

    lines = [plain(text) for text in texts]
    codes = np.frombuffer("".join(lines).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = np.where((codes >= 0x30) & (codes <= 0x39), np.uint32(0x30), codes)
    lengths = np.fromiter(map(len, lines), dtype=np.int64, count=len(lines))
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(codes))
    owners = np.repeat(np.arange(len(lines)), lengths)
    keys, whose = [], []
    running = np.zeros(len(codes), dtype=np.uint32)
    for size in range(1, max(RUNS) + 1):
        following = codes[size - 1 :]
        running = running[: len(following)] * np.uint32(_FACTOR) + following
        running ^= running >> np.uint32(15)
        if size in RUNS:
            inside = np.flatnonzero(left[: len(running)] >= size)
            keys.append(running[inside] & np.uint32(KEYS - 1))
            whose.append(owners[inside])
    return Hashed(np.concatenate(keys), np.concatenate(whose), len(lines))


class Linear:
    """The weights of the models. ``weights[m, key]`` are scaled by ``scales[m]``; ``biases[m]`` are added."""

    def __init__(self, weights: NDArray[Any], scales: Floats, biases: Floats) -> None:
        self._weights, self._scales, self._biases = weights, scales, biases

    @classmethod
    def of(cls, path: Path) -> Linear:
        """The weights in the file ``path``."""
        import numpy as np

        with np.load(path, allow_pickle=False) as kept:
            return cls(kept["weights"], kept["scales"], kept["biases"])

    def likely(self, texts: Sequence[str]) -> list[Likely]:
        """How likely each text is hateful, and spam."""
        found: list[Likely] = []
        for begin in range(0, len(texts), AT_ONCE):
            found += self._some(texts[begin : begin + AT_ONCE])
        return found

    def _some(self, texts: Sequence[str]) -> list[Likely]:
        import numpy as np

        keys, owners, count = hashed(texts)
        roots = np.sqrt(np.maximum(np.bincount(owners, minlength=count), 1))
        chances = []
        for weights, scale, bias in zip(self._weights, self._scales, self._biases, strict=True):
            scores = np.bincount(owners, weights=weights[keys], minlength=count) * scale / roots + bias
            chances.append((1 / (1 + np.exp(-np.clip(scores, -30, 30)))).tolist())
        return list(map(Likely, *chances))


@lru_cache(maxsize=1)
def shipped() -> Linear:
    """The weights that ship, read once."""
    return Linear.of(assets_dir() / "intelligence" / "words.npz")
