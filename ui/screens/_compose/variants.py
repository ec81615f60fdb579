"""The variants of one card: what each is, and the row that turns from one to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from copilot.domain.item import Status
from ui.icons import icon
from ui.theme import Theme
from ui.widgets.basic import button, clear, row
from ui.widgets.status import TONES, capital

if TYPE_CHECKING:
    from copilot.i18n import Translator
    from copilot.services.inspection import Inspected

#: A variant whose number is not known yet: an adaptation that was just asked for.
UNNUMBERED = 0


class Stage(StrEnum):
    """Where the writing of a variant stands."""

    WAITING = "waiting"
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(slots=True)
class Variant:
    """One text of a card: what came of it so far, and the item it is once it is whole.

    ``alone`` is True while it is written by itself, apart from the proposal. ``rewritten`` is a text that came
    for it while another variant was in front.
    """

    number: int
    stage: Stage = Stage.WAITING
    pieces: list[str] = field(default_factory=list)
    inspected: Inspected | None = None
    error: Exception | None = None
    rewritten: str | None = None
    alone: bool = False

    @property
    def is_under_way(self) -> bool:
        """True while its text is awaited."""
        return self.stage in (Stage.WAITING, Stage.WRITING)

    @property
    def streamed(self) -> str:
        """What was written of it so far."""
        return "".join(self.pieces)


#: Shape as well as colour says where a variant stands.
STAGE_ICONS = {Stage.WAITING: "clock", Stage.WRITING: "loader-circle", Stage.FAILED: "triangle-alert"}
STATUS_ICONS = {
    Status.DRAFT: "circle",
    Status.IN_REVIEW: "eye",
    Status.CHANGES_REQUESTED: "circle-alert",
    Status.ARCHIVED: "archive",
}
TONE_COLOURS = {"neutral": "muted", "info": "info", "warn": "warn", "ok": "ok", "danger": "danger"}


class VariantBar(QWidget):
    """Segments 1 2 3…, each with the sign of where it stands. ``chosen`` tells the variant's number."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, t: Translator, network: str) -> None:
        super().__init__()
        self._theme, self._t, self._network = theme, t, network
        self._buttons: dict[int, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._line = row(space=0, parent=self)
        self._told: tuple[object, ...] = ()
        self.setAccessibleName(t("ui.compose.variants_of", network=network))
        theme.changed.connect(self._forget)

    def show_variants(self, variants: Sequence[Variant], front: int) -> None:
        """Show ``variants`` in order; ``front`` is the number of the one on show."""
        if [one.number for one in variants] != list(self._buttons):
            self._build(variants)
        told = tuple((one.number, *self._look(one)) for one in variants)
        if told != self._told:
            self._told = told
            for place, one in enumerate(variants, 1):
                self._dress(place, one)
        if front in self._buttons:
            self._buttons[front].setChecked(True)
        self.setVisible(len(variants) > 1)

    def title_of(self, place: int, variant: Variant) -> str:
        """What a variant is called, with where it stands."""
        return self._t("ui.compose.variant_title", number=place, state=self._look(variant)[0])

    def _forget(self) -> None:
        self._told = ()

    def _look(self, variant: Variant) -> tuple[str, str, str]:
        """Words, icon and colour name."""
        if variant.stage in STAGE_ICONS:
            tone = "danger" if variant.stage is Stage.FAILED else "info"
            return self._t(f"ui.compose.stage.{variant.stage.value}"), STAGE_ICONS[variant.stage], tone
        if variant.inspected is None:
            return self._t("ui.compose.stage.stopped"), "square", "muted"
        status = variant.inspected.item.status
        words = capital(self._t(f"status.{status.value}"))
        return words, STATUS_ICONS.get(status, "circle-check"), TONE_COLOURS[TONES[status]]

    def _dress(self, place: int, variant: Variant) -> None:
        made = self._buttons[variant.number]
        _, icon_name, tone = self._look(variant)
        made.setIcon(icon(icon_name, getattr(self._theme.colours, tone)))
        title = self.title_of(place, variant)
        made.setToolTip(f"{title} (Alt+{place})" if place <= 9 else title)
        made.setAccessibleName(title)

    def _build(self, variants: Sequence[Variant]) -> None:
        held = any(one.hasFocus() for one in self._buttons.values())
        for one in self._buttons.values():
            self._group.removeButton(one)
        clear(self._line)
        self._buttons, self._told = {}, ()
        for place, variant in enumerate(variants):
            made = button(str(place + 1), "segment")
            made.setCheckable(True)
            made.setIconSize(QSize(12, 12))
            edge = "only" if len(variants) == 1 else {0: "first", len(variants) - 1: "last"}.get(place, "middle")
            made.setProperty("edge", edge)
            made.clicked.connect(lambda _checked=False, number=variant.number: self.chosen.emit(number))
            self._group.addButton(made)
            self._buttons[variant.number] = made
            self._line.addWidget(made)
        if held and self._buttons:
            next(iter(self._buttons.values())).setFocus()
