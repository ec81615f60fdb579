"""Model servers already running on this computer: looked for only when a person presses the button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from ui.desk import Desk
from ui.screens._settings.parts import Busy, outcome, say
from ui.widgets.basic import button, card, clear, column, label, row
from ui.widgets.declared_form import still

if TYPE_CHECKING:
    from copilot.services.discovery import FoundServer, Place
    from ui.runner import Job


class FoundServers(QWidget):
    """A button, then what answered. ``places`` are where to look; None is where the known programs listen."""

    chosen = Signal(object)  # ProviderSettings

    def __init__(self, desk: Desk, places: Sequence[Place] | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.t = desk.t
        self.places = places
        self._job: Job | None = None
        self.search_button = button(self.t("ui.models.search"), icon_name="search", run=self.search)
        self.busy = Busy(desk, self.t("ui.models.searching"))
        self.outcome = outcome()
        self.results = column(space=2)
        column(row(self.search_button, 1), self.busy, self.outcome, self.results, space=2, parent=self)

    def search(self) -> None:
        """Ask the usual ports of this computer, and no other."""
        if self._job is not None:
            return
        clear(self.results)
        say(self.outcome, "")
        places = self.places

        async def work(_copilot: Any) -> tuple[FoundServer, ...]:
            from copilot.services.discovery import PLACES, find_local

            return await find_local(places=PLACES if places is None else places)

        self._job = self.desk.run(work, self._show, self._failed, owner=self)
        self.search_button.setEnabled(False)
        self.busy.start(self._stop)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._ended()

    def _ended(self) -> None:
        self._job = None
        self.busy.end()
        self.search_button.setEnabled(True)

    def _failed(self, error: Exception) -> None:
        self._ended()
        self.desk.tell_error(error)

    def _show(self, found: tuple[FoundServer, ...]) -> None:
        self._ended()
        if not found:
            say(self.outcome, self.t("ui.models.found_none"))
            return
        say(self.outcome, self.t("ui.models.found", count=len(found)), "ok")
        for one in found:
            self.results.addWidget(self._line(one))

    def _line(self, found: FoundServer) -> QFrame:
        made = card("sunken")
        line = row(label(found.label, "strong"), space=3, margins=3, parent=made)
        if not found.models:
            line.addWidget(label(self.t("ui.models.found_empty"), "muted", wrap=True), 1)
            return made
        models = QComboBox()
        models.addItems(list(found.models))
        models.setAccessibleName(self.t("ui.models.found_model", server=found.label))
        models.setMinimumWidth(self.desk.theme.px(160))
        line.addWidget(still(models), 1)
        use = button(
            self.t("ui.models.found_use"), run=lambda: self.chosen.emit(found.as_provider(models.currentText()))
        )
        line.addWidget(use)
        return made
