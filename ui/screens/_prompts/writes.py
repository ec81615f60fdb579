"""What changes the library: save, go back to the shipped prompt, duplicate. Each can be taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from ui.actions import bind
from ui.desk import Changes
from ui.screens._prompts.source import (
    TAB_TITLES,
    Loaded,
    PromptKey,
    duplicate,
    exists,
    give_up,
    load,
    save,
    sentence_of,
    task_title,
)
from ui.widgets.basic import button, icon_button

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.prompt_trial import TemplateReport
    from ui.screens._prompts.screen import PromptsScreen


T = TypeVar("T")


class Writes(QObject):
    """The actions of the screen and what they do."""

    def __init__(self, screen: PromptsScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self.desk, self.t = screen.desk, screen.desk.t
        self.is_writing = False
        self._add_actions()
        self._add_buttons()
        self.follow()

    def follow(self) -> None:
        """Enable what can be done now; what cannot says why."""
        screen, t = self._screen, self.t
        loaded = screen.loaded
        closed = loaded is None or screen.panel.editor.isReadOnly()
        unsaved = screen.is_unsaved
        _allow(self.save_action, not closed and unsaved and not self.is_writing, t("ui.prompts.save.nothing"))
        has_own = loaded is not None and loaded.has_own
        _allow(self.back_action, has_own and not self.is_writing, t("ui.prompts.back.nothing"))
        alone = loaded is not None and loaded.shipped is None
        self.back_action.setText(t("ui.prompts.remove" if alone else "ui.prompts.back"))
        _allow(self.revert_action, not closed and unsaved, t("ui.prompts.revert.nothing"))
        for one in (self.insert_action, self.duplicate_action):
            _allow(one, not closed, t("ui.prompts.closed"))
        screen.panel.insert.setEnabled(not closed)

    def save(self) -> None:
        """Keep the words as the person's copy."""
        screen = self._screen
        if screen.loaded is None or not self.save_action.isEnabled():
            return
        key, text = screen.loaded.key, screen.panel.text()

        async def work(copilot: Copilot) -> tuple[TemplateReport, Loaded]:
            report = await save(copilot, key, text)
            return report, await load(copilot, key)

        def done(told: tuple[TemplateReport, Loaded]) -> None:
            report, loaded = told
            if report.prompt is None:
                self._refused(key, report, text)
                return
            if screen.key == key:
                screen.take(loaded, keep_words=True)
            self.desk.tell("ok", self.t("ui.prompts.saved", task=task_title(self.t, key.task)))
            self.desk.announce(Changes(prompts=True))

        self._write(work, done)

    def back_to_shipped(self) -> None:
        """Remove the person's copy; the message bar brings it back."""
        screen, loaded = self._screen, self._screen.loaded
        if loaded is None or not self.back_action.isEnabled():
            return
        key, own, typed = loaded.key, loaded.own, screen.panel.text()

        async def work(copilot: Copilot) -> Loaded | None:
            await give_up(copilot, key)
            return await load(copilot, key) if loaded.shipped is not None else None

        def done(now: Loaded | None) -> None:
            if screen.key == key:
                self._turn_to(now, key)
            undo = (lambda: self._restore(key, own, typed)) if own is not None else None
            said = "ui.prompts.back.done" if now is not None else "ui.prompts.remove.done"
            self.desk.tell("ok", self.t(said), act_label=self.t("ui.undo") if undo else "", act=undo)
            self.desk.announce(Changes(prompts=True))

        self._write(work, done)

    def revert(self) -> None:
        """Go back to the words that serve; Ctrl+Z brings the typed ones back."""
        screen = self._screen
        if screen.loaded is not None and self.revert_action.isEnabled():
            screen.panel.editor.replace_all_undoable(screen.baseline)
            screen.panel.editor.go_to_body()

    def ask_name(self) -> None:
        """Ask for the name of a duplicate."""
        if self._screen.loaded is None or not self.duplicate_action.isEnabled():
            return
        from ui.screens._prompts.name_dialog import NameDialog

        dialog = NameDialog(self.desk.theme, self.t, self._screen.window())
        dialog.given.connect(self.duplicate)
        dialog.open()

    def duplicate(self, name: str) -> None:
        """Keep the words as another prompt called ``name``, and go there."""
        screen = self._screen
        if screen.loaded is None:
            return
        key, text = screen.loaded.key, screen.panel.text()

        def done(report: TemplateReport) -> None:
            if report.prompt is None:
                self._refused(key, report, text)
                return
            self.desk.tell("ok", self.t("ui.prompts.duplicate.done", name=name))
            screen.show_what(f"{key.task}/{key.language}/{name}")
            self.desk.announce(Changes(prompts=True))

        self._write(lambda copilot: duplicate(copilot, key, name, text), done)

    def copy(self) -> None:
        """Put the whole template on the clipboard."""
        QApplication.clipboard().setText(self._screen.panel.text())
        self.desk.tell("ok", self.t("ui.prompts.copied"))

    def open_menu(self) -> None:
        """The inputs of the task, to insert one."""
        button = self._screen.panel.insert
        self._screen.panel.menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _restore(self, key: PromptKey, own: str, typed: str) -> None:
        """Bring the copy back; a broken one comes back as typed words, which nothing uses."""
        screen = self._screen

        async def work(copilot: Copilot) -> tuple[TemplateReport, Loaded | None]:
            report = await save(copilot, key, own)
            sound = report.prompt is not None
            if not sound or typed != own:
                await copilot.working.keep(key.working, {"text": typed})
            return report, await load(copilot, key) if sound or exists(copilot, key) else None

        def done(told: tuple[TemplateReport, Loaded | None]) -> None:
            loaded = told[1]
            if screen.key == key and loaded is not None:
                screen.take(loaded, keep_words=True)
                if typed != screen.panel.text():
                    screen.panel.editor.replace_all_undoable(typed)
                    screen.panel.editor.go_to_body()
            elif loaded is not None:
                screen.show_what(str(key))
            said = "ui.prompts.restored" if told[0].prompt is not None else "ui.prompts.restored.typed"
            self.desk.tell("ok", self.t(said))
            self.desk.announce(Changes(prompts=True))

        self._write(work, done)

    def _turn_to(self, now: Loaded | None, key: PromptKey) -> None:
        screen = self._screen
        if now is None:
            screen.forget(key)
            return
        if screen.panel.editor.isReadOnly():
            screen.open(key)
            return
        screen.take(now, keep_words=False)

    def _refused(self, key: PromptKey, report: TemplateReport, text: str) -> None:
        first = report.problems[0]
        sentence = sentence_of(self.t, first)
        self.desk.tell("danger", self.t("ui.prompts.save.refused", line=first.line, problem=sentence))
        if self._screen.key == key and self._screen.panel.text() == text:
            self._screen.panel.show_report(report)
            self._screen.columns.show_template()
            self._screen.panel.see_first_problem()

    def _write(self, work: Callable[[Copilot], Awaitable[T]], done: Callable[[T], None]) -> None:
        self.is_writing = True
        self.follow()

        def finished(told: T) -> None:
            self.is_writing = False
            done(told)
            self.follow()

        def failed(error: Exception) -> None:
            self.is_writing = False
            self.desk.tell_error(error)
            self.follow()

        # A write under way ends in the engine even when the screen goes.
        self.desk.run(work, finished, failed, owner=self._screen)

    def _add_actions(self) -> None:
        screen, t, add = self._screen, self.t, self.desk.actions.add
        group = t("ui.prompts.title")
        panel = screen.panel
        self.save_action = add(
            screen, "prompts.save", t("ui.prompts.save"), self.save, group=group, keys="Ctrl+S", icon_name="save"
        )
        self.back_action = add(
            screen,
            "prompts.back",
            t("ui.prompts.back"),
            self.back_to_shipped,
            group=group,
            keys="Ctrl+Shift+Backspace",
            icon_name="history",
        )
        self.revert_action = add(
            screen,
            "prompts.revert",
            t("ui.prompts.revert"),
            self.revert,
            group=group,
            keys="Ctrl+Shift+R",
            icon_name="undo-2",
        )
        self.insert_action = add(
            screen,
            "prompts.insert",
            t("ui.prompts.insert"),
            self.open_menu,
            group=group,
            keys="Ctrl+I",
            icon_name="braces",
        )
        self.duplicate_action = add(
            screen,
            "prompts.duplicate",
            t("ui.prompts.duplicate"),
            self.ask_name,
            group=group,
            keys="Ctrl+Shift+S",
            icon_name="columns-2",
        )
        self.copy_action = add(
            screen,
            "prompts.copy",
            t("ui.prompts.copy"),
            self.copy,
            group=group,
            keys="Ctrl+Shift+C",
            icon_name="copy",
        )
        self.run_action = add(
            screen,
            "prompts.run",
            t("ui.prompts.run.start"),
            screen.try_once,
            group=group,
            keys="Ctrl+Return",
            icon_name="play",
        )
        self.stop_action = add(
            screen,
            "prompts.stop",
            t("ui.prompts.run.stop"),
            screen.run.stop,
            group=group,
            keys="Esc",
            icon_name="square",
        )
        add(screen, "prompts.problem", t("ui.prompts.next_problem"), panel.next_problem, group=group, keys="F8")
        add(screen, "prompts.search", t("ui.prompts.search"), self._to_search, group=group, keys="Ctrl+F")
        add(screen, "prompts.edit", t("ui.prompts.edit"), self._screen.edit, group=group, keys="Ctrl+E")
        for place, name in enumerate(("preview", "run", "diff")):
            add(
                screen,
                f"prompts.tab.{name}",
                t(TAB_TITLES[place]),
                partial(screen.show_tab, place),
                group=group,
                keys=f"Alt+{place + 1}",
            )

    def _add_buttons(self) -> None:
        screen, panel = self._screen, self._screen.panel
        self.save_button = button("", "primary")
        self.back_button = button("")
        for made, action in ((self.back_button, self.back_action), (self.save_button, self.save_action)):
            bind(made, action)
            screen.head.addWidget(made)
        bind(panel.insert, self.insert_action)
        for action, icon_name in (
            (self.revert_action, "undo-2"),
            (self.copy_action, "copy"),
            (self.duplicate_action, "columns-2"),
        ):
            small = icon_button(icon_name, action.text())
            bind(small, action, with_text=False)
            panel.tools.addWidget(small)
        bind(screen.run.start_button, self.run_action)
        bind(screen.run.stop_button, self.stop_action)

    def _to_search(self) -> None:
        self._screen.prompts.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._screen.prompts.search.selectAll()


def _allow(action: QAction, allowed: bool, why_not: str) -> None:
    action.setWhatsThis("" if allowed else why_not)
    action.setEnabled(allowed)
