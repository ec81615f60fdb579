"""What the import files of scheduling tools have in common: only whole, timed, future posts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.exporters._csv import csv_text
from copilot.exporters._rows import ExportFile, ExportRow, has_unwritable, ids, naming, require_rows, zone_named

_UNSAFE_IN_NAMES = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Rules:
    """What one tool accepts. Minutes; ``max_rows`` per file; sources in the module of the tool."""

    tool: str
    max_rows: int
    ahead: int = 0
    step: int = 1
    gap: int = 0
    images: int = 0
    header: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Timed:
    """A row and its wall-clock time in the zone of the account."""

    row: ExportRow
    local: datetime
    instant: datetime


def schedule(
    rows: Sequence[ExportRow], rules: Rules, cells: Callable[[Timed], Sequence[str]], *, now: datetime, brand_zone: str
) -> list[ExportFile]:
    """The files of a scheduling tool: one per account and ``max_rows`` rows, in the order of time.

    No file of these tools names the account: it is chosen when the file is imported, so that two accounts
    in one file would each publish the other's posts.

    Raises:
        UserError: ``export.nothing``, ``export.reply_not_schedulable``, ``export.no_time``,
            ``export.control_character``, ``export.unknown_zone``, ``export.nonexistent_time``,
            ``export.past``, ``export.too_soon``, ``export.minute_step``, ``export.too_close``.
    """
    require_rows(rows)
    timed = _timed(rows, rules, now, brand_zone)
    files: list[ExportFile] = []
    channels = _by_channel(timed)
    for channel, own in channels.items():
        _check_gaps(own, rules)
        base = _channel_suffix(channel) if len(channels) > 1 else ""
        parts = [own[start : start + rules.max_rows] for start in range(0, len(own), rules.max_rows)]
        for number, part in enumerate(parts, start=1):
            suffix = f"{base}-{number}" if len(parts) > 1 else base
            files.append(_file(suffix, part, rules, cells))
    return _with_distinct_names(files)


def _file(suffix: str, part: Sequence[Timed], rules: Rules, cells: Callable[[Timed], Sequence[str]]) -> ExportFile:
    table = [rules.header] if rules.header else []
    content = csv_text([*table, *(cells(timed) for timed in part)]).encode()
    rows = [timed.row for timed in part]
    return ExportFile(suffix, content, tuple(row.item_id for row in rows), ".csv", tuple(_notes(rows, rules)))


def _notes(rows: Sequence[ExportRow], rules: Rules) -> Iterator[Wording]:
    if rules.note:
        yield Wording(rules.note)
    left_out = [row for row in rows if len(usable_images(row)[: rules.images]) < len(row.media_urls)]
    if left_out:
        yield Wording("export.note.media_left_out", {"items": ids(left_out), "count": len(left_out)})
    silent = [row for row in rows if any(alt.strip() for alt in row.alt_texts)]
    if silent:
        yield Wording("export.note.alt_left_out", {"items": ids(silent), "count": len(silent)})


def usable_images(row: ExportRow) -> list[str]:
    """The addresses a tool can fetch by itself."""
    return [url for url in row.media_urls if url.lower().startswith(("https://", "http://"))]


def _timed(rows: Sequence[ExportRow], rules: Rules, now: datetime, brand_zone: str) -> list[Timed]:
    _refuse("export.reply_not_schedulable", [row for row in rows if row.kind == "reply"], rules)
    _refuse("export.no_time", [row for row in rows if row.planned is None], rules)
    _refuse("export.control_character", [row for row in rows if has_unwritable(row.text)], rules)
    _refuse("export.nonexistent_time", [row for row in rows if not _exists(row)], rules)
    timed = []
    for row in rows:
        instant = _instant(row)
        # The hours of each account's own zone, as the tool that imports the file will read them.
        zone = zone_named(row.zone or brand_zone)
        timed.append(Timed(row, instant.astimezone(zone).replace(tzinfo=None), instant))
    _refuse("export.past", [each.row for each in timed if each.instant <= now], rules)
    soonest = now + timedelta(minutes=rules.ahead)
    _refuse("export.too_soon", [each.row for each in timed if each.instant < soonest], rules, minutes=rules.ahead)
    uneven = [each.row for each in timed if each.local.minute % rules.step]
    _refuse("export.minute_step", uneven, rules, minutes=rules.step)
    return sorted(timed, key=lambda each: (each.instant, each.row.item_id))


def _refuse(kind: str, rows: Sequence[ExportRow], rules: Rules, **params: object) -> None:
    if rows:
        raise naming(kind, rows, tool=rules.tool, **params)


def _instant(row: ExportRow) -> datetime:
    if row.planned is None:
        raise UserError("export.no_time", items=(str(row.item_id),), count=1, tool="")
    # To the minute, which is all these files can say.
    local = row.planned.local.replace(second=0, microsecond=0, tzinfo=zone_named(row.planned.zone))
    return local.astimezone(UTC)


def _exists(row: ExportRow) -> bool:
    """False for a wall-clock time the clocks skip (02:30 on 28 March 2027 in Paris)."""
    if row.planned is None:
        return False
    there = _instant(row).astimezone(zone_named(row.planned.zone)).replace(tzinfo=None)
    return there == row.planned.local.replace(second=0, microsecond=0, tzinfo=None)


def _by_channel(timed: Sequence[Timed]) -> dict[tuple[str, str], list[Timed]]:
    channels: dict[tuple[str, str], list[Timed]] = {}
    for each in timed:
        channels.setdefault((each.row.network, each.row.account), []).append(each)
    return dict(sorted(channels.items()))


def _check_gaps(timed: Sequence[Timed], rules: Rules) -> None:
    least = timedelta(minutes=rules.gap)
    close = [row for one, two in pairwise(timed) if two.instant - one.instant < least for row in (one.row, two.row)]
    _refuse("export.too_close", list(dict.fromkeys(close)), rules, minutes=rules.gap)


def _channel_suffix(channel: tuple[str, str]) -> str:
    """A file name part such as ``-x-velos-lumen``: ASCII, without anything a path could mean."""
    words = " ".join(channel)
    ascii_only = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return "-" + (_UNSAFE_IN_NAMES.sub("-", ascii_only).strip("-.").lower()[:60] or "account")


def _with_distinct_names(files: list[ExportFile]) -> list[ExportFile]:
    """Two accounts whose names come out alike get a number each."""
    seen: dict[str, int] = {}
    distinct = []
    for file in files:
        seen[file.name_suffix] = seen.get(file.name_suffix, 0) + 1
        again = seen[file.name_suffix]
        suffix = file.name_suffix if again == 1 else f"{file.name_suffix}_{again}"
        distinct.append(ExportFile(suffix, file.content, file.rows, file.extension, file.notes))
    return distinct
