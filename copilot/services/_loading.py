"""From a file of comments to stored messages, read, triaged and stored a few at a time in a worker thread."""

from __future__ import annotations

import hashlib
import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from os import SEEK_END
from threading import Event
from typing import IO, TYPE_CHECKING

from copilot.domain.conversation import Message, Thread
from copilot.domain.imports import Shape, TableMapping, Updated
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.services._pauses import no_long_pause
from copilot.services._triaging import Stopped, Together, language_of

if TYPE_CHECKING:
    from copilot.importers.threads import Reading
    from copilot.importers.threads._linking import Draft, Linker
    from copilot.importers.threads._source import Content
    from copilot.intelligence.triage import RuleTriage
    from copilot.services._so_far import SoFarTold
    from copilot.services.conversations import ThreadImported
    from copilot.store.imports import Import
    from copilot.store.incoming import Row
    from copilot.store.unit_of_work import Store, UnitOfWork

#: Messages read, triaged and set aside at a time.
AT_ONCE = 200
#: Characters read at a time, unless one message has more.
MOST_CHARS = 400_000
#: Bytes hashed at a time.
PIECE = 1_000_000
#: The part of the work that is reading and triage, in thousandths; the rest is storing.
READING_SHARE = 800
#: Warnings that tell a file which does not hold the whole conversation: what it lacks may well be there still.
PARTIAL = (
    "partial_replies",
    "replies_missing",
    "more_pages",
    "own_comments_only",
    "truncated",
    "cut_after",
    "bad_line",
)
#: The format that people copy from a page.
PASTED = "pasted"
#: One message in so many without its parent tells the same.
ORPHANS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What to import, and into which thread when the person says so. ``content`` is a file or its bytes.

    ``is_partial``: what it lacks of a conversation that is there may well be there still. ``is_apart``: whatever is
    there, this is a thread of its own. ``origin`` is what the network calls the conversation, where the file does not
    say. ``default_brand`` is whose accounts are ours where ``brand_id`` says nothing. ``copied_at`` is when a paste was
    copied, in the zone of who did, where that is known: a file does not say.
    """

    content: Content
    name: str
    network: str = ""
    brand_id: str = ""
    into: int | None = None
    mapping: TableMapping | None = None
    is_partial: bool = False
    is_apart: bool = False
    origin: str = ""
    default_brand: str = ""
    copied_at: datetime | None = None


def _said(mapping: TableMapping | None) -> TableMapping | None:
    """What a person said of the columns; None for what is only a look at them, which the format has anyway."""
    return mapping if mapping is not None and mapping.is_said else None


class Load:
    """One import, from the first byte to the last row.

    ``tell`` is told how far it is, of how much; ``so_far`` what was read.
    """

    def __init__(
        self,
        store: Store,
        rules: RuleTriage | None,
        asked: Asked,
        at: datetime,
        stop: Event,
        tell: Callable[[int, int], None],
        so_far: SoFarTold | None = None,
    ) -> None:
        from copilot import networks
        from copilot.importers.threads._source import size_of
        from copilot.services._owners import Owners

        self._store, self._rules, self._asked, self._at, self._stop = store, rules, asked, at, stop
        self._network = networks.get(asked.network).id if asked.network else ""
        self._size = size_of(asked.content)
        self._tell = tell
        self._so_far = so_far
        self._told = 0
        self._owners = Owners({})

    def run(self) -> ThreadImported:
        """Read, triage and store.

        Raises:
            UserError: ``thread.*``, ``brand.unknown``; nothing was stored.
            Stopped: nobody waits any more; nothing was stored.
        """
        with self.aside() as aside:
            found = self.prepare(aside)
            if not isinstance(found, Ready):
                return found
            with self._store.write() as work:
                return self.keep(work, found, aside)

    def aside(self) -> IO[bytes]:
        """Where what is read waits to be stored: beside the store, since temporary files may be kept in memory."""
        return tempfile.TemporaryFile(dir=self._store.path.parent if self._store.path else None)

    def prepare(self, aside: IO[bytes]) -> Ready | ThreadImported:
        """Read and triage into ``aside``, after what is there; what is stored already needs no more.

        Raises:
            UserError, Stopped: as :meth:`run`.
        """
        from copilot.importers.threads import open_thread
        from copilot.services._owners import owners_of
        from copilot.services.mappings import remembered

        asked = self._asked
        with self._store.read() as work:
            self._owners = owners_of(work, asked.brand_id, asked.default_brand)
        mapping = asked.mapping or remembered(self._store, asked.content, asked.name, self._at)
        reading = open_thread(
            asked.content,
            asked.name,
            # The times of a file written without a zone are those of the person who exported it.
            captured_at=self._at.astimezone(),
            watch=self._read_to,
            mapping=_said(mapping),
        )
        digest = self._digest(reading.mapping)
        known = self._known(digest)
        if known is not None:
            self._progress(1, 1)
            return known
        start = aside.seek(0, SEEK_END)
        return Ready(reading, self._read(reading, aside), digest, start)

    def _known(self, digest: str) -> ThreadImported | None:
        with self._store.read() as work:
            if self._asked.into is not None:
                work.imports.require(self._asked.into)
            thread_id = work.imports.find(digest)
            if thread_id is None:
                return None
            shape = work.imports.shape(thread_id)
            updated = Updated(unchanged=shape.messages)
            thread = work.threads.without_messages(thread_id)
            return _imported(thread, shape, already=True, warnings=(), updated=updated)

    def _digest(self, mapping: TableMapping | None) -> str:
        """What tells that the same content was imported for the same network, into the same thread, read alike."""
        from copilot.importers.threads._source import bytes_of

        into = "" if self._asked.into is None else f"{self._asked.into}\n"
        alike = f"{sorted(mapping.parts.items())}{mapping.header}\n" if mapping else ""
        # Whose replies are ours changes what is kept of the same file.
        ours = f"{sorted(self._owners.accounts)}\n" if self._owners.accounts else ""
        digest = hashlib.sha256(self._network.encode() + b"\n" + (into + alike + ours).encode("utf-8", "replace"))
        for piece in bytes_of(self._asked.content, PIECE):
            self._go_on()
            digest.update(piece)
        return digest.hexdigest()

    def _read(self, reading: Reading, aside: IO[bytes]) -> _Read:
        from copilot.importers.threads._linking import Linker
        from copilot.store.incoming import grouped, row_of

        linker = Linker(reading.told.warnings)
        first, language = "", ""
        drafts = self._with_owners(reading)

        def batches() -> Iterator[list[tuple[Message, str]]]:
            nonlocal first, language
            for some in grouped(_linked(drafts, linker), lambda one: len(one.text), AT_ONCE, MOST_CHARS):
                self._go_on()
                if not language:
                    first, language = some[0].text, language_of(some)
                yield [(message, language) for message in some]

        for told in self._triaged(batches()):
            pickle.dump([row_of(self._placed(one, reading)) for one in told], aside, pickle.HIGHEST_PROTOCOL)
        if not len(linker):
            raise UserError(
                "thread.truncated" if reading.told.truncated else "thread.not_a_thread", name=self._asked.name
            )
        for _position, _parent in linker.late():
            self._go_on()
        return _Read(linker, first, language)

    def _placed(self, message: Message, reading: Reading) -> Message:
        """``message`` with about when it was written, where "2 h" and the moment of the paste tell that."""
        copied_at = self._asked.copied_at
        if copied_at is None or reading.format != PASTED or message.created_at or not message.created_rel:
            return message
        from copilot.text.relative_time import about

        return replace(message, about=about(message.created_rel, copied_at))

    def _with_owners(self, reading: Reading) -> Iterator[Draft]:
        for draft in reading.drafts():
            self._owners.mark(draft, self._network or reading.told.network)
            yield draft

    def _triaged(self, batches: Iterator[list[tuple[Message, str]]]) -> Iterator[Sequence[Message]]:
        if self._rules is None:
            yield from ([message for message, _language in some] for some in batches)
            return
        with closing(Together(self._rules, self._size)) as together:
            for told in together.told(batches):
                if self._so_far is not None:
                    self._so_far.add(told)
                yield told

    def keep(self, work: UnitOfWork, ready: Ready, aside: IO[bytes]) -> ThreadImported:
        """Store what was read, in a unit of work that is open.

        Raises:
            UserError, Stopped: as :meth:`run`.
        """
        from copilot.store.imports import Import

        reading, read, digest = ready.reading, ready.read, ready.digest
        told, shape = reading.told, read.linker.shape()
        thread = Thread(
            0,
            reading.title(read.first),
            reading.format,
            self._network or told.network,
            read.language,
            told.post_text,
            brand_id=self._asked.brand_id,
            origin=told.origin or self._asked.origin,
            truncated=told.truncated,
        )
        is_partial = self._asked.is_partial or told.is_partial or told.truncated or told.warnings.count(*PARTIAL)
        # Where much of what is answered is elsewhere, the file is a part of the conversation.
        is_partial = is_partial or told.warnings.count("orphan") * ORPHANS >= len(read.linker)
        is_whole = not is_partial and reading.format != PASTED
        asked = Import(thread, digest, self._at, is_whole)
        try:
            if (known := work.imports.find(digest)) is not None:
                return _imported(work.threads.without_messages(known), shape, already=True, updated=Updated())
            thread_id = self._store_messages(work, asked, ready, aside)
            work.imports.keep_references(thread_id, read.linker.awaited(), read.linker.called())
            thread_id, updated = self._settle(work, thread_id, asked)
            self._forget_found(work, thread_id, ready)
            self._record(work, thread_id, digest, shape, updated)
            self._go_on()
            kept = work.threads.without_messages(thread_id)
        finally:
            work.imports.rest()
        self._progress(1, 1)
        warnings = told.warnings.result()
        return replace(
            _imported(kept, shape, already=False, warnings=warnings, updated=updated),
            format=reading.format,
            truncated=told.truncated,
        )

    def _store_messages(self, work: UnitOfWork, asked: Import, ready: Ready, aside: IO[bytes]) -> int:
        from copilot.store.incoming import batches

        thread_id = work.imports.begin(asked)
        linker = ready.read.linker
        aside.seek(ready.start)
        stored = 0
        for some in batches(_aside(aside, linker)):
            self._go_on()
            work.imports.add_rows(thread_id, some)
            stored += len(some)
            self._progress(READING_SHARE + (1000 - READING_SHARE) * stored // len(linker), 1000)
        return thread_id

    def _settle(self, work: UnitOfWork, thread_id: int, asked: Import) -> tuple[int, Updated | None]:
        into = self._asked.into
        if into is None and not self._asked.is_apart:
            into = work.imports.earlier(thread_id)
        if into is None:
            return thread_id, None
        self._go_on()
        return into, work.imports.merge(thread_id, into, asked)

    @staticmethod
    def _forget_found(work: UnitOfWork, thread_id: int, ready: Ready) -> None:
        """Warn no more of parents that the file does not hold, and the thread does."""
        awaited = [name for _position, name in ready.read.linker.awaited()]
        if awaited:
            missing = work.imports.awaited(thread_id)
            found = [name for name in awaited if name not in missing]
            ready.reading.told.warnings.take_back_orphans(found)

    def _record(self, work: UnitOfWork, thread_id: int, digest: str, shape: Shape, updated: Updated | None) -> None:
        told: dict[str, object] = {"content": digest, "messages": shape.messages}
        if updated is not None:
            told |= {"added": updated.added, "changed": updated.changed, "deleted": updated.deleted}
        action = "thread_imported" if updated is None else "thread_updated"
        work.audit.append(self._at, "–", action, f"thread:{thread_id}", told)

    def _read_to(self, position: int) -> None:
        self._go_on()
        if self._size:
            self._progress(READING_SHARE * min(position, self._size) // self._size, 1000)

    def _progress(self, done: int, of: int) -> None:
        """Tell bytes, of those of the file; a second reading from the beginning tells nothing."""
        shown = self._size * done // of
        if shown > self._told or done == of:
            self._told = shown
            self._tell(shown, self._size)

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise Stopped


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read: the messages are set aside, ``linker`` knows their parents."""

    linker: Linker
    first: str
    language: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A thread that waits to be stored: its messages are set aside from ``start`` on."""

    reading: Reading
    read: _Read
    digest: str
    start: int


def _linked(drafts: Iterable[Draft], linker: Linker) -> Iterator[Message]:
    for draft in drafts:
        message = linker.add(draft)
        if message is not None:
            yield message


def _aside(aside: IO[bytes], linker: Linker) -> Iterator[Row]:
    """What was set aside by us a moment ago, from where ``aside`` is, with what the end of the file told of it."""
    from copilot.store.incoming import linked, position_of

    given = 0
    while given < len(linker):
        some: Sequence[Row] = pickle.load(aside)  # noqa: S301  # written above, in a file nobody can name
        given += len(some)
        for row in some:
            position = position_of(row)
            yield linked(row, linker.parent_of(position), linker.is_answered(position))


def with_messages(store: Store, done: ThreadImported) -> ThreadImported:
    """What a load answers, the messages of the thread included."""
    with no_long_pause(), store.read() as work:
        return replace(done, thread=work.threads.get(done.thread.id))


def _imported(
    thread: Thread,
    shape: Shape,
    *,
    already: bool,
    warnings: tuple[Wording, ...] = (),
    updated: Updated | None = None,
) -> ThreadImported:
    from copilot.services.conversations import ThreadImported

    return ThreadImported(thread, thread.source, already, warnings, shape, thread.truncated, updated)
