"""Which format a thread is in, and its messages, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePath
from types import ModuleType
from typing import BinaryIO

from copilot.domain.conversation import ImportedThread
from copilot.domain.imports import TableMapping
from copilot.errors import OutsideError, UserError
from copilot.importers._files import read_stream
from copilot.importers.threads._archive import archive_of
from copilot.importers.threads._linking import MAX_MESSAGES, Draft, Linker, linked
from copilot.importers.threads._recognising import GENERAL, MAX_PIPED_BYTES, recognised
from copilot.importers.threads._refusals import empty_export
from copilot.importers.threads._source import Content, Report, Source, pages_of, size_of

#: Characters a title made from a text may hold.
_TITLE_CHARS = 60
#: Characters shown of a date that could not be read.
_SHOWN_CHARS = 40


class Reading:
    """A thread whose format is known, read as its drafts are taken.

    ``told`` is complete once they all were. ``format`` is the name of the format.
    """

    def __init__(
        self, sources: Sequence[Source], module: ModuleType, captured_at: datetime, mapping: TableMapping | None = None
    ) -> None:
        """``sources`` are read one after the other, all by ``module``."""
        self.format = str(module.NAME)
        self.told = Report()
        self._sources = sources
        self._module = module
        self._captured_at = captured_at
        self.mapping = mapping

    def drafts(self) -> Iterator[Draft]:
        """The messages in the order of the file, at most :data:`MAX_MESSAGES`.

        Raises:
            UserError: ``thread.*`` when nothing more can be read; ``thread.empty`` when a network's file holds no
                message.
        """
        count = 0
        for draft in self._each():
            if count >= MAX_MESSAGES:
                self.told.truncated = True
                self.told.warnings.add("truncated", position=count)
                return
            if draft.when.unread:
                self._tell_unread(draft, count)
            count += 1
            yield draft
        if not count and self._left_nothing_out():
            raise empty_export(name=self._sources[0].name)

    def _left_nothing_out(self) -> bool:
        """True of a whole file that a network made, all of which was read without a word to say."""
        return self.format not in GENERAL and not (self.told.truncated or self.told.warnings.result())

    def _tell_unread(self, draft: Draft, count: int) -> None:
        shown = draft.when.unread[:_SHOWN_CHARS]
        if draft.line:
            self.told.warnings.add("unread_date", line=draft.line, shown=shown)
        else:
            self.told.warnings.add("unread_date_at", position=count + 1, shown=shown)

    def _each(self) -> Iterator[Draft]:
        count, is_truncated = 0, False
        for source in self._sources:
            before = count
            for draft in self._read(source):
                count += 1
                # A page counts its messages from its own first.
                yield draft if not before or draft.above is None else replace(draft, above=draft.above + before)
            if (source.is_damaged or source.ends_inside_letter) and not self.told.truncated:
                self.told.truncated = True
                self.told.warnings.add("truncated", position=count)
            is_truncated = self.told.truncated = self.told.truncated or is_truncated

    def _read(self, source: Source) -> Iterator[Draft]:
        try:
            yield from self._module.read(source, self.told, captured_at=self._captured_at)
        except UserError as error:
            # A format knows the text, not the name the person gave.
            error.params.setdefault("name", source.name)
            raise
        except RecursionError as error:
            raise UserError("thread.too_deep", name=source.name) from error
        except OSError as error:
            raise OutsideError("thread.disk", name=source.name, why=error.strerror or str(error)) from error

    def title(self, first_text: str) -> str:
        """What to call the conversation: as the file says, else as the file is called, else by its first words."""
        name = self._sources[0].name
        stem = PurePath(name).stem if name not in ("", "-") else ""
        if self.told.title or stem:
            return self.told.title or stem
        words = " ".join((self.told.post_text or first_text)[: _TITLE_CHARS * 4].split())
        return words if len(words) <= _TITLE_CHARS else words[: _TITLE_CHARS - 1].rstrip() + "…"


def open_thread(
    content: Content,
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
            ``thread.entity_expansion``, ``thread.too_deep``.
        OutsideError: ``thread.disk``.
    """
    sources: list[Source] = []
    before = 0
    for page in pages_of(content):
        source, module = recognised(page, name, _further(watch, before))
        source.mapping = mapping
        sources.append(source)
        before += size_of(page)
    return Reading(sources, module, captured_at, mapping)


def _further(watch: Callable[[int], None], before: int) -> Callable[[int], None]:
    return (lambda done: watch(before + done)) if before else watch


def mapping_of(content: Content, name: str, *, captured_at: datetime, header: int | None = None) -> TableMapping | None:
    """What is proposed of the columns of a table, read from its beginning; None for a format that needs no mapping.

    ``header`` is the line that names them as a person says it, 0 for none. Of an archive of a few files,
    that of the table it holds when that is the only conversation in it.

    Raises:
        UserError, OutsideError: as :func:`open_thread`, and ``thread.malformed`` for a damaged file.
    """
    archive = archive_of(content, name, small=True)
    if archive is not None:
        if len(archive.found) != 1:
            return None
        content, name = archive.found[0].content, archive.found[0].name
    source, module = recognised(pages_of(content)[0], name)
    if not hasattr(module, "mapping"):
        return None
    try:
        proposed: TableMapping | None = module.mapping(source, header)
    except UserError as error:
        error.params.setdefault("name", name)
        raise
    return proposed


def load_thread(
    content: bytes | Path,
    name: str,
    *,
    network: str = "",
    captured_at: datetime,
    mapping: TableMapping | None = None,
) -> ImportedThread:
    """A whole thread in memory; ``network`` goes over what the file says, ``mapping`` over what its columns look like.

    Of an archive, the first conversation in it.

    Raises:
        UserError: ``thread.*``, as :func:`open_thread`; without any message ``thread.empty`` for an export that can be
            told to hold none, else ``thread.not_a_thread``.
    """
    archive = archive_of(content, name)
    first: Content = content if archive is None else archive.found[0].content
    name = name if archive is None else archive.found[0].name
    reading = open_thread(first, name, captured_at=captured_at, mapping=mapping)
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
