"""Tables of messages, whatever holds them: which row names the columns, what each column is, a message a row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from itertools import islice
from statistics import median
from zoneinfo import ZoneInfo

from copilot.domain.imports import TableMapping
from copilot.errors import UserError
from copilot.importers.threads._dates import When, is_dated, is_day_first, is_numeric_date, parse_when, zone_of
from copilot.importers.threads._fields import (
    author_of,
    bare_number,
    id_of,
    is_personal,
    is_profile,
    is_rounded,
    is_true,
    map_fields,
    normal_name,
    rating,
    scale_named,
    scale_of,
    whole,
)
from copilot.importers.threads._guessing import guessed
from copilot.importers.threads._header import columns_of, found_header, name_of
from copilot.importers.threads._hosts import address_in, network_of
from copilot.importers.threads._json_fields import web_link
from copilot.importers.threads._linking import Draft, Warnings
from copilot.importers.threads._records import Record, Tail
from copilot.importers.threads._refusals import empty_export
from copilot.importers.threads._source import Report
from copilot.importers.threads._texts import count_mended, label, message_text

#: Rows read before the messages, to see what the columns hold.
SURVEYED = 2000
#: Parts that cells may betray where no header stands, and where a header leaves their column without a name.
GUESSED = ("text", "author", "handle", "date", "clock", "id", "parent", "rating", "link")
_OF_BLANK = frozenset(("author", "date", "rating", "link"))

_TIMES = ("date", "edited", "reply_date")
_SHOWN = ("text", "title", "author", "handle", "reply")
_IDS = ("id", "parent")
#: The name of a column of times says when they are not those of this computer.
_NAMES_UTC = re.compile(r"\b(?:UTC|GMT)\b")
_NAMES_ZONE = re.compile(r"\b(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Z][A-Za-z_]+")
_MIDNIGHT = re.compile(r"[ T]00:00(?::00)?$")
_NESTED_NUMBER = re.compile(r"\d+(?:[-.]\d+)*")
#: How savers of comments call the column that counts them, and the one that counts the replies to each.
_NUMBERS = frozenset(
    ("", "n", "no", "nr", "num", "number", "numero", "comment number", "numero du commentaire", "rang")
)
_NESTED = frozenset(("nested comment number", "nested number", "reply number", "numero de la reponse", "sous numero"))
#: ``sep=;`` is for the spreadsheet program.
_SEPARATOR = re.compile(r"sep=", re.I)
#: What stands beside the title of a conversation above its table.
_TITLE_NAMES = frozenset(
    ("title", "titre", "post title", "titre de la publication", "video title", "titre de la video")
)


#: What tells which columns hold which of the parts wanted, by their cells.
Guess = Callable[[Sequence[Record], Collection[int], Collection[str]], dict[str, int]]


@dataclass(slots=True)
class Table:
    """How the rows of one file are read. ``places`` are the columns of the parts of a message, from 0.

    ``header`` is the line of the header, 0 without one.
    """

    header: int
    columns: list[str]
    places: dict[str, int]
    title: str = ""
    #: The network whose page is named above the header.
    network: str = ""
    is_guess: bool = False
    is_numbered: bool = False
    #: Which column counts the replies, when the first only counts the comments.
    nested: int | None = None
    #: Of the comment above and its replies, the id behind each number.
    numbered: dict[str, str] = field(default_factory=dict)
    day_first: bool = True
    #: What a number alone in the column of ratings is out of.
    top: float = 0.0
    #: The zones of the columns of times.
    zones: dict[str, tzinfo] = field(default_factory=dict)
    #: Columns of e-mail addresses, IP addresses and the like: counted, never read.
    personal: list[int] = field(default_factory=list)


def table_of(rows: Sequence[Record], mapping: TableMapping | None) -> Table:
    """What the first ``rows`` of a file say of its columns, or what a person said of them.

    Raises:
        UserError: ``thread.needs_mapping`` when no column can be told to be the text.
    """
    table = laid_out(rows, None if mapping is None else mapping.header)
    if mapping is not None:
        table.places = {part: place for part, place in mapping.parts.items() if 0 <= place < len(table.columns)}
        table.is_guess = False
    else:
        table.places |= guesses(table, rows, guessed)
    if "text" not in table.places:
        raise UserError("thread.needs_mapping")
    table.personal = [
        place for place, name in enumerate(table.columns) if is_personal(name) and place not in table.places.values()
    ]
    return table


def laid_out(rows: Sequence[Record], asked: int | None) -> Table:
    """The columns as the header names them: that of the line ``asked`` (0: none), else the one that looks like it."""
    header = found_header(rows) if asked is None else next((row for row in rows if row.line == asked), None)
    columns = columns_of(header, rows)
    if header is None:
        return Table(0, columns, {}, is_guess=True)
    places = {part: columns.index(name) for part, name in map_fields(columns).items()}
    above = [row for row in rows if _is_title(row, header)]
    network = next((found for row in above for cell in row.cells if (found := network_of(address_in(cell)))), "")
    title = next((found for row in above if (found := _title(row))), "")
    return Table(header.line, columns, places, title[:200], network, is_guess="text" not in places)


def guesses(table: Table, rows: Sequence[Record], guess: Guess) -> dict[str, int]:
    """What the columns that nothing names look like."""
    under = [row for row in rows if row.line > table.header]
    if len(table.columns) == 1:
        return {} if "text" in table.places else {"text": 0}
    if not table.header:
        return guess(_below_titles(under), range(len(table.columns)), GUESSED)
    free = [place for place in range(len(table.columns)) if place not in table.places.values()]
    blank = [place for place in free if not name_of(table.columns[place]) and not _counts(under, place)]
    found = guess(under, blank, _OF_BLANK.difference(table.places)) if blank else {}
    if table.is_guess:
        found |= guess(under, [place for place in free if place not in found.values()], ("text",))
    return found


def _below_titles(rows: Sequence[Record]) -> list[Record]:
    """The rows without those that hold far less than most: titles, dates of the export, sums."""
    filled = [sum(1 for cell in row.cells if cell.strip()) for row in rows]
    usual = median(filled) if filled else 0
    return [row for row, count in zip(rows, filled, strict=True) if count * 2 > usual]


def _counts(rows: Sequence[Record], place: int) -> bool:
    """True for one of the first two columns when it counts the rows and the replies to each."""
    cells = (row.cells[place].strip() for row in rows if place < len(row.cells))
    return place < 2 and all(not cell or _NESTED_NUMBER.fullmatch(cell) for cell in cells)


def _is_title(row: Record, header: Record) -> bool:
    return row.line < header.line and any(map(str.strip, row.cells)) and not _SEPARATOR.match(row.cells[0])


def _title(row: Record) -> str:
    """What a row above the header calls the conversation: a name is beside what it names, and an address is none."""
    first, *more = (shown for cell in row.cells if (shown := label(cell)))
    if more:
        return more[0] if normal_name(first) in _TITLE_NAMES and not address_in(more[0]) else ""
    return "" if first.endswith(":") or address_in(first) else first


def read_table(
    table: Table, rows: Callable[[], Iterable[Record]], told: Report, captured_at: datetime
) -> Generator[Draft, None, Tail]:
    """One message a row, in order; ``rows`` begins anew at each call. Rows without a text are told and left out.

    What the generator returns tells whether the last row is whole.

    Raises:
        UserError: ``thread.empty`` for a header without a row, or no row at all.
    """
    told.title = told.title or table.title
    told.network = told.network or table.network
    if table.is_guess and len(table.columns) > 1:
        told.warnings.add("columns_guessed", column=table.places["text"] + 1)
    table.zones = _zones(table, captured_at)
    _survey(table, _under(table, rows()), told.warnings)
    width = len(table.columns)
    tail = Tail(width)
    seen = given = repaired = rounded = 0
    dropped: Counter[int] = Counter()
    for found in _under(table, rows()):
        if _is_header_again(found, table):
            continue
        seen += 1
        tail.see(found)
        row = found
        if found.is_literal or len(found.cells) > width:
            row = _mended(found, table)
            if found.is_cut:
                told.truncated = True
                told.warnings.add("truncated", line=row.line)
            elif found.is_literal or any(map(str.strip, found.cells[width:])):
                told.warnings.add("bad_line", line=row.line)
        dropped.update(place for place in table.personal if place < len(row.cells) and row.cells[place].strip())
        draft = _draft(row, table)
        if not (draft.text or draft.rating is not None or draft.deleted):
            told.warnings.add("no_text", line=row.line)
            continue
        repaired += count_mended(_cell(row, table, part) for part in _SHOWN)
        rounded += sum(is_rounded(_cell(row, table, part)) for part in _IDS)
        yield draft
        given += 1
        reply = message_text(_cell(row, table, "reply"))
        if reply:
            # What the brand answered stands in the row of what it answers.
            when = _when(_cell(row, table, "reply_date"), table, "reply_date")
            yield Draft(author_of("", "", is_owner=True), reply, when, above=given - 1, line=row.line)
            given += 1
    if not seen:
        raise empty_export()
    told.tell_repaired(repaired)
    if rounded:
        told.warnings.add("ids_rounded", count=rounded)
    _tell_dropped(dropped, table, told.warnings)
    return tail


def _tell_dropped(dropped: Counter[int], table: Table, warnings: Warnings) -> None:
    """Say how many cells of what points at people were not kept: ``dropped`` counts them by their column."""
    profiles = sum(count for place, count in dropped.items() if is_profile(table.columns[place]))
    contacts = dropped.total() - profiles
    if contacts:
        warnings.add("personal_dropped", count=contacts, what="contacts")
    if profiles:
        warnings.add("profiles_dropped", count=profiles)


def _cell(row: Record, table: Table, part: str) -> str:
    place = table.places.get(part)
    return row.cells[place] if place is not None and place < len(row.cells) else ""


def _under(table: Table, rows: Iterable[Record]) -> Iterator[Record]:
    return (row for row in rows if row.line > table.header)


def _is_header_again(row: Record, table: Table) -> bool:
    """True for the header repeated, as files put one behind the other have it."""
    place = table.places["text"]
    if not table.header or place >= len(row.cells) or row.cells[place].strip() != name_of(table.columns[place]):
        return False
    names = [name_of(name) for name in table.columns]
    return [label(cell) for cell in row.cells] == names[: len(row.cells)]


def _survey(table: Table, rows: Iterable[Record], warnings: Warnings) -> None:
    """Whether replies are numbered ``1-1``, what ratings are out of, and the order of days in numeric dates.

    Rows are read until it is clear. An order that nothing in the whole column settles is told.
    """
    place = table.places.get("date")
    is_open = _may_be_numbered(table)
    numeric = False
    known: bool | None = None
    stars = table.places.get("rating")
    given: list[float] = []
    for count, row in enumerate(rows, start=1):
        if stars is not None and count <= SURVEYED and stars < len(row.cells):
            given += [found for found in (bare_number(row.cells[stars]),) if found is not None]
        is_open = is_open and _NESTED_NUMBER.fullmatch(_number(row, table)) is not None
        if place is not None and known is None and place < len(row.cells):
            known = is_day_first([row.cells[place]])
            numeric = numeric or is_numeric_date(row.cells[place])
        if count >= SURVEYED and (known is not None or not numeric):
            break
    table.is_numbered = is_open
    table.day_first = known is not False
    if stars is not None:
        table.top = scale_named(table.columns[stars]) or scale_of(given)
    if known is None and numeric:
        warnings.add("day_first_assumed")


def _may_be_numbered(table: Table) -> bool:
    """True when the first column, unnamed or called a number, may count replies ``1-1`` under ``1``."""
    if len(table.columns) < 2 or 0 in table.places.values() or {"id", "parent"} <= table.places.keys():
        return False
    first, second = (normal_name(name.partition("\0")[0]) for name in table.columns[:2])
    if 1 not in table.places.values() and (second in _NESTED or (not second and not first)):
        table.nested = 1
    return first in _NUMBERS


def numbers_of(table: Table, rows: Iterable[Record]) -> int | None:
    """The column of numbers by which the rows answer one another, from 0; None where nothing is below a number."""
    if not _may_be_numbered(table):
        return None
    under = list(_under(table, rows))
    found = [_number(row, table) for row in under]
    if not all(map(_NESTED_NUMBER.fullmatch, found)) or all(map(str.isdigit, found)):
        return None
    nested = table.nested
    is_beside = nested is not None and any(row.cells[nested].strip() for row in under if nested < len(row.cells))
    return nested if is_beside else 0


def _number(row: Record, table: Table) -> str:
    """The nested number of a row: ``1-1`` in the first column, or ``1`` there and ``1`` or ``1-1`` in the next."""
    first = row.cells[0].strip() if row.cells else ""
    under = row.cells[table.nested].strip() if table.nested is not None and table.nested < len(row.cells) else ""
    if not under or not first or not under.isdigit():
        return under or first
    return f"{first}-{under}"


def _place_by_number(draft: Draft, row: Record, table: Table) -> None:
    """The id and the parent of a numbered row: its own id where it has one, since numbers move as comments come."""
    number = _number(row, table)
    above = "" if number.isdigit() else number[: max(number.rfind("-"), number.rfind("."))]
    if not above:
        table.numbered.clear()
    own = table.places.get("id")
    draft.id = (id_of(row.cells[own]) if own is not None and own < len(row.cells) else "") or number
    draft.parent = table.numbered.get(above, above)
    table.numbered[number] = draft.id


def _mended(row: Record, table: Table) -> Record:
    """A row of too many cells, those its text was cut into joined when that puts the others in their place."""
    whole = _with_whole_text(row, table.places["text"], len(table.columns))
    if row.is_literal:
        return whole
    day = table.places.get("date")
    is_right = day is not None and is_dated(whole.cells[day]) and not is_dated(row.cells[day])
    return whole if is_right else row


def _with_whole_text(row: Record, place: int, width: int) -> Record:
    """A row whose quoting was lost, the cells its text was cut into joined again."""
    surplus = len(row.cells) - width
    if surplus <= 0:
        return row
    text = ", ".join(cell.strip() for cell in row.cells[place : place + surplus + 1])
    return replace(row, cells=[*row.cells[:place], text, *row.cells[place + surplus + 1 :]])


def _draft(row: Record, table: Table) -> Draft:
    told = {part: cell for part, place in table.places.items() if place < len(row.cells) and (cell := row.cells[place])}
    draft = Draft(
        author=author_of(label(told.get("author", "")), label(told.get("handle", "")), is_owner=_says(told, "owner")),
        text=_text(told),
        line=row.line,
        deleted=_says(told, "deleted"),
        hidden=_says(told, "hidden"),
    )
    # Most tables have none of these: what is not there costs nothing.
    if "date" in told or "clock" in told:
        draft.when = _moment(told.get("date", ""), told.get("clock", ""), table)
    if "edited" in told:
        changed = _when(told["edited"], table, "edited").at
        # A column of changes has the time of writing where nothing changed.
        draft.edited_at = changed if changed and (draft.when.at is None or changed > draft.when.at) else None
    if "rating" in told:
        draft.rating = rating(told["rating"], table.top)
    if "likes" in told:
        draft.likes = whole(told["likes"])
    if "link" in told:
        draft.link = web_link(told["link"].strip())
    if table.is_numbered:
        _place_by_number(draft, row, table)
    else:
        draft.id, draft.parent = id_of(told.get("id", "")), id_of(told.get("parent", ""))
    return draft


def _says(told: Mapping[str, str], part: str) -> bool:
    return part in told and is_true(told[part])


def _text(told: Mapping[str, str]) -> str:
    """The words of a message, after its title when it has one that is not their beginning."""
    text = message_text(told.get("text", ""))
    title = message_text(told["title"]) if "title" in told else ""
    return f"{title}\n{text}".strip() if title and not text.startswith(title.rstrip("….")) else text


def _moment(day: str, clock: str, table: Table) -> When:
    """The moment of a day and an hour in cells of their own; an hour that says nothing is told, and the day stays."""
    if not (day and clock):
        return _when(day or clock, table, "date")
    # Spreadsheets write midnight after a day without an hour.
    both = _when(f"{_MIDNIGHT.sub('', day)} {clock}", table, "date")
    if both.at is not None and not both.is_day:
        return both
    for cell, other in ((clock, day), (day, clock)):
        alone = _when(cell, table, "date")
        if alone.at is not None:
            return replace(alone, unread=other if alone.is_day else "")
    return both


def _when(shown: str, table: Table, part: str) -> When:
    return parse_when(shown, table.zones[part], day_first=table.day_first)


def _zones(table: Table, captured_at: datetime) -> dict[str, tzinfo]:
    """The zone of each column of times: that its name gives, else that of who captured it."""
    here = zone_of(captured_at)
    named = {part: _zone_in(table.columns[place]) for part, place in table.places.items()}
    return {part: named.get(part) or here for part in _TIMES}


def _zone_in(column: str) -> tzinfo | None:
    """The zone that the name of a column of times gives: ``Created (UTC)``, ``Date (Europe/Paris)``."""
    if _NAMES_UTC.search(column):
        return UTC
    found = _NAMES_ZONE.search(column)
    try:
        return ZoneInfo(found[0]) if found else None
    except (KeyError, ValueError, OSError):
        # Another thing with a stroke in it.
        return None


def first_rows(rows: Iterable[Record]) -> list[Record]:
    """Enough of a table to see its columns."""
    return list(islice(rows, SURVEYED))
