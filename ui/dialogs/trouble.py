"""What keeps Réplique from working on a profile: said in a sentence, with the ways out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from copilot.errors import Bug, RepliqueError
from copilot.i18n import Translator
from ui.desk import Changes, Desk
from ui.dialogs.base import Dialog
from ui.widgets.basic import button, label, restyle
from ui.widgets.message_bar import show_breakable

if TYPE_CHECKING:
    from copilot.app import Copilot

#: Failures of a store that a backup mends.
MENDED_BY_BACKUP = frozenset({"store.corrupt", "store.guards_missing", "store.cannot_open", "store.disk"})


class Refusal(Dialog):
    """Says why nothing can be opened. Closing it is all there is to do; what was there is untouched."""

    def __init__(self, t: Translator, error: RepliqueError, parent: QWidget | None) -> None:
        super().__init__(t("ui.trouble.title"), parent)
        self.setMinimumWidth(460)
        self.text = label(wrap=True, selectable=True)
        show_breakable(self.text, t.error(error))
        self.body.addWidget(self.text)
        self.quit = button(t("ui.trouble.quit"), "primary", run=self.accept)
        self.buttons(*self.ways(t), self.quit)
        self.quit.setDefault(True)
        self.quit.setFocus()

    def ways(self, t: Translator) -> list[QPushButton]:
        """The buttons before the one that quits."""
        return []

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """As high as the sentence is: Qt reckoned before the fonts of the style sheet were there."""
        super().showEvent(event)
        self.resize(self.width(), max(self.height(), self.heightForWidth(self.width())))


class StoreTrouble(Refusal):
    """The store cannot be opened: try again, put a backup in its place, or quit. ``mended`` runs once it opens."""

    def __init__(
        self, desk: Desk, error: RepliqueError, backups: Path, mended: Callable[[], object], parent: QWidget
    ) -> None:
        self.desk = desk
        self._kind = error.kind
        self._backups = backups
        self._mended = mended
        super().__init__(desk.t, error, parent)
        self.quit.clicked.connect(parent.close)

    def ways(self, t: Translator) -> list[QPushButton]:
        """Another try; a backup where one would help."""
        self.again = button(t("ui.trouble.again"), "quiet", icon_name="refresh-cw", run=self.try_again)
        self.restore = button(t("ui.trouble.restore"), icon_name="history", run=self._choose)
        self.restore.setVisible(self._kind in MENDED_BY_BACKUP)
        return [self.again, self.restore]

    def try_again(self) -> None:
        """Open the store once more."""

        async def work(copilot: Copilot) -> None:
            copilot.store()

        self._wait(self.desk.t("ui.trouble.trying"))
        self.desk.run(work, lambda _none: self._over(), self._failed, owner=self)

    def open_path(self, path: Path) -> None:
        """Put the backup ``path`` in the place of the store, after it was checked."""

        async def work(copilot: Copilot) -> None:
            await copilot.custody.restore(path)
            copilot.store()

        def done(_none: None) -> None:
            self._over()
            self.desk.tell("ok", self.desk.t("ui.trouble.restored"))

        self._wait(self.desk.t("ui.trouble.restoring"))
        self.desk.run(work, done, self._failed, owner=self)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.desk.t("ui.trouble.restore"), str(self._backups))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.open_path(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _wait(self, text: str) -> None:
        self._allow(False)
        show_breakable(self.text, text)
        restyle(self.text, tone="")

    def _allow(self, allowed: bool) -> None:
        for one in (self.again, self.restore):
            one.setEnabled(allowed)

    def _over(self) -> None:
        self.accept()
        self._mended()
        self.desk.announce(Changes(all_items=True, threads=True, brands=True, prompts=True, providers=True))

    def _failed(self, error: Exception) -> None:
        self._allow(True)
        if isinstance(error, RepliqueError) and not isinstance(error, Bug):
            show_breakable(self.text, self.desk.t.error(error))
            restyle(self.text, tone="danger")
        else:
            self.desk.tell_error(error)
