"""The head of a GGUF model file: is it one, is it whole, does it fit in memory.

Layout and block sizes: the GGUF specification (version 3) and ``ggml.h`` of llama.cpp.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from copilot.errors import OutsideError, UserError

MAGIC = b"GGUF"
_VERSIONS = (2, 3)
#: Bytes of the scalar value types, by type number; 8 is a string, 9 an array.
_SCALARS = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_STRING, _ARRAY = 8, 9
#: Tensor type number -> (weights in a block, bytes of a block).
_BLOCKS = {
    **{0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36)},
    **{10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292)},
    **{16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82)},
    **{23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2)},
    **{34: (256, 54), 35: (256, 66), 39: (32, 17)},
}
#: No model has more of these; a damaged head does not make us read for hours.
_MOST = 10_000_000
#: Share of the memory a model's weights may take: the rest is for its context, this app and the system.
_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says: bytes the whole file must have; None when that cannot be told."""

    whole: int | None


class _Broken(Exception):
    """The head cannot be read."""


def check(path: Path, memory: int | None = None) -> None:
    """Refuse a file that cannot work. ``memory``: bytes of memory, the machine's own when None.

    Raises:
        UserError: ``provider.local_missing``, ``provider.local_not_gguf``, ``provider.local_cut``,
            ``provider.local_memory``.
        OutsideError: ``provider.local_unreadable``.
    """
    shown = str(path)
    try:
        if not path.is_file():
            raise UserError("provider.local_missing", path=shown)
        size = path.stat().st_size
        with path.open("rb") as file:
            head = read_head(file, size)
    except _Broken as error:
        raise UserError("provider.local_not_gguf", path=shown) from error
    except EOFError as error:
        raise UserError("provider.local_cut", path=shown, size=megabytes(size), whole="?") from error
    except (OSError, ValueError) as error:
        raise OutsideError("provider.local_unreadable", path=shown) from error
    if head.whole is not None and size < head.whole:
        raise UserError("provider.local_cut", path=shown, size=megabytes(size), whole=str(megabytes(head.whole)))
    has = memory if memory is not None else total_memory()
    if has and size > has * _SHARE:
        raise UserError("provider.local_memory", path=shown, size=megabytes(size), memory=megabytes(has))


def megabytes(size: int) -> int:
    """Whole megabytes, one at least."""
    return max(1, round(size / 1_000_000))


def read_head(file: BinaryIO, size: int) -> Head:
    """Read the head of a file of ``size`` bytes.

    Raises:
        EOFError: the file ends within its head.
        _Broken: this is no GGUF file, or a damaged one.
    """
    start = file.read(4)
    if start != MAGIC:
        raise _Broken
    version, tensors, values = _numbers(file, "<IQQ")
    if version not in _VERSIONS or tensors > _MOST or values > _MOST:
        raise _Broken
    alignment = 32
    for _ in range(values):
        name = _text(file, size)
        kind = _numbers(file, "<I")[0]
        if name == b"general.alignment" and kind == 4:
            alignment = _numbers(file, "<I")[0] or 32
        else:
            _skip(file, kind, size)
    ends = [_tensor_end(file, size) for _ in range(tensors)]
    if not ends or any(end is None for end in ends):
        return Head(None)
    begin = -(-file.tell() // alignment) * alignment
    return Head(begin + max((end for end in ends if end is not None), default=0))


def _tensor_end(file: BinaryIO, size: int) -> int | None:
    """Where a tensor ends, counted from the start of the weights."""
    _text(file, size)
    dimensions = _numbers(file, "<I")[0]
    if dimensions > 8:
        raise _Broken
    weights = 1
    for length in _numbers(file, f"<{dimensions}Q"):
        weights *= length
    kind, offset = _numbers(file, "<IQ")
    if kind not in _BLOCKS:
        return None
    per_block, block = _BLOCKS[kind]
    return offset + weights // per_block * block


def _skip(file: BinaryIO, kind: int, size: int) -> None:
    if kind == _STRING:
        _text(file, size)
    elif kind in _SCALARS:
        file.seek(_SCALARS[kind], os.SEEK_CUR)
    elif kind == _ARRAY:
        inner, count = _numbers(file, "<IQ")
        if count > _MOST or inner == _ARRAY:
            raise _Broken
        if inner in _SCALARS:
            file.seek(_SCALARS[inner] * count, os.SEEK_CUR)
            return
        for _ in range(count):
            _skip(file, inner, size)
    else:
        raise _Broken


def _text(file: BinaryIO, size: int) -> bytes:
    length = _numbers(file, "<Q")[0]
    if length > _MOST * 10:
        raise _Broken
    if file.tell() + length > size:
        raise EOFError
    return file.read(length)


def _numbers(file: BinaryIO, form: str) -> tuple[int, ...]:
    wanted = struct.calcsize(form)
    read = file.read(wanted)
    if len(read) < wanted:
        raise EOFError
    return struct.unpack(form, read)


def total_memory() -> int:
    """Bytes of memory of this machine; 0 when the system does not say."""
    if sys.platform == "win32":
        return _windows_memory()
    sysconf: Callable[[str], int] = os.sysconf
    try:
        return sysconf("SC_PHYS_PAGES") * sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return 0


def _windows_memory() -> int:
    """``ullTotalPhys`` of ``GlobalMemoryStatusEx``: the second field after two 32-bit ones."""
    import ctypes

    status = ctypes.create_string_buffer(64)
    struct.pack_into("<I", status, 0, 64)
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - exists on Windows only, where types know it
    if not kernel.GlobalMemoryStatusEx(status):
        return 0
    return int(struct.unpack_from("<Q", status, 8)[0])
