"""What the screen asks of the prompt services: a prompt with its sources, saved, given up, duplicated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from copilot.errors import RepliqueError, UserError
from copilot.i18n import Translator

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.prompt_trial import TaskInputs, TemplateProblem, TemplateReport

_NAME_LINE = re.compile(r"^(name[ \t]*=[ \t]*)([\"'])[^\"'\n]*\2", re.MULTILINE)
#: What the editor holds in the place of what no line can hold.
_HELD_AS = str.maketrans({"\r": "\n", "\u2029": "\n", "\u2028": "\n", "\ufdd0": "\n", "\ufdd1": "\n", "\x00": "\ufffd"})
TAB_TITLES = ("ui.prompts.preview", "ui.prompts.run", "ui.prompts.diff")
#: Tasks in the order of the work; others follow.
TASKS = ("compose", "adapt", "rewrite", "hashtags", "reply", "triage", "summary")


@dataclass(frozen=True, slots=True, order=True)
class PromptKey:
    """Which prompt: its task, its language, its name."""

    task: str
    language: str
    name: str

    def __str__(self) -> str:
        return f"{self.task}/{self.language}/{self.name}"

    @property
    def working(self) -> str:
        """The key of what is being typed in it."""
        return f"prompt:{self}"


def key_of(text: object) -> PromptKey | None:
    """The key written ``task/language/name``, None for anything else."""
    parts = text.split("/") if isinstance(text, str) else []
    return PromptKey(*parts) if len(parts) == 3 and all(parts) else None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A prompt as the editor needs it. ``own`` and ``shipped`` are sources, None when there is none.

    ``typed`` is the body of a working copy. ``error`` says why a source cannot be read.
    """

    key: PromptKey
    own: str | None
    shipped: str | None
    inputs: TaskInputs
    sample: Mapping[str, str]
    typed: Mapping[str, Any] = field(default_factory=dict)
    error: RepliqueError | None = None

    @property
    def source(self) -> str:
        """The text that serves."""
        return self.own if self.own is not None else self.shipped or ""

    @property
    def has_own(self) -> bool:
        """True when the person has a copy, readable or not."""
        return self.own is not None or self.error is not None


async def load(copilot: Copilot, key: PromptKey) -> Loaded:
    """The prompt ``key``. Raises UserError ``prompt.unknown`` when neither source exists."""
    library, trial = copilot.prompts.library, copilot.prompt_trial
    own = shipped = None
    error: RepliqueError | None = None
    is_own, is_shipped = library.is_own(*_place(key)), library.is_shipped(*_place(key))
    if not is_own and not is_shipped:
        # Raises, with the names that exist.
        library.shipped_source(*_place(key))
    if is_own:
        try:
            own = library.own_source(*_place(key))
        except RepliqueError as failed:
            error = failed
    if is_shipped:
        shipped = library.shipped_source(*_place(key))
    try:
        sample = trial.sample_values(key.task, key.language)
    except RepliqueError:  # a task nobody knows: the inspection says so
        sample = {}
    copy = await copilot.working.get(key.working)
    return Loaded(key, own, shipped, trial.inputs(key.task, key.language), sample, copy.body if copy else {}, error)


def exists(copilot: Copilot, key: PromptKey) -> bool:
    """True when there is such a prompt, the person's or shipped."""
    library = copilot.prompts.library
    return library.is_own(*_place(key)) or library.is_shipped(*_place(key))


async def save(copilot: Copilot, key: PromptKey, text: str) -> TemplateReport:
    """Keep ``text`` as the person's copy unless the report names problems; nothing is written then.

    Raises:
        OutsideError: ``prompt.not_saved``.
    """
    report = copilot.prompt_trial.inspect(text, *_place(key))
    if report.prompt is not None:
        copilot.prompts.library.save_own_copy(key.task, key.name, key.language, text)
        await copilot.working.drop(key.working)
    return report


async def give_up(copilot: Copilot, key: PromptKey) -> None:
    """Remove the person's copy, sound or not, and what is being typed in it.

    Raises:
        UserError: ``prompt.no_own_copy``.
        OutsideError: ``prompt.not_saved``.
    """
    copilot.prompts.library.remove_own_copy(key.task, key.name, key.language)
    await copilot.working.drop(key.working)


async def duplicate(copilot: Copilot, key: PromptKey, name: str, text: str) -> TemplateReport:
    """Keep ``text`` as another prompt of the same task, called ``name``.

    Raises:
        UserError: ``prompt.name_taken``, ``prompt.name_invalid``.
        OutsideError: ``prompt.not_saved``.
    """
    other = PromptKey(key.task, key.language, name)
    library = copilot.prompts.library
    if exists(copilot, other):
        raise UserError("prompt.name_taken", name=name)
    renamed = renamed_source(text, name)
    report = copilot.prompt_trial.inspect(renamed, *_place(other))
    if report.prompt is not None:
        library.save_own_copy(other.task, other.name, other.language, renamed)
    return report


def renamed_source(text: str, name: str) -> str:
    """``text`` with another name in its front matter."""
    end = text.find("\n+++", 1)
    head, rest = (text[:end], text[end:]) if end > 0 else (text, "")
    return _NAME_LINE.sub(lambda found: f'{found[1]}"{name}"', head, count=1) + rest


def as_typed(text: str) -> str:
    """``text`` as the editor holds it: LF line ends, no NUL, none of Qt's separators, not too long."""
    from ui.widgets.template_editor import LONGEST

    return text[:LONGEST].replace("\r\n", "\n").translate(_HELD_AS)


def texts_of(values: object) -> dict[str, str]:
    """The texts of a mapping that was kept as JSON; nothing of anything else."""
    if not isinstance(values, dict):
        return {}
    return {str(name): text for name, text in values.items() if isinstance(text, str)}


def sentence_of(t: Translator, problem: TemplateProblem) -> str:
    """The sentence of a problem without the file and the line it begins with: the list has a column for those."""
    whole = t.wording(problem.wording)
    path = str(problem.wording.params.get("path", ""))
    if not path:
        return whole
    head = re.match(rf"{re.escape(path)}(?:, \w+ \d+|:\d+)[ \u00a0\u202f]?: ", whole)
    rest = whole[head.end() :] if head else whole
    return rest[:1].upper() + rest[1:]


def task_title(t: Translator, task: str) -> str:
    """What a task is called."""
    key = f"ui.prompts.task.{task}"
    return t(key) if t.has(key) else task


def input_title(t: Translator, name: str) -> str:
    """What an input holds."""
    key = f"ui.prompts.input.{name}"
    return t(key) if t.has(key) else name


def language_title(t: Translator, language: str) -> str:
    """The name of a language."""
    key = f"ui.prompts.language.{language}"
    return t(key) if t.has(key) else language


def _place(key: PromptKey) -> tuple[str, str, str]:
    return key.task, key.language, key.name
