"""Hashtags to choose from for one text, each with its reason and what to know of it; the groups of the brand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from copilot.domain.post import Hashtag
from copilot.domain.wording import Wording
from copilot.errors import Bug, RepliqueError
from ui.dialogs._hashtag_groups import GroupsPage
from ui.dialogs.base import Dialog
from ui.widgets.basic import EmptyState, Segments, button, clear, column, glyph, label, restyle, row, scrolled
from ui.widgets.chips import tip

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.item import Item
    from copilot.domain.network import Network
    from copilot.text.hashtags import ProposedTag
    from ui.desk import Desk

TEXT, BRIEF, GROUPS = "text", "brief", "groups"


@dataclass(frozen=True, slots=True)
class Offer:
    """What is proposed for a text, and how many hashtags the text itself holds."""

    tags: tuple[ProposedTag, ...]
    written: int


class HashtagsDialog(Dialog):
    """``chosen`` carries the Hashtags to put under the item, those of a group or those checked."""

    chosen = Signal(list)

    def __init__(self, desk: Desk, item: Item, network: Network, tags: Sequence[Hashtag], parent: QWidget) -> None:
        super().__init__(desk.t("ui.hashtags.dialog", network=network.label), parent)
        self.desk, self._item, self._network = desk, item, network
        self._there = tuple(one.tag for one in tags)
        self._written = 0
        self._source = TEXT
        self.boxes: dict[str, QCheckBox] = {}
        self._proposed: dict[str, ProposedTag] = {}
        self._reasons: dict[str, Wording] = {}
        t = desk.t
        self.at_least(desk.theme.px(600), desk.theme.px(440))
        options = [(TEXT, t("ui.hashtags.from.text"))]
        options += [(BRIEF, t("ui.hashtags.from.brief"))] if item.brief_id else []
        self.views = Segments([*options, (GROUPS, t("ui.hashtags.groups"))], TEXT, t("ui.hashtags.views"))
        self.views.chosen.connect(self.turn_to)
        self.count = label("", "small", wrap=True)
        self.state = EmptyState(desk.theme, "sparkles", t("ui.hashtags.searching"), t("ui.hashtags.searching_text"))
        self._list = QWidget()
        self._offered = column(space=3, parent=self._list)
        self.area = scrolled(self._list)
        self.groups = GroupsPage(desk, item.brand_id, network, lambda: self._there)
        self.groups.inserted.connect(self._insert)
        self.pages = QStackedWidget()
        for one in (self.state, self.area, self.groups):
            self.pages.addWidget(one)
        self.body.addWidget(self.views)
        self.body.addWidget(self.count)
        self.body.addWidget(self.pages, 1)
        self.accept_button = button(t("ui.hashtags.choose"), "primary", run=self._choose)
        self.accept_button.setDefault(True)
        self.leave_button = button(t("ui.cancel"), run=self.reject)
        self.buttons(self.leave_button, self.accept_button)
        self._follow()
        self._propose()

    def turn_to(self, view: str) -> None:
        """Show what is proposed from the text, from the brief, or the groups of the brand."""
        self.views.set_current(view)
        self._source = view
        self.accept_button.setVisible(view != GROUPS)
        # Groups change at once: there is nothing left to cancel.
        name = self.desk.t("ui.close" if view == GROUPS else "ui.cancel")
        self.leave_button.setText(name)
        self.leave_button.setAccessibleName(name)
        if view == GROUPS:
            self.pages.setCurrentWidget(self.groups)
        else:
            self._propose()

    @property
    def picked(self) -> list[Hashtag]:
        """What is checked and not there yet, in the order proposed."""
        return [
            Hashtag(tag, self._reasons[tag])
            for tag, box in self.boxes.items()
            if box.isChecked() and not self._is_there(tag)
        ]

    @property
    def _room(self) -> int | None:
        """How many more the network takes."""
        cap = self._network.hashtags.max
        return None if cap is None else cap - len(self._there) - self._written

    def _propose(self) -> None:
        item, network, source = self._item, self._network, self._source

        async def work(copilot: Copilot) -> Offer:
            from copilot.text.tag_rules import written_tags

            brand = next((one for one in await copilot.brands.list() if one.id == item.brand_id), None)
            brief = await copilot.review.brief_of(item.id) if source == BRIEF else None
            text = brief.text if brief is not None else item.text
            found = await copilot.hashtags.propose(text, network, brand)
            return Offer(found.tags, sum(1 for _ in written_tags(item.text, network)))

        def done(offer: Offer) -> None:
            if self._source == source:
                self._show(offer)

        self.desk.run(work, done, self._failed, owner=self)

    def _show(self, offer: Offer) -> None:
        self._written = offer.written
        self.boxes.clear()
        self._proposed = {one.tag: one for one in offer.tags}
        self._reasons = {one.tag: self._reason(one) for one in offer.tags}
        clear(self._offered)
        for one in self._proposed.values():
            self._offered.addWidget(self._line(one))
        self._offered.addStretch(1)
        if not self._proposed:
            self._say_none()
        self.pages.setCurrentWidget(self.area if self._proposed else self.state)
        self._follow()
        first = next((box for box in self.boxes.values() if box.isEnabled()), None)
        if first is not None:
            first.setFocus()

    def _line(self, proposed: ProposedTag) -> QWidget:
        t, tag = self.desk.t, proposed.tag
        box = QCheckBox(f"#{tag}".replace("&", "&&"))
        restyle(box, type="strong")
        reason = t.wording(self._reasons[tag])
        warnings = [t.wording(one.wording) for one in proposed.warnings]
        there = self._is_there(tag)
        box.setChecked(there)
        box.setAccessibleName(f"#{tag}")
        box.setAccessibleDescription(". ".join([t("ui.hashtags.there"), reason] if there else [reason, *warnings]))
        box.toggled.connect(self._follow)
        self.boxes[tag] = box
        made = QWidget()
        lines = column(box, space=0, parent=made)
        about = column(label(reason, "small", wrap=True), space=0, margins=(6, 0, 0, 0))
        for said in warnings:
            told = label(said, "small", tone="warn", wrap=True)
            sign = glyph("triangle-alert", self.desk.theme.colours.warn, 14)
            line = row(sign, told, space=1)
            line.setStretch(1, 1)
            line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
            about.addLayout(line)
        lines.addLayout(about)
        return made

    def _reason(self, proposed: ProposedTag) -> Wording:
        """Why it is proposed; what was read in the text is not said to be of the brief."""
        key = f"hashtag.reason.text.{proposed.reason_id}"
        from_text = self._source == TEXT and self.desk.t.has(key)
        return Wording(key, proposed.reason.params) if from_text else proposed.reason

    def _say_none(self) -> None:
        t = self.desk.t
        unused = self._network.hashtags.max == 0
        key = "ui.hashtags.unused" if unused else "ui.hashtags.none"
        told = EmptyState(
            self.desk.theme, "sparkles", t(key, network=self._network.label),
            t("ui.hashtags.unused_text" if unused else "ui.hashtags.none_text"),
        )  # fmt: skip
        self.pages.removeWidget(self.state)
        self.state.deleteLater()
        self.state = told
        self.pages.addWidget(told)

    def _is_there(self, tag: str) -> bool:
        return tag.casefold() in {one.casefold() for one in self._there}

    def _follow(self, _checked: bool = False) -> None:
        """Boxes close when the network takes no more; the count and the button follow."""
        t, picked, room = self.desk.t, len(self.picked), self._room
        full = room is not None and picked >= room
        why = t("ui.hashtags.full", network=self._network.label)
        for tag, box in self.boxes.items():
            box.setEnabled(not self._is_there(tag) and (box.isChecked() or not full))
            box.setToolTip(tip(why if not box.isEnabled() and not self._is_there(tag) else ""))
        self.groups.set_room(room)
        total, cap = len(self._there) + self._written + picked, self._network.hashtags.max
        low, high = self._network.hashtags.advised
        if cap == 0:
            text = ""
        elif cap is not None:
            text = t("ui.hashtags.of_cap", count=total, cap=cap)
            text = f"{text} · {why}" if full else text
        else:
            advised = t("ui.hashtags.advised", low=low, high=high) if 0 < low < high else ""
            advised = advised or (t("ui.hashtags.advised_most", count=high) if high else t("ui.hashtags.advised_none"))
            text = f"{t('ui.hashtags.number', count=total)} · {advised}"
        self.count.setText(text)
        self.count.setVisible(bool(text))
        over = (cap is not None and total > cap) or (cap is None and total > high)
        restyle(self.count, tone="warn" if over else "")
        self.accept_button.setEnabled(picked > 0)
        self.accept_button.setText(t("ui.hashtags.choose_n", count=picked) if picked else t("ui.hashtags.choose"))
        self.accept_button.setAccessibleName(self.accept_button.text())

    def _choose(self) -> None:
        self._insert(self.picked)

    def _insert(self, tags: list[Hashtag]) -> None:
        if tags:
            self.accept()
            self.chosen.emit(tags)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, RepliqueError) or isinstance(error, Bug):
            self.desk.tell_error(error)
            self.reject()
            return
        self.count.setText(self.desk.t.error(error))
        self.count.show()
        restyle(self.count, tone="danger")
