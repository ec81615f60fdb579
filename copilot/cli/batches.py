"""JSON Lines answered several at a time: what has come is answered together, nobody waits for a batch to fill."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from queue import Empty, Queue
from threading import Thread
from typing import TypeVar

from copilot.cli.jsonl import parse_line
from copilot.cli.session import Session, error_json, print_json, stdin_bytes
from copilot.errors import RepliqueError, UserError

Question = TypeVar("Question")
Told = Mapping[str, object]

#: Lines answered together at most, and in the first batch: the first answers come soon.
AT_ONCE, AT_FIRST = 500, 32
#: Lines read ahead.
AHEAD = 4_000


def serve_batches(
    session: Session, read: Callable[[Told], Question], answer: Callable[[Sequence[Question]], Sequence[Told]]
) -> None:
    """Answer each line of the standard input with one line, in the same order.

    ``read`` makes a question of one line; ``answer`` answers several. A line that cannot be read or answered gets an
    error object and spoils no other.
    """
    number = 0
    for lines in _batches():
        asked = [_read(session, read, line, number + place) for place, line in enumerate(lines, 1)]
        good = [(number + place, one) for place, (one, _error) in enumerate(asked, 1) if one is not None]
        answers = iter(_answered(session, answer, good))
        for _one, error in asked:
            print_json(error if error is not None else next(answers))
        number += len(lines)


def _batches() -> Iterator[list[bytes]]:
    """What has come on the standard input, as soon as it has."""
    arrived: Queue[bytes | None] = Queue(AHEAD)

    def listen() -> None:
        try:
            for line in stdin_bytes():
                arrived.put(line)
        finally:
            arrived.put(None)

    Thread(target=listen, name="lines", daemon=True).start()
    most = AT_FIRST
    while (line := arrived.get()) is not None:
        lines, is_last = [line], False
        while len(lines) < most and not is_last:
            try:
                more = arrived.get_nowait()
            except Empty:
                break
            is_last = more is None
            if more is not None:
                lines.append(more)
        yield lines
        if is_last:
            return
        most = AT_ONCE


def _read(
    session: Session, read: Callable[[Told], Question], line: bytes, number: int
) -> tuple[Question | None, Told | None]:
    try:
        return read(parse_line(line, number)), None
    except RepliqueError as error:
        return None, error_json(error, session.t)
    except (RecursionError, MemoryError, ValueError, TypeError, KeyError) as error:
        return None, _unexpected(session, number, error)


def _answered(
    session: Session, answer: Callable[[Sequence[Question]], Sequence[Told]], asked: Sequence[tuple[int, Question]]
) -> Iterator[Told]:
    """The answers to all; where one of them fails together, each is answered alone."""
    if not asked:
        return
    try:
        yield from answer([one for _number, one in asked])
    except RepliqueError as error:
        yield from (error_json(error, session.t) for _ in asked)
    except (RecursionError, MemoryError, ValueError, TypeError, KeyError) as error:
        if len(asked) == 1:
            yield _unexpected(session, asked[0][0], error)
            return
        for one in asked:
            yield from _answered(session, answer, [one])


def _unexpected(session: Session, number: int, error: Exception) -> Told:
    # Whatever a strange line provokes is told about that line and the next ones are still answered.
    logging.getLogger("replique.jsonl").exception("line %d", number)
    return error_json(UserError("jsonl.unexpected", line=number, what=type(error).__name__), session.t)
