"""Texts that are variations of one another: pieces of letters, their signatures, and pairs looked at again.

Nothing is compared with everything: signatures (MinHash) cut in bands bring together what may be alike, and what was
brought together is measured. The same texts in the same order give the same groups.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from copilot.intelligence.grouping.letters import FEWEST_LETTERS, told_apart_by

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Signatures = NDArray[np.uint32]
    Places = NDArray[np.int64]

#: Letters in a piece, numbers in a signature, of which so many make a band.
PIECE, NUMBERS, BAND = 4, 64, 4
#: Share of their pieces that two variations of one text have in common.
ALIKE = 0.62
#: Signatures tell that share to within this; nearer the limit, the pieces themselves are compared.
MARGIN = 0.13
#: A member that has less than this in common with the one that stands for its group is left out.
STRAYED = 0.4
#: Texts read between two looks at whether to stop.
AT_ONCE = 2_000
#: Members of one group compared with all of it to choose the one that stands for it.
CANDIDATES = 60

Check = Callable[[], None]


class Variations:
    """The letters, pieces and signatures of texts that all differ."""

    def __init__(self, texts: Sequence[str], check: Check) -> None:
        """Read ``texts``; ``check`` is called often and may raise to stop."""
        import numpy as np

        self._pieces: list[NDArray[np.uint32]] = []
        self.signatures: Signatures = np.zeros((len(texts), NUMBERS), dtype=np.uint32)
        draw = np.random.default_rng(20)
        self._factors = draw.integers(1, 2**32, NUMBERS, dtype=np.uint32) | np.uint32(1)
        self._shifts = draw.integers(0, 2**32, NUMBERS, dtype=np.uint32)
        for start in range(0, len(texts), AT_ONCE):
            check()
            self._read(start, [told_apart_by(text) for text in texts[start : start + AT_ONCE]])

    def _read(self, start: int, letters: list[str]) -> None:
        import numpy as np

        found = [_pieces(one) for one in letters]
        self._pieces += found
        sizes = np.array([len(one) for one in found])
        at = np.cumsum(sizes) - sizes
        joined = np.concatenate(found)
        for place in range(NUMBERS):
            mixed = joined * self._factors[place] + self._shifts[place]
            mixed ^= mixed >> np.uint32(15)
            self.signatures[start : start + len(letters), place] = np.minimum.reduceat(mixed, at)

    def shared(self, one: int, other: int) -> float:
        """The share of their pieces that two texts have in common."""
        import numpy as np

        mine, theirs = self._pieces[one], self._pieces[other]
        both = len(np.intersect1d(mine, theirs, assume_unique=True))
        return both / (len(mine) + len(theirs) - both)

    def estimated(self, ones: Places, other: Places | int) -> NDArray[np.float64]:
        """About :meth:`shared`, of many pairs at once, from the signatures."""
        import numpy as np

        same = self.signatures[ones] == self.signatures[other]
        return np.asarray(same.mean(axis=1))

    def alike(self, ones: Places, others: Places) -> NDArray[np.bool_]:
        """Which pairs are variations of one text."""
        about = self.estimated(ones, others)
        told = about >= ALIKE + MARGIN
        for place in ((about < ALIKE + MARGIN) & (about >= ALIKE - MARGIN)).nonzero()[0]:
            told[place] = self.shared(int(ones[place]), int(others[place])) >= ALIKE
        return told


def _pieces(letters: str) -> NDArray[np.uint32]:
    """Every run of :data:`PIECE` letters as a number, each once; a few letters are one piece."""
    import numpy as np

    read = np.frombuffer(letters.encode("utf-32-le", "replace"), dtype=np.uint32)
    if len(read) < FEWEST_LETTERS:
        return np.array([hash_of(read)], dtype=np.uint32)
    told = np.zeros(len(read) - PIECE + 1, dtype=np.uint32)
    for shift in range(PIECE):
        told = told * np.uint32(0x9E3779B1) + read[shift : len(read) - PIECE + 1 + shift]
    told ^= told >> np.uint32(16)
    return np.unique(told * np.uint32(0x85EBCA6B))


def hash_of(read: NDArray[np.uint32]) -> int:
    """One number for a few letters."""
    told = len(read)
    for letter in read.tolist():
        told = (told * 0x9E3779B1 + letter) & 0xFFFFFFFF
    return told


def variations(texts: Sequence[str], check: Check) -> tuple[tuple[tuple[int, float], ...], ...]:
    """Groups of ``texts`` (all different) that are variations of one: places, each with its distance to the first.

    The first of a group stands for it, distance 0; the others follow, the nearest first. A text alone is in no group.
    """
    if not texts:
        return ()
    read = Variations(texts, check)
    roots = _joined(read, check)
    groups: dict[int, list[int]] = {}
    for place, root in enumerate(roots):
        groups.setdefault(root, []).append(place)
    found = []
    for members in groups.values():
        if len(members) > 1:
            check()
            found.append(_measured(read, members))
    return tuple(group for group in found if len(group) > 1)


def _joined(read: Variations, check: Check) -> list[int]:
    """The root of each text: one for all those that are variations of one another."""
    roots = list(range(len(read.signatures)))

    def root_of(place: int) -> int:
        while roots[place] != place:
            roots[place] = roots[roots[place]]
            place = roots[place]
        return place

    for band in range(0, NUMBERS, BAND):
        check()
        for ones, others in _pairs(read.signatures[:, band : band + BAND]):
            told = read.alike(ones, others)
            for one, other in zip(ones[told].tolist(), others[told].tolist(), strict=True):
                mine, theirs = root_of(one), root_of(other)
                roots[max(mine, theirs)] = min(mine, theirs)
            check()
    return [root_of(place) for place in range(len(roots))]


def _pairs(band: Signatures) -> list[tuple[Places, Places]]:
    """What falls in one box by this band: each with the first of its box, and with the one before it."""
    import numpy as np

    keys = np.zeros(len(band), dtype=np.uint64)
    for column in range(band.shape[1]):
        keys = keys * np.uint64(0x9E3779B97F4A7C15) + band[:, column]
    order = np.argsort(keys, kind="stable")
    told = keys[order]
    follows = np.concatenate(([False], told[1:] == told[:-1]))
    opens = np.maximum.accumulate(np.where(follows, 0, np.arange(len(told))))
    here = follows.nonzero()[0]
    firsts, befores = (order[here], order[opens[here]]), (order[here], order[here - 1])
    return [
        (ones[start : start + AT_ONCE * 10], others[start : start + AT_ONCE * 10])
        for ones, others in (firsts, befores)
        for start in range(0, len(ones), AT_ONCE * 10)
    ]


def _measured(read: Variations, members: list[int]) -> tuple[tuple[int, float], ...]:
    """A group from the one that has most in common with all, those that strayed left out."""
    import numpy as np

    places = np.array(members)
    step = max(1, len(members) // CANDIDATES)
    common = [(float(read.estimated(places, one).mean()), -one) for one in members[::step]]
    first = -max(common)[1]
    about = read.estimated(places, first)
    told = {
        one: (1.0 if one == first else max(float(share), read.shared(one, first) if share < ALIKE else 0.0))
        for one, share in zip(members, about, strict=True)
    }
    kept = sorted((round(1 - share, 3), one != first, one) for one, share in told.items() if share >= STRAYED)
    return tuple((one, distance) for distance, _later, one in kept)
