"""How a card is laid out: its head, its text with the preview beside or below it, its tools."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QSizePolicy, QWidget

from ui.icons import icon, picture
from ui.screens._compose.rewriting import RewriteStrip
from ui.screens._compose.variants import VariantBar
from ui.tokens import SPACE
from ui.widgets.basic import badge, button, column, icon_button, label, restyle, row
from ui.widgets.item_editor import ItemEditor
from ui.widgets.network_preview import NetworkPreview

if TYPE_CHECKING:
    from copilot.domain.network import Network
    from ui.desk import Desk

#: From this width on, in px at a text size of 100 %, the preview stands beside the editor.
WIDE = 760


class CardFrame(QFrame):
    """The widgets of a card. What they show and do is :class:`~ui.screens._compose.card.Card`'s.

    The head is there at once; :meth:`make_some` makes the rest part by part, or :meth:`make_all` in one go.
    """

    PARTS = 3

    def __init__(self, desk: Desk, network: Network, account: str) -> None:
        super().__init__()
        self.desk = desk
        self.network = network
        self.account = account
        t = desk.t
        self.setProperty("card", "true")
        self.setAccessibleName(network.label)
        self.name = label(network.label, "title", wrap=True)
        self.who = label(account[:60], "small")
        self.bar = VariantBar(desk.theme, t, network.label)
        self.status = badge("")
        self.preview_button = icon_button("eye", t("ui.compose.toggle_preview"))
        self.fold_button = icon_button("chevron-up", t("ui.compose.collapse"))
        self.head = row(self.name, self.who, 1, self.status, self.preview_button, self.fold_button)
        # The variants stand in the head when there is room, else on a line of their own.
        self.bar_line = row(self.bar, 1)
        self.both = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.both.setSpacing(SPACE[3])
        self.strip = RewriteStrip(desk)
        self.content = QWidget()
        self.lines = column(self.both, self.strip, space=3, parent=self.content)
        column(self.head, self.bar_line, self.content, space=3, margins=4, parent=self)
        self._left_to_make: deque[Callable[[], None]] = deque((self._make_editor, self._make_rest))

    @property
    def is_whole(self) -> bool:
        """True when every part of it is made."""
        return not self._left_to_make

    def make_some(self) -> None:
        """Make the next part, if any is left."""
        if self._left_to_make:
            self._left_to_make.popleft()()

    def make_all(self) -> None:
        """Make what is left."""
        while self._left_to_make:
            self.make_some()

    @property
    def is_collapsed(self) -> bool:
        """True when only its head is shown."""
        return self.content.isHidden()

    def set_collapsed(self, collapsed: bool) -> None:
        """Show the head alone, or the whole card."""
        self.content.setVisible(not collapsed)
        name = self.desk.t("ui.compose.expand" if collapsed else "ui.compose.collapse")
        self.fold_button.setIcon(icon("chevron-down" if collapsed else "chevron-up"))
        self.fold_button.setToolTip(name)
        self.fold_button.setAccessibleName(f"{name} : {self.network.label}")

    def show_problem(self, text: str, kind: str) -> None:
        """Say what is wrong, ``danger`` or ``info``; an empty text takes it away."""
        self.problem.setVisible(bool(text))
        self.problem_text.setText(text)
        if not text:
            return
        restyle(self.problem, bar=kind)
        drawn = "circle-alert" if kind == "danger" else "info"
        colour = getattr(self.desk.theme.colours, kind)
        self.problem_sign.setPixmap(picture(drawn, colour, 18, self.devicePixelRatioF()))

    def lay_out_head(self) -> None:
        """Everything in the head has its room: the account goes first, then the variants take another line."""
        parts = (self.name, self.status, self.preview_button, self.fold_button)
        room = self.width() - 2 * SPACE[4] - (len(parts) + 3) * SPACE[2]
        room -= sum(one.sizeHint().width() for one in parts)
        bar = 0 if self.bar.isHidden() else self.bar.sizeHint().width()
        home, other = (self.head, self.bar_line) if bar <= room else (self.bar_line, self.head)
        if home.indexOf(self.bar) < 0:
            other.removeWidget(self.bar)
            home.insertWidget(self.head.indexOf(self.status) if home is self.head else 0, self.bar)
        left = room - (bar if home is self.head else 0)
        self.who.setVisible(bool(self.account) and self.who.sizeHint().width() <= left)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        wide = self.width() >= self.desk.theme.px(WIDE)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self.both.direction() != direction:
            self.both.setDirection(direction)
        self.lay_out_head()

    def _make_editor(self) -> None:
        self.editor = ItemEditor(self.desk, owner_name=self.desk.t("ui.compose.text_of", network=self.network.label))
        self.both.addWidget(self.editor, 3)

    def _make_rest(self) -> None:
        self._make_problem()
        self.lines.insertWidget(0, self.problem)
        self.preview = NetworkPreview(self.desk)
        self.both.addWidget(self.preview, 2, Qt.AlignmentFlag.AlignTop)

    def _make_problem(self) -> None:
        self.problem = QFrame()
        self.problem.setProperty("bar", "info")
        self.problem_sign = QLabel()
        self.problem_sign.setFixedSize(18, 18)
        self.problem_text = label("", wrap=True, selectable=True)
        self.problem_text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.retry_button = button(self.desk.t("ui.retry"), icon_name="refresh-cw")
        row(self.problem_sign, self.problem_text, self.retry_button, space=3, margins=3, parent=self.problem)
