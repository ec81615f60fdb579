"""How long a text is, in the network's own unit, and what a writer should know of how it counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolTip, QWidget

from copilot import networks
from copilot.domain.network import Limit, Measure, Network
from copilot.i18n import Translator
from ui.dates import day_shown
from ui.widgets.basic import button, label, restyle
from ui.widgets.chips import keep_height, tip
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from copilot.domain.item import Item

#: From this share of the limit on, the counter warns.
NEAR = 0.9
#: Characters read for a link.
MOST_READ = 20_000


class Counter(QWidget):
    """Shows "212 / 280 characters, 68 left"; words come with the colour. A limit from memory says so, and why."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self._why = ""
        self.label = label("", "small")
        self.confirm = button(t("ui.counter.confirm"), "link", run=self._tell_why)
        self.note = label("", "small")
        self._flow = Flow(self, space=2)
        for one in (self.label, self.confirm, self.note):
            self._flow.addWidget(one)
        keep_height(self)
        self.show_measure(None)

    def show_measure(self, measure: Measure | None, item: Item | None = None) -> None:
        """Show ``measure``, that of ``item`` when one is given; None empties it."""
        network = networks.get(item.network) if item is not None and measure is not None else None
        text, tone = self._said(measure) if measure is not None else ("", "")
        note = self._note(item, network) if item is not None and network is not None else ""
        self._why = ""
        if measure is not None and item is not None and network is not None and measure.to_confirm:
            self._why = self._origin(network.limit(_part(item, network)), network)
        self.label.setText(text)
        self.label.setVisible(bool(text))
        self.label.setToolTip(tip(self._how(measure)))
        restyle(self.label, tone=tone)
        self.confirm.setVisible(bool(self._why))
        self.confirm.setToolTip(tip(self._why))
        self.confirm.setAccessibleDescription(self._why)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.setAccessibleName(self._spoken(measure))
        self.setAccessibleDescription(" ".join(part for part in (note, self._why) if part))
        self._flow.invalidate()
        self.updateGeometry()

    def _said(self, measure: Measure) -> tuple[str, str]:
        number, unit = self._t.number, self._unit(measure)
        count = number(measure.count)
        if measure.limit is None:
            return self._t("ui.counter.free", count=count, unit=unit), ""
        limit = number(measure.limit)
        if measure.count > measure.limit:
            over = number(measure.count - measure.limit)
            return self._t("ui.counter.over", count=count, limit=limit, unit=unit, over=over), "danger"
        if not measure.fits:
            return self._t("ui.counter.refused", count=count, limit=limit, unit=unit), "danger"
        left = number(measure.limit - measure.count)
        tone = "warn" if measure.count >= NEAR * measure.limit else ""
        return self._t("ui.counter.fits", count=count, limit=limit, unit=unit, left=left), tone

    def _spoken(self, measure: Measure | None) -> str:
        """As :meth:`_said`, with words for its signs."""
        if measure is None or measure.limit is None or not measure.fits:
            return self._said(measure)[0].replace(" / ", f" {self._t('ui.counter.of')} ") if measure is not None else ""
        number, left = self._t.number, measure.limit - measure.count
        return self._t(
            "ui.counter.spoken", unit=self._unit(measure), total=number(measure.count), limit=number(measure.limit),
            left=number(left),
        )  # fmt: skip

    def _unit(self, measure: Measure) -> str:
        key = f"unit.{measure.unit}"
        # The unit goes with the figure just before it: the limit, when there is one.
        number = measure.count if measure.limit is None else measure.limit
        return self._t(key, count=number) if self._t.has(key) else ""

    def _how(self, measure: Measure | None) -> str:
        key = f"ui.counter.how.{measure.unit}" if measure is not None else ""
        return self._t(key) if key and self._t.has(key) else ""

    def _note(self, item: Item, network: Network) -> str:
        part = item.kind.value
        escaped = network.escape_chars if part in network.escape_parts else ""
        if escaped and (item.hashtags or any(sign in item.text for sign in escaped)):
            return self._t("ui.counter.escaped", network=network.label)
        if network.links.weight is not None and _holds_link(item.text[:MOST_READ], network):
            return self._t("ui.counter.links", weight=network.links.weight)
        return ""

    def _origin(self, rule: Limit, network: Network) -> str:
        try:
            day = day_shown(date.fromisoformat(rule.checked), self._t.language)
        except ValueError:  # shown as its file says it
            day = rule.checked
        return self._t("ui.counter.origin", network=network.label, day=day, source=rule.source)

    def _tell_why(self) -> None:
        QToolTip.showText(self.confirm.mapToGlobal(QPoint(0, self.confirm.height())), tip(self._why), self.confirm)


def _part(item: Item, network: Network) -> str:
    """What the text is counted as: a caption where pictures make it one."""
    part = item.kind.value
    return "caption" if item.media and "caption" in network.parts else part


def _holds_link(text: str, network: Network) -> bool:
    from copilot.text.measure.links import find_links

    return "." in text and any(True for _ in find_links(text, bare=network.links.counted_bare))
