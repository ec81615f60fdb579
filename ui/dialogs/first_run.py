"""The first start: language, brand, how to write. Three calm steps; leaving at any time leaves something that works."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from copilot.errors import RepliqueError
from copilot.i18n import Translator
from copilot.paths import assets_dir
from ui.desk import Desk
from ui.dialogs._first_run_steps import BrandStep, LanguageStep, ModelStep, Step
from ui.dialogs.base import Dialog
from ui.screens._settings.parts import save, say
from ui.widgets.basic import button, label, restyle, scrolled

STEPS = 3
#: The example brief in each language of the window.
EXAMPLES = {"fr": "lancement-heron.md", "en": "winter-check.md"}


class FirstRun(Dialog):
    """Shown once, when ``settings.first_run_done`` is False. Escape ends it: what is chosen so far holds."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.t("ui.first.title"), parent)
        self.desk = desk
        self.t = desk.t
        self._ended = False
        self._model: ModelStep | None = None
        restyle(self.heading, type="h1")
        room = parent.size()
        self.setMinimumSize(min(desk.theme.px(600), room.width() - 60), min(desk.theme.px(440), room.height() - 60))
        self.resize(min(desk.theme.px(720), room.width() - 60), min(desk.theme.px(640), room.height() - 40))
        self.progress = label("", "small")
        self.pages = QStackedWidget()
        self.body.addWidget(self.progress)
        self.body.addWidget(self.pages, 1)
        self.skip_button = button("", "quiet", run=self.reject)
        self.back_button = button("", run=lambda: self.go(self.step - 1))
        self.next_button = button("", "primary", run=self.advance)
        self.buttons(self.skip_button, 1, self.back_button, self.next_button)
        self._build(0)

    @property
    def step(self) -> int:
        """The step shown, from 0."""
        return self.pages.currentIndex()

    @property
    def model(self) -> ModelStep:
        """The last step, made when it is first reached: the window has taken the language chosen before."""
        if self._model is None:
            self._model = ModelStep(self.desk, self.t)
            self._model.changed.connect(self._follow_return)
            self.pages.addWidget(scrolled(self._model))
        return self._model

    def go(self, step: int) -> None:
        """Show a step."""
        steps: tuple[Step, ...] = (self.language, self.brand)
        if step >= len(steps):
            steps = (*steps, self.model)
        self.pages.setCurrentIndex(max(0, min(STEPS - 1, step)))
        self._follow()
        steps[self.step].enter()

    def advance(self) -> None:
        """The next step, or the end. The brand must be there before how to write is asked."""
        if self.step == 0:
            self.go(1)
        elif self.step == 1:
            self.brand.apply()
        elif self.model.is_settled:
            self.accept()
        else:
            self.model.complain()

    def done(self, result: int) -> None:
        """End, whatever way; remembered, so that it does not come back."""
        if not self._ended:
            self._ended = True
            self._remember(result == Dialog.DialogCode.Accepted)
        super().done(result)

    def _build(self, step: int) -> None:
        t = self.t
        self.language, self.brand = LanguageStep(self.desk, t), BrandStep(self.desk, t)
        self._model = None
        while (old := self.pages.widget(0)) is not None:
            self.pages.removeWidget(old)
            old.deleteLater()
        self.pages.addWidget(scrolled(self.language))
        self.pages.addWidget(scrolled(self.brand))
        self.language.chosen.connect(self._speak)
        self.brand.applied.connect(lambda: self.go(2))
        self.setWindowTitle(t("ui.first.title"))
        self.heading.setText(t("ui.first.title"))
        self.skip_button.setText(t("ui.first.skip"))
        self.back_button.setText(t("ui.first.back"))
        for made in (self.skip_button, self.back_button):
            made.setAccessibleName(made.text())
        self.go(step)

    def _follow(self) -> None:
        last = self.step == STEPS - 1
        self.progress.setText(self.t("ui.first.step", number=self.step + 1, total=STEPS))
        self.back_button.setVisible(self.step > 0)
        self.next_button.setText(self.t("ui.first.finish" if last else "ui.first.next"))
        self.next_button.setAccessibleName(self.next_button.text())
        self.next_button.setEnabled(True)
        self._follow_return()
        if last:
            demo = self.brand.brand is not None and self.brand.choice == "demo"
            self.model.example.setVisible(demo)
            self.model.example.setChecked(demo)

    def _follow_return(self) -> None:
        """Return goes on, but while the fields of a model are to be filled in: there it is theirs."""
        self.next_button.setDefault(self.step < STEPS - 1 or self.model.is_settled)

    def _speak(self, language: str) -> None:
        """Speak ``language`` from now on: this dialog at once, the window behind it as well."""
        if language == self.t.language:
            return
        self.t = Translator(language)
        self._build(0)
        save(self.desk, self, {"language": language}, failed=self._not_saved)

    def _not_saved(self, error: Exception) -> None:
        if isinstance(error, RepliqueError):
            say(self.language.outcome, self.t.error(error), "danger")
        else:
            self.desk.tell_error(error)

    def _remember(self, finished: bool) -> None:
        values: dict[str, object] = {"first_run_done": True}
        brand = self.brand.brand
        if brand is not None:
            values["default_brand"] = brand.id
        brief = _example(self.t.language) if finished and self.model.example.isChecked() else ""
        desk, t = self.desk, self.t

        def kept(_settings: object) -> None:
            if brief:
                desk.go("compose", brief)
            elif finished:
                desk.tell("ok", t("ui.first.done"))

        save(desk, None, values, kept)


def _example(language: str) -> str:
    return (assets_dir() / "demo" / "briefs" / EXAMPLES[language]).read_text(encoding="utf-8")
