"""The prompts by task, with a search; each says whether it is the person's copy, shipped or broken."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from copilot.i18n import Translator
from ui.icons import icon
from ui.screens._prompts.enter_list import EnterList
from ui.screens._prompts.source import TASKS, PromptKey, language_title, task_title
from ui.theme import Theme
from ui.tokens import SPACE
from ui.widgets.basic import badge, button, column, label, row

if TYPE_CHECKING:
    from copilot.services.prompt_trial import PromptEntry

_KEY = Qt.ItemDataRole.UserRole
_WORDS = Qt.ItemDataRole.UserRole + 1


class PromptList(QWidget):
    """``chosen`` gives the :class:`PromptKey` the person went to; ``entered`` that they want to edit it."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, theme: Theme, t: Translator) -> None:
        super().__init__()
        self._theme, self._t = theme, t
        self._entries: tuple[PromptEntry, ...] = ()
        self._typed: frozenset[str] = frozenset()
        self._current: PromptKey | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText(t("ui.prompts.search"))
        self.search.setAccessibleName(t("ui.prompts.search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(200)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._filter)
        self.list = EnterList()
        self.list.setProperty("bare", True)
        # The rows bring their own margins.
        self.list.setStyleSheet(
            "QListView::item { padding: 0; } QListView:focus { border: 2px solid palette(highlight); }"
        )
        self.list.setAccessibleName(t("ui.prompts.list"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.currentItemChanged.connect(self._moved)
        self.list.itemActivated.connect(lambda _item: self.entered.emit())
        self.nothing = label("", "muted", wrap=True)
        self.clear_search = button(t("ui.prompts.search.clear"), "link", run=self.search.clear)
        self._none = QWidget()
        column(self.nothing, row(self.clear_search, 1), 1, space=1, margins=(1, 2, 0, 0), parent=self._none)
        lines = column(self.search, self._none, space=2, margins=2, parent=self)
        lines.addWidget(self.list, 1)
        self.search.returnPressed.connect(self.list.setFocus)
        theme.changed.connect(self._draw)
        self.setMinimumWidth(theme.px(176))
        self._filter()

    @property
    def current(self) -> PromptKey | None:
        """The prompt that is chosen."""
        return self._current

    def show_entries(self, entries: Sequence[PromptEntry], typed: Collection[str]) -> None:
        """Show the library; ``typed`` are the keys (``task/language/name``) with unsaved words."""
        told, kept = tuple(sorted(entries, key=self._rank)), frozenset(typed)
        if (told, kept) != (self._entries, self._typed) or not self.list.count():
            self._entries, self._typed = told, kept
            self._draw()

    def keys(self) -> tuple[PromptKey, ...]:
        """Every prompt, in the order shown."""
        return tuple(_key(one) for one in self._entries)

    def choose(self, key: PromptKey) -> None:
        """Go to ``key``; it is told as when the person goes there."""
        for at in range(self.list.count()):
            item = self.list.item(at)
            if item.data(_KEY) == str(key):
                if item.isHidden():
                    self.search.clear()
                self.list.setCurrentItem(item)
                self.list.scrollToItem(item)
                return

    def _rank(self, one: PromptEntry) -> tuple[int, str, bool, str, bool, str]:
        place = TASKS.index(one.task) if one.task in TASKS else len(TASKS)
        return place, one.task, one.language != self._t.language, one.language, one.name != "standard", one.name

    def _draw(self) -> None:
        shown = self.list.verticalScrollBar().value()
        self.setMinimumWidth(self._theme.px(176))
        self.list.blockSignals(True)
        self.list.clear()
        task = ""
        for one in self._entries:
            if one.task != task:
                task = one.task
                self._add_heading(task)
            self._add_line(one)
        self.list.blockSignals(False)
        self._filter()
        self.list.verticalScrollBar().setValue(shown)

    def _add_heading(self, task: str) -> None:
        item = QListWidgetItem()
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        title = label(task_title(self._t, task), "small", wrap=True)
        holder = QWidget()
        column(title, margins=(2, 3, 1, 1), parent=holder)
        self._put(item, holder)

    def _add_line(self, one: PromptEntry) -> None:
        t, key = self._t, _key(one)
        name = language_title(t, one.language)
        if one.name != "standard":
            name = f"{name} · {one.name}"
        origin = ("ui.prompts.own", "accent") if one.is_own else ("ui.prompts.shipped", "neutral")
        states = [("ui.prompts.broken", "danger")] if one.is_broken else []
        if str(key) in self._typed:
            states.append(("ui.prompts.unsaved", "warn"))
        badges = [origin, *states]
        item = QListWidgetItem()
        item.setData(_KEY, str(key))
        said = ", ".join([f"{task_title(t, one.task)} : {name}", *(t(text) for text, _ in badges), one.description])
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        item.setData(_WORDS, _folded(f"{said} {key}"))
        holder = QWidget()
        pills = [badge(t(text), kind) for text, kind in badges]
        first = row(label(name, "strong", wrap=True), pills[0], space=1)
        first.setStretch(0, 1)
        second = row(*pills[1:], 1, space=1) if states else None
        column(first, second, space=1, margins=(2, 2, 2, 2), parent=holder)
        self._put(item, holder)
        if key == self._current:
            self.list.setCurrentItem(item)

    def _put(self, item: QListWidgetItem, holder: QWidget) -> None:
        # The mouse goes through: the list selects, hovers and scrolls.
        holder.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        holder.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.list.addItem(item)
        self.list.setItemWidget(item, holder)
        self._fit(item)

    def _fit(self, item: QListWidgetItem) -> None:
        holder = self.list.itemWidget(item)
        layout = holder.layout() if holder is not None else None
        if holder is not None and layout is not None:
            room = max(110, self.list.width() - SPACE[4])
            holder.ensurePolished()
            layout.activate()
            high = max(layout.heightForWidth(room), layout.sizeHint().height())
            # The list itself makes its rows as wide as it is.
            item.setSizeHint(QSize(SPACE[8], high))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """A long name takes a second line when there is no room."""
        super().resizeEvent(event)
        for at in range(self.list.count()):
            self._fit(self.list.item(at))

    def _filter(self) -> None:
        words = _folded(self.search.text()).split()
        found, heading, any_found = False, None, False
        for at in range(self.list.count()):
            item = self.list.item(at)
            if item.data(_KEY) is None:
                if heading is not None:
                    heading.setHidden(not found)
                heading, found = item, False
                continue
            fits = all(word in str(item.data(_WORDS)) for word in words)
            item.setHidden(not fits)
            found, any_found = found or fits, any_found or fits
        if heading is not None:
            heading.setHidden(not found)
        nothing = bool(self._entries) and not any_found
        self.nothing.setText(self._t("ui.prompts.search.nothing", words=self.search.text().strip()) if nothing else "")
        self._none.setVisible(nothing)
        self.list.setVisible(not nothing)

    def _moved(self, item: QListWidgetItem | None) -> None:
        key = item.data(_KEY) if item is not None else None
        if isinstance(key, str):
            self._current = PromptKey(*key.split("/"))
            self.chosen.emit(self._current)


def _key(one: PromptEntry) -> PromptKey:
    return PromptKey(one.task, one.language, one.name)


def _folded(text: str) -> str:
    """Without capitals nor accents."""
    apart = unicodedata.normalize("NFD", text[:2000].casefold())
    return "".join(one for one in apart if not unicodedata.combining(one)).replace("’", "'")
