"""What is wrong with a draft: one file a rule, no model needed.

A rule is a module with ``NAME``, ``check(draft, context)`` and samples ``BAD`` and ``GOOD`` in the languages it knows
(see ``_samples``). Its findings point into ``draft.text``; what concerns hashtags or alt texts points at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from copilot.domain.brand import Brand
from copilot.domain.finding import Finding, Severity
from copilot.domain.network import Network
from copilot.registry import discover

__all__ = ["Context", "Draft", "check", "rules"]

Rule = Callable[["Draft", "Context"], Iterable[Finding]]

_ORDER = {Severity.BLOCKS: 0, Severity.WARNS: 1, Severity.ADVISES: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text about to be shown for approval. ``hashtags`` come after it, without their ``#``.

    ``part`` is ``post`` or ``reply``, ``writer`` ``playbook``, ``chain`` (a model) or ``person``; ``edited`` is True
    once a person changed what the writer wrote.
    """

    text: str
    network: Network
    hashtags: tuple[str, ...] = ()
    alt_texts: tuple[str, ...] = ()
    part: str = "post"
    language: str = "fr"
    kind: str = "post"
    writer: str = "person"
    edited: bool = False
    has_media: bool = False

    @property
    def whole(self) -> str:
        """The body, then the hashtags on a paragraph of their own, as they leave."""
        tags = " ".join(f"#{tag}" for tag in self.hashtags)
        return "\n\n".join(part for part in (self.text, tags) if part)


@dataclass(frozen=True, slots=True)
class Context:
    """What a draft may rely on.

    ``sources`` are (name, text) pairs the person or the brand vouches for; ``untrusted`` texts others wrote, such as
    the message answered; ``confirmed`` the quotes a person lifted by name.
    """

    brand: Brand | None
    sources: tuple[tuple[str, str], ...]
    untrusted: tuple[str, ...]
    today: date
    confirmed: frozenset[str] = frozenset()


def check(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """What every rule finds in ``draft``: what blocks first, then in the order of the text."""
    found = [finding for rule in rules().values() for finding in rule(draft, context)]
    return tuple(sorted(found, key=lambda finding: (_ORDER[finding.severity], finding.start, finding.rule)))


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule, by name."""
    return {name: module.check for name, module in discover("copilot.checks").items()}
