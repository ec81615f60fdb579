"""Zip containers: what they would become once unpacked, before anything of them is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import BinaryIO

from copilot.errors import UserError
from copilot.importers.threads._packed import MAX_DIRECTORY, directory_bytes
from copilot.importers.threads._source import Source

#: Bytes that a container may hold once unpacked, and those a nested one is unpacked to be looked at.
MAX_UNPACKED, MAX_NESTED = 2_000_000_000, 20_000_000
#: How many times smaller a member may be than what it unpacks to, for members that unpack to more than 20 MB.
MAX_RATIO, RATIO_FROM = 300, 20_000_000
#: Members, and containers in one another.
MAX_MEMBERS, MAX_LEVELS = 20_000, 2


#: A member that tells a document made of several files from an archive of files: Office, OpenDocument, books, programs.
_DOCUMENT = (
    "[Content_Types].xml",
    "mimetype",
    "META-INF/container.xml",
    "META-INF/MANIFEST.MF",
    "word/document.xml",
    "xl/workbook.xml",
)


#: Folders of documents, whose telling member often stands last.
_PARTS = ("xl/", "word/", "ppt/", "docProps/", "_rels/")


def is_archive(names: Sequence[str], *, is_cut: bool = False) -> bool:
    """True for a container of files, which no document is. ``is_cut``: these are its first members only."""
    return not any(name in _DOCUMENT or (is_cut and name.startswith(_PARTS)) for name in names)


#: What ends a container, and how near its end that begins at most.
_END, _END_ROOM = b"PK\x05\x06", 22 + 65_535
#: The part of a member that stands before its name, which begins with the length of it.
_MEMBER_HEAD, _NAME_LENGTH_AT = 30, 26


def is_cut_short(source: Source) -> bool:
    """True for a container that begins with a member as it should and has no end."""
    start = source.start
    length = int.from_bytes(start[_NAME_LENGTH_AT : _NAME_LENGTH_AT + 2], "little")
    name = start[_MEMBER_HEAD : _MEMBER_HEAD + length]
    if not name or len(name) < length or not name.isascii() or not name.decode("ascii").isprintable():
        return False
    with source.open() as stream:
        stream.seek(max(0, source.size - _END_ROOM))
        return _END not in stream.read()


def check_container(source: Source) -> None:
    """Refuse a zip that grows out of all measure; a broken one passes, for a format to refuse.

    Raises:
        UserError: ``thread.zip_bomb``.
    """
    with source.open() as stream:
        if not is_sound(stream):
            raise UserError("thread.zip_bomb", name=source.name)


def is_sound(stream: BinaryIO, level: int = 0, before: int = 0) -> bool:
    """False for a container, ``level`` deep in others, that grows out of all measure with the ``before`` around it."""
    try:
        if directory_bytes(stream) > MAX_DIRECTORY:
            return False
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            total = before + sum(member.file_size for member in members)
            if total > MAX_UNPACKED or len(members) > MAX_MEMBERS:
                return False
            if any(grows(member.file_size, member.compress_size) for member in members):
                return False
            nested = [member for member in members if member.filename.lower().endswith((".zip", ".xlsx", ".jar"))]
            return all(_is_sound_inside(archive, member, level + 1, total) for member in nested[:50])
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError):
        return True


def _is_sound_inside(archive: zipfile.ZipFile, member: zipfile.ZipInfo, level: int, total: int) -> bool:
    if level > MAX_LEVELS or member.file_size > MAX_NESTED:
        return False
    return is_sound(io.BytesIO(archive.read(member)), level, total)


def grows(size: int, packed: int) -> bool:
    """True for a member that unpacks to far more than it takes."""
    return size > RATIO_FROM and size > MAX_RATIO * max(1, packed)
