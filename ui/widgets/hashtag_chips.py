"""Hashtags as chips with their reason; added, removed and reordered with the keyboard or the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from copilot.domain.post import Hashtag
from copilot.domain.wording import Wording
from copilot.i18n import Translator
from ui.tokens import SPACE
from ui.widgets.basic import Flow, button


class AddLine(QLineEdit):
    """As wide as what it asks for, at any size of the text."""

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return QSize(words + SPACE[8], super().sizeHint().height())


class HashtagChips(QWidget):
    """``changed_by_hand`` is told when the person changed the list."""

    changed_by_hand = Signal()

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self._tags: list[Hashtag] = []
        self._past: list[list[Hashtag]] = []
        self._chips: list[QPushButton] = []
        self._enabled = True
        self._flow = Flow(self, space=1)
        self.setAccessibleName(t("ui.hashtags.title"))
        self.add_line = AddLine()
        self.add_line.setPlaceholderText(t("ui.hashtags.add"))
        self.add_line.setAccessibleName(t("ui.hashtags.add"))
        self.add_line.returnPressed.connect(self._add_typed)
        self.add_line.installEventFilter(self)
        self._flow.addWidget(self.add_line)

    def tags(self) -> tuple[str, ...]:
        """The tags, without their #, in order."""
        return tuple(one.tag for one in self._tags)

    def show_tags(self, tags: Sequence[Hashtag]) -> None:
        """Show other tags, silently."""
        if list(tags) != self._tags:
            self._tags = list(tags)
            self._past.clear()
            self._draw()

    def set_read_only(self, read_only: bool) -> None:
        """Only to be looked at."""
        if self._enabled is not read_only:
            return
        self._enabled = not read_only
        self.add_line.setVisible(self._enabled)
        self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Delete removes a chip; Ctrl and an arrow move it; Ctrl+Z takes the last change back."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        undoes = event.matches(QKeySequence.StandardKey.Undo)
        if undoes and self._past and (watched is not self.add_line or not self.add_line.text()):
            self._undo()
            return True
        if watched not in self._chips:
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

    def _add_typed(self) -> None:
        typed = self.add_line.text().replace(",", " ").split()
        known = {one.tag.casefold() for one in self._tags}
        added: list[str] = []
        for one in (part.lstrip("#") for part in typed):
            if one and one.casefold() not in known:
                known.add(one.casefold())
                added.append(one)
        self.add_line.clear()
        if added:
            own = Wording("hashtag.reason.person")
            self._past.append(list(self._tags))
            self._tags += [Hashtag(one, own) for one in added]
            self._told()
            self.add_line.setFocus()

    def _remove(self, place: int) -> None:
        if self._enabled:
            self._past.append(list(self._tags))
            del self._tags[place]
            self._told()
            following: QWidget = self._chips[min(place, len(self._chips) - 1)] if self._chips else self.add_line
            following.setFocus()

    def _move(self, place: int, to: int) -> None:
        if self._enabled and 0 <= to < len(self._tags):
            self._past.append(list(self._tags))
            self._tags.insert(to, self._tags.pop(place))
            self._told()
            self._chips[to].setFocus()

    def _undo(self) -> None:
        if self._enabled:
            self._tags = self._past.pop()
            self._told()
            self.add_line.setFocus()

    def _told(self) -> None:
        self._draw()
        self.changed_by_hand.emit()

    def _draw(self) -> None:
        for chip in self._chips:
            chip.removeEventFilter(self)
        self._chips = []
        taken = self._flow.takeAt(self._flow.count() - 1)
        self._flow.clear()
        before: QWidget = self
        for place, tag in enumerate(self._tags):
            chip = self._chip(place, tag)
            self._flow.addWidget(chip)
            # A chip made later would come last in the window's order, not where it is seen.
            QWidget.setTabOrder(before, chip)
            before = chip
        QWidget.setTabOrder(before, self.add_line)
        if taken is not None:
            self._flow.addItem(taken)
        self._flow.invalidate()
        self.updateGeometry()

    def _chip(self, place: int, tag: Hashtag) -> QPushButton:
        t = self._t
        text = f"#{tag.tag}  ×" if self._enabled else f"#{tag.tag}"
        made = button(text, "chip", run=lambda: self._remove(place))
        reason = t.wording(tag.reason)
        made.setToolTip(f"{reason}\n{t('ui.hashtags.keys')}" if self._enabled else reason)
        made.setAccessibleName(f"#{tag.tag}")
        made.setAccessibleDescription(reason)
        made.installEventFilter(self)
        self._chips.append(made)
        return made
