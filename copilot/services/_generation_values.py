"""What is asked of a model, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from copilot.domain.prompt import Prompt, Usage
from copilot.errors import RepliqueError
from copilot.services._generation_pseudonyms import Pseudonyms

#: Seconds a whole run may take, unless asked otherwise.
TOTAL_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """One run to make.

    ``provider`` is the id of a configured source; ``subject`` what the answer is for, given back with it, so that
    a late answer goes to its own; ``total_timeout`` is in seconds; ``vault`` serves to hide people.
    ``objection`` reads a text answer and says, to the model, what must change in it; the model is then asked once more.
    It says nothing ("") of an answer that can be used. The last answer counts, better or not. ``keeps`` names the value
    whose people must still be there in the answer: a text that is written again. ``private``: what it holds was not
    said in public, and goes to no remote model.
    """

    prompt: Prompt
    values: Mapping[str, str] = field(repr=False)
    provider: str
    subject: str
    total_timeout: float = TOTAL_SECONDS
    vault: Pseudonyms | None = field(default=None, repr=False)
    objection: Callable[[str], str] | None = field(default=None, repr=False)
    keeps: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of an answer under way, fit to be shown. The result's text counts, not the sum of these."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class GenerationResult:
    """A usable answer. ``values`` is the object of a ``json`` prompt (None for text) and ``text`` its JSON.

    ``repaired`` tells that it took a second round; ``lost`` are the words hidden from the model in what it had to keep
    (``GenerationRequest.keeps``) and that its answer dropped.
    """

    subject: str
    text: str
    values: Mapping[str, Any] | None
    usage: Usage
    provider: str
    model: str
    prompt: str
    prompt_version: str
    hash_in: str
    hash_out: str
    repaired: bool = False
    lost: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """What a source is asked: (role, text) in order, as sent. ``masked`` when people were hidden from it."""

    provider: str
    model: str
    remote: bool
    masked: bool
    messages: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class GenerationFailure:
    """A run of several that gave no answer, and why."""

    subject: str
    error: RepliqueError
