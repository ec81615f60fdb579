"""The prompts at hand: shipped ones, and the person's own copies in the profile, which win.

A file is ``<task>/<name>.<language>.md``; what judges it is ``<task>/<name>.cases.toml``.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from copilot.domain.prompt import Prompt
from copilot.domain.wording import Wording
from copilot.errors import OutsideError, RepliqueError, UserError
from copilot.prompting.cases import Case, misfits, read_cases
from copilot.prompting.fields import LANGUAGE, NAME, TASK
from copilot.prompting.file import PromptFile, examine
from copilot.prompting.template import ALWAYS_DATA

SHIPPED, OWN = "shipped", "own"
STANDARD = "standard"

_MAX_BYTES = 1_000_000
#: No file can hold half a character.
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in one file. ``path`` is the file's, ``line`` None when the mistake has no place in it."""

    path: str
    origin: str
    error: RepliqueError
    line: int | None = None


class PromptLibrary:
    """Finds prompts in ``shipped`` and ``own``; the own folder need not exist."""

    def __init__(self, shipped: Path, own: Path) -> None:
        self._folders = {SHIPPED: shipped, OWN: own}

    def list(self) -> tuple[Prompt, ...]:
        """Every sound prompt by task, name and language, own copies in place of the shipped ones.

        A broken own copy hides the shipped prompt here as everywhere: :meth:`problems` says why.
        """
        found = {key: self._examined(path, SHIPPED) for key, path in self._files(SHIPPED)}
        found |= {key: self._examined(path, OWN) for key, path in self._files(OWN)}
        return tuple(file.prompt for _, (file, _) in sorted(found.items()) if file)

    def get(self, task: str, language: str, name: str = STANDARD) -> Prompt:
        """The prompt to use: the person's copy when there is one, else the shipped one.

        Raises:
            UserError: ``prompt.unknown`` with the known names, or ``prompt.own_copy_broken`` with the reason.
        """
        return self.get_file(task, language, name).prompt

    def get_file(self, task: str, language: str, name: str = STANDARD) -> PromptFile:
        """As :meth:`get`, with the description and the sample values.

        Raises:
            UserError: as :meth:`get`.
            OutsideError: ``prompt.unreadable``.
        """
        place = self._place(task, language, name)
        if place is None:
            raise self._unknown(task, language, name)
        return self._sound(*place)

    def source(self, prompt: Prompt) -> str:
        """The whole text of the file ``prompt`` was read from, to start an own copy with.

        Raises:
            OutsideError: ``prompt.unreadable``.
        """
        return _read(Path(prompt.path))

    def is_own(self, task: str, language: str, name: str = STANDARD) -> bool:
        """True when the person has a copy of this prompt, sound or not."""
        return self._place(task, language, name, (OWN,)) is not None

    def is_shipped(self, task: str, language: str, name: str = STANDARD) -> bool:
        """True when there is an original to go back to."""
        return self._place(task, language, name, (SHIPPED,)) is not None

    def own_source(self, task: str, language: str, name: str = STANDARD) -> str:
        """The whole text of the person's copy, sound or not.

        Raises:
            UserError: ``prompt.no_own_copy``, ``prompt.not_utf8``.
            OutsideError: ``prompt.unreadable``.
        """
        place = self._place(task, language, name, (OWN,))
        if place is None:
            raise UserError("prompt.no_own_copy", prompt=f"{task}/{name}.{language}")
        return _read(place[0])

    def shipped_source(self, task: str, language: str, name: str = STANDARD) -> str:
        """The whole text of the shipped prompt, whatever the person's copy says.

        Raises:
            UserError: ``prompt.unknown`` when the prompt is the person's alone.
            OutsideError: ``prompt.unreadable``.
        """
        place = self._place(task, language, name, (SHIPPED,))
        if place is None:
            raise self._unknown(task, language, name)
        return _read(place[0])

    def shipped(self, task: str, language: str) -> PromptFile | None:
        """The shipped prompt an own one of this task must fit; None for a task nobody knows."""
        place = self._place(task, language, STANDARD, (SHIPPED,))
        return self._sound(*place) if place else None

    def places(self) -> tuple[tuple[str, str, str], ...]:
        """(task, language, name) of every prompt file, the broken ones included."""
        found = {key for origin in (SHIPPED, OWN) for key, _ in self._files(origin)}
        return tuple(sorted((task, language, name) for task, name, language in found))

    def examined(
        self, task: str, language: str, name: str, text: str
    ) -> tuple[PromptFile | None, tuple[RepliqueError, ...]]:
        """What ``text`` would be as the person's copy of this prompt, else None and its mistakes. Nothing is kept."""
        return self._examined_text(text, Path(task, f"{name}.{language}.md"), OWN)

    def cases(self, task: str, name: str = STANDARD) -> tuple[Case, ...]:
        """The cases of a prompt in both languages; the own file wins; none when there is no file.

        Raises:
            UserError: ``prompt.cases_invalid``.
        """
        for origin in (OWN, SHIPPED):
            path = self._folders[origin] / task / f"{name}.cases.toml"
            if TASK.fullmatch(task) and NAME.fullmatch(name) and path.is_file():
                return read_cases(_read(path), path=str(path))
        return ()

    def problems(self) -> tuple[Problem, ...]:
        """Every mistake of every file, shipped and own, cases included."""
        found: list[Problem] = []
        for origin in (SHIPPED, OWN):
            for path in sorted(self._folders[origin].glob("*/*")):
                if path.suffix == ".md":
                    errors: Iterator[RepliqueError] = iter(self._examined(path, origin)[1])
                elif path.name.endswith(".cases.toml"):
                    errors = self._case_errors(path, origin)
                else:
                    continue
                found += [Problem(str(path), origin, error, _line(error)) for error in errors]
        return tuple(found)

    def save_own_copy(self, task: str, name: str, language: str, text: str) -> Prompt:
        """Keep ``text`` as the person's copy, whole or not at all; the copy before is replaced.

        Raises:
            UserError: the first mistake of ``text``; nothing is written then.
            OutsideError: ``prompt.not_saved``.
        """
        path = self._path(OWN, task, name, language)
        if path is None:
            raise UserError("prompt.name_invalid", prompt=f"{task}/{name}.{language}")
        file, errors = self._examined_text(text, path, OWN)
        if file is None:
            raise errors[0]
        _write(path, text)
        return file.prompt

    def remove_own_copy(self, task: str, name: str, language: str) -> None:
        """Forget the person's copy: the shipped prompt serves again.

        Raises:
            UserError: ``prompt.no_own_copy``.
            OutsideError: ``prompt.not_saved``.
        """
        path = self._path(OWN, task, name, language)
        if path is None or not path.is_file():
            raise UserError("prompt.no_own_copy", prompt=f"{task}/{name}.{language}")
        try:
            path.unlink()
        except OSError as error:
            raise OutsideError("prompt.not_saved", path=str(path), why=error.strerror or "") from error

    def _path(self, origin: str, task: str, name: str, language: str) -> Path | None:
        """Where such a prompt lies; None when the words could not name a file of ours (``../x``)."""
        if TASK.fullmatch(task) and NAME.fullmatch(name) and LANGUAGE.fullmatch(language):
            return self._folders[origin] / task / f"{name}.{language}.md"
        return None

    def _place(
        self, task: str, language: str, name: str, origins: tuple[str, ...] = (OWN, SHIPPED)
    ) -> tuple[Path, str] | None:
        """The file that serves such a prompt, and its origin: the first of ``origins`` that has one."""
        for origin in origins:
            path = self._path(origin, task, name, language)
            if path is not None and path.is_file():
                return path, origin
        return None

    def _unknown(self, task: str, language: str, name: str) -> UserError:
        wanted = f"{task}/{name}.{language}"
        known = sorted(self._labels())
        nearest = get_close_matches(wanted, known, n=len(known) or 1, cutoff=0.0)
        return UserError("prompt.unknown", prompt=wanted, known=tuple(nearest) or Wording("prompting.no_variable"))

    def _files(self, origin: str) -> Iterator[tuple[tuple[str, str, str], Path]]:
        for path in self._folders[origin].glob("*/*.md"):
            name, _, language = path.stem.rpartition(".")
            yield (path.parent.name, name, language), path

    def _labels(self) -> set[str]:
        keys = {key for origin in (SHIPPED, OWN) for key, _ in self._files(origin)}
        return {f"{task}/{name}.{language}" for task, name, language in keys}

    def _sound(self, path: Path, origin: str) -> PromptFile:
        file, errors = self._examined(path, origin)
        if file is not None:
            return file
        if origin == SHIPPED:
            raise errors[0]
        why = Wording(errors[0].key, errors[0].params)
        raise UserError("prompt.own_copy_broken", path=str(path), why=why) from errors[0]

    def _examined(self, path: Path, origin: str) -> tuple[PromptFile | None, tuple[RepliqueError, ...]]:
        try:
            text = _read(path)
        except RepliqueError as error:
            return None, (error,)
        return self._examined_text(text, path, origin)

    def _examined_text(self, text: str, path: Path, origin: str) -> tuple[PromptFile | None, tuple[RepliqueError, ...]]:
        lone = _SURROGATE.search(text)
        if lone:
            return None, (UserError("text.surrogate", position=lone.start() + 1),)
        file, errors = examine(text, path=str(path), origin=origin)
        if file is None:
            return None, errors
        misplaced = tuple(self._place_errors(file.prompt, path))
        return (None, misplaced) if misplaced else (file, ())

    def _place_errors(self, prompt: Prompt, path: Path) -> Iterator[UserError]:
        """What the file says it is must be where it lies; an own one must fit what its task offers."""
        written = f"{prompt.task}/{prompt.name}.{prompt.language}.md"
        if written != f"{path.parent.name}/{path.name}":
            yield UserError("prompt.misplaced", path=str(path), line=1, written=written)
        elif prompt.origin == OWN:
            yield from self._task_errors(prompt)

    def _task_errors(self, prompt: Prompt) -> Iterator[UserError]:
        """An own prompt gets the inputs its task has, keeps strangers' words untrusted and its output readable."""
        where: dict[str, object] = {"path": prompt.path, "line": 1}
        pattern = self._path(SHIPPED, prompt.task, STANDARD, prompt.language)
        if pattern is None or not pattern.is_file():
            tasks = tuple(sorted({task for (task, _, _), _ in self._files(SHIPPED)}))
            yield UserError("prompt.task_unknown", task=prompt.task, known=tasks, **where)
            return
        shipped = self._sound(pattern, SHIPPED).prompt
        offered = shipped.trusted + shipped.untrusted
        for name in prompt.trusted + prompt.untrusted:
            if name not in offered:
                yield UserError("prompt.input_not_offered", name=name, known=offered, **where)
        for name in prompt.trusted:
            if name in shipped.untrusted and name not in ALWAYS_DATA:
                yield UserError("prompt.must_be_untrusted", name=name, **where)
        if (prompt.output, prompt.schema) != (shipped.output, shipped.schema):
            yield UserError("prompt.output_differs", **where)

    def _case_errors(self, path: Path, origin: str) -> Iterator[RepliqueError]:
        """Shipped cases judge the shipped prompt, own ones the prompt in use; a broken prompt is told elsewhere."""
        task, name = path.parent.name, path.name.removesuffix(".cases.toml")
        try:
            cases = read_cases(_read(path), path=str(path))
        except RepliqueError as error:
            yield error
            return
        for number, case in enumerate(cases, start=1):
            place = self._place(task, case.language, name, (SHIPPED,) if origin == SHIPPED else (OWN, SHIPPED))
            if place is None:
                yield self._unknown(task, case.language, name)
                continue
            file, _ = self._examined(*place)
            for misfit in misfits(case, file.prompt) if file else ():
                yield UserError("prompt.case_misfit", path=str(path), case=number, id=case.id, name=misfit)


def _line(error: RepliqueError) -> int | None:
    line = error.params.get("line")
    return line if isinstance(line, int) else None


def _read(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(_MAX_BYTES)
    except OSError as error:
        raise OutsideError("prompt.unreadable", path=str(path), why=error.strerror or "") from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError("prompt.not_utf8", path=str(path), line=content.count(b"\n", 0, error.start) + 1) from error


def _write(path: Path, text: str) -> None:
    """Write beside, then take the place: a power cut leaves the copy before or the new one, never half of one."""
    draft: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        draft = Path(name)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as error:
        if draft is not None:
            with suppress(OSError):
                draft.unlink()
        raise OutsideError("prompt.not_saved", path=str(path), why=error.strerror or "") from error
