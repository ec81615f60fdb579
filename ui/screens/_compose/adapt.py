"""Chooses the networks that a text is adapted to."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from copilot import networks
from copilot.domain.network import Network
from ui.dialogs.base import Dialog
from ui.screens._compose.network_chips import NetworkChips
from ui.widgets.basic import button, label

if TYPE_CHECKING:
    from ui.desk import Desk


class AdaptDialog(Dialog):
    """``chosen`` carries the ids of the networks, as a tuple."""

    chosen = Signal(tuple)

    def __init__(
        self, desk: Desk, source: Network, accounts: dict[str, str], shown: Collection[str], parent: QWidget
    ) -> None:
        super().__init__(desk.t("ui.compose.adapt_title", network=source.label), parent)
        t = desk.t
        self.at_least(desk.theme.px(520), 0)
        others = {name: one for name, one in networks.load().items() if name != source.id}
        self.body.addWidget(label(t("ui.compose.adapt_hint"), "muted", wrap=True))
        self.networks = NetworkChips(t, others)
        self.networks.touched = True
        self.networks.show_accounts({name: account for name, account in accounts.items() if name != source.id})
        self.networks.choose([one for one in accounts if one in others and one not in shown], by_hand=True)
        self.body.addWidget(self.networks)
        self.body.addStretch(1)
        self.go = button(t("ui.compose.adapt_go"), "primary", run=self._go)
        self.networks.changed.connect(self._follow)
        self.buttons(button(t("ui.cancel"), run=self.reject), self.go)
        desk.actions.add(
            self, "adapt.go", t("ui.compose.adapt_go"), self._go, group=t("ui.compose.title"), keys="Ctrl+Return",
            listed=False,
        )  # fmt: skip
        self._follow()

    def _follow(self) -> None:
        self.go.setEnabled(bool(self.networks.chosen))

    def _go(self) -> None:
        if self.networks.chosen:
            self.chosen.emit(self.networks.chosen)
            self.accept()
