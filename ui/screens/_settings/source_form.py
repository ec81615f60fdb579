"""Setting up a model source: what kind, what it needs, a try, and only then the choice to keep it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QPushButton, QVBoxLayout, QWidget

from copilot.errors import RepliqueError
from ui.desk import Changes, Desk
from ui.screens._settings.parts import Busy, outcome, say
from ui.widgets.basic import Field, button, clear, column, restyle, row
from ui.widgets.declared_form import DeclaredForm, still

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.providers import Configured, KeyPlace, Kind, TestOutcome
    from copilot.settings import Settings
    from ui.runner import Job

#: What most people set up first.
USUAL = ("openai_compatible", "local")
#: The service is not to blame, or not for long: a person may keep it without an answer.
_MAY_PASS = (
    "provider.test_timeout", "provider.timeout", "provider.unreachable", "provider.dns", "provider.server",
    "provider.rate_limited", "provider.quota", "provider.proxy", "provider.local_start_timeout",
)  # fmt: skip
_KEYRING = ("secret.no_keyring", "secret.locked")


class SourceForm(QWidget):
    """Fields, Test, Keep. Nothing is kept unless Keep is pressed; the key is never read back into the screen.

    Args:
        desk: the desk.
        kinds: what can be set up.
        kind: the kind to begin with, the usual one when empty; it can be changed when ``fixed`` is False.
        values: what is filled in already.
        kept_as: the id of the source being changed, empty for a new one.
        cancel: False leaves the way out to who shows the form.
    """

    kept = Signal(object)  # Configured
    left = Signal()
    busy_changed = Signal(bool)

    def __init__(
        self,
        desk: Desk,
        kinds: Sequence[Kind],
        kind: str = "",
        values: Mapping[str, str] | None = None,
        *,
        kept_as: str = "",
        fixed: bool = False,
        cancel: bool = True,
        default: bool = False,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.t = desk.t
        self._kinds = {one.name: one for one in sorted(kinds, key=_place)}
        self._kept_as = kept_as
        self._fixed = fixed or bool(kept_as)
        self._job: Job | None = None
        self._worked: tuple[object, ...] | None = None
        self._place: KeyPlace | None = None
        self.kind = QComboBox()
        for one in self._kinds.values():
            self.kind.addItem(self.t(one.label_key), one.name)
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self._build(default, cancel)
        self._show_form(values or {})
        self.kind.currentIndexChanged.connect(lambda _index: self._show_form({}))
        self._ask_key_place()

    @property
    def is_busy(self) -> bool:
        """True while a source is tried or kept."""
        return self._job is not None and self._job.is_running

    def _build(self, default: bool, cancel: bool) -> None:
        t = self.t
        kind_line = Field(t("ui.models.kind"), still(self.kind))
        self._holder = QVBoxLayout()
        self.default_box = QCheckBox(t("ui.models.make_default"))
        self.default_box.setChecked(default)
        self.busy = Busy(self.desk, t("ui.models.testing"))
        self.outcome = outcome()
        self._asked_from: QWidget | None = None
        self._moved_on = False
        self.test_button = button(t("ui.models.test"), "primary", run=self.test)
        self.keep_button = button(t("ui.models.keep"), run=self.keep)
        self.anyway_button = button(t("ui.models.keep_anyway"), "quiet", run=self.keep)
        self.this_run_button = button(t("ui.models.keep_key_for_this_run"), run=lambda: self.keep(for_this_run=True))
        self.cancel_button = button(t("ui.cancel"), "quiet", run=self._leave)
        lines = column(kind_line, self._holder, self.default_box, self.busy, self.outcome, space=3, parent=self)
        lines.addLayout(row(self.this_run_button, self.anyway_button, 1))
        lines.addLayout(row(self.cancel_button, 1, self.test_button, self.keep_button))
        kind_line.setVisible(not self._fixed)
        self.cancel_button.setVisible(cancel)
        self._follow()

    def _show_form(self, values: Mapping[str, str]) -> None:
        clear(self._holder)
        found = self._kinds[str(self.kind.currentData())]
        self.form = DeclaredForm(self.t, found.fields, values, secret_hint=self._key_hint())
        self.form.edited.connect(self._edited)
        self.form.entered.connect(self._entered)
        self._holder.addWidget(self.form)
        self._edited()

    def _edited(self) -> None:
        if self.is_busy and self._job is not None:
            self._job.cancel()
            self._ended()
        say(self.outcome, "")
        self.anyway_button.hide()
        self.this_run_button.hide()
        self._follow()

    def _told(self) -> tuple[object, ...]:
        """What was tried: another value anywhere makes another source."""
        return (self.kind.currentData(), tuple(self.form.values().items()), self.form.secret())

    def _follow(self) -> None:
        ready = self._worked is not None and hasattr(self, "form") and self._worked == self._told()
        self.keep_button.setEnabled(ready and not self.is_busy)
        self.keep_button.setToolTip("" if ready else self.t("ui.models.test_first"))
        self.test_button.setEnabled(not self.is_busy)
        _primary(self.keep_button, self.test_button) if ready else _primary(self.test_button, self.keep_button)
        if not ready:
            self.anyway_button.hide()

    def test(self) -> None:
        """Ask the source for one word; nothing is kept."""
        if self.is_busy or not self.form.check():
            return
        kind, values, key = str(self.kind.currentData()), self.form.values(), self.form.secret() or None
        told = self._told()
        self._start(self.t("ui.models.testing"))
        self._job = self.desk.run(
            lambda copilot: copilot.providers.test_unsaved(kind, values, key, kept_as=self._kept_as),
            lambda result: self._tested(result, told),
            self._failed,
            owner=self,
        )
        self.busy.start(self._stop)
        self._follow()
        self._asked_from = QApplication.focusWidget()

    def _entered(self) -> None:
        """Return in a field tries what is filled in, or keeps it once it was tried as it is."""
        self.keep() if self.keep_button.isEnabled() else self.test()

    def _start(self, words: str) -> None:
        self.form.clear_errors()
        say(self.outcome, "")
        self.anyway_button.hide()
        self.this_run_button.hide()
        self.busy.text.setText(words)
        self.busy_changed.emit(True)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._ended()
        say(self.outcome, self.t("ui.models.test_stopped"))

    def _ended(self) -> None:
        self._job = None
        self._moved_on = QApplication.focusWidget() is not self._asked_from
        self.busy.end()
        self.busy_changed.emit(False)
        self._follow()

    def _tested(self, result: TestOutcome, told: tuple[object, ...]) -> None:
        self._ended()
        if result.error is not None:
            self._show_refusal(result.error)
            return
        self._worked = told
        self._follow()
        say(self.outcome, worked(self.desk, result.model, result.seconds), "ok")
        self._take_focus(self.keep_button)

    def _take_focus(self, button: QPushButton) -> None:
        """Lead on to ``button``, unless the person has gone on to something else meanwhile."""
        if not self._moved_on:
            button.setFocus()

    def _show_refusal(self, error: RepliqueError) -> None:
        self._worked = None
        if not self.form.show_error(error):
            say(self.outcome, self.t.error(error), "danger")
            self._take_focus(self.test_button)
        self.anyway_button.setVisible(error.kind in _MAY_PASS)

    def keep(self, *, for_this_run: bool = False) -> None:
        """Set the source up, its key in the keyring (or in memory until Réplique is closed)."""
        if self.is_busy or not self.form.check():
            return
        kind, values, key = str(self.kind.currentData()), self.form.values(), self.form.secret() or None
        kept_as, default = self._kept_as, self.default_box.isChecked()

        async def work(copilot: Copilot) -> tuple[Configured, Settings]:
            import asyncio

            providers = copilot.providers
            wanted = kept_as or providers.free_id(_short_name(values) or kind)
            # A keyring may ask a person to unlock it: everything else goes on meanwhile.
            made = await asyncio.to_thread(
                providers.add, wanted, kind, values, key, default=default, for_this_run=for_this_run
            )
            return made, copilot.settings

        self._start(self.t("ui.models.keeping"))
        self._job = self.desk.run(work, self._kept, self._failed, owner=self)
        self.busy.start()
        self._follow()

    def _kept(self, told: tuple[Configured, Settings]) -> None:
        made, self.desk.settings = told
        self._ended()
        self.form.forget_secret()
        self._worked = None
        self._follow()
        self.desk.announce(Changes(settings=True, providers=True))
        self.kept.emit(made)

    def _failed(self, error: Exception) -> None:
        self._ended()
        if not isinstance(error, RepliqueError):
            self.desk.tell_error(error)
            return
        if not self.form.show_error(error):
            say(self.outcome, self.t.error(error), "danger")
        if error.kind in _KEYRING:
            self.this_run_button.show()
            self.this_run_button.setFocus()

    def _leave(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._ended()
        self.left.emit()

    def _ask_key_place(self) -> None:
        wanted = self._kept_as

        async def work(copilot: Copilot) -> KeyPlace:
            import asyncio

            return await asyncio.to_thread(copilot.providers.key_place, wanted or copilot.providers.free_id("model"))

        self.desk.run(work, self._show_key_place, owner=self)

    def _show_key_place(self, place: KeyPlace) -> None:
        self._place = place
        self.form.set_secret_hint(self._key_hint())

    def _key_hint(self) -> str:
        if self._place is None:
            return ""
        if self._kept_as and self._place.holder is not None:
            return self.t("ui.models.key_hint.held")
        if self._place.keyring:
            return self.t("ui.models.key_hint.keyring")
        return self.t("ui.models.key_hint.none")


def worked(desk: Desk, model: str, seconds: float) -> str:
    """That a model answered, and how fast."""
    return desk.t("ui.models.worked", model=model, seconds=desk.t.number(round(seconds, 1)))


def _primary(main: QWidget, other: QWidget) -> None:
    restyle(main, kind="primary")
    restyle(other, kind="")


def _place(kind: Kind) -> tuple[int, str]:
    return (USUAL.index(kind.name) if kind.name in USUAL else len(USUAL), kind.name)


def _short_name(values: Mapping[str, str]) -> str:
    """What to call a source after: its model, else its file."""
    from pathlib import Path

    return values.get("model", "").rpartition("/")[2] or Path(values.get("path", "")).stem
