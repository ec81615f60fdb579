"""Texts about one concern: brought together while their mean distance stays small, whatever their number.

A few thousand texts are joined two by two from the nearest (mean linkage). More are met through samples: what a sample
holds together takes in all the others that are as near to it, and what is left is sampled again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from copilot.intelligence.grouping.linkage import linked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

#: Mean distance within a concern: by what a model says of the texts, by their words, and by a model for very few texts.
LIMIT, LIMIT_BY_WORDS, LIMIT_FOR_FEW = 0.74, 0.74, 0.125
#: Fewer texts than this have no middle of their own to be seen from.
FEW = 30
#: Texts of one language from which it has a middle of its own.
LANGUAGE = 40
#: Texts joined two by two at a time, and how often what is left is sampled again.
SAMPLE, ROUNDS = 1_600, 6
#: What a round must take in of what is left for another to be worth it.
WORTH = 0.03
#: Weight of the concerns that rules recognised beside the rest.
TOPICS = 0.5
#: Rows of numbers compared at a time.
BLOCK = 8_000

Check = Callable[[], None]


def seen_from_their_middle(vectors: Numbers, languages: Sequence[str], check: Check) -> Numbers:
    """``vectors`` as they differ from the middle of their language, length 1: all look alike else.

    What a text means then weighs more than the language it says it in.
    """
    import numpy as np

    known = {language: place for place, language in enumerate(sorted(set(languages)))}
    told = np.array([known[language] for language in languages])
    said = np.abs(vectors).max(axis=1) > 0
    sums, counts = np.zeros((len(known), vectors.shape[1])), np.zeros(len(known))
    for start in range(0, len(vectors), BLOCK):
        check()
        block, of = vectors[start : start + BLOCK], told[start : start + BLOCK]
        for place in np.unique(of):
            sums[place] += block[of == place].sum(axis=0)
            counts[place] += said[start : start + BLOCK][of == place].sum()
    whole = sums.sum(axis=0) / max(1.0, counts.sum())
    middles = np.where((counts >= LANGUAGE)[:, None], sums / np.maximum(counts, 1.0)[:, None], whole)
    for start in range(0, len(vectors), BLOCK):
        check()
        block = vectors[start : start + BLOCK]
        block -= middles[told[start : start + BLOCK]].astype(np.float32) * said[start : start + BLOCK, None]
        block /= np.maximum(np.linalg.norm(block, axis=1, keepdims=True), 1e-6)
    return vectors


def with_topics(told: Numbers, topics: Sequence[tuple[str, ...]], check: Check) -> Numbers:
    """``told`` with the concerns that rules recognised as more numbers, each row of length 1 (0 for nothing said)."""
    import numpy as np

    from copilot.domain.conversation import TOPICS as KNOWN

    place = {topic: at for at, topic in enumerate(KNOWN)}
    width = told.shape[1]
    wide = np.zeros((len(told), width + len(KNOWN)), dtype=np.float32)
    wide[:, :width] = told
    for row, some in enumerate(topics):
        if row % BLOCK == 0:
            check()
        known = [place[topic] for topic in some if topic in place]
        if known:
            wide[row, [width + at for at in known]] = TOPICS / len(known) ** 0.5
    for start in range(0, len(wide), BLOCK):
        block = wide[start : start + BLOCK]
        block /= np.maximum(np.linalg.norm(block, axis=1, keepdims=True), 1e-6)
    return wide


def concerns(told: Numbers, weights: Sequence[int], limit: float, check: Check) -> list[NDArray[np.int64]]:
    """Places of the texts of each concern, three messages at least. ``told``: rows of length 1, ``weights``: messages.

    ``check`` is called often and may raise to stop.
    """
    import numpy as np

    heavy = np.array(weights)
    every = np.abs(told).sum(axis=1).nonzero()[0]

    def enough(groups: list[NDArray[np.int64]]) -> list[NDArray[np.int64]]:
        return [group for group in groups if heavy[group].sum() >= 3 and len(group) > 1]

    if len(every) <= SAMPLE:
        groups = enough([every[group] for group in linked(_apart(told[every]), limit, check)])
    else:
        middles = _sampled(told, every, limit, enough, check)
        for _again in range(2):
            nearest = _nearest(told, every, middles, limit, check)
            groups = enough([every[nearest == place] for place in range(len(middles))])
            middles = _means(told, groups)
    return sorted(groups, key=lambda group: (-int(heavy[group].sum()), int(group[0])))


def _sampled(
    told: Numbers,
    every: NDArray[np.int64],
    limit: float,
    enough: Callable[[list[NDArray[np.int64]]], list[NDArray[np.int64]]],
    check: Check,
) -> Numbers:
    """The middles of the concerns that samples hold together."""
    import numpy as np

    middles, sizes = np.zeros((0, told.shape[1]), dtype=np.float32), np.zeros(0)
    left = every
    for _round in range(ROUNDS):
        check()
        sample = left if len(left) <= SAMPLE else left[np.linspace(0, len(left) - 1, SAMPLE).astype(int)]
        found = enough([sample[group] for group in linked(_apart(told[sample]), limit, check)])
        if not found:
            break
        middles = np.concatenate([middles, _means(told, found)])
        middles, sizes = _merged(middles, np.append(sizes, [len(group) for group in found]), limit, check)
        still = left[_nearest(told, left, middles, limit, check) < 0]
        if len(sample) == len(left) or len(still) < 3 or len(still) > (1.0 - WORTH) * len(left):
            break
        left = still
    return middles


def _means(told: Numbers, groups: Sequence[NDArray[np.int64]]) -> Numbers:
    import numpy as np

    return np.array([told[group].mean(axis=0) for group in groups], dtype=np.float32).reshape(-1, told.shape[1])


def _apart(told: Numbers) -> Numbers:
    return (1.0 - told @ told.T).clip(0.0, 2.0)


def _merged(
    middles: Numbers, sizes: NDArray[np.float64], limit: float, check: Check
) -> tuple[Numbers, NDArray[np.float64]]:
    """Groups of several samples that are one concern become one."""
    import numpy as np

    middles = middles.copy()
    apart = 1.0 - middles @ middles.T
    np.fill_diagonal(apart, np.inf)
    alive = np.ones(len(middles), dtype=bool)
    while len(middles) > 1:
        one, other = divmod(int(apart.argmin()), len(middles))
        if apart[one, other] > limit:
            break
        check()
        total = sizes[one] + sizes[other]
        middles[one] = (middles[one] * sizes[one] + middles[other] * sizes[other]) / total
        sizes[one], alive[other] = total, False
        apart[other, :] = apart[:, other] = np.inf
        row = 1.0 - middles @ middles[one]
        row[~alive] = np.inf
        row[one] = np.inf
        apart[one, :] = apart[:, one] = row
    return middles[alive], sizes[alive]


def _nearest(
    told: Numbers, places: NDArray[np.int64], middles: Numbers, limit: float, check: Check
) -> NDArray[np.int64]:
    """For each place the middle it is nearest to, -1 when none is near enough."""
    import numpy as np

    found = np.full(len(places), -1, dtype=np.int64)
    for start in range(0, len(places) if len(middles) else 0, BLOCK):
        check()
        near = told[places[start : start + BLOCK]] @ middles.T
        best = near.argmax(axis=1)
        is_near = near[np.arange(len(best)), best] >= 1.0 - limit
        found[start : start + BLOCK] = np.where(is_near, best, -1)
    return found
