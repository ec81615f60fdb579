"""How what an expression finds may begin: so that a text without such words is not searched for it."""

from __future__ import annotations

import re._constants as op
from collections.abc import Iterable, Iterator
from re._parser import parse
from typing import Any

#: Characters of a beginning.
LENGTH = 3
#: Beginnings of one expression worth telling apart.
_MOST = 4_000


def beginnings(expression: str) -> frozenset[str] | None:
    """The first characters (``LENGTH`` or fewer) of whatever ``expression`` matches; None when it may be anything.

    A beginning shorter than ``LENGTH`` stands for everything that starts so.
    """
    try:
        found = _grown({""}, list(parse(expression)))
    except _AnythingError:
        return None
    whole = frozenset(one.rstrip("\0") for one in found)
    return None if "" in whole else whole


class _AnythingError(Exception):
    pass


#: Ends a beginning that cannot be told further.
_OPEN = "\0"


def _grown(starts: set[str], items: Iterable[tuple[Any, Any]]) -> set[str]:
    for kind, argument in items:
        if all(_is_full(one) for one in starts):
            break
        starts = _step(starts, kind, argument)
        if len(starts) > _MOST:
            raise _AnythingError
    return starts


def _is_full(start: str) -> bool:
    return len(start) >= LENGTH or start.endswith(_OPEN)


def _step(starts: set[str], kind: Any, argument: Any) -> set[str]:
    full = {one for one in starts if _is_full(one)}
    rest = starts - full
    if kind is op.LITERAL:
        grown = {one + chr(argument) for one in rest}
    elif kind is op.IN:
        grown = {one + char for one in rest for char in _members(argument)}
    elif kind is op.BRANCH:
        grown = {one for branch in argument[1] for one in _grown(rest, branch)}
    elif kind is op.SUBPATTERN:
        grown = _grown(rest, argument[3])
    elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        grown = _repeated(rest, argument)
    elif kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
        grown = rest
    else:
        grown = {one + _OPEN for one in rest}
    return full | grown


def _repeated(rest: set[str], argument: Any) -> set[str]:
    least, most, items = argument
    grown = set() if least else set(rest)
    turn = rest
    for _ in range(min(most, LENGTH)):
        turn = _grown(turn, items)
        grown |= turn
    return grown


def _members(argument: Any) -> Iterator[str]:
    for kind, value in argument:
        if kind is op.LITERAL:
            yield chr(value)
        elif kind is op.RANGE and value[1] - value[0] < 40:
            yield from map(chr, range(value[0], value[1] + 1))
        else:
            yield _OPEN
