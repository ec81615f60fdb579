"""Reads a prompt file: TOML between two ``+++`` lines, then the body (see :mod:`copilot.prompting.body`).

::

    +++
    task = "reply"
    name = "standard"
    language = "fr"
    description = "Une réponse publique"
    inputs = ["brand_voice", "facts"]      # ours or the brand's
    untrusted = ["message"]                # what others wrote: last in the user part, each alone on its line
    output = "text"                        # or "json", with a schema
    temperature = 0.6
    max_tokens = 400
    [sample]
    message = "Bonjour"
    +++
    # system
    ...
    # user
    {{{brand_voice}}} ...
    {{{message}}}
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from copilot.domain.prompt import Prompt
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.prompting.body import USER, Part, line_of, parts, pieces, written_instead
from copilot.prompting.fields import FIELDS, field_errors, names_of, schema_of
from copilot.prompting.template import unknown_variable
from copilot.text.toml_lines import long_key_at

#: Longest file read, in characters: about thirty pages, far beyond what a small model can follow.
MAX_CHARS = 64_000
#: Mistakes told of one file: whoever has more mends these first, and none costs more than a blink.
MOST_ERRORS = 100
FENCE = "+++"

_TOML_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class PromptFile:
    """A prompt and what its file says besides: what it is for, and sample values to look at it with."""

    prompt: Prompt
    description: str
    sample: Mapping[str, str]


def parse_prompt(text: str, *, path: str, origin: str) -> Prompt:
    """The prompt a file holds. ``origin`` is ``shipped`` or ``own``.

    Raises:
        UserError: the first mistake, with ``path`` and ``line``.
    """
    return read_prompt_file(text, path=path, origin=origin).prompt


def read_prompt_file(text: str, *, path: str, origin: str) -> PromptFile:
    """The prompt with its description and sample.

    Raises:
        UserError: the first mistake, with ``path`` and ``line``.
    """
    found, errors = examine(text, path=path, origin=origin)
    if found is None:
        raise errors[0]
    return found


def examine(text: str, *, path: str, origin: str) -> tuple[PromptFile | None, tuple[UserError, ...]]:
    """The file when it is sound, else None and the mistakes found, by line (inputs left unused come last)."""
    try:
        text = normalised(text)
        front, first_line = _split(text, path)
        fields = _toml(front, path)
    except UserError as error:
        return None, (error,)
    body = text.split("\n", first_line - 1)[-1]
    try:
        errors = [*islice(field_errors(fields, front, path), MOST_ERRORS)]
    except RecursionError:
        schema = FIELDS["schema"]
        expected = Wording(schema.expected)
        errors = [UserError("prompt.key_invalid", path=path, line=schema.line(front), key="schema", expected=expected)]
    if not errors:
        errors = [*islice(_body_errors(body, fields, front, path, first_line), MOST_ERRORS)]
    if errors:
        return None, tuple(sorted(errors, key=_rank))
    return _built(fields, body, version_of(text), path, origin), ()


def normalised(text: str) -> str:
    """``text`` without byte order mark and with LF line ends, as it is hashed."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def version_of(text: str) -> str:
    """First 12 hexadecimal digits of the SHA-256 of the whole file, line ends normalised."""
    return hashlib.sha256(normalised(text).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _rank(error: UserError) -> tuple[bool, int]:
    """By line, but inputs left unused come last: a tag written wrongly is often why."""
    return error.kind == "prompt.unused_variable", int(str(error.params.get("line", 1)))


def _split(text: str, path: str) -> tuple[str, int]:
    """The front matter and the line where the body begins."""
    if len(text) > MAX_CHARS:
        raise UserError("prompt.too_large", path=path, line=1, size=len(text), max=MAX_CHARS)
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise UserError("prompt.front_matter", path=path, line=1)
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1 : number - 1]), number + 1
    raise UserError("prompt.front_matter", path=path, line=len(lines))


def _toml(front: str, path: str) -> dict[str, object]:
    long_key = long_key_at(front)
    if long_key is not None:
        raise UserError("prompt.toml", path=path, line=front.count("\n", 0, long_key) + 2)
    try:
        return tomllib.loads(front)
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, and a number too long to be one
        where = _TOML_LINE.search(str(error))
        # Line 1 of the front matter is line 2 of the file; an error without a line is at its end.
        line = int(where.group(1)) + 1 if where else front.count("\n") + 2
        raise UserError("prompt.toml", path=path, line=line) from error


def _built(fields: Mapping[str, object], body: str, version: str, path: str, origin: str) -> PromptFile:
    values = {name: fields.get(name, field.default) for name, field in FIELDS.items()}
    prompt = Prompt(
        task=str(values["task"]),
        name=str(values["name"]),
        language=str(values["language"]),
        version=version,
        body=body,
        trusted=names_of(fields, "inputs"),
        untrusted=names_of(fields, "untrusted"),
        output=str(values["output"]),
        schema=schema_of(fields.get("schema")),
        temperature=float(str(values["temperature"])),
        max_tokens=int(str(values["max_tokens"])),
        origin=origin,
        path=path,
    )
    sample = values["sample"]
    shown = {str(name): str(value) for name, value in sample.items()} if isinstance(sample, dict) else {}
    return PromptFile(prompt, str(values["description"]), shown)


def _body_errors(
    body: str, fields: Mapping[str, object], front: str, path: str, first_line: int
) -> Iterator[UserError]:
    try:
        both = parts(body, path=path, first_line=first_line)
    except UserError as error:
        yield error
        return
    trusted, untrusted = names_of(fields, "inputs"), names_of(fields, "untrusted")
    for part in both:
        yield from _tag_errors(part, trusted + untrusted, path)
        yield from _order_errors(part, untrusted, path)
    used = {piece.name for part in both for piece in pieces(part.text)}
    for key, names in (("inputs", trusted), ("untrusted", untrusted)):
        line = FIELDS[key].line(front)
        yield from (UserError("prompt.unused_variable", name=n, path=path, line=line) for n in names if n not in used)


def _tag_errors(part: Part, declared: tuple[str, ...], path: str) -> Iterator[UserError]:
    for piece in pieces(part.text):
        line = part.line + line_of(part.text, piece.offset) - 1
        if piece.refused:
            instead = written_instead(piece.text) or Wording("prompting.plain_text")
            yield UserError(f"prompt.tag_{piece.refused}", path=path, line=line, tag=piece.text, instead=instead)
        elif piece.name and piece.name not in declared:
            yield unknown_variable(piece.name, declared, f"{path}:{line}", path=path, line=line)


def _order_errors(part: Part, untrusted: tuple[str, ...], path: str) -> Iterator[UserError]:
    """Untrusted inputs come after everything else of the user part, each alone on its line."""
    found = list(pieces(part.text))
    first = next((index for index, piece in enumerate(found) if piece.name in untrusted), None)
    if first is None:
        return
    for index, piece in enumerate(found):
        ours = piece.name in untrusted
        blank = not piece.text.strip()
        misplaced = part.role != USER if ours else index > first and not blank
        if misplaced or (ours and not _alone(part.text, piece.offset, len(piece.text))):
            name = piece.name if ours else found[first].name
            line = part.line + line_of(part.text, piece.offset + len(piece.text) - len(piece.text.lstrip())) - 1
            yield UserError("prompt.untrusted_not_last", name=name, path=path, line=line)


def _alone(text: str, offset: int, length: int) -> bool:
    before = text[text.rfind("\n", 0, offset) + 1 : offset]
    end = text.find("\n", offset)
    after = text[offset + length : end if end >= 0 else len(text)]
    return not before.strip() and not after.strip()
