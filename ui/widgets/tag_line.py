"""Short words as chips, with a line to add more; removed and moved with the keyboard or the mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from copilot.i18n import Translator
from ui.widgets.basic import restyle
from ui.widgets.chips import MOST_CHIPS, Chip, ChipRow


def whole(typed: str) -> Iterable[str]:
    """What was typed is one tag."""
    return (typed.strip(),)


def by_commas(typed: str) -> Iterable[str]:
    """Several tags, between commas."""
    return (part.strip() for part in typed.split(","))


def hashtags(typed: str) -> Iterable[str]:
    """Several hashtags, without their #."""
    return (part.lstrip("#") for part in typed.replace(",", " ").split())


class TagLine(ChipRow):
    """``edited`` carries the tags (a tuple of str) when a person changed them. ``parse`` cuts what is typed."""

    edited = Signal(object)

    def __init__(
        self, t: Translator, name: str, *, add: str = "", parse: Callable[[str], Iterable[str]] = whole, mark: str = ""
    ) -> None:
        super().__init__(QLineEdit())
        self._t, self._parse, self._mark_before = t, parse, mark
        self._tags: tuple[str, ...] = ()
        self.setAccessibleName(name)
        self.line.setPlaceholderText(add or t("ui.tags.add"))
        self.line.setAccessibleName(f"{name} : {add or t('ui.tags.add')}")
        self.line.setMinimumWidth(self.line.fontMetrics().horizontalAdvance(self.line.placeholderText()) + 28)
        self.line.setMaxLength(500)
        self.line.setProperty("chip", True)
        self.line.editingFinished.connect(self.commit)
        self.removed.connect(self._remove)
        self.moved.connect(self._move)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """To the line. A focus proxy would do, but Tab would go to it past the chips."""
        super().focusInEvent(event)
        self.line.setFocus(event.reason())

    def tags(self) -> tuple[str, ...]:
        """The tags, in order."""
        return self._tags

    def show_value(self, tags: Sequence[str]) -> None:
        """Show other tags, silently."""
        if tuple(tags) != self._tags:
            self._tags = tuple(tags)
            self._draw()

    def set_wrong(self, wrong: bool) -> None:
        """Mark the line, or no longer."""
        restyle(self.line, wrong=wrong)

    def commit(self) -> None:
        """Add what is typed, if anything is."""
        typed = self.line.text()
        if not typed.strip():
            return
        self.line.clear()
        known = {one.casefold() for one in self._tags}
        fresh = [one for one in self._parse(typed) if one and one.casefold() not in known]
        if fresh:
            self._change((*self._tags, *dict.fromkeys(fresh)))

    def _remove(self, place: int) -> None:
        self._change((*self._tags[:place], *self._tags[place + 1 :]))
        self.focus_chip(place)

    def _move(self, place: int, to: int) -> None:
        rest = [*self._tags[:place], *self._tags[place + 1 :]]
        self._change((*rest[:to], self._tags[place], *rest[to:]))
        self.focus_chip(to)

    def _change(self, tags: tuple[str, ...]) -> None:
        self._tags = tags
        self._draw()
        self.edited.emit(tags)

    def _draw(self) -> None:
        keys = self._t("ui.hashtags.keys")
        left = len(self._tags) - MOST_CHIPS
        chips = [Chip(f"{self._mark_before}{tag}", keys) for tag in self._tags[:MOST_CHIPS]]
        self.show_chips(chips, more=self._t("ui.tags.more", count=left) if left > 0 else "")
