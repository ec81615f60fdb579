"""Thread formats: one file each, found by the registry.

A format module holds ``NAME``, ``EXTENSIONS``, ``sniff(head) -> float`` (0 to 1, the highest reads) and
``read(source, told, *, captured_at) -> Iterator[Draft]``, which never holds a whole file. A format of tables also says
what it proposes of their columns: ``mapping(source) -> TableMapping | None``.
"""

from copilot.importers.threads._load import (
    MAX_BYTES,
    Reading,
    load_thread,
    load_thread_file,
    load_thread_stream,
    mapping_of,
    open_thread,
)

__all__ = ["MAX_BYTES", "Reading", "load_thread", "load_thread_file", "load_thread_stream", "mapping_of", "open_thread"]
