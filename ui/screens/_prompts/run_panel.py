"""One try of the template on a model. Nothing is sent before the person asks."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QProgressBar, QSizePolicy, QStackedWidget, QWidget

from copilot.errors import Bug, RepliqueError
from ui.desk import Desk
from ui.screens._prompts.source import PromptKey
from ui.widgets.basic import Field, badge, button, card, column, icon_button, label, restyle, row, scrolled
from ui.widgets.findings import FindingsList, marks_of
from ui.widgets.text_editor import TextEditor, set_bare

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.finding import Finding
    from copilot.services.generation import Chunk, GenerationResult
    from copilot.services.providers import Configured
    from ui.runner import Job

PLAYBOOK = "playbook"


@dataclass(frozen=True, slots=True)
class Trial:
    """What would be sent: a template, its values, the brand whose contact details stay in clear."""

    key: PromptKey
    source: str
    values: Mapping[str, str]
    brand_id: str


class RunPanel(QWidget):
    """``ask`` gives the trial of the moment, or None after having said why there is none."""

    def __init__(self, desk: Desk, ask: Callable[[], Trial | None]) -> None:
        super().__init__()
        self.desk, self._ask = desk, ask
        t = desk.t
        self._job: Job | None = None
        self._models: tuple[Configured, ...] = ()
        self.model = QComboBox()
        self.model.setMinimumContentsLength(10)
        self.model.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.model.currentIndexChanged.connect(self._say_where)
        self.where = label("", "small", wrap=True)
        self.start_button = button("", "primary")
        self.stop_button = button("")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(t("ui.prompts.run.under_way"))
        self.progress.setFormat("")
        self.answer = TextEditor(desk.theme, t("ui.prompts.run.answer"), smallest_lines=3, grows=True)
        self.answer.setReadOnly(True)
        set_bare(self.answer)
        self.outcome = badge("")
        self.cost = label("", "small", wrap=True)
        self.error = label("", tone="danger", wrap=True, selectable=True)
        self.checks = FindingsList(desk.theme, t)
        self.checks.chosen.connect(self._see)
        self.checks.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.check_note = label("", "small", wrap=True)
        self.copy = icon_button("copy", t("ui.prompts.run.copy"), self._copy)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._nothing_page())
        self.pages.addWidget(self._run_page())
        column(self.pages, margins=(0, 3, 0, 0), parent=self)
        self.clear()

    @property
    def is_running(self) -> bool:
        """True while an answer comes."""
        return self._job is not None and self._job.is_running and not self._job.is_cancelled

    @property
    def remote(self) -> str:
        """The first source, the chosen one before, that texts leave this machine for; empty when there is none."""
        chosen = [one for one in self._models if one.id == self.model.currentData()]
        return next((one.id for one in (*chosen, *self._models) if one.remote), "")

    def show_models(self, models: Sequence[Configured]) -> None:
        """What can run a prompt; the choice stays when it can, else the default one."""
        told = tuple(one for one in models if one.provider != PLAYBOOK)
        if told == self._models:
            return
        chosen, self._models = self.model.currentData(), told
        self.model.blockSignals(True)
        self.model.clear()
        for one in told:
            self.model.addItem(_name(self.desk.t(one.label_key), one), one.id)
        default = next((one.id for one in told if one.is_default), None)
        found = self.model.findData(chosen) if chosen else -1
        self.model.setCurrentIndex(max(0, found if found >= 0 else self.model.findData(default)))
        self.model.blockSignals(False)
        self.pages.setCurrentIndex(1 if told else 0)
        self._say_where()
        self._follow()

    def clear(self) -> None:
        """Another prompt: what runs for the one before is stopped."""
        self.stop()
        self._show_answer("")
        self._say()
        self._card.setVisible(False)

    def start(self) -> None:
        """Send the template once."""
        if self.is_running or not self._models:
            return
        trial = self._ask()
        if trial is None:
            return
        provider = str(self.model.currentData())
        self._show_answer("")
        self._say(outcome="ui.prompts.run.under_way", tone="info")
        self._card.setVisible(True)
        self.answer.begin_stream()
        self._job = self.desk.stream(
            lambda copilot: _run(copilot, trial, provider), self._arrived, None, self._failed, owner=self
        )
        self._job.succeeded.connect(lambda _none: self._ended())
        self._follow()

    def stop(self) -> None:
        """Stop the answer that comes; what came stays."""
        if self._job is None:
            return
        self._job.cancel()
        self._job = None
        self._end_stream()
        self._say(outcome="ui.prompts.run.stopped", tone="warn")
        self._follow()

    def _arrived(self, told: list[Any]) -> None:
        """Chunks, then (result, findings). A chunk has no ``usage``."""
        text = "".join(one.text for one in told if not isinstance(one, _Judged))
        if text:
            self.answer.append_stream(text)
        for one in told:
            if isinstance(one, _Judged):
                self._show_result(one)

    def _show_result(self, judged: _Judged) -> None:
        t, result = self.desk.t, judged.result
        self._end_stream()
        self._show_answer(_indented(result))
        self._say(outcome="ui.prompts.run.done", tone="ok", cost=self._cost_of(result))
        self.checks.show_findings(judged.findings or ())
        text = self.answer.text()
        self.answer.set_marks(marks_of(judged.findings or (), None, len(text), self.desk.t))
        notes = [t("ui.prompts.run.repaired")] if result.repaired else []
        if result.values is not None:
            notes.append(t("ui.prompts.run.fits_schema"))
        elif judged.findings is not None and not judged.findings:
            notes.append(t("ui.prompts.run.no_finding"))
        elif judged.findings is None:
            notes.append(t("ui.prompts.run.unchecked", count=len(text)))
        self.check_note.setText("\n".join(notes))
        self.check_note.setVisible(bool(notes))

    def _failed(self, error: Exception) -> None:
        self._end_stream()
        self._job = None
        self.answer.setVisible(bool(self.answer.text()))
        if isinstance(error, RepliqueError) and not isinstance(error, Bug):
            self._say(outcome="ui.prompts.run.failed", tone="danger", error=self.desk.t.error(error))
        else:
            self._say(outcome="ui.prompts.run.failed", tone="danger")
            self.desk.tell_error(error)
        self._follow()

    def _ended(self) -> None:
        self._job = None
        self._follow()

    def _end_stream(self) -> None:
        self.answer.end_stream()
        self.answer.setReadOnly(True)

    def _show_answer(self, text: str) -> None:
        self.answer.setVisible(True)
        self.answer.show_text(text)

    def _say(self, *, outcome: str = "", tone: str = "neutral", cost: str = "", error: str = "") -> None:
        self.outcome.setText(self.desk.t(outcome) if outcome else "")
        self.outcome.setVisible(bool(outcome))
        restyle(self.outcome, badge=tone)
        self.cost.setText(cost)
        self.error.setText(error)
        self.error.setVisible(bool(error))
        self.check_note.setVisible(False)
        self.checks.show_findings(())

    def _follow(self) -> None:
        self.progress.setRange(0, 0 if self.is_running and not self.desk.theme.choice.reduced_motion else 1)
        kept = self.progress.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(kept)
        self.progress.setVisible(self.is_running)
        self.model.setEnabled(not self.is_running)
        self.start_button.setVisible(not self.is_running)
        self.stop_button.setVisible(self.is_running)

    def _say_where(self) -> None:
        chosen = next((one for one in self._models if one.id == self.model.currentData()), None)
        if chosen is not None:
            self.where.setText(self.desk.t("ui.prompts.run.leaves" if chosen.remote else "ui.prompts.run.stays"))

    def _cost_of(self, result: GenerationResult) -> str:
        usage = result.usage
        return self.desk.t(
            "ui.prompts.run.cost",
            seconds=round(usage.seconds, 1),
            model=result.model[:80],
            tokens_in=usage.tokens_in,
            tokens_out=usage.tokens_out,
        )

    def _nothing_page(self) -> QWidget:
        t = self.desk.t
        self.to_settings = button(
            t("ui.prompts.run.add_model"), "primary", run=lambda: self.desk.go("settings", "models")
        )
        page = QWidget()
        title = label(t("ui.prompts.run.no_model"), "title", wrap=True)
        why = label(t("ui.prompts.run.no_model.why"), "muted", wrap=True)
        column(title, why, row(self.to_settings, 1), 1, space=3, margins=(0, 4, 0, 0), parent=page)
        return page

    def _run_page(self) -> QWidget:
        page, results = QWidget(), QWidget()
        self._card = card()
        head = row(self.outcome, 1, self.copy)
        column(
            head, self.error, self.answer, self.cost, self.check_note, self.checks, margins=3, parent=self._card
        )  # fmt: skip
        column(self._card, 1, margins=(0, 0, 1, 0), parent=results)
        model = Field(self.desk.t("ui.prompts.run.model"), self.model)
        line = row(self.start_button, self.stop_button, 1)
        column(model, self.where, line, self.progress, scrolled(results), space=2, parent=page)
        return page

    def _see(self, finding: Finding) -> None:
        self.answer.select(finding.start, finding.end)
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.answer.text())


@dataclass(frozen=True, slots=True)
class _Judged:
    """The whole answer; ``findings`` is None when no rule checks the answers of this task."""

    result: GenerationResult
    findings: tuple[Finding, ...] | None


async def _run(copilot: Copilot, trial: Trial, provider: str) -> AsyncIterator[Chunk | _Judged]:
    """In the engine: one run, and the checks of its answer."""
    from copilot.services.generation import Chunk

    brand = await copilot.brands.get(trial.brand_id) if trial.brand_id else None
    run = copilot.prompt_trial.run_once(trial.source, trial.values, provider=provider, brand=brand)
    async with aclosing(cast("AsyncGenerator[Chunk | GenerationResult, None]", run)) as pieces:
        async for piece in pieces:
            if isinstance(piece, Chunk):
                yield piece
            else:
                yield _Judged(piece, _checked(copilot, trial, piece, brand))


def _checked(copilot: Copilot, trial: Trial, result: GenerationResult, brand: Any) -> tuple[Finding, ...] | None:
    """What the rules say of a reply to the sample message."""
    if trial.key.task != "reply":
        return None
    from copilot.domain.conversation import ReplyProposal
    from copilot.services.inspection import inspect_reply

    told = [(name, trial.values.get(name, "")) for name in ("facts", "private_channel", "thread_context")]
    return inspect_reply(
        ReplyProposal(result.text, trial.key.language, None),
        trial.values.get("message", ""),
        brand=brand,
        sources=told,
        today=copilot.inspector.today(brand),
    )


def _indented(result: GenerationResult) -> str:
    """JSON as a person reads it, any other answer as it is."""
    if result.values is None:
        return result.text
    import json

    return json.dumps(dict(result.values), ensure_ascii=False, indent=2)


def _name(kind: str, one: Configured) -> str:
    parts = [one.id, one.model if one.model not in ("", one.id) else kind]
    return " · ".join(part[:60] for part in parts)
