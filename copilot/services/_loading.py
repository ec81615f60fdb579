"""From the bytes of a thread to its stored messages, in steps that a worker thread runs one at a time."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

from copilot.domain.conversation import ImportedThread, Message, Thread

if TYPE_CHECKING:
    from copilot.intelligence.triage import RuleTriage
    from copilot.services.conversations import ThreadImported
    from copilot.store.unit_of_work import Store

#: Messages let go of at a time.
SOME = 500
#: Messages whose language is read to tell that of their thread.
SAMPLED = 200


class Stopped(Exception):
    """Nobody waits for this load any more."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A thread ready to be triaged. ``digest`` tells content that was imported before."""

    thread: Thread
    digest: str
    read: ImportedThread


@contextmanager
def no_long_pause() -> Iterator[None]:
    """Let nothing walk the messages of a load, of any number, while they are made.

    A full collection of garbage stops every thread, the event loop's too: half a second for 50,000 messages.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # What was made joins the oldest objects without a walk through it; what others froze stays frozen.
        had_frozen = gc.get_freeze_count() > 0
        gc.freeze()
        if not had_frozen:
            gc.unfreeze()
        if was_enabled:
            gc.enable()


def parsed(content: bytes, name: str, network: str, at: datetime) -> Parsed:
    """Read a thread; nothing is stored.

    Raises:
        UserError: ``thread.*`` when nothing can be read, ``network.unknown``.
    """
    from copilot import networks
    from copilot.importers.threads import load_thread

    network_id = networks.get(network).id if network else ""
    read = load_thread(content, name, network=network_id, captured_at=at)
    return Parsed(thread_of(read), digest_of(content, network_id), read)


def digest_of(content: bytes, network_id: str) -> str:
    """What tells that the same content was imported for the same network."""
    return hashlib.sha256(network_id.encode() + b"\n" + content).hexdigest()


def thread_of(read: ImportedThread) -> Thread:
    """An imported thread with the language most of its messages are in."""
    from copilot.text.language import detect

    found = Counter(detect(message.text) for message in read.messages[:SAMPLED])
    found.pop("und", None)
    language = found.most_common(1)[0][0] if found else "und"
    return Thread(0, read.title, read.format, read.network, language, read.post_text, None, read.messages)


def triaged(rules: RuleTriage, messages: Sequence[tuple[Message, str]], stop: Event) -> tuple[Message, ...]:
    """The messages with what the rules say of each; the text beside one is the language of its thread.

    Raises:
        Stopped: ``stop`` was set.
    """
    found: list[Message] = []
    for message, language in messages:
        if stop.is_set():
            raise Stopped
        triage = rules.triage(message.text, author=message.author.name, thread_language=language)
        found.append(replace(message, triage=triage))
    return tuple(found)


def kept(
    store: Store, thread: Thread, digest: str, at: datetime, stop: Event, stored: Callable[[int], None]
) -> tuple[Thread, bool]:
    """Store a triaged thread in one transaction; True beside it when it was there already.

    Raises:
        Stopped: ``stop`` was set; nothing was stored.
    """

    def after_batch(count: int) -> None:
        if stop.is_set():
            raise Stopped
        stored(count)

    with store.write() as work:
        known = work.threads.find(digest)
        if known:
            return known, True
        added = work.threads.add(thread, digest, at, after_batch)
        told = {"content": digest, "messages": len(thread.messages)}
        work.audit.append(at, "–", "thread_imported", f"thread:{added.id}", told)
        if stop.is_set():
            raise Stopped
    return added, False


def kept_of(
    messages: list[Message],
    store: Store,
    thread: Thread,
    digest: str,
    at: datetime,
    stop: Event,
    stored: Callable[[int], None],
) -> tuple[Thread, bool]:
    """As :func:`kept`, for a thread whose ``messages`` stand beside it and are let go of once stored."""
    done = kept(store, replace(thread, messages=tuple(messages)), digest, at, stop, stored)
    let_go(messages)
    return done


def taken_from(found: Parsed) -> tuple[list[Message], Parsed]:
    """The messages of a thread, last first, to be taken from the end; and the thread without them."""
    messages = list(found.thread.messages)
    messages.reverse()
    return messages, Parsed(replace(found.thread, messages=()), found.digest, replace(found.read, messages=()))


def let_go(messages: list[Message]) -> None:
    """Drop messages a few at a time: 100,000 at once stop every thread, the event loop's too, for 0.2 s."""
    while messages:
        del messages[-SOME:]


def without_messages(done: list[ThreadImported]) -> tuple[ThreadImported, int]:
    """The only one of ``done``, taken out of it, without its messages; and how many it had."""
    whole = done.pop()
    messages = list(whole.thread.messages)
    light, count = replace(whole, thread=replace(whole.thread, messages=())), len(messages)
    del whole
    let_go(messages)
    return light, count


def keep_triage(store: Store, told: Sequence[Message]) -> None:
    """Keep what was said of messages that are stored."""
    with store.write() as work:
        work.threads.set_triage({message.id: message.triage for message in told if message.triage})


def imported(thread: Thread, found: Parsed, *, already: bool) -> ThreadImported:
    """What a load answers."""
    from copilot.services.conversations import ThreadImported

    return ThreadImported(thread, found.read.format, already, found.read.warnings)
