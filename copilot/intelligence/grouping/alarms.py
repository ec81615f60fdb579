"""Whether copies look like a raid or spam: how many people, how close in time, with which links: facts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copilot.domain.conversation import Intent
from copilot.domain.grouping import Alarm, GroupKind, Growth
from copilot.domain.wording import Wording
from copilot.intelligence.grouping.letters import letters_of
from copilot.intelligence.grouping.said import Said

#: Letters a text needs for its repetition to be more than "Bravo" said by many.
TELLING = 22
#: Copies from which they are many; without dates a longer text is asked for.
MANY, MANY_UNDATED, TELLING_UNDATED = 5, 8, 45
#: Copies of a longer text by as many people that are no chance, however far apart.
CAMPAIGN = 20
#: Share of the authors among the copies from which each speaks once, and below which a few repeat.
EACH_ONCE, A_FEW = 0.6, 0.34
#: Share of the dated copies looked for in the shortest time, and the minutes they may take.
MOST, MINUTES = 0.6, 180
#: Share of a group from which what is said of some is said of it.
HALF = 0.5
HOUR = 3600.0

_LINK = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|net|org|xyz|top|info|shop|site|online|club|link|io|me|ly)/", re.I)


def authors_of(said: Sequence[Said]) -> int:
    """How many people wrote, as far as names tell; 0 when they do not."""
    return len({one.author.casefold() for one in said if one.author})


def minutes_of(said: Sequence[Said]) -> int | None:
    """The shortest time, in whole minutes (1 at least), that holds most of the dated ones; None when too few are."""
    times = sorted(one.at for one in said if one.at is not None)
    wanted = max(MANY, int(len(times) * MOST))
    if len(times) < wanted or len(times) < HALF * len(said):
        return None
    shortest = min(times[at + wanted - 1] - times[at] for at in range(len(times) - wanted + 1))
    return max(1, round(shortest / 60))


def alarm_of(kind: GroupKind, said: Sequence[Said]) -> tuple[Alarm, tuple[Wording, ...]]:
    """The alarm of copies or variations, and the facts it rests on."""
    if kind is GroupKind.CONCERN:
        return _of_many_texts(said)
    telling = sorted(len(letters_of(one.text)) for one in said[:50])[len(said[:50]) // 2]
    authors, minutes = authors_of(said), minutes_of(said)
    linked = [one for one in said if _LINK.search(one.text[:2_000])]
    spam = [one for one in said if one.intent is Intent.SPAM]
    why = _facts(said, authors, minutes, linked, spam)
    few = bool(authors) and authors <= A_FEW * len(said) and len(said) >= MANY
    if len(spam) > HALF * len(said) or (telling >= TELLING and (len(linked) > HALF * len(said) or few)):
        return Alarm.SPAM, why
    if _is_raid(said, telling, authors, minutes):
        return Alarm.RAID, why
    return Alarm.NONE, ()


def _is_raid(said: Sequence[Said], telling: int, authors: int, minutes: int | None) -> bool:
    praise = sum(one.intent is Intent.PRAISE for one in said)
    if praise > HALF * len(said) or telling < TELLING:
        return False
    each_once = not authors or authors >= EACH_ONCE * len(said)
    if each_once and len(said) >= CAMPAIGN and telling >= TELLING_UNDATED:
        return True
    if minutes is not None:
        return each_once and len(said) >= MANY and minutes <= MINUTES
    dated = sum(one.at is not None for one in said)
    return dated < HALF * len(said) and each_once and len(said) >= MANY_UNDATED and telling >= TELLING_UNDATED


def _of_many_texts(said: Sequence[Said]) -> tuple[Alarm, tuple[Wording, ...]]:
    """Different texts about one concern are people, unless most of them are spam."""
    spam = [one for one in said if one.intent is Intent.SPAM]
    if len(said) >= MANY and len(spam) > HALF * len(said):
        return Alarm.SPAM, (Wording("groups.why.spam", {"count": len(spam)}),)
    return Alarm.NONE, ()


def _facts(
    said: Sequence[Said], authors: int, minutes: int | None, linked: Sequence[Said], spam: Sequence[Said]
) -> tuple[Wording, ...]:
    found = [Wording("groups.why.copies", {"count": len(said)})]
    if authors:
        found.append(Wording("groups.why.accounts", {"count": authors}))
    if minutes is not None and minutes <= MINUTES:
        found.append(Wording("groups.why.minutes", {"count": minutes}))
    if linked:
        found.append(Wording("groups.why.links", {"count": len(linked)}))
    if spam:
        found.append(Wording("groups.why.spam", {"count": len(spam)}))
    return tuple(found)


def growth_of(times: Sequence[float], until: float) -> Growth | None:
    """How quickly messages of these times come, ``until`` the last of their thread; None without dates."""
    from datetime import UTC, datetime

    if not times:
        return None
    last = sum(until - at <= HOUR for at in times)
    hours = min(24.0, max(0.0, (until - min(times)) / HOUR - 1.0))
    earlier = sum(HOUR < until - at <= (hours + 1.0) * HOUR for at in times)
    before = round(earlier / hours, 2) if hours >= 1.0 else float(earlier)
    return Growth(last, before, datetime.fromtimestamp(until, UTC))
