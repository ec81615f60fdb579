"""What the rules say of messages that are read, some at a time, in a worker thread."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from copilot.crew import Crew, cores_beside, in_order
from copilot.domain.conversation import Message, Thread, Triage

if TYPE_CHECKING:
    from copilot.intelligence.triage import Asked as Question
    from copilot.intelligence.triage import RuleTriage
    from copilot.store.unit_of_work import Store

#: Messages whose language is read to tell that of their thread.
SAMPLED = 200
#: Bytes from which another process is worth the second or two it takes to be ready, and up to which it has room beside
#: what is read.
MANY, MOST = 4_000_000, 120_000_000
#: Messages of a stored thread read together.
AT_ONCE = 500
#: Batches that wait for an earlier one at most.
WAITING = 8


class Stopped(Exception):
    """Nobody waits for this load any more."""


def language_of(told: Sequence[Message]) -> str:
    """The language most of these messages are in, ``und`` when none can be told."""
    from copilot.text.language import detect

    found = Counter(detect(message.text) for message in told[:SAMPLED])
    found.pop("und", None)
    return found.most_common(1)[0][0] if found else "und"


def triaged(rules: RuleTriage, messages: Sequence[tuple[Message, str]], stop: Event) -> tuple[Message, ...]:
    """The messages with what the rules say of each; the text beside one is the language of its thread.

    Raises:
        Stopped: ``stop`` was set.
    """
    if stop.is_set():
        raise Stopped
    return _with(messages, rules.triage_batch(_questions(messages)))


def read_by_rules(rules: RuleTriage, thread: Thread, messages: Sequence[Message]) -> Iterator[Message]:
    """``messages`` of ``thread`` with what the rules say of each, in order; by two processes where there are many."""
    batches = [messages[at : at + AT_ONCE] for at in range(0, len(messages), AT_ONCE)]
    with closing(Together(rules, sum(len(one.text) for one in messages))) as together:
        for some in together.told([[(one, thread.language) for one in batch] for batch in batches]):
            yield from some


class Together:
    """Triages messages as they are read, with another process beside this one where there are many."""

    def __init__(self, rules: RuleTriage, size: int) -> None:
        """``size``: the bytes there are to read, 0 when not known."""
        self._rules = rules
        self._crew: Crew[list[Question], list[Triage]] | None = None
        if MANY <= size <= MOST and cores_beside():
            from copilot.intelligence.triage import rules_of_their_own

            # One only: each holds lexicons of its own, and what is read takes room too.
            self._crew = Crew(rules_of_their_own, many=1)

    def told(self, batches: Iterable[Sequence[tuple[Message, str]]]) -> Iterator[tuple[Message, ...]]:
        """``batches`` as :func:`triaged` makes them, in their order."""
        waiting: deque[Sequence[tuple[Message, str]]] = deque()

        def asked() -> Iterator[list[Question]]:
            for some in batches:
                waiting.append(some)
                yield _questions(some)

        for found in in_order(asked(), self._rules.triage_batch, lambda: self._crew, waiting=WAITING):
            yield _with(waiting.popleft(), found)

    def close(self) -> None:
        """Dismiss the other process."""
        if self._crew:
            self._crew.close()


def _questions(messages: Sequence[tuple[Message, str]]) -> list[Question]:
    from copilot.intelligence.triage import Asked

    return [Asked(one.text, one.author.name, None, language) for one, language in messages]


def _with(messages: Sequence[tuple[Message, str]], told: Sequence[Triage]) -> tuple[Message, ...]:
    return tuple(replace(one, triage=triage) for (one, _language), triage in zip(messages, told, strict=True))


def keep_triage(store: Store, told: Sequence[Message]) -> None:
    """Keep what was said of messages that are stored, those that changed meanwhile left out."""
    read = {message.id: message.text for message in told}
    with store.write() as work:
        work.threads.set_triage({message.id: message.triage for message in told if message.triage}, read=read)
