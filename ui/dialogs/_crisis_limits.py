"""From when on many negative messages are worrying: the thresholds, as a person sets them."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QSpinBox, QWidget

from copilot.settings import CrisisThresholds
from ui.desk import Changes, Desk
from ui.dialogs.base import Lines
from ui.tokens import SPACE
from ui.widgets.basic import button, column, inset, label, scrolled
from ui.widgets.declared_form import still

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.settings import Settings

#: Lowest and highest value of each threshold; a share is shown in percent.
BOUNDS: dict[str, tuple[float, float]] = {
    "yellow": (1.1, 100), "orange": (1.1, 200), "red": (1.1, 1000), "floor": (0.5, 1000), "days": (2, 28),
    "likes": (1, 1_000_000), "safety_orange": (1, 1000), "safety_red": (1, 1000), "theme_share": (5, 100),
}  # fmt: skip
PERCENT = ("theme_share",)


class LimitsPage(QWidget):
    """``changed`` tells that other thresholds hold now."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        t = self._t = desk.t
        usual = asdict(CrisisThresholds())
        self.spins = {name: self._spin(name, isinstance(usual[name], float)) for name in BOUNDS}
        self.wrong = label("", "small", tone="danger", wrap=True)
        self.keep = button(t("ui.crisis.limits.keep"), "primary", run=self._keep)
        self.usual = button(t("ui.crisis.limits.usual"), run=lambda: self._show(CrisisThresholds()))
        self._lay_out()
        self._show(desk.settings.crisis)
        for spin in self.spins.values():
            spin.valueChanged.connect(lambda _value: self._follow())

    def chosen(self) -> CrisisThresholds:
        """The thresholds as they stand here."""
        told = {name: spin.value() / (100 if name in PERCENT else 1) for name, spin in self.spins.items()}
        return CrisisThresholds.of(told)

    def _show(self, limits: CrisisThresholds) -> None:
        for name, value in asdict(limits).items():
            spin = self.spins[name]
            shown = round(value * 100) if name in PERCENT else value
            spin.setValue(float(shown)) if isinstance(spin, QDoubleSpinBox) else spin.setValue(int(shown))
        self._follow()

    def _follow(self) -> None:
        spins = self.spins
        rises = spins["yellow"].value() <= spins["orange"].value() <= spins["red"].value()
        people = spins["safety_orange"].value() <= spins["safety_red"].value()
        self.wrong.setText("" if rises and people else self._t("ui.crisis.limits.order"))
        self.keep.setEnabled(rises and people and self.chosen() != self._desk.settings.crisis)

    def _keep(self) -> None:
        chosen, desk, t = self.chosen(), self._desk, self._t

        async def work(copilot: Copilot) -> Settings:
            copilot.save_settings(replace(copilot.settings, crisis=chosen))
            return copilot.settings

        def done(kept: Settings) -> None:
            desk.settings = kept
            desk.announce(Changes(settings=True))
            desk.tell("ok", t("ui.crisis.limits.kept"))
            self._follow()
            self.changed.emit()

        desk.run(work, done, owner=self)

    def _spin(self, name: str, is_part: bool) -> QSpinBox | QDoubleSpinBox:
        low, high = BOUNDS[name]
        made: QSpinBox | QDoubleSpinBox
        if is_part and name not in PERCENT:
            made = QDoubleSpinBox()
            made.setDecimals(1)
            made.setLocale(QLocale(self._t.language))
            made.setSingleStep(0.5)
            made.setRange(low, high)
        else:
            made = QSpinBox()
            made.setRange(int(low), int(high))
        made.setSuffix(" %" if name in PERCENT else " ×" if name in ("yellow", "orange", "red") else "")
        made.setAccessibleName(self._t(f"ui.crisis.limits.{name}"))
        made.setMinimumWidth(self._desk.theme.px(110))
        still(made)
        inset(made)
        return made

    def _lay_out(self) -> None:
        inside = Lines()
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE[4])
        grid.setVerticalSpacing(SPACE[2])
        for place, (name, spin) in enumerate(self.spins.items()):
            title = label(self._t(f"ui.crisis.limits.{name}"), wrap=True)
            title.setBuddy(spin)
            grid.addWidget(title, place, 0)
            grid.addWidget(spin, place, 1)
        grid.setColumnStretch(0, 1)
        column(
            label(self._t("ui.crisis.limits.hint"), "small", wrap=True),
            grid,
            1,
            space=3,
            margins=(0, 0, 3, 0),
            parent=inside,
        )
        column(scrolled(inside, self._t("ui.crisis.page.limits")), self.wrong, parent=self)
