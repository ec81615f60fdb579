"""What an exporter is given and what it gives back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from copilot.domain.item import PlannedTime
from copilot.domain.wording import Wording
from copilot.errors import UserError


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One approved item. ``text`` is what goes out, hashtags included, byte for byte as approved.

    ``kind`` is ``post`` or ``reply``; ``hashtags`` have no ``#``; ``approved_at`` is aware;
    ``zone`` is the IANA zone of its account, empty for the one of the export;
    ``answers_author`` and ``answers_text`` are the message a reply answers.
    """

    item_id: int
    kind: str
    network: str
    network_label: str
    account: str
    text: str
    body: str
    hashtags: tuple[str, ...] = ()
    link: str = ""
    media_urls: tuple[str, ...] = ()
    alt_texts: tuple[str, ...] = ()
    planned: PlannedTime | None = None
    answers_author: str | None = None
    answers_text: str | None = None
    approved_by: str = ""
    approved_at: datetime | None = None
    package_hash: str = ""
    campaign: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file to write. ``name_suffix`` goes between the name a person chose and ``extension``.

    ``rows`` are the ids of the items inside, in order; ``notes`` what the person should know of the file.
    """

    name_suffix: str
    content: bytes
    rows: tuple[int, ...]
    extension: str = ""
    notes: tuple[Wording, ...] = ()


def naming(kind: str, rows: Iterable[ExportRow], **params: object) -> UserError:
    """A refusal that names the items it is about."""
    named = ids(rows)
    return UserError(kind, items=named, count=len(named), **params)


def ids(rows: Iterable[ExportRow]) -> tuple[str, ...]:
    """The numbers of items, as they are shown."""
    return tuple(str(row.item_id) for row in rows)


def zone_named(name: str) -> ZoneInfo:
    """The time zone ``name``.

    Raises:
        UserError: ``export.unknown_zone``.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise UserError("export.unknown_zone", zone=name) from error


def require_rows(rows: Iterable[ExportRow]) -> None:
    """Refuse to write an empty file.

    Raises:
        UserError: ``export.nothing``.
    """
    if not any(True for _ in rows):
        raise UserError("export.nothing")


def printable(text: str) -> str:
    """``text`` for a document a person reads: a character no file can carry is shown as U+FFFD."""
    return "".join("\ufffd" if _is_unwritable(char) else char for char in text)


def has_unwritable(text: str) -> bool:
    """True when ``text`` holds a control character (but tab and line feed) or a lone surrogate."""
    return any(_is_unwritable(char) for char in text)


def _is_unwritable(char: str) -> bool:
    return (char < " " and char not in "\t\n") or "\x7f" <= char <= "\x9f" or "\ud800" <= char <= "\udfff"


def shown_time(moment: datetime | None, zone: tzinfo) -> str:
    """An instant in ``zone``, to the minute; empty for none."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else ""
