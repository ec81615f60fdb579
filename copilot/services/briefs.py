"""Briefs before anything is stored: the text of a file, the facts of a text."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from copilot.domain.post import FoundFact
from copilot.paths import assets_dir

#: The longest brief read, in characters: a hundred pages.
MOST_CHARACTERS = 200_000
#: The brief shown to whoever wants to try.
EXAMPLE = "lancement-heron.md"


@dataclass(frozen=True, slots=True)
class BriefFile:
    """A file read as a brief. ``left_out`` is how many characters past :data:`MOST_CHARACTERS` it held."""

    name: str
    text: str
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class FactsRead:
    """The language of a text, ``fr`` or ``en``, and its facts; their offsets are Python's."""

    language: str
    facts: tuple[FoundFact, ...]


class Briefs:
    """Reads briefs. Parsing runs beside the loop, so that a heavy file holds nothing up."""

    async def read_file(self, path: Path) -> BriefFile:
        """The text of a file: plain text, Markdown, HTML, Word or PDF. Its size is checked before it is read.

        Raises:
            UserError: ``brief.missing``, ``brief.is_folder``, ``brief.unreadable``, ``brief.too_large``,
                ``brief.empty``, ``brief.binary``, or what the format says (``brief.pdf_*``, ``brief.docx_*``).
            OutsideError: ``brief.disk``.
        """
        from copilot.importers.briefs import load_brief_file

        text, _ = await asyncio.to_thread(load_brief_file, path)
        return _cut(BriefFile(path.name, text))

    async def facts(self, text: str, language: str = "auto") -> FactsRead:
        """What is found in ``text``; nothing in an empty one.

        Raises:
            UserError: ``language.unknown``.
        """
        if not text.strip():
            return FactsRead(language if language in ("fr", "en") else "fr", ())
        # Imported before the thread is entered: two threads that import one package at a time can refuse each other.
        from copilot.services.posts import read_brief_text

        read = await asyncio.to_thread(read_brief_text, text[:MOST_CHARACTERS], "", language)
        return FactsRead(read.brief.language, read.facts)

    async def example(self) -> BriefFile:
        """The brief of the demonstration."""
        return await self.read_file(assets_dir() / "demo" / "briefs" / EXAMPLE)


def _cut(file: BriefFile) -> BriefFile:
    over = len(file.text) - MOST_CHARACTERS
    return replace(file, text=file.text[:MOST_CHARACTERS], left_out=over) if over > 0 else file
