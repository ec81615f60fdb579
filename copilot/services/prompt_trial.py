"""A template under way: what is right and wrong in it, what it would send, and one try on a model. Nothing is kept.

What each task needs: the words the answer is about, without which a prompt of that task is pointless. It may use
the others, which come from the brand, the network or what was asked:

========  ==============  ==========================================================================
task      needs           may use
========  ==============  ==========================================================================
compose   brief           brand_voice, facts, network_rules, language_name, structure
adapt     text            brand_voice, network_rules, language_name
rewrite   text            brand_voice, instruction, language_name
hashtags  brief           network_rules, brand_tags, language_name
reply     message         brand_voice, facts, approach, language_name, private_channel, examples, thread_context
summary   thread          language_name
triage    message         language_name, thread_context
========  ==============  ==========================================================================
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from copilot.domain.brand import Brand
from copilot.domain.prompt import Prompt
from copilot.domain.wording import Wording
from copilot.errors import RepliqueError, UserError
from copilot.prompting.body import pieces
from copilot.prompting.file import FENCE, MAX_CHARS, examine
from copilot.prompting.template import declared_only, render
from copilot.prompting.voice import brand_voice, fact_lines, none_line
from copilot.services._reply_cases import public_words
from copilot.services.generation import Chunk, Generation, GenerationRequest, GenerationResult
from copilot.services.prompts import Prompts
from copilot.text.privacy import Vault

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

#: The writer without a model: it reads no prompt.
_PLAYBOOK = "playbook"
#: What others wrote but an answer can do without.
_CONTEXT = frozenset({"thread_context", "examples"})
KNOWN, UNKNOWN = "known", "unknown"

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class TaskInputs:
    """The inputs a task offers. ``needed`` is what the answer is about; ``untrusted`` what other people wrote."""

    task: str
    needed: tuple[str, ...]
    others: tuple[str, ...]
    untrusted: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every input, the needed ones first."""
        return self.needed + self.others


@dataclass(frozen=True, slots=True)
class VariableUse:
    """An input where a template has it. ``kind`` is ``known`` when the task offers it, else ``unknown``."""

    name: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """A mistake that keeps a template from being saved: its line, from 1, its place, and its sentence."""

    line: int
    start: int
    end: int
    wording: Wording


@dataclass(frozen=True, slots=True)
class TemplateReport:
    """What there is to say of a template. Offsets are Python character offsets in its source.

    ``missing`` are the inputs its task needs and it does not use. ``prompt`` is None while there are ``problems``.
    """

    variables: tuple[VariableUse, ...]
    missing: tuple[str, ...]
    problems: tuple[TemplateProblem, ...]
    prompt: Prompt | None


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """One message to a model: ``role`` is ``system`` or ``user``."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """What would be sent. ``masked`` is True when personal words were replaced, as they are for a remote model."""

    messages: tuple[RenderedMessage, ...]
    prompt: Prompt
    masked: bool = False


@dataclass(frozen=True, slots=True)
class PromptEntry:
    """A prompt of the library. ``is_broken`` tells of an own copy that cannot serve; ``is_shipped`` of an original."""

    task: str
    language: str
    name: str
    description: str
    is_own: bool
    is_shipped: bool
    is_broken: bool


class PromptTrial:
    """Tries templates before they are saved.

    Args:
        prompts: the library.
        generation: the service that runs prompts.
        is_remote: whether texts leave this machine for a model source; raises ``UserError`` ``provider.unknown``.
        clock: the time now, with its zone.
    """

    def __init__(
        self,
        prompts: Prompts,
        generation: Callable[[], Generation],
        is_remote: Callable[[str], bool],
        clock: Callable[[], datetime],
    ) -> None:
        self._prompts = prompts
        self._generation = generation
        self._is_remote = is_remote
        self._clock = clock

    def list(self) -> tuple[PromptEntry, ...]:
        """Every prompt by task, language and name, the broken own copies included."""
        return tuple(self._entry(*key) for key in self._prompts.library.places())

    def inputs(self, task: str, language: str) -> TaskInputs:
        """The inputs of a task; none for a task nobody knows."""
        shipped = self._prompts.library.shipped(task, language)
        if shipped is None:
            return TaskInputs(task, (), (), ())
        trusted, untrusted = shipped.prompt.trusted, shipped.prompt.untrusted
        needed = tuple(name for name in untrusted if name not in _CONTEXT)
        others = tuple(name for name in (*trusted, *untrusted) if name not in needed)
        return TaskInputs(task, needed, others, untrusted)

    def inspect(self, source: str, task: str, language: str, name: str = "standard") -> TemplateReport:
        """What there is to say of ``source`` as the person's copy of a prompt. Takes any text, at any moment of typing.

        Only the first 64,000 characters are looked at: a longer prompt is a problem by itself.
        """
        offered = self.inputs(task, language)
        variables = tuple(_variables(source[:MAX_CHARS], offered.names))
        used = {variable.name for variable in variables}
        file, errors = self._prompts.library.examined(task, language, name, source)
        places = _Places(source[:MAX_CHARS], variables)
        return TemplateReport(
            variables=variables,
            missing=tuple(one for one in offered.needed if one not in used),
            problems=tuple(places.problem(error) for error in errors),
            prompt=file.prompt if file else None,
        )

    def sample_values(self, task: str, language: str, brand: Brand | None = None) -> Mapping[str, str]:
        """A value for each input of a task: the shipped sample, with what ``brand`` says of itself.

        Raises:
            UserError: ``prompt.unknown``.
        """
        shipped = self._prompts.library.shipped(task, language)
        if shipped is None:
            return self._prompts.library.get_file(task, language).sample
        values = dict(shipped.sample)
        if brand is not None:
            own = _brand_values(brand, language, self._today(brand))
            values |= {name: text for name, text in own.items() if name in values}
        return values

    def preview(
        self, source: str, values: Mapping[str, str], *, provider: str = "", brand: Brand | None = None
    ) -> Rendered:
        """Message by message, what a model would be sent. ``values`` the template does not use are left aside.

        Each filling draws another word for the delimiters of what others wrote. With the id of a remote
        ``provider``, personal words are shown as they would leave; ``brand``'s own contact details stay in clear.

        Raises:
            UserError: the first mistake of ``source``; ``prompt.missing_variable``; ``provider.unknown``.
        """
        prompt = _prompt(source)
        used = declared_only(prompt, values)
        masked = bool(provider) and provider != _PLAYBOOK and self._is_remote(provider)
        if masked:
            vault = Vault(allowed=public_words(brand))
            used = {name: vault.mask(text) for name, text in used.items()}
        messages = tuple(RenderedMessage(role, text) for role, text in render(prompt, used))
        return Rendered(messages, prompt, masked)

    async def run_once(
        self, source: str, values: Mapping[str, str], *, provider: str, brand: Brand | None = None
    ) -> AsyncIterator[Chunk | GenerationResult]:
        """One answer of a model to a template that need not be saved; the run is in the ledger.

        Text comes in chunks and then as a result; JSON as a result, checked against the schema. ``brand``'s own
        contact details stay in clear for a remote model, as when its posts are written. Leaving early cancels.

        Raises:
            UserError: as :meth:`preview`; ``prompt.trial_needs_model`` for the playbook.
            OutsideError: as :meth:`copilot.services.generation.Generation.run`.
        """
        if provider == _PLAYBOOK:
            raise UserError("prompt.trial_needs_model")
        prompt = _prompt(source)
        request = GenerationRequest(
            prompt=prompt,
            values=declared_only(prompt, values),
            provider=provider,
            subject=f"trial:{prompt.version}",
            vault=Vault(allowed=public_words(brand)),
        )
        stream = cast("AsyncGenerator[Chunk | GenerationResult, None]", self._generation().stream(request))
        async with aclosing(stream) as pieces_of_answer:
            async for piece in pieces_of_answer:
                yield piece

    def _entry(self, task: str, language: str, name: str) -> PromptEntry:
        library = self._prompts.library
        try:
            description = library.get_file(task, language, name).description
            broken = False
        except RepliqueError:
            description, broken = "", True
        own = library.is_own(task, language, name)
        return PromptEntry(task, language, name, description, own, library.is_shipped(task, language, name), broken)

    def _today(self, brand: Brand) -> date:
        now = self._clock()
        try:
            return now.astimezone(ZoneInfo(brand.timezone)).date()
        except (ValueError, KeyError, OSError):
            return now.date()


def _prompt(source: str) -> Prompt:
    """The prompt of a source nobody saved. Raises UserError with its first mistake."""
    file, errors = examine(source, path="+++", origin="own")
    if file is None:
        raise errors[0]
    return file.prompt


def _brand_values(brand: Brand, language: str, today: date) -> dict[str, str]:
    tags = dict.fromkeys(tag for one in brand.hashtags for tag in one.tags)
    examples = [one.text for one in brand.playbooks if one.language == language][:3]
    return {
        "brand_voice": brand_voice(brand, language),
        "facts": fact_lines(brand.facts, today, language),
        "private_channel": brand.contact.private_channel or none_line(language),
        "examples": "\n---\n".join(examples) or none_line(language),
        "brand_tags": ", ".join(tags) or none_line(language),
    }


def _variables(source: str, offered: tuple[str, ...]) -> Iterator[VariableUse]:
    known = frozenset(offered)
    start = _body_start(source)
    for piece in pieces(source[start:]):
        if piece.name:
            place = start + piece.offset
            kind = KNOWN if piece.name in known else UNKNOWN
            yield VariableUse(piece.name, place, place + len(piece.text), kind)


def _body_start(source: str) -> int:
    """Where the text after the front matter begins; 0 while its two fences are not there."""
    start, fences = 0, 0
    for end in _LINE_END.finditer(source):
        if source[start : end.start()].removeprefix("\ufeff" if not start else "").rstrip() == FENCE:
            fences += 1
        if fences == 2:
            return end.end()
        if not fences:
            return 0
        start = end.end()
    return 0


class _Places:
    """Where errors stand in a source."""

    def __init__(self, source: str, variables: tuple[VariableUse, ...]) -> None:
        self._source = source
        self._starts, self._ends = [0], []
        for end in _LINE_END.finditer(source):
            self._ends.append(end.start())
            self._starts.append(end.end())
        self._ends.append(len(source))
        self._variables: dict[tuple[str, int], list[VariableUse]] = {}
        for variable in reversed(variables):
            self._variables.setdefault((variable.name, self._line(variable.start)), []).append(variable)
        self._told: dict[tuple[int, str], int] = {}

    def problem(self, error: RepliqueError) -> TemplateProblem:
        """The error on its tag or its input when it names one, else on its line."""
        told, position = error.params.get("line"), error.params.get("position")
        if isinstance(position, int):
            place = min(position - 1, len(self._source))
            return TemplateProblem(self._line(place), place, place + 1, Wording(error.key, error.params))
        line = min(max(told if isinstance(told, int) else 1, 1), len(self._starts))
        start, end = self._span(error, line)
        return TemplateProblem(line, start, end, Wording(error.key, error.params))

    def _span(self, error: RepliqueError, line: int) -> tuple[int, int]:
        tag, name = error.params.get("tag"), error.params.get("name")
        if isinstance(tag, str):
            found = self._next(tag, line)
            if found is not None:
                return found
        uses = self._variables.get((str(name), line)) if name else None
        if uses:
            use = uses.pop() if len(uses) > 1 else uses[0]
            return use.start, use.end
        return self._starts[line - 1], self._ends[line - 1]

    def _next(self, tag: str, line: int) -> tuple[int, int] | None:
        """The next place of ``tag`` on ``line``: the same one may stand there several times."""
        first = self._told.get((line, tag), self._starts[line - 1])
        start = self._source.find(tag, first, self._ends[line - 1])
        if start < 0:
            return None
        self._told[line, tag] = start + len(tag)
        return start, start + len(tag)

    def _line(self, offset: int) -> int:
        return bisect_right(self._starts, offset)
