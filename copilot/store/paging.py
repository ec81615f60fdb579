"""Pages of the inbox: each begins where the last one ended, and costs the same among a thousand or a million messages.

A page is read along an index that follows its order, or from the few messages that one condition lets through, or
along the index of words, whose numbers follow time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, Select, func, select, union_all

from copilot.domain.inbox import InboxFilter, InboxPage, Order, Place, State, urgency_rank
from copilot.store.along import Along, Led, spans_of, within
from copilot.store.conditions import Condition, Leader, kept_back, leaders, passing
from copilot.store.endings import Match, match_of
from copilot.store.order import KEYS, ORDERS, SORTED, Keys, Part, Stretch, beyond, number_of, place_of
from copilot.store.remembered import remembered
from copilot.store.search import (
    found_among,
    found_each,
    found_in_turn,
    message_ids,
    numbered,
    of_messages,
    searched,
    terms,
)
from copilot.store.tables import messages
from copilot.store.traits import Traits, traits_there_are, wanted

#: Messages that are quicker sorted than met in order.
FEW = 30_000
#: Words found in fewer messages than this are all looked up, where the order is not that of time.
RARE = 5_000
#: Texts that hold words from which they are usual.
USUAL = 150_000
#: Messages asked one by one whether they hold words, rather than those words of whom they are.
PROBED = 500
#: Of those, how many are asked first, to tell whether enough of them hold the words.
TRIED = 40
#: Ranks of urgency, that of messages not triaged included.
RANKS = 6

_m = messages.c
Found = TypeVar("Found")
Query = Select[tuple[int, int, str | None, int, int]]


class _Size(NamedTuple):
    """How many messages a condition lets through, counted no further than ``upto``."""

    few: int
    upto: int


class Pages:
    """Reads pages of one filter."""

    def __init__(self, connection: Connection, asked: InboxFilter) -> None:
        self._connection = connection
        self._asked = asked
        self._dialect = connection.dialect.name
        self._remembered = remembered(connection)
        # The words and the order say nothing of how many each condition lets through.
        question = replace(asked, words="", order=Order.URGENCY), asked.cutoffs
        self._sizes: dict[str, _Size] = self._remembered.setdefault(("sizes", question), {})

    def page(self, after: Place | None, most: int) -> InboxPage:
        """At most ``most`` messages after ``after``, or the first ones."""
        found = self._read(after, most + 1)
        kept = found[:most]
        more = len(found) > most and bool(kept)
        return InboxPage(tuple(row.id for row in kept), place_of(kept[-1]) if more else None)

    def ids(self, most: int) -> tuple[int, ...]:
        """The ids of the first ``most`` messages, read in one go: made for all there are, where a page is for a few."""
        signs = searched(self._asked.words, self._dialect)
        led = self._led() if self._dialect == "sqlite" else None
        if led and not led.few:
            return ()
        if self._dialect != "sqlite" or (led is None and self._match is None):
            return tuple(_first(self._following(None, signs), most, self._ids_of))
        if self._match is None:
            return tuple(self._ids_of(self._in_order(None, most, signs, led)))
        if led:
            return tuple(row.id for row in self._of_few(self._match, led, None, most))
        return tuple(self._ids_of(self._in_order(None, most, [found_among(self._match.asked, leads=True)])))

    def _ids_of(self, query: Query) -> Iterable[int]:
        return self._connection.execute(query.with_only_columns(_m.id)).scalars()

    def _read(self, after: Place | None, most: int) -> list[Keys]:
        signs = searched(self._asked.words, self._dialect)
        if self._dialect != "sqlite":
            return self._followed(after, most, signs)
        led = self._led()
        if led and not led.few:
            return []
        if self._match is None:
            return self._sorted(after, most, signs, led) if led else self._in_parts(after, most, signs)
        signs = [found_among(self._match.asked, leads=True)]
        numbers, is_ready = numbered(self._match.asked), self._match.is_ready
        if self._asked.order in (Order.URGENCY, Order.THREAD):
            if self._count(numbers.limit(RARE)) < RARE:
                return self._sorted(after, most, signs)
            in_span = self._asked.order is Order.THREAD or (led is not None and led.name == "thread")
            if led and (in_span or not is_ready or led.few < RARE):
                return self._of_few(self._match, led, after, most)
        if self._asked.order is Order.THREAD:
            is_usual = is_ready and self._count(numbers.limit(USUAL)) == USUAL
            return self._followed(after, most, [(found_each if is_usual else found_among)(self._match.asked)])
        return self._in_parts(after, most, signs)

    def _in_parts(self, after: Place | None, most: int, signs: list[Condition]) -> list[Keys]:
        """Part by part of the order, each in the way that is quickest for it."""
        if self._asked.order is Order.THREAD:
            return self._followed(after, most, signs)
        found: list[Keys] = []
        for part, start in self._parts(after):
            found += self._part(part, start, most - len(found), signs)
            if len(found) >= most:
                break
        return found

    def _part(self, part: Part, after: Place | None, most: int, signs: list[Condition]) -> list[Keys]:
        led = self._led(part.rank)
        if led and not led.few:
            return []
        conditions = [] if part.rank is None else [kept_back(_m.urgency_rank, self._dialect) == part.rank]
        if self._match is None:
            if led:
                return self._sorted(after, most, [*signs, *conditions], led)
            return self._followed(after, most, signs, part)
        if led and self._match.is_ready and led.few < RARE:
            tried = self._tried(self._match, self._sorted(after, PROBED, conditions, led), most)
            if tried is not None:
                return tried
        elif led:
            few = self._passing_few(led, conditions)
            if not few:
                return []
            if self._match.is_ready and few < PROBED:
                return self._in_turn(self._match, self._sorted(after, few, conditions, led), most)
        return Along(self._connection, self._asked, self._match, part, after, most).read(led)

    def _parts(self, after: Place | None) -> Iterator[tuple[Part, Place | None]]:
        """The parts that hold what comes after ``after``, in their order, and where each begins."""
        order = self._asked.order
        if order is not Order.URGENCY:
            yield Part(order is Order.NEWEST), after
            return
        ranks = {urgency_rank(one) for one in self._asked.urgencies} or set(range(RANKS))
        for rank in sorted(ranks):
            if after is None or rank >= after.urgency_rank:
                yield Part(False, rank), after if after and rank == after.urgency_rank else None

    @cached_property
    def _match(self) -> Match | None:
        words = self._asked.words
        return self._found_once(("match", terms(words)), lambda: match_of(self._connection, words))

    @cached_property
    def _known(self) -> tuple[Traits, ...] | None:
        return self._found_once(("traits",), lambda: traits_there_are(self._connection))

    def _found_once(self, key: Hashable, find: Callable[[], Found]) -> Found:
        if key not in self._remembered:
            self._remembered[key] = find()
        found: Found = self._remembered[key]
        return found

    def _led(self, rank: int | None = None) -> Led | None:
        """What may lead the search, of messages of one rank when ``rank`` is told."""
        best: Led | None = None
        for name, leader in self._leaders(rank).items():
            least = best.few if best else FEW
            key = name if name != "traits" else f"{name} {rank}"
            if key not in self._sizes or self._sizes[key].few == self._sizes[key].upto < least:
                self._sizes[key] = _Size(self._count(leader.counted.limit(least)), least)
            known = self._sizes[key]
            if known.few < min(least, known.upto):
                best = Led(name, leader.condition, known.few)
            if known.few == 0:
                break
        return best

    def _leaders(self, rank: int | None) -> dict[str, Leader]:
        asked = self._asked
        of_triage = asked.intents, asked.tones, asked.urgencies, asked.languages, asked.flags
        narrowed = any(of_triage) or asked.states == (State.OWN,)
        if self._known is None or not (narrowed or rank is not None):
            return leaders(asked)
        traits = wanted(self._known, asked, rank)
        # Those of one rank are followed in their order, by an index of their own, whatever else is not asked of them.
        return leaders(asked, traits if narrowed or not traits else None)

    def _of_few(self, match: Match, led: Led, after: Place | None, most: int) -> list[Keys]:
        """Those that hold the words, of the few that ``led`` lets through, in an order that is not that of time."""
        if match.is_ready and led.few < RARE:
            tried = self._tried(match, self._sorted(after, PROBED, [], led), most)
            if tried is not None:
                return tried
        asked = passing(self._asked, self._dialect, led.condition)
        spans = spans_of(self._connection, led, apart=match.is_ready)
        ids = [message_ids(numbered(match.asked, *span).where(of_messages([*asked, *within(span)]))) for span in spans]
        return self._sorted(after, most, [_m.id.in_(union_all(*ids))], led) if ids else []

    def _in_turn(self, match: Match, rows: list[Keys], most: int) -> list[Keys]:
        """The first ``most`` of ``rows`` that hold the words, each asked in its turn."""
        known = {number_of(row): row for row in rows}
        with self._connection.execute(found_in_turn(match.asked, list(known))) as cursor:
            return [known[number] for (number,) in cursor.fetchmany(most)]

    def _tried(self, match: Match, rows: list[Keys], most: int) -> list[Keys] | None:
        """As :meth:`_in_turn` of the first ``PROBED`` that pass; None where too few of them hold the words."""
        found = self._in_turn(match, rows[:TRIED], most)
        if len(rows) == PROBED and len(found) * PROBED < most * TRIED:
            return None
        found += self._in_turn(match, rows[TRIED:], most - len(found)) if len(found) < most else []
        return found if len(found) == most or len(rows) < PROBED else None

    def _passing_few(self, led: Led, conditions: list[Condition]) -> int:
        """How many pass whatever their words, up to ``PROBED``."""
        asked = passing(self._asked, self._dialect, led.condition)
        return self._count(select(_m.id).where(*asked, *conditions).limit(PROBED))

    def _count(self, query: Select[tuple[int]]) -> int:
        return int(self._connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())

    def _sorted(self, after: Place | None, most: int, words: list[Condition], led: Led | None = None) -> list[Keys]:
        """The few that a leader or the words let through, put in order."""
        return list(self._connection.execute(self._in_order(after, most, words, led)))

    def _in_order(self, after: Place | None, most: int, words: list[Condition], led: Led | None = None) -> Query:
        order = self._asked.order
        bounds = [beyond(order, after)] if after else []
        # Led by the words, no other condition may choose an index.
        asked = passing(self._asked, self._dialect, led.condition if led else None)
        return select(*KEYS).where(*asked, *words, *bounds).order_by(*SORTED[order]).limit(most)

    def _followed(self, after: Place | None, most: int, words: list[Condition], part: Part | None = None) -> list[Keys]:
        """Along the index of the order, stretch by stretch."""
        return _first(self._following(after, words, part), most, self._connection.execute)

    def _following(self, after: Place | None, words: list[Condition], part: Part | None = None) -> Iterator[Query]:
        """A query for each stretch that the index of the order follows: an index holds what has no date apart."""
        asked = passing(self._asked, self._dialect)
        for stretch, columns in self._stretches(after) if part is None else self._of_part(part, after):
            yield select(*KEYS).where(*asked, *words, *stretch).order_by(*columns)

    def _stretches(self, after: Place | None) -> Iterator[Stretch]:
        """The stretches of the whole order that an index follows, from ``after`` on."""
        order = self._asked.order
        if order is Order.THREAD:
            yield ([beyond(order, after)] if after else []), ORDERS[order]
            return
        for part, start in self._parts(after):
            yield from self._of_part(part, start)

    def _of_part(self, part: Part, after: Place | None) -> Iterator[Stretch]:
        return part.stretches(after, undated=self._asked.since is None and self._asked.until is None)


def _first(queries: Iterable[Query], most: int, read: Callable[[Query], Iterable[Found]]) -> list[Found]:
    """The first ``most`` of what ``queries`` find, one after the other."""
    found: list[Found] = []
    for query in queries:
        found += read(query.limit(most - len(found)))
        if len(found) >= most:
            break
    return found
