"""Which format a brief is in, and its text."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from copilot import registry
from copilot.errors import UserError
from copilot.importers._decoding import mostly_controls, tidy
from copilot.importers._files import read_capped, read_stream
from copilot.importers._signatures import recognise, wording_of

#: The largest brief accepted, in bytes.
MAX_BYTES = 5_000_000

#: How many bytes a format may look at to recognise itself.
HEAD_BYTES = 8192

_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")


def load_brief(content: bytes, name: str) -> tuple[str, str]:
    """The plain text of a brief and the name of its format (``text``, ``markdown``, ``html``...).

    Recognised by content first; ``name`` only tells apart what content cannot. Lines end with a
    line feed; the text holds no control character but tab; it is not normalised to NFC.

    Raises:
        UserError: ``brief.empty``, ``brief.too_large``, ``brief.binary``, ``brief.doc_old``, or what the
            format raises (``brief.pdf_*``, ``brief.docx_*``, ``brief.zip_bomb``).
    """
    if len(content) > MAX_BYTES:
        raise UserError(
            "brief.too_large", name=name, size_mb=round(len(content) / 1e6, 1), max_mb=MAX_BYTES // 1_000_000
        )
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise UserError("brief.empty", name=name)
    found = _format_of(content, name)
    try:
        text = tidy(found.read(content))
    except UserError as error:
        # A format knows bytes, not the name the person gave.
        error.params.setdefault("name", name)
        raise
    if not text.strip():
        raise UserError("brief.empty", name=name)
    return text, found.NAME


def load_brief_file(path: Path) -> tuple[str, str]:
    """:func:`load_brief` of a file, its size checked before it is read.

    Raises:
        UserError: ``brief.missing``, ``brief.is_folder``, ``brief.unreadable``, and those of ``load_brief``.
        OutsideError: ``brief.disk``.
    """
    return load_brief(read_capped(path, area="brief", max_bytes=MAX_BYTES), path.name)


def load_brief_stream(stream: BinaryIO, name: str = "-") -> tuple[str, str]:
    """:func:`load_brief` of a binary stream such as standard input."""
    return load_brief(read_stream(stream, name, area="brief", max_bytes=MAX_BYTES), name)


def _format_of(content: bytes, name: str) -> ModuleType:
    _refuse_foreign(content, name)
    head = content[:HEAD_BYTES]
    for module in registry.discover(__package__ or "copilot.importers.briefs").values():
        if module.sniff(head, name):
            return module
    raise UserError("brief.binary", name=name, looks=wording_of(recognise(content)))


def _refuse_foreign(content: bytes, name: str) -> None:
    kind = recognise(content)
    if kind == "office_old":
        if _ENCRYPTED_STREAM in content:
            raise UserError("brief.docx_encrypted", name=name)
        if _WORD_STREAM in content:
            raise UserError("brief.doc_old", name=name)
    if kind == "archive" and name.lower().endswith(".docx"):
        raise UserError("brief.docx_broken", name=name)
    if kind not in (None, "pdf", "docx") or (kind is None and mostly_controls(content)):
        raise UserError("brief.binary", name=name, looks=wording_of(kind))
