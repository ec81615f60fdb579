"""Messages that say the same, one line a group: its words, its size, how it grows, and one that speaks for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QStackedWidget, QStyleOptionViewItem, QWidget

from ui.tokens import SPACE
from ui.widgets.basic import EmptyState, button, column, icon_button, label
from ui.widgets.flow import Flow
from ui.widgets.message_words import beginning
from ui.widgets.row_delegate import CardRowDelegate

if TYPE_CHECKING:
    from collections.abc import Callable

    from copilot.app import Copilot
    from copilot.domain.grouping import MessageGroup
    from copilot.domain.inbox import InboxRow
    from copilot.i18n import Translator
    from ui.desk import Desk
    from ui.runner import Job
    from ui.screens._inbox.progress import Progress
    from ui.theme import Theme

#: Groups listed, the largest first.
MOST = 300
GROUP, EXAMPLE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
#: Characters under which a shortened badge says nothing.
FEWEST_SHOWN = 4
ALARM_LOOK = {"raid": "danger", "spam": "warn"}


@dataclass(frozen=True, slots=True)
class Pill:
    """A badge of a row: ``left`` and ``width`` in px, from the side of the row."""

    text: str
    look: str
    left: int
    width: int


class GroupDelegate(CardRowDelegate):
    """Name and size on a line, the message that stands for all on two, what is said of the group below."""

    def __init__(self, t: Callable[..., str], theme: Theme, parent: QObject) -> None:
        self._t = t
        super().__init__(theme, parent)

    def forget(self) -> None:
        super().forget()
        self.height = SPACE[3] * 2 + 3 * self._line + self._badge + SPACE[2]

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        group: MessageGroup = index.data(GROUP)
        colours = self._theme.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option.rect, option.state, SPACE[3])
        area = option.rect.adjusted(SPACE[3], SPACE[3], -SPACE[3], -SPACE[2])
        size = self._t("ui.groups.size", count=group.size)
        painter.setFont(self._small)
        wide = QFontMetrics(self._small).horizontalAdvance(size)
        painter.setPen(QColor(colours.muted))
        painter.drawText(QRect(area.right() - wide, area.top(), wide + 1, self._line), 0, size)
        painter.setFont(self._strong)
        painter.setPen(QColor(colours.text))
        name = beginning(group.name, 80)
        room = area.width() - wide - SPACE[3]
        shown = QFontMetrics(self._strong).elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(area.left(), area.top(), room, self._line), 0, shown)
        self._example(painter, area, str(index.data(EXAMPLE) or ""))
        self._said(painter, area, group)
        painter.restore()

    def _example(self, painter: QPainter, area: QRect, text: str) -> None:
        painter.setFont(self._body)
        painter.setPen(QColor(self._theme.colours.muted))
        metrics = QFontMetrics(self._body)
        words = metrics.elidedText(beginning(text, 300), Qt.TextElideMode.ElideRight, int(area.width() * 1.9))
        place = QRect(area.left(), area.top() + self._line + SPACE[1], area.width(), 2 * self._line)
        painter.drawText(place, Qt.TextFlag.TextWordWrap, words)

    def _said(self, painter: QPainter, area: QRect, group: MessageGroup) -> None:
        painter.setFont(self._small)
        top = area.bottom() - self._badge + 1
        for pill in self.pills(group, area.width()):
            self._pill(painter, QRect(area.left() + pill.left, top, pill.width, self._badge), pill.text, pill.look)

    def pills(self, group: MessageGroup, room: int) -> list[Pill]:
        """What is said of a group in ``room`` px: growth and alarm are shortened where they must, the rest left out."""
        metrics, left, placed = QFontMetrics(self._small), 0, list[Pill]()
        for text, look in said_of(group, self._t):
            inside = room - left - 2 * SPACE[2]
            shown = text
            if metrics.horizontalAdvance(text) > inside:
                shown = "" if look == "neutral" else metrics.elidedText(text, Qt.TextElideMode.ElideRight, inside)
            if len(shown) < FEWEST_SHOWN and shown != text:
                break
            wide = metrics.horizontalAdvance(shown) + 2 * SPACE[2]
            placed.append(Pill(shown, look, left, wide))
            left += wide + SPACE[1]
        return placed


def said_of(group: MessageGroup, t: Callable[..., str]) -> list[tuple[str, str]]:
    """What is said of a group, each with its look: how it grows first, the alarm, how alike, how many people."""
    alarm = ALARM_LOOK.get(group.alarm.value)
    said = []
    if group.growth is not None and group.growth.is_quick:
        said.append((t("ui.groups.growth", count=group.growth.last_hour), alarm or "info"))
    if alarm:
        said.append((t(f"ui.groups.alarm.{group.alarm.value}"), alarm))
    said.append((t(f"ui.groups.kind.{group.kind.value}"), "neutral"))
    said.append((t("ui.groups.authors", count=group.authors), "neutral"))
    return said


def explained(group: MessageGroup, t: Translator) -> str:
    """Over which time a group grew and what its alarm rests on, a line each; nothing of a group that does neither."""
    growth = (group.growth.wording,) if group.growth is not None and group.growth.is_quick else ()
    return "\n".join(map(t.wording, (*growth, *group.why)))


class GroupList(QListWidget):
    """Enter shows the messages of a group, B answers them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("bare", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)


class GroupsPanel(QWidget):
    """The groups of the thread on show. ``opened`` and ``answer_asked`` tell a group, ``turned`` its representative."""

    opened = Signal(object)
    answer_asked = Signal(object)
    turned = Signal(int)

    def __init__(self, desk: Desk, progress: Progress) -> None:
        super().__init__()
        t = desk.t
        self._desk, self._progress = desk, progress
        self._thread_id: int | None = None
        self._threads: tuple[int, ...] = ()
        self._reading: Job | None = None
        self._is_going_in = False
        self.list = GroupList(t("ui.groups.list"))
        self._delegate = GroupDelegate(t, desk.theme, self.list)
        self.list.setItemDelegate(self._delegate)
        desk.theme.changed.connect(self._restyle)
        self.seek = button(t("ui.groups.seek"), "primary", run=self.look_for_groups)
        self.again = icon_button("refresh-cw", t("ui.groups.again"), self.look_for_groups)
        self.open = button(t("ui.groups.open"), run=self._open)
        self.answer = button(t("ui.groups.answer"), "primary", run=self._answer)
        self.empty = EmptyState(desk.theme, "messages-square", t("ui.groups.none"), t("ui.groups.none.text"), self.seek)
        self.note = label("", "small", wrap=True)
        self.note.hide()
        found = QWidget()
        foot = QWidget()
        # Goes to a second line where words are long or large.
        flow = Flow(foot, space=2)
        for one in (self.answer, self.open, self.again):
            flow.addWidget(one)
        feet = column(self.note, foot, margins=(2, 1, 2, 2))
        lines = column(self.list, feet, parent=found)
        lines.setStretchFactor(self.list, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(found)
        column(self.pages, parent=self)
        self.list.currentItemChanged.connect(lambda _now, _before: self._follow())
        self.list.itemActivated.connect(lambda _item: self._open())
        desk.actions.add(
            self.list, "inbox.groups.answer", t("ui.groups.answer"), self._answer, group=t("ui.inbox.title"), keys="B",
        )  # fmt: skip

    @property
    def current(self) -> MessageGroup | None:
        """The group chosen in the list."""
        item = self.list.currentItem()
        group: MessageGroup | None = item.data(GROUP) if item is not None else None
        return group

    def go_in(self) -> None:
        """Read the groups, and have the keyboard once they are there."""
        self._is_going_in = True
        self.read()

    def follow(self, thread_id: int | None, threads: tuple[int, ...]) -> None:
        """Show the groups of another thread; None means of all."""
        self._thread_id, self._threads = thread_id, threads
        if self.isVisible():
            self.read()

    def read(self) -> None:
        """Read the groups that were found."""
        asked = self._thread_id

        async def work(copilot: Copilot) -> tuple[tuple[MessageGroup, ...], Mapping[int, InboxRow]]:
            groups = await copilot.groups.page(asked, most=MOST)
            rows = await copilot.inbox.rows([one.representative for one in groups])
            return groups, {row.message.id: row for row in rows}

        def done(told: tuple[tuple[MessageGroup, ...], Mapping[int, InboxRow]]) -> None:
            if asked == self._thread_id:
                self._show(*told)

        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._desk.run(work, done, owner=self)

    def look_for_groups(self) -> None:
        """Look for groups anew, in the thread on show or in all of them."""
        t = self._desk.t
        if self._progress.is_running:
            self._desk.tell("info", t("ui.inbox.busy"))
            return
        wanted = (self._thread_id,) if self._thread_id is not None else self._threads

        async def work(copilot: Copilot, report: Callable[[int, int], None]) -> bool:
            semantic = True
            for place, thread_id in enumerate(wanted):

                def share(done: int, total: int, begun: int = place) -> None:
                    report(begun * total + done, len(wanted) * total)

                semantic = (await copilot.groups.find(thread_id, share)).semantic and semantic
            return semantic

        def progressed(done: int, total: int) -> None:
            share = t.number(100 * done // max(1, total))
            self._progress.report(done, total, t("ui.groups.progress", share=share))

        job = self._desk.run_with_progress(work, progressed, self._found, owner=self)
        self._progress.follow(job, t("ui.groups.start"))

    def _found(self, semantic: bool) -> None:
        self.note.setText("" if semantic else self._desk.t("ui.groups.words_only"))
        self.note.setVisible(not semantic)
        self.read()

    def _show(self, groups: tuple[MessageGroup, ...], rows: Mapping[int, InboxRow]) -> None:
        kept = self.current.id if self.current is not None else 0
        self.list.clear()
        for one in groups:
            item = QListWidgetItem()
            item.setData(GROUP, one)
            row_of = rows.get(one.representative)
            item.setData(EXAMPLE, row_of.message.text if row_of else "")
            said = ", ".join(text for text, _look in said_of(one, self._desk.t))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.name}, {one.size}, {said}")
            item.setToolTip(explained(one, self._desk.t))
            self.list.addItem(item)
            if one.id == kept:
                self.list.setCurrentItem(item)
        # Whoever is here with the keyboard stays here: in the list, or on the way to a first one.
        focus = QApplication.focusWidget()
        is_here = self._is_going_in or (focus is not None and self.pages.isAncestorOf(focus))
        self._is_going_in = False
        self.pages.setCurrentIndex(1 if groups else 0)
        if groups and self.list.currentItem() is None:
            self.list.setCurrentRow(0)
        if is_here:
            (self.list if groups else self.seek).setFocus()
        self._follow()

    def _follow(self) -> None:
        group = self.current
        for one in (self.open, self.answer):
            one.setEnabled(group is not None)
        if group is not None and self.isVisible():
            self.turned.emit(group.representative)

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current)

    def _answer(self) -> None:
        if self.current is not None:
            self.answer_asked.emit(self.current)

    def _restyle(self) -> None:
        self._delegate.forget()
        self.list.doItemsLayout()

    def state(self) -> dict[str, Any]:
        """Which group is chosen."""
        return {"group": self.current.id if self.current is not None else 0}
