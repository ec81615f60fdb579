"""Thread formats: one file each, found by the registry.

A format module holds ``NAME``, ``EXTENSIONS``, ``sniff(head) -> float`` (0 to 1, the highest reads) and
``read(source, told, *, captured_at) -> Iterator[Draft]``, which never holds a whole file. A format of tables also says
what it proposes of their columns: ``mapping(source) -> TableMapping | None``.
"""

from copilot.importers.threads._archive import Archive, Found, Left, archive_of
from copilot.importers.threads._load import (
    Reading,
    load_thread,
    load_thread_file,
    load_thread_stream,
    mapping_of,
    open_thread,
)
from copilot.importers.threads._packed import Packed, Pages
from copilot.importers.threads._recognising import MAX_BYTES
from copilot.importers.threads._source import Content, size_of

__all__ = [
    "MAX_BYTES",
    "Archive",
    "Content",
    "Found",
    "Left",
    "Packed",
    "Pages",
    "Reading",
    "archive_of",
    "load_thread",
    "load_thread_file",
    "load_thread_stream",
    "mapping_of",
    "open_thread",
    "size_of",
]
