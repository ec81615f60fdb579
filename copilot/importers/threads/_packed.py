"""Members of zip archives, unpacked as they are read: nothing of them is ever written to disk.

An archive that ends too early has lost the list of its members: they are then found one behind the other.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

#: How a member begins, and the sizes of what stands before its name (APPNOTE.TXT 4.3.7).
_LOCAL, _LOCAL_SIZE = b"PK\x03\x04", 30
#: How the list of the members and its end begin (4.3.12, 4.3.16), and where a comment may put the latter at most.
_CENTRAL, _END, _END_WITHIN = b"PK\x01\x02", b"PK\x05\x06", 65_557
#: Bytes that the list of the members may take: it is held in memory.
MAX_DIRECTORY = 24_000_000
#: The two ways of packing that every tool knows.
STORED, DEFLATED = 0, 8
#: Flags: the member is encrypted; its sizes stand behind it; its name is UTF-8.
_ENCRYPTED, _SIZES_BEHIND, _UTF8 = 0x1, 0x8, 0x800
#: Bytes taken from the archive at a time.
_PIECE = 65_536
#: Both sizes of a member whose sizes are in an extra field.
_ZIP64 = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in an archive. ``start`` is where its packed bytes begin; ``crc`` is None when nothing says it.

    ``is_cut``: the archive ends inside it. ``name`` is what the archive calls it, slashes between its folders: never a
    path to write to.
    """

    archive: Path | bytes
    name: str
    start: int
    method: int
    packed_size: int
    size: int
    crc: int | None = None
    is_encrypted: bool = False
    is_cut: bool = False

    def open(self, told: Callable[[], None] = lambda: None) -> BinaryIO:
        """The bytes, from the first; ``told`` is called when they end before their time. Close it."""
        return io.BufferedReader(_Unpacked(self, told), _PIECE)


@dataclass(frozen=True, slots=True)
class Pages:
    """Members that are one conversation, cut into files by whoever wrote the archive."""

    members: tuple[Packed, ...]


def opened_archive(archive: Path | bytes) -> BinaryIO:
    """The bytes of an archive. Close it."""
    return archive.open("rb") if isinstance(archive, Path) else io.BytesIO(archive)


def directory_bytes(stream: BinaryIO) -> int:
    """How long the list of the members says that it is; 0 without one."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _END_WITHIN))
    tail = stream.read(_END_WITHIN)
    stream.seek(0)
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + 22:
        return 0
    told = int(struct.unpack("<L", tail[place + 12 : place + 16])[0])
    # A list of four gigabytes has its length elsewhere: no archive read here is as long.
    return told if told != _ZIP64 else min(size, _zip64_directory(stream, tail, place, size))


def _zip64_directory(stream: BinaryIO, tail: bytes, place: int, size: int) -> int:
    if place < 20 or not tail.startswith(b"PK\x06\x07", place - 20):
        return _ZIP64
    stream.seek(min(size, int(struct.unpack("<Q", tail[place - 12 : place - 4])[0])))
    record = stream.read(56)
    stream.seek(0)
    return int(struct.unpack("<Q", record[40:48])[0]) if len(record) == 56 else _ZIP64


def path_of(name: str) -> str:
    """Where a member stands: some tools of Windows write backslashes for the slashes of the format (4.4.17.1)."""
    return name.replace("\\", "/")


def members_of(archive: Path | bytes) -> tuple[Packed, ...] | None:
    """The files of an archive as its own list tells them; None when it has no such list."""
    try:
        with opened_archive(archive) as stream, zipfile.ZipFile(stream) as opened:
            files = [one for one in opened.infolist() if not path_of(one.filename).endswith("/")]
            return tuple(_listed(archive, stream, one) for one in files)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return None


def _listed(archive: Path | bytes, stream: BinaryIO, one: zipfile.ZipInfo) -> Packed:
    stream.seek(one.header_offset)
    head = stream.read(_LOCAL_SIZE)
    is_there = len(head) == _LOCAL_SIZE and head.startswith(_LOCAL)
    names = sum(struct.unpack("<2H", head[26:30])) if is_there else 0
    # What does not begin where the list says holds nothing.
    packed, size = (one.compress_size, one.file_size) if is_there else (0, 0)
    start = one.header_offset + _LOCAL_SIZE + names
    is_encrypted = bool(one.flag_bits & _ENCRYPTED)
    return Packed(archive, path_of(one.filename), start, one.compress_type, packed, size, one.CRC, is_encrypted)


def found_members(archive: Path | bytes, *, most: int, watch: Callable[[int], None]) -> Iterator[Packed]:
    """The files of an archive without a list, in order, as far as they go: the last may be cut.

    Those whose sizes are not told before them are unpacked to find where they end; ``most`` bytes of each at most.
    """
    with opened_archive(archive) as stream:
        size = stream.seek(0, io.SEEK_END)
        place = 0
        while True:
            stream.seek(place)
            head = stream.read(_LOCAL_SIZE)
            if len(head) < _LOCAL_SIZE or not head.startswith(_LOCAL):
                return
            found = _found(archive, stream, head, place, size, most, watch)
            if found is None or not found[0].name:
                return
            member, place = found
            if not member.name.endswith("/"):
                yield member
            if member.is_cut:
                return


def _found(
    archive: Path | bytes,
    stream: BinaryIO,
    head: bytes,
    place: int,
    end: int,
    most: int,
    watch: Callable[[int], None],
) -> tuple[Packed, int] | None:
    """The member whose local header is ``head``, and where the next begins; None when that cannot be known."""
    flags, method = struct.unpack("<2H", head[6:10])
    crc, packed, size, named, extra = struct.unpack("<3L2H", head[14:30])
    name = path_of(stream.read(named).decode("utf-8" if flags & _UTF8 else "cp437", "replace"))
    more = stream.read(extra)
    start = place + _LOCAL_SIZE + named + extra
    if _ZIP64 in (packed, size):
        size, packed = _zip64_sizes(more)
    is_encrypted = bool(flags & _ENCRYPTED)
    if flags & _SIZES_BEHIND and not packed:
        if method != DEFLATED or is_encrypted:
            return None
        packed, size, is_whole = _measured(stream, start, most, watch)
        member = Packed(archive, name, start, method, packed, size, None, is_cut=not is_whole)
        return member, _behind(stream, start + packed)
    is_cut = start + packed > end
    member = Packed(archive, name, start, method, min(packed, max(0, end - start)), size, crc, is_encrypted, is_cut)
    return member, _behind(stream, start + packed) if flags & _SIZES_BEHIND else start + packed


def _zip64_sizes(extra: bytes) -> tuple[int, int]:
    """(unpacked, packed) as the extra field for large files says."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<2H", extra[:4])
        if kind == 1 and length >= 16 and len(extra) >= 20:
            unpacked, packed = struct.unpack("<2Q", extra[4:20])
            return int(unpacked), int(packed)
        extra = extra[4 + length :]
    return 0, 0


def _measured(stream: BinaryIO, start: int, most: int, watch: Callable[[int], None]) -> tuple[int, int, bool]:
    """(packed, unpacked, whole) of a member that begins at ``start`` and whose end nothing tells."""
    stream.seek(start)
    inflating = zlib.decompressobj(-15)
    packed = unpacked = 0
    piece = b""
    try:
        while not inflating.eof and unpacked <= most:
            if not piece:
                piece = stream.read(_PIECE)
                packed += len(piece)
                watch(start + packed)
            if not piece:
                return packed, unpacked, False
            unpacked += len(inflating.decompress(piece, _PIECE * 16))
            piece = inflating.unconsumed_tail
    except zlib.error:
        return packed, unpacked, False
    return packed - len(inflating.unused_data) - len(piece), unpacked, inflating.eof


def _behind(stream: BinaryIO, place: int) -> int:
    """Where the next member begins: the sizes stand between, with a mark of their own or without, short or long."""
    stream.seek(place)
    after = stream.read(28)
    for length in (16, 12, 24, 20):
        if after[length : length + 4] in (_LOCAL, _CENTRAL):
            return place + length
    return place + 16


class _Unpacked(io.RawIOBase):
    """The bytes of a member. It can be turned back, at the price of unpacking it again."""

    def __init__(self, member: Packed, told: Callable[[], None]) -> None:
        self._member = member
        self._told = told
        self._stream = opened_archive(member.archive)
        self._begin()

    def _begin(self) -> None:
        self._stream.seek(self._member.start)
        self._left = self._member.packed_size
        self._position = self._crc = 0
        self._inflating = zlib.decompressobj(-15) if self._member.method == DEFLATED else None
        self._pending = b""
        self._is_over = False

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._member.size}[whence]
        target = max(0, base + offset)
        if target < self._position:
            self._begin()
        while self._position < target and self._read(min(_PIECE, target - self._position)):
            pass
        return self._position

    def readinto(self, into: memoryview | bytearray) -> int:  # type: ignore[override]  # any buffer that can be written
        piece = self._read(len(into))
        into[: len(piece)] = piece
        return len(piece)

    def _read(self, size: int) -> bytes:
        # Nothing past what is announced: whoever says less than there is cannot make more be read.
        room = size if self._member.is_cut else min(size, self._member.size - self._position)
        piece = b""
        try:
            while room > 0 and not piece and not self._is_over:
                piece = self._next(room)
        except (zlib.error, OSError):
            self._is_over = True
        if not piece:
            self._end()
            return b""
        self._position += len(piece)
        self._crc = zlib.crc32(piece, self._crc)
        return piece

    def _next(self, room: int) -> bytes:
        if self._inflating is None:
            piece = self._packed(min(room, _PIECE))
            self._is_over = not piece
            return piece
        packed = self._pending or self._packed(_PIECE)
        self._is_over = not packed or self._inflating.eof
        if self._is_over:
            return b"" if self._inflating.eof else self._inflating.flush()[:room]
        piece = self._inflating.decompress(packed, room)
        self._pending = self._inflating.unconsumed_tail
        return piece

    def _packed(self, size: int) -> bytes:
        piece = self._stream.read(min(size, self._left))
        self._left -= len(piece)
        return piece

    def _end(self) -> None:
        """Tell when what came is not what was announced."""
        member = self._member
        is_whole = self._position >= member.size and member.crc in (None, self._crc) and not member.is_cut
        if not is_whole:
            self._told()

    def close(self) -> None:
        self._stream.close()
        super().close()
