"""Replies that an export counts and does not hold."""

from __future__ import annotations

from copilot.importers.threads._linking import Warnings


class Missing:
    """Counts, for each message, the replies its network told of and those that came.

    Only messages with replies still to come are kept.
    """

    def __init__(self) -> None:
        self._due: dict[str, int] = {}
        self._early: dict[str, int] = {}
        self._positions: dict[str, int] = {}

    def expect(self, parent: str, total: int | None, position: int) -> None:
        """``parent``, the message at ``position`` from 1, has ``total`` replies."""
        left = (total or 0) - self._early.pop(parent, 0)
        if parent and left > 0:
            self._due[parent] = self._due.get(parent, 0) + left
            self._positions[parent] = position

    def came(self, parent: str) -> None:
        """One of the replies to ``parent`` is here."""
        if parent not in self._due:
            self._early[parent] = self._early.get(parent, 0) + 1
        elif self._due[parent] == 1:
            del self._due[parent], self._positions[parent]
        else:
            self._due[parent] -= 1

    def is_due(self, parent: str) -> bool:
        """True while replies to ``parent`` are still to come."""
        return parent in self._due

    def warn_each(self, warnings: Warnings) -> None:
        """Say of each message how many replies to it are missing."""
        for parent, count in self._due.items():
            warnings.add("partial_replies", count=count, message=self._positions[parent])

    def warn_once(self, warnings: Warnings) -> None:
        """Say how many messages lack replies, where a network's own counts are only roughly right."""
        if self._due:
            warnings.add("replies_missing", count=len(self._due))
