"""How long something works, told for a machine at rest: these run beside others, and are slower then."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

#: Seconds of processor that :func:`_yardstick` takes where nothing else runs.
AT_REST = 0.009
_WORD = re.compile(r"\w+")
_TEXT = "Le colis n’est toujours pas arrivé, et personne ne répond. " * 40


def seconds_of_work(action: Callable[[], object]) -> float:
    """The seconds of processor that ``action`` takes, less by as much as plain work is slower here than at rest."""
    before = _yardstick()
    return _spent(action) * min(1.0, AT_REST / max(before, _yardstick()))


def growth(action: Callable[[str], object], shorter: str, longer: str) -> float:
    """How many times as long ``action`` works on ``longer`` as on ``shorter``: the least of two, taken in turns.

    What takes less than a twentieth of a second counts as that: so little says nothing of how it grows.
    """
    turns = [(_spent(lambda: action(shorter)), _spent(lambda: action(longer))) for _ in range(2)]
    small, large = map(min, zip(*turns, strict=True))
    return large / max(small, 0.05)


def _spent(action: Callable[[], object]) -> float:
    """The seconds of processor that ``action`` takes here and now."""
    start = time.process_time()
    action()
    return time.process_time() - start


def _yardstick() -> float:
    return _spent(_plain_work)


def _plain_work() -> None:
    for _ in range(30):
        told: dict[str, int] = {}
        for word in _WORD.findall(_TEXT.lower()):
            told[word] = told.get(word, 0) + len(word)
