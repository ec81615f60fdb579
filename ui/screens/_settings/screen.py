"""The Settings screen: sections in a list at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QScrollArea, QStackedWidget, QWidget

from copilot.errors import UserError
from copilot.settings import Settings
from ui.desk import Changes, Desk
from ui.icons import icon
from ui.screen import Screen
from ui.screens._settings.parts import Section
from ui.widgets.basic import button, column, label, row, scrolled

#: Name, title, icon and class of each section, in the order of the list. They are imported when first shown.
SECTIONS = (
    ("general", "ui.settings.general", "palette", "General"),
    ("models", "ui.settings.models", "sparkles", "Models"),
    ("privacy", "ui.settings.privacy", "shield-check", "Privacy"),
    ("backups", "ui.settings.backups", "history", "Backups"),
    ("storage", "ui.settings.storage", "hard-drive", "StorageSection"),
    ("audit", "ui.settings.audit", "check-check", "Audit"),
    ("about", "ui.settings.about", "info", "AboutSection"),
)

#: Px at 100 % that a page keeps beside the list, at least.
LEAST_PAGE = 480


class SettingsScreen(Screen):
    """Every write applies at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.t("ui.settings.title"))
        self._sections: dict[str, Section] = {}
        self._areas: dict[str, QScrollArea] = {}
        self._stale: set[str] = set()
        self.list = QListWidget()
        self.list.setProperty("bare", True)
        self.list.setAccessibleName(self.t("ui.settings.sections"))
        self.list.setIconSize(QSize(18, 18))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        for name, title, icon_name, _class in SECTIONS:
            item = QListWidgetItem(icon(icon_name), self.t(title))
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.list.addItem(item)
        self.pages = QStackedWidget()
        self._broken = self._broken_bar()
        self.body.addWidget(self._broken)
        line = row(column(self.list, 1), space=5)
        line.addWidget(self.pages, 1)
        self.body.addLayout(line, 1)
        self.list.currentRowChanged.connect(self._choose)
        self.list.itemActivated.connect(lambda _item: self._enter())
        desk.theme.changed.connect(self._fit)
        self._add_actions()

    @property
    def section_name(self) -> str:
        """The section in front."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def section(self, name: str) -> Section:
        """The section of this name, built when it was not yet."""
        if name not in self._sections:
            class_name = next(one[3] for one in SECTIONS if one[0] == name)
            module = import_module(f"ui.screens._settings.{name}")
            build = cast("Callable[[Desk], Section]", getattr(module, class_name))
            made = build(self.desk)
            self._sections[name] = made
            self._areas[name] = _area(made)
            self.pages.addWidget(self._areas[name])
            self._stale.add(name)
        return self._sections[name]

    def go(self, name: str) -> None:
        """Bring a section to the front."""
        known = [one[0] for one in SECTIONS]
        self.list.setCurrentRow(known.index(name) if name in known else 0)

    def appear(self) -> None:
        """Show the section last seen; look whether the settings can be read."""
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._load(self.section_name)
        if self.focusWidget() is None:
            self.list.setFocus()

        async def look(copilot: Any) -> Settings:
            return cast(Settings, copilot.settings)

        self.desk.run(look, lambda _settings: self._broken.hide(), self._unreadable, owner=self)

    def show_what(self, what: object) -> None:
        """``what`` is the name of a section."""
        if isinstance(what, str):
            self.go(what)

    def refresh(self, changes: Changes) -> None:
        """Reload what shows what changed; at once what is in front."""
        for name, section in self._sections.items():
            if section.concerns(changes):
                self._stale.add(name)
        self._load(self.section_name)

    def leave(self) -> None:
        """Keep what is being typed."""
        commit = getattr(self._sections.get("general"), "commit", None)
        if commit is not None:
            commit()

    def state(self) -> dict[str, Any]:
        """The section in front."""
        return {"section": self.section_name}

    def restore(self, state: dict[str, Any]) -> None:
        """Go back to the section."""
        self.go(str(state.get("section", "")))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """The list is as wide as its longest title, known once it is styled."""
        super().showEvent(event)
        self._fit()

    def _choose(self, line: int) -> None:
        if line < 0:
            return
        name = SECTIONS[line][0]
        self.section(name)
        self.pages.setCurrentWidget(self._areas[name])
        if self.isVisible():
            self._load(name)

    def _load(self, name: str) -> None:
        if name in self._stale and name in self._sections:
            self._stale.discard(name)
            self._sections[name].load()

    def _enter(self) -> None:
        """From the list into the section, by Return."""
        self.section(self.section_name).focusNextChild()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Where there is little room, as with large letters, the list keeps its icons only."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The list is as wide as its longest title, unless the page would have too little left."""
        px = self.desk.theme.px
        self._name_items(shown=True)
        frame = 2 * self.list.frameWidth()
        wide = self.list.sizeHintForColumn(0) + frame + px(12)
        if self.width() - wide < px(LEAST_PAGE):
            self._name_items(shown=False)
            wide = self.list.sizeHintForColumn(0) + frame
        tall = sum(self.list.sizeHintForRow(line) for line in range(self.list.count()))
        self.list.setFixedHeight(tall + frame + px(4))
        self.list.setFixedWidth(wide)

    def _name_items(self, *, shown: bool) -> None:
        for line, (_name, title, _icon, _class) in enumerate(SECTIONS):
            item = self.list.item(line)
            words = self.t(title)
            item.setText(words if shown else "")
            item.setToolTip("" if shown else words)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)

    def _add_actions(self) -> None:
        for name, title, icon_name, _class in SECTIONS:
            self.desk.actions.add(
                self,
                f"settings.{name}",
                self.t(title),
                partial(self.go, name),
                group=self.t("ui.settings.title"),
                icon_name=icon_name,
            )

    def _broken_bar(self) -> QFrame:
        made = QFrame()
        made.setProperty("bar", "warn")
        self.broken_text = label(wrap=True)
        self.repair_button = button(self.t("ui.settings.repair"), run=self._repair)
        line = row(space=3, margins=3, parent=made)
        line.addWidget(self.broken_text, 1)
        line.addWidget(self.repair_button)
        made.hide()
        return made

    def _unreadable(self, error: Exception) -> None:
        if not isinstance(error, UserError) or error.kind != "settings.broken":
            self.desk.tell_error(error)
            return
        self.broken_text.setText(self.t.error(error))
        self._broken.show()

    def _repair(self) -> None:
        async def work(copilot: Any) -> tuple[str, Settings]:
            from copilot.settings import repair

            aside = repair(copilot.profile.settings)
            return aside.name, copilot.settings

        def done(told: tuple[str, Settings]) -> None:
            name, self.desk.settings = told
            self._broken.hide()
            self.desk.tell("ok", self.t("ui.settings.repaired", name=name))
            self.desk.announce(Changes(settings=True, providers=True))

        self.desk.run(work, done, owner=self)


def _area(section: QWidget) -> QScrollArea:
    """The section, scrolled, kept at the left when there is more room than it takes."""
    holder = QWidget()
    line = row(space=0, parent=holder)
    line.addWidget(section, 1)
    line.addStretch(0)
    made = scrolled(holder)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made
