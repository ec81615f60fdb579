"""For whom, where, in what language, how many, by whom: what a proposal is asked with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QSizePolicy, QSpinBox, QWidget

from copilot import networks
from copilot.domain.brand import Brand
from ui.screens._compose.network_chips import NetworkChips
from ui.widgets.basic import Field, Segments, button, column, label, row

if TYPE_CHECKING:
    from copilot.services.providers import Configured
    from ui.desk import Desk

PLAYBOOK = "playbook"
LANGUAGES = ("auto", "fr", "en")
MOST_VARIANTS = 9
#: Below this width, in px at a text size of 100 %, brand and writer do not fit side by side.
NARROW = 300


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen. ``brand`` empty is no brand; ``writer`` is ``playbook`` or the id of a model source."""

    brand: str = ""
    networks: tuple[str, ...] = ()
    language: str = "auto"
    variants: int = 2
    writer: str = PLAYBOOK

    @property
    def texts(self) -> int:
        """How many texts it asks for."""
        return len(self.networks) * self.variants

    def body(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {**asdict(self), "networks": list(self.networks)}


class Options(QWidget):
    """The choices below the brief. ``changed`` when the person changed one."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        t = desk.t
        self._brands: dict[str, Brand] = {}
        self._writers: dict[str, Configured] = {}
        self._wanted_brand: str | None = None
        self._wanted_writer: str | None = None
        self.brand = _combo()
        self.writer = _combo()
        self.networks = NetworkChips(t, networks.load())
        self.language = Segments(
            [(one, t(f"ui.compose.language.{one}")) for one in LANGUAGES], "auto", t("ui.compose.language")
        )
        self.variants = QSpinBox()
        self.variants.setRange(1, MOST_VARIANTS)
        self.variants.setValue(2)
        self.variants.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.remote = label(t("ui.compose.remote"), "small", wrap=True)
        self.remote.hide()
        self.no_brand = label(t("ui.compose.no_brand"), "small", wrap=True)
        self.make_brand = button(t("ui.compose.make_brand"), "link", run=lambda: desk.go("brands"))
        self.pair = row(Field(t("ui.compose.brand"), self.brand), Field(t("ui.compose.writer"), self.writer), space=3)
        self.pair.setStretch(0, 1)
        self.pair.setStretch(1, 1)
        numbers = row(space=3)
        numbers.addWidget(Field(t("ui.compose.language"), self.language), 1, Qt.AlignmentFlag.AlignTop)
        numbers.addWidget(Field(t("ui.compose.variants"), self.variants), 0, Qt.AlignmentFlag.AlignTop)
        column(
            self.pair, self.no_brand, row(self.make_brand, 1), self.remote, self.networks, numbers, space=2, parent=self
        )
        self.brand.activated.connect(self._brand_chosen)
        self.writer.activated.connect(self._writer_chosen)
        self.networks.changed.connect(self.changed)
        self.language.chosen.connect(lambda _value: self.changed.emit())
        self.variants.valueChanged.connect(lambda _value: self.changed.emit())
        self.show_brands((), None)

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        brand = self.brand.currentData() or ""
        return Choice(
            brand if self._brands else self._wanted_brand or "",
            self.networks.chosen,
            self.language.current or "auto",
            self.variants.value(),
            str(self.writer.currentData() or self._wanted_writer or PLAYBOOK),
        )

    @property
    def brand_chosen(self) -> Brand | None:
        """The brand written for, None without one."""
        return self._brands.get(str(self.brand.currentData() or ""))

    @property
    def has_brands(self) -> bool:
        """True once there is a brand to write for."""
        return bool(self._brands)

    def show_brands(self, brands: Sequence[Brand], default: str | None) -> None:
        """Offer ``brands``; the one chosen before stays, else ``default``, else the only one."""
        before = self.brand.currentData() if self._brands else self._wanted_brand
        self._brands = {one.id: one for one in brands}
        self.brand.blockSignals(True)
        self.brand.clear()
        for one in brands:
            self.brand.addItem(one.name[:80], one.id)
        self.brand.addItem(self._desk.t("ui.compose.without_brand"), "")
        usual = default if default in self._brands else next(iter(self._brands), "")
        wanted = before if before is not None and (before in self._brands or before == "") else usual
        self.brand.setCurrentIndex(max(0, self.brand.findData(wanted)))
        self.brand.blockSignals(False)
        self.brand.setEnabled(bool(brands))
        self.no_brand.setVisible(not brands)
        self.make_brand.setVisible(not brands)
        self._follow_brand()

    def show_writers(self, writers: Sequence[Configured]) -> None:
        """Offer who can write; the one chosen before stays, else the person's default."""
        t = self._desk.t
        before = self.writer.currentData() or self._wanted_writer
        self._writers = {one.id: one for one in writers}
        self.writer.blockSignals(True)
        self.writer.clear()
        for one in writers:
            name = (
                t("ui.compose.playbook") if one.id == PLAYBOOK else f"{one.id} · {one.model}" if one.model else one.id
            )
            self.writer.addItem(name[:80], one.id)
        usual = next((one.id for one in writers if one.is_default), PLAYBOOK)
        self.writer.setCurrentIndex(max(0, self.writer.findData(before if before in self._writers else usual)))
        self.writer.blockSignals(False)
        self._follow_writer()

    def take(self, body: Mapping[str, Any]) -> None:
        """Bring back what :meth:`Choice.body` gave; what makes no sense is left alone."""
        brand, writer = body.get("brand"), body.get("writer")
        if isinstance(brand, str):
            self._wanted_brand = brand
            if brand in self._brands or (self._brands and brand == ""):
                self.brand.setCurrentIndex(max(0, self.brand.findData(brand)))
                self._follow_brand()
        chosen = body.get("networks")
        if isinstance(chosen, list) and chosen:
            self.networks.choose([one for one in chosen if isinstance(one, str)], by_hand=True)
        if body.get("language") in LANGUAGES:
            self.language.set_current(str(body["language"]))
        variants = body.get("variants")
        if isinstance(variants, int) and 1 <= variants <= MOST_VARIANTS:
            self.variants.blockSignals(True)
            self.variants.setValue(variants)
            self.variants.blockSignals(False)
        if isinstance(writer, str):
            self._wanted_writer = writer
            if writer in self._writers:
                self.writer.setCurrentIndex(self.writer.findData(writer))
                self._follow_writer()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Names need room: in a narrow panel the two choices stand one below the other."""
        super().resizeEvent(event)
        narrow = self.width() < self._desk.theme.px(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self.pair.direction() != direction:
            self.pair.setDirection(direction)

    def _brand_chosen(self) -> None:
        # Another brand, other accounts: its own networks are proposed anew.
        self.networks.touched = False
        self._follow_brand()
        self.changed.emit()

    def _writer_chosen(self) -> None:
        self._follow_writer()
        self.changed.emit()

    def _follow_brand(self) -> None:
        brand = self.brand_chosen
        self.networks.show_accounts(brand.accounts if brand else {})

    def _follow_writer(self) -> None:
        chosen = self._writers.get(str(self.writer.currentData() or ""))
        self.remote.setVisible(chosen is not None and chosen.remote)


class _Combo(QComboBox):
    """The wheel scrolls the panel unless the combo has the focus."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def _combo() -> QComboBox:
    made = _Combo()
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(3)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made
