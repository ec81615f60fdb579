"""A brand as a TOML file: read with the line of every mistake, written so that a person can edit it."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date

from copilot.brandfile.reading import BrandProblem, BrandReader, shown_path, slug
from copilot.brandfile.writing import write_brand
from copilot.domain.brand import Brand, RuleLevel
from copilot.domain.finding import Severity
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.text.toml_lines import KeyPath, key_lines, long_key_at, nearest_line

__all__ = ["MAX_CHARS", "BrandProblem", "check_brand", "read_brand", "slug", "write_brand"]

#: The largest brand file, in characters.
MAX_CHARS = 1_000_000

_AT_LINE = re.compile(r"at line (\d+)")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_brand(text: str, *, name: str = "") -> Brand:
    """The brand a TOML ``text`` describes. ``name`` is what the error calls the file.

    Raises:
        UserError: ``brand.too_big`` past one million characters; ``brand.invalid`` with ``name``, ``line``,
            ``path`` and ``why`` (a Wording) for the first mistake of the file.
    """
    brand, problems = _read(text)
    if brand is None:
        first = next(problem for problem in problems if problem.severity is Severity.BLOCKS)
        raise UserError("brand.invalid", name=name, line=first.line, path=first.path or "TOML", why=first.wording)
    return brand


def check_brand(
    text: str, *, today: date | None = None, rules: Mapping[str, Severity] | None = None
) -> tuple[BrandProblem, ...]:
    """Everything wrong in a brand file, by line: mistakes, and warnings when it can be read.

    ``today`` (the machine's date by default) decides which facts have expired; ``rules``, the checks there are with
    their usual weight, which settings of ``[checks]`` do nothing or let more through.

    Raises:
        UserError: ``brand.too_big`` past one million characters.
    """
    brand, problems = _read(text)
    if brand is not None:
        lines = key_lines(_clean(text))
        problems += [
            BrandProblem(nearest_line(lines, path), shown_path(path), wording, Severity.WARNS)
            for path, wording in _warnings(brand, rules or {}, today or date.today())
        ]
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.severity is Severity.WARNS)))


def _clean(text: str) -> str:
    return text.removeprefix("\ufeff")


def _read(text: str) -> tuple[Brand | None, list[BrandProblem]]:
    if len(text) > MAX_CHARS:
        raise UserError("brand.too_big", limit=MAX_CHARS)
    text = _clean(text)
    syntax = _unreadable(text)
    if syntax:
        return None, [syntax]
    try:
        content = tomllib.loads(text)
        lines = key_lines(text)
    except RecursionError:
        return None, [BrandProblem(1, "", Wording("brand.problem.too_deep"))]
    except ValueError as error:  # TOMLDecodeError, and a number too long to be one
        return None, [_syntax_problem(text, error)]
    reader = BrandReader(lines)
    brand = reader.brand(content)
    return (None if reader.problems else brand), reader.problems


def _unreadable(text: str) -> BrandProblem | None:
    surrogate = _SURROGATE.search(text)
    places = (
        (surrogate and surrogate.start(), "brand.problem.surrogate"),
        (long_key_at(text), "brand.problem.long_key"),
    )
    for place, key in places:
        if place is not None:
            return BrandProblem(text.count("\n", 0, place) + 1, "", Wording(key))
    return None


#: What the TOML parser's message holds, and the sentence it becomes.
_SYNTAX = (
    ("date", "date"),
    ("overwrite", "twice"),
    ("twice", "twice"),
    ("Duplicate", "twice"),
    ("after a key", "no_equals"),
    ("Invalid value", "no_quotes"),
    ("Unterminated", "open_string"),
    ("Illegal character", "open_string"),
    ("Unescaped", "backslash"),
    ("Unclosed", "open_bracket"),
    ("at the end of a table", "open_bracket"),
)


def _syntax_problem(text: str, error: ValueError) -> BrandProblem:
    message = str(error)
    found = _AT_LINE.search(message)
    line = int(found.group(1)) if found else text.rstrip("\n").count("\n") + 1
    kind = next((kind for part, kind in _SYNTAX if part in message), "syntax")
    return BrandProblem(line, "", Wording(f"brand.problem.{kind}"))


def _warnings(brand: Brand, rules: Mapping[str, Severity], today: date) -> list[tuple[KeyPath, Wording]]:
    found: list[tuple[KeyPath, Wording]] = []
    for position, fact in enumerate(brand.facts):
        if fact.valid_until is not None and not fact.is_valid_on(today):
            since = fact.valid_until.isoformat()
            found.append(
                (("facts", position, "valid_until"), Wording("brand.warning.expired", {"id": fact.id, "day": since}))
            )
        if not fact.source.strip():
            found.append((("facts", position), Wording("brand.warning.no_source", {"id": fact.id})))
    preferred = {term.use.casefold() for term in brand.voice.preferred}
    for position, term in enumerate(brand.voice.banned):
        if term.casefold() in preferred:
            wording = Wording("brand.warning.banned_and_preferred", {"term": term})
            found.append((("voice", "banned", position), wording))
    if not (brand.voice.traits or brand.voice.do or brand.voice.do_not):
        found.append((("voice",), Wording("brand.warning.empty_voice")))
    return [*found, *_rule_warnings(brand, rules)] if rules else found


def _rule_warnings(brand: Brand, rules: Mapping[str, Severity]) -> Iterator[tuple[KeyPath, Wording]]:
    """A weight given to a rule that does not exist; a rule switched off that keeps false or refused texts back."""
    for name, level in brand.checks.items():
        if name not in rules:
            near = difflib.get_close_matches(name[:64], rules, n=1, cutoff=0.5)
            key = "brand.warning.unknown_rule_near" if near else "brand.warning.unknown_rule"
            shown = {"name": name[:64], **({"near": near[0]} if near else {})}
            yield ("checks", name), Wording(key, shown)
        elif rules[name] is Severity.BLOCKS and level is not RuleLevel.BLOCKS:
            yield ("checks", name), Wording("brand.warning.rule_weakened", {"rule": Wording(f"check.{name}.title")})
