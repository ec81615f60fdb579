"""What an item comes from: the brief, or the message answered where it was said. Others’ words: plain text only."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from ui.screens._review.folding import Folding
from ui.widgets.basic import card, clear, column, label, row
from ui.widgets.message_words import author_shown, shown, when_shown

if TYPE_CHECKING:
    from copilot.domain.conversation import Message
    from copilot.domain.inbox import Conversation
    from copilot.domain.post import Brief
    from ui.desk import Desk

#: Characters shown of the message answered, and of one around it.
LONG, SHORT = 3_000, 400


class Source(QWidget):
    """The conversation around the message answered, folded or not."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._is_reply: bool | None = None
        inside = QWidget()
        self._lines = column(space=2, parent=inside)
        self.folding = Folding(desk.t("ui.review.answers"), inside, opened=True)
        column(self.folding, parent=self)
        self.hide()

    def show_source(self, told: Conversation | None, brief: Brief | None) -> None:
        """Show the message answered among those around it, or the brief of a post; neither hides all."""
        clear(self._lines)
        self.setVisible(told is not None or brief is not None)
        if self._is_reply is not (told is not None):
            # A reply means nothing without its message; a brief is long, and a click away.
            self._is_reply = told is not None
            self.folding.set_open(self._is_reply)
        if told is not None:
            self._show_conversation(told)
        elif brief is not None:
            name = brief.name or self._desk.t("ui.review.brief_pasted")
            self.folding.set_title(self._desk.t("ui.review.brief", name=shown(name, SHORT)))
            self._lines.addWidget(self._said(name, "", brief.text, LONG))

    def _show_conversation(self, told: Conversation) -> None:
        t, message = self._desk.t, told.row.message
        self.folding.set_title(t("ui.review.answers_to", name=author_shown(message.author, t)))
        if told.thread.post_text.strip():
            self._lines.addWidget(self._said(t("ui.review.post_commented"), "", told.thread.post_text, SHORT))
        known = {one.id for one in told.ancestors}
        for one in (*told.ancestors[-2:], *(near for near in told.before[-1:] if near.id not in known)):
            self._lines.addWidget(self._message(one, SHORT))
        self._lines.addWidget(self._message(message, LONG, main=True))

    def _message(self, message: Message, most: int, *, main: bool = False) -> QFrame:
        t = self._desk.t
        when = when_shown(message, t, datetime.now().astimezone())
        return self._said(author_shown(message.author, t), when, message.text, most, main=main)

    def _said(self, who: str, when: str, text: str, most: int, *, main: bool = False) -> QFrame:
        made = card("true" if main else "sunken")
        said = shown(text, most)
        words = label(said + ("…" if len(text) > most else ""), "" if main else "muted", wrap=True, selectable=True)
        column(row(label(who, "strong"), 1, label(when, "small")), words, space=1, margins=(3, 2, 3, 2), parent=made)
        made.setAccessibleName(who)
        return made
