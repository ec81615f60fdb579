"""The keys of a prompt file's front matter: what each accepts, and where a mistake stands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.prompting.schema import unsupported

TASK = re.compile(r"[a-z][a-z0-9_]{0,39}")
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
LANGUAGE = re.compile(r"[a-z]{2}")
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
OUTPUTS = ("text", "json")
MAX_TOKENS = 100_000
MAX_TEMPERATURE = 2


@dataclass(frozen=True, slots=True)
class Field:
    """One key: ``accepts`` says whether a value will do, ``expected`` (a catalogue key) what would."""

    key: str
    accepts: Callable[[object], bool]
    expected: str
    required: bool = False
    default: object = None

    def line(self, front: str) -> int:
        """The line of the file where this key stands; 1 when it is absent."""
        wanted = re.compile(rf"[ \t]*\[?[ \t]*{self.key}\b")
        lines = enumerate(front.split("\n"), start=2)
        return next((number for number, line in lines if wanted.match(line)), 1)


def _matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_line(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 200 and "\n" not in value


def _are_names(value: object) -> bool:
    if not isinstance(value, list) or not all(isinstance(name, str) and VARIABLE.fullmatch(name) for name in value):
        return False
    return len(set(value)) == len(value)


def _is_output(value: object) -> bool:
    return value in OUTPUTS


def _is_temperature(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MAX_TEMPERATURE


def _is_token_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_TOKENS


def _is_sample(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _is_schema(value: object) -> bool:
    return schema_of(value) is not None


FIELDS: Mapping[str, Field] = {
    field.key: field
    for field in (
        Field("task", _matches(TASK), "prompting.expected.task", required=True),
        Field("name", _matches(NAME), "prompting.expected.name", required=True),
        Field("language", _matches(LANGUAGE), "prompting.expected.language", required=True),
        Field("description", _is_line, "prompting.expected.description", default=""),
        Field("inputs", _are_names, "prompting.expected.inputs", default=()),
        Field("untrusted", _are_names, "prompting.expected.inputs", default=()),
        Field("output", _is_output, "prompting.expected.output", default="text"),
        Field("schema", _is_schema, "prompting.expected.schema"),
        Field("temperature", _is_temperature, "prompting.expected.temperature", default=0.7),
        Field("max_tokens", _is_token_count, "prompting.expected.max_tokens", default=800),
        Field("sample", _is_sample, "prompting.expected.sample", default={}),
    )
}


def schema_of(value: object) -> dict[str, object] | None:
    """The schema written as a TOML table or as JSON text; None when it is neither, or not of an object."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    if isinstance(value, dict) and value.get("type") == "object":
        return value
    return None


def field_errors(fields: Mapping[str, object], front: str, path: str) -> Iterator[UserError]:
    """Every mistake of a front matter: unknown, missing or unfit keys, and keys that contradict each other."""
    for key in fields:
        if key not in FIELDS:
            known = tuple(get_close_matches(key, FIELDS, n=len(FIELDS), cutoff=0.0))
            line = Field(re.escape(key), _is_line, "").line(front)
            yield UserError("prompt.key_unknown", path=path, line=line, key=key, known=known)
    for key, field in FIELDS.items():
        if field.required and key not in fields:
            yield UserError("prompt.key_missing", path=path, line=1, key=key)
        if key in fields and not field.accepts(fields[key]):
            yield _unfit(field, front, path)
    yield from _contradictions(fields, front, path)


def names_of(fields: Mapping[str, object], key: str) -> tuple[str, ...]:
    """The input names listed under ``key``."""
    names = fields.get(key)
    return tuple(map(str, names)) if isinstance(names, list) else ()


def _contradictions(fields: Mapping[str, object], front: str, path: str) -> Iterator[UserError]:
    output, schema = fields.get("output", "text"), fields.get("schema")
    if (output == "json") != (schema is not None):
        key = "schema" if "schema" in fields else "output"
        yield UserError("prompt.schema_and_output", path=path, line=FIELDS[key].line(front))
    for place in unsupported(schema_of(schema) or {"type": "object"}):
        yield UserError("prompt.schema_keyword", path=path, line=FIELDS["schema"].line(front), place=place)
    trusted, untrusted = names_of(fields, "inputs"), names_of(fields, "untrusted")
    for name in trusted:
        if name in untrusted:
            yield UserError("prompt.declared_twice", path=path, line=FIELDS["untrusted"].line(front), name=name)
    sample = fields.get("sample")
    if isinstance(sample, dict):
        line = FIELDS["sample"].line(front)
        for name in sample:
            if name not in (*trusted, *untrusted):
                yield UserError("prompt.sample_unknown", path=path, line=line, name=name)


def _unfit(field: Field, front: str, path: str) -> UserError:
    expected = Wording(field.expected)
    return UserError("prompt.key_invalid", path=path, line=field.line(front), key=field.key, expected=expected)
