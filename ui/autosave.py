"""Keeps what a person types within a second, per item or form, without touching the item itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from copilot.app import Copilot
    from ui.desk import Desk

#: Milliseconds of rest after which typing is kept, and the longest that steady typing waits.
REST, LONGEST = 300, 700


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What is typed and not yet kept."""

    key: str
    body: Mapping[str, Any]
    revision: int | None


async def keep_all(copilot: Copilot, copies: Iterable[Unsaved]) -> None:
    """Keep each of ``copies``."""
    for one in copies:
        await copilot.working.keep(one.key, one.body, one.revision)


class Autosave(QObject):
    """Watches one editor. ``body`` gives what to keep (JSON values); it is asked at the moment of keeping.

    Call :meth:`touched` at each change and :meth:`follow` when the editor turns to something else.
    """

    def __init__(self, desk: Desk, owner: QObject, body: Callable[[], Mapping[str, Any]]) -> None:
        super().__init__(owner)
        self._desk = desk
        self._body = body
        self._key = ""
        self._revision: int | None = None
        self._dirty = False
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST)
        self._rest.timeout.connect(self.keep_now)
        self._longest.timeout.connect(self.keep_now)
        desk.watch(self)

    @property
    def is_dirty(self) -> bool:
        """True while something typed is not kept yet."""
        return self._dirty

    def follow(self, key: str, revision: int | None = None) -> None:
        """Watch ``key`` from now on; what was typed for the one before is kept first, under its own key."""
        if key != self._key:
            self.keep_now()
        self._key, self._revision = key, revision

    def touched(self) -> None:
        """Something was typed."""
        self._dirty = bool(self._key)
        self._rest.start()
        if not self._longest.isActive():
            self._longest.start()

    def unsaved(self) -> Unsaved | None:
        """What would be lost now."""
        return Unsaved(self._key, dict(self._body()), self._revision) if self._dirty else None

    def keep_now(self) -> None:
        """Keep at once."""
        self._rest.stop()
        self._longest.stop()
        if (copy := self.unsaved()) is None:
            return
        self._dirty = False
        # By the desk: it is kept even when the editor goes away meanwhile.
        self._desk.keep(copy)

    def forget(self) -> None:
        """What was typed is committed or undone: its copy is dropped."""
        self._rest.stop()
        self._longest.stop()
        self._dirty = False
        if key := self._key:
            self._desk.drop(key)
