"""Which format a thread is in, and its messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePath
from typing import BinaryIO

from copilot import registry
from copilot.domain.conversation import ImportedThread
from copilot.errors import UserError
from copilot.importers._decoding import decode, mostly_controls
from copilot.importers._files import read_capped, read_stream
from copilot.importers._signatures import recognise, wording_of

#: The largest thread file accepted, in bytes.
MAX_BYTES = 50_000_000

#: Characters a title made from a text may hold.
_TITLE_CHARS = 60


def load_thread(content: bytes, name: str, *, network: str = "", captured_at: datetime) -> ImportedThread:
    """Read a thread, its format chosen by content (``name`` only weighs in).

    ``captured_at`` is aware: its zone is that of dates written without one.

    Raises:
        UserError: ``thread.empty``, ``thread.too_large``, ``thread.binary``, ``thread.not_a_thread``,
            ``thread.malformed``, ``thread.too_many``.
    """
    if len(content) > MAX_BYTES:
        raise UserError(
            "thread.too_large", name=name, size_mb=round(len(content) / 1e6, 1), max_mb=MAX_BYTES // 1_000_000
        )
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise UserError("thread.empty", name=name)
    kind = recognise(content)
    if kind is not None or mostly_controls(content):
        raise UserError("thread.binary", name=name, looks=wording_of(kind))
    # Lines only: each text is cleaned once it is read, after its encoding was mended.
    text = decode(content)[0].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    formats = registry.discover(__package__ or "copilot.importers.threads")
    best = max(formats.values(), key=lambda module: float(module.sniff(text, name)))
    try:
        thread: ImportedThread = best.read(text, network=network, captured_at=captured_at)
    except UserError as error:
        # A format knows the text, not the name the person gave.
        error.params.setdefault("name", name)
        raise
    return thread if thread.title else replace(thread, title=_title(thread, name))


def load_thread_file(path: Path, *, network: str = "", captured_at: datetime) -> ImportedThread:
    """:func:`load_thread` of a file, its size checked before it is read.

    Raises:
        UserError: ``thread.missing``, ``thread.is_folder``, ``thread.unreadable``, and those of ``load_thread``.
        OutsideError: ``thread.disk``.
    """
    content = read_capped(path, area="thread", max_bytes=MAX_BYTES)
    return load_thread(content, path.name, network=network, captured_at=captured_at)


def load_thread_stream(
    stream: BinaryIO, name: str = "-", *, network: str = "", captured_at: datetime
) -> ImportedThread:
    """:func:`load_thread` of a binary stream such as standard input."""
    content = read_stream(stream, name, area="thread", max_bytes=MAX_BYTES)
    return load_thread(content, name, network=network, captured_at=captured_at)


def _title(thread: ImportedThread, name: str) -> str:
    stem = PurePath(name).stem if name not in ("", "-") else ""
    if stem:
        return stem
    words = " ".join((thread.post_text or thread.messages[0].text)[: _TITLE_CHARS * 4].split())
    return words if len(words) <= _TITLE_CHARS else words[: _TITLE_CHARS - 1].rstrip() + "…"
