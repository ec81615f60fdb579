"""One configured model source as a line: what it is, where it runs, where its key is, what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from copilot.errors import RepliqueError
from copilot.i18n import Translator
from ui.desk import Desk
from ui.screens._settings.parts import NARROW, Busy, outcome, say
from ui.screens._settings.source_form import worked
from ui.widgets.basic import badge, button, column, icon_button, label, row
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.providers import Configured, KeyPlace, Tested
    from ui.runner import Job

PLAYBOOK = "playbook"


class SourceLine(QFrame):
    """A source. The playbook can only be made the default: it needs no test and cannot be removed."""

    make_default = Signal(str)
    change = Signal(object)  # Configured
    remove = Signal(object)  # Configured

    def __init__(self, desk: Desk, source: Configured) -> None:
        super().__init__()
        self.desk = desk
        self.t = desk.t
        self.source = source
        self._job: Job | None = None
        self.setProperty("card", "sunken")
        self.setAccessibleName(title_of(self.t, source))
        self.busy = Busy(desk, self.t("ui.models.testing"))
        self.outcome = outcome()
        self.key_place = label(kind="small", wrap=True)
        self.key_place.hide()
        column(
            self._head(),
            label(_subtitle(self.t, source), "small", wrap=True),
            self.key_place,
            self.busy,
            self.outcome,
            space=1,
            margins=3,
            parent=self,
        )

    def show_key_place(self, place: KeyPlace) -> None:
        """Say where the key is."""
        if place.holder is None and not place.refused and not self.source.remote:
            return  # a model on this computer rarely wants one
        key = f"ui.models.key.{place.holder}" if place.holder else "ui.models.key.nowhere"
        if place.refused:
            key = "ui.models.key.refused"
        say(self.key_place, self.t(key, variable=place.variable), "" if place.holder else "warn", scroll=False)

    def _head(self) -> QWidget:
        t, source = self.t, self.source
        holder = QWidget()
        line = row(space=1)
        self._headline = row(space=1, parent=holder)
        words = QWidget()
        flow = Flow(words)
        name = label(title_of(t, source), "strong")
        flow.addWidget(name)
        flow.addWidget(badge(t("ui.models.remote"), "info") if source.remote else badge(t("ui.models.here"), "ok"))
        if source.is_default:
            flow.addWidget(badge(t("ui.models.default"), "accent"))
        self._headline.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._headline.addLayout(line)
        self.default_button = button(t("ui.models.use"), run=lambda: self.make_default.emit(source.id))
        self.default_button.setAccessibleName(t("ui.models.use_named", name=title_of(t, source)))
        line.addWidget(self.default_button)
        self.default_button.setVisible(not source.is_default)
        self.test_button = icon_button("zap", t("ui.models.test_named", name=title_of(t, source)), self.test)
        self.change_button = icon_button(
            "pencil", t("ui.models.change_named", name=title_of(t, source)), lambda: self.change.emit(source)
        )
        self.remove_button = icon_button(
            "trash-2", t("ui.models.remove_named", name=title_of(t, source)), lambda: self.remove.emit(source)
        )
        for one in (self.test_button, self.change_button, self.remove_button):
            line.addWidget(one)
            one.setVisible(source.id != PLAYBOOK)
        usable = source.label_key != "provider.unusable"
        self.test_button.setEnabled(usable)
        self.change_button.setEnabled(usable)
        line.addStretch(1)
        return holder

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The buttons go under the words where there is no room beside."""
        direction = QBoxLayout.Direction
        narrow = event.size().width() < self.desk.theme.px(NARROW - 120)
        self._headline.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        super().resizeEvent(event)

    def test(self) -> None:
        """Ask it for one word."""
        if self._job is not None:
            return
        say(self.outcome, "")
        source_id = self.source.id

        async def work(copilot: Copilot) -> Tested:
            return await copilot.providers.test(source_id)

        self._job = self.desk.run(work, self._worked, self._failed, owner=self)
        self.test_button.setEnabled(False)
        self.busy.start(self._stop)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._ended()
        say(self.outcome, self.t("ui.models.test_stopped"))

    def _ended(self) -> None:
        self._job = None
        self.busy.end()
        self.test_button.setEnabled(True)

    def _worked(self, told: Tested) -> None:
        self._ended()
        say(self.outcome, worked(self.desk, told.model, told.seconds), "ok")

    def _failed(self, error: Exception) -> None:
        self._ended()
        if isinstance(error, RepliqueError):
            say(self.outcome, self.t.error(error), "danger")
        else:
            self.desk.tell_error(error)


def title_of(t: Translator, source: Configured) -> str:
    """What a source is called: its model, else its kind."""
    if source.id == PLAYBOOK:
        return t("ui.models.playbook")
    return shortened(source.model or source.id)


def place_of(t: Translator, source: Configured) -> str:
    """Where a source is: the service by its name, else its address, else the file."""
    values = source.values
    preset = values.get("preset", "other")
    if values.get("path"):
        return values["path"]
    if values.get("base_url"):
        return values["base_url"]
    return t(f"provider.field.preset.{preset}") if preset != "other" else source.id


def _subtitle(t: Translator, source: Configured) -> str:
    if source.id == PLAYBOOK:
        return t("ui.models.playbook.text")
    return f"{t(source.label_key)} · {shortened(place_of(t, source), 200)}"


def shortened(text: str, most: int = 60) -> str:
    """Names of models can be absurd: their beginning and end say which."""
    text = "".join(char if char.isprintable() else " " for char in text)
    half = most // 2
    return text if len(text) <= most else f"{text[:half]}…{text[-half:]}"
