"""What others wrote, made fit to be drawn: plain, short, in one direction at a time, and never slow."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copilot.domain.conversation import Author, Message
    from copilot.i18n import Translator

#: Characters of a message looked at to draw its beginning in the list.
LOOKED_AT = 600
#: Characters of the beginning drawn in the list.
BEGINNING = 240
#: Characters of a message drawn in full beside its conversation; the rest is one click away.
WHOLE = 6_000
#: Combining marks drawn on one letter: more is a way to blot out a screen, and takes seconds to lay out.
MARKS = 4

#: Letters, digits and signs of European languages: nothing in them reorders, hides or piles up.
_TAME = re.compile("[\n\x20-\x7e\xa0-\u024f\u2010-\u2027\u202f-\u205f\u20a0-\u20bf\u2190-\u2bff]*")
#: Signs that reorder or hide text. The joiner of emoji and the marks of Arabic script stay.
_HIDDEN = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]"
)


def shown(text: str, most: int = WHOLE) -> str:
    """At most ``most`` characters of ``text`` as they may be drawn: control characters as symbols, piles cut down."""
    # Twice as much is looked at: what is hidden or piled up takes no room.
    head = text[: 2 * most].replace("\r\n", "\n").replace("\r", "\n")
    if not _TAME.fullmatch(head):
        head = "".join(_drawable(_HIDDEN.sub("", head)))
    return head[:most]


def _drawable(text: str) -> list[str]:
    parts: list[str] = []
    pile = 0
    for char in text:
        category = unicodedata.category(char)
        if category in ("Mn", "Me"):
            pile += 1
            if pile <= MARKS:
                parts.append(char)
            continue
        pile = 0
        if char in "\n\t":
            parts.append(char)
        elif category == "Cc":
            parts.append(chr(0x2400 + ord(char)) if char < " " else "\ufffd")
        elif category == "Cs":
            parts.append("\ufffd")
        else:
            parts.append(char if char not in "\u2028\u2029" else "\n")
    return parts


def beginning(text: str, most: int = BEGINNING) -> str:
    """The beginning of ``text`` in one line."""
    return " ".join(shown(text[:LOOKED_AT], LOOKED_AT).split())[:most]


def author_shown(author: Author, t: Translator) -> str:
    """The name of an author in one short line."""
    return beginning(author.name or author.handle, 60) or t("ui.inbox.nobody")


def when_shown(message: Message, t: Translator, now: datetime) -> str:
    """When a message was written: the hour today, the day else, or what the network showed ("3 h").

    What is only about is said to be so.
    """
    about = message.about
    if about is not None:
        at = rounded(about.at, about.within).astimezone(now.tzinfo)
        return t("ui.inbox.when.about", when=_day_or_hour(at, t, now, is_day=not about.is_hourly))
    if message.created_at is None:
        return beginning(message.created_rel or "", 16)
    return _day_or_hour(message.created_at.astimezone(now.tzinfo), t, now)


def rounded(at: datetime, within: timedelta | None) -> datetime:
    """``at`` told no more closely than it is known: to the half hour where it is known to the hour."""
    step = timedelta(minutes=30).total_seconds()
    if within is None or within.total_seconds() < step:
        return at
    return datetime.fromtimestamp(round(at.timestamp() / step) * step, UTC)


def _day_or_hour(local: datetime, t: Translator, now: datetime, *, is_day: bool = False) -> str:
    from PySide6.QtCore import QDate, QLocale

    if local.date() == now.date() and not is_day:
        return f"{local:%H:%M}"
    day = QDate(local.year, local.month, local.day)
    pattern = "d MMM" if local.year == now.year else "d MMM yyyy"
    return QLocale(t.language).toString(day, pattern)


def language_shown(code: str, t: Translator) -> str:
    """The name of a language: in the person's own for those that triage tells apart, others as Qt names them."""
    key = f"ui.inbox.language.{code or 'und'}"
    if t.has(key):
        return t(key)
    from PySide6.QtCore import QLocale

    found = QLocale(code)
    if found.language() == QLocale.Language.C:
        return code
    return found.nativeLanguageName() or code


def network_shown(network_id: str) -> str:
    """The name of a network as people say it; as the file said it when it is not known."""
    if not network_id:
        return ""
    from copilot import networks
    from copilot.errors import UserError

    try:
        return networks.get(network_id).label
    except UserError:
        return network_id
