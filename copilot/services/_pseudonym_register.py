"""The pseudonyms of a thread, kept on this machine so that they are the same at each answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copilot.store.unit_of_work import Store


class ThreadRegister:
    """Gives the tokens of one thread; two answers written at once never share one for two values."""

    def __init__(self, store: Callable[[], Store], thread_id: int, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._thread_id = thread_id
        self._clock = clock

    def tokens(self, wanted: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
        """The token of each (kind, value), an old one or one nobody had."""
        with self._store().write() as work:
            return work.privacy.tokens(self._thread_id, wanted, self._clock())
