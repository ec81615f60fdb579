"""What changes the library: save, go back to the shipped prompt, duplicate. Each can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from copilot.errors import RepliqueError
from ui.actions import bind
from ui.desk import Changes
from ui.screens._prompts.source import Loaded, PromptKey, duplicate, give_up, load, save, sentence_of, task_title
from ui.widgets.basic import button, icon_button

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.prompt_trial import TemplateReport
    from ui.screens._prompts.screen import PromptsScreen


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

        dialog = NameDialog(self.t, self._screen.window())
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
            return report, await load(copilot, key) if sound or copilot.prompts.library.is_shipped(*_place(key)) else None

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
        self.desk.tell("danger", self.t("ui.prompts.save.refused", line=first.line, problem=sentence), stays=True)
        if self._screen.key == key and self._screen.panel.text() == text:
            self._screen.panel.show_report(report)
            self._screen.panel.see_first_problem()

    def _write(self, work: object, done: object) -> None:
        self.is_writing = True
        self.follow()

        def finished(told: object) -> None:
            self.is_writing = False
            done(told)  # type: ignore[operator]
            self.follow()

        def failed(error: Exception) -> None:
            self.is_writing = False
            self.desk.tell_error(error)
            self.follow()

        # Owned by the screen: a write under way ends in the engine even when the screen goes.
        self.desk.run(work, finished, failed, owner=self._screen)
