"""PDF files that hold text; a scan is said to be one."""

from __future__ import annotations

import io
import logging
import time
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from copilot.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "pdf"
EXTENSIONS = (".pdf",)

MAX_PAGES = 200

#: Seconds given to the whole file; a brief of 200 pages takes a few.
MAX_SECONDS = 30.0

#: Decoded drawing instructions of one page, in bytes: a page of text takes some tens of thousands.
MAX_PAGE_BYTES = 4_000_000


def sniff(head: bytes, name: str) -> bool:
    """True for the PDF signature, which may follow a little rubbish."""
    return b"%PDF-" in head[:1024]


def read(content: bytes) -> str:
    """The text of every page, a blank line between pages.

    Raises:
        UserError: ``brief.pdf_encrypted``, ``brief.pdf_scanned``, ``brief.pdf_broken``,
            ``brief.pdf_too_long`` (pages), ``brief.pdf_too_heavy`` (time or size of a page).
    """
    try:
        with _quiet():
            pages = _pages_text(content)
    except UserError:
        raise
    # pypdf raises many kinds on a damaged file (its own, KeyError, TypeError, RecursionError...).
    except Exception as error:
        raise UserError("brief.pdf_broken") from error
    if not any(page.strip() for page in pages):
        raise UserError("brief.pdf_scanned", count=len(pages))
    return "\n\n".join(page.strip() for page in pages)


def _pages_text(content: bytes) -> list[str]:
    import pypdf
    from pypdf.errors import DependencyError

    # Without its end mark a file was cut: what is left may lack pages nobody would miss until too late.
    if b"%%EOF" not in content[-4096:]:
        raise UserError("brief.pdf_broken")
    reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
    try:
        # Many files are encrypted with an empty password: anyone may read those.
        if reader.is_encrypted and not reader.decrypt(""):
            raise UserError("brief.pdf_encrypted")
        count = len(reader.pages)
    except DependencyError as error:
        raise UserError("brief.pdf_encrypted") from error
    if count == 0:
        raise UserError("brief.pdf_broken")
    if count > MAX_PAGES:
        raise UserError("brief.pdf_too_long", pages=count, max_pages=MAX_PAGES)
    deadline = time.monotonic() + MAX_SECONDS
    return [_page_text(page, deadline) for page in reader.pages]


def _page_text(page: Any, deadline: float) -> str:
    def on_time(*_operation: object) -> None:
        if time.monotonic() > deadline:
            raise UserError("brief.pdf_too_heavy")

    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > MAX_PAGE_BYTES:
        raise UserError("brief.pdf_too_heavy")
    on_time()
    text: str = page.extract_text(visitor_operand_before=on_time)
    return text


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf's remarks about a file away from the person: what matters becomes one of our errors."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
