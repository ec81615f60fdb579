"""Groups of the messages of a thread: word for word, nearly so, about one concern. The same ones at each look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from copilot.domain.conversation import Intent
from copilot.domain.grouping import Alarm, GroupKind, Member, MessageGroup
from copilot.domain.wording import Wording
from copilot.intelligence.grouping import alarms, words
from copilot.intelligence.grouping.letters import letters_of
from copilot.intelligence.grouping.said import Said, Stopped, Unit
from copilot.text.lexicons import folded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.floating]

#: A group has at least this many messages.
FEWEST = 3
#: Texts of a group read to name it, and members looked at to choose the one that stands for it.
READ, LOOKED_AT = 400, 30
#: Distance within which a variation may stand for all.
VARIED = 0.25
#: Characters of a text that is quick to read and says enough.
READABLE = range(15, 241)

_CALLED = re.compile(r"https?://|www\.|@\w")

Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class _Common:
    """What the groups of one look share."""

    said: Sequence[Said]
    thread_id: int
    until: float | None
    stop: Callable[[], bool]

    def check(self) -> None:
        if self.stop():
            raise Stopped


def find_groups(
    said: Sequence[Said],
    vectors: Vectors | None = None,
    *,
    thread_id: int = 0,
    stop: Callable[[], bool] = lambda: False,
    tell: Tell = lambda _share: None,
) -> tuple[MessageGroup, ...]:
    """The groups of ``said``, the largest first within each kind: exact, near, concern.

    Copies are a group of their own unless a group of variations holds them all.

    Args:
        said: messages with a text, ours left out.
        vectors: what each of ``said`` means, one row each, of length 1; a row of zeros for one that is not told. None
            compares by words.
        thread_id: what the groups are said to be of.
        stop: asked at least every second; True ends the work.
        tell: told the share done, from 0 to 1.

    Raises:
        Stopped: ``stop`` said so.
    """
    times = [one.at for one in said if one.at is not None]
    common = _Common(said, thread_id, max(times) if times else None, stop)
    copies = _copies(said)
    tell(0.05)
    units = _varied(common, copies)
    tell(0.4)
    exact, near = _exact(common, copies), _near(common, units)
    alarmed = {
        member.message_id for group in (*exact, *near) if group.alarm is not Alarm.NONE for member in group.members
    }
    found = _listed_once(exact, near)
    tell(0.5)
    found += _concerns(common, units, vectors, alarmed, tell)
    tell(1.0)
    return tuple(found)


def _copies(said: Sequence[Said]) -> list[tuple[int, ...]]:
    """Places of the same text, in the order each text first came; a text without a key has no copy."""
    by_key: dict[object, list[int]] = {}
    for place, one in enumerate(said):
        by_key.setdefault(("-", place) if one.key is None else one.key, []).append(place)
    return [tuple(places) for places in by_key.values()]


def _varied(common: _Common, copies: Sequence[tuple[int, ...]]) -> list[Unit]:
    """Copies that are variations of one text taken together, whoever wrote them."""
    from copilot.intelligence.grouping.near import variations

    told = variations([common.said[places[0]].text for places in copies], common.check)
    alone = set(range(len(copies))) - {place for group in told for place, _distance in group}
    units = [Unit(copies[place][0], copies[place], (0.0,) * len(copies[place])) for place in alone]
    for group in told:
        members = [(one, distance) for place, distance in group for one in copies[place]]
        units.append(Unit(members[0][0], tuple(one for one, _ in members), tuple(distance for _, distance in members)))
    strayed = {place for places in copies for place in places} - {place for unit in units for place in unit.places}
    units += [Unit(place, (place,), (0.0,)) for place in strayed]
    return sorted(units, key=lambda unit: min(unit.places))


def _exact(common: _Common, copies: Sequence[tuple[int, ...]]) -> list[MessageGroup]:
    found = []
    for places in copies:
        if len(places) >= FEWEST:
            common.check()
            found.append(_group(common, GroupKind.EXACT, places, (0.0,) * len(places), places[0]))
    return _largest_first(found)


def _near(common: _Common, units: Sequence[Unit]) -> list[MessageGroup]:
    found = []
    for unit in units:
        keys = {common.said[place].key for place in unit.places}
        if len(unit.places) >= FEWEST and len(keys) > 1:
            common.check()
            first = _readable(common.said, unit)
            found.append(_group(common, GroupKind.NEAR, unit.places, unit.distances, first))
    return _largest_first(found)


def _listed_once(exact: Sequence[MessageGroup], near: Sequence[MessageGroup]) -> list[MessageGroup]:
    """The groups without the copies that a group of variations holds all of: one decision on it serves them too.

    Variations that look calm raise the alarm of the largest copies among them, or it would be heard no more.
    """
    whose = {member.message_id: place for place, group in enumerate(near) for member in group.members}
    alone: list[MessageGroup] = []
    told = list(near)
    for copies in exact:
        places = {whose.get(member.message_id) for member in copies.members}
        around = places.pop() if len(places) == 1 else None
        if around is None:
            alone.append(copies)
        elif told[around].alarm is Alarm.NONE and copies.alarm is not Alarm.NONE:
            inside = (Wording("groups.why.inside", {"count": copies.size}),)
            told[around] = replace(told[around], alarm=copies.alarm, why=inside)
    return [*alone, *told]


def _concerns(
    common: _Common, units: Sequence[Unit], vectors: Vectors | None, alarmed: set[int], tell: Tell
) -> list[MessageGroup]:
    from copilot.intelligence.grouping.concerns import concerns

    spoken = words.Spoken([common.said[unit.first].text for unit in units], common.check)
    told, limit = _told(common, units, vectors, spoken)
    tell(0.7)
    people = _people(common.said)
    found: list[MessageGroup] = []
    for lane in _lanes(common.said, units, alarmed):
        some = [units[place] for place in lane]
        numbers = told[lane] if len(lane) < len(units) else told
        for group in concerns(numbers, [len(unit.places) for unit in some], limit, common.check):
            common.check()
            inside = [some[at] for at in group]
            found.append(_concern(common, inside, numbers[group], spoken, people))
        tell(0.9)
    return _largest_first([_with_alarm(group, alarmed) for group in found])


def _people(said: Sequence[Said]) -> frozenset[str]:
    """The words of the authors' names, that no group is named by."""
    return frozenset(part for one in said for part in folded(one.author[:80]).replace("@", " ").split())


def _lanes(said: Sequence[Said], units: Sequence[Unit], alarmed: set[int]) -> Iterator[list[int]]:
    """Units that may share a concern: raids and spam apart, what cannot wait apart from what can, by what it wants.

    What holds no word, emoji or a name called, is about nothing that could be shared.
    """
    lanes: dict[str, list[int]] = {}
    for place, unit in enumerate(units):
        if not letters_of(said[unit.first].text):
            continue
        inside = [said[one] for one in unit.places]
        urgent = sorted({one.intent.value for one in inside if one.urgent and one.intent})
        if inside[0].id in alarmed:
            name = "alarmed"
        elif urgent:
            name = f"urgent {urgent[0]}"
        else:
            name = "spam" if sum(one.intent is Intent.SPAM for one in inside) * 2 > len(inside) else ""
        lanes.setdefault(name, []).append(place)
    yield from (lanes[name] for name in sorted(lanes))


def _told(
    common: _Common, units: Sequence[Unit], vectors: Vectors | None, spoken: words.Spoken
) -> tuple[NDArray[np.float32], float]:
    """The units as numbers, and the distance within a concern in these numbers."""
    import numpy as np

    from copilot.intelligence.grouping import concerns

    said = [common.said[unit.first] for unit in units]
    topics = [one.topics for one in said]
    if vectors is None:
        return concerns.with_topics(spoken.numbers(common.check), topics, common.check), concerns.LIMIT_BY_WORDS
    told = np.asarray(vectors[[unit.first for unit in units]], dtype=np.float32)
    if len(units) < concerns.FEW:
        return told, concerns.LIMIT_FOR_FEW
    middled = concerns.seen_from_their_middle(told, [one.language for one in said], common.check)
    return concerns.with_topics(middled, topics, common.check), concerns.LIMIT


def _concern(
    common: _Common,
    units: Sequence[Unit],
    told: NDArray[np.float32],
    spoken: words.Spoken,
    people: frozenset[str],
) -> MessageGroup:
    """One concern from the unit nearest to its middle that reads well."""
    import numpy as np

    near = told @ told.mean(axis=0)
    order = np.argsort(-near, kind="stable")
    said = common.said
    readable = (int(at) for at in order[:LOOKED_AT] if _reads_well(said[units[at].first].text))
    chosen = next(readable, int(order[0]))
    apart = (1.0 - told @ told[chosen]).clip(0.0, 1.0)
    members = sorted(
        (round(float(far), 3) if at != chosen else 0.0, place != units[chosen].first, place)
        for at, far in enumerate(apart)
        for place in units[at].places
    )
    read = [said[units[int(at)].first] for at in order[:: max(1, len(order) // READ)]]
    main = Counter(one.language for one in read).most_common(1)[0][0]
    heard = [one.text for one in read if one.language == main]
    named = words.name_of(heard if len(heard) >= FEWEST else [one.text for one in read], spoken, people)
    places, distances = tuple(place for _, _, place in members), tuple(far for far, _, _ in members)
    return _group(common, GroupKind.CONCERN, places, distances, units[chosen].first, named)


def _group(
    common: _Common,
    kind: GroupKind,
    places: Sequence[int],
    distances: Sequence[float],
    first: int,
    named: tuple[str, ...] = (),
) -> MessageGroup:
    said = [common.said[place] for place in places]
    alarm, why = alarms.alarm_of(kind, said)
    times = [one.at for one in said if one.at is not None]
    growth = alarms.growth_of(times, common.until) if common.until is not None else None
    return MessageGroup(
        id=0,
        thread_id=common.thread_id,
        kind=kind,
        name=" · ".join(named) or words.excerpt(common.said[first].text),
        words=named,
        size=len(said),
        authors=alarms.authors_of(said),
        representative=common.said[first].id,
        growth=growth,
        alarm=alarm,
        why=why,
        members=tuple(Member(one.id, distance) for one, distance in zip(said, distances, strict=True)),
    )


def _with_alarm(group: MessageGroup, alarmed: set[int]) -> MessageGroup:
    """A concern most of which is a raid or spam that was found says so."""
    inside = sum(member.message_id in alarmed for member in group.members)
    if group.alarm is not Alarm.NONE or inside <= alarms.HALF * group.size:
        return group
    return replace(group, alarm=Alarm.RAID, why=(Wording("groups.why.inside", {"count": inside}),))


def _readable(said: Sequence[Said], unit: Unit) -> int:
    """Of the variations near the middle, the most repeated that calls nobody and shouts nothing."""
    near = [place for place, far in zip(unit.places, unit.distances, strict=True) if far <= VARIED][:READ]
    copies = Counter(said[place].key for place in near)
    well = [place for place in near if _reads_well(said[place].text)]
    return min(well or [unit.first], key=lambda place: (-copies[said[place].key], place))


def _reads_well(text: str) -> bool:
    return len(text) in READABLE and not text.isupper() and text.count(" ") >= 2 and not _CALLED.search(text)


def _largest_first(groups: Sequence[MessageGroup]) -> list[MessageGroup]:
    return sorted(groups, key=lambda group: (-group.size, group.representative))
