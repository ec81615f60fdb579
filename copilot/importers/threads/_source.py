"""A file of comments, read from its beginning as often as needed and never whole."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TextIO

from copilot.importers._decoding import encoding_of
from copilot.importers.threads._linking import Warnings

#: Bytes looked at to recognise a format and its encoding.
HEAD_BYTES = 262_144


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file.

    ``text`` is decoded, without its mark, line ends as ``\\n``; empty for a container. ``members`` are the names in a zip
    container, empty otherwise. ``whole`` is True when nothing follows.
    """

    name: str
    text: str
    encoding: str
    members: tuple[str, ...] = ()
    whole: bool = False


@dataclass(slots=True)
class Report:
    """What a format says of a conversation beside its messages; complete once they were all read.

    ``truncated``: the file ends in the middle of something. ``origin`` is what the network calls the conversation (the
    address or id of the post), empty when the file does not say.
    """

    title: str = ""
    network: str = ""
    post_text: str = ""
    origin: str = ""
    truncated: bool = False
    warnings: Warnings = field(default_factory=Warnings)


class Source:
    """A file on disk, or bytes in memory, opened anew at each reading."""

    def __init__(self, content: Path | bytes, name: str) -> None:
        """Read the beginning of ``content``; ``name`` is what the person calls it."""
        self._content = content
        self.name = name
        self.size = content.stat().st_size if isinstance(content, Path) else len(content)
        with self.open() as stream:
            start = stream.read(HEAD_BYTES)
        self.encoding = encoding_of(start)
        whole = len(start) == self.size
        shown = codecs.getincrementaldecoder(self.encoding)("replace").decode(start, whole)
        self.head = Head(name, _lines(shown.lstrip("\ufeff")), self.encoding, whole=whole)

    def open(self) -> BinaryIO:
        """The bytes, from the first. Close it."""
        return self._content.open("rb") if isinstance(self._content, Path) else io.BytesIO(self._content)

    def open_text(self) -> TextIO:
        """The characters, from the first; bad bytes become U+FFFD. Close it."""
        stream = io.TextIOWrapper(self.open(), encoding=self.encoding, errors="replace", newline=None)
        if stream.read(1) not in ("\ufeff", ""):
            stream.seek(0)
        return stream

    def utf8(self) -> Iterator[bytes]:
        """The text again, as UTF-8 without mark, in pieces: for parsers that take bytes."""
        with self.open_text() as stream:
            while piece := stream.read(65_536):
                yield piece.encode("utf-8", "replace")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
