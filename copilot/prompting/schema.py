"""The part of JSON Schema that prompts may use, and its check.

Everything a schema can say here is enforced: a keyword that would be ignored is refused when the prompt is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from copilot.domain.wording import Wording

#: JSON type -> Python types of what ``json.loads`` gives. A boolean is not a number.
TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}

_WORDS: Final = ("title", "description")
_LIMITS: Final = ("minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum")
KEYWORDS: Final = frozenset(
    {"type", "properties", "required", "additionalProperties", "items", "enum", *_LIMITS, *_WORDS}
)


def unsupported(schema: object, where: str = "schema") -> Iterator[str]:
    """The places of ``schema`` this module would not enforce, as paths such as ``schema.items.pattern``."""
    if not isinstance(schema, Mapping):
        yield where
        return
    yield from (f"{where}.{keyword}" for keyword in schema if keyword not in KEYWORDS)
    yield from (f"{where}.{keyword}" for keyword, value in schema.items() if not _well_formed(str(keyword), value))
    properties = schema.get("properties", {})
    if isinstance(properties, Mapping):
        for name, inner in properties.items():
            yield from unsupported(inner, f"{where}.properties.{name}")
    if "items" in schema:
        yield from unsupported(schema["items"], f"{where}.items")


class Broken(NamedTuple):
    """A rule of a schema that a value breaks: ``problem`` in plain English for a model, ``wording`` for a person."""

    problem: str
    wording: Wording


def violation(value: object, schema: Mapping[str, object], where: str = "answer") -> str | None:
    """The first way ``value`` breaks ``schema``, in plain English for a model; None when it holds."""
    found = broken(value, schema, where)
    return found.problem if found else None


def broken(value: object, schema: Mapping[str, object], where: str = "answer") -> Broken | None:
    """The first way ``value`` breaks ``schema``; None when it holds.

    Only names and words of the schema are quoted, never the value.
    """
    return next(_violations(value, schema, where), None)


def _broken(where: str, problem: str, kind: str, told: object = "") -> Broken:
    wording = Wording(f"prompting.unusable.{kind}", {"where": where.removeprefix("answer."), "told": str(told)})
    return Broken(f"{where}: {problem}", wording)


def _violations(value: object, schema: Mapping[str, object], where: str) -> Iterator[Broken]:
    wanted = schema.get("type")
    names = [wanted] if isinstance(wanted, str) else list(_sequence(wanted))
    if names and not any(_is(value, str(name)) for name in names):
        yield _broken(where, f"must be of type {' or '.join(map(str, names))}", "type", ", ".join(map(str, names)))
        return
    choices = _sequence(schema.get("enum"))
    if "enum" in schema and not any(_same(value, choice) for choice in choices):
        known = ", ".join(map(str, choices))
        yield _broken(where, f"must be exactly one of {known}", "enum", known)
    yield from _limits(value, schema, where)
    if isinstance(value, dict):
        yield from _members(value, schema, where)
    inner = schema.get("items")
    if isinstance(value, list) and isinstance(inner, Mapping):
        for index, element in enumerate(value):
            yield from _violations(element, inner, f"{where}[{index}]")


def _members(value: Mapping[str, object], schema: Mapping[str, object], where: str) -> Iterator[Broken]:
    properties = schema.get("properties")
    known: Mapping[str, object] = properties if isinstance(properties, Mapping) else {}
    for name in _sequence(schema.get("required")):
        if name not in value:
            yield _broken(where, f"the key {name} is missing", "missing", name)
    if schema.get("additionalProperties") is False and any(name not in known for name in value):
        yield _broken(where, f"only these keys are allowed: {', '.join(known)}", "extra", ", ".join(known))
    for name, inner in known.items():
        if name in value and isinstance(inner, Mapping):
            yield from _violations(value[name], inner, f"{where}.{name}")


def _limits(value: object, schema: Mapping[str, object], where: str) -> Iterator[Broken]:
    for keyword in _LIMITS:
        bound = schema.get(keyword)
        size = _size(value, keyword)
        if not isinstance(bound, int | float) or size is None:
            continue
        if keyword.startswith("min") and size < bound:
            yield _broken(where, f"{keyword} is {bound}", "too_little", bound)
        if keyword.startswith("max") and size > bound:
            yield _broken(where, f"{keyword} is {bound}", "too_much", bound)


def _size(value: object, keyword: str) -> int | float | None:
    if keyword.endswith("Items"):
        return len(value) if isinstance(value, list) else None
    if keyword.endswith("Length"):
        return len(value) if isinstance(value, str) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _is(value: object, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, TYPES.get(name, ()))


def _same(value: object, choice: object) -> bool:
    return value == choice and isinstance(value, bool) == isinstance(choice, bool)


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


def _well_formed(keyword: str, value: object) -> bool:
    if keyword == "type":
        names = [value] if isinstance(value, str) else _sequence(value)
        return bool(names) and all(isinstance(name, str) and name in TYPES for name in names)
    if keyword == "enum":
        return isinstance(value, list) and bool(value)
    if keyword == "required":
        return isinstance(value, list) and all(isinstance(name, str) for name in value)
    if keyword == "additionalProperties":
        return isinstance(value, bool)
    if keyword == "properties":
        return isinstance(value, Mapping)
    return not (keyword in _LIMITS and (isinstance(value, bool) or not isinstance(value, int | float)))
