"""Models for tests: a tiny one made here in the format of the real one, and the real one where it can be had."""

from __future__ import annotations

import functools
import struct
import tempfile
from pathlib import Path

import numpy as np
import pytest

from copilot.errors import RepliqueError
from copilot.intelligence.semantic import converter, fetching, folder
from copilot.intelligence.semantic.weights import Weights, read_weights

WIDTH, LAYERS, HEADS, INNER, PLACES = 384, 1, 12, 64, 512
#: What the tiny tokenizer knows: some words, every ASCII letter, a few accents and signs.
WORDS = (
    "▁",
    "▁query",
    ":",
    "▁bonjour",
    "▁merci",
    "▁colis",
    "jour",
    "👏",
    "Ж",
    "é",
    "à",
    *"abcdefghijklmnopqrstuvwxyz.!?0123456789",
)
SPECIALS = ("<s>", "<pad>", "</s>", "<unk>")
EPSILON = 1e-12


def packed_blocks(matrix: np.ndarray) -> tuple[bytes, np.ndarray]:
    """``matrix`` in 4-bit blocks, and what those blocks say."""
    blocks = matrix.reshape(-1, 32)
    scales = (np.abs(blocks).max(axis=1, keepdims=True) / 7).astype("<f2")
    scales[scales == 0] = 1
    whole = np.clip(np.rint(blocks / scales.astype(np.float32)) + 8, 0, 15).astype(np.uint8)
    rows = b"".join(
        scale.tobytes() + bytes(row[:16] | (row[16:] << 4)) for scale, row in zip(scales, whole, strict=True)
    )
    return rows, ((whole.astype(np.float32) - 8) * scales.astype(np.float32)).reshape(matrix.shape)


class Tiny:
    """A file of weights made of chance, and the numbers in it to compute by hand with."""

    def __init__(self, seed: int = 1) -> None:
        chance = np.random.default_rng(seed)
        self.pieces = (*SPECIALS, *WORDS)
        self.values: dict[str, np.ndarray] = {}
        tensors: list[tuple[str, int, int, bytes]] = []

        def packed(name: str, rows: int, columns: int) -> None:
            content, self.values[name] = packed_blocks(chance.normal(0, 0.1, (rows, columns)).astype(np.float32))
            tensors.append((name, 1, rows * columns, content))

        def plain(name: str, values: np.ndarray) -> None:
            self.values[name] = values.astype("<f4")
            tensors.append((name, 0, values.size, self.values[name].tobytes()))

        def scaled(name: str) -> None:
            plain(f"{name}.w", 1 + chance.normal(0, 0.1, WIDTH))
            plain(f"{name}.b", chance.normal(0, 0.1, WIDTH))

        packed("emb.word", len(self.pieces), WIDTH)
        plain("emb.pos", chance.normal(0, 0.05, (PLACES, WIDTH)))
        plain("emb.type", chance.normal(0, 0.05, (2, WIDTH)))
        scaled("emb.ln")
        for name, rows, columns in (
            *((n, WIDTH, WIDTH) for n in ("q", "k", "v", "ao")),
            ("fi", INNER, WIDTH),
            ("fo", WIDTH, INNER),
        ):
            packed(f"l0.{name}.w", rows, columns)
            plain(f"l0.{name}.b", chance.normal(0, 0.05, rows))
        scaled("l0.aln")
        scaled("l0.oln")
        self.content = self._file(tensors)

    def _file(self, tensors: list[tuple[str, int, int, bytes]]) -> bytes:
        texts = [piece.encode() for piece in self.pieces]
        starts = np.cumsum([0, *map(len, texts)]).astype("<u4").tobytes()
        scores = [0.0] * len(SPECIALS) + [-2.0 - len(WORDS) / 50 + number / 50 for number in range(len(WORDS))]
        spread = struct.pack("<IBI", ord("É"), 1, ord("é")) + struct.pack("<IB2I", ord("œ"), 2, ord("o"), ord("e"))
        head = b"E5S1" + struct.pack("<I", 1)
        head += struct.pack("<7i", WIDTH, LAYERS, HEADS, INNER, len(self.pieces), PLACES, 2)
        head += struct.pack("<f", EPSILON) + struct.pack("<i", 32)
        head += struct.pack("<5i", len(texts), 0, 2, 1, 3) + struct.pack("<Q", sum(map(len, texts)))
        head += starts + struct.pack(f"<{len(scores)}f", *scores) + b"".join(texts)
        head += struct.pack("<iI", 2, len(spread)) + spread + struct.pack("<i", len(tensors))
        directory = sum(2 + len(name) + 1 + 4 + 16 for name, *_rest in tensors)
        at, entries, body = len(head) + directory, b"", b""
        for name, kind, count, content in tensors:
            entries += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BI", kind, count)
            entries += struct.pack("<QQ", at + len(body), len(content))
            body += content
        return head + entries + body

    @property
    def weights(self) -> Weights:
        """The file, read back."""
        return read_weights(self.content)


def tiny_model(place: Path) -> Path:
    """The tiny model, installed at ``place``."""
    converter.convert(Tiny().weights, place)
    return place


@functools.cache
def _real() -> Path | str:
    """The folder of the real model, made the first time; else why it cannot be had."""
    from tests.servers.models import cache

    place = cache() / "semantic" / folder.VERSION
    if place.is_dir() and not folder.broken_file(place):
        return place
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as aside:
            converter.install(fetching.download(Path(aside)), place)
    except (RepliqueError, OSError) as error:
        return str(error)
    return place


def real_model_or_skip() -> Path:
    """The folder of the real model; a skip with the reason where it cannot be had."""
    found = _real()
    if isinstance(found, str):
        pytest.skip(f"the semantic model cannot be had: {found}")
    return found
