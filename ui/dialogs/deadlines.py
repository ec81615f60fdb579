"""By when each class of message should have its answer, and the hours that are worked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QSpinBox, QTimeEdit, QWidget

from copilot.settings import LONGEST_WAIT, SLA_CLASSES, SlaSettings
from ui.desk import Changes, Desk
from ui.dialogs.base import Dialog, Lines
from ui.screens._inbox.flowing import flowing
from ui.tokens import SPACE
from ui.widgets.basic import button, column, inset, label, row, scrolled
from ui.widgets.declared_form import still

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.settings import Settings

#: Minutes in each unit.
UNITS = {"minutes": 1, "hours": 60}


class _Limit:
    """The controls of one class: owed at all, how much, of what, in working hours."""

    def __init__(self, desk: Desk, name: str) -> None:
        t = desk.t
        title = t(f"ui.deadlines.class.{name}")
        self.owed = QCheckBox(title)
        self.much = QSpinBox()
        self.much.setRange(1, LONGEST_WAIT)
        self.much.setAccessibleName(t("ui.deadlines.much", name=title))
        self.unit = QComboBox()
        for one in UNITS:
            self.unit.addItem(t(f"ui.deadlines.unit.{one}"), one)
        self.unit.setAccessibleName(t("ui.deadlines.unit", name=title))
        self.working = QCheckBox(t("ui.deadlines.working"))
        self.working.setAccessibleName(t("ui.deadlines.working.name", name=title))
        still(self.much)
        still(self.unit)
        inset(self.much)
        self.owed.toggled.connect(self._follow)

    @property
    def minutes(self) -> int | None:
        """The time limit, None when no answer is owed."""
        return min(LONGEST_WAIT, self.much.value() * UNITS[self.unit.currentData()]) if self.owed.isChecked() else None

    def show(self, minutes: int | None, working: bool) -> None:
        """Show a time limit."""
        whole = minutes is None or (minutes % 60 == 0 and minutes >= 60)
        self.owed.setChecked(minutes is not None)
        self.unit.setCurrentIndex(self.unit.findData("hours" if whole else "minutes"))
        self.much.setValue((minutes or 48 * 60) // (60 if whole else 1))
        self.working.setChecked(working)
        self._follow()

    def _follow(self) -> None:
        for one in (self.much, self.unit, self.working):
            one.setEnabled(self.owed.isChecked())


class DeadlinesDialog(Dialog):
    """``changed`` tells that other time limits hold now."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.t("ui.deadlines.title"), parent)
        self.desk = desk
        t = desk.t
        self.at_least(desk.theme.px(600), desk.theme.px(440))
        self.limits = {name: _Limit(desk, name) for name in SLA_CLASSES}
        self.opens, self.closes = self._time("ui.deadlines.opens"), self._time("ui.deadlines.closes")
        locale = QLocale(t.language)
        short, whole = QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat
        self.days = {day: QCheckBox(locale.standaloneDayName(day, short)) for day in range(1, 8)}
        for day, box in self.days.items():
            box.setAccessibleName(locale.standaloneDayName(day, whole))
        self.wrong = label("", "small", tone="danger", wrap=True)
        self.keep = button(t("ui.deadlines.keep"), "primary", run=self._keep)
        self._lay_out()
        self.buttons(
            button(t("ui.crisis.limits.usual"), "quiet", run=lambda: self._show(SlaSettings())), 1,
            button(t("ui.cancel"), run=self.reject), self.keep,
        )  # fmt: skip
        self._show(desk.settings.sla)
        for edit in (self.opens, self.closes):
            edit.timeChanged.connect(lambda _time: self._follow())
        for box in self.days.values():
            box.toggled.connect(lambda _on: self._follow())

    def chosen(self) -> SlaSettings:
        """The time limits as they stand here."""
        return SlaSettings(
            minutes={name: one.minutes for name, one in self.limits.items()},
            in_working_hours=tuple(name for name, one in self.limits.items() if one.working.isChecked()),
            opens=self.opens.time().toString("HH:mm"),
            closes=self.closes.time().toString("HH:mm"),
            days=tuple(day for day, box in self.days.items() if box.isChecked()),
        )

    def _show(self, sla: SlaSettings) -> None:
        for name, one in self.limits.items():
            one.show(sla.minutes.get(name), name in sla.in_working_hours)
        self.opens.setTime(QTime.fromString(sla.opens, "HH:mm"))
        self.closes.setTime(QTime.fromString(sla.closes, "HH:mm"))
        for day, box in self.days.items():
            box.setChecked(day in sla.days)
        self._follow()

    def _follow(self) -> None:
        t = self.desk.t
        hours = self.opens.time() < self.closes.time()
        days = any(box.isChecked() for box in self.days.values())
        wrong = "ui.deadlines.wrong.days" if hours else "ui.deadlines.wrong.hours"
        self.wrong.setText("" if hours and days else t(wrong))
        self.keep.setEnabled(hours and days)

    def _keep(self) -> None:
        chosen, desk, t = self.chosen(), self.desk, self.desk.t

        async def work(copilot: Copilot) -> Settings:
            copilot.save_settings(replace(copilot.settings, sla=chosen))
            return copilot.settings

        def done(kept: Settings) -> None:
            desk.settings = kept
            desk.announce(Changes(settings=True))
            desk.tell("ok", t("ui.deadlines.kept"))
            self.changed.emit()
            self.accept()

        desk.run(work, done, owner=self)

    def _time(self, key: str) -> QTimeEdit:
        made = QTimeEdit()
        made.setDisplayFormat("HH:mm")
        made.setAccessibleName(self.desk.t(key))
        still(made)
        inset(made)
        return made

    def _lay_out(self) -> None:
        t = self.desk.t
        inside = Lines()
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE[3])
        grid.setVerticalSpacing(SPACE[2])
        for place, one in enumerate(self.limits.values()):
            for at, control in enumerate((one.owed, one.much, one.unit, one.working)):
                grid.addWidget(control, place, at)
        grid.setColumnStretch(0, 1)
        hours = row(label(t("ui.deadlines.from")), self.opens, label(t("ui.deadlines.to")), self.closes, 1)
        column(
            label(t("ui.deadlines.hint"), "small", wrap=True), grid, label(t("ui.deadlines.worked"), "strong"), hours,
            flowing(*self.days.values()), 1, space=3, margins=(0, 0, 3, 0), parent=inside,
        )  # fmt: skip
        self.body.addWidget(scrolled(inside, self.windowTitle()), 1)
        self.body.addWidget(self.wrong)
