"""JSON Lines in, JSON Lines out: one process for many texts, a bad line never stops the others."""

from __future__ import annotations

import inspect
import json
from collections.abc import Awaitable, Callable, Mapping

from copilot.cli.session import Session, error_json, print_json, stdin_bytes
from copilot.errors import RepliqueError, UserError

Answer = Callable[[Mapping[str, object]], "Mapping[str, object] | Awaitable[Mapping[str, object]]"]


async def serve(session: Session, answer: Answer) -> None:
    """Answer each line of the standard input with one line, in the same order."""
    for number, line in enumerate(stdin_bytes(), 1):
        print_json(await _one(session, answer, line, number))


async def _one(session: Session, answer: Answer, line: bytes, number: int) -> Mapping[str, object]:
    try:
        asked = parse_line(line, number)
        told = answer(asked)
        return await told if inspect.isawaitable(told) else told
    except RepliqueError as error:
        return error_json(error, session.t)
    except (RecursionError, MemoryError, ValueError, TypeError, KeyError) as error:
        # Whatever a strange line provokes is told about that line and the next ones are still answered.
        import logging

        logging.getLogger("replique.jsonl").exception("line %d", number)
        return error_json(UserError("jsonl.unexpected", line=number, what=type(error).__name__), session.t)


def parse_line(line: bytes, number: int) -> Mapping[str, object]:
    """One line as an object.

    Raises:
        UserError: ``jsonl.not_utf8``, ``jsonl.not_json``, ``jsonl.not_an_object``.
    """
    try:
        told = _DECODER.decode(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UserError("jsonl.not_utf8", line=number) from error
    except (ValueError, RecursionError) as error:
        raise UserError("jsonl.not_json", line=number) from error
    if not isinstance(told, dict):
        raise UserError("jsonl.not_an_object", line=number)
    return told


def _no_number(name: str) -> None:
    """NaN and the infinities, which Python writes and JSON does not have."""
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def with_id(error: dict[str, object], asked: Mapping[str, object] | None) -> dict[str, object]:
    """An error that answers ``asked``, with the id it gave, as an answer has it."""
    given = None if asked is None else asked.get("id")
    return error if given is None else {"id": given, **error}


def text_field(asked: Mapping[str, object], name: str, *, required: bool = True) -> str:
    """The text ``asked[name]``.

    Raises:
        UserError: ``jsonl.missing``, ``jsonl.not_text``.
    """
    value = asked.get(name)
    if value is None:
        if required:
            raise UserError("jsonl.missing", name=name)
        return ""
    if not isinstance(value, str):
        raise UserError("jsonl.not_text", name=name)
    return value
