"""The plain weights of multilingual-e5-small as the file ``E5S1`` holds them: 4-bit blocks beside a table of pieces.

Layout, little-endian: magic, version, seven sizes, epsilon, block size; the tokenizer (special ids, pieces, scores,
what each code point becomes); the directory of tensors (name, kind, count, offset, bytes); the tensors.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from copilot.errors import OutsideError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAGIC = b"E5S1"
#: Weights in one block, and how many of them share a byte's low half.
BLOCK, HALF = 32, 16
#: What a 4-bit weight is counted from.
MIDDLE = 8
PLAIN, PACKED = 0, 1


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network: ``width`` of a vector, ``inner`` width between the two halves of a layer."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Specials:
    """Rows of the table of words that stand for no text."""

    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    kind: int
    count: int
    offset: int


@dataclass(frozen=True, slots=True)
class Weights:
    """A file of weights, read but for its tensors.

    ``spread`` says what a code point becomes before a text is cut into ``pieces``; ``scores`` are log-probabilities.
    """

    shape: Shape
    specials: Specials
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    spread: Mapping[int, str]
    _content: bytes
    _tensors: Mapping[str, _Tensor]

    def plain(self, name: str) -> NDArray[np.float32]:
        """A tensor kept as 32-bit numbers, flat."""
        import numpy as np

        tensor = self._tensors[name]
        return np.frombuffer(self._content, "<f4", tensor.count, tensor.offset)

    def packed(self, name: str, rows: int, columns: int) -> NDArray[np.float32]:
        """A tensor kept in 4-bit blocks, unpacked to ``rows`` x ``columns``."""
        import numpy as np

        block = np.dtype([("scale", "<f2"), ("pairs", "u1", HALF)])
        kept: Any = np.frombuffer(self._content, block, rows * columns // BLOCK, self._tensors[name].offset)
        values = np.empty((len(kept), BLOCK), np.float32)
        values[:, :HALF] = kept["pairs"] & 15
        values[:, HALF:] = kept["pairs"] >> 4
        values -= MIDDLE
        values *= kept["scale"].astype(np.float32)[:, None]
        return values.reshape(rows, columns)


class _Cursor:
    """Reads one value after the other."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.content, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.content[self.at - count : self.at]


def read_weights(content: bytes) -> Weights:
    """The weights in ``content``.

    Raises:
        OutsideError: ``models.unreadable`` when it is not such a file, or not whole.
    """
    try:
        return _read(content)
    except (struct.error, ValueError, IndexError) as error:
        raise OutsideError("models.unreadable") from error


def _read(content: bytes) -> Weights:
    if content[: len(MAGIC)] != MAGIC:
        raise ValueError("magic")
    cursor = _Cursor(content)
    cursor.at = len(MAGIC) + 4
    width, layers, heads, inner, words, positions, _types = cursor.take("7i")
    (epsilon,) = cursor.take("f")
    (block,) = cursor.take("i")
    if block != BLOCK:
        raise ValueError("block")
    count, begin, end, padding, unknown = cursor.take("5i")
    (length,) = cursor.take("Q")
    starts = cursor.take(f"{count + 1}I")
    scores = cursor.take(f"{count}f")
    told = cursor.bytes(length)
    pieces = tuple(told[start:stop].decode() for start, stop in pairwise(starts))
    spread = _read_spread(cursor)
    tensors = dict(_read_tensor(cursor) for _ in range(cursor.take("i")[0]))
    return Weights(
        Shape(width, layers, heads, inner, words, positions, epsilon),
        Specials(begin, end, padding, unknown),
        pieces,
        scores,
        spread,
        content,
        tensors,
    )


def _read_spread(cursor: _Cursor) -> dict[int, str]:
    count, _size = cursor.take("iI")
    spread: dict[int, str] = {}
    for _ in range(count):
        point, length = cursor.take("IB")
        spread[point] = "".join(map(chr, cursor.take(f"{length}I")))
    return spread


def _read_tensor(cursor: _Cursor) -> tuple[str, _Tensor]:
    (length,) = cursor.take("H")
    name = cursor.bytes(length).decode()
    kind, count = cursor.take("BI")
    offset, size = cursor.take("QQ")
    if kind not in (PLAIN, PACKED) or offset + size > len(cursor.content):
        raise ValueError(name)
    return name, _Tensor(kind, count, offset)
