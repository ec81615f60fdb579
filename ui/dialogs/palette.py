"""The command palette: every action of the moment, found by a few letters."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.actions import Listed
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.icons import icon
from ui.tokens import SPACE
from ui.widgets.basic import label

#: Where a line keeps its keys.
KEYS = Qt.ItemDataRole.UserRole + 1


def plain(text: str) -> str:
    """``text`` in lower case without accents, to be searched."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def matches(words: str, title: str) -> bool:
    """True when every word begins a word of ``title`` or stands in it."""
    text = plain(title)
    return all(word in text for word in plain(words).split())


class Palette(Dialog):
    """Ctrl+K. Arrows choose, Return runs, Escape leaves."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.t("ui.palette.title"), parent)
        self._actions = desk.actions.listed()
        self.at_least(desk.theme.px(540), desk.theme.px(420))
        self.search = QLineEdit()
        self.search.setPlaceholderText(desk.t("ui.palette.hint"))
        self.search.setAccessibleName(desk.t("ui.palette.title"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(desk.t("ui.palette.list"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setIconSize(QSize(18, 18))
        self.list.setItemDelegate(_WithKeys(self.list))
        self.none = label(desk.t("ui.palette.none"), "muted", wrap=True)
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.none)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._run)
        self._filter("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Arrows and Return in the search line go to the list."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if (chosen := self.list.currentItem()) is not None:
                    self._run(chosen)
                return True
        return super().eventFilter(watched, event)

    def _filter(self, words: str) -> None:
        self.list.clear()
        for one in self._actions:
            if matches(words, f"{one.group} {one.title}"):
                self.list.addItem(_line(one))
        self.list.setCurrentRow(0)
        self.none.setVisible(self.list.count() == 0)

    def _run(self, chosen: QListWidgetItem) -> None:
        action = chosen.data(Qt.ItemDataRole.UserRole)
        self.accept()
        # After the dialog is gone, so that the action finds the focus where it was.
        QTimer.singleShot(0, action.trigger)


class _WithKeys(QStyledItemDelegate):
    """Draws the keys of a line at its right, muted."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        keys = index.data(KEYS)
        if keys:
            painter.save()
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
            room = option.rect.adjusted(0, 0, -SPACE[3], 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(keys))
            painter.restore()


def _line(one: Listed) -> QListWidgetItem:
    made = QListWidgetItem(f"{one.group} · {one.title}")
    made.setData(Qt.ItemDataRole.UserRole, one.action)
    made.setData(KEYS, one.keys)
    # The keys are read out with the name.
    made.setData(Qt.ItemDataRole.AccessibleTextRole, f"{made.text()} {one.keys}".strip())
    made.setIcon(one.action.icon() if not one.action.icon().isNull() else icon("command"))
    if not one.action.isEnabled():
        made.setFlags(Qt.ItemFlag.NoItemFlags)
        made.setToolTip(one.action.whatsThis())
    return made
