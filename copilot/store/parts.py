"""What is asked of a database, or given to it, a part at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

#: Values in one statement: fewer than any database refuses.
AT_ONCE = 500

Item = TypeVar("Item")


def in_parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    """``items``, in order, :data:`AT_ONCE` at a time at most."""
    left = iter(items)
    while some := list(islice(left, AT_ONCE)):
        yield some
