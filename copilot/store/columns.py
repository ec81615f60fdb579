"""How values are written in columns: times, hashtags, media, sentences not yet in a language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func

from copilot.domain.conversation import About, Decider, Intent, Risk, Tone, Triage, Urgency
from copilot.domain.item import Media, PlannedTime
from copilot.domain.post import Hashtag
from copilot.domain.wording import Wording


def shown_time(at: datetime) -> str:
    """An aware time as sortable text, in UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """The aware time written by :func:`shown_time` or :func:`shown_about`."""
    return datetime.fromisoformat(text)


#: How closely a time is known shows in how it is written, so that an index of times tells it without another column:
#: ``+00:00`` ends an exact one and ``Z`` one that is about; the fewer figures, the looser. All sort and read as times.
_FIGURES = {timedelta(minutes=1): 5, timedelta(hours=1): 4, timedelta(days=1): 3}
_LOOSE = len("2026-01-01T00:00:00.000Z")


def shown_about(told: About) -> str:
    """A moment that is only known closely, sortable among those of :func:`shown_time`.

    Raises:
        KeyError: it is looser than anything that is kept.
    """
    whole, _sign, figures = shown_time(told.at).removesuffix("+00:00").partition(".")
    return f"{whole}.{figures[: _FIGURES[told.within]]}Z"


def about_in(text: str) -> About | None:
    """The moment written by :func:`shown_about`; None for an exact one."""
    if not text.endswith("Z"):
        return None
    figures = len(text.partition(".")[2]) - 1
    return About(moment(text), next(within for within, many in _FIGURES.items() if many == figures))


def is_about(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """True of a time that is only known closely."""
    return column.endswith("Z")


def is_hourly(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """True of a time known well enough to count hours by."""
    return func.length(column) > _LOOSE


def exact(text: str | None) -> str | None:
    """``text`` of a time when it is exact, else nothing."""
    return None if text is None or text.endswith("Z") else text


def dumps(value: object) -> str:
    """Compact JSON with non-ASCII letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _wording(value: Wording) -> list[object]:
    return [value.key, {name: _plain(part) for name, part in value.params.items()}]


def _plain(value: object) -> object:
    if isinstance(value, Wording):
        return {"wording": _wording(value)}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _wording_back(value: Sequence[object]) -> Wording:
    key, params = value
    told = params if isinstance(params, Mapping) else {}
    return Wording(str(key), {name: _unplain(part) for name, part in told.items()})


def _unplain(value: object) -> object:
    if isinstance(value, Mapping) and "wording" in value:
        return _wording_back(value["wording"])
    if isinstance(value, list):
        return tuple(_unplain(part) for part in value)
    return value


def wordings_out(wordings: Sequence[Wording]) -> list[object]:
    """Sentences not yet in a language, as values that JSON has."""
    return [_wording(one) for one in wordings]


def wordings_in(told: Sequence[Sequence[object]]) -> tuple[Wording, ...]:
    """Sentences written by :func:`wordings_out`."""
    return tuple(_wording_back(one) for one in told)


def hashtags_out(hashtags: Sequence[Hashtag]) -> str:
    """Hashtags as JSON."""
    return dumps([[hashtag.tag, _wording(hashtag.reason)] for hashtag in hashtags])


def hashtags_in(text: str) -> tuple[Hashtag, ...]:
    """Hashtags written by :func:`hashtags_out`."""
    return tuple(Hashtag(tag, _wording_back(reason)) for tag, reason in json.loads(text))


def media_out(media: Sequence[Media]) -> str:
    """Media as JSON."""
    return dumps([[one.sha256, one.alt, one.url] for one in media])


def media_in(text: str) -> tuple[Media, ...]:
    """Media written by :func:`media_out`."""
    return tuple(Media(*one) for one in json.loads(text))


def planned_in(local: str | None, zone: str | None) -> PlannedTime | None:
    """The planned time of two columns."""
    return PlannedTime(datetime.fromisoformat(local), zone) if local and zone else None


def triage_out(triage: Triage) -> str:
    """A triage as JSON."""
    return dumps(
        {
            "language": triage.language,
            "intent": triage.intent.value,
            "tone": triage.tone.value,
            "urgency": triage.urgency.value,
            "explicit_toxic": triage.explicit_toxic,
            "unsure": triage.unsure,
            "why": [_wording(one) for one in triage.why],
            "topics": list(triage.topics),
            "possibly_hateful": triage.possibly_hateful,
            "hostile": triage.hostile,
            "risk": triage.risk.value,
            "confidence": triage.confidence,
            "decided_by": triage.decided_by.value,
        }
    )


def triage_in(text: str | None) -> Triage | None:
    """A triage written by :func:`triage_out`."""
    if not text:
        return None
    told = json.loads(text)
    return Triage(
        language=told["language"],
        intent=Intent(told["intent"]),
        tone=Tone(told["tone"]),
        urgency=Urgency(told["urgency"]),
        explicit_toxic=told["explicit_toxic"],
        unsure=told["unsure"],
        why=tuple(_wording_back(one) for one in told["why"]),
        topics=tuple(told["topics"]),
        possibly_hateful=told.get("possibly_hateful", False),
        hostile=told.get("hostile", False),
        risk=Risk(told.get("risk", Risk.NONE)),
        confidence=told.get("confidence"),
        decided_by=Decider(told.get("decided_by", Decider.RULES)),
    )
