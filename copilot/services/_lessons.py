"""Corrections as a file: one JSON object a line, read back without trust."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from copilot.domain.conversation import Decider, Intent
from copilot.domain.learning import Correction
from copilot.errors import UserError

#: A longer text is no comment.
MOST_CHARS = 100_000
#: Names that other tools give to the intent.
_NAMES = ("intent", "label")


@dataclass(frozen=True, slots=True)
class ReadCorrections:
    """What a file of corrections holds; ``refused`` are the numbers of the lines that say nothing we know."""

    kept: tuple[Correction, ...]
    refused: tuple[int, ...]


def written(corrections: Iterable[Correction]) -> str:
    """``corrections`` as JSON Lines, those whose text was forgotten left out."""
    lines = []
    for one in corrections:
        if one.text:
            told = {
                "text": one.text,
                "intent": one.intent.value,
                "language": one.language,
                "said": one.said.value,
                "said_by": one.said_by.value,
                "by": one.by,
                "at": one.at.isoformat(),
            }
            lines.append(json.dumps(told, ensure_ascii=False) + "\n")
    return "".join(lines)


def read(text: str, brand_id: str, by: str, at: datetime) -> ReadCorrections:
    """The corrections in ``text``, each made by ``by`` unless it says by whom.

    Raises:
        UserError: ``corrections.nothing`` when no line says anything we know.
    """
    kept: list[Correction] = []
    refused: list[int] = []
    for number, line in _lines(text):
        found = _correction(line, brand_id, by, at)
        if found is None:
            refused.append(number)
        else:
            kept.append(found)
    if not kept:
        raise UserError("corrections.nothing", intents=", ".join(Intent))
    return ReadCorrections(tuple(kept), tuple(refused))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def _correction(line: str, brand_id: str, by: str, at: datetime) -> Correction | None:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    text, intent = told.get("text"), _intent(next((told[name] for name in _NAMES if name in told), None))
    if not isinstance(text, str) or not text.strip() or len(text) > MOST_CHARS or intent is None:
        return None
    said = _intent(told.get("said"))
    return Correction(
        brand_id=brand_id,
        # Halves of pairs, which JSON can tell, are no text that anybody can store.
        text=text.encode("utf-8", "replace").decode(),
        language=_short(told.get("language"), 8) or "und",
        intent=intent,
        # Without it, nobody knows whether triage was right: it counts as agreed.
        said=said or intent,
        said_by=_decider(told.get("said_by")),
        by=_short(told.get("by"), 200) or by,
        at=_time(told.get("at")) or at,
    )


def _intent(value: object) -> Intent | None:
    return Intent(value) if isinstance(value, str) and value in set(Intent) else None


def _decider(value: object) -> Decider:
    return Decider(value) if isinstance(value, str) and value in set(Decider) else Decider.RULES


def _short(value: object, most: int) -> str:
    return value[:most] if isinstance(value, str) else ""


def _time(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None
