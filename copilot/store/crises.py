"""Crises in the database: those a person opened, and what is counted to see one coming."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, String, and_, case, cast, func, not_, or_, select, true, update
from sqlalchemy.exc import IntegrityError

from copilot.domain.conversation import Intent, Tone
from copilot.domain.crisis import HISTORY_DAYS, Crisis, CrisisLevel, Tally
from copilot.errors import UserError
from copilot.store.columns import dumps, is_about, is_hourly, moment, shown_time
from copilot.store.tables import crises, messages, threads

_c = crises.c
_m = messages.c
_DAY = timedelta(days=1)
#: The most recent negatives whose theme is looked at.
MOST_JUDGED = 2000
#: The most influential accounts named.
MOST_NAMED = 50
#: ``urgency_rank`` of a message that was not triaged.
UNTRIAGED = 5
#: ``urgency_rank`` up to which a message may speak of a danger.
URGENT = 1
_NEGATIVE = _m.tone == Tone.NEGATIVE.value


@dataclass(frozen=True, slots=True)
class Scope:
    """Which messages are counted: a thread, else a brand's threads, else all. ``influential`` are handles in any case.

    A message dated after ``until`` is a slip of some clock, and not counted as dated, unless all are.
    """

    until: datetime
    thread_id: int | None = None
    brand_id: str = ""
    likes: int = 100
    influential: tuple[str, ...] = ()


class CrisisRepository:
    """Crises by brand, and the counts behind their level."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, crisis: Crisis, seen: Mapping[str, object]) -> Crisis:
        """Open ``crisis``, with what was ``seen`` at that moment; its id is given here.

        Raises:
            UserError: ``crisis.already_open``.
        """
        values = {
            "brand_id": crisis.brand_id,
            "thread_id": crisis.thread_id,
            "level": crisis.level.value,
            "reason": crisis.reason,
            "body": dumps({"seen": dict(seen), "note": crisis.note}),
            "opened_by": crisis.opened_by,
            "opened_at": shown_time(crisis.opened_at),
        }
        if self.open_of(crisis.brand_id):
            raise UserError("crisis.already_open")
        try:
            key = self._connection.execute(crises.insert().values(**values)).inserted_primary_key
        except IntegrityError as error:
            raise UserError("crisis.already_open") from error
        return self.get(int(key[0]) if key else 0)

    def get(self, crisis_id: int) -> Crisis:
        """The crisis of this id.

        Raises:
            UserError: ``crisis.unknown``.
        """
        row = self._connection.execute(select(crises).where(_c.id == crisis_id)).one_or_none()
        if row is None:
            raise UserError("crisis.unknown", id=crisis_id)
        return _crisis_of(row)

    def open_of(self, brand_id: str) -> Crisis | None:
        """The crisis open for exactly this brand ('' is the one for all)."""
        row = self._connection.execute(
            select(crises).where(_c.brand_id == brand_id, _c.closed_at.is_(None))
        ).one_or_none()
        return _crisis_of(row) if row else None

    def every_open(self) -> tuple[Crisis, ...]:
        """The open crises of all brands, the gravest first, the newest first among equals."""
        rows = self._connection.execute(select(crises).where(_c.closed_at.is_(None)).order_by(_c.id.desc()))
        return tuple(sorted(map(_crisis_of, rows), key=lambda one: -one.level.rank))

    def list(self, brand_id: str | None = None) -> tuple[Crisis, ...]:
        """Crises, newest first."""
        query = select(crises).order_by(_c.id.desc())
        query = query if brand_id is None else query.where(_c.brand_id == brand_id)
        return tuple(_crisis_of(row) for row in self._connection.execute(query))

    def reword(self, reworded: Callable[[str], str], *, thread_id: int | None = None) -> int:
        """Change the reasons and notes of crises, or of those opened on one thread; how many changed."""
        count = 0
        among = true() if thread_id is None else _c.thread_id == thread_id
        for row in self._connection.execute(select(_c.id, _c.reason, _c.body).where(among)).all():
            body = json.loads(row.body)
            reason, note = reworded(row.reason), reworded(body.get("note", ""))
            if (reason, note) != (row.reason, body.get("note", "")):
                count += 1
                told = {"reason": reason, "body": dumps({**body, "note": note})}
                self._connection.execute(update(crises).where(_c.id == row.id).values(told))
        return count

    def close(self, crisis_id: int, by: str, at: datetime, note: str) -> Crisis:
        """Close an open crisis.

        Raises:
            UserError: ``crisis.unknown``, ``crisis.already_closed``.
        """
        row = self._connection.execute(select(_c.body).where(_c.id == crisis_id)).one_or_none()
        body = {**json.loads(row.body), "note": note} if row else {}
        changed = self._connection.execute(
            update(crises)
            .where(_c.id == crisis_id, _c.closed_at.is_(None))
            .values(closed_by=by, closed_at=shown_time(at), body=dumps(body))
        ).rowcount
        if not changed:
            self.get(crisis_id)
            raise UserError("crisis.already_closed", id=crisis_id)
        return self.get(crisis_id)

    def tally(self, scope: Scope) -> Tally:
        """What :func:`copilot.domain.crisis.level_of` needs, counted in the database."""
        who = _of_scope(scope)
        newest = self._newest(who, scope.until)
        untriaged, undated = self._uncounted(who, newest)
        if newest is None:
            return Tally({}, undated=undated, untriaged=untriaged, **self._words(who, scope))
        last = moment(newest)
        known = [*who, _m.created_at <= newest, _m.created_at > shown_time(last - (HISTORY_DAYS + 1) * _DAY)]
        dated = [*known, is_hourly(_m.created_at)]
        recent = [*dated, _m.created_at > shown_time(last - _DAY)]
        return Tally(
            self._hours(dated),
            newest=last,
            last_hour=self._counted([*dated, _m.created_at > shown_time(last - timedelta(hours=1))]),
            # Looked for among what the series reads, not among all there is.
            undated=undated + self._how_many([*known, not_(is_hourly(_m.created_at))]),
            about=self._how_many([*dated, is_about(_m.created_at)]),
            untriaged=untriaged,
            **self._words(recent, scope),
        )

    def _newest(self, who: Sequence[ColumnElement[bool]], until: datetime) -> str | None:
        """The newest date that can be believed; when all are to come, a whole export is, and they are taken as told."""
        newest = select(func.max(_m.created_at)).where(*who, is_hourly(_m.created_at))
        believed = self._connection.execute(newest.where(_m.created_at <= shown_time(until))).scalar_one()
        found = believed or self._connection.execute(newest).scalar_one()
        return str(found) if found else None

    def _uncounted(self, who: Sequence[ColumnElement[bool]], newest: str | None) -> tuple[int, int]:
        """How many messages no rule has read, and how many have no date to go by, or a later one than ``newest``."""
        ways = [_m.created_at.is_(None), _m.created_at > newest if newest else _m.created_at.is_not(None)]
        # Each is looked up in an index of its own: together they would need every message.
        no_date = sum(self._how_many([*who, way]) for way in ways)
        # What was emptied has nothing to read.
        return self._how_many([*who, _m.urgency_rank == UNTRIAGED, _m.deleted.is_(False)]), no_date

    def _how_many(self, conditions: Sequence[ColumnElement[bool]]) -> int:
        return int(self._connection.execute(select(func.count()).where(*conditions)).scalar_one())

    def _hours(self, conditions: Sequence[ColumnElement[bool]]) -> dict[datetime, tuple[int, int]]:
        hour = func.substr(_m.created_at, 1, 13).label("hour")
        query = select(hour, func.count(), func.count().filter(_NEGATIVE)).where(*conditions).group_by(hour)
        return {
            datetime.strptime(start, "%Y-%m-%dT%H").replace(tzinfo=UTC): (total, negative)
            for start, total, negative in self._connection.execute(query)
        }

    def _counted(self, conditions: Sequence[ColumnElement[bool]]) -> tuple[int, int]:
        query = select(func.count(), func.count().filter(_NEGATIVE)).where(*conditions)
        total, negative = self._connection.execute(query).one()
        return int(total), int(negative)

    def _words(self, recent: Sequence[ColumnElement[bool]], scope: Scope) -> dict[str, Any]:
        """Accounts, safety words and theme of the recent messages."""
        theme, themed, judged = self._theme(recent)
        return {
            "influential": self._influential(recent, scope),
            **self._voices(recent),
            "theme": theme,
            "themed": themed,
            "judged": judged,
        }

    def _influential(self, recent: Sequence[ColumnElement[bool]], scope: Scope) -> tuple[str, ...]:
        handles = {handle.lstrip("@").lower() for handle in scope.influential if handle.strip("@ ")}
        both = [*sorted(handles), *sorted(f"@{handle}" for handle in handles)]
        ways: list[ColumnElement[bool]] = [_m.likes >= scope.likes]
        if both:
            ways += [func.lower(_m.author_handle).in_(both), func.lower(_m.author_name).in_(both)]
        shown = case((_m.author_handle != "", _m.author_handle), else_=_m.author_name).label("shown")
        query = select(shown, func.max(_m.likes)).where(*recent, _NEGATIVE, or_(*ways)).group_by(shown)
        query = query.order_by(func.max(_m.likes).desc().nulls_last(), shown).limit(MOST_NAMED)
        return tuple(name or "–" for name, _likes in self._connection.execute(query))

    def _voices(self, recent: Sequence[ColumnElement[bool]]) -> dict[str, int]:
        """How many speak of a danger, and how many of what else makes a crisis; one text copied by many is one voice.

        A person in distress is someone to help, no crisis of the brand.
        """
        author = case(
            (and_(_m.author_name == "", _m.author_handle == ""), cast(_m.id, String)),
            else_=_m.author_name + "\n" + _m.author_handle,
        )
        # Only what is urgent is read for its risk: a text is never opened to be counted.
        urgent = and_(_m.urgency_rank <= URGENT, _m.intent != Intent.DISTRESS.value)
        at_risk = and_(urgent, _m.triage.contains('"risk":"safety"'))
        call = and_(_m.intent == Intent.CRISIS_SIGNAL.value, not_(at_risk))
        press = and_(call, _m.triage.contains('"triage.rule.press"'))

        def voices(which: ColumnElement[bool]) -> int:
            texts = func.count(func.distinct(func.coalesce(_m.text_key, -_m.id)))
            query = select(func.count(func.distinct(author)), texts).where(*recent, which)
            return min(map(int, self._connection.execute(query).one()))

        return {"safety": voices(at_risk), "press": voices(press), "calls": voices(and_(call, not_(press)))}

    def _theme(self, recent: Sequence[ColumnElement[bool]]) -> tuple[str, int, int]:
        """The concern most of the newest negatives speak of, how many do, of how many."""
        newest = (_m.created_at.desc().nulls_last(), _m.id.desc())
        query = select(_m.triage).where(*recent, _NEGATIVE).order_by(*newest).limit(MOST_JUDGED)
        told = self._connection.execute(query).scalars().all()
        counted = Counter(topic for one in told if one for topic in set(json.loads(one).get("topics", ())))
        theme, themed = min(counted.items(), key=lambda one: (-one[1], one[0]), default=("", 0))
        return theme, themed, len(told)


def _of_scope(scope: Scope) -> list[ColumnElement[bool]]:
    who: list[ColumnElement[bool]] = [_m.author_is_owner.is_(False)]
    if scope.thread_id is not None:
        who.append(_m.thread_id == scope.thread_id)
    elif scope.brand_id:
        who.append(_m.thread_id.in_(select(threads.c.id).where(threads.c.brand_id == scope.brand_id)))
    return who


def _crisis_of(row: Row[Any]) -> Crisis:
    return Crisis(
        id=row.id,
        brand_id=row.brand_id,
        thread_id=row.thread_id,
        level=CrisisLevel(row.level),
        reason=row.reason,
        opened_by=row.opened_by,
        opened_at=moment(row.opened_at),
        closed_by=row.closed_by or "",
        closed_at=moment(row.closed_at) if row.closed_at else None,
        note=json.loads(row.body).get("note", ""),
    )
