"""The networks to write for, as chips: the brand's own first, the others unfolded on demand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from copilot.domain.network import Network
from copilot.i18n import Translator
from ui.widgets.basic import PushButton, button, column, label, row
from ui.widgets.flow import Flow

#: Shown first when a brand has no account yet.
USUAL = ("facebook_page", "instagram", "linkedin", "x")


#: Before the name of a network that is chosen.
MARK = "✓ "


class Chip(PushButton):
    """As wide without its mark as with it: choosing one network moves none of the others under the mouse."""

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        hint = super().sizeHint()
        return hint if self.text().startswith(MARK) else hint + QSize(self.fontMetrics().horizontalAdvance(MARK), 0)


class NetworkChips(QWidget):
    """``changed`` at each change by hand. The order of choosing is the order of the cards."""

    changed = Signal()

    def __init__(self, t: Translator, networks: Mapping[str, Network]) -> None:
        super().__init__()
        self._t = t
        self._networks = networks
        self._usual = tuple(one for one in USUAL if one in networks)
        self._first: tuple[str, ...] = self._usual
        self._accounts: Mapping[str, str] = {}
        self._chosen: list[str] = []
        self._unfolded = False
        self.touched = False
        self._chips: dict[str, QPushButton] = {}
        self.setAccessibleName(t("ui.compose.networks"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.more = button("", "link", run=self._toggle)
        self._holder = QWidget()
        self._flow = Flow(self._holder, space=1)
        title = label(t("ui.compose.networks"), "strong")
        column(row(title, 1, self.more), self._holder, space=1, parent=self)
        for one in networks.values():
            self._chips[one.id] = self._chip(one)
        self._draw()

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the networks chosen, in the order they were chosen."""
        return tuple(self._chosen)

    def show_accounts(self, accounts: Mapping[str, str]) -> None:
        """Put these networks first; all of them are chosen unless the person chose otherwise before."""
        self._accounts = accounts
        self._first = tuple(one for one in accounts if one in self._networks) or self._usual
        if not self.touched:
            self._chosen = [one for one in self._first if one in accounts]
        self._draw()

    def choose(self, networks: Sequence[str], *, by_hand: bool = False) -> None:
        """Choose exactly these; unknown ones are left out."""
        self.touched = by_hand
        self._chosen = [one for one in dict.fromkeys(networks) if one in self._networks]
        self._draw()

    def _chip(self, network: Network) -> QPushButton:
        made = Chip(network.label)
        made.setProperty("kind", "chip")
        made.setAccessibleName(network.label)
        made.setCheckable(True)
        made.clicked.connect(lambda _checked=False: self._pressed(network.id))
        return made

    def _pressed(self, network: str) -> None:
        self.touched = True
        if network in self._chosen:
            self._chosen.remove(network)
        else:
            self._chosen.append(network)
        self._draw()
        self.changed.emit()

    def _toggle(self) -> None:
        self._unfolded = not self._unfolded
        self._draw()

    def _draw(self) -> None:
        self._flow.let_go()
        others = [one for one in self._networks if one not in self._first]
        for name in (*self._first, *others):
            chip = self._chips[name]
            on = name in self._chosen
            chip.setChecked(on)
            chip.setText(f"{MARK}{self._networks[name].label}" if on else self._networks[name].label)
            account = self._accounts.get(name, "")
            chip.setAccessibleDescription(account)
            self._flow.addWidget(chip)
            chip.setVisible(self._unfolded or on or name in self._first)
        hidden = sum(1 for one in others if one not in self._chosen)
        key = "ui.compose.fewer_networks" if self._unfolded else "ui.compose.more_networks"
        self.more.setText(self._t(key, count=hidden))
        self.more.setAccessibleName(self.more.text())
        self._flow.invalidate()
        self._holder.updateGeometry()
