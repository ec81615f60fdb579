"""Which format a thread is in, by what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

from copilot import registry
from copilot.errors import OutsideError, UserError
from copilot.importers._decoding import mostly_controls
from copilot.importers._signatures import recognise, wording_of
from copilot.importers.threads._containers import check_container, is_archive, is_cut_short
from copilot.importers.threads._depth import check_head
from copilot.importers.threads._source import One, Source, size_of

#: The largest thread file accepted, in bytes.
MAX_BYTES = 1_000_000_000

#: The largest thread accepted that is not a file (pasted, or the standard input), in bytes.
MAX_PIPED_BYTES = 50_000_000

#: Formats that anything may be in: the others are made by networks.
GENERAL = ("csv", "xlsx", "jsonl", "pasted")

#: How a zip container begins.
ZIP = b"PK\x03\x04"

_BLANK = re.compile(rb"[ \t\r\n\0\xef\xbb\xbf\xff\xfe]*")


def recognised(content: One, name: str, watch: Callable[[int], None] = lambda _done: None) -> tuple[Source, ModuleType]:
    """The file, and the format that reads it.

    Raises:
        UserError: ``thread.*`` for what no format reads.
        OutsideError: ``thread.disk``.
    """
    source = _source(content, name, watch)
    if not source.size or (_BLANK.fullmatch(source.start) and source.head.whole):
        raise UserError("thread.empty", name=name)
    kind = recognise(source.start)
    if source.start.startswith(ZIP):
        if not source.head.members:
            raise UserError("thread.truncated" if is_cut_short(source) else "thread.malformed", name=name)
        check_container(source)
        kind = "archive" if is_archive(source.head.members) else kind
    elif kind is not None or mostly_controls(source.start):
        raise binary(kind, name)
    check_head(source.head)
    scores = {module: float(module.sniff(source.head)) for module in _formats()}
    best = max(scores, key=scores.__getitem__)
    if scores[best] <= 0:
        if source.head.text:
            raise UserError("thread.not_a_thread", name=name)
        raise binary(kind, name)
    return source, best


@cache
def _formats() -> tuple[ModuleType, ...]:
    # Looked for once: an archive holds thousands of files.
    return tuple(registry.discover(__package__ or "copilot.importers.threads").values())


def binary(kind: str | None, name: str) -> UserError:
    """What is no text: an archive has what is wanted inside."""
    if kind == "archive":
        return UserError("thread.archive", name=name)
    return UserError("thread.binary", name=name, looks=wording_of(kind))


def _source(content: One, name: str, watch: Callable[[int], None]) -> Source:
    """The file, refused in its own words when it cannot be opened or is too large."""
    try:
        if isinstance(content, Path) and content.is_dir():
            raise UserError("thread.is_folder", name=name)
        if isinstance(content, Path) and content.exists() and not content.is_file():
            # A pipe or a device: opening it could wait for ever.
            raise UserError("thread.not_a_file", name=name)
        size = content.stat().st_size if isinstance(content, Path) else size_of(content)
        most = MAX_PIPED_BYTES if isinstance(content, bytes) else MAX_BYTES
        if size > most:
            raise UserError("thread.too_large", name=name, size_mb=round(size / 1e6, 1), max_mb=most // 1_000_000)
        return Source(content, name, watch)
    except PermissionError as error:
        raise UserError("thread.unreadable", name=name) from error
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise UserError("thread.missing", name=name) from error
    except OSError as error:
        raise OutsideError("thread.disk", name=name, why=error.strerror or str(error)) from error
