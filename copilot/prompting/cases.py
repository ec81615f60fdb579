"""Cases: inputs for a prompt and what a good answer to them holds. One TOML file a prompt, both languages in it.

::

    [[case]]
    id = "late-delivery"
    language = "fr"              # the prompt's language
    [case.inputs]
    message = "Toujours rien reçu"
    [case.expect]
    contains = ["désolé"]        # each must occur, whatever the case
    not_contains = ["remboursement"]
    max_chars = 500
    language = "fr"              # language of the answer
    keys = ["intent"]            # JSON keys that must be there
    [case.expect.equals]         # JSON values that must be exactly these
    intent = "complaint"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from copilot.domain.prompt import Prompt
from copilot.errors import UserError

_CASE_KEYS = frozenset({"id", "language", "inputs", "expect"})
_TEXTS = ("contains", "not_contains", "keys")
_EXPECT_KEYS = frozenset({*_TEXTS, "max_chars", "language", "equals"})


@dataclass(frozen=True, slots=True)
class Expectations:
    """What must hold of an answer. ``max_chars`` counts Python characters; None means no bound."""

    contains: tuple[str, ...] = ()
    not_contains: tuple[str, ...] = ()
    max_chars: int | None = None
    language: str | None = None
    keys: tuple[str, ...] = ()
    equals: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One case. ``language`` is that of the prompt it is for."""

    id: str
    language: str
    inputs: Mapping[str, str]
    expect: Expectations


def read_cases(text: str, *, path: str) -> tuple[Case, ...]:
    """The cases a file holds.

    Raises:
        UserError: ``prompt.cases_invalid`` (``path``, ``case``: the number of the case, 0 for the file).
    """
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UserError("prompt.cases_invalid", path=path, case=0) from error
    raw = content.get("case")
    if set(content) != {"case"} or not isinstance(raw, list):
        raise UserError("prompt.cases_invalid", path=path, case=0)
    cases: list[Case] = []
    for number, entry in enumerate(raw, start=1):
        case = _case(entry)
        if case is None or any(case.id == earlier.id for earlier in cases):
            raise UserError("prompt.cases_invalid", path=path, case=number)
        cases.append(case)
    return tuple(cases)


def misfits(case: Case, prompt: Prompt) -> Iterator[str]:
    """The names a case gives or expects that ``prompt`` does not know, or lacks: inputs, JSON keys."""
    declared = {*prompt.trusted, *prompt.untrusted}
    yield from sorted(declared ^ set(case.inputs))
    properties = (prompt.schema or {}).get("properties")
    known = set(properties) if isinstance(properties, dict) else set()
    yield from sorted({*case.expect.keys, *case.expect.equals} - known)


def _case(entry: object) -> Case | None:
    if not isinstance(entry, dict) or set(entry) - _CASE_KEYS:
        return None
    name, language = entry.get("id"), entry.get("language")
    inputs, expect = entry.get("inputs", {}), _expectations(entry.get("expect"))
    if not (isinstance(name, str) and name and isinstance(language, str) and expect):
        return None
    if not isinstance(inputs, dict) or not all(isinstance(value, str) for value in inputs.values()):
        return None
    return Case(name, language, inputs, expect)


def _expectations(raw: object) -> Expectations | None:
    if not isinstance(raw, dict) or not raw or set(raw) - _EXPECT_KEYS:
        return None
    texts = [_texts(raw.get(key, [])) for key in _TEXTS]
    most, language, equals = raw.get("max_chars"), raw.get("language"), raw.get("equals", {})
    if most is not None and (not isinstance(most, int) or most < 1):
        return None
    if None in texts or not isinstance(equals, dict) or not isinstance(language, str | None):
        return None
    contains, not_contains, keys = (found or () for found in texts)
    return Expectations(contains, not_contains, most, language, keys, equals)


def _texts(value: object) -> tuple[str, ...] | None:
    if isinstance(value, list) and all(isinstance(text, str) and text for text in value):
        return tuple(value)
    return None
