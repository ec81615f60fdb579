"""Brief formats: one file each, found by the registry.

A format module holds ``NAME``, ``EXTENSIONS``, ``sniff(head, name) -> bool`` (exactly one format says yes)
and ``read(content) -> str``.
"""

from copilot.importers.briefs._load import MAX_BYTES, load_brief, load_brief_file, load_brief_stream

__all__ = ["MAX_BYTES", "load_brief", "load_brief_file", "load_brief_stream"]
