"""One message where it was said: the post, what it answers, its neighbours, why it was triaged so. Plain text only."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.dialogs.base import Dialog
from ui.screens._inbox.flowing import flowing
from ui.tokens import SPACE, Colours
from ui.widgets.basic import badge, button, column, label, restyle, row, scrolled
from ui.widgets.hits import Sought, Span, hits
from ui.widgets.message_delegate import STATE_LOOK
from ui.widgets.message_marks import Limits, Mark, as_tooltip, marks_of, reasons_of
from ui.widgets.message_words import WHOLE, author_shown, beginning, language_shown, network_shown, shown, when_shown
from ui.widgets.said_text import SaidText, breakable

if TYPE_CHECKING:
    from copilot.domain.conversation import Message
    from copilot.domain.inbox import Conversation, InboxRow
    from ui.desk import Desk

#: Ancestors and neighbours shown, and characters of each.
ANCESTORS, BEFORE, AFTER, ASIDE = 4, 2, 3, 500
#: Characters of a long message shown in its own window.
LONGEST = 100_000
#: Badges of a message: all that may be known of it.
BADGES = 12
TONE_LOOK = {"negative": "warn", "positive": "ok"}
STATE_BADGE = {"info": "info", "accent_text": "accent", "ok": "ok", "warn": "warn"}


class Said(QFrame):
    """What one person said."""

    def __init__(self, desk: Desk, *, main: bool = False) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("card", "selected" if main else "sunken")
        self.author = label("", "strong", wrap=True, selectable=main)
        self.when = label("", "small")
        self.text = SaidText(desk.t("ui.copy"))
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        by = Qt.TextInteractionFlag
        self.text.setTextInteractionFlags(by.TextSelectableByMouse | by.TextSelectableByKeyboard)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.text.setCursor(Qt.CursorShape.IBeamCursor)
        self.more = button(desk.t("ui.inbox.whole"), "link", run=self._show_whole)
        self.more.hide()
        self._whole = ""
        self._drawn = ""
        self._sought = Sought()
        self.lines: QVBoxLayout = column(
            self._who_and_when(), self.text, self.more, space=1, margins=(3, 2, 3, 2), parent=self
        )

    def _who_and_when(self) -> QHBoxLayout:
        line = row(self.author, self.when)
        line.setStretchFactor(self.author, 1)
        line.setAlignment(self.when, Qt.AlignmentFlag.AlignTop)
        return line

    def mark(self, wanted: Sought) -> None:
        """Mark what is searched, now and in what is shown next."""
        self._sought = wanted
        self._draw()

    def show_message(self, message: Message, most: int, now: datetime) -> None:
        """Show what ``message`` says, at most ``most`` characters of it."""
        t = self._desk.t
        who = author_shown(message.author, t)
        self.author.setText(breakable(t("ui.inbox.us", name=who) if message.author.is_owner else who))
        self.when.setText(when_shown(message, t, now))
        gone = self._desk.t("ui.inbox.no_words.deleted") if message.deleted else ""
        self.show_text(message.text if message.text.strip() else gone, most)
        self.setAccessibleName(who)
        self.show()

    def show_text(self, text: str, most: int) -> None:
        """Show ``text``, at most ``most`` characters."""
        drawn = shown(text, most)
        cut = len(text) > 2 * most or len(shown(text[: 2 * most + 1], most + 1)) > most
        self._drawn = drawn + "…" if cut else drawn or self._desk.t("ui.inbox.no_words")
        self._draw()
        self.more.setVisible(cut)
        self._whole = text if cut else ""

    def _draw(self) -> None:
        """The words as plain text; with hits in them, as escaped text in which only the hits are marked."""
        found = hits(self._drawn, self._sought) if self._sought else ()
        form = Qt.TextFormat.RichText if found else Qt.TextFormat.PlainText
        if self.text.textFormat() != form:
            # Never for an instant the words of others as HTML.
            self.text.clear()
            self.text.setTextFormat(form)
        told = _marked(self._drawn, found, self._desk.theme.colours) if found else breakable(self._drawn)
        self.text.setText(told)

    def _show_whole(self) -> None:
        WholeDialog(self._desk, self._whole, self).open()


class WholeDialog(Dialog):
    """A message too long for its place."""

    def __init__(self, desk: Desk, text: str, parent: QWidget) -> None:
        super().__init__(desk.t("ui.inbox.whole.title"), parent)
        self.at_least(desk.theme.px(620), desk.theme.px(480))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(desk.t("ui.inbox.whole.title"))
        self.text.setPlainText(_folded(shown(text, LONGEST)))
        self.body.addWidget(self.text, 1)
        if len(text) > LONGEST:
            self.body.addWidget(label(desk.t("ui.inbox.whole.cut", shown=LONGEST, total=len(text)), "small", wrap=True))
        self.buttons(button(desk.t("ui.close"), run=self.accept))


def _marked(text: str, found: Sequence[Span], colours: Colours) -> str:
    """``text`` as HTML that says nothing but its words, each of those found on a ground of its own."""
    look = f"background-color: {colours.warn_soft}; text-decoration: underline;"
    parts, at = [], 0
    for start, end in found:
        parts += [_escaped(text[at:start]), f'<span style="{look}">{_escaped(text[start:end])}</span>']
        at = end
    parts.append(_escaped(text[at:]))
    return '<div style="white-space: pre-wrap;">' + "".join(parts).replace("\n", "<br>") + "</div>"


def _escaped(text: str) -> str:
    return html.escape(breakable(text))


def _folded(text: str, most: int = 2_000) -> str:
    """``text`` with its endless lines broken: laying out one line of 100,000 characters blocks a window."""
    lines = (line[at : at + most] for line in text.split("\n") for at in range(0, max(1, len(line)), most))
    return "\n".join(lines)


class ConversationView(QWidget):
    """Shows one message at a time; its parts are made once and filled anew.

    ``placed`` tells the height in px in which the message shows whole.
    """

    placed = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        t = desk.t
        self.setAccessibleName(t("ui.inbox.conversation"))
        self.where = label("", "small", wrap=True)
        self.post = Said(desk)
        self.ancestors = [Said(desk) for _ in range(ANCESTORS)]
        self.before = [Said(desk) for _ in range(BEFORE)]
        self.message = Said(desk, main=True)
        self.after = [Said(desk) for _ in range(AFTER)]
        self.skipped = label("", "small")
        self.badges = [badge("") for _ in range(BADGES)]
        self.correct = button("", "link")
        self.limits: Limits | None = None
        self.why = label("", "small", wrap=True, selectable=True)
        self._add_triage()
        self.after_title = label(t("ui.inbox.after"), "small")
        inside = QWidget()
        lines = self._lines = column(self.where, self.post, self.skipped, space=2, margins=(0, 0, 2, 1), parent=inside)
        for one in (*self.ancestors, *self.before, self.message, self.after_title, *self.after):
            lines.addWidget(one)
        lines.addStretch(1)
        self.area = scrolled(inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(self.area, space=0, parent=self)

    def show_conversation(self, told: Conversation) -> None:
        """Show a message among the others."""
        t, now = self._desk.t, datetime.now().astimezone()
        message = told.row.message
        self.where.setText(
            " · ".join(part for part in (beginning(told.thread.title, 120), network_shown(told.thread.network)) if part)
        )
        self._show_post(told.thread.post_text)
        near = told.ancestors[-ANCESTORS:]
        hidden = len(told.ancestors) - len(near)
        self.skipped.setText(t("ui.inbox.hidden", count=hidden) if hidden else "")
        self.skipped.setVisible(bool(hidden))
        _fill(self.ancestors, near, now)
        known = {one.id for one in told.ancestors}
        _fill(self.before, [one for one in told.before if one.id not in known][-BEFORE:], now)
        self.message.show_message(message, WHOLE, now)
        after = told.after[:AFTER]
        _fill(self.after, after, now)
        self.after_title.setVisible(bool(after))
        self.show_row(told.row)
        # Once laid out: the message itself is what must be seen.
        QTimer.singleShot(0, self, self._see_message)

    def show_row(self, row: InboxRow) -> None:
        """Show where the message stands now."""
        t, triage = self._desk.t, row.message.triage
        told = list(marks_of(row, t, self.limits, datetime.now().astimezone()))
        if triage is not None:
            tone = triage.tone.value
            told.append(Mark(t(f"ui.inbox.tone.{tone}"), TONE_LOOK.get(tone, "neutral"), ""))
            told.append(Mark(language_shown(triage.language, t), "neutral", ""))
        look = STATE_BADGE.get(STATE_LOOK[row.state.value][1], "neutral")
        told.append(Mark(t(f"ui.inbox.state.{row.state.value}"), look, ""))
        self._show_badges(told)
        reasons = reasons_of(triage, t)
        if triage and triage.unsure:
            reasons.append(t("ui.inbox.unsure"))
        self.why.setText(t("ui.inbox.why", why=" · ".join(reasons)) if reasons else "")
        self.why.setVisible(bool(reasons))

    def mark(self, wanted: Sought) -> None:
        """Mark what is searched in all that is said."""
        for one in (self.post, *self.ancestors, *self.before, self.message, *self.after):
            one.mark(wanted)

    def _show_badges(self, told: Sequence[Mark]) -> None:
        for place, made in enumerate(self.badges):
            made.setVisible(place < len(told))
            if place < len(told):
                made.setText(told[place].text)
                made.setToolTip(as_tooltip(told[place].told))
                made.setAccessibleDescription(told[place].told)
                restyle(made, badge=told[place].look)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The message stays in view when the room for it changes."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._see_message)

    def _add_triage(self) -> None:
        self.message.lines.addSpacing(SPACE[1])
        self.message.lines.addWidget(flowing(*self.badges, self.correct))
        self.message.lines.addWidget(self.why)

    def _show_post(self, text: str) -> None:
        self.post.setVisible(bool(text.strip()))
        if text.strip():
            self.post.author.setText(self._desk.t("ui.inbox.post"))
            self.post.show_text(text, ASIDE)

    def _see_message(self) -> None:
        bar = self.area.verticalScrollBar()
        self._lines.activate()
        place = self.message.geometry()
        self.placed.emit(place.height() + SPACE[1])
        room = self.area.viewport().height()
        # Whole if it fits, what stands before it above; else from its beginning.
        top, bottom = place.top(), place.bottom() + SPACE[1]
        bar.setValue(max(0, bottom - room) if bottom - top <= room else top)


def _fill(places: list[Said], messages: list[Message] | tuple[Message, ...], now: datetime) -> None:
    for place, made in enumerate(places):
        if place < len(messages):
            made.show_message(messages[place], ASIDE, now)
        else:
            made.hide()
