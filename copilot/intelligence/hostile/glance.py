"""A first look at a text, run of characters by run of characters: most texts hold nothing to look at closer.

What a run between two spaces holds is worked out once and remembered: comments are made of the same few thousand.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from copilot.intelligence.hostile.model import is_calm
from copilot.intelligence.hostile.unmasking import (
    FEW_CODED,
    FEW_CODES,
    FEW_LETTERS,
    FEW_SIGNS,
    SPACED_SHARE,
    signs_of,
)
from copilot.intelligence.hostile.words import plain_words
from copilot.intelligence.recent import Recent

#: Runs of characters remembered; longer ones are read each time.
MEMORY, MEMORABLE = 40_000, 32
#: Characters of the longest text for which a glance is enough.
LONG = 200
#: What is counted goes in one number, so that looking at a text is adding numbers: its characters, its words of
#: letters, its dots and dashes, what may be codes of letters, coded words, the runs that must be looked at closer.
_FIELD = 16
_MOST = (1 << _FIELD) - 1
_CLOSER = 1 << 5 * _FIELD


class _Run(NamedTuple):
    """What a run of characters holds: its words of letters, and what it counts for."""

    words: tuple[str, ...]
    adds: int


class _Runs(Recent[str, _Run]):
    """Runs of characters looked at, by themselves."""

    def __init__(self) -> None:
        super().__init__(MEMORY)

    def __missing__(self, part: str) -> _Run:
        if part.isascii() and part.isdigit() and len(part) <= MEMORABLE:
            return _number(len(part))
        run = self._older.get(part) or _looked_at(part)
        if len(part) <= MEMORABLE:
            self.keep(part, run)
        return run


_runs = _Runs()


def is_ordinary(text: str) -> bool:
    """Whether a glance at ``text`` is enough: it is short, its words are calm and no sign says that it hides any.

    False says nothing: such a text is to be read.
    """
    if len(text) > LONG:
        return False
    parts = text.split(" ")
    runs = list(map(_runs.__getitem__, parts))
    counted = sum([run.adds for run in runs])
    if counted >= _CLOSER or _may_hide(counted, len(parts) - 1):
        return False
    return is_calm(chain.from_iterable([run.words for run in runs]))


def _may_hide(counted: int, spaces: int) -> bool:
    """As :func:`.unmasking.may_hide`, of what was counted: True for all that it is True for, and some more."""
    size, words = (counted & _MOST) + spaces, counted >> _FIELD & _MOST
    if size > LONG or (words >= FEW_LETTERS and size < SPACED_SHARE * words):
        return True
    rest = counted >> 2 * _FIELD
    if not rest:
        return False
    return rest & _MOST >= FEW_SIGNS or rest >> _FIELD & _MOST >= FEW_CODES or rest >> 2 * _FIELD >= FEW_CODED


def _looked_at(part: str) -> _Run:
    low, signs = signs_of(part)
    words = tuple(plain_words(low))
    fields = len(low), len(words), signs.dots, signs.codes, signs.coded, signs.closer
    return _Run(words, sum(count << at * _FIELD for at, count in enumerate(fields)))


@lru_cache(maxsize=MEMORABLE)
def _number(length: int) -> _Run:
    return _looked_at("0" * length)
