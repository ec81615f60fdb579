"""The right side: one item with all that a decision needs before the eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from copilot import networks
from copilot.domain.item import ItemKind, PlannedTime
from copilot.domain.review import Action
from ui.desk import Changes, Desk
from ui.screens._review.folding import Folding
from ui.screens._review.planned import PlannedField
from ui.screens._review.source import Source
from ui.widgets.basic import badge, card, column, icon_button, label, restyle, row, scrolled
from ui.widgets.diff_view import DiffView
from ui.widgets.item_editor import CLOSED, ItemEditor
from ui.widgets.status import capital, show_status

if TYPE_CHECKING:
    from datetime import datetime

    from copilot.app import Copilot
    from copilot.domain.item import Item
    from copilot.services.inspection import Inspected
    from ui.screens._review.loading import Whole

#: A decision that the person who writes must read.
TOLD = {Action.REQUEST_CHANGES: "warn", Action.REJECT: "danger", Action.APPROVE: "ok"}


def whole_text(text: str, tags: tuple[str, ...]) -> str:
    """Words and hashtags as one text, to be compared."""
    return "\n\n".join(part for part in (text, " ".join(f"#{tag}" for tag in tags)) if part)


class ItemPanel(QFrame):
    """Shows a :class:`Whole`. ``history_asked`` and ``copied`` are told by its buttons."""

    history_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("card", "true")
        self._whole: Whole | None = None
        t = desk.t
        self.status = badge("")
        self.where = label("", "title", wrap=True)
        self.where.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.by = label("", "small", wrap=True)
        self.copy_button = icon_button("copy", t("ui.review.copy"))
        self.history_button = icon_button("history", t("ui.history.title"))
        self.planned = PlannedField(desk)
        self.planned.changed_by_hand.connect(self._plan)
        self.told = card("sunken")
        self.told_text = label("", wrap=True, selectable=True)
        column(self.told_text, margins=(3, 2, 3, 2), parent=self.told)
        self.source = Source(desk)
        self.editor = ItemEditor(desk, owner_name=t("ui.review.text"))
        self.editor.edited.connect(self._follow_text)
        self.editor.inspected.connect(self._checked)
        self.editor.committed.connect(self._checked)
        self.diff = DiffView(desk.theme, t("ui.review.diff"))
        self.diff.setMinimumHeight(desk.theme.px(130))
        self.diff_fold = Folding(t("ui.review.diff"), self.diff)
        self.diff_fold.toggled_by_hand.connect(lambda _open: self._follow_text())
        self.preview_fold = self._preview_fold()
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        inside = QWidget()
        column(
            self.told, self.source, self.editor, self.diff_fold, self.preview_fold, 1, space=3, margins=(4, 0, 4, 3),
            parent=inside,
        )  # fmt: skip
        self.area = scrolled(inside)
        head = column(
            row(self.status, self.where, self.copy_button, self.history_button, space=2), self.by, self.planned, space=1
        )
        head.setContentsMargins(16, 12, 12, 0)
        self.foot = QWidget()
        foot = column(self.foot, margins=(4, 1, 4, 3))
        column(head, self.area, foot, space=2, parent=self).setStretch(1, 1)

    def _preview_fold(self) -> Folding:
        from ui.widgets.network_preview import NetworkPreview

        self.preview = NetworkPreview(self.desk)
        made = Folding(self.desk.t("ui.review.preview"), self.preview)
        made.toggled_by_hand.connect(lambda _open: self._follow_text())
        return made

    @property
    def item_id(self) -> int | None:
        """The item on show."""
        return self.editor.item_id

    @property
    def item(self) -> Item | None:
        """The item on show, as stored."""
        return self.editor.item

    @property
    def whole(self) -> Whole | None:
        """What is on show."""
        return self._whole

    def clear(self) -> None:
        """Show nothing."""
        self._whole = None
        self.editor.clear()

    def show_whole(self, whole: Whole) -> None:
        """Show an item; what is being typed in it stays."""
        other = self._whole is None or self._whole.inspected.item.id != whole.inspected.item.id
        self._whole = whole
        self.editor.show_item(whole.inspected)
        if other or self.source.isHidden() is (whole.conversation is not None or whole.brief is not None):
            self.source.show_source(whole.conversation, whole.brief)
        self._show_head(whole.inspected)
        self._show_told(whole)
        self._follow_text()
        if other:
            self.area.verticalScrollBar().setValue(0)

    def _show_head(self, inspected: Inspected) -> None:
        whole, item, t = self._whole, inspected.item, self.desk.t
        if whole is None:
            return
        show_status(self.status, t, item.status)
        network = networks.get(item.network).label
        parts = [network, t(f"ui.kind.{item.kind.value}"), item.account]
        self.where.setText(" · ".join(part for part in parts if part))
        from ui.dates import moment

        at = moment(item.updated_at, t.language) if item.updated_at else ""
        writer = t(f"ui.review.writer.{item.writer}") if item.writer in ("playbook", "chain") else ""
        names = ", ".join(one for one in whole.authors if one != "–")
        by = t("ui.review.by", who=names) if names else ""
        self.by.setText(capital(" · ".join(part for part in (by, writer, at) if part)))
        self.planned.show_planned(item.planned, whole.zone, read_only=item.status in CLOSED)
        # A reply leaves when it is approved; a time that was given to one all the same can be taken away.
        self.planned.setVisible(item.kind is ItemKind.POST or item.planned is not None)

    def _show_told(self, whole: Whole) -> None:
        last, item = whole.last, whole.inspected.item
        # A decision that an edit overtook speaks of another text.
        holds = last is not None and last.action in TOLD and last.after is item.status
        self.told.setVisible(holds or whole.lapse is not None)
        if whole.lapse is not None:
            self._tell("warn", f"item.lapse.{whole.lapse.why}", whole.lapse.by, whole.lapse.at)
        elif last is not None and holds:
            self._tell(TOLD[last.action], f"action.{last.action.value}", last.by, last.at, last.reason)

    def _tell(self, tone: str, key: str, by: str, at: datetime, reason: str = "") -> None:
        from ui.dates import moment

        t = self.desk.t
        head = " · ".join(part for part in (t(key), by, moment(at, t.language)) if part)
        self.told_text.setText(f"{head}\n{reason}" if reason else head)
        restyle(self.told_text, tone=tone)

    def _checked(self, inspected: Inspected) -> None:
        if self._whole is not None and inspected.item.id == self._whole.inspected.item.id:
            show_status(self.status, self.desk.t, inspected.item.status)
            self._follow_text()

    def _follow_text(self) -> None:
        """The difference to the proposal and the preview follow what is typed, when they are open."""
        whole = self._whole
        if whole is None:
            return
        text = whole_text(self.editor.text(), self.editor.hashtags())
        proposed = whole_text(whole.proposal.text, whole.proposal.hashtags)
        self.diff_fold.setVisible(text != proposed)
        if self.diff_fold.is_open and text != proposed:
            self.diff.show_texts(proposed, text)
        if self.preview_fold.is_open:
            item = whole.inspected.item
            self.preview.show_post(
                networks.get(item.network), item.account, text, part=item.kind.value, measured=whole.inspected.measure,
                language=item.language,
            )  # fmt: skip

    def _plan(self, planned: PlannedTime | bool) -> None:
        """Another time is another package: a version like any other."""
        whole, person = self._whole, self.desk.person
        if whole is None:
            return
        item_id = whole.inspected.item.id

        def stored(_typed: Inspected) -> None:
            async def work(copilot: Copilot) -> Inspected:
                from copilot.services.review import Edit

                return await copilot.review.edit(item_id, Edit(planned=planned), by=person)

            def done(told: Inspected) -> None:
                if self.item_id == item_id:
                    self.editor.show_item(told)
                self.desk.announce(Changes(items=frozenset({item_id})))

            self.desk.run(work, done, self._not_planned, owner=self)

        self.editor.commit(stored)

    def _not_planned(self, error: Exception) -> None:
        self.desk.tell_error(error)
        if self._whole is not None and (item := self.item):
            self.planned.show_planned(item.planned, self._whole.zone)

    def copy_exact(self) -> None:
        """Put the text as it would leave on the clipboard."""
        from copilot.domain.package import normal
        from copilot.errors import UserError

        try:
            text = normal(whole_text(self.editor.text(), self.editor.hashtags()))
        except UserError as error:
            self.desk.tell_error(error)
            return
        QGuiApplication.clipboard().setText(text)
        self.desk.tell("ok", self.desk.t("ui.review.copied"))
