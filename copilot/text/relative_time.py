"""What "3 h" or "hier" says once it is known when it was read: about when, and how closely."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

from copilot.domain.conversation import About

#: Past a day, a network prints weeks, months or years: too loose to place a message by.
LOOSEST = timedelta(days=1)
_UNITS = {
    timedelta(seconds=1): r"s|sec\w*\.?",
    timedelta(minutes=1): r"m|mins?\.?|minutes?",
    timedelta(hours=1): r"h|hrs?|heures?|hours?",
    timedelta(days=1): r"j|jours?|d|days?",
}
_COUNTED = tuple(
    (unit, re.compile(rf"(?P<count>\d{{1,3}}|une?|an?) ?(?:{words})(?: ago)?")) for unit, words in _UNITS.items()
)
_NOW = re.compile(r"à l.instant|(?:just )?now|maintenant")
_DAY = re.compile(
    r"(?P<day>hier|yesterday|aujourd.hui|today)"
    r"(?:,? ?(?:à |at )?(?P<hour>\d{1,2}) ?[:h] ?(?P<minute>\d{2}) ?(?:(?P<half>[ap])\.?m\.?)?)?"
)
_BEFORE = re.compile(r"^[·•\s]*(?:il y a )?(?:environ |about )?")
_AFTER = re.compile(r"[·•\s]*\(?(?:modifié|edited)?\)?[·•\s]*$")
_MINUTE = timedelta(minutes=1)


def about(words: str, read_at: datetime) -> About | None:
    """About when a message was written that said ``words`` at ``read_at`` (aware, in the reader's zone).

    A network prints whole units that have gone by: ``2 h`` is from two to three hours, told as their middle. None for
    what is looser than a day, and for what is no such time.
    """
    shown = " ".join(words.casefold().replace("\u200e", "").split())
    shown = _AFTER.sub("", _BEFORE.sub("", shown))
    try:
        return _counted(shown, read_at) or _of_day(shown, read_at)
    except (ValueError, OverflowError):
        return None


def _counted(shown: str, read_at: datetime) -> About | None:
    if _NOW.fullmatch(shown):
        return About((read_at - _MINUTE / 2).astimezone(UTC), _MINUTE)
    for unit, pattern in _COUNTED:
        if found := pattern.fullmatch(shown):
            count = int(found["count"]) if found["count"].isdigit() else 1
            # Real time goes by, whatever the clocks of the zone did meanwhile.
            return About(read_at.astimezone(UTC) - (count + 0.5) * unit, max(unit, _MINUTE))
    return None


def _of_day(shown: str, read_at: datetime) -> About | None:
    found = _DAY.fullmatch(shown)
    if not found:
        return None
    day = read_at.date() - timedelta(days=found["day"] in ("hier", "yesterday"))
    if found["hour"]:
        hour = int(found["hour"])
        if found["half"]:
            hour = hour % 12 + 12 * (found["half"] == "p")
        at = datetime.combine(day, time(hour, int(found["minute"])), read_at.tzinfo)
        return About(at.astimezone(UTC), _MINUTE) if at <= read_at else None
    opens = datetime.combine(day, time(), read_at.tzinfo).astimezone(UTC)
    closes = min(datetime.combine(day + timedelta(days=1), time(), read_at.tzinfo), read_at).astimezone(UTC)
    return About(opens + (closes - opens) / 2, LOOSEST)
