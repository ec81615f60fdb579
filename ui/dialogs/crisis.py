"""How serious it looks: the curve and the reasons, a crisis opened or closed, a holding statement, the thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from ui.desk import Desk
from ui.dialogs._crisis_limits import LimitsPage
from ui.dialogs._crisis_statement import StatementPage
from ui.dialogs._crisis_status import StatusPage
from ui.dialogs.base import Dialog
from ui.widgets.basic import Segments, button, row

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.brand import Brand
    from copilot.domain.crisis import Crisis, CrisisStatus
    from ui.runner import Job

PAGES = ("status", "statement", "limits")


class CrisisDialog(Dialog):
    """Of one thread, else of everything or of one brand. ``changed`` tells that the level may be another one now."""

    changed = Signal()

    def __init__(self, desk: Desk, thread_id: int | None, parent: QWidget) -> None:
        super().__init__(desk.t("ui.crisis.title"), parent)
        t = desk.t
        self.desk = desk
        self._thread_id = thread_id
        self._reading: Job | None = None
        self._brands_known: dict[str, Brand] = {}
        self.at_least(desk.theme.px(820), desk.theme.px(680))
        self.pages = Segments([(one, t(f"ui.crisis.page.{one}")) for one in PAGES], PAGES[0], t("ui.crisis.pages"))
        self.scope = QComboBox()
        self.scope.setAccessibleName(t("ui.crisis.scope"))
        self.scope.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.scope.hide()
        self.status = StatusPage(desk)
        self.statement = StatementPage(desk)
        self.limits = LimitsPage(desk)
        self.stack = QStackedWidget()
        for page in (self.status, self.statement, self.limits):
            self.stack.addWidget(page)
        self.body.addLayout(row(self.pages, 1, self.scope))
        self.body.addWidget(self.stack, 1)
        of_page = {"statement": (self.statement.draft,), "limits": (self.limits.usual, self.limits.keep)}
        self._of_page = [(name, made) for name, buttons in of_page.items() for made in buttons]
        self.buttons(
            1, self.limits.usual, button(t("ui.close"), run=self.accept), self.statement.draft, self.limits.keep
        )
        self.show_page(PAGES[0])
        self._connect()
        self._read()
        desk.run(self._brands, self._show_brands, owner=self)

    @property
    def brand_id(self) -> str:
        """The brand looked at, empty for all of them or when a thread is."""
        return str(self.scope.currentData() or "") if self._thread_id is None else ""

    def show_page(self, name: str) -> None:
        """Turn to status, statement or limits."""
        self.pages.set_current(name)
        self.stack.setCurrentIndex(PAGES.index(name))
        for page, made in self._of_page:
            made.setVisible(page == name)

    @staticmethod
    async def _brands(copilot: Copilot) -> tuple[tuple[Brand, ...], Brand | None]:
        found = await copilot.brands.list()
        return found, await copilot.brands.choose(None, copilot.settings.default_brand)

    def _show_brands(self, told: tuple[tuple[Brand, ...], Brand | None]) -> None:
        found, chosen = told
        self.statement.take_brand(chosen)
        if self._thread_id is not None or len(found) < 2:
            return
        self.scope.blockSignals(True)
        self.scope.addItem(self.desk.t("ui.crisis.scope.all"), "")
        for one in found:
            self.scope.addItem(one.name, one.id)
        self.scope.blockSignals(False)
        self.scope.show()
        self._brands_known = {one.id: one for one in found}

    def _scope_changed(self) -> None:
        if known := self._brands_known.get(self.brand_id):
            self.statement.take_brand(known)
        self._read()

    def _read(self) -> None:
        thread_id, brand_id = self._thread_id, self.brand_id
        if self._reading is not None:
            self._reading.cancel()

        async def work(copilot: Copilot) -> tuple[CrisisStatus, list[Crisis]]:
            found = await copilot.crisis.status(thread_id, brand_id=brand_id)
            whose = found.brand_id
            crises = await copilot.crisis.list()
            return found, [one for one in crises if not whose or one.brand_id in ("", whose)]

        def done(told: tuple[CrisisStatus, list[Crisis]]) -> None:
            if brand_id == self.brand_id:
                self.status.show_status(*told)

        self._reading = self.desk.run(work, done, owner=self)

    def _again(self) -> None:
        self._read()
        self.changed.emit()

    def _connect(self) -> None:
        self.pages.chosen.connect(self.show_page)
        self.scope.currentIndexChanged.connect(lambda _place: self._scope_changed())
        self.status.changed.connect(self._again)
        self.limits.changed.connect(self._again)
        self.status.statement_wanted.connect(lambda: self.show_page("statement"))
        self.statement.drafted.connect(self.accept)
