"""Model files are judged before anything is started."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from copilot.errors import OutsideError, RepliqueError
from copilot.i18n import LANGUAGES, Translator
from copilot.providers._gguf import check, total_memory


def text(value: bytes) -> bytes:
    return struct.pack("<Q", len(value)) + value


def gguf(*, version: int = 3, weights: int = 1024, kind: int = 0, values: tuple[bytes, ...] = ()) -> bytes:
    """A file of one tensor of 32-bit numbers."""
    head = b"GGUF" + struct.pack("<IQQ", version, 1, len(values)) + b"".join(values)
    head += text(b"w") + struct.pack("<IQIQ", 1, weights, kind, 0)
    return head + bytes(-len(head) % 32) + bytes(weights * 4)


EVERY_VALUE = (
    text(b"a") + struct.pack("<IQ", 8, 3) + b"abc",
    text(b"b") + struct.pack("<II", 4, 7),
    text(b"c") + struct.pack("<IIQ", 9, 8, 2) + text(b"x") + text(b"yz"),
    text(b"d") + struct.pack("<IIQ", 9, 5, 3) + bytes(12),
    text(b"e") + struct.pack("<IB", 7, 1),
    text(b"general.alignment") + struct.pack("<II", 4, 32),
)

BAD = {
    "not one": (b"%PDF-1.7" + bytes(100), "local_not_gguf"),
    "empty": (b"", "local_not_gguf"),
    "old version": (gguf(version=1), "local_not_gguf"),
    "other byte order": (b"GGUF" + struct.pack(">IQQ", 3, 1, 0) + bytes(100), "local_not_gguf"),
    "absurd counts": (b"GGUF" + struct.pack("<IQQ", 3, 1 << 60, 1 << 60), "local_not_gguf"),
    "absurd value type": (gguf(values=(text(b"a") + struct.pack("<I", 99),)), "local_not_gguf"),
    "head cut": (gguf(values=EVERY_VALUE)[:60], "local_cut"),
    "only its magic": (b"GGUF", "local_cut"),
    "weights cut": (gguf(values=EVERY_VALUE)[:-1], "local_cut"),
    "text beyond the end": (b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 5_000_000), "local_cut"),
}


@pytest.mark.parametrize(("content", "kind"), BAD.values(), ids=BAD)
def test_a_file_that_cannot_work_is_explained(content: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "modèle é.gguf"
    path.write_bytes(content)
    with pytest.raises(RepliqueError) as caught:
        check(path)
    assert caught.value.kind == f"provider.{kind}"
    for language in LANGUAGES:
        assert str(path) in Translator(language).error(caught.value)


@pytest.mark.parametrize("content", [gguf(), gguf(values=EVERY_VALUE), gguf(kind=999), gguf(version=2)])
def test_a_whole_file_passes(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(content)
    assert check(path) is None


def test_a_model_larger_than_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(gguf(weights=500_000))
    assert check(path, memory=4_000_000) is None
    with pytest.raises(RepliqueError, match="provider.local_memory"):
        check(path, memory=2_000_000)
    assert total_memory() > 100_000_000


@pytest.mark.parametrize("name", ["gone.gguf", ".", "nul\0.gguf"])
def test_no_file_there(name: str, tmp_path: Path) -> None:
    with pytest.raises(RepliqueError, match=r"provider\.local_(missing|unreadable)"):
        check(Path(f"{tmp_path}/{name}"))


@pytest.mark.skipif(sys.platform != "linux", reason="a file of Linux that opens and cannot be read")
def test_a_file_that_cannot_be_read() -> None:
    with pytest.raises(OutsideError, match="provider.local_unreadable"):
        check(Path("/proc/self/mem"))
