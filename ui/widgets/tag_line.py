"""Short words as chips, with a line to add more; removed and moved with the keyboard or the mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from copilot.i18n import Translator
from ui.widgets.basic import Flow, button, label, restyle

#: Chips drawn at once, and characters of each: the rest is counted.
MOST_CHIPS, LONGEST_CHIP = 200, 60


def whole(typed: str) -> Iterable[str]:
    """What was typed is one tag."""
    return (typed.strip(),)


def by_commas(typed: str) -> Iterable[str]:
    """Several tags, between commas."""
    return (part.strip() for part in typed.split(","))


def hashtags(typed: str) -> Iterable[str]:
    """Several hashtags, without their #."""
    return (part.lstrip("#") for part in typed.replace(",", " ").split())


class TagLine(QWidget):
    """``edited`` carries the tags (a tuple of str) when a person changed them. ``parse`` cuts what is typed."""

    edited = Signal(object)

    def __init__(
        self, t: Translator, name: str, *, add: str = "", parse: Callable[[str], Iterable[str]] = whole, mark: str = ""
    ) -> None:
        super().__init__()
        self._t, self._parse, self._mark = t, parse, mark
        self._tags: tuple[str, ...] = ()
        self._chips: list[QPushButton] = []
        self._flow = Flow(self, space=1)
        self.setAccessibleName(name)
        self.line = QLineEdit()
        self.line.setPlaceholderText(add or t("ui.tags.add"))
        self.line.setAccessibleName(f"{name} : {add or t('ui.tags.add')}")
        self.line.setMinimumWidth(self.line.fontMetrics().horizontalAdvance(self.line.placeholderText()) + 28)
        self.line.setMaxLength(500)
        self.line.setProperty("chip", True)
        self.line.editingFinished.connect(self.commit)
        self._flow.addWidget(self.line)

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Delete removes a chip; Ctrl and an arrow move it."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or watched not in self._chips:
            return super().eventFilter(watched, event)
        place = self._chips.index(watched)
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(place)
            return True
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if with_ctrl and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move(place, place + (1 if event.key() == Qt.Key.Key_Right else -1))
            return True
        return super().eventFilter(watched, event)

    def _remove(self, place: int) -> None:
        self._change((*self._tags[:place], *self._tags[place + 1 :]))
        following: QWidget = self._chips[min(place, len(self._chips) - 1)] if self._chips else self.line
        following.setFocus()

    def _move(self, place: int, to: int) -> None:
        if 0 <= to < len(self._chips):
            rest = [*self._tags[:place], *self._tags[place + 1 :]]
            self._change((*rest[:to], self._tags[place], *rest[to:]))
            self._chips[to].setFocus()

    def _change(self, tags: tuple[str, ...]) -> None:
        self._tags = tags
        self._draw()
        self.edited.emit(tags)

    def _draw(self) -> None:
        for chip in self._chips:
            chip.removeEventFilter(self)
        taken = self._flow.takeAt(self._flow.count() - 1)
        self._flow.clear()
        self._chips = [self._chip(place, tag) for place, tag in enumerate(self._tags[:MOST_CHIPS])]
        before: QWidget = self.line
        for chip in self._chips:
            self._flow.addWidget(chip)
            # New widgets stand at the end of the window's order: they are brought to where the line stands.
            QWidget.setTabOrder(before, chip)
            before = chip
        if left := len(self._tags) - len(self._chips):
            self._flow.addWidget(label(self._t("ui.tags.more", count=left), "small"))
        if taken is not None:
            self._flow.addItem(taken)
        if before is not self.line:
            QWidget.setTabOrder(before, self.line)
        self._flow.invalidate()
        self.updateGeometry()

    def _chip(self, place: int, tag: str) -> QPushButton:
        shown = " ".join(tag.split())
        shown = shown if len(shown) <= LONGEST_CHIP else f"{shown[: LONGEST_CHIP - 1]}…"
        # A doubled ampersand is one on a button; a single one would be an access key.
        made = button(f"{self._mark}{shown}  ×".replace("&", "&&"), "chip", run=lambda: self._remove(place))
        made.setToolTip(self._t("ui.hashtags.keys"))
        made.setAccessibleName(f"{self._mark}{shown}")
        made.setAccessibleDescription(self._t("ui.hashtags.keys"))
        made.installEventFilter(self)
        return made
