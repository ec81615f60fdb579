"""The reply to the message on screen: why there may be none, approaches side by side, own words, the item."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from copilot.domain.conversation import ReplyProposal
from ui.autosave import Autosave
from ui.screens._inbox.approaches import MOST, Approaches
from ui.screens._inbox.head import Head
from ui.screens._inbox.similar import SimilarReplies
from ui.screens._inbox.writing import Writing, key_of
from ui.widgets.basic import badge, button, column, icon_button, label, restyle, row, scrolled
from ui.widgets.item_editor import ItemEditor
from ui.widgets.status import show_status
from ui.widgets.text_editor import TextEditor

if TYPE_CHECKING:
    from copilot.domain.inbox import InboxRow
    from copilot.services.inspection import Inspected
    from ui.desk import Desk


#: The width, in px at 100 %, that has room for the names of all approaches.
WIDE = 540
#: The height, in px at 100 %, from which there is room for a line about similar replies.
HIGH = 170
#: Who wrote an offer, as items record it.
WRITERS = {"playbook": "playbook"}
#: The pages: why there is no reply and the person's own words; approaches side by side; the reply that is kept.
WORDS, OFFERS, REPLY = range(3)


class Notice(QFrame):
    """Why a message gets no reply from a machine, and what to do instead."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._t = desk.t
        self.title = label("", "strong", wrap=True)
        self.text = label("", wrap=True, selectable=True)
        column(self.title, self.text, space=1, margins=(3, 2, 3, 2), parent=self)
        self.hide()

    def show_silence(self, silence: ReplyProposal | None) -> None:
        """Say why there is no reply; None takes the notice away."""
        self.setVisible(silence is not None)
        if silence is None:
            return
        t = self._t
        kind = "human_now" if silence.human_now else "do_not_answer" if silence.do_not_answer else "to_be_read"
        bar = {"human_now": "danger", "do_not_answer": "info"}.get(kind, "warn")
        self.title.setText(t(f"ui.inbox.silence.{kind}"))
        restyle(self.title, tone=bar)
        why = " ".join(t.wording(one) for one in silence.why)
        self.text.setText("\n".join(part for part in (why, t(f"ui.inbox.silence.{kind}.do")) if part))
        restyle(self, bar=bar)
        self.setAccessibleName(self.title.text())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Its height follows from its width alone: Qt would reckon with a column of single words."""
        return QSize(super().minimumSizeHint().width(), 0)


class OwnWords(TextEditor):
    """Takes the room that is left; it asks for no more than its fewest lines, for there may be a notice above."""

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())


class ReplyPane(QWidget):
    """Shows the reply to one message at a time. ``changed`` tells that what can be done changed."""

    changed = Signal()
    to_list = Signal()

    def __init__(self, desk: Desk, writing: Writing) -> None:
        super().__init__()
        self._desk = desk
        self._writing = writing
        t = desk.t
        self.row: InboxRow | None = None
        self._silence: ReplyProposal | None = None
        self._comparing = False
        self._own_wanted = False
        self.title = label(t("ui.inbox.reply"), "title")
        self.status = badge("")
        self.brand = QComboBox()
        self.brand.setAccessibleName(t("ui.inbox.brand"))
        self.brand.hide()
        self.selected = badge("", "accent")
        self.selected.hide()
        self.notice = Notice(desk)
        self.hint = label("", "muted", wrap=True)
        self.reread = label("", "small", tone="warn", wrap=True)
        self.reread.hide()
        self.approaches = Approaches(desk)
        self.own = OwnWords(desk.theme, t("ui.inbox.own"), smallest_lines=4)
        self.own.setPlaceholderText(t("ui.inbox.own.hint"))
        self.item = ItemEditor(desk, owner_name=t("ui.inbox.reply.text"))
        self.similar = SimilarReplies(desk)
        self.similar.taken.connect(self.reuse)
        self._autosave = Autosave(desk, self, lambda: {"text": self.own.text()})
        self.chips = [self._chip(place) for place in range(MOST)]
        self.compare = icon_button("columns-2", t("ui.inbox.compare"), self._compare)
        # Once laid out: never while Qt is at it.
        self._sight = QTimer(self, singleShot=True, interval=0)
        self._sight.timeout.connect(self._see_own)
        self._lay_out()
        self.approaches.taken.connect(self.choose)
        self.own.changed_by_hand.connect(self._typed)
        self.item.inspected.connect(lambda _told: self.changed.emit())
        self.item.committed.connect(self._committed)
        writing.offered.connect(self._offered)
        writing.drafted.connect(self._drafted)
        self._show()

    @property
    def message_id(self) -> int:
        """The message on screen, 0 when none."""
        return self.row.message.id if self.row else 0

    def turn_to(self, row: InboxRow | None, inspected: Inspected | None, silence: ReplyProposal | None) -> None:
        """Show the reply to another message, or what is new of this one."""
        before = self.message_id
        other = before != (row.message.id if row else 0)
        self.row, self._silence = row, silence
        if row is not None:
            self._writing.follow(row)
        if other:
            self._comparing = self._own_wanted = False
            if before:
                self._writing.leave(before)
            self._words.verticalScrollBar().setValue(0)
            self._turn_own(row, with_item=inspected is not None)
            self.similar.turn_to(row, self._writing.brand)
        if inspected is not None:
            self.item.show_item(inspected)
        elif other or self.item.item_id is not None:
            self.item.clear()
        self._offer_at_once()
        self._show()

    def keep_for(self, rows: Sequence[InboxRow]) -> None:
        """These messages are about to be corrected: what is written to them was written for what they are now."""
        for one in rows:
            is_typed = one.message.id == self.message_id and bool(self.own.text().strip())
            if one.message.triage is not None and (is_typed or one.item_id is not None):
                self._writing.keep_for(one.message.id, one.message.triage.intent)

    def propose(self) -> None:
        """Ask for approaches; asked again, they are written anew."""
        if self.row is None or self.row.message.author.is_owner:
            return
        self._comparing = True
        self._writing.ask(self.row, by_person=True)
        self._show()

    def choose(self, place: int) -> None:
        """Take an approach: as the reply, or undoably in place of what the reply says."""
        offers = self._writing.offers(self.message_id)
        offer = offers.usable(place) if offers else None
        if offer is None or offers is None:
            if offers is not None and offers.is_running and place < MOST:
                self._desk.tell("info", self._desk.t("ui.inbox.still_writing"))
            elif offers is None and self.item.item_id is not None:
                self._desk.tell("info", self._desk.t("ui.inbox.no_offers"))
            return
        self._comparing = False
        self._writing.renew(self.message_id)
        if self.item.item_id is not None:
            self.item.set_text_undoable(offer.text)
        else:
            self._own_wanted = False
            self._draft(offer.text, approach=offer.approach, writer=WRITERS.get(offers.provider, "chain"))
        self._show()

    def write(self) -> None:
        """Go to the editor."""
        if self.row is None or self.row.message.author.is_owner:
            return
        self._comparing = False
        if self.item.item_id is None:
            self._own_wanted = True
        self._show()
        (self.item.editor if self.item.item_id is not None else self.own).setFocus()
        self._sight.start()

    def insert(self, text: str) -> None:
        """Put a saved reply where the person types, undoably."""
        self.write()
        if self.item.item_id is not None:
            self.item.insert_at_cursor(text)
        else:
            self.own.insert_at_cursor(text)

    def reuse(self, text: str) -> None:
        """Put a reply that was given before in place of what is written, undoably."""
        self._writing.renew(self.message_id)
        if self.item.item_id is not None:
            self.item.set_text_undoable(text)
            self.item.editor.setFocus()
        else:
            self.write()
            self.own.replace_all_undoable(text)

    def with_item(self, then: Callable[[Inspected], None]) -> bool:
        """Run ``then`` with the reply as stored, once what is typed is; False when there is nothing to decide on."""
        if self.row is None:
            return False
        if self.item.item_id is not None:
            self.item.commit(then)
            return True
        if self.own.text().strip():
            self._draft(self.own.text(), then=then)
            return True
        offers = self._writing.offers(self.message_id)
        offer = offers.usable(0) if offers else None
        if offers is None or offer is None:
            return False
        self._draft(offer.text, approach=offer.approach, writer=WRITERS.get(offers.provider, "chain"), then=then)
        return True

    def leave(self) -> None:
        """The screen goes: what is typed is kept."""
        self._autosave.keep_now()
        self.item.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Approaches go by their number alone where there is no room for their names."""
        super().resizeEvent(event)
        self.similar.give_room(enough=self.height() >= self._desk.theme.px(HIGH))
        self._show_chips(self.pages.currentIndex())

    def _lay_out(self) -> None:
        self.head = Head(self.title, self.status, self.selected, choice=self.brand)
        self._chip_line = QWidget()
        row(*self.chips, 1, self.compare, space=1, parent=self._chip_line)
        words = column(self.notice, self.hint, self.own, 0, margins=(0, 0, 2, 0))
        words.setStretchFactor(self.own, 1)
        self._words = _area(words)
        self._words.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._sight.start())
        self.pages = QStackedWidget()
        for page in (self._words, self.approaches, _area(column(self.item, 1, margins=(0, 0, 2, 0)))):
            self.pages.addWidget(page)
        lines = column(self.head, self._chip_line, self.reread, space=2, parent=self)
        lines.addWidget(self.pages, 1)
        lines.addWidget(self.similar)

    def _see_own(self) -> None:
        """Below a notice the editor may be out of sight, and the room changes while someone types there."""
        if self.own.hasFocus():
            place = self.own.geometry()
            for edge in (place.bottom(), place.top()):
                self._words.ensureVisible(0, edge, 0, 0)
            # Where the editor is higher than the room for it: the line that is typed.
            self._words.ensureWidgetVisible(self.own, 0, 0)

    def _chip(self, place: int) -> Any:
        made = button("", "chip", run=lambda: self.choose(place))
        made.hide()
        return made

    def _compare(self) -> None:
        self._comparing = not self._comparing
        self._show()

    def _offer_at_once(self) -> None:
        """The playbook costs nothing: what it proposes is there when the person looks."""
        wanted = self.row is not None and self.item.item_id is None and self._silence is None
        if not wanted or self.row is None or self.row.state.value not in ("waiting", "skipped", "human"):
            return
        if self._writing.provider == "playbook" and self._writing.offers(self.message_id) is None:
            self._writing.ask(self.row, by_person=False)

    def _turn_own(self, row: InboxRow | None, *, with_item: bool) -> None:
        self._autosave.follow(key_of(row.message.id) if row and not with_item else "")
        self.own.show_text("")
        if row is None or with_item or row.message.author.is_owner:
            return
        message_id = row.message.id

        def found(copy: Any) -> None:
            text = copy.body.get("text") if copy is not None else None
            if self.message_id == message_id and isinstance(text, str) and text and not self.own.text():
                self.own.show_text(text)
                self._own_wanted = True
                self._show()

        self._desk.run(lambda copilot: copilot.working.get(key_of(message_id)), found, owner=self)

    def _typed(self) -> None:
        self._autosave.touched()
        self._sight.start()
        self.changed.emit()

    def _draft(self, text: str, **how: Any) -> None:
        if self.row is not None:
            self._writing.draft(self.row, text, **how)

    def _drafted(self, message_id: int, kept: Inspected) -> None:
        if message_id != self.message_id:
            return
        focused = self.own.hasFocus()
        self._autosave.follow("")
        self.own.show_text("")
        self._own_wanted = False
        self.item.show_item(kept)
        self._show()
        if focused:
            self.item.editor.setFocus()

    def _offered(self, message_id: int) -> None:
        if message_id == self.message_id:
            self._show()

    def _committed(self, _stored: Inspected) -> None:
        self._show()

    def _show(self) -> None:
        t, offers = self._desk.t, self._writing.offers(self.message_id) if self.row else None
        item = self.item.item
        has_item = item is not None
        silence = self._silence or (offers.silence if offers else None)
        self.notice.show_silence(None if has_item else silence)
        self.status.setVisible(has_item)
        if item is not None:
            show_status(self.status, t, item.status)
            # Replies rarely carry hashtags: their line only takes room when there are some.
            self.item.chips.setVisible(bool(item.hashtags))
        found = offers.found if offers else []
        self_written = self._own_wanted and not has_item
        page = REPLY if has_item else WORDS
        if found and (self._comparing if has_item else silence is None and not self_written):
            page = OFFERS
        if self.own.hasFocus() and not self_written:
            # Qt would give it to the next button, and what is typed next would press that.
            self._words.setFocus()
        self.own.setVisible(self_written)
        self.hint.setText("" if has_item or self_written else self._hint(silence))
        self.hint.setVisible(bool(self.hint.text()))
        self.pages.setCurrentIndex(page)
        if offers is not None and page == OFFERS:
            self.approaches.show_offers(offers)
        self._show_reread(is_written=has_item or self_written)
        self._show_chips(page)
        self.changed.emit()

    def _show_reread(self, *, is_written: bool) -> None:
        t, row = self._desk.t, self.row
        before = self._writing.outlived(row) if row is not None and is_written else None
        now = row.message.triage if row is not None else None
        if before is not None and now is not None:
            self.reread.setText(
                t("ui.inbox.reread", before=t(f"intent.{before.value}"), now=t(f"intent.{now.intent.value}"))
            )
        self.reread.setVisible(before is not None and now is not None)

    def _show_chips(self, page: int) -> None:
        t, offers = self._desk.t, self._writing.offers(self.message_id) if self.row else None
        found = offers.found[:MOST] if offers else []
        writes = page == REPLY or (page == WORDS and not self.own.isHidden())
        visible = bool(found) and writes
        for place, chip in enumerate(self.chips):
            chip.setVisible(visible and place < len(found))
            if place < len(found):
                name = t(f"ui.inbox.approach.{found[place].approach.value}")
                chip.setText(f"{place + 1}  {name}" if self.width() >= self._desk.theme.px(WIDE) else str(place + 1))
                chip.setToolTip(name)
                chip.setAccessibleName(t("ui.inbox.offer", place=place + 1, name=name))
                chip.setEnabled(offers is not None and offers.usable(place) is not None)
        told = t("ui.inbox.compare.end") if page == OFFERS else t("ui.inbox.compare")
        self.compare.setToolTip(told)
        self.compare.setAccessibleName(told)
        self.compare.setVisible(bool(found) and (writes or self.item.item_id is not None))
        self._chip_line.setVisible(visible or self.compare.isVisibleTo(self._chip_line))

    def _hint(self, silence: ReplyProposal | None) -> str:
        t = self._desk.t
        if self.row is None:
            return t("ui.inbox.choose")
        if self.row.message.author.is_owner:
            return t("ui.inbox.own_message")
        offers = self._writing.offers(self.message_id)
        if offers is not None and offers.is_running:
            return t("ui.inbox.writing")
        return "" if silence is not None else t("ui.inbox.no_reply_yet")


def _area(lines: QVBoxLayout) -> QScrollArea:
    """``lines`` scroll where there is no room for them: the message that is answered keeps its own."""
    inside = QWidget()
    inside.setLayout(lines)
    made = scrolled(inside)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made
