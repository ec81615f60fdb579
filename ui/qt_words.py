"""The few words of Qt's own dialogs that its French leaves in English."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator

from copilot.i18n import Translator


class QtWords(QTranslator):
    """Answers for the words below and leaves the rest to Qt's own translation."""

    def __init__(self, t: Translator, parent: QObject) -> None:
        super().__init__(parent)
        self._words = {
            ("QFileDialog", "&Look in:"): t("ui.files.look_in"),
            ("QFileDialog", "Files of &type:"): t("ui.files.type"),
        }

    def isEmpty(self) -> bool:  # noqa: N802  # Qt's name
        """Never: Qt would not ask."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, count: int = -1) -> str | None:
        """Our word, or nothing."""
        return self._words.get((context, source))
