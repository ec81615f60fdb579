"""What the columns of a table hold, by their cells alone: a guess, to be shown as one and corrected."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from copilot.importers.threads._dates import is_clock, is_dated
from copilot.importers.threads._fields import rating
from copilot.importers.threads._records import Record
from copilot.text.lexicons import lexicon

#: Cells of a column looked at, and the part of them that must agree.
LOOKED, MOST = 300, 0.8
#: A column is the text of itself when its cells are this long on average, and this much longer than any other's.
TEXT_LENGTH, TEXT_RATIO = 12, 2.0
#: The same for what is only proposed to a person.
PROPOSED_RATIO = 1.2
#: Characters and words of a name.
_NAME_LENGTH, _NAME_WORDS = 40, 5

_URL = re.compile(r"(?:https?://|www\.)\S+", re.I)
_HANDLE = re.compile(r"@[\w.\-]{1,60}|[a-z][a-z0-9]*[._][a-z0-9._]+", re.I)
_NAME = re.compile(r"[^\W\d_][\w.’'\- ]*")
_DIGITS = re.compile(r"\d{1,30}")
_TOKEN = re.compile(r"(?=\S*\d)[\w.:\-=|]{2,120}")
#: A mail or a phone number is nobody's name.
_CONTACT = re.compile(r"\S+@\S+\.\w+|\+?\d[\d .\-]{6,}")


@dataclass(frozen=True, slots=True)
class _Column:
    """The cells that hold something, and of how many rows. ``cells`` are those looked at."""

    place: int
    cells: tuple[str, ...]
    rows: int
    length: float

    def mostly(self, fits: Iterable[bool]) -> bool:
        return bool(self.cells) and sum(fits) >= MOST * len(self.cells)

    def matches(self, pattern: re.Pattern[str]) -> bool:
        return self.mostly(pattern.fullmatch(cell) is not None for cell in self.cells)

    @property
    def is_unique(self) -> bool:
        return len(set(self.cells)) == len(self.cells) > 1

    @property
    def is_full(self) -> bool:
        return len(self.cells) >= MOST * self.rows


def guessed(rows: Sequence[Record], free: Collection[int], wanted: Collection[str]) -> dict[str, int]:
    """The parts of ``wanted`` that the columns ``free``, from 0, look like; a text only when it is beyond doubt."""
    return _guessed(rows, free, wanted, TEXT_RATIO)


def proposed(rows: Sequence[Record], free: Collection[int], wanted: Collection[str]) -> dict[str, int]:
    """As :func:`guessed`, with the likeliest text, for a person to confirm."""
    return _guessed(rows, free, wanted, PROPOSED_RATIO)


def _guessed(rows: Sequence[Record], free: Collection[int], wanted: Collection[str], ratio: float) -> dict[str, int]:
    columns = [_column(rows, place) for place in sorted(free)]
    left = [column for column in columns if column.cells]
    found: dict[str, int] = {}

    def take(part: str, chosen: _Column | None) -> None:
        if chosen is not None:
            left.remove(chosen)
            if part in wanted:
                found[part] = chosen.place

    # What has a form of its own goes first: what is left is words.
    take("link", next((one for one in left if one.matches(_URL)), None))
    for other in [one for one in left if one.matches(_URL) or one.matches(_CONTACT)]:
        left.remove(other)
    take("date", next((one for one in left if one.mostly(map(is_dated, one.cells))), None))
    for other in [one for one in left if one.mostly(map(is_dated, one.cells))]:
        left.remove(other)
    take("clock", next((one for one in left if one.mostly(map(is_clock, one.cells))), None))
    take("rating", next((one for one in left if _is_rating(one)), None))
    ids = next((one for one in left if _is_id(one)), None)
    take("id", ids)
    if ids is not None:
        take("parent", next((one for one in left if _names(one, ids)), None))
    for other in [one for one in left if one.matches(_DIGITS)]:
        left.remove(other)
    take("text", _text(left, ratio) if "text" in wanted else None)
    take("handle", next((one for one in left if _is_handle(one)), None))
    take("author", max((one for one in left if _is_name(one)), key=_variety, default=None))
    if "author" in wanted and "author" not in found and "handle" in found:
        found["author"] = found.pop("handle")
    return found


def proposed_author(rows: Sequence[Record], free: Collection[int]) -> dict[str, int]:
    """Of the columns ``free``, the one of people's names: towns, products and shops are written like names too."""
    people = [place for place in free if _holds_given_names(_column(rows, place))]
    return proposed(rows, people, ("author",))


def _holds_given_names(one: _Column) -> bool:
    """True when a third of the cells begin with a usual given name."""
    return bool(one.cells) and sum(map(begins_with_given_name, one.cells)) * 3 >= len(one.cells)


def begins_with_given_name(cell: str) -> bool:
    """True for what begins with a usual given name, as names of people do."""
    first, *_ = cell.split() or ("",)
    return first.casefold() in lexicon("first_names")


def _column(rows: Sequence[Record], place: int) -> _Column:
    cells = [cell for row in rows if place < len(row.cells) and (cell := row.cells[place].strip())]
    looked = tuple(cell[:500] for cell in cells[:LOOKED])
    return _Column(place, looked, min(len(rows), LOOKED), sum(map(len, cells)) / max(1, len(rows)))


def _text(left: Sequence[_Column], ratio: float) -> _Column | None:
    """The column with clearly the longest cells; the only one with words when nothing else is left."""
    if not left:
        return None
    chosen = max(left, key=lambda one: one.length)
    others = max((one.length for one in left if one is not chosen), default=0.0)
    return chosen if chosen.length >= max(TEXT_LENGTH, ratio * others) else None


def _is_rating(one: _Column) -> bool:
    stars = [rating(cell) for cell in one.cells]
    if len(one.cells) < 2 or any(star is None or not 1 <= star <= 5 for star in stars):
        return False
    # 1, 2, 3 in this order counts the rows.
    told = [star for star in stars if star is not None]
    return not ((len(told) > 2 or told[0] == 1) and all(after - before == 1 for before, after in pairwise(told)))


def _is_id(one: _Column) -> bool:
    return one.is_unique and one.is_full and (one.matches(_DIGITS) or one.matches(_TOKEN))


def _names(one: _Column, ids: _Column) -> bool:
    """True when the cells are those of ``ids``, other than in the same order."""
    known = set(ids.cells)
    return one.cells != ids.cells and one.mostly(cell in known for cell in one.cells)


def _is_handle(one: _Column) -> bool:
    return one.matches(_HANDLE)


def _is_name(one: _Column) -> bool:
    fits = (
        len(cell) <= _NAME_LENGTH and len(cell.split()) <= _NAME_WORDS and _NAME.fullmatch(cell) is not None
        for cell in one.cells
    )
    # Words in small letters are answers to a question, or labels.
    return one.is_full and one.mostly(fits) and one.mostly(cell[0].isupper() or cell[0] == "@" for cell in one.cells)


def _variety(one: _Column) -> tuple[int, int]:
    """Names differ from each other more than labels do; first among equals."""
    return len(set(one.cells)), -one.place
