"""A file of comments, read from its beginning as often as needed and never whole."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TextIO

from copilot.domain.imports import TableMapping
from copilot.importers._decoding import encoding_of
from copilot.importers.threads._linking import Warnings

#: Bytes looked at to recognise a format and its encoding.
HEAD_BYTES = 262_144
#: Bytes asked of the disk at a time.
PIECE = 262_144
#: Characters of one line: a longer one is handed on in parts.
LONGEST_LINE = 8_000_000


@dataclass(frozen=True, slots=True)
class Head:
    r"""The beginning of a file.

    ``text`` is decoded, without its mark, line ends as ``\n``; empty for a container. ``members`` are the names in a
    zip container, empty otherwise. ``whole`` is True when nothing follows.
    """

    name: str
    text: str
    encoding: str
    members: tuple[str, ...] = ()
    whole: bool = False


@dataclass(slots=True)
class Report:
    """What a format says of a conversation beside its messages; complete once they were all read.

    ``truncated``: the file ends in the middle of something. ``origin`` is what the network calls the conversation (the
    address or id of the post), empty when the file does not say.
    """

    title: str = ""
    network: str = ""
    post_text: str = ""
    origin: str = ""
    truncated: bool = False
    warnings: Warnings = field(default_factory=Warnings)


class _Watched(io.RawIOBase):
    """A stream that says how far it was read, to someone who may stop it by raising."""

    def __init__(self, stream: BinaryIO, watch: Callable[[int], None]) -> None:
        self._stream = stream
        self._watch = watch

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, into: memoryview | bytearray) -> int:  # type: ignore[override]  # any buffer that can be written
        piece = self._stream.read(len(into))
        into[: len(piece)] = piece
        self._watch(self._stream.tell())
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def close(self) -> None:
        self._stream.close()
        super().close()


class Source:
    """A file on disk, or bytes in memory, opened anew at each reading.

    ``watch`` is told the bytes read so far, often; what it raises stops the reading.
    """

    def __init__(self, content: Path | bytes, name: str, watch: Callable[[int], None] = lambda _done: None) -> None:
        """Read the beginning of ``content``; ``name`` is what the person calls it."""
        self._content = content
        self._watch = watch
        #: What a person said of the columns of a table; None to go by what they hold.
        self.mapping: TableMapping | None = None
        self.name = name
        self.size = content.stat().st_size if isinstance(content, Path) else len(content)
        with self.open() as stream:
            start = stream.read(HEAD_BYTES)
        self.start = start
        self.encoding = encoding_of(start)
        whole = len(start) == self.size
        members = self._members() if start.startswith(b"PK") else ()
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        shown = "" if members else decoder.decode(start, whole)
        self.head = Head(name, _lines(shown.removeprefix("\ufeff")), self.encoding, members, whole)

    def _members(self) -> tuple[str, ...]:
        try:
            with self.open() as stream, zipfile.ZipFile(stream) as archive:
                return tuple(archive.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return ()

    def open(self) -> BinaryIO:
        """The bytes, from the first. Close it."""
        stream = self._content.open("rb", 0) if isinstance(self._content, Path) else io.BytesIO(self._content)
        return io.BufferedReader(_Watched(stream, self._watch), PIECE)

    def open_text(self) -> TextIO:
        """The characters, from the first; bad bytes become U+FFFD. Close it."""
        stream = io.TextIOWrapper(self.open(), encoding=self.encoding, errors="replace", newline=None)
        if stream.read(1) not in ("\ufeff", ""):
            stream.seek(0)
        return stream

    def lines(self) -> Iterator[str]:
        """The lines, without their ends and without NUL."""
        with self.open_text() as stream:
            while line := stream.readline(LONGEST_LINE):
                yield line.removesuffix("\n").replace("\0", "")

    def utf8(self) -> Iterator[bytes]:
        """The text again, as UTF-8 without mark, in pieces: for parsers that take bytes."""
        with self.open_text() as stream:
            while piece := stream.read(65_536):
                yield piece.encode("utf-8", "replace")

    def utf8_stream(self) -> BinaryIO:
        """As :meth:`utf8`, for parsers that read from a file. Close it."""
        if self.encoding == "utf-8":
            stream = self.open()
            if self.start.startswith(codecs.BOM_UTF8):
                stream.read(len(codecs.BOM_UTF8))
            return stream
        return io.BufferedReader(_Pieces(self.utf8()), PIECE)


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview | bytearray) -> int:  # type: ignore[override]  # any buffer that can be written
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        size = min(len(into), len(self._left))
        into[:size], self._left = self._left[:size], self._left[size:]
        return size


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
