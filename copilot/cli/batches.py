"""JSON Lines answered several at a time: what has come is answered together, nobody waits for a batch to fill."""

from __future__ import annotations

import gc
import json
import logging
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from queue import Empty, Queue
from threading import Thread
from typing import BinaryIO, TypeVar

from copilot.cli.jsonl import parse_line, with_id
from copilot.cli.session import Session, error_json, stdin_bytes
from copilot.errors import RepliqueError, UserError

Question = TypeVar("Question")
Told = Mapping[str, object]

#: Lines answered together at most, and in the first batch: the first answers come soon.
AT_ONCE, AT_FIRST = 500, 32
_ENCODER = json.JSONEncoder(ensure_ascii=False)
#: Objects made between two looks for garbage: what is answered here makes next to none, and the usual 700 cost a tenth.
GARBAGE_AFTER = 50_000
#: Bytes read at once, and how many such pieces ahead.
PIECE, AHEAD = 65_536, 16


def serve_batches(
    session: Session, read: Callable[[Told], Question], answer: Callable[[Sequence[Question]], Sequence[Told]]
) -> None:
    """Answer each line of the standard input with one line, in the same order.

    ``read`` makes a question of one line; ``answer`` answers several. A line that cannot be read or answered gets an
    error object and spoils no other.
    """
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER, 20, 20)
    number = 0
    for lines in _batches():
        asked = [_read(session, read, line, number + place) for place, line in enumerate(lines, 1)]
        good = [(number + place, one) for place, (one, _error) in enumerate(asked, 1) if one is not None]
        answers = iter(_answered(session, answer, good))
        _print([error if error is not None else next(answers) for _one, error in asked])
        number += len(lines)


def _print(told: Sequence[Told]) -> None:
    """One JSON object a line, all lines at once; a lone surrogate is escaped, never a crash."""
    text = "\n".join(map(_ENCODER.encode, told))
    try:
        text.encode()
    except UnicodeEncodeError:
        text = "\n".join([json.dumps(one) for one in told])
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _batches() -> Iterator[list[bytes]]:
    """What has come on the standard input, as soon as it has: a batch waits for nothing."""
    arrived: Queue[list[bytes]] = Queue(AHEAD)
    Thread(target=_listen, args=(arrived,), name="lines", daemon=True).start()
    waiting: deque[bytes] = deque()
    most, is_over = AT_FIRST, False
    while True:
        if not waiting and not is_over:
            waiting.extend(arrived.get())
            is_over = not waiting
        while len(waiting) < most and not is_over:
            try:
                lines = arrived.get_nowait()
            except Empty:
                break
            waiting.extend(lines)
            is_over = not lines
        if not waiting:
            return
        yield [waiting.popleft() for _ in range(min(most, len(waiting)))]
        most = AT_ONCE


def _listen(arrived: Queue[list[bytes]]) -> None:
    """Hand over whole lines as they come, many at a time where many are there; an empty list ends."""
    # Below the buffer, whose lock a reader that still waits would keep from an interpreter that ends (Ctrl-C).
    stream, begun = stdin_bytes(), list[bytes]()
    stream = getattr(stream, "raw", stream)
    try:
        while piece := _some(stream):
            begun.append(piece)
            if b"\n" in piece:
                *lines, rest = b"".join(begun).split(b"\n")
                begun = [rest] if rest else []
                arrived.put(lines)
        if begun:
            arrived.put([b"".join(begun)])
    finally:
        arrived.put([])


def _some(stream: BinaryIO) -> bytes:
    """What is there to read, waiting only when nothing is; nothing at the end."""
    read1 = getattr(stream, "read1", None)
    return (read1(PIECE) if read1 else stream.read(PIECE)) or b""


def _read(
    session: Session, read: Callable[[Told], Question], line: bytes, number: int
) -> tuple[Question | None, Told | None]:
    asked = None
    try:
        asked = parse_line(line, number)
        return read(asked), None
    except RepliqueError as error:
        return None, with_id(error_json(error, session.t), asked)
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
