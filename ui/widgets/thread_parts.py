"""A text too long for one post, as the thread it would make, copied part by part."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from copilot.domain.network import Network
from ui.tokens import SPACE
from ui.widgets.basic import button, card, clear, column, label, row
from ui.widgets.post_text import PostText
from ui.widgets.post_view import part_view

if TYPE_CHECKING:
    from ui.desk import Desk

#: Posts of a thread drawn at once: the rest is counted.
MOST_SHOWN = 25


class ThreadParts(QWidget):
    """Says in how many posts a text would go, shows them when asked, copies them one after the other."""

    def __init__(self, desk: Desk, toggled: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._toggled = desk, toggled
        self._parts: tuple[str, ...] = ()
        self._network: Network | None = None
        self._next = 0
        self._cards: list[QFrame] = []
        self.unrolled = False
        t = desk.t
        self.told = label("", "strong")
        self.unroll = button(t("ui.thread.show"), "link", run=self.toggle)
        self.copy = button("", icon_name="copy", run=self._copy)
        head = row(self.told, self.unroll, 1)
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(SPACE[2])
        self._list.hide()
        column(head, row(self.copy, 1), self._list, space=2, parent=self)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """What each post would say."""
        return self._parts

    def show_parts(self, parts: tuple[str, ...], network: Network) -> None:
        """Show another thread; nothing when there are no parts."""
        if (parts, network) == (self._parts, self._network):
            return
        if parts != self._parts:
            self._next = 0
        self._parts, self._network = parts, network
        if not parts and self.unrolled:
            self.toggle()
        self.told.setText(self._desk.t("ui.thread.parts", count=len(parts)))
        self.setVisible(bool(parts))
        self._say_next()
        self._draw()

    def toggle(self) -> None:
        """Show the posts, or the text as one."""
        self.unrolled = not self.unrolled
        name = self._desk.t("ui.thread.hide" if self.unrolled else "ui.thread.show")
        self.unroll.setText(name)
        self.unroll.setAccessibleName(name)
        self._list.setVisible(self.unrolled)
        self._draw()
        self._toggled()

    def _draw(self) -> None:
        clear(self._lines)
        self._cards = []
        if not self.unrolled or self._network is None:
            return
        t = self._desk.t
        for number, text in enumerate(self._parts[:MOST_SHOWN], 1):
            drawn = PostText(self._desk.theme, "", "")
            drawn.show_view(part_view(text, self._network))
            drawn.setAccessibleName(text)
            made = card()
            made.setAccessibleName(t("ui.thread.part", number=number, total=len(self._parts)))
            column(drawn, margins=3, parent=made)
            self._lines.addWidget(made)
            self._cards.append(made)
        if (left := len(self._parts) - MOST_SHOWN) > 0:
            self._lines.addWidget(label(t("ui.tags.more", count=left), "small"))

    def _copy(self) -> None:
        if not self._parts:
            return
        number, total = self._next + 1, len(self._parts)
        QGuiApplication.clipboard().setText(self._parts[self._next])
        self._next = number % total
        self._say_next()
        key = "ui.thread.copied" if number < total else "ui.thread.copied_last"
        self._desk.tell("ok", self._desk.t(key, number=number, total=total))

    def _say_next(self) -> None:
        t, total = self._desk.t, len(self._parts)
        name = t("ui.thread.copy_first") if not self._next else t("ui.thread.copy", number=self._next + 1, total=total)
        self.copy.setText(name)
        self.copy.setAccessibleName(name)
