"""What is wrong with a draft: one file a rule, no model needed.

A rule is a module with ``NAME``, its usual ``SEVERITY``, ``check(draft, context)`` and samples ``BAD`` and ``GOOD`` in
the languages it knows (see ``_samples``). Its findings point into ``draft.text``; what concerns hashtags or alt texts
points at its end. Its title is the catalogue's ``check.NAME.title``. A brand may give a rule another weight, or none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import ModuleType

from copilot.domain.brand import Brand, RuleLevel
from copilot.domain.finding import Finding, Severity
from copilot.domain.network import Network
from copilot.registry import discover

__all__ = ["Context", "Draft", "check", "fixed", "rules", "usual_severities"]

Rule = Callable[["Draft", "Context"], Iterable[Finding]]

_ORDER = {Severity.BLOCKS: 0, Severity.WARNS: 1, Severity.ADVISES: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text about to be shown for approval. ``hashtags`` come after it, without their ``#``.

    ``part`` is ``post`` or ``reply``, ``writer`` ``playbook``, ``chain`` (a model) or ``person``; ``edited`` is True
    once a person changed what the writer wrote. ``private`` when only the person answered will read it.
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
    private: bool = False

    @property
    def whole(self) -> str:
        """The body, then the hashtags on a paragraph of their own, as they leave."""
        tags = " ".join(f"#{tag}" for tag in self.hashtags)
        return "\n\n".join(part for part in (self.text, tags) if part)


@dataclass(frozen=True, slots=True)
class Context:
    """What a draft may rely on.

    ``sources`` are (name, text) pairs the person or the brand vouches for; ``untrusted`` texts others wrote, such as
    the message answered; ``confirmed`` the quotes a person lifted by name. ``steering`` are words of others, read by
    the model that wrote the draft, that give it orders; ``instructions`` what the model was told.
    """

    brand: Brand | None
    sources: tuple[tuple[str, str], ...]
    untrusted: tuple[str, ...]
    today: date
    confirmed: frozenset[str] = frozenset()
    sourced: bool = True
    recent: tuple[str, ...] = ()
    steering: tuple[str, ...] = ()
    instructions: str = ""

    def level(self, rule: str) -> RuleLevel | None:
        """The weight the brand gives ``rule``; None when it leaves the usual one."""
        return self.brand.checks.get(rule) if self.brand else None


def check(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """What every rule finds, weighed as the brand asks: what blocks first, then in the order of the text."""
    found = [finding for name, rule in rules().items() for finding in _weighed(name, rule, draft, context)]
    return tuple(sorted(found, key=lambda finding: (_ORDER[finding.severity], finding.start, finding.rule)))


def _weighed(name: str, rule: Rule, draft: Draft, context: Context) -> Iterator[Finding]:
    level = context.level(name)
    if level is RuleLevel.OFF:
        return
    for finding in rule(draft, context):
        yield finding if level is None else replace(finding, severity=Severity(level.value))


def fixed(draft: Draft, context: Context, *, found: Iterable[Finding] | None = None, rounds: int = 4) -> Draft:
    """``draft`` with every automatic fix applied; applied again, it changes nothing more.

    One fix may call for another (two spaces before a sign): fixes are applied and looked for again, ``rounds`` times at
    most. ``found`` is what :func:`check` says of ``draft``, when it was asked already.
    """
    for _ in range(rounds):
        seen = check(draft, context) if found is None else found
        mended = with_fixes(draft.text, (finding for finding in seen if finding.automatic))
        if mended == draft.text:
            break
        draft, found = replace(draft, text=mended), None
    return draft


def with_fixes(text: str, findings: Iterable[Finding]) -> str:
    """``text`` with the fix of each finding in place of its span; of two that overlap, the first stays."""
    pieces: list[str] = []
    at = 0
    for finding in sorted(findings, key=lambda one: (one.start, one.end)):
        if finding.fix is not None and finding.start >= at:
            pieces += [text[at : finding.start], finding.fix]
            at = finding.end
    return "".join([*pieces, text[at:]])


@lru_cache(maxsize=1)
def _modules() -> dict[str, ModuleType]:
    return discover("copilot.checks")


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule, by name."""
    return {name: module.check for name, module in _modules().items()}


def usual_severities() -> dict[str, Severity]:
    """The usual weight of each rule, by name."""
    return {name: module.SEVERITY for name, module in _modules().items()}
