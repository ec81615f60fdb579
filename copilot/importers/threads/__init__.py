"""Thread formats: one file each, found by the registry.

A format module holds ``NAME``, ``sniff(text, name) -> float`` (0 to 1, the highest reads) and
``read(text, *, network, captured_at) -> ImportedThread``.
"""

from copilot.importers.threads._load import MAX_BYTES, load_thread, load_thread_file, load_thread_stream

__all__ = ["MAX_BYTES", "load_thread", "load_thread_file", "load_thread_stream"]
