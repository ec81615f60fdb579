"""Messages that the rules read at once, read again by their meaning: a few at a time, in a worker thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from threading import Event
from typing import TYPE_CHECKING

from copilot.domain.conversation import Decider, Message, Thread, Triage
from copilot.domain.inbox import InboxFilter
from copilot.services._asked_before import was_asked

if TYPE_CHECKING:
    from copilot.intelligence.semantic.embedder import Embedder
    from copilot.services.semantic import Semantic
    from copilot.store.unit_of_work import Store

#: Messages read and stored together: few enough that what is urgent is soon refined.
AT_ONCE = 200
#: Texts whose vectors are remembered during one run: a raid says the same thousands of times.
REMEMBERED = 5_000
#: No inbox holds more.
ALL = 10_000_000
#: What nobody but the same decider, or a person, may change.
SETTLED = frozenset({Decider.PERSON, Decider.MODEL})


@dataclass(frozen=True, slots=True)
class Refined:
    """What came of it: messages ``read``, those whose intent ``changed``, those nobody can be sure of.

    ``by`` is what read them: meaning, or words where no model is installed.
    """

    read: int
    changed: int
    unsure: int
    by: Decider


class Refining:
    """One run over a thread, or over all."""

    def __init__(
        self, store: Store, semantic: Semantic, thread_id: int | None, brand: str, *, again: bool = False
    ) -> None:
        self._store, self._semantic = store, semantic
        self._thread_id, self._brand, self._again = thread_id, brand, again
        self._threads: dict[int, Thread] = {}
        self._known: dict[str, bytes] = {}

    def run(self, stop: Event, tell: Callable[[int, int], None]) -> Refined:
        """Read what is to be read.

        Raises:
            UserError: ``thread.unknown``. OutsideError: ``models.broken``.
            Stopped: ``stop`` was set; what was read stays.
        """
        ids, changed, unsure, embedder = self._wanted(stop), 0, 0, self._semantic.embedder()
        by = Decider.SEMANTIC if embedder else Decider.WORDS
        for start in range(0, len(ids), AT_ONCE):
            tell(start, len(ids))
            some = self._messages(ids[start : start + AT_ONCE])
            told = self._read(some, embedder, stop)
            changed += sum(one.triage is None or told[one.id].intent is not one.triage.intent for one in some)
            unsure += sum(triage.unsure for triage in told.values())
        tell(len(ids), len(ids))
        return Refined(len(ids), changed, unsure, by)

    def _wanted(self, stop: Event) -> tuple[int, ...]:
        """The messages to read, most urgent first."""
        from copilot.intelligence.combined import Stopped

        kept: list[int] = []
        with self._store.read() as work:
            if self._thread_id is not None:
                work.threads.without_messages(self._thread_id)
            ids = work.inbox.ids(InboxFilter(thread_id=self._thread_id), ALL)
            for start in range(0, len(ids), AT_ONCE):
                if stop.is_set():
                    raise Stopped
                some = work.threads.messages(ids[start : start + AT_ONCE])
                kept += [one for one in ids[start : start + AT_ONCE] if one in some and self._is_open(some[one])]
        return tuple(kept)

    def _is_open(self, message: Message) -> bool:
        triage = message.triage
        if triage is None:
            return True
        if triage.decided_by in SETTLED:
            return False
        # What the rules kept against another reading has been refined: that reading left its confidence, a model its
        # reason.
        refined = triage.decided_by is Decider.SEMANTIC or triage.confidence is not None or was_asked(triage)
        if triage.decided_by is Decider.WORDS and self._semantic.embedder() is not None:
            return True
        return self._again or not refined

    def _messages(self, ids: Sequence[int]) -> tuple[Message, ...]:
        with self._store.read() as work:
            found = work.threads.messages(ids)
            for one in {message.thread_id for message in found.values()} - set(self._threads):
                self._threads[one] = work.threads.without_messages(one)
        return tuple(found[one] for one in ids if one in found)

    def _read(self, some: Sequence[Message], embedder: Embedder | None, stop: Event) -> Mapping[int, Triage]:
        vectors = self._vectors(some, embedder, stop) if embedder else {}
        told: dict[int, Triage] = {}
        for brand, messages in groupby(sorted(some, key=self._brand_of), key=self._brand_of):
            told |= self._triaged(brand, list(messages), vectors, stop)
        texts = {one.id: one.text for one in some}
        with self._store.write() as work:
            if embedder:
                work.vectors.put(embedder.model, {one: vectors[one] for one in texts if one in vectors}, texts)
            work.threads.set_triage(told, read=texts)
        return told

    def _brand_of(self, message: Message) -> str:
        return self._brand or self._threads[message.thread_id].brand_id

    def _triaged(
        self, brand: str, messages: Sequence[Message], vectors: Mapping[int, bytes], stop: Event
    ) -> Mapping[int, Triage]:
        from copilot.intelligence.combined import asked_of

        asked = [asked_of(one, self._threads[one.thread_id].language, vectors.get(one.id)) for one in messages]
        told = self._semantic.triager(brand).triage_batch(asked, stop=stop)
        return dict(zip((one.id for one in messages), told, strict=True))

    def _vectors(self, some: Sequence[Message], embedder: Embedder, stop: Event) -> Mapping[int, bytes]:
        """The vectors of messages: those that are stored, those of the same text met before, the others made now."""
        from copilot.intelligence.semantic.embedder import packed

        with self._store.read() as work:
            found = dict(work.vectors.of(embedder.model, [one.id for one in some]))
        open_ones = [one for one in some if one.id not in found and one.text]
        new = list(dict.fromkeys(one.text for one in open_ones if one.text not in self._known))
        if len(self._known) + len(new) > REMEMBERED:
            self._known = {one.text: self._known[one.text] for one in open_ones if one.text in self._known}
        if new:
            self._known |= zip(new, packed(embedder.embed(new, stop=stop)), strict=True)
        return found | {one.id: self._known[one.text] for one in open_ones}
