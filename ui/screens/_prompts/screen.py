"""The Prompts screen: the library at the left, the template, and at the right what it would send and bring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer

from copilot.errors import RepliqueError
from ui.autosave import Autosave
from ui.desk import Changes, Desk
from ui.screen import Screen
from ui.screens._prompts.columns import DIFFERENCES, PREVIEW, RUN, Columns
from ui.screens._prompts.differences import DifferencesPanel
from ui.screens._prompts.preview_panel import PreviewPanel
from ui.screens._prompts.prompt_list import PromptList
from ui.screens._prompts.run_panel import RunPanel, Trial
from ui.screens._prompts.source import Loaded, PromptKey, as_typed, key_of, load, texts_of
from ui.screens._prompts.template_panel import TemplatePanel
from ui.screens._prompts.writes import Writes
from ui.widgets.basic import EmptyState

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.prompt_trial import PromptEntry, Rendered, TemplateReport
    from ui.runner import Job

#: Milliseconds from the last key to the inspection.
REST = 200


class PromptsScreen(Screen):
    """One prompt at a time; late news of another one, or of older words, is dropped."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.t("ui.prompts.title"))
        self.loaded: Loaded | None = None
        self.baseline = ""
        self._wanted: PromptKey | None = None
        self._entries: tuple[PromptEntry, ...] = ()
        self._words = 0
        self._touched = False
        self._jobs: dict[str, Job] = {}
        t = self.t
        self.prompts = PromptList(desk.theme, t)
        self.panel = TemplatePanel(desk.theme, t)
        self.preview = PreviewPanel(desk.theme, t)
        self.run = RunPanel(desk, self._trial)
        self.differences = DifferencesPanel(desk)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._inspect)
        self._autosave = Autosave(desk, self, self._body)
        self._build()
        self.writes = Writes(self)
        self._listen()

    @property
    def key(self) -> PromptKey | None:
        """The prompt on show."""
        return self.loaded.key if self.loaded else None

    @property
    def is_unsaved(self) -> bool:
        """True while the words differ from those that serve."""
        return self.loaded is not None and self.panel.text() != self.baseline

    def appear(self) -> None:
        """Read the library; the prompt on show stays."""
        self._load_list()
        self._load_around()

    def show_what(self, what: object) -> None:
        """``what`` is ``task/language/name``."""
        key = key_of(what)
        if key is not None:
            self._wanted = key
            self.prompts.choose(key)

    def refresh(self, changes: Changes) -> None:
        """Follow what changed elsewhere; words being typed are never replaced."""
        if changes.prompts:
            self._load_list()
            same = self.loaded is not None and self._wanted == self.loaded.key
            if self.loaded is not None and same and not self.is_unsaved and not self.writes.is_writing:
                self.open(self.loaded.key)
        if changes.brands or changes.providers or changes.settings:
            self._load_around()

    def leave(self) -> None:
        """Keep what is being typed."""
        self._autosave.keep_now()

    def state(self) -> dict[str, Any]:
        """The prompt, the tab, the widths."""
        shown = self.key or self._wanted
        return {
            "prompt": str(shown) if shown else "",
            "tab": self.columns.tab,
            "widths": self.columns.widths(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go back to them."""
        self._wanted = key_of(state.get("prompt"))
        tab = state.get("tab")
        if isinstance(tab, int):
            self.show_tab(tab)
        self.columns.use_widths(state.get("widths"))

    def open(self, key: PromptKey) -> None:
        """Show ``key``; what is typed in the one before is kept under its own key."""
        if self.loaded is not None and self.loaded.key != key:
            self._autosave.follow("")
            self.loaded = None
            self._touched = False
            self._rest.stop()
            self.run.clear()
            # Until the other one is there, nothing can be typed into words that go.
            self.panel.editor.setReadOnly(True)
        self._wanted = key
        self.ask("load", lambda copilot: load(copilot, key), self._show, self._not_loaded)

    def take(self, loaded: Loaded, *, keep_words: bool) -> None:
        """The sources of the prompt on show changed: ``keep_words`` leaves the editor as it is."""
        self.loaded = loaded
        if not keep_words:
            self.panel.editor.replace_all_undoable(loaded.source)
            self.panel.editor.go_to_body()
        self.set_baseline(loaded.source)
        self.differences.set_shipped(loaded.shipped)
        self._show_differences()

    def forget(self, key: PromptKey) -> None:
        """``key`` is gone: another prompt is shown once the list comes."""
        if self.key == key:
            self._autosave.follow("")
            self.loaded, self._wanted, self._touched = None, None, False
            self.panel.setEnabled(False)
            self.writes.follow()

    def set_baseline(self, source: str) -> None:
        """``source`` is what serves from now on."""
        self.baseline = as_typed(source)
        self._follow_words()
        if not self.is_unsaved:
            self._autosave.forget()
            self._touched = False

    def ask(self, name: str, make: Any, done: Any, failed: Any = None) -> None:
        """Run a service call in the place of the one before of this ``name``."""
        before = self._jobs.pop(name, None)
        if before is not None:
            before.cancel()
        job = self.desk.run(make, done, failed, owner=self)
        job.finished.connect(lambda: self._jobs.pop(name, None) if self._jobs.get(name) is job else None)
        self._jobs[name] = job

    def show_tab(self, place: int) -> None:
        """Bring a tab to the front."""
        self.columns.show_tab(place)

    def edit(self) -> None:
        """Go to the template."""
        self.columns.show_template()
        self.panel.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def try_once(self) -> None:
        """Go to the tab of trials and send the template once."""
        self.show_tab(RUN)
        self.run.start()

    def _build(self) -> None:
        t = self.t
        self.columns = Columns(self.desk, self.prompts, self.panel, (self.preview, self.run, self.differences))
        self.tabs = self.columns.tabs
        self.empty = EmptyState(self.desk.theme, "sparkles", t("ui.prompts.none"), t("ui.prompts.none.why"))
        self.empty.setVisible(False)
        self.body.addWidget(self.columns, 1)
        self.body.addWidget(self.empty, 1)
        self.panel.setEnabled(False)

    def _listen(self) -> None:
        self.prompts.chosen.connect(self._chosen)
        self.prompts.entered.connect(self.edit)
        self.panel.edited.connect(self._typed)
        self.panel.editor.paste_cut.connect(
            lambda count: self.desk.tell("warn", self.t("ui.prompts.paste_cut", count=count))
        )
        self.preview.changed.connect(self._render)
        self.preview.values_edited.connect(self._value_typed)
        self.preview.brand_chosen.connect(self._use_brand)
        self.tabs.currentChanged.connect(lambda _at: self._tab_changed())

    def _load_list(self) -> None:
        async def work(copilot: Copilot) -> tuple[tuple[PromptEntry, ...], frozenset[str]]:
            kept = await copilot.working.list("prompt:")
            return copilot.prompt_trial.list(), frozenset(one.key.removeprefix("prompt:") for one in kept)

        self.ask("list", work, self._show_list)

    def _show_list(self, told: tuple[tuple[PromptEntry, ...], frozenset[str]]) -> None:
        self._entries, typed = told
        shown = self.key
        if shown is not None:
            typed = typed - {str(shown)} | ({str(shown)} if self.is_unsaved else set())
        self.prompts.show_entries(self._entries, typed)
        keys = self.prompts.keys()
        self.empty.setVisible(not keys)
        self.columns.setVisible(bool(keys))
        wanted = self._wanted if self._wanted in keys else None
        if self.prompts.current not in keys or (wanted and wanted != self.prompts.current):
            self.prompts.choose(wanted or keys[0]) if keys else None
        self._describe()

    def _load_around(self) -> None:
        async def work(copilot: Copilot) -> tuple[Any, Any]:
            return await copilot.brands.list(), copilot.providers.list()

        def done(told: tuple[Any, Any]) -> None:
            self.preview.show_brands(told[0])
            self.run.show_models(told[1])
            self.preview.show_models(self.run.remote)
            self.writes.follow()

        self.ask("around", work, done)

    def _chosen(self, key: PromptKey) -> None:
        if key != self.key or key != self._wanted:
            self.open(key)

    def _show(self, loaded: Loaded) -> None:
        if loaded.key != self._wanted:
            return
        before, self.loaded = self.loaded, loaded
        if before is not None and (before.key, before.source, before.error) == (loaded.key, loaded.source, None):
            # Nothing new: undo and the place of the cursor stay.
            self._describe()
            return
        self.baseline = as_typed(loaded.source)
        typed = loaded.typed.get("text")
        values = loaded.typed.get("values")
        words = typed if isinstance(typed, str) else loaded.source
        self.panel.setEnabled(True)
        self.panel.show_prompt(loaded, loaded.source)
        self.panel.editor.setReadOnly(loaded.error is not None or len(loaded.source) != len(self.panel.text()))
        if as_typed(words) != self.baseline:
            # One undo goes back to what serves.
            self.panel.editor.replace_all_undoable(words)
        self.panel.editor.go_to_body()
        self.preview.show_prompt(loaded, texts_of(values))
        self.differences.set_shipped(loaded.shipped)
        self._autosave.follow(loaded.key.working)
        self._touched = bool(loaded.typed)
        self._describe()
        self._follow_words()
        self._rest.stop()
        self._inspect()

    def _not_loaded(self, error: Exception) -> None:
        self.loaded = None
        self.panel.setEnabled(False)
        self.desk.tell_error(error)
        self.writes.follow()

    def _describe(self) -> None:
        loaded = self.loaded
        if loaded is None:
            return
        if loaded.error is not None:
            self.panel.show_description(self.t.error(loaded.error), failed=True)
        elif self.panel.editor.isReadOnly():
            self.panel.show_description(self.t("ui.prompts.too_long"), failed=True)
        else:
            place = (loaded.key.task, loaded.key.language, loaded.key.name)
            found = (one.description for one in self._entries if (one.task, one.language, one.name) == place)
            self.panel.show_description(next(found, ""))

    def _typed(self) -> None:
        if self.loaded is None:
            return
        self._follow_words()
        self._rest.start()
        self._keep()

    def _value_typed(self) -> None:
        if self.loaded is not None:
            self._keep()

    def _keep(self) -> None:
        if self.is_unsaved or self.preview.edited_values():
            self._touched = True
            self._autosave.touched()
        elif self._touched:
            self._touched = False
            self._autosave.forget()

    def _follow_words(self) -> None:
        """The words changed: what was found in the former ones no longer counts."""
        self._words += 1
        loaded = self.loaded
        self.panel.show_report(None)
        self.panel.show_state(own=loaded is not None and loaded.has_own, unsaved=self.is_unsaved)
        self.writes.follow()

    def _body(self) -> Mapping[str, Any]:
        return {"text": self.panel.text(), "values": self.preview.edited_values()}

    def _inspect(self) -> None:
        loaded = self.loaded
        if loaded is None:
            return
        key, words = loaded.key, self._words
        # The whole file when it is too long to be shown: the reason is told then.
        text = loaded.source if self.panel.editor.isReadOnly() else self.panel.text()

        async def work(copilot: Copilot) -> TemplateReport:
            return copilot.prompt_trial.inspect(text, key.task, key.language, key.name)

        def done(report: TemplateReport) -> None:
            if self.key == key and self._words == words:
                self.panel.show_report(report)
                self._tab_changed()

        self.ask("inspect", work, done)

    def _tab_changed(self) -> None:
        if self.columns.tab == PREVIEW:
            self._render()
        elif self.columns.tab == DIFFERENCES:
            self._show_differences()

    def _render(self) -> None:
        report, loaded = self.panel.report, self.loaded
        if report is None or loaded is None:
            return
        if report.prompt is None:
            count = len(report.problems)
            self.preview.show_unavailable(self.t("ui.prompts.preview.broken", count=count))
            return
        words, source, values = self._words, self.panel.text(), self.preview.values()
        provider, brand_id = self.preview.provider, self.preview.brand_id

        async def work(copilot: Copilot) -> Rendered:
            brand = await copilot.brands.get(brand_id) if brand_id else None
            return copilot.prompt_trial.preview(source, values, provider=provider, brand=brand)

        def done(rendered: Rendered) -> None:
            if self._words == words:
                self.preview.show_rendered(rendered)

        def failed(error: Exception) -> None:
            if isinstance(error, RepliqueError):
                self.preview.show_unavailable(self.t.error(error))
            else:
                self.desk.tell_error(error)

        self.ask("preview", work, done, failed)

    def _show_differences(self) -> None:
        if self.columns.tab == DIFFERENCES and self.loaded is not None:
            self.differences.compare(self.panel.text())

    def _use_brand(self, brand_id: str) -> None:
        loaded = self.loaded
        if loaded is None:
            return
        key = loaded.key

        async def work(copilot: Copilot) -> Mapping[str, str]:
            brand = await copilot.brands.get(brand_id) if brand_id else None
            return copilot.prompt_trial.sample_values(key.task, key.language, brand)

        def done(values: Mapping[str, str]) -> None:
            if self.key == key:
                self.preview.use_sample(values)
                self._keep()

        self.ask("sample", work, done)

    def _trial(self) -> Trial | None:
        loaded, report = self.loaded, self.panel.report
        if loaded is None or self.panel.editor.isReadOnly():
            return None
        if report is not None and report.prompt is None:
            self.desk.tell("danger", self.t("ui.prompts.run.broken", count=len(report.problems)))
            self.columns.show_template()
            self.panel.see_first_problem()
            return None
        return Trial(loaded.key, self.panel.text(), self.preview.values(), self.preview.brand_id)
