"""One approach for a whole group: a reply is written to each message, then all are read and approved, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QProgressBar, QWidget

from copilot.domain.conversation import Approach
from ui.desk import Changes, Desk
from ui.dialogs.base import Dialog
from ui.drafts import taken_away
from ui.widgets.basic import Field, button, label, restyle
from ui.widgets.message_words import beginning

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.brand import Brand
    from copilot.domain.grouping import MessageGroup
    from copilot.services._reply_writing import Answered
    from copilot.services.grouping import GroupAnswered, Skipped
    from ui.runner import Job


class AnswerOnce(Dialog):
    """``approve_asked`` tells the drafts to be read and approved as a list, each on its own.

    ``drafted`` tells, once it is closed, the drafts that were made and left, by their message.
    """

    approve_asked = Signal(list)
    drafted = Signal(object)

    def __init__(self, desk: Desk, group: MessageGroup, brand: Brand | None, parent: QWidget) -> None:
        t = desk.t
        super().__init__(t("ui.answer_once.title"), parent)
        self._desk, self._group, self._brand = desk, group, brand
        self._job: Job | None = None
        self._items: list[int] = []
        self._of_messages: dict[int, int] = {}
        #: Those that nobody may approve before they are corrected: one of them would hold back all the others.
        self._to_correct: set[int] = set()
        #: Messages by the reason why none is due, and by the reason why a person must see to them.
        self._why: Counter[str] = Counter()
        self._to_read: Counter[str] = Counter()
        self.at_least(desk.theme.px(540), desk.theme.px(400))
        self.body.addWidget(label(beginning(group.name, 120), "strong", wrap=True))
        self.body.addWidget(label(t("ui.answer_once.hint", count=group.size), "muted", wrap=True))
        self.approach = QComboBox()
        for one in Approach:
            self.approach.addItem(t(f"ui.inbox.approach.{one.value}"), one)
        self.provider = QComboBox()
        self.provider.addItem(t("ui.answer_once.playbook"), "playbook")
        for source in desk.settings.providers:
            self.provider.addItem(source.id, source.id)
        self.provider.setCurrentIndex(max(0, self.provider.findData(desk.settings.default_provider)))
        self.body.addWidget(Field(t("ui.answer_once.approach"), self.approach, t("ui.answer_once.approach.hint")))
        self.body.addWidget(Field(t("ui.answer_once.provider"), self.provider))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(t("ui.inbox.progress"))
        self.bar.hide()
        self.said = label("", wrap=True)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.said)
        self.body.addStretch(1)
        self.cancel = button(t("ui.cancel"), run=self._stop)
        self.undo = button(t("ui.answer_once.undo"), "quiet", run=self._undo)
        self.undo.hide()
        self.go_on = button(t("ui.answer_once.write"), "primary", run=self._go_on)
        self.buttons(self.undo, 1, self.cancel, self.go_on)
        desk.actions.add(
            self, "answer_once.go", t("ui.answer_once.write"), self._go_on, group=t("ui.inbox.title"),
            keys="Ctrl+Return", listed=False,
        )  # fmt: skip
        desk.run(lambda copilot: copilot.groups.approach_for(group.id), self._suits, owner=self)
        self.finished.connect(lambda _how: self.drafted.emit(dict(self._of_messages)))
        self.approach.setFocus()

    def _suits(self, found: Approach | None) -> None:
        if found is not None and self._job is None:
            self.approach.setCurrentIndex(self.approach.findData(found))

    def _go_on(self) -> None:
        """Write the replies; once they are there, approve them."""
        if self._job is not None or not self.go_on.isEnabled():
            return
        if self._items:
            items = self._approvable()
            self.accept()
            self.approve_asked.emit(items)
            return
        self._write()

    def _write(self) -> None:
        t, group, brand, person = self._desk.t, self._group, self._brand, self._desk.person
        approach, provider = self.approach.currentData(), str(self.provider.currentData())

        async def work(copilot: Copilot) -> AsyncIterator[Any]:
            from copilot.services.grouping import GroupRequest

            request = GroupRequest(group.id, Approach(approach), copilot.writer(provider), brand, person)
            async with aclosing(copilot.groups.answer(request)) as told:
                async for one in told:
                    yield one

        for one in (self.approach, self.provider, self.go_on):
            one.setEnabled(False)
        self._why.clear()
        self._to_read.clear()
        self.bar.setRange(0, max(1, group.size))
        self.bar.setValue(0)
        self.bar.show()
        self.said.setText(t("ui.answer_once.writing"))
        self._job = self._desk.stream(work, self._arrived, failed=self._failed, owner=self)
        self._job.finished.connect(self._ended)

    def _arrived(self, told: list[Any]) -> None:
        from copilot.services._reply_writing import Answered
        from copilot.services.grouping import GroupAnswered, Skipped

        for one in told:
            if isinstance(one, Skipped):
                self._skipped(one)
            elif isinstance(one, Answered):
                self._answered(one)
            elif isinstance(one, GroupAnswered):
                self._done(one)
        done = len(self._items) + self._why.total() + self._to_read.total()
        self.bar.setValue(done)
        if self._job is not None:
            self.said.setText(self._desk.t("ui.answer_once.progress", done=done, total=self._group.size))

    def _approvable(self) -> list[int]:
        return [one for one in self._items if one not in self._to_correct]

    def _skipped(self, one: Skipped) -> None:
        self._why[self._desk.t.wording(one.why)] += 1

    def _answered(self, one: Answered) -> None:
        t = self._desk.t
        if one.inspected is not None:
            self._items.append(one.inspected.item.id)
            self._of_messages[one.message.id] = one.inspected.item.id
            if any(not finding.confirmable for finding in one.inspected.blocking):
                self._to_correct.add(one.inspected.item.id)
        elif one.error is not None:
            self._to_read[t.error(one.error)] += 1
        elif one.proposal is not None:
            reasons = self._why if one.proposal.do_not_answer else self._to_read
            reasons[" ".join(t.wording(why) for why in one.proposal.why)] += 1

    def _done(self, told: GroupAnswered) -> None:
        self._items = list(told.items)

    def _failed(self, error: Exception) -> None:
        self._desk.tell_error(error)

    def _ended(self) -> None:
        t = self._desk.t
        self._job = None
        self.bar.hide()
        for one in (self.approach, self.provider):
            one.setEnabled(True)
        self.go_on.setEnabled(not self._items or bool(self._approvable()))
        lines = [t("ui.answer_once.done", count=len(self._items))]
        if self._to_correct:
            lines.append(t("ui.answer_once.to_correct", count=len(self._to_correct)))
        if self._to_read:
            lines.append(t("ui.answer_once.to_read", count=self._to_read.total()))
            lines += [t("ui.answer_once.because", count=count, why=why) for why, count in self._to_read.most_common()]
        lines += [t("ui.answer_once.left_out", count=count, why=why) for why, count in self._why.most_common()]
        self.said.setText("\n".join(lines))
        restyle(self.said, tone="" if self._items else "warn")
        self.go_on.setText(t("ui.answer_once.approve") if self._items else t("ui.answer_once.write"))
        self.go_on.setAccessibleName(self.go_on.text())
        self.undo.setVisible(bool(self._items))
        self.cancel.setText(t("ui.answer_once.keep") if self._items else t("ui.close"))
        self.cancel.setAccessibleName(self.cancel.text())
        self._desk.announce(Changes(items=frozenset(self._items), threads=True))

    def _stop(self) -> None:
        """Stop the writing: what is written stays as drafts; else close."""
        if self._job is not None:
            self._job.cancel()
        else:
            self.reject()

    def _undo(self) -> None:
        items, person = tuple(self._items), self._desk.person
        t = self._desk.t

        def done(archived: tuple[int, ...]) -> None:
            self._desk.announce(Changes(items=frozenset(items), threads=True))
            self._desk.tell("ok", taken_away(t, len(archived), len(items) - len(archived)))
            self._of_messages.clear()
            self.reject()

        self._desk.run(lambda copilot: copilot.groups.undo(items, by=person), done, owner=self)

    def reject(self) -> None:
        """Closing stops what is being written."""
        if self._job is not None:
            self._job.cancel()
        super().reject()
