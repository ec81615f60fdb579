"""Prompts as data: a template with declared inputs, its version, and one run of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Prompt:
    """One template file. ``version`` is the first 12 hexadecimal digits of the SHA-256 of its content.

    ``trusted`` inputs come from us or the brand; ``untrusted`` ones (what others wrote) go last, inside
    delimiters. ``output`` is ``text`` or ``json``; ``schema`` is a JSON schema when ``json``.
    """

    task: str
    name: str
    language: str
    version: str
    body: str
    trusted: tuple[str, ...]
    untrusted: tuple[str, ...]
    output: str = "text"
    schema: Mapping[str, object] | None = None
    temperature: float = 0.7
    max_tokens: int = 800
    origin: str = "shipped"
    path: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one answer cost, as the model's server reports it. Seconds are wall-clock."""

    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    first_token_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a prompt, for the ledger: hashes, never texts."""

    id: int
    at: datetime
    task: str
    prompt: str
    prompt_version: str
    provider: str
    model: str
    usage: Usage
    outcome: str
    hash_in: str
    hash_out: str
