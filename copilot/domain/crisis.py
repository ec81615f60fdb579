"""A crisis: how far negative messages are from their usual band, and what a person opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from copilot.domain.wording import Wording
from copilot.settings import CrisisThresholds


class CrisisLevel(StrEnum):
    """How serious it is: watch, be careful, alert, crisis."""

    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"

    @property
    def rank(self) -> int:
        """0 for green to 3 for red."""
        return list(CrisisLevel).index(self)


@dataclass(frozen=True, slots=True)
class Hour:
    """Messages of others in one hour that begins at ``start`` (UTC), and how many negative ones are usual then.

    ``usual_low`` and ``usual_high`` are None where nothing earlier can be compared with.
    """

    start: datetime
    total: int
    negative: int
    usual_low: float | None = None
    usual_high: float | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What the store counts, for :func:`level_of`. Times are aware, in UTC.

    ``hours`` maps the start of an hour to (total, negative), hours without a message left out; ``newest`` is the
    newest message. The rest is about the last day before ``newest``, or about everything when nothing has a date:
    negatives of ``influential`` accounts; how many speak of a danger (``safety``), of the ``press``, of a boycott or a
    court (``calls``), where many who copy one text are one voice, which volume tells; negatives ``judged`` for their
    ``theme`` and how many of these share it. ``last_hour`` is (total, negative) of the 60 minutes up to ``newest``.
    ``about`` of the messages in ``hours`` have a time that is only known closely; looser than an hour is ``undated``.
    """

    hours: Mapping[datetime, tuple[int, int]]
    newest: datetime | None = None
    last_hour: tuple[int, int] = (0, 0)
    undated: int = 0
    untriaged: int = 0
    influential: tuple[str, ...] = ()
    safety: int = 0
    press: int = 0
    calls: int = 0
    theme: str = ""
    themed: int = 0
    judged: int = 0
    about: int = 0


@dataclass(frozen=True, slots=True)
class Crisis:
    """A crisis a person opened. ``brand_id`` empty stands for all brands."""

    id: int
    brand_id: str
    thread_id: int | None
    level: CrisisLevel
    reason: str
    opened_by: str
    opened_at: datetime
    closed_by: str = ""
    closed_at: datetime | None = None
    note: str = ""

    @property
    def is_open(self) -> bool:
        """False once closed."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class CrisisStatus:
    """How serious it looks, why, and the series behind it, oldest hour first.

    ``computable`` is False when no message has a date to count by: ``level`` then speaks of words and accounts only,
    and green means that nobody knows (see :attr:`shown_level`).
    ``as_of`` is the newest dated message; ``ratio`` the peak against its usual; ``open`` the crisis a person opened,
    the first of ``open_all``: a brand's own, then the one of all brands; of no brand in particular, every one, the
    gravest and newest first.
    ``about`` of the ``dated`` messages have a time that is only known to about an hour.
    """

    level: CrisisLevel
    why: tuple[Wording, ...]
    series: tuple[Hour, ...]
    computable: bool
    as_of: datetime | None
    ratio: float | None
    dated: int
    undated: int
    thread_id: int | None = None
    brand_id: str = ""
    open: Crisis | None = None
    about: int = 0
    open_all: tuple[Crisis, ...] = ()

    @property
    def can_open(self) -> bool:
        """False when a crisis holds here already; those of single brands leave room for one of all brands."""
        return not self.open_all if self.brand_id else all(one.brand_id for one in self.open_all)

    @property
    def is_known(self) -> bool:
        """False when there are messages, none has a date, and nothing else raises the level."""
        return self.computable or not self.undated or self.level is not CrisisLevel.GREEN

    @property
    def shown_level(self) -> str:
        """The level as it is told: ``unknown`` where green would be a guess."""
        return self.level.value if self.is_known else "unknown"


_HOUR = timedelta(hours=1)
#: Hours before the newest message in which a peak still counts.
RECENT = 6
#: Hours of the series kept to be drawn: a week.
SHOWN = 168
#: Days back that tell what is usual.
HISTORY_DAYS = 28
#: Hours before that are needed to compare at all.
FEWEST_HOURS = 2
#: A band is the median plus or minus this many times the spread (1.4826 MAD, as a standard deviation).
SPREADS = 3 * 1.4826
#: Fewest negative messages that can have a theme.
FEWEST_THEMED = 10


def level_of(tally: Tally, limits: CrisisThresholds) -> CrisisStatus:
    """The level, its reasons and its series.

    Volume: the worst of the last hours against what is usual at that hour. Same hour of past days (median and spread)
    when ``limits.days`` of them are known; else the median of the hours before, times the factors. Accounts, safety
    words and a repeated theme can only raise it. Without any date, safety words may be a year old: one person's raise
    nothing, those of ``limits.safety_red`` people are an alert and no more.
    """
    series = _series(tally, limits)
    level, ratio, volume = _of_volume(series, tally, limits)
    dated = sum(total for total, _negative in tally.hours.values())
    raised = [(level, volume)] if volume else []
    raised += _of_words(tally, limits, dated=bool(series))
    top = max((one for one, _why in raised), key=lambda one: one.rank, default=CrisisLevel.GREEN)
    if top is CrisisLevel.YELLOW and (theme := _repeated(tally, limits)):
        top = CrisisLevel.ORANGE
        raised.append((top, theme))
    elif theme := _repeated(tally, limits):
        raised.append((CrisisLevel.GREEN, theme))
    why = [wording for _level, wording in sorted(raised, key=lambda one: -one[0].rank)]
    return CrisisStatus(
        level=top,
        why=(*why, *_cautions(tally, series)),
        series=series[-SHOWN:],
        computable=bool(series),
        as_of=tally.newest,
        ratio=ratio,
        dated=dated,
        undated=tally.undated,
        about=tally.about,
    )


def _series(tally: Tally, limits: CrisisThresholds) -> tuple[Hour, ...]:
    """Every hour from the first known to the newest, those without a message included, with its usual band."""
    if tally.newest is None or not tally.hours:
        return ()
    last = tally.newest.replace(minute=0, second=0, microsecond=0)
    first = max(min(tally.hours), last - timedelta(days=HISTORY_DAYS))
    count = int((last - first) / _HOUR) + 1
    starts = [first + number * _HOUR for number in range(count)]
    counted = [tally.hours.get(start, (0, 0)) for start in starts]
    negatives = [negative for _total, negative in counted]
    shown = max(0, count - SHOWN)
    plain = [Hour(start, *of) for start, of in zip(starts, counted, strict=True)]
    return tuple(
        hour if place < shown else _with_band(hour, place, negatives, limits) for place, hour in enumerate(plain)
    )


def _before(place: int, negatives: Sequence[int]) -> Sequence[int]:
    """The hours one is compared with when past days are too few: those before the present rush, if it leaves any."""
    calm = negatives[: min(place, len(negatives) - RECENT)] if len(negatives) > RECENT else ()
    return calm if len(calm) >= FEWEST_HOURS else negatives[:place]


@dataclass(frozen=True, slots=True)
class _Usual:
    """How many negatives an hour has as a rule, and its band. ``by_days``: drawn from that hour of past days."""

    middle: float
    low: float
    high: float
    by_days: bool


def _usual(place: int, negatives: Sequence[int], limits: CrisisThresholds) -> _Usual | None:
    """What the hour at ``place`` is compared with; few are never told apart from ``limits.floor``."""
    same_hour = negatives[place % 24 : place : 24]
    if len(same_hour) >= limits.days:
        middle = float(median(same_hour))
        spread = SPREADS * median(abs(one - middle) for one in same_hour)
        high = max(middle + spread, limits.floor)
        return _Usual(max(middle, limits.floor), max(0.0, middle - spread), high, by_days=True)
    before = _before(place, negatives)
    if len(before) < FEWEST_HOURS:
        return None
    middle = max(float(median(before)), limits.floor)
    return _Usual(middle, 0.0, limits.yellow * middle, by_days=False)


def _with_band(hour: Hour, place: int, negatives: Sequence[int], limits: CrisisThresholds) -> Hour:
    usual = _usual(place, negatives, limits)
    return replace(hour, usual_low=usual.low, usual_high=usual.high) if usual else hour


def _of_volume(
    series: Sequence[Hour], tally: Tally, limits: CrisisThresholds
) -> tuple[CrisisLevel, float | None, Wording | None]:
    """The level of the worst recent hour, how many times its usual that is, and the sentence that says so."""
    negatives = [hour.negative for hour in series]
    seen_last = max(negatives[-1], tally.last_hour[1]) if negatives else 0
    peak: tuple[float, Hour, _Usual] | None = None
    for place in range(max(0, len(series) - RECENT), len(series)):
        usual = _usual(place, negatives, limits)
        if usual is None:
            continue
        # The newest hour has only begun: the last 60 minutes are fairer to it.
        seen = seen_last if place == len(series) - 1 else negatives[place]
        inside = usual.by_days and seen <= usual.high
        ratio = min(seen / usual.middle, 1.0) if inside else seen / usual.middle
        if peak is None or ratio > peak[0]:
            peak = (ratio, replace(series[place], negative=seen), usual)
    if peak is None:
        return CrisisLevel.GREEN, None, None
    ratio, hour, usual = peak
    level = _level_at(ratio, limits)
    if level is CrisisLevel.GREEN:
        return level, ratio, Wording("crisis.why.usual")
    told = {"negative": hour.negative, "hour": hour.start, "usual": usual.middle, "times": ratio}
    # Sixty minutes that began in the hour before are not that hour of the series.
    is_rolling = hour.start == series[-1].start and hour.negative > negatives[-1]
    kind = "crisis.why.volume_now" if is_rolling else "crisis.why.volume"
    return level, ratio, Wording(kind, {**told, "until": tally.newest} if is_rolling else told)


def _level_at(ratio: float, limits: CrisisThresholds) -> CrisisLevel:
    steps = ((limits.red, CrisisLevel.RED), (limits.orange, CrisisLevel.ORANGE), (limits.yellow, CrisisLevel.YELLOW))
    return next((level for least, level in steps if ratio >= least), CrisisLevel.GREEN)


def _of_words(tally: Tally, limits: CrisisThresholds, *, dated: bool) -> Iterator[tuple[CrisisLevel, Wording]]:
    if tally.safety >= limits.safety_orange:
        many = tally.safety >= limits.safety_red
        told = {"count": tally.safety}
        if dated:
            yield CrisisLevel.RED if many else CrisisLevel.ORANGE, Wording("crisis.why.safety", told)
        else:
            yield CrisisLevel.ORANGE if many else CrisisLevel.GREEN, Wording("crisis.why.safety_undated", told)
    if tally.press:
        yield CrisisLevel.ORANGE if dated else CrisisLevel.YELLOW, Wording("crisis.why.press", {"count": tally.press})
    if tally.calls:
        many = tally.calls >= limits.safety_red and dated
        yield CrisisLevel.ORANGE if many else CrisisLevel.YELLOW, Wording("crisis.why.calls", {"count": tally.calls})
    if tally.influential:
        named = tally.influential[:5]
        yield CrisisLevel.YELLOW, Wording("crisis.why.influential", {"count": len(tally.influential), "names": named})


def _repeated(tally: Tally, limits: CrisisThresholds) -> Wording | None:
    """The theme most of the recent negatives share, if one does."""
    if tally.judged < FEWEST_THEMED or tally.themed < limits.theme_share * tally.judged:
        return None
    told = {"theme": Wording(f"reply.topic.{tally.theme}"), "count": tally.themed, "of": tally.judged}
    return Wording("crisis.why.theme", told)


def _cautions(tally: Tally, series: Sequence[Hour]) -> Iterator[Wording]:
    """What keeps the level from being taken for more than it is."""
    if not series:
        yield Wording("crisis.why.no_dates" if tally.undated else "crisis.why.no_messages")
    elif series[-1].usual_high is None:
        yield Wording("crisis.why.no_history")
    if series and tally.about:
        yield Wording("crisis.why.about", {"count": tally.about})
    if series and tally.undated:
        yield Wording("crisis.why.undated", {"count": tally.undated})
    if tally.untriaged:
        yield Wording("crisis.why.untriaged", {"count": tally.untriaged})
