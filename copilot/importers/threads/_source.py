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
from copilot.errors import UserError
from copilot.importers._decoding import encoding_of
from copilot.importers.threads._linking import Warnings
from copilot.importers.threads._packed import MAX_DIRECTORY, Packed, Pages, directory_bytes, path_of
from copilot.importers.threads._refusals import empty_export

#: Bytes looked at to recognise a format and its encoding.
HEAD_BYTES = 262_144
#: Bytes asked of the disk at a time.
PIECE = 262_144
#: Characters of one line: a longer one is handed on in parts.
LONGEST_LINE = 8_000_000

#: Bytes of the longest character, and of every unit of the encodings where they are all alike.
_LONGEST_LETTER = 4
_WIDTHS = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}

#: How bad bytes are read: as ``replace``, but nothing stands for a character that the end of the file cuts.
_CUT_TAIL_LEFT = "replique.cut_tail_left"
_CUT_TAIL = ("unexpected end of data", "truncated data")


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "" if error.reason in _CUT_TAIL else "\ufffd", error.end


codecs.register_error(_CUT_TAIL_LEFT, _replaced)


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
    address or id of the post), empty when the file does not say. ``is_partial``: there is more of the conversation than
    the file is meant to hold.
    """

    title: str = ""
    network: str = ""
    post_text: str = ""
    origin: str = ""
    truncated: bool = False
    is_partial: bool = False
    warnings: Warnings = field(default_factory=Warnings)

    def tell_repaired(self, count: int) -> None:
        """Say that ``count`` texts, whose bytes had been misread, were put right; nothing for none."""
        if count:
            self.warnings.add("mojibake_repaired", count=count)

    def end_of_own(self, count: int, posts: set[str], refusal: str = "thread.not_a_thread") -> None:
        """Say that all ``count`` comments are one account's, and which post they are under when there is only one.

        Raises:
            UserError: when there is none, and the file is whole: ``refusal``, or ``thread.empty`` when nothing was left
                out either.
        """
        if not count and not self.truncated:
            raise UserError(refusal) if self.warnings.result() else empty_export()
        self.warnings.add("own_comments_only")
        if len(posts) == 1:
            (self.origin,) = posts


class _Watched(io.RawIOBase):
    """A stream that says how far it was read, to someone who may stop it by raising."""

    def __init__(self, stream: BinaryIO, watch: Callable[[int], None]) -> None:
        self._stream = stream
        self._watch = watch
        self._tail = b""
        self._done = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, into: memoryview | bytearray) -> int:  # type: ignore[override]  # any buffer that can be written
        piece = self._stream.read(len(into))
        into[: len(piece)] = piece
        self._tail = (self._tail + piece[-_LONGEST_LETTER:])[-_LONGEST_LETTER:]
        self._done = self._stream.tell()
        self._watch(self._done)
        return len(piece)

    def ends_inside_letter(self, encoding: str) -> bool:
        """True when what was read so far ends within a character of several bytes."""
        if encoding in _WIDTHS:
            return self._done % _WIDTHS[encoding] != 0
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        decoder.decode(self._tail)
        return bool(decoder.getstate()[0])

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._tail = b""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def close(self) -> None:
        self._stream.close()
        super().close()


#: A file, its bytes, or a file in an archive.
One = Path | bytes | Packed
#: What an import reads.
Content = One | Pages


def pages_of(content: Content) -> tuple[One, ...]:
    """The files that ``content`` is."""
    return content.members if isinstance(content, Pages) else (content,)


def size_of(content: Content) -> int:
    """The bytes of ``content``, unpacked; 0 for a file that is not there."""
    return sum(_size(one) for one in pages_of(content))


def _size(one: One) -> int:
    if isinstance(one, Path):
        return one.stat().st_size if one.exists() else 0
    return one.size if isinstance(one, Packed) else len(one)


def bytes_of(content: Content, piece: int) -> Iterator[bytes]:
    """All bytes of ``content``, at most ``piece`` at a time."""
    for one in pages_of(content):
        if isinstance(one, bytes):
            yield one
            continue
        with one.open() if isinstance(one, Packed) else one.open("rb") as stream:
            while some := stream.read(piece):
                yield some


class Source:
    """A file on disk or in an archive, or bytes in memory, opened anew at each reading.

    ``watch`` is told the bytes read so far, often; what it raises stops the reading. ``is_damaged`` once a file of an
    archive turned out to end before its time.
    """

    def __init__(self, content: One, name: str, watch: Callable[[int], None] = lambda _done: None) -> None:
        """Read the beginning of ``content``; ``name`` is what the person calls it.

        Raises:
            UserError: ``thread.zip_bomb`` for a container whose list of members would fill the memory.
        """
        self._content = content
        self._watch = watch
        self.is_damaged = False
        #: True once the last line turned out to have no end.
        self.ends_open = False
        #: True once the last line turned out to end within a character.
        self.ends_inside_letter = False
        #: What a person said of the columns of a table; None to go by what they hold.
        self.mapping: TableMapping | None = None
        self.name = name
        self.size = content.stat().st_size if isinstance(content, Path) else _size(content)
        with self.open() as stream:
            start = stream.read(HEAD_BYTES)
            if isinstance(content, Packed) and start.startswith(b"PK"):
                # A workbook is read from its end on, which a stream that is unpacked is bad at.
                self._content = start + stream.read()
        self.start = start
        self.encoding = encoding_of(start)
        whole = len(start) == self.size
        members = self._members() if start.startswith(b"PK") else ()
        decoder = codecs.getincrementaldecoder(self.encoding)(_CUT_TAIL_LEFT)
        shown = "" if members else decoder.decode(start, whole)
        self.head = Head(name, _lines(shown.removeprefix("\ufeff")), self.encoding, members, whole)

    def _members(self) -> tuple[str, ...]:
        try:
            with self.open() as stream:
                if directory_bytes(stream) > MAX_DIRECTORY:
                    raise UserError("thread.zip_bomb", name=self.name)
                with zipfile.ZipFile(stream) as archive:
                    return tuple(map(path_of, archive.namelist()))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return ()

    def open(self) -> BinaryIO:
        """The bytes, from the first. Close it."""
        return io.BufferedReader(self._watched(), PIECE)

    def _watched(self) -> _Watched:
        return _Watched(self._opened(), self._watch)

    def _opened(self) -> BinaryIO:
        if isinstance(self._content, Packed):
            return self._content.open(self._damaged)
        return self._content.open("rb", 0) if isinstance(self._content, Path) else io.BytesIO(self._content)

    def _damaged(self) -> None:
        self.is_damaged = True

    def open_text(self) -> TextIO:
        """The characters, from the first; bad bytes become U+FFFD, a last character that is cut is left. Close it."""
        return self._text_of(self._watched())

    def _text_of(self, watched: _Watched) -> TextIO:
        buffered = io.BufferedReader(watched, PIECE)
        stream = io.TextIOWrapper(buffered, encoding=self.encoding, errors=_CUT_TAIL_LEFT, newline=None)
        if stream.read(1) not in ("\ufeff", ""):
            stream.seek(0)
        return stream

    def lines(self) -> Iterator[str]:
        """The lines, without their ends and without NUL; how the last one ends is told once they were all read."""
        last = "\n"
        watched = self._watched()
        with self._text_of(watched) as stream:
            while line := stream.readline(LONGEST_LINE):
                last = line
                yield line.removesuffix("\n").replace("\0", "")
        self.ends_open = not last.endswith("\n")
        self.ends_inside_letter = watched.ends_inside_letter(self.encoding)

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
