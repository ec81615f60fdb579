"""Asks for the name of a duplicate."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from copilot.i18n import Translator
from ui.dialogs.base import Dialog
from ui.theme import Theme
from ui.widgets.basic import Field, button

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class NameDialog(Dialog):
    """``given`` gives a name that a file can have."""

    given = Signal(str)

    def __init__(self, theme: Theme, t: Translator, parent: QWidget) -> None:
        super().__init__(t("ui.prompts.duplicate.title"), parent)
        self._t = t
        self.name = QLineEdit()
        self.name.setMaxLength(40)
        self.field = Field(t("ui.prompts.duplicate.name"), self.name, t("ui.prompts.duplicate.hint"))
        self.body.addWidget(self.field)
        self.keep = button(t("ui.prompts.duplicate.keep"), "primary", run=self._give)
        self.buttons(button(t("ui.cancel"), run=self.reject), self.keep)
        self.name.returnPressed.connect(self._give)
        self.setMinimumWidth(theme.px(420))
        self.name.setFocus()

    def _give(self) -> None:
        name = self.name.text().strip()
        if not _NAME.fullmatch(name):
            self.field.set_error(self._t("ui.prompts.duplicate.invalid"))
            self.name.setFocus()
            return
        self.given.emit(name)
        self.accept()
