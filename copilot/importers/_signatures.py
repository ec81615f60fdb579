"""What a file is by its first bytes, when it is not what was asked for."""

from __future__ import annotations

import io
import zipfile

from copilot.domain.wording import Wording

#: (offset, magic bytes, file kind). Source: the formats' own specifications.
_MAGIC = (
    (0, b"\x89PNG\r\n\x1a\n", "image"),
    (0, b"\xff\xd8\xff", "image"),
    (0, b"GIF87a", "image"),
    (0, b"GIF89a", "image"),
    (8, b"WEBP", "image"),
    (0, b"II*\0", "image"),
    (0, b"MM\0*", "image"),
    (4, b"ftyphei", "image"),
    (4, b"ftypmif", "image"),
    (4, b"ftypavif", "image"),
    (4, b"ftyp", "video"),
    (0, b"\x1aE\xdf\xa3", "video"),
    (8, b"AVI ", "video"),
    (0, b"ID3", "audio"),
    (0, b"OggS", "audio"),
    (8, b"WAVE", "audio"),
    (0, b"fLaC", "audio"),
    (0, b"%PDF-", "pdf"),
    (0, b"{\\rtf", "rtf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office_old"),
    (0, b"\x1f\x8b", "archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "archive"),
    (0, b"Rar!\x1a", "archive"),
    (0, b"BZh", "archive"),
    (0, b"\xfd7zXZ\0", "archive"),
    (0, b"\x7fELF", "program"),
    (0, b"MZ\x90\0", "program"),
    (0, b"SQLite format 3\0", "database"),
    (0, b"PK\x03\x04", "archive"),
    (0, b"PK\x05\x06", "archive"),
)

#: A part found in a zip container, and what the container then is.
_ZIP_PARTS = (
    ("word/", "docx"),
    ("xl/", "spreadsheet"),
    ("ppt/", "slides"),
    ("META-INF/container.xml", "ebook"),
    ("content.xml", "opendocument"),
)


def recognise(content: bytes) -> str | None:
    """The kind of file (``image``, ``pdf``, ``docx``, ``archive``...), None when no signature is known."""
    for offset, magic, kind in _MAGIC:
        if content.startswith(magic, offset):
            return _in_zip(content) if magic.startswith(b"PK") else kind
    return None


def _in_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "docx" if b"word/" in content else "archive"
    for part, kind in _ZIP_PARTS:
        if any(name.startswith(part) for name in names):
            return kind
    return "archive"


def wording_of(kind: str | None) -> Wording:
    """The name of a file kind, in the reader's language."""
    return Wording(f"importers.filetype.{kind or 'unknown'}")
