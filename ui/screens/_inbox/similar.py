"""What was answered to messages like the one on screen: one quiet line under the reply, and all of it in a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.dates import day_shown
from ui.widgets.basic import badge, button, row
from ui.widgets.message_words import beginning

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.brand import Brand
    from copilot.domain.inbox import InboxRow
    from copilot.i18n import Translator
    from copilot.services.similar import SimilarReply
    from ui.desk import Desk

#: Milliseconds a message rests on screen before one looks: who runs through the list is not slowed down.
REST = 200
#: Replies looked for.
MOST = 5
#: Farther than this is another subject: it is not spoken of beside the editor.
FAR = 0.5
#: The distances below which a message is very near, and near.
VERY_NEAR, NEAR = 0.2, 0.35
#: Characters of a reply on the line.
LENGTH = 160


def closeness(t: Translator, reply: SimilarReply) -> str:
    """``très proche · 92 %``: a distance as people say it."""
    kind = "very_near" if reply.distance <= VERY_NEAR else "near" if reply.distance <= NEAR else "far"
    return t(f"ui.inbox.similar.{kind}", share=t.number(round(100 * (1 - reply.distance))))


def source(t: Translator, reply: SimilarReply) -> str:
    """Where a reply comes from, and what to look at before it is used again."""
    if reply.source == "approved" and reply.at is not None:
        told = t("ui.inbox.similar.approved", date=day_shown(reply.at.astimezone().date(), t.language))
    else:
        told = t("ui.inbox.similar.saved")
    return told if reply.usable else f"{told} {t('ui.inbox.similar.reread')}"


class Beginning(QLabel):
    """As much of a text as there is room for, in one line."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", "muted")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""

    def show_text(self, text: str) -> None:
        """Show the beginning of ``text``."""
        self._whole = text
        self.setText(text)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """It takes the room that is left."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Another part of the text fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


class SimilarReplies(QWidget):
    """Shown when something near was answered before.

    ``taken`` tells the text of the nearest, ``all_wanted`` that all are asked for.
    """

    taken = Signal(str)
    all_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        t = desk.t
        self.found: tuple[SimilarReply, ...] = ()
        #: The message that :attr:`found` is for, once it was looked for.
        self.found_for = 0
        self.near = badge("")
        self.text = Beginning()
        self.take = button(t("ui.inbox.similar.take"), "link", run=self._take)
        self.all = button("", "link", run=self.all_wanted.emit)
        lines = row(self.near, self.text, self.take, self.all, space=2, parent=self)
        lines.setStretchFactor(self.text, 1)
        self._asked: tuple[int, Brand | None] = (0, None)
        self._has_room = True
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._look)
        self.hide()

    def turn_to(self, shown_row: InboxRow | None, brand: Brand | None) -> None:
        """Look for what was answered to messages like this one."""
        self.found, self.found_for = (), 0
        self.hide()
        wanted = shown_row is not None and not shown_row.message.author.is_owner
        self._asked = (shown_row.message.id if shown_row and wanted else 0, brand)
        self._rest.stop()
        if wanted:
            self._rest.start()

    def give_room(self, *, enough: bool) -> None:
        """Where there is little room the person's own words have it; the replies stay in the dialog."""
        self._has_room = enough
        self.setVisible(bool(self.found) and enough)

    def _look(self) -> None:
        asked = message_id, brand = self._asked

        async def look(copilot: Copilot) -> tuple[SimilarReply, ...]:
            return await copilot.similar.similar(message_id, brand, MOST)

        def done(found: tuple[SimilarReply, ...]) -> None:
            if asked == self._asked:
                self.found_for = message_id
                self._show(tuple(one for one in found if one.distance <= FAR))

        # The message may be gone meanwhile: then there is nothing to say.
        self._desk.run(look, done, owner=self, failed=lambda _error: None)

    def _show(self, found: tuple[SimilarReply, ...]) -> None:
        self.found = found
        self.setVisible(bool(found) and self._has_room)
        if not found:
            return
        t, first = self._desk.t, found[0]
        self.near.setText(closeness(t, first))
        words = beginning(first.fitted, LENGTH)
        self.text.show_text(words)
        told = f"{t('ui.inbox.similar.title')} {closeness(t, first)}. {source(t, first)}"
        self.take.setAccessibleName(t("ui.inbox.similar.take.name", text=words))
        self.take.setToolTip(told)
        self.all.setText(t("ui.inbox.similar.all", count=len(found)))
        self.all.setVisible(len(found) > 1)
        self.setAccessibleName(told)

    def _take(self) -> None:
        if self.found:
            self.taken.emit(self.found[0].fitted)
