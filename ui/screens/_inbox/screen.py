"""The Inbox screen: threads come in, messages are triaged, answered, and none is forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui.desk import Changes, Desk
from ui.screen import Screen
from ui.screens._inbox.acts import Acts
from ui.screens._inbox.brands import Brands
from ui.screens._inbox.bulk import Bulk
from ui.screens._inbox.coming import Coming
from ui.screens._inbox.conversation import ConversationView
from ui.screens._inbox.correcting import Correcting
from ui.screens._inbox.decisions import Decisions, Taken
from ui.screens._inbox.empty import Emptiness
from ui.screens._inbox.filters import Filters
from ui.screens._inbox.grouped import Grouped
from ui.screens._inbox.kept import FIRST, bring_back, kept, lasting
from ui.screens._inbox.keys import Keys
from ui.screens._inbox.loading import Loading
from ui.screens._inbox.missing import Missing
from ui.screens._inbox.moderating import Moderating
from ui.screens._inbox.progress import Progress
from ui.screens._inbox.refining import Refining
from ui.screens._inbox.reply import ReplyPane
from ui.screens._inbox.room import Room
from ui.screens._inbox.selected import MessageLoader, Selected
from ui.screens._inbox.standing import Arranged, Standing
from ui.screens._inbox.strip import Strip
from ui.screens._inbox.strip_acts import StripActs
from ui.screens._inbox.tally import Tally
from ui.screens._inbox.writing import Writing
from ui.widgets.basic import card, column
from ui.widgets.hits import sought
from ui.widgets.message_list import MessageList
from ui.widgets.tab_order import follow_the_eye

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.inbox import Facets, InboxRow, ThreadSummary
    from copilot.services.inspection import Inspected
    from ui.runner import Job

#: Milliseconds after which what changed elsewhere is read anew.
SETTLE = 200
#: States that a message to answer can be in.
OPEN = ("waiting", "drafted")


class InboxScreen(Screen):
    """Filters above, the list at the left, the conversation and the reply at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.t("ui.inbox.title"))
        t = self.t
        self._wanted_id = 0
        self._listing: Job | None = None
        self._is_loaded = False
        self._threads: tuple[ThreadSummary, ...] = ()
        self.tally = Tally(t, self.head)
        self.filters = Filters(desk)
        self.strip = Strip(desk)
        self.strip_acts = StripActs(desk, self.strip, self.filters, self)
        self.progress = Progress(t)
        self.list = MessageList(desk, t("ui.inbox.list"))
        self.list.setProperty("bare", True)
        self.conversation = ConversationView(desk)
        self.writing = Writing(desk, self)
        self.reply = ReplyPane(desk, self.writing)
        self.coming = Coming(t)
        self.loading = Loading(desk, self.progress, self.coming, self)
        self.decisions = Decisions(desk, self)
        self.bulk = Bulk(desk, self.progress, self.decisions, self)
        self.loader = MessageLoader(desk, self.writing, self)
        self.standing = Standing(self)
        self.grouped = Grouped(desk, self)
        self.empty = Emptiness(desk, self.loading, self.filters)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE)
        self._settle.timeout.connect(self._read_all)
        self.moderating = Moderating(self)
        self.refining = Refining(self)
        self.missing = Missing(self)
        self.correcting = Correcting(self)
        self.brands = Brands(self)
        self.acts = Acts(self)
        self.keys = Keys(self)
        self._lay_out()
        self._connect()
        follow_the_eye(self)
        self.filters.bring_back(FIRST)
        self.setAcceptDrops(True)

    def appear(self) -> None:
        """Read what is there; the first time, and when nothing was shown yet."""
        self._show_count()
        if not self._is_loaded:
            self.brands.read()
            self._read_all()
        self.missing.catch_up()
        if self.list.isVisible():
            self.list.setFocus()

    def show_what(self, what: object) -> None:
        """Show one thread, by its id."""
        if isinstance(what, int):
            self.filters.choose_thread(what)

    def refresh(self, changes: Changes) -> None:
        """Take what changed; selection, scroll and what is typed stay."""
        if changes.brands or changes.settings:
            self.writing.forget()
            self.brands.read()
        if changes.items or changes.all_items or changes.threads:
            self.list.messages.refresh()
            self._settle.start()

    def leave(self) -> None:
        """Commit what is being typed."""
        self.reply.leave()

    def state(self) -> dict[str, Any]:
        """Filters, order, message and splitters."""
        return kept(self)

    def lasting(self, state: dict[str, Any]) -> dict[str, Any]:
        """The thread, the order, the message and splitters: nobody finds a list in the morning that is narrowed."""
        return lasting(state)

    def restore(self, state: dict[str, Any]) -> None:
        """Bring back what :meth:`state` gave."""
        bring_back(self, state)

    def want(self, message_id: int) -> None:
        """Turn to this message once the list is there."""
        self._wanted_id = message_id

    @property
    def chosen_count(self) -> int:
        """How many messages are selected, as far as their list is on show: not beside the groups."""
        return 0 if self.grouped.is_groups or self.stack.currentIndex() else self.list.chosen_count()

    @property
    def meant_id(self) -> int:
        """The message that what is decided is for, which is the one on show; 0 for none."""
        return self.loader.asked_id if self.grouped.is_groups else self.list.current_id

    def known(self, message_id: int) -> InboxRow | None:
        """What is known here of a message, in the list or on show."""
        row = self.reply.row
        is_on_show = row is not None and row.message.id == message_id
        return row if is_on_show else self.list.messages.known(message_id)

    # What there is.

    def _read_all(self) -> None:
        self._settle.stop()
        asked = self.filters.asked()
        if self._listing is not None:
            self._listing.cancel()
        arranged = self.standing.arranging((asked, self.grouped.group_id))

        async def listed(copilot: Copilot) -> Arranged:
            return await arranged(await self.grouped.narrowed(copilot, await copilot.inbox.ids(asked)))

        async def work(copilot: Copilot) -> tuple[Arranged, Facets, tuple[ThreadSummary, ...]]:
            # Side by side: the store answers each in a thread of its own.
            inbox = copilot.inbox
            return await asyncio.gather(listed(copilot), inbox.facets(asked), inbox.threads())

        self._listing = self.desk.run(work, self._listed, owner=self)

    def _listed(self, told: tuple[Arranged, Facets, tuple[ThreadSummary, ...]]) -> None:
        arranged, facets, threads = told
        (asked, _), ids = arranged.asked, arranged.ids
        first, self._is_loaded = not self._is_loaded, True
        self._threads = threads
        self.filters.set_threads(threads)
        self.grouped.follow(asked.thread_id, tuple(one.thread.id for one in threads))
        if self.filters.thread_id != asked.thread_id:
            # The thread on show was forgotten: all threads are, now.
            self._read_all()
            return
        self.brands.follow(threads)
        self._show_sought(asked.words)
        self.filters.set_facets(facets)
        self.strip.show_facets(asked, facets)
        self.strip.read(asked.thread_id)
        if first or not self.list.messages.shows(ids):
            self._show_ids(ids, from_top=arranged.is_new)
        self.standing.took(arranged)
        if not self.decisions.is_undoing:
            self.acts.run_waiting()
        waiting = sum(one.waiting for one in threads if asked.thread_id in (None, one.thread.id))
        self.tally.count((len(ids), waiting) if threads else None)
        self._show_count()
        self._show_emptiness(waiting)
        self.list.viewport().update()
        if first and self.list.isVisible():
            self.list.setFocus()

    def _show_ids(self, ids: tuple[int, ...], *, from_top: bool) -> None:
        keep = self._wanted_id or self.list.current_id
        place = self.list.currentIndex().row()
        self._wanted_id = 0
        self.list.show_ids(ids, keep)
        if ids and not self.list.current_id:
            # Another list begins at its top; in the same one the message went, and the one in its place is next.
            self.list.turn_to(ids[0 if from_top else max(0, min(place, len(ids) - 1))])

    def _show_sought(self, words: str) -> None:
        """Mark what is searched, in the list and in the conversation."""
        wanted = sought(words)
        self.list.show_sought(wanted)
        self.conversation.mark(wanted)

    def _show_count(self) -> None:
        self.tally.fit(self.contentsRect().width())

    def _show_emptiness(self, waiting: int) -> None:
        has_list = bool(self.list.messages.rowCount())
        if not has_list:
            self.empty.show_reason(bool(self._threads), waiting, self.filters)
        focused = self.list.hasFocus()
        self.filters.setVisible(bool(self._threads))
        self.strip.setVisible(bool(self._threads))
        self.stack.setCurrentIndex(0 if has_list else 1)
        if has_list and focused:
            self.list.setFocus()
        elif not has_list and not self.filters.search.hasFocus():
            self.empty.setFocus()
        self.keys.follow()

    # The message on screen.

    def _turned(self, message_id: int) -> None:
        # Beside the groups it is theirs that is on show, whatever the list behind them does.
        if not self.grouped.is_groups:
            self.loader.load(message_id)

    def _shown(self, told: Selected | None) -> None:
        if told is None:
            self.reply.turn_to(None, None, None)
        else:
            self.conversation.show_conversation(told.conversation)
            self.list.messages.put(told.conversation.row)
            self.reply.turn_to(told.conversation.row, told.inspected, told.silence)
        self.right.setVisible(told is not None)
        self.keys.follow()

    def _drafted(self, message_id: int, kept: Inspected) -> None:
        self._put_state(message_id, "drafted", kept.item.id)

    def _put_state(self, message_id: int, state: str, item_id: int | None = None) -> None:
        from copilot.domain.inbox import State

        known = self.list.messages.known(message_id)
        if known is not None:
            changed = replace(known, state=State(state), item_id=item_id or known.item_id)
            self.list.messages.put(changed)
            if message_id == self.reply.message_id:
                self.reply.row = changed
                self.conversation.show_row(changed)

    def go_on(self, decided: tuple[int, ...], state: str) -> None:
        """The next message is there at once; what was decided goes where the filter sends it."""
        asked = self.filters.asked()
        stays = not asked.states or state in {one.value for one in asked.states}
        if len(decided) > 1:
            self.list.messages.refresh(decided)
            self._read_all()
            return
        if self.grouped.is_groups:
            self.loader.load(self.meant_id)
        for one in decided:
            self._put_state(one, state)
            if one == self.list.current_id and not self.list.step(1) and not stays:
                self.list.step(-1)
            if not stays:
                self.list.messages.take_out(one)
        if not self.list.messages.rowCount():
            self.list.turned.emit(0)
            self._show_emptiness(0)
        self._settle.start()

    def to_list(self) -> None:
        """Back to the list."""
        if self.list.isVisible():
            self.list.setFocus()

    def _taken_back(self, last: Taken) -> None:
        """What was taken back is on screen again, even when the filter had sent it away."""
        self._wanted_id = last.messages[0] if last.messages else 0
        self.list.messages.refresh(last.messages)
        if self.list.turn_to(self._wanted_id) or self._wanted_id == self.meant_id:
            self.loader.load(self._wanted_id)
            self.acts.run_waiting()
        self._read_all()

    def _not_decided(self) -> None:
        # What was meant for a message that did not come back is not done to another one.
        self.acts.drop_waiting()
        self._read_all()

    def rows_changed(self, ids: Sequence[int]) -> None:
        """What is known of these messages is another now."""
        self.list.messages.refresh(ids)
        if self.meant_id in ids:
            self.loader.load(self.meant_id)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The count is told in as many words as there is room for."""
        super().resizeEvent(event)
        self.room.fit()
        self._show_count()

    def _thread_loaded(self, thread_id: int) -> None:
        # The list of threads first: the new one is not in it yet.
        self.filters.bring_back({**FIRST, "thread": thread_id})
        self.strip.forget()
        self._read_all()

    # How it looks.

    def _lay_out(self) -> None:
        self.head.insertWidget(1, self.tally.label)
        for made in self.keys.head_buttons():
            self.head.addWidget(made)
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.setChildrenCollapsible(False)
        self.across.setHandleWidth(8)
        left = card()
        lines = column(self.grouped.views, self.grouped.chip, self.grouped.stack, space=1, parent=left)
        lines.setContentsMargins(2, 4, 2, 4)
        lines.setStretchFactor(self.grouped.stack, 1)
        left.setMinimumWidth(280)
        self.across.addWidget(left)
        self.across.addWidget(self._right())
        self.across.setStretchFactor(0, 2)
        self.across.setStretchFactor(1, 3)
        self.across.setSizes([400, 640])
        self.stack = QStackedWidget()
        self.stack.addWidget(self.across)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.filters)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.coming)
        self.body.addWidget(self.stack, 1)
        self.strip.hide()
        self.filters.hide()

    def _right(self) -> QWidget:
        self.down = QSplitter(Qt.Orientation.Vertical)
        self.down.setChildrenCollapsible(False)
        self.down.setHandleWidth(8)
        said: QFrame = card()
        column(self.conversation, margins=3, parent=said)
        answer: QFrame = card()
        self.keys.fill_head(self.reply.head)
        lines: QVBoxLayout = column(self.reply, space=2, margins=3, parent=answer)
        lines.setStretchFactor(self.reply, 1)
        self.foot = self.keys.foot()
        lines.addWidget(self.foot)
        self.down.addWidget(said)
        self.down.addWidget(answer)
        self.down.setStretchFactor(0, 1)
        self.down.setStretchFactor(1, 1)
        self.down.setSizes([225, 325])
        self.room = Room(self, (said, answer))
        self.right = QWidget()
        column(self.down, parent=self.right)
        self.right.hide()
        holder = QWidget()
        column(self.right, parent=holder)
        holder.setMinimumWidth(420)
        return holder

    def _connect(self) -> None:
        self.filters.changed.connect(self._read_all)
        self.filters.to_list.connect(self.to_list)
        self.list.turned.connect(self._turned)
        self.list.chosen.connect(lambda _count: self.keys.follow())
        self.list.entered_message.connect(lambda _id: self.reply.write())
        self.loader.came.connect(self._shown)
        self.writing.drafted.connect(self._drafted)
        self.reply.changed.connect(self.keys.follow)
        self.reply.similar.all_wanted.connect(self.acts.saved_replies)
        self.loading.loaded.connect(self._thread_loaded)
        self.bulk.rows_changed.connect(self.rows_changed)
        self.decisions.taken_back.connect(self._taken_back)
        self.decisions.failed.connect(self._not_decided)
        self.decisions.changed.connect(self.keys.follow)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """Files are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """Load what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.loading.open_paths(paths)
        else:
            self.desk.tell("info", self.t("ui.inbox.drop_files"))
