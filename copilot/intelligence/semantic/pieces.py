"""What a text is made of, as numbers: its words, pairs of words and runs of characters, the rare ones weighing more.

The weights are the usual ones: ``(1 + log count) * (1 + log((1 + texts) / (1 + texts with it)))``, each of the two
kinds brought to length 1.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Lengths of the runs of characters within a word and the spaces around it.
RUNS = (2, 3, 4)
#: As many of each kind are told apart: those that are met most often.
MOST_RUNS, MOST_WORDS = 20_000, 8_000
#: What fewer texts have is no feature.
FEWEST = 2

_WORD = re.compile(r"\w+")


def runs(line: str) -> list[str]:
    """The runs of characters of a line."""
    found: list[str] = []
    for word in line.split():
        spaced = f" {word} "
        for size in RUNS:
            found += [spaced[at : at + size] for at in range(len(spaced) - size + 1)]
    return found


def words(line: str) -> list[str]:
    """The words of a line, and its pairs of words."""
    found = _WORD.findall(line)
    return found + [f"{one} {next_}" for one, next_ in pairwise(found)]


def plain(text: str) -> str:
    """``text`` in lower case, without accents."""
    lower = text.lower()
    if lower.isascii():
        return lower
    return "".join(char for char in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(char))


class Found(NamedTuple):
    """The features of ``texts`` texts: text ``owners[i]`` has ``values[i]`` of feature ``columns[i]``."""

    owners: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: Floats


class Pieces:
    """The features that examples have, and what they weigh."""

    def __init__(self, runs_known: _Kind, words_known: _Kind) -> None:
        self._runs, self._words = runs_known, words_known
        #: How many features there are; the last one is had by every text, so that none is without.
        self.width = len(self._runs) + len(self._words) + 1

    @classmethod
    def learnt(cls, texts: Sequence[str]) -> Pieces:
        """The features of ``texts``, from what they hold."""
        lines = [plain(text) for text in texts]
        met = _Kind.met((runs(line) for line in lines), MOST_RUNS, 0)
        return cls(met, _Kind.met((words(line) for line in lines), MOST_WORDS, len(met)))

    def with_those_of(self, texts: Sequence[str]) -> Pieces:
        """These features and what ``texts`` have beside them, as rare as can be."""
        lines = [plain(text) for text in texts]
        more = self._runs.with_those_of([runs(line) for line in lines], 0)
        return Pieces(more, self._words.with_those_of([words(line) for line in lines], len(more)))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it as arrays, for :meth:`of_arrays`."""
        return {**self._runs.arrays("runs"), **self._words.arrays("words")}

    @classmethod
    def of_arrays(cls, kept: Mapping[str, NDArray[Any]]) -> Pieces:
        """What :meth:`arrays` gave. Raises KeyError or ValueError for anything else."""
        met = _Kind.of_arrays(kept, "runs", 0)
        return cls(met, _Kind.of_arrays(kept, "words", len(met)))

    def shared(self, other: Pieces) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The columns of the features that both have: here, and in ``other``."""
        import numpy as np

        pairs = [*self._runs.shared(other._runs), *self._words.shared(other._words), (self.width - 1, other.width - 1)]
        mine, theirs = np.array(pairs, np.int64).T
        return mine, theirs

    def of(self, texts: Sequence[str]) -> Found:
        """The features of ``texts``, sorted by text."""
        import numpy as np

        owners: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for place, text in enumerate(texts):
            line = plain(text)
            for kind, made in ((self._runs, runs(line)), (self._words, words(line))):
                mine, weights = kind.weighed(made)
                columns += mine
                values += weights
            columns.append(self.width - 1)
            values.append(0.0)
            owners += [place] * (len(columns) - len(owners))
        return Found(np.array(owners, np.int64), np.array(columns, np.int64), np.array(values, np.float32))


class _Kind:
    """One kind of features: their columns, from ``first`` on, and how rare each is."""

    def __init__(self, names: Sequence[str], rarities: Sequence[float], first: int) -> None:
        self._column = {name: first + place for place, name in enumerate(names)}
        self._rarity = dict(zip(names, rarities, strict=True))

    @classmethod
    def met(cls, examples: Iterable[list[str]], most: int, first: int) -> _Kind:
        """The features met in ``examples``."""
        often: Counter[str] = Counter()
        having: Counter[str] = Counter()
        count = 0
        for made in examples:
            often.update(made)
            having.update(set(made))
            count += 1
        kept = sorted((-often[one], one) for one in having if having[one] >= FEWEST)[:most]
        names = sorted(one for _often, one in kept)
        return cls(names, [1.0 + math.log((1 + count) / (1 + having[one])) for one in names], first)

    def with_those_of(self, examples: Sequence[list[str]], first: int) -> _Kind:
        """These, then those that enough of ``examples`` have."""
        having = Counter(one for made in examples for one in set(made) if one not in self._column)
        names = sorted(one for one, count in having.items() if count >= FEWEST)
        rarest = max(self._rarity.values(), default=1.0)
        return _Kind([*self._column, *names], [*self._rarity.values(), *[rarest] * len(names)], first)

    def arrays(self, kind: str) -> dict[str, NDArray[Any]]:
        """The names, a line each, and how rare they are."""
        import numpy as np

        names = np.frombuffer("\n".join(self._column).encode(), np.uint8)
        return {kind: names, f"{kind}_rarities": np.array(list(self._rarity.values()), np.float64)}

    @classmethod
    def of_arrays(cls, kept: Mapping[str, NDArray[Any]], kind: str, first: int) -> _Kind:
        """What :meth:`arrays` gave."""
        return cls(kept[kind].tobytes().decode().split("\n"), kept[f"{kind}_rarities"].tolist(), first)

    def shared(self, other: _Kind) -> list[tuple[int, int]]:
        """The columns of what both have."""
        return [(at, other._column[one]) for one, at in self._column.items() if one in other._column]

    def __len__(self) -> int:
        return len(self._column)

    def weighed(self, made: list[str]) -> tuple[list[int], list[float]]:
        """The columns a text has, and their weights."""
        column, rarity = self._column, self._rarity
        counts = Counter([one for one in made if one in column])
        weights = [(1.0 + math.log(times)) * rarity[one] for one, times in counts.items()]
        length = math.sqrt(sum([weight * weight for weight in weights])) or 1.0
        return [column[one] for one in counts], [weight / length for weight in weights]
