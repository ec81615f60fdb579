"""The tab of accounts and contact: where the brand is, and how people reach it in private."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from copilot import networks
from copilot.domain.network import Network
from ui.desk import Desk
from ui.screens._brands.editing import Editing
from ui.screens._brands.fields import Line
from ui.screens._brands.keeping import moderation_form, retention_form
from ui.screens._brands.networks_box import LimitLine
from ui.screens._brands.tab import BrandTab, group
from ui.tokens import SPACE
from ui.widgets.basic import column, label, scrolled


class ContactTab(BrandTab):
    """The private ways to the brand, its account on each network, how it moderates and how long it keeps things."""

    owns = ("contact", "accounts", "limits", "moderation", "retention")

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__(desk, editing)
        t = self.t
        channel = Line(t, t("ui.brands.contact.channel.eg"))
        contact = (
            self.bound(
                ("contact", "private_channel"), t("ui.brands.contact.channel"), channel,
                t("ui.brands.contact.channel.hint"),
            ),
            self.bound(("contact", "email"), t("ui.brands.contact.email"), Line(t, "bonjour@exemple.fr")),
            self.bound(("contact", "phone"), t("ui.brands.contact.phone"), Line(t)),
            self.bound(("contact", "url"), t("ui.brands.contact.url"), Line(t, "https://")),
            self.bound(("contact", "team"), t("ui.brands.contact.team"), Line(t, t("ui.brands.contact.team.hint"))),
        )  # fmt: skip
        self._known: set[str] = set()
        holder, self._grid = _two_columns()
        limits, self._limits = _two_columns()
        for network in networks.load().values():
            self._account(network.id, network.label)
            self._limit(network.id, network.label, network)
        content = QWidget()
        column(
            group(t("ui.brands.contact.title"), *contact),
            group(t("ui.brands.accounts.title"), label(t("ui.brands.accounts.text"), "muted", wrap=True), holder),
            group(t("ui.limits.title"), label(t("ui.limits.text"), "muted", wrap=True), limits),
            moderation_form(self),
            retention_form(self),
            1,
            space=3,
            margins=(0, 0, 2, 2),
            parent=content,
        )
        area = scrolled(content)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the keys
        column(area, parent=self)

    def show_brand(self) -> None:
        """A network nobody knows gets its line too."""
        for name in list(self.editing.brand.accounts)[:50]:
            if name not in self._known:
                self._account(name, name[:40])
        for name in list(self.editing.brand.limits)[:50]:
            if ("limits", name) not in self.fields:
                self._limit(name, name[:40], None)
        super().show_brand()

    def _account(self, network: str, title: str) -> None:
        place = len(self._known)
        self._known.add(network)
        made = self.bound(("accounts", network), title, Line(self.t))
        self._grid.addWidget(made, place // 2, place % 2)

    def _limit(self, network: str, title: str, known: Network | None) -> None:
        t, place = self.t, self._limits.count()
        line = LimitLine(t, known)
        memory = known is not None and known.limit("post").to_confirm
        made = self.bound(("limits", network), title, line, t("ui.limits.to_confirm") if memory else "")
        line.setAccessibleName(t("ui.limits.name", network=title))
        line.refused.connect(made.set_error)
        self._limits.addWidget(made, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)


def _two_columns() -> tuple[QWidget, QGridLayout]:
    """A place for fields side by side."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE[3])
    grid.setVerticalSpacing(SPACE[3])
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return made, grid
