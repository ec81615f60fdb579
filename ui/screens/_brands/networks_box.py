"""Networks as chips that are on or off, and the length an account has of its own on one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from copilot import networks
from copilot.domain.network import HIGHEST_LIMIT, Network
from copilot.i18n import Translator
from ui.screens._brands.fields import is_history_key
from ui.widgets.basic import button
from ui.widgets.flow import Flow


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


class LimitLine(QLineEdit):
    """The longest text an account may send. ``edited`` carries a whole number, or "" for the network's usual limit.

    ``refused`` carries why what is typed is no such number; empty once it is one again.
    """

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, t: Translator, network: Network | None) -> None:
        super().__init__()
        self._t = t
        self._wrong = False
        self.setMaxLength(20)
        self.setPlaceholderText(usual_limit(t, network) if network else "")
        self.textEdited.connect(lambda _text: self._typed())

    def show_value(self, value: object) -> None:
        """Show a number or "", silently; what is being typed and says the same is left alone."""
        shown = self._t.number(value) if isinstance(value, int) else ""
        if self._number() != value or (self._wrong and not self.hasFocus()):
            self.setText(shown)
            self._tell(wrong=False)

    def event(self, event: QEvent) -> bool:
        """Undo and redo pass by."""
        if is_history_key(event):
            event.ignore()
            return False
        return super().event(event)

    def _number(self) -> int | str:
        """The number typed; "" when there is none that an account could have."""
        digits = re.sub(r"[\s,'’]", "", self.text())
        number = int(digits) if digits.isascii() and digits.isdigit() else 0
        return number if 1 <= number <= HIGHEST_LIMIT else ""

    def _typed(self) -> None:
        number = self._number()
        self._tell(wrong=number == "" and bool(self.text().strip()))
        self.edited.emit(number)

    def _tell(self, *, wrong: bool) -> None:
        if wrong != self._wrong:
            self._wrong = wrong
            self.refused.emit(self._t("ui.limits.wrong", most=HIGHEST_LIMIT) if wrong else "")


def usual_limit(t: Translator, network: Network) -> str:
    """The usual limit of a network, with its unit."""
    most = network.limit("post").max
    if most is None:
        return t("ui.limits.free")
    return t("ui.limits.usual", count=t.number(most), unit=t(f"unit.{network.limit('post').unit}", count=most))
