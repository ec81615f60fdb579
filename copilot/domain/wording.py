"""A sentence not yet in a language: a catalogue key and its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wording:
    """What to say, to be rendered by ``i18n`` in the language of whoever reads it."""

    key: str
    params: Mapping[str, object] = field(default_factory=dict)
