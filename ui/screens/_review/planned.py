"""The planned time of an item, on the brand's clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTime, Signal
from PySide6.QtWidgets import QDateTimeEdit, QWidget

from copilot.domain.item import PlannedTime
from ui.desk import Desk
from ui.tokens import SPACE
from ui.widgets.basic import button, icon_button, label, row


class PlannedField(QWidget):
    """``changed_by_hand`` carries a PlannedTime, or False when there is none any more."""

    changed_by_hand = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        t = desk.t
        self._zone = "Europe/Paris"
        self._planned: PlannedTime | None = None
        self.add = button(t("ui.review.planned.add"), "link", icon_name="calendar", run=self._add)
        self.title = label(t("ui.review.planned"), "muted")
        self.edit = QDateTimeEdit()
        self.edit.setLocale(QLocale(t.language))
        self.edit.setDisplayFormat("ddd d MMM yyyy  HH:mm")
        self.edit.setCalendarPopup(True)
        self.edit.setAccessibleName(t("ui.review.planned"))
        self.edit.setKeyboardTracking(False)
        self.edit.editingFinished.connect(self._edited)
        self.zone = label("", "small")
        self.remove = icon_button("x", t("ui.review.planned.remove"), self._remove)
        row(self.add, self.title, self.edit, self.zone, self.remove, 1, space=2, parent=self)
        self.setMinimumHeight(self.edit.sizeHint().height() + SPACE[1])
        self.show_planned(None, self._zone)

    def show_planned(self, planned: PlannedTime | None, zone: str, *, read_only: bool = False) -> None:
        """Show a planned time, or the way to choose one in ``zone``."""
        self._planned, self._zone = planned, planned.zone if planned else zone
        if planned is not None:
            at = planned.local
            told = QDateTime(QDate(at.year, at.month, at.day), QTime(at.hour, at.minute))
            if self.edit.dateTime() != told:
                self.edit.setDateTime(told)
        self.zone.setText(self._zone)
        for part in (self.title, self.edit, self.zone):
            part.setVisible(planned is not None)
        self.remove.setVisible(planned is not None and not read_only)
        self.add.setVisible(planned is None and not read_only)
        self.edit.setReadOnly(read_only)

    def _add(self) -> None:
        """Tomorrow at nine where the brand is: the person moves it."""
        day = (datetime.now(ZoneInfo(self._zone)) + timedelta(days=1)).replace(
            hour=9, minute=0, second=0, microsecond=0
        )
        planned = PlannedTime(day.replace(tzinfo=None), self._zone)
        self.show_planned(planned, self._zone)
        self.edit.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed_by_hand.emit(planned)

    def _remove(self) -> None:
        self.show_planned(None, self._zone)
        self.add.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed_by_hand.emit(False)

    def _edited(self) -> None:
        if self._planned is None:
            return
        told = self.edit.dateTime()
        day, time = told.date(), told.time()
        planned = PlannedTime(datetime(day.year(), day.month(), day.day(), time.hour(), time.minute()), self._zone)
        if planned != self._planned:
            self._planned = planned
            self.changed_by_hand.emit(planned)
