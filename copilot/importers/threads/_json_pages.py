"""JSON exports read as a stream: one object, a list of pages, pages one after the other, cut or damaged files."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from copilot.errors import UserError
from copilot.importers.threads._source import Report, Source

#: Replies nested past this are no conversation.
MAX_REPLY_DEPTH = 1000

#: Levels of JSON around the messages, beside those their nesting needs.
_ROOM = 60

#: Names that hold a page, a list of messages, or another of these: APIs, proxies and savers add their own.
WRAPPERS = frozenset(
    (
        "response",
        "result",
        "results",
        "body",
        "payload",
        "json",
        "data",
        "content",
        "items",
        "comments",
        "page",
        "pages",
    )
)


@dataclass(frozen=True, slots=True)
class Shape:
    """Where messages stand on the pages of a format.

    ``lists`` are the names of the lists of messages, reached through ``through``: their elements are given one by one.
    In the elements of a list at the root, ``page_through`` is followed instead. ``levels`` of JSON make one reply.
    """

    lists: frozenset[str]
    through: frozenset[str] = WRAPPERS
    page_through: frozenset[str] = frozenset()
    levels: int = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """An element of a list of messages, or (``path`` empty) an object of the file without these elements.

    ``page`` is the value the element stands in, as far as it is read.
    """

    path: tuple[str, ...]
    value: Any
    page: Any


def pieces(source: Source, told: Report, shape: Shape) -> Iterator[Piece]:
    """The messages of ``source`` as they are read, each page after its own messages.

    A file that ends too early gives what it holds, and ``told.truncated`` says so.

    Raises:
        UserError: ``thread.truncated`` or ``thread.malformed`` when nothing could be read, ``thread.too_deep``.
    """
    reading = _by_line(source, told, shape) if _has_lines(source.head.text) else _as_one(source, told, shape)
    given = False
    while True:
        try:
            piece = next(reading)
        except StopIteration as ended:
            failure = ended.value
            break
        given = True
        yield piece
    if not given:
        raise UserError("thread.truncated" if failure and _is_short(failure) else "thread.malformed", name=source.name)


_Reading = Generator[Piece, None, Exception | None]


def _has_lines(start: str) -> bool:
    """True when each line is a value of its own."""
    lines = [line.strip() for line in start[:200_000].split("\n", 4)[:4] if line.strip()]
    if len(lines) < 2 or not all(line[0] in "{[" for line in lines):
        return False
    # The first may be damaged; the opening of a list written over several lines is not.
    return _is_whole(lines[0]) or (lines[0][0] == "{" and len(lines[0]) > 1 and _is_whole(lines[1]))


def _is_whole(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict | list)
    except (ValueError, RecursionError):
        return False


def _as_one(source: Source, told: Report, shape: Shape) -> _Reading:
    failure = yield from _Building(shape, source.name).read(_Stream(source.utf8()))
    told.truncated = failure is not None
    return failure


def _by_line(source: Source, told: Report, shape: Shape) -> _Reading:
    last: tuple[int, Exception] | None = None
    with source.open_text() as lines:
        for number, line in enumerate(lines, start=1):
            shown = line.strip(" \t\r\n,\ufeff\0")
            if not shown:
                continue
            if last:
                told.warnings.add("bad_line", line=last[0])
            failure = yield from _Building(shape, source.name).read(_Stream(iter((shown.encode("utf-8", "replace"),))))
            last = (number, failure) if failure else None
    # A bad line in the middle is a bad line; at the end, it is a cut file.
    told.truncated = last is not None
    return last[1] if last else None


def _is_short(failure: Exception) -> bool:
    """True when the parser wanted more, and not something else."""
    return any(word in str(failure).lower() for word in ("premature", "incomplete"))


class _Stream:
    """Pieces of bytes behind the ``read`` a parser asks for."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts

    def read(self, size: int = -1) -> bytes:
        """The next bytes, as many as come; none at the end. The parser reads nothing first, to see the type."""
        return b"" if size == 0 else next(self._parts, b"")


class _Building:
    """Values put together from the events of a parser, without recursion."""

    def __init__(self, shape: Shape, name: str) -> None:
        self._shape = shape
        self._name = name
        self._most = shape.levels * MAX_REPLY_DEPTH + _ROOM
        self._open: list[_Part] = []

    def read(self, stream: _Stream) -> _Reading:
        """The pieces of ``stream``; the generator returns the failure that ended it, None when it is sound."""
        from ijson import JSONError
        from ijson import basic_parse as events

        failure: Exception | None = None
        try:
            for event, value in events(stream, multiple_values=True):
                if event == "map_key":
                    self._open[-1].key = value
                elif event in ("start_map", "start_array"):
                    self._start({} if event == "start_map" else [])
                else:
                    yield from self._end() if event in ("end_map", "end_array") else self._put(value)
        except JSONError as error:
            failure = error
        yield from chain.from_iterable(self._salvaged())
        return failure

    def _start(self, value: Any) -> None:
        if len(self._open) >= self._most:
            raise UserError("thread.too_deep", name=self._name)
        above = self._open[-1] if self._open else None
        self._open.append(self._part(value, above))

    def _part(self, value: Any, above: _Part | None) -> _Part:
        if above is None:
            return _Part(value, gives=isinstance(value, list), page=value, follows=True)
        if above.gives and not above.path:
            # An element of a list at the root is a page of its own, or a message.
            return _Part(value, gives=isinstance(value, list), page=value, follows=True, in_list=True)
        if not above.follows or isinstance(above.value, list):
            return _Part(value)
        path = (*above.path, above.key)
        shape = self._shape
        if isinstance(value, list) and above.key in shape.lists:
            return _Part(value, gives=True, page=above.page, path=path)
        if above.key not in (shape.page_through if above.in_list else shape.through):
            return _Part(value)
        if isinstance(value, list):
            # Something put around a list that would else stand at the root.
            return _Part(value, gives=not above.in_list, page=value, follows=not above.in_list)
        return _Part(value, page=above.page, path=path, follows=True, in_list=above.in_list)

    def _end(self) -> Iterator[Piece]:
        done = self._open.pop()
        if not self._open:
            if isinstance(done.value, dict):
                yield Piece((), done.value, done.value)
            return
        yield from self._put(done.value)

    def _put(self, value: Any) -> Iterator[Piece]:
        if not self._open:
            return
        above = self._open[-1]
        if above.gives:
            # At the root, a list in a list gave its elements already.
            if above.path or isinstance(value, dict):
                yield Piece(above.path, value, above.page if above.path else value)
        elif isinstance(above.value, list):
            above.value.append(value)
        else:
            above.value[above.key] = value

    def _salvaged(self) -> Iterator[Iterator[Piece]]:
        """What was begun and never ended: all but the last element of a list that was being read."""
        if any(isinstance(part.value, list) for part in self._open):
            while not isinstance(self._open[-1].value, list):
                self._open.pop()
        while self._open:
            yield self._end()


class _Part:
    """A value being read. ``gives``: its elements are pieces; ``follows``: lists of messages may stand in it."""

    __slots__ = ("follows", "gives", "in_list", "key", "page", "path", "value")

    def __init__(
        self,
        value: Any,
        *,
        gives: bool = False,
        page: Any = None,
        path: tuple[str, ...] = (),
        follows: bool = False,
        in_list: bool = False,
    ) -> None:
        self.value = value
        self.gives = gives
        self.page = page
        self.path = path
        self.follows = follows
        self.in_list = in_list
        self.key = ""
