"""Tables of messages, whatever holds them: which row names the columns, what each column is, a message a row."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice

from copilot.domain.imports import TableMapping
from copilot.errors import UserError
from copilot.importers.threads._dates import When, is_day_first, is_numeric_date, parse_when, zone_of
from copilot.importers.threads._fields import author_of, is_personal, is_true, map_fields, normal_name, rating, whole
from copilot.importers.threads._linking import Draft, Warnings
from copilot.importers.threads._records import Record
from copilot.importers.threads._source import Report
from copilot.importers.threads._texts import label, message_text

#: The header stands on one of these first rows; exports put titles above it.
HEADER_ROWS = 10
#: Rows read before the messages, to see what the columns hold.
SURVEYED = 2000
#: Rows shown of a table whose columns a person looks at.
SAMPLED = 8
#: A column is the text of itself when its cells are this long on average, and this much longer than any other's.
TEXT_LENGTH, TEXT_RATIO = 12, 2.0

#: The name of a column of times says when they are not those of this computer.
_NAMES_UTC = re.compile(r"\b(?:UTC|GMT)\b")
#: A name of a column: a few words without a figure or the signs of a sentence.
_NAME_LENGTH = 30
_NAME = re.compile(rf"[^\W\d_](?:[^\d.!?:;,@\n]){{0,{_NAME_LENGTH}}}")
_NESTED_NUMBER = re.compile(r"\d+(?:[-.]\d+)*")
#: How savers of comments call the column that counts them, and the one that counts the replies to each.
_NUMBERS = frozenset(
    ("", "n", "no", "nr", "num", "number", "numero", "comment number", "numero du commentaire", "rang")
)
_NESTED = frozenset(("nested comment number", "nested number", "reply number", "numero de la reponse", "sous numero"))
#: ``sep=;`` is for the spreadsheet program.
_SEPARATOR = re.compile(r"sep=", re.I)


@dataclass(slots=True)
class Table:
    """How the rows of one file are read. ``places`` are the columns of the parts of a message, from 0.

    ``header`` is the line of the header, 0 without one.
    """

    header: int
    columns: list[str]
    places: dict[str, int]
    title: str = ""
    is_guess: bool = False
    is_numbered: bool = False
    #: Which column counts the replies, when the first only counts the comments.
    nested: int | None = None
    #: Of the comment above and its replies, the id behind each number.
    numbered: dict[str, str] = field(default_factory=dict)
    day_first: bool = True
    #: Columns of e-mail addresses, IP addresses and the like: counted, never read.
    personal: list[int] = field(default_factory=list)


def header_of(rows: Sequence[Record]) -> tuple[int, Record | None]:
    """Of the first ``rows``, the one that names most parts of a message, and how many; None when none does."""
    best: tuple[int, Record | None] = (0, None)
    for row in rows[:HEADER_ROWS]:
        mapped = map_fields(row.cells)
        score = len(mapped) if "text" in mapped and (len(mapped) > 1 or len(row.cells) == 1) else 0
        if score > best[0]:
            best = (score, row)
    return best


def _unnamed_header(rows: Sequence[Record]) -> Record | None:
    """The first row when it looks like names that mean nothing here: short words above cells of another kind."""
    width = max((len(row.cells) for row in rows), default=0)
    wide = [row for row in rows if len(row.cells) == width and not row.is_literal]
    if width < 2 or len(wide) < 2:
        return None
    first, under = wide[0].cells, wide[1:]
    names = [cell.strip() for cell in first]
    if len(set(names)) < width or not all(_NAME.fullmatch(name) for name in names):
        return None
    # Names stand above longer texts, or above numbers and days.
    for place, name in enumerate(names):
        cells = [row.cells[place].strip() for row in under]
        if any(len(cell) > 2 * _NAME_LENGTH or any(char.isdigit() for char in cell) for cell in cells if cell != name):
            return wide[0]
    return None


def table_of(rows: Sequence[Record], mapping: TableMapping | None) -> Table:
    """What the first ``rows`` of a file say of its columns, or what a person said of them.

    Raises:
        UserError: ``thread.needs_mapping`` when no column can be told to be the text.
    """
    header = header_of(rows)[1] or _unnamed_header(rows)
    if mapping is not None:
        header = next((row for row in rows if row.line == mapping.header), None) if mapping.header else None
    if header is None:
        columns = [str(index) for index in range(max((len(row.cells) for row in rows), default=1))]
        table = Table(0, columns, {}, is_guess=mapping is None)
    else:
        columns = _unique(header.cells)
        title = next((label(row.cells[0]) for row in rows if _is_title(row, header)), "")
        table = Table(header.line, columns, _places(columns), title[:200])
    if mapping is not None:
        table.places = {part: place for part, place in mapping.parts.items() if 0 <= place < len(columns)}
    elif "text" not in table.places:
        table.places["text"], table.is_guess = guessed([row for row in rows if row.line > table.header]), True
    if "text" not in table.places:
        raise UserError("thread.needs_mapping")
    table.personal = [
        place for place, name in enumerate(columns) if is_personal(name) and place not in table.places.values()
    ]
    return table


def _places(columns: list[str]) -> dict[str, int]:
    return {part: columns.index(name) for part, name in map_fields(columns).items()}


def _is_title(row: Record, header: Record) -> bool:
    return row.line < header.line and bool(row.cells) and not _SEPARATOR.match(row.cells[0])


def _unique(cells: Sequence[str]) -> list[str]:
    """Header cells, each made unique so that a column keeps its place."""
    names: list[str] = []
    for index, cell in enumerate(cells):
        name = label(cell)
        names.append(name if name and name not in names else f"{name}\0{index}")
    return names


def guessed(rows: Sequence[Record]) -> int:
    """The column of the texts when nothing names it: the only one, or one whose cells are clearly the longest.

    Raises:
        UserError: ``thread.needs_mapping``.
    """
    width = max((len(row.cells) for row in rows), default=1)
    if width <= 1 or not rows:
        return 0
    lengths = [
        sum(len(row.cells[place]) for row in rows if place < len(row.cells)) / len(rows) for place in range(width)
    ]
    chosen = max(range(width), key=lengths.__getitem__)
    others = max(length for place, length in enumerate(lengths) if place != chosen)
    if lengths[chosen] < max(TEXT_LENGTH, TEXT_RATIO * others):
        raise UserError("thread.needs_mapping")
    return chosen


def mapping_of(rows: Sequence[Record], *, delimiter: str = "", sheet: str = "", encoding: str = "") -> TableMapping:
    """What is proposed of the columns of a table, to be shown and corrected."""
    is_guess = False
    try:
        table = table_of(rows, None)
        header, columns, places, is_guess = table.header, table.columns, table.places, table.is_guess
    except UserError:
        first = header_of(rows)[1] or _unnamed_header(rows)
        header, is_guess = first.line if first else 0, True
        columns = _unique(first.cells if first else [str(place) for place in range(max(map(_width, rows), default=1))])
        places = _places(columns) if first else {}
    under = [row for row in rows if row.line > header]
    return TableMapping(
        signature([name.partition("\0")[0] for name in columns], bool(header)),
        # Without a header, columns have a place and no name.
        tuple(name.partition("\0")[0] if header else "" for name in columns),
        places,
        header,
        delimiter,
        sheet,
        encoding,
        tuple(tuple(cell[:200] for cell in row.cells) for row in under[:SAMPLED]),
        is_guess,
    )


def _width(row: Record) -> int:
    return len(row.cells)


def signature(columns: Sequence[str], has_header: bool) -> str:
    """What tells that two tables have the same columns: their names, or how many there are when nothing names them."""
    told = [normal_name(name) for name in columns] if has_header else [str(len(columns))]
    return hashlib.sha256(json.dumps(["replique-table/1", *told]).encode()).hexdigest()


def read_table(
    table: Table, rows: Callable[[], Iterable[Record]], told: Report, captured_at: datetime
) -> Iterator[Draft]:
    """One message a row, in order; ``rows`` begins anew at each call. Rows without a text are told and left out."""
    told.title = told.title or table.title
    if table.is_guess and len(table.columns) > 1:
        told.warnings.add("columns_guessed", column=table.places["text"] + 1)
    _survey(table, _under(table, rows()), told.warnings)
    dropped = given = 0
    for found in _under(table, rows()):
        row = found if not found.is_literal else _with_whole_text(found, table.places["text"], len(table.columns))
        if found.is_cut:
            told.truncated = True
            told.warnings.add("truncated", line=row.line)
        elif found.is_literal:
            told.warnings.add("bad_line", line=row.line)
        dropped += sum(1 for place in table.personal if place < len(row.cells) and row.cells[place].strip())
        draft = _draft(row, table, captured_at)
        if not (draft.text or draft.rating is not None or draft.deleted):
            told.warnings.add("no_text", line=row.line)
            continue
        yield draft
        given += 1
        reply = message_text(_cell(row, table, "reply"))
        if reply:
            # What the brand answered stands in the row of what it answers.
            when = _when(_cell(row, table, "reply_date"), table, "reply_date", captured_at)
            yield Draft(author_of("", "", is_owner=True), reply, when, above=given - 1, line=row.line)
            given += 1
    if dropped:
        told.warnings.add("personal_dropped", count=dropped, what="contacts")


def _cell(row: Record, table: Table, part: str) -> str:
    place = table.places.get(part)
    return row.cells[place] if place is not None and place < len(row.cells) else ""


def _under(table: Table, rows: Iterable[Record]) -> Iterator[Record]:
    return (row for row in rows if row.line > table.header)


def _survey(table: Table, rows: Iterable[Record], warnings: Warnings) -> None:
    """Whether replies are numbered ``1-1``, and the order of days in numeric dates: rows are read until both are clear.

    An order that nothing in the whole column settles is told.
    """
    place = table.places.get("date")
    is_open = _may_be_numbered(table)
    numeric = False
    known: bool | None = None
    for count, row in enumerate(rows, start=1):
        is_open = is_open and _NESTED_NUMBER.fullmatch(_number(row, table)) is not None
        if place is not None and known is None and place < len(row.cells):
            known = is_day_first([row.cells[place]])
            numeric = numeric or is_numeric_date(row.cells[place])
        if count >= SURVEYED and (known is not None or not numeric):
            break
    table.is_numbered = is_open
    table.day_first = known is not False
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
    draft.id = (label(row.cells[own])[:200] if own is not None and own < len(row.cells) else "") or number
    draft.parent = table.numbered.get(above, above)
    table.numbered[number] = draft.id


def _with_whole_text(row: Record, place: int, width: int) -> Record:
    """A row whose quoting was lost, the cells its text was cut into joined again."""
    surplus = len(row.cells) - width
    if surplus <= 0:
        return row
    text = ", ".join(cell.strip() for cell in row.cells[place : place + surplus + 1])
    return replace(row, cells=[*row.cells[:place], text, *row.cells[place + surplus + 1 :]])


def _draft(row: Record, table: Table, captured_at: datetime) -> Draft:
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
        draft.when = _when(f"{told.get('date', '')} {told.get('clock', '')}".strip(), table, "date", captured_at)
    if "edited" in told:
        draft.edited_at = _when(told["edited"], table, "edited", captured_at).at
    if "rating" in told:
        draft.rating = rating(told["rating"])
    if "likes" in told:
        draft.likes = whole(told["likes"])
    if table.is_numbered:
        _place_by_number(draft, row, table)
    else:
        draft.id = label(told.get("id", ""))[:200]
        draft.parent = label(told.get("parent", ""))[:200]
    return draft


def _says(told: Mapping[str, str], part: str) -> bool:
    return part in told and is_true(told[part])


def _text(told: Mapping[str, str]) -> str:
    """The words of a message, after its title when it has one that is not their beginning."""
    text = message_text(told.get("text", ""))
    title = message_text(told["title"]) if "title" in told else ""
    return f"{title}\n{text}".strip() if title and not text.startswith(title.rstrip("….")) else text


def _when(shown: str, table: Table, part: str, captured_at: datetime) -> When:
    place = table.places.get(part)
    is_utc = place is not None and place < len(table.columns) and _NAMES_UTC.search(table.columns[place]) is not None
    return parse_when(shown, UTC if is_utc else zone_of(captured_at), day_first=table.day_first)


def first_rows(rows: Iterable[Record]) -> list[Record]:
    """Enough of a table to see its columns."""
    return list(islice(rows, SURVEYED))
