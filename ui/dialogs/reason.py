"""Asks for a reason in words: a request for changes or a rejection is nothing without one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.basic import Field, button
from ui.widgets.text_editor import TextEditor


class ReasonDialog(Dialog):
    """``given`` carries the reason. Ctrl+Return sends it."""

    given = Signal(str)

    def __init__(self, desk: Desk, title: str, hint: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        t = desk.t
        self.setMinimumWidth(desk.theme.px(460))
        self.editor = TextEditor(desk.theme, t("ui.reason.label"), smallest_lines=4)
        self.body.addWidget(Field(t("ui.reason.label"), self.editor, hint))
        self.send = button(title, "primary", run=self._send)
        self.send.setEnabled(False)
        self.editor.textChanged.connect(lambda: self.send.setEnabled(bool(self.editor.text().strip())))
        self.buttons(button(t("ui.cancel"), run=self.reject), self.send)
        desk.actions.add(
            self, "reason.send", title, self._send, group=t("ui.group.dialog"), keys="Ctrl+Return", listed=False
        )
        self.editor.setFocus()

    def _send(self) -> None:
        if reason := self.editor.text().strip():
            self.given.emit(reason)
            self.accept()
