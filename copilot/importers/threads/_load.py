"""Which format a thread is in, and its messages, one at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path, PurePath
from types import ModuleType
from typing import BinaryIO

from copilot import registry
from copilot.domain.conversation import ImportedThread
from copilot.domain.imports import TableMapping
from copilot.errors import OutsideError, UserError
from copilot.importers._decoding import mostly_controls
from copilot.importers._files import read_stream
from copilot.importers._signatures import recognise, wording_of
from copilot.importers.threads._containers import check_container
from copilot.importers.threads._depth import check_head
from copilot.importers.threads._linking import MAX_MESSAGES, Draft, Linker, linked
from copilot.importers.threads._source import Report, Source

#: The largest thread file accepted, in bytes.
MAX_BYTES = 1_000_000_000

#: The largest thread accepted that is not a file (pasted, or the standard input), in bytes.
MAX_PIPED_BYTES = 50_000_000

#: Characters a title made from a text may hold.
_TITLE_CHARS = 60

#: How a zip container begins.
_ZIP = b"PK\x03\x04"

_BLANK = re.compile(rb"[ \t\r\n\0\xef\xbb\xbf\xff\xfe]*")


class Reading:
    """A thread whose format is known, read as its drafts are taken.

    ``told`` is complete once they all were. ``format`` is the name of the format.
    """

    def __init__(self, source: Source, module: ModuleType, captured_at: datetime) -> None:
        self.format = str(module.NAME)
        self.told = Report()
        self._source = source
        self._module = module
        self._captured_at = captured_at
        self.mapping = source.mapping

    def drafts(self) -> Iterator[Draft]:
        """The messages in the order of the file, at most :data:`MAX_MESSAGES`.

        Raises:
            UserError: ``thread.*`` when nothing more can be read.
        """
        try:
            found = self._module.read(self._source, self.told, captured_at=self._captured_at)
            for count, draft in enumerate(found):
                if count >= MAX_MESSAGES:
                    self.told.truncated = True
                    self.told.warnings.add("truncated", position=count)
                    return
                yield draft
        except UserError as error:
            # A format knows the text, not the name the person gave.
            error.params.setdefault("name", self._source.name)
            raise
        except RecursionError as error:
            raise UserError("thread.too_deep", name=self._source.name) from error
        except OSError as error:
            raise OutsideError("thread.disk", name=self._source.name, why=error.strerror or str(error)) from error

    def title(self, first_text: str) -> str:
        """What to call the conversation: as the file says, else as the file is called, else by its first words."""
        name = self._source.name
        stem = PurePath(name).stem if name not in ("", "-") else ""
        if self.told.title or stem:
            return self.told.title or stem
        words = " ".join((self.told.post_text or first_text)[: _TITLE_CHARS * 4].split())
        return words if len(words) <= _TITLE_CHARS else words[: _TITLE_CHARS - 1].rstrip() + "…"


def open_thread(
    content: Path | bytes,
    name: str,
    *,
    captured_at: datetime,
    watch: Callable[[int], None] = lambda _done: None,
    mapping: TableMapping | None = None,
) -> Reading:
    """Find the format of a thread by content (``name`` only weighs in).

    ``captured_at`` is aware: its zone is that of dates written without one. ``watch`` is told the bytes read; what it
    raises stops the reading. ``mapping`` is what a person said of the columns of a table.

    Raises:
        UserError: ``thread.missing``, ``thread.is_folder``, ``thread.not_a_file``, ``thread.unreadable``,
            ``thread.empty``, ``thread.too_large``, ``thread.binary``, ``thread.archive``, ``thread.zip_bomb``,
            ``thread.entity_expansion``,
            ``thread.too_deep``.
        OutsideError: ``thread.disk``.
    """
    source, module = _recognised(content, name, watch)
    source.mapping = mapping
    return Reading(source, module, captured_at)


def mapping_of(content: Path | bytes, name: str, *, captured_at: datetime) -> TableMapping | None:
    """What is proposed of the columns of a table, read from its beginning; None for a format that needs no mapping.

    Raises:
        UserError, OutsideError: as :func:`open_thread`, and ``thread.malformed`` for a damaged file.
    """
    source, module = _recognised(content, name, lambda _done: None)
    return module.mapping(source) if hasattr(module, "mapping") else None


def _recognised(content: Path | bytes, name: str, watch: Callable[[int], None]) -> tuple[Source, ModuleType]:
    """The file, and the format that reads it."""
    source = _source(content, name, watch)
    if not source.size or (_BLANK.fullmatch(source.start) and source.head.whole):
        raise UserError("thread.empty", name=name)
    kind = recognise(source.start)
    if source.start.startswith(_ZIP):
        if not source.head.members:
            raise UserError("thread.malformed", name=name)
        check_container(source)
    elif kind is not None or mostly_controls(source.start):
        raise _binary(kind, name)
    check_head(source.head)
    formats = registry.discover(__package__ or "copilot.importers.threads")
    scores = {module: float(module.sniff(source.head)) for module in formats.values()}
    best = max(scores, key=scores.__getitem__)
    if scores[best] <= 0:
        if source.head.text:
            raise UserError("thread.not_a_thread", name=name)
        raise _binary(kind, name)
    return source, best


def _binary(kind: str | None, name: str) -> UserError:
    """What is no text: an archive has what is wanted inside."""
    if kind == "archive":
        return UserError("thread.archive", name=name)
    return UserError("thread.binary", name=name, looks=wording_of(kind))


def _source(content: Path | bytes, name: str, watch: Callable[[int], None]) -> Source:
    """The file, refused in its own words when it cannot be opened or is too large."""
    try:
        if isinstance(content, Path) and content.is_dir():
            raise UserError("thread.is_folder", name=name)
        if isinstance(content, Path) and content.exists() and not content.is_file():
            # A pipe or a device: opening it could wait for ever.
            raise UserError("thread.not_a_file", name=name)
        size = content.stat().st_size if isinstance(content, Path) else len(content)
        most = MAX_BYTES if isinstance(content, Path) else MAX_PIPED_BYTES
        if size > most:
            raise UserError("thread.too_large", name=name, size_mb=round(size / 1e6, 1), max_mb=most // 1_000_000)
        return Source(content, name, watch)
    except PermissionError as error:
        raise UserError("thread.unreadable", name=name) from error
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise UserError("thread.missing", name=name) from error
    except OSError as error:
        raise OutsideError("thread.disk", name=name, why=error.strerror or str(error)) from error


def load_thread(
    content: bytes | Path,
    name: str,
    *,
    network: str = "",
    captured_at: datetime,
    mapping: TableMapping | None = None,
) -> ImportedThread:
    """A whole thread in memory; ``network`` goes over what the file says, ``mapping`` over what its columns look like.

    Raises:
        UserError: ``thread.*``, as :func:`open_thread`; ``thread.not_a_thread`` without any message.
    """
    reading = open_thread(content, name, captured_at=captured_at, mapping=mapping)
    told = reading.told
    linker = Linker(told.warnings)
    try:
        messages = linked(reading.drafts(), linker)
    except UserError as error:
        error.params.setdefault("name", name)
        raise
    return ImportedThread(
        reading.title(messages[0].text),
        reading.format,
        network or told.network,
        messages,
        post_text=told.post_text,
        warnings=told.warnings.result(),
    )


def load_thread_file(path: Path, *, network: str = "", captured_at: datetime) -> ImportedThread:
    """:func:`load_thread` of a file, its size checked before it is read.

    Raises:
        UserError: ``thread.missing``, ``thread.is_folder``, ``thread.unreadable``, and those of ``load_thread``.
        OutsideError: ``thread.disk``.
    """
    return load_thread(path, path.name or str(path), network=network, captured_at=captured_at)


def load_thread_stream(
    stream: BinaryIO, name: str = "-", *, network: str = "", captured_at: datetime
) -> ImportedThread:
    """:func:`load_thread` of a binary stream such as standard input."""
    content = read_stream(stream, name, area="thread", max_bytes=MAX_PIPED_BYTES)
    return load_thread(content, name, network=network, captured_at=captured_at)
