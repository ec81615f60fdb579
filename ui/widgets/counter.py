"""How long a text is, in the network's own unit."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from copilot.domain.network import Measure
from copilot.i18n import Translator
from ui.widgets.basic import label, restyle, row

#: From this share of the limit on, the counter warns.
NEAR = 0.9


class Counter(QWidget):
    """Shows "212 / 280" and says the unit; words come with the colour."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self.label = label("", "small")
        row(self.label, parent=self)

    def show_measure(self, measure: Measure | None) -> None:
        """Show ``measure``; None empties it."""
        if measure is None:
            self.label.setText("")
            return
        number = self._t.number
        unit = self._t(f"unit.{measure.unit}", count=measure.count) if self._t.has(f"unit.{measure.unit}") else ""
        tone = ""
        if measure.limit is None:
            text = self._t("ui.counter.free", count=number(measure.count), unit=unit)
        elif measure.fits:
            text = self._t("ui.counter.fits", count=number(measure.count), limit=number(measure.limit), unit=unit)
            tone = "warn" if measure.count >= NEAR * measure.limit else ""
        else:
            over = number(max(1, measure.count - measure.limit))
            text = self._t(
                "ui.counter.over", count=number(measure.count), limit=number(measure.limit), unit=unit, over=over
            )
            tone = "danger"
        self.label.setText(text)
        restyle(self.label, tone=tone)
        self.setAccessibleName(text)
