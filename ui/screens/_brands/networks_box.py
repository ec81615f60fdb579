"""Networks as chips that are on or off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from copilot import networks
from ui.widgets.basic import Flow, button


class NetworksBox(QWidget):
    """``edited`` carries the chosen networks (a tuple of ids). A network nobody knows stays as it is."""

    edited = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._flow = Flow(self, space=1)
        self._chosen: tuple[str, ...] = ()
        self._chips: dict[str, QPushButton] = {}
        for network in networks.load().values():
            self._add(network.id, network.label)

    def show_value(self, chosen: Sequence[str]) -> None:
        """Show other networks, silently."""
        self._chosen = tuple(chosen)
        for name in self._chosen[:50]:
            if name not in self._chips:
                self._add(name, name[:40])
        for name, chip in self._chips.items():
            chip.setChecked(name in self._chosen)

    def _add(self, name: str, text: str) -> None:
        made = button(text.replace("&", "&&"), "chip")
        made.setAccessibleName(text)
        made.setCheckable(True)
        made.clicked.connect(lambda on: self._toggled(name, on))
        self._chips[name] = made
        self._flow.addWidget(made)

    def _toggled(self, name: str, on: bool) -> None:
        rest = tuple(one for one in self._chosen if one != name)
        self._chosen = (*rest, name) if on else rest
        self.edited.emit(self._chosen)
