"""Zip containers: what they would become once unpacked, before anything of them is."""

from __future__ import annotations

import io
import zipfile
from typing import BinaryIO

from copilot.errors import UserError
from copilot.importers.threads._source import Source

#: Bytes that a container may hold once unpacked, and those a nested one is unpacked to be looked at.
MAX_UNPACKED, MAX_NESTED = 2_000_000_000, 20_000_000
#: How many times smaller a member may be than what it unpacks to, for members that unpack to more than 20 MB.
MAX_RATIO, RATIO_FROM = 300, 20_000_000
#: Members, and containers in one another.
MAX_MEMBERS, MAX_LEVELS = 20_000, 2


def check_container(source: Source) -> None:
    """Refuse a zip that grows out of all measure; a broken one passes, for a format to refuse.

    Raises:
        UserError: ``thread.zip_bomb``.
    """
    with source.open() as stream:
        if not _is_sound(stream, 0, 0):
            raise UserError("thread.zip_bomb", name=source.name)


def _is_sound(stream: BinaryIO, level: int, before: int) -> bool:
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            total = before + sum(member.file_size for member in members)
            if total > MAX_UNPACKED or len(members) > MAX_MEMBERS or any(_grows(member) for member in members):
                return False
            nested = [member for member in members if member.filename.lower().endswith((".zip", ".xlsx", ".jar"))]
            return all(_is_sound_inside(archive, member, level + 1, total) for member in nested[:50])
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError):
        return True


def _is_sound_inside(archive: zipfile.ZipFile, member: zipfile.ZipInfo, level: int, total: int) -> bool:
    if level > MAX_LEVELS or member.file_size > MAX_NESTED:
        return False
    return _is_sound(io.BytesIO(archive.read(member)), level, total)


def _grows(member: zipfile.ZipInfo) -> bool:
    return member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(1, member.compress_size)
