"""Answers written beforehand, played as a model would give them: for the demonstration and for trying things out.

The script is a JSON list, in a file or in the setting itself. Each answer is a string or an object with ``text`` or
``pieces`` and the other fields of :class:`~copilot.providers._scripted_chat.Answer`.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from copilot.errors import OutsideError, UserError
from copilot.providers._fields import PSEUDONYMS, Field, checked

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from copilot.providers._scripted_chat import Answer

NAME = "scripted"
LABEL_KEY = "provider.scripted"
FIELDS = (
    Field("script", "text", "provider.field.script", required=True, help_key="provider.field.script.help"),
    Field("remote", "choice", "provider.field.remote", default="no", choices=("no", "yes")),
    PSEUDONYMS,
)
_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "text": str,
    "pieces": list,
    "delay": (int, float),
    "first_delay": (int, float),
    "finish": str,
    "refusal": str,
    "error": str,
    "hang": bool,
    "match": str,
    "obey": bool,
    "echo": bool,
}
#: A word with the blank after it: how a text is cut into pieces.
_WORDS = re.compile(r"\S+\s*|\s+")


def REMOTE(settings: Mapping[str, str]) -> bool:  # noqa: N802 - a name of the seam, beside NAME and FIELDS
    """Nothing leaves; ``remote`` = ``yes`` has it treated as if it did."""
    return settings.get("remote", "").strip() not in ("", "no")


def MODEL(settings: Mapping[str, str]) -> str:  # noqa: N802 - the seam's name and signature
    """Its only model."""
    return NAME


@asynccontextmanager
async def open_model(settings: Mapping[str, str], secret: str | None) -> AsyncIterator[BaseChatModel]:
    """The player of the script.

    Raises:
        UserError: ``provider.setting_*``, ``provider.script_broken``.
        OutsideError: ``provider.script_unreadable``.
    """
    answers = _answers(settings)
    from copilot.providers._scripted_chat import ScriptedChat

    yield ScriptedChat(answers=answers)


def look(settings: Mapping[str, str]) -> None:
    """Whether there is a script that can be played. Raises as :func:`open_model`."""
    _answers(settings)


def _answers(settings: Mapping[str, str]) -> tuple[Answer, ...]:
    script = checked(FIELDS, settings)["script"]
    return read(script if script.startswith(("[", "{")) else _file(script))


def read(script: str) -> tuple[Answer, ...]:
    """The answers of a script.

    Raises:
        UserError: ``provider.script_broken``, with the number of the answer (0: the whole).
    """
    try:
        told = json.loads(script)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, list) or not told:
        raise UserError("provider.script_broken", number=0)
    return tuple(_answer(one, number) for number, one in enumerate(told, 1))


def _answer(told: object, number: int) -> Answer:
    from copilot.providers._scripted_chat import Answer

    if isinstance(told, str):
        return Answer(pieces=tuple(_WORDS.findall(told)))
    if not isinstance(told, dict) or not all(_fits(name, value) for name, value in told.items()):
        raise UserError("provider.script_broken", number=number)
    rest = {name: value for name, value in told.items() if name not in ("text", "pieces")}
    pieces = tuple(told["pieces"]) if "pieces" in told else tuple(_WORDS.findall(told.get("text", "")))
    return Answer(pieces=pieces, **rest)


def _fits(name: str, value: object) -> bool:
    kind = _KINDS.get(name)
    if kind is None or not isinstance(value, kind):
        return False
    return name != "pieces" or (isinstance(value, list) and all(isinstance(piece, str) for piece in value))


def _file(path: str) -> str:
    try:
        return Path(path).expanduser().read_text(encoding="utf-8")
    except (OSError, ValueError, RuntimeError):  # the last: nobody has that home
        raise OutsideError("provider.script_unreadable", path=path) from None
