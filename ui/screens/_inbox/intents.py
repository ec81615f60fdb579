"""A small list of what a message may be: a letter or a digit says it, arrows and Return too, Escape leaves it.

It lies over the window it belongs to and takes no keyboard away from anybody else.
"""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QMargins, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListWidget, QListWidgetItem, QWidget

from copilot.domain.conversation import Intent
from copilot.i18n import Translator
from ui.desk import Desk
from ui.theme import Theme
from ui.tokens import RADIUS_SMALL, SPACE, TYPE
from ui.widgets.basic import column, label
from ui.widgets.status import capital

#: The side of a key in px at 100 %.
CAP = 20
#: Digits by place: the tenth is 0.
DIGITS = "1234567890"


def letters_of(names: Sequence[str]) -> tuple[str, ...]:
    """A letter for each of ``names``, its own first one when no other has taken it; empty when all are taken."""
    taken: list[str] = []
    for name in names:
        free = (one for one in _plain(name) if one.isalpha() and one not in taken)
        taken.append(next(free, ""))
    return tuple(taken)


def _plain(text: str) -> str:
    import unicodedata

    return "".join(one for one in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(one))


def _key_cap(letter: str, theme: Theme) -> QIcon:
    """``letter`` on a key, all of one width: the names after them begin in one line."""
    side, ratio = theme.px(CAP), 2.0
    drawn = QPixmap(round(side * ratio), round(side * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(0, 0, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.colours.accent_soft))
    painter.drawRoundedRect(area, RADIUS_SMALL, RADIUS_SMALL)
    font = QFont(QApplication.font())
    font.setPixelSize(theme.px(TYPE["small"]))
    painter.setFont(font)
    painter.setPen(QColor(theme.colours.accent_text))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, letter)
    painter.end()
    made = QIcon(drawn)
    made.addPixmap(drawn, QIcon.Mode.Selected)
    return made


class _List(QListWidget):
    """Tells each key before Qt looks for an entry that begins with it."""

    typed = Signal(str)
    taken = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        text = _plain(event.text())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif text.strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)


class IntentPopup(QFrame):
    """``chosen`` carries the :class:`Intent`. It goes by itself once something is chosen, or elsewhere is pressed."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, title: str, current: Intent | None, parent: QWidget) -> None:
        super().__init__(parent.window())
        t: Translator = desk.t
        self._came_from = QApplication.focusWidget()
        self._window = parent.window()
        self._is_left = False
        self.hide()
        self.setProperty("sheet", "true")
        self.setAccessibleName(title)
        self._intents = tuple(Intent)
        names = [t(f"intent.{one.value}") for one in self._intents]
        self.letters = letters_of(names)
        self.list = _List()
        self.list.setAccessibleName(title)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("bare", True)
        self.list.setIconSize(QSize(desk.theme.px(CAP), desk.theme.px(CAP)))
        for letter, name in zip(self.letters, names, strict=True):
            item = QListWidgetItem(_key_cap(letter.upper(), desk.theme), capital(name))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, t("ui.correct.entry", name=name, key=letter.upper()))
            self.list.addItem(item)
        self.list.setCurrentRow(self._intents.index(current) if current else 0)
        column(label(title, "strong"), self.list, label(t("ui.correct.keys"), "small"), margins=3, parent=self)
        rows = self.list.sizeHintForRow(0) * self.list.count() + 2 * self.list.frameWidth() + 8
        self.list.setFixedHeight(rows)
        self.list.setMinimumWidth(max(desk.theme.px(230), self.list.sizeHintForColumn(0) + 24))
        self.list.typed.connect(self._typed)
        self.list.taken.connect(lambda: self._take(self.list.currentRow()))
        self.list.itemClicked.connect(lambda item: self._take(self.list.row(item)))
        self.list.left.connect(self.leave)

    def open_at(self, place: QPoint) -> None:
        """Show it near a point of its window, whole."""
        self.adjustSize()
        room = self._window.rect().marginsRemoved(QMargins(SPACE[2], SPACE[2], SPACE[2], SPACE[2]))
        left = min(place.x(), room.right() - self.width())
        top = min(place.y(), room.bottom() - self.height())
        self.move(max(room.left(), left), max(room.top(), top))
        self.show()
        self.raise_()
        self.list.setFocus()
        # Whoever goes elsewhere leaves it: by the keyboard, the mouse, or another window.
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def leave(self) -> None:
        """Close it; the keyboard goes back where it was."""
        if self._is_left:
            return
        self._is_left = True
        if self.list.hasFocus() and self._came_from is not None and shiboken6.isValid(self._came_from):
            # Before it hides: Qt would give the keyboard to whatever comes next.
            self._came_from.setFocus()
        self.hide()
        self.deleteLater()

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not self.list:
            self.leave()

    def _typed(self, text: str) -> None:
        if text in self.letters:
            self._take(self.letters.index(text))
        elif text in DIGITS and DIGITS.index(text) < len(self._intents):
            self._take(DIGITS.index(text))

    def _take(self, place: int) -> None:
        if 0 <= place < len(self._intents):
            intent = self._intents[place]
            self.leave()
            self.chosen.emit(intent)
