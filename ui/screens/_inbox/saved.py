"""What was answered to messages like this one, and the saved replies of the brand: searched, read, inserted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui.dialogs.base import Dialog
from ui.screens._inbox.similar import closeness, source
from ui.widgets.basic import button, card, column, label
from ui.widgets.message_words import beginning, shown

if TYPE_CHECKING:
    from copilot.domain.brand import Brand, Playbook
    from copilot.domain.conversation import Message
    from copilot.i18n import Translator
    from copilot.services.similar import SimilarReply
    from ui.desk import Desk


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the list: what it says there, what it says about itself, what it inserts, what finds it."""

    line: str
    told: str
    text: str
    words: str


class _Search(QLineEdit):
    """Arrows move in the list below."""

    def __init__(self, beside: QListWidget) -> None:
        super().__init__()
        self._beside = beside

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._beside.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


class SavedReplies(Dialog):
    """``chosen`` tells the text to insert."""

    chosen = Signal(str)

    def __init__(
        self,
        desk: Desk,
        brand: Brand | None,
        message: Message | None,
        parent: QWidget,
        near: Sequence[SimilarReply] = (),
    ) -> None:
        super().__init__(desk.t("ui.inbox.saved.title"), parent)
        t = self._t = desk.t
        self._known = _entries(t, near, _by_fitness(brand.playbooks if brand else (), message))
        self.list = QListWidget()
        self.list.setAccessibleName(t("ui.inbox.saved.title"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.search = _Search(self.list)
        self.search.setPlaceholderText(t("ui.inbox.saved.search"))
        self.search.setAccessibleName(t("ui.inbox.saved.search"))
        self.text = label("", wrap=True, selectable=True)
        self.text.setMinimumHeight(desk.theme.px(72))
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.told = label("", "muted", wrap=True)
        sunken = card("sunken")
        column(self.told, self.text, space=2, margins=3, parent=sunken)
        self.empty = label(t("ui.inbox.saved.none") if brand else t("ui.inbox.saved.no_brand"), "muted", wrap=True)
        self.at_least(desk.theme.px(560), desk.theme.px(440))
        self.body.addWidget(self.search)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(sunken)
        self.insert = button(t("ui.inbox.saved.insert"), "primary", run=self._insert)
        self.buttons(button(t("ui.cancel"), run=self.reject), self.insert)
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._insert)
        self.list.currentItemChanged.connect(lambda _now, _before: self._follow())
        self.list.itemActivated.connect(lambda _item: self._insert())
        self._fill("")

    def _fill(self, words: str) -> None:
        wanted = words.casefold().split()
        self.list.clear()
        for one in self._known:
            if all(word in one.words for word in wanted):
                item = QListWidgetItem(one.line)
                item.setData(Qt.ItemDataRole.UserRole, one)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.empty.setVisible(not self.list.count())
        if self._known and not self.list.count():
            self.empty.setText(self._t("ui.inbox.saved.no_match"))
        self._follow()

    def _follow(self) -> None:
        one = self._chosen()
        self.told.setText(one.told if one else "")
        self.told.setVisible(bool(self.told.text()))
        self.text.setText(shown(one.text) if one else "")
        self.insert.setEnabled(one is not None)

    def _insert(self) -> None:
        one = self._chosen()
        if one is not None:
            self.accept()
            self.chosen.emit(one.text)

    def _chosen(self) -> _Entry | None:
        item = self.list.currentItem()
        found: _Entry | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found


def _entries(t: Translator, near: Sequence[SimilarReply], known: Sequence[Playbook]) -> list[_Entry]:
    """What is near first, then the saved replies that are not among it."""
    found = [
        _Entry(
            f"{closeness(t, one)}  ·  {beginning(one.text, 200)}",
            source(t, one),
            one.fitted,
            f"{one.playbook_id or ''} {one.text}".casefold(),
        )
        for one in near
    ]
    told = {one.playbook_id for one in near}
    return found + [
        _Entry(beginning(one.text, 200), "", one.text, f"{one.id} {one.text}".casefold())
        for one in known
        if one.id not in told
    ]


def _by_fitness(known: Sequence[Playbook], message: Message | None) -> list[Playbook]:
    """Whole replies in the message's language and for its intent first; the brand's own order else."""
    triage = message.triage if message else None

    def rank(one: Playbook) -> tuple[bool, bool, bool]:
        if triage is None:
            return one.part != "whole", False, False
        return one.language != triage.language, one.intent != triage.intent.value, one.part != "whole"

    return sorted(known, key=rank)
