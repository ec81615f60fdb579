"""Which pasted message answers which, when the paste tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copilot.importers.threads._linking import Draft
from copilot.importers.threads._paste_blocks import Block

_MENTION = re.compile(r"@([\w.\-]{1,50})")

#: Words a full name may have; a single word is too often no name at all.
_NAME_WORDS = (4, 3, 2)


def nest(drafts: Sequence[Draft], blocks: Sequence[Block]) -> None:
    """Set ``above`` of each draft: told replies, ``En réponse à``, indentation, or the name it opens with."""
    latest: dict[str, int] = {}
    told: dict[int, int] = {}
    indents: list[tuple[int, int]] = []
    for index, (draft, block) in enumerate(zip(drafts, blocks, strict=True)):
        while indents and indents[-1][0] >= block.indent:
            indents.pop()
        by_indent = indents[-1][1] if indents else None
        draft.above = next(
            (
                found
                for found in (_answered(block, latest), by_indent, told.get(index), _addressed(draft, latest))
                if found is not None
            ),
            None,
        )
        indents.append((block.indent, index))
        told.update({index + step: index for step in range(1, block.replies + 1) if index + step < len(drafts)})
        for shown in (draft.author.name, draft.author.handle):
            if shown:
                latest[shown.casefold()] = index


def _answered(block: Block, latest: dict[str, int]) -> int | None:
    return latest.get(block.answers.lstrip("@").casefold()) if block.answers else None


def _addressed(draft: Draft, latest: dict[str, int]) -> int | None:
    """The last message of the person named at the very beginning of the text, themselves excepted."""
    opening = draft.text[:120]
    mention = _MENTION.match(opening)
    words = opening.split()
    names = [mention.group(1)] if mention else [" ".join(words[:count]) for count in _NAME_WORDS]
    for name in names:
        key = name.rstrip(",:;.!?").casefold()
        if key and key not in (draft.author.name.casefold(), draft.author.handle.casefold()):
            found = latest.get(key)
            if found is not None:
                return found
    return None
