"""The right side before there is any card: what to do, in three short steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui.icons import picture
from ui.widgets.basic import button, card, column, label, row

if TYPE_CHECKING:
    from ui.desk import Desk

STEPS = (("file-text", "paste"), ("list-filter", "choose"), ("circle-check", "approve"))


class Welcome(QWidget):
    """Three steps and an example; says so when there is no brand to speak for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        t = desk.t
        self._glyphs: list[tuple[QLabel, str]] = []
        self.example_button = button(t("ui.compose.example"), icon_name="lightbulb")
        sheet = card()
        sheet.setMaximumWidth(desk.theme.px(520))
        sheet.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        lines = column(label(t("ui.compose.welcome"), "title", wrap=True), space=4, margins=6, parent=sheet)
        for icon_name, step in STEPS:
            lines.addLayout(self._step(icon_name, t(f"ui.compose.step.{step}"), t(f"ui.compose.step.{step}.more")))
        self.no_brand = card("sunken")
        brand_text = label(t("ui.compose.welcome_no_brand"), wrap=True)
        brand_text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.brands_button = button(t("ui.compose.make_brand"), icon_name="building-2", run=lambda: desk.go("brands"))
        column(brand_text, row(self.brands_button, 1), space=2, margins=3, parent=self.no_brand)
        lines.addWidget(self.no_brand)
        lines.addLayout(row(self.example_button, 1))
        outer = column(1, space=0, margins=(2, 0, 2, 0), parent=self)
        middle = row(1, sheet, 1)
        middle.setStretch(1, 20)
        outer.addLayout(middle)
        outer.addStretch(2)
        desk.theme.changed.connect(self._draw)
        self._draw()

    def show_brands(self, has_brands: bool) -> None:
        """Say that there is no brand yet, or not."""
        self.no_brand.setVisible(not has_brands)

    def _step(self, icon_name: str, title: str, more: str) -> QHBoxLayout:
        drawn = QLabel()
        drawn.setFixedSize(24, 24)
        self._glyphs.append((drawn, icon_name))
        line = row(space=3)
        line.addWidget(drawn, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(label(title, "strong", wrap=True), label(more, "muted", wrap=True), space=0), 1)
        return line

    def _draw(self) -> None:
        colour = self._desk.theme.colours.accent_text
        for drawn, icon_name in self._glyphs:
            drawn.setPixmap(picture(icon_name, colour, 22, self.devicePixelRatioF()))
