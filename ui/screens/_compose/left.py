"""The left side: the brief and the choices, scrolled when there is no room; the button always in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from ui.screens._compose.brief_panel import BriefPanel
from ui.screens._compose.options import Options
from ui.widgets.basic import button, column, label, row, rule, scrolled

if TYPE_CHECKING:
    from ui.desk import Desk


class Left(QFrame):
    """Holds the brief, the options, and the foot that starts, shows progress and stops."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._t = t = desk.t
        self.setProperty("card", "true")
        self.brief = BriefPanel(desk)
        self.options = Options(desk)
        inner = QWidget()
        lines = column(self.brief, self.options, space=3, margins=(4, 4, 4, 2), parent=inner)
        lines.setStretch(0, 1)
        self.area = scrolled(inner)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.write_button = button(t("ui.compose.write"), "primary")
        self.hint = label("", "small", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(t("ui.compose.progress_name"))
        self.stop_button = button(t("ui.compose.stop"), icon_name="square")
        self.stop_button.setToolTip(f"{t('ui.compose.stop')} (Esc)")
        self.running = QWidget()
        row(self.bar, self.stop_button, space=3, parent=self.running)
        foot = QWidget()
        column(self.hint, self.write_button, self.running, space=1, margins=(4, 2, 4, 4), parent=foot)
        column(self.area, rule(), foot, space=0, margins=0, parent=self)
        self.setMinimumWidth(desk.theme.px(280))
        self.show_running(False, is_proposal=False)

    def show_running(self, running: bool, *, is_proposal: bool) -> None:
        """The button, or the progress with the way to stop, in the same place."""
        had_focus = self.write_button.hasFocus() or self.stop_button.hasFocus()
        self.write_button.setVisible(not running)
        self.running.setVisible(running)
        if running and not is_proposal:
            self.hint.setText(self._t("ui.compose.writing_one"))
            self.bar.setRange(0, 0)
        if had_focus:
            (self.stop_button if running else self.write_button).setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """How many texts are there."""
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.hint.setText(self._t("ui.compose.progress", done=done, count=total))

    def say(self, why_not: str, texts: int) -> None:
        """Why nothing can be written yet, else how many texts will be; the progress while they are."""
        if self.running.isHidden():
            self.hint.setText(why_not or self._t("ui.compose.will_write", count=texts))
