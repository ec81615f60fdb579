"""Groups by mean linkage: the two groups whose members are nearest on average become one, again and again.

By chains of nearest neighbours (Murtagh, 1983): the square of the rows in time and memory. A library for it would add
70 MB to the program.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]


def linked(apart: Numbers, limit: float, check: Callable[[], None]) -> list[NDArray[np.int64]]:
    """Groups of rows that are at most ``limit`` from each other on average; each row is in exactly one.

    ``apart`` holds the distances of rows x rows and is used up. ``check`` is called between steps and may raise.
    """
    import numpy as np

    count = len(apart)
    np.fill_diagonal(apart, np.inf)
    sizes = np.ones(count, dtype=np.float32)
    root = list(range(count))
    chain: list[int] = []
    left = count
    alive = np.ones(count, dtype=bool)
    while left > 1:
        if not chain:
            chain = [int(alive.argmax())]
            check()
        last = chain[-1]
        near = int(apart[last].argmin())
        # Of equal neighbours the one before: else a chain would never end.
        if len(chain) > 1 and apart[last, chain[-2]] <= apart[last, near]:
            near = chain[-2]
        if apart[last, near] > limit:
            # Means only grow: nothing will be nearer to this group than the limit.
            chain.pop()
            alive[last] = False
            apart[last, :] = apart[:, last] = np.inf
            left -= 1
        elif len(chain) > 1 and near == chain[-2]:
            del chain[-2:]
            _join(apart, sizes, near, last)
            alive[last], root[last] = False, near
            left -= 1
        else:
            chain.append(near)
    return _groups(root)


def _join(apart: Numbers, sizes: Numbers, kept: int, gone: int) -> None:
    """``gone`` becomes part of ``kept``: the distances to it are the means over the members of both."""
    import numpy as np

    total = sizes[kept] + sizes[gone]
    row = (apart[kept] * sizes[kept] + apart[gone] * sizes[gone]) / total
    row[kept] = np.inf
    apart[kept, :] = apart[:, kept] = row
    apart[gone, :] = apart[:, gone] = np.inf
    sizes[kept] = total


def _groups(root: list[int]) -> list[NDArray[np.int64]]:
    import numpy as np

    found: dict[int, list[int]] = {}
    for place in range(len(root)):
        top = place
        while root[top] != top:
            top = root[top]
        found.setdefault(top, []).append(place)
    return [np.array(group, dtype=np.int64) for group in found.values()]
