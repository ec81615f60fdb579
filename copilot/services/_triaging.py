"""What the rules say of messages that are read, some at a time, in a worker thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from copilot.domain.conversation import Message

if TYPE_CHECKING:
    from copilot.intelligence.triage import RuleTriage
    from copilot.store.unit_of_work import Store

#: Messages whose language is read to tell that of their thread.
SAMPLED = 200


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
    from copilot.intelligence.triage import Asked as Question

    if stop.is_set():
        raise Stopped
    told = rules.triage_batch([Question(one.text, one.author.name, None, language) for one, language in messages])
    return tuple(replace(one, triage=triage) for (one, _language), triage in zip(messages, told, strict=True))


def keep_triage(store: Store, told: Sequence[Message]) -> None:
    """Keep what was said of messages that are stored, those that changed meanwhile left out."""
    read = {message.id: message.text for message in told}
    with store.write() as work:
        work.threads.set_triage({message.id: message.triage for message in told if message.triage}, read=read)
