"""Two variants of a card side by side, what differs marked word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QComboBox, QTextEdit, QWidget

from copilot.text.worddiff import Change, DiffPart, diff_words
from ui.dialogs.base import Dialog
from ui.widgets.basic import Field, button, column, row

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.screens._compose.card import Card


class SideText(QTextEdit):
    """One of the two texts, with its own words marked; read only."""

    def __init__(self, desk: Desk, own: Change) -> None:
        super().__init__()
        self._desk, self._own = desk, own
        self.setReadOnly(True)
        self.setTabChangesFocus(True)

    def show_parts(self, parts: tuple[DiffPart, ...], name: str) -> None:
        """Show the words that both have and those of this one."""
        self.setAccessibleName(name)
        self.clear()
        cursor = QTextCursor(self.document())
        for part in parts:
            if part.change in (Change.SAME, self._own):
                cursor.insertText(part.text, self._format(part.change))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _format(self, change: Change) -> QTextCharFormat:
        colours = self._desk.theme.colours
        made = QTextCharFormat()
        made.setForeground(QColor(colours.text))
        if change is not Change.SAME:
            made.setForeground(QColor(colours.accent_text))
            made.setBackground(QColor(colours.accent_soft))
            made.setFontUnderline(True)
        return made


class CompareDialog(Dialog):
    """Any two variants; one of them can be brought to the front."""

    def __init__(self, desk: Desk, card: Card, parent: QWidget) -> None:
        t = desk.t
        super().__init__(t("ui.compose.compare_title", network=card.network.label), parent)
        self._card = card
        self._t = t
        self.at_least(desk.theme.px(760), desk.theme.px(460))
        self._texts: list[tuple[int, str, str]] = []
        self._gather(card)
        self.left, self.right = QComboBox(), QComboBox()
        for made in (self.left, self.right):
            made.addItems([title for _, title, _ in self._texts])
            made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        place = next((n for n, one in enumerate(self._texts) if card.front and one[0] == card.front.number), 0)
        self.left.setCurrentIndex(place)
        self.right.setCurrentIndex((place + 1) % max(1, len(self._texts)))
        self.sides = (SideText(desk, Change.REMOVED), SideText(desk, Change.ADDED))
        self.take = (
            button(t("ui.compose.take_this"), run=lambda: self._take(self.left)),
            button(t("ui.compose.take_this"), run=lambda: self._take(self.right)),
        )
        both = row(space=4)
        for choice, side, take, name in zip(
            (self.left, self.right), self.sides, self.take, ("ui.compose.left", "ui.compose.right"), strict=True
        ):
            both.addLayout(column(Field(t(name), choice), side, row(1, take), space=2), 1)
        self.body.addLayout(both, 1)
        self.buttons(button(t("ui.close"), run=self.accept))
        self.left.currentIndexChanged.connect(lambda _place: self._show())
        self.right.currentIndexChanged.connect(lambda _place: self._show())
        self._show()

    def _gather(self, card: Card) -> None:
        for place, one in enumerate(card.variants, 1):
            if one.inspected is None:
                continue
            in_front = card.front is one
            text = card.editor.text() if in_front else one.inspected.item.text
            tags = card.editor.hashtags() if in_front else tuple(tag.tag for tag in one.inspected.item.hashtags)
            whole = "\n\n".join(part for part in (text, " ".join(f"#{tag}" for tag in tags)) if part)
            self._texts.append((one.number, card.bar.title_of(place, one), whole))

    def _show(self) -> None:
        left, right = self._texts[self.left.currentIndex()], self._texts[self.right.currentIndex()]
        parts = tuple(diff_words(left[2], right[2]))
        self.sides[0].show_parts(parts, left[1])
        self.sides[1].show_parts(parts, right[1])

    def _take(self, choice: QComboBox) -> None:
        self._card.turn_to(self._texts[choice.currentIndex()][0])
        self.accept()
