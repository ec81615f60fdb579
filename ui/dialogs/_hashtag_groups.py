"""The groups of hashtags a brand keeps: inserted at once, kept from what is there, renamed, removed, with undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from copilot.domain.post import Hashtag
from copilot.errors import Bug, RepliqueError
from ui.desk import Changes, Desk, Message
from ui.widgets.basic import EmptyState, Field, button, card, clear, column, icon_button, label, row, scrolled
from ui.widgets.chips import shortened
from ui.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.brand import Brand, HashtagList
    from copilot.domain.network import Network
    from copilot.services.hashtags import TagGroup

#: Characters of a group's name, and tags of it written out.
LONGEST_NAME, MOST_TAGS = 60, 12


class GroupsPage(QWidget):
    """``inserted`` carries the hashtags of a group; ``tags`` gives those to keep as a new one."""

    inserted = Signal(list)

    def __init__(self, desk: Desk, brand_id: str, network: Network, tags: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self._desk, self._brand_id, self._network, self._tags = desk, brand_id, network, tags
        self._known: tuple[str, ...] = ()
        self._room: int | None = None
        t = desk.t
        self.bar = MessageBar(desk.theme, t)
        self.empty = EmptyState(
            desk.theme, "bookmark", t("ui.hashtags.groups.empty"),
            t("ui.hashtags.groups.empty_text" if brand_id else "ui.hashtags.groups.no_brand"),
        )  # fmt: skip
        self._list = QWidget()
        self._lines = column(space=2, parent=self._list)
        self.area = scrolled(self._list)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.textChanged.connect(self._follow)
        self.name.returnPressed.connect(self._keep)
        self.keep = button(t("ui.hashtags.groups.keep"), icon_name="bookmark", run=self._keep)
        self.field = Field(t("ui.hashtags.groups.name"), self.name)
        self._foot = QWidget()
        line = row(self.name, self.keep)
        line.setStretch(0, 1)
        inner = self.field.layout()
        if inner is not None:
            inner.removeWidget(self.name)
        column(self.field.title, line, self.field.note, space=1, parent=self._foot)
        self._foot.setVisible(bool(brand_id))
        column(self.bar, self.empty, self.area, self._foot, space=2, parent=self).setStretch(2, 1)
        self.area.hide()
        self._follow()
        self.load()

    def load(self) -> None:
        """Read the groups again."""
        brand_id, network = self._brand_id, self._network
        if not brand_id:
            return

        async def work(copilot: Copilot) -> tuple[TagGroup, ...]:
            return copilot.hashtags.groups(await copilot.brands.get(brand_id), network)

        self._desk.run(work, self._show, self._failed, owner=self)

    def set_room(self, room: int | None) -> None:
        """How many more hashtags the network takes; None for as many as one likes."""
        self._room = room

    def _show(self, groups: tuple[TagGroup, ...]) -> None:
        clear(self._lines)
        self._known = tuple(one.name for one in groups)
        for group in groups:
            self._lines.addWidget(self._line(group))
        self._lines.addStretch(1)
        self.empty.setVisible(not groups)
        self.area.setVisible(bool(groups))
        self._follow()

    def _line(self, group: TagGroup) -> QFrame:
        t = self._desk.t
        made = card()
        made.setAccessibleName(group.name)
        name = label(shortened(group.name), "strong", wrap=True)
        shown = " ".join(f"#{shortened(one.tag)}" for one in group.tags[:MOST_TAGS])
        left = len(group.tags) - MOST_TAGS
        tags = label(f"{shown} {t('ui.tags.more', count=left)}" if left > 0 else shown, "small", wrap=True)
        insert = button(t("ui.hashtags.groups.insert"), icon_name="plus", run=partial(self._insert, group))
        insert.setAccessibleName(f"{t('ui.hashtags.groups.insert')}, {group.name}")
        rename = icon_button("pencil", t("ui.hashtags.groups.rename"), partial(self._rename, made, name, group.name))
        remove = icon_button("trash-2", t("ui.hashtags.groups.remove"), partial(self._remove, group.name))
        for one in (rename, remove):
            one.setAccessibleName(f"{one.toolTip()}, {group.name}")
        line = row(column(name, tags, space=1), insert, rename, remove, margins=3, parent=made)
        line.setStretch(0, 1)
        return made

    def _insert(self, group: TagGroup) -> None:
        there = {one.casefold() for one in self._tags()}
        fresh = [Hashtag(one.tag, one.reason) for one in group.tags if one.tag.casefold() not in there]
        if not fresh:
            self._say("info", self._desk.t("ui.hashtags.groups.all_there"))
        elif self._room is not None and self._room <= 0:
            self._say("warn", self._desk.t("ui.hashtags.full", network=self._network.label))
        else:
            self.inserted.emit(fresh[: self._room])

    def _keep(self) -> None:
        name, tags, brand_id, person = self.name.text().strip(), tuple(self._tags()), self._brand_id, self._desk.person
        if not self.keep.isEnabled():
            return

        async def work(copilot: Copilot) -> tuple[HashtagList, ...]:
            before = (await copilot.brands.get(brand_id)).hashtags
            await copilot.hashtags.save_group(brand_id, name, tags, by=person)
            return before

        def done(before: tuple[HashtagList, ...]) -> None:
            self.name.clear()
            self._changed("ui.hashtags.groups.kept", name, before)

        self._desk.run(work, done, self._failed, owner=self)

    def _remove(self, name: str) -> None:
        brand_id, person = self._brand_id, self._desk.person

        async def work(copilot: Copilot) -> tuple[HashtagList, ...]:
            before = (await copilot.brands.get(brand_id)).hashtags
            await copilot.hashtags.remove_group(brand_id, name, by=person)
            return before

        self._desk.run(work, lambda before: self._changed("ui.hashtags.groups.removed", name, before), self._failed,
            owner=self)  # fmt: skip

    def _rename(self, line: QFrame, shown: QWidget, name: str) -> None:
        """The name becomes a line to type in; Return keeps it, leaving it does too."""
        typed = QLineEdit(name)
        typed.setMaxLength(LONGEST_NAME)
        typed.setAccessibleName(self._desk.t("ui.hashtags.groups.rename"))
        layout = line.layout()
        if layout is None:
            return
        layout.replaceWidget(shown, typed)
        shown.hide()
        typed.selectAll()
        typed.setFocus()
        typed.editingFinished.connect(lambda: self._named(name, typed.text().strip()))

    def _named(self, old: str, new: str) -> None:
        taken = new.casefold() in {one.casefold() for one in self._known if one != old}
        if not new or new == old or taken:
            if taken:
                self._say("warn", self._desk.t("ui.hashtags.groups.taken", name=shortened(new)))
            self.load()
            return
        self._known = tuple(new if one == old else one for one in self._known)
        brand_id, person = self._brand_id, self._desk.person

        async def work(copilot: Copilot) -> tuple[HashtagList, ...]:
            brand = await copilot.brands.get(brand_id)
            lists = tuple(replace(one, name=new) if one.name == old else one for one in brand.hashtags)
            await copilot.brands.save(replace(brand, hashtags=lists), by=person, replaces=brand)
            return brand.hashtags

        self._desk.run(work, lambda before: self._changed("ui.hashtags.groups.renamed", new, before), self._failed,
            owner=self)  # fmt: skip

    def _changed(self, key: str, name: str, before: tuple[HashtagList, ...]) -> None:
        self._desk.announce(Changes(brands=True))
        self._say("ok", self._desk.t(key, name=shortened(name)), lambda: self._restore(before))
        self.load()

    def _restore(self, lists: tuple[HashtagList, ...]) -> None:
        brand_id, person = self._brand_id, self._desk.person

        async def work(copilot: Copilot) -> Brand:
            brand = await copilot.brands.get(brand_id)
            return (await copilot.brands.save(replace(brand, hashtags=lists), by=person, replaces=brand)).brand

        def done(_brand: Brand) -> None:
            self._desk.announce(Changes(brands=True))
            self.load()

        self._desk.run(work, done, self._failed, owner=self)

    def _follow(self, _text: str = "") -> None:
        """The button says whether there is something to keep, and under which name."""
        t, tags, name = self._desk.t, self._tags(), self.name.text().strip()
        there = name.casefold() in {one.casefold() for one in self._known}
        why = "" if tags else t("ui.hashtags.groups.nothing")
        if tags and not name:
            why = t("ui.hashtags.groups.unnamed")
        self.keep.setEnabled(not why)
        self.keep.setToolTip(why)
        self.keep.setAccessibleDescription(why)
        self.field.note.setText(t("ui.hashtags.groups.replaces") if there else "")
        self.field.note.setVisible(there)

    def _say(self, kind: str, text: str, act: Callable[[], object] | None = None) -> None:
        self.bar.show_message(Message(kind, text, self._desk.t("ui.undo") if act else "", act, kind == "danger"))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, RepliqueError) and not isinstance(error, Bug):
            self._say("danger", self._desk.t.error(error))
            self.load()
        else:
            self._desk.tell_error(error)
