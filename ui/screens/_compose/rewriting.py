"""Writing the text of a card again: the menu of what can be had, the text as it comes, the way to stop it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QFrame, QMenu

from copilot.errors import RepliqueError
from ui.widgets.basic import button, column, label, row
from ui.widgets.text_editor import TextEditor

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.rewriting import Offer
    from ui.desk import Desk
    from ui.runner import Job

#: Milliseconds before a rewriting under way is shown: what is done at once does not flash.
PATIENCE = 200


class RewriteStrip(QFrame):
    """Hidden until a rewriting takes time; the text it is for is not touched before the end.

    ``rewritten`` carries (item id, kind, text); ``ended`` comes after it, after a failure and after a stop.
    """

    rewritten = Signal(int, str, str)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._job: Job | None = None
        self._menu: QMenu | None = None
        self.setProperty("card", "sunken")
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self.show)
        self.hide()

    @property
    def is_running(self) -> bool:
        """True while a text is being written again."""
        return self._job is not None

    @cached_property
    def live(self) -> TextEditor:
        """Where the text appears as it comes; made with its line when it is first needed: most cards never do."""
        t = self._desk.t
        self.title = label("", "strong")
        self.stop_button = button(t("ui.compose.stop"), icon_name="square", run=self.stop)
        made = TextEditor(self._desk.theme, t("ui.compose.rewriting_text"), smallest_lines=4)
        made.setReadOnly(True)
        made.setMaximumHeight(made.minimumSizeHint().height())
        column(row(self.title, 1, self.stop_button), made, space=1, margins=2, parent=self)
        return made

    def offer(self, item_id: int, text: str, writer: str, at: QPoint) -> None:
        """Ask what can be had for ``text``, then show it as a menu at ``at`` (screen coordinates)."""
        self._desk.run(
            lambda copilot: copilot.rewriting.offered(item_id, writer, text),
            lambda offers: self._show_menu(offers, item_id, text, writer, at),
            owner=self,
        )

    def start(self, item_id: int, kind: str, text: str, writer: str) -> None:
        """Write ``text`` again."""
        if self._job is not None:
            return
        person = self._desk.person
        self.live.begin_stream()
        self.title.setText(self._desk.t("ui.compose.rewriting", kind=self._desk.t(f"rewrite.kind.{kind}")))
        self._patience.start()

        def make(copilot: Copilot) -> AsyncIterator[Any]:
            from copilot.services.rewriting import RewriteKind

            return copilot.rewriting.rewrite(item_id, RewriteKind(kind), provider=writer, text=text, author=person)

        self._job = self._desk.stream(
            make, lambda told: self._arrived(item_id, kind, told), lambda _none: self._end(), self._fail, owner=self
        )

    def stop(self) -> None:
        """Give it up; the text stays as it was."""
        if self._job is not None:
            self._job.cancel()
            self._end()

    def _arrived(self, item_id: int, kind: str, told: list[Any]) -> None:
        from copilot.services.rewriting import Rewritten

        for one in told:
            if isinstance(one, Rewritten) and one.lost:
                self._tell_lost(one.lost)
            elif isinstance(one, Rewritten):
                self.rewritten.emit(item_id, kind, one.text)
            else:
                self.live.append_stream(one.text)

    def _tell_lost(self, names: Sequence[str]) -> None:
        """What the model dropped is missing from its text, which therefore replaces nothing."""
        why = self._desk.t("ui.compose.rewriting_lost", names=list(names))
        self._desk.tell("danger", self._desk.t("ui.compose.not_rewritten", why=why), stays=True)

    def _fail(self, error: Exception) -> None:
        self._end()
        if isinstance(error, RepliqueError):
            self._desk.tell(
                "danger", self._desk.t("ui.compose.not_rewritten", why=self._desk.t.error(error)), stays=True
            )
        else:
            self._desk.tell_error(error)

    def _end(self) -> None:
        self._job = None
        self._patience.stop()
        self.hide()
        self.ended.emit()

    def _show_menu(self, offers: Sequence[Offer], item_id: int, text: str, writer: str, at: QPoint) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.setAccessibleName(self._desk.t("ui.compose.rewrite"))
        t = self._desk.t
        for one in sorted(offers, key=lambda offer: not offer.available):
            action = menu.addAction(t(f"rewrite.kind.{one.kind.value}"))
            action.setObjectName(one.kind.value)
            action.setEnabled(one.available)
            if one.why_not is not None:
                action.setToolTip(t.wording(one.why_not))
                action.setWhatsThis(t.wording(one.why_not))
            kind = one.kind.value
            action.triggered.connect(lambda _checked=False, kind=kind: self.start(item_id, kind, text, writer))
        if any(one.why_not is not None and one.why_not.key == "rewrite.why.needs_model" for one in offers):
            menu.addSeparator()
            menu.addAction(t("ui.compose.add_model")).triggered.connect(
                lambda _checked=False: self._desk.go("settings")
            )
        menu.popup(at)
