"""Word documents: paragraphs, lists and tables in the order of the document."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from copilot.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "docx"
EXTENSIONS = (".docx", ".docm")

#: The parts of a document may unpack to this many bytes at most.
MAX_UNPACKED = 50_000_000
MAX_PARTS = 5_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

#: Deleted or moved text, older copies of a drawing, and what is not text at all.
_SKIPPED = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText"))
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}


def sniff(head: bytes, name: str) -> bool:
    """True for a zip container; whether it holds a Word document is checked before."""
    return head.startswith(b"PK\x03\x04")


def read(content: bytes) -> str:
    """The text of the document, tables as ``cell | cell`` lines, list items after ``- ``.

    Raises:
        UserError: ``brief.docx_broken``, ``brief.docx_encrypted``, ``brief.zip_bomb``.
    """
    _check_container(content)
    try:
        import docx

        document = docx.Document(io.BytesIO(content))
        links = {key: rel.target_ref for key, rel in document.part.rels.items() if rel.is_external}
        return "\n".join(_blocks(document.element.body, links))
    # python-docx and lxml raise many kinds on a damaged file; all mean the same to the person.
    except Exception as error:
        raise UserError("brief.docx_broken") from error


def _check_container(content: bytes) -> None:
    """Refuse what would unpack too large before unpacking anything (the directory's sizes are binding)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UserError("brief.docx_broken") from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UserError("brief.zip_bomb", max_mb=MAX_UNPACKED // 1_000_000)
    if any(part.flag_bits & 1 for part in parts):
        raise UserError("brief.docx_encrypted")


def _blocks(parent: Any, links: dict[str, str]) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield _paragraph(child, links)
        elif child.tag == f"{_W}tbl":
            yield from _table(child, links)
            yield ""
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _blocks(child, links)


def _table(table: Any, links: dict[str, str]) -> Iterator[str]:
    for row in table.iter(f"{_W}tr"):
        # A nested table's rows come with the cell that holds them.
        if next(row.iterancestors(f"{_W}tbl")) is table:
            yield " | ".join(_cell(cell, links) for cell in row.iter(f"{_W}tc") if _row_of(cell) is row)


def _row_of(cell: Any) -> Any:
    return next(cell.iterancestors(f"{_W}tr"), None)


def _cell(cell: Any, links: dict[str, str]) -> str:
    return " ".join(" ".join(_blocks(cell, links)).split(" ")).replace("\n", " ").strip()


def _paragraph(paragraph: Any, links: dict[str, str]) -> str:
    text = "".join(_inline(paragraph, links))
    return f"- {text}" if text.strip() and _is_list_item(paragraph) else text


def _is_list_item(paragraph: Any) -> bool:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return False
    if properties.find(f"{_W}numPr") is not None:
        return True
    style = properties.find(f"{_W}pStyle")
    return style is not None and (style.get(f"{_W}val") or "").lower().startswith(("list", "liste"))


def _inline(element: Any, links: dict[str, str]) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag == f"{_W}hyperlink":
            yield from _link(child, links)
        else:
            # A text box holds paragraphs of its own.
            yield "\n" if child.tag == f"{_W}p" else ""
            yield from _inline(child, links)


def _link(hyperlink: Any, links: dict[str, str]) -> Iterator[str]:
    words = "".join(_inline(hyperlink, links))
    address = links.get(hyperlink.get(_R_ID) or "", "").removeprefix("mailto:")
    yield words
    if address and address.rstrip("/") not in words:
        yield f" ({address})"
