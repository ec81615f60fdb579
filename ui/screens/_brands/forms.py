"""A brand as JSON and back, the places its errors name, its history of edits. No Qt in here."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any, TypeVar

from copilot.domain.brand import (
    Address,
    Brand,
    CharterClause,
    Contact,
    EmojiPolicy,
    Fact,
    HashtagList,
    HouseStyle,
    InclusiveWriting,
    ModerationPolicy,
    Playbook,
    PreferredTerm,
    Retention,
    RuleLevel,
    Sector,
    Typography,
    VoiceProfile,
)

T = TypeVar("T")

FORM = 1
#: Seconds of rest after which typing in the same field becomes another step of the history.
PAUSE = 1.5
#: Steps that can be undone; brands share their unchanged parts.
MOST_STEPS = 200

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def to_json(brand: Brand) -> dict[str, Any]:
    """``brand`` as JSON values; :func:`from_json` gives it back exactly."""
    body = asdict(brand)
    for fact in body["facts"]:
        fact["valid_until"] = fact["valid_until"].isoformat() if fact["valid_until"] else None
    return body


def to_json_values(brand: Brand) -> Any:
    """``brand`` as it comes back from JSON: tuples are lists there."""
    return json.loads(json.dumps(to_json(brand)))


def from_json(body: Mapping[str, Any]) -> Brand:
    """The brand :func:`to_json` wrote. Raises ValueError when it is not one."""
    try:
        return _brand(body)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise ValueError("not a brand") from error


def _brand(body: Mapping[str, Any]) -> Brand:
    told = dict(body)
    told["voice"] = _voice(told["voice"])
    told["contact"] = Contact(**told["contact"])
    told["accounts"] = dict(told["accounts"])
    told["facts"] = tuple(_fact(one) for one in told["facts"])
    told["playbooks"] = tuple(_playbook(one) for one in told["playbooks"])
    told["hashtags"] = tuple(
        HashtagList(one["name"], tuple(one["tags"]), tuple(one["networks"])) for one in told["hashtags"]
    )
    told["charter"] = tuple(CharterClause(**one) for one in told["charter"])
    told["limits"] = dict(told.get("limits", {}))
    told["style"] = _style(told.get("style", {}))
    told["checks"] = {rule: RuleLevel(level) for rule, level in told.get("checks", {}).items()}
    told["moderation"] = ModerationPolicy(**{name: tuple(one) for name, one in told.get("moderation", {}).items()})
    told["retention"] = Retention(**told.get("retention", {}))
    return Brand(**told)


def _style(body: Mapping[str, Any]) -> HouseStyle:
    told = dict(body)
    for name, kind in (("typography", Typography), ("inclusive", InclusiveWriting)):
        if name in told:
            told[name] = kind(told[name])
    for name in ("avoid", "words"):
        told[name] = tuple(told.get(name, ()))
    told["sectors"] = tuple(Sector(one) for one in told.get("sectors", ()))
    return HouseStyle(**told)


def _voice(body: Mapping[str, Any]) -> VoiceProfile:
    told = dict(body)
    for name in ("traits", "banned", "do", "do_not"):
        told[name] = tuple(told[name])
    preferred = tuple(PreferredTerm(**one) for one in told["preferred"])
    told.update(address=Address(told["address"]), emoji=EmojiPolicy(told["emoji"]), preferred=preferred)
    return VoiceProfile(**told)


def _fact(body: Mapping[str, Any]) -> Fact:
    until = body["valid_until"]
    return Fact(
        **{**body, "topics": tuple(body["topics"]), "valid_until": date.fromisoformat(until) if until else None}
    )


def _playbook(body: Mapping[str, Any]) -> Playbook:
    address = body["address"]
    return Playbook(**{**body, "topics": tuple(body["topics"]), "address": Address(address) if address else None})


def steps_of(path: str) -> tuple[str | int, ...]:
    """``facts[2].statement`` as ``("facts", 1, "statement")``: rows are counted from 0 here."""
    return tuple(int(number) - 1 if number else name for name, number in _STEP.findall(path))


def free_id(stem: str, taken: Collection[str]) -> str:
    """``stem-1``, or the first number that is free."""
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def with_row(rows: Sequence[T], place: int, row: T) -> tuple[T, ...]:
    """``rows`` with another one at ``place``."""
    return (*rows[:place], row, *rows[place + 1 :])


def inserted(rows: Sequence[T], place: int, row: T) -> tuple[T, ...]:
    """``rows`` with one more at ``place``."""
    return (*rows[:place], row, *rows[place:])


def without(rows: Sequence[T], place: int) -> tuple[T, ...]:
    """``rows`` without the one at ``place``."""
    return (*rows[:place], *rows[place + 1 :])


def moved(rows: Sequence[T], place: int, to: int) -> tuple[T, ...]:
    """``rows`` with the one at ``place`` taken to ``to``."""
    return inserted(without(rows, place), to, rows[place])


def value_at(whole: Any, steps: Sequence[str | int]) -> Any:
    """What ``steps`` lead to in a brand; empty for an account that is not there."""
    for step in steps:
        if isinstance(whole, dict):
            whole = whole.get(step, "")
        else:
            whole = whole[step] if isinstance(step, int) else getattr(whole, step)
    return whole


def with_value(whole: Any, steps: Sequence[str | int], value: Any) -> Any:
    """``whole`` with another value where ``steps`` lead; an empty account is taken away."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(whole, dict):
        return {name: told for name, told in {**whole, step: value}.items() if told != "" or name != step}
    if isinstance(step, int):
        return with_row(whole, step, with_value(whole[step], rest, value))
    return replace(whole, **{step: with_value(getattr(whole, step), rest, value)})


class History:
    """The values a brand took. Typing on in one field is one step."""

    def __init__(self, brand: Brand, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._undo: list[Brand] = []
        self._redo: list[Brand] = []
        self._key, self._at = "", 0.0
        self.brand = brand

    @property
    def can_undo(self) -> bool:
        """True when there is a step to undo."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """True when there is an undone step."""
        return bool(self._redo)

    def put(self, brand: Brand, key: str = "") -> None:
        """``brand`` from now on; the same ``key`` soon after the last time belongs to the same step."""
        now = self._clock()
        if not (key and key == self._key and now - self._at < PAUSE and self._undo):
            self._undo = [*self._undo[-MOST_STEPS + 1 :], self.brand]
        self._key, self._at = key, now
        self._redo = []
        self.brand = brand

    def correct(self, brand: Brand) -> None:
        """Another writing of the same value, as it was kept: not a step."""
        self.brand = brand
        self._key = ""

    def undo(self) -> None:
        """One step back."""
        if self._undo:
            self._redo.append(self.brand)
            self.brand = self._undo.pop()
            self._key = ""

    def redo(self) -> None:
        """One step on again."""
        if self._redo:
            self._undo.append(self.brand)
            self.brand = self._redo.pop()
            self._key = ""
