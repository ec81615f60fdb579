"""A small list of what a message may be: a letter or a digit says it, arrows and Return too, Escape leaves it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QWidget

from copilot.domain.conversation import Intent
from copilot.i18n import Translator
from ui.desk import Desk
from ui.widgets.basic import column, label
from ui.widgets.status import capital

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
        super().__init__(parent, Qt.WindowType.Popup)
        t: Translator = desk.t
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
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
        for letter, name in zip(self.letters, names, strict=True):
            item = QListWidgetItem(f"{letter.upper() or '–'}   {capital(name)}")
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
        self.list.left.connect(self.close)

    def open_at(self, place: QPoint) -> None:
        """Show it near a point of the screen, whole."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        left = min(place.x(), screen.right() - self.width())
        top = min(place.y(), screen.bottom() - self.height())
        self.move(max(screen.left(), left), max(screen.top(), top))
        self.show()
        self.list.setFocus()

    def _typed(self, text: str) -> None:
        if text in self.letters:
            self._take(self.letters.index(text))
        elif text in DIGITS and DIGITS.index(text) < len(self._intents):
            self._take(DIGITS.index(text))

    def _take(self, place: int) -> None:
        if 0 <= place < len(self._intents):
            self.chosen.emit(self._intents[place])
            self.close()
