"""JSON Lines answered several at a time: what has come is answered together, nobody waits for a batch to fill."""

from __future__ import annotations

import gc
import json
import logging
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from queue import Empty, Queue
from threading import Thread
from typing import BinaryIO, Generic, NamedTuple, TypeVar

from copilot.cli.jsonl import parse_line, with_id
from copilot.cli.session import error_json, look_seldom_for_garbage, stdin_bytes
from copilot.crew import Crew, cores_beside, in_order
from copilot.errors import RepliqueError, UserError
from copilot.i18n import Translator

Question = TypeVar("Question")
Told = Mapping[str, object]

#: Lines answered together at most and in the first batch, and how much longer each next one may be: the first answers
#: come soon.
AT_ONCE, AT_FIRST, GROWING = 500, 1, 20
_ENCODER = json.JSONEncoder(ensure_ascii=False)
#: Bytes read at once, and how many such pieces ahead.
PIECE, AHEAD = 65_536, 16
#: Pieces that wait from which other processes are worth the second or two each takes to be ready: some 4,000 lines.
LONG = 8


class Batch(NamedTuple):
    """Lines that came together.

    ``first`` is the number of the first one, from 1; ``behind``: at least so many pieces of :data:`PIECE` bytes wait.
    """

    first: int
    lines: list[bytes]
    behind: int = 0


class Answering(Generic[Question]):
    """Answers batches. ``read`` makes a question of one line; ``answer`` answers several.

    A line that cannot be read or answered gets an error object and spoils no other.
    """

    def __init__(
        self, t: Translator, read: Callable[[Told], Question], answer: Callable[[Sequence[Question]], Sequence[Told]]
    ) -> None:
        self._t, self._line, self._answer = t, read, answer

    def __call__(self, batch: Batch) -> str:
        """One JSON object a line; a lone surrogate is escaped, never a crash."""
        asked = [self._read(line, number) for number, line in enumerate(batch.lines, batch.first)]
        good = [(number, one) for number, (one, _error) in enumerate(asked, batch.first) if one is not None]
        answers = iter(self._answered(good))
        told = [error if error is not None else next(answers) for _one, error in asked]
        text = "\n".join(map(_ENCODER.encode, told))
        try:
            text.encode()
        except UnicodeEncodeError:
            text = "\n".join([json.dumps(one) for one in told])
        return text

    def _read(self, line: bytes, number: int) -> tuple[Question | None, Told | None]:
        asked = None
        try:
            asked = parse_line(line, number)
            return self._line(asked), None
        except RepliqueError as error:
            return None, with_id(error_json(error, self._t), asked)
        except (RecursionError, MemoryError, ValueError, TypeError, KeyError) as error:
            return None, self._unexpected(number, error)

    def _answered(self, asked: Sequence[tuple[int, Question]]) -> Iterator[Told]:
        """The answers to all; where one of them fails together, each is answered alone."""
        if not asked:
            return
        try:
            yield from self._answer([one for _number, one in asked])
        except RepliqueError as error:
            yield from (error_json(error, self._t) for _ in asked)
        except (RecursionError, MemoryError, ValueError, TypeError, KeyError) as error:
            if len(asked) == 1:
                yield self._unexpected(asked[0][0], error)
                return
            for one in asked:
                yield from self._answered([one])

    def _unexpected(self, number: int, error: Exception) -> Told:
        # Whatever a strange line provokes is told about that line and the next ones are still answered.
        logging.getLogger("replique.jsonl").exception("line %d", number)
        return error_json(UserError("jsonl.unexpected", line=number, what=type(error).__name__), self._t)


def serve_batches(answering: Callable[[Batch], str], crew: Callable[[], Crew[Batch, str]] | None = None) -> None:
    """Answer each line of the standard input with one line, in the same order.

    ``crew`` begins processes that answer as ``answering`` does; it is called where many lines have come and more wait.
    """
    gc.freeze()
    look_seldom_for_garbage()
    calling = _Calling(crew if cores_beside() else None)
    try:
        for text in in_order(calling.heard(_batches()), answering, calling.crew):
            sys.stdout.write(text + "\n")
            sys.stdout.flush()
    finally:
        calling.close()


class _Calling:
    """Calls a crew where it is worth it."""

    def __init__(self, begin: Callable[[], Crew[Batch, str]] | None) -> None:
        self._begin = begin
        self._crew: Crew[Batch, str] | None = None

    def heard(self, batches: Iterable[Batch | None]) -> Iterator[Batch | None]:
        """``batches`` as they come; after the first answer, one that much waits behind calls the crew."""
        for batch in batches:
            if self._begin and batch and batch.first > AT_FIRST and batch.behind >= LONG:
                self._crew, self._begin = self._begin(), None
            yield batch

    def crew(self) -> Crew[Batch, str] | None:
        """Who helps, if anybody."""
        return self._crew

    def close(self) -> None:
        """Dismiss the crew."""
        if self._crew:
            self._crew.close()


def _batches() -> Iterator[Batch | None]:
    """What has come on the standard input, as soon as it has: a batch waits for nothing. None before a wait."""
    arrived: Queue[list[bytes]] = Queue(AHEAD)
    Thread(target=_listen, args=(arrived,), name="lines", daemon=True).start()
    waiting: deque[bytes] = deque()
    most, first, is_over = AT_FIRST, 1, False
    while True:
        if not waiting and not is_over:
            if arrived.empty():
                yield None
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
        lines = [waiting.popleft() for _ in range(min(most, len(waiting)))]
        yield Batch(first, lines, arrived.qsize())
        first += len(lines)
        most = min(AT_ONCE, most * GROWING)


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
