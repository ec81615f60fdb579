"""Which pasted message answers which, when the paste tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copilot.importers.threads._linking import Draft
from copilot.importers.threads._paste_blocks import Block

_MENTION = re.compile(r"@([\w.\-]{1,50})")

#: Words a full name may have; a single word is too often no name at all.
_NAME_WORDS = (4, 3, 2)

#: "3 d", "1 sem.", "il y a 2 h": whole units that have gone by, by the seconds of each.
_AGES = {
    1: r"s(?:ec\w*)?",
    60: r"mn|m(?:in\w*)?",
    3600: r"h(?:rs?|ours?|eures?)?",
    86_400: r"j(?:ours?)?|d(?:ays?)?",
    604_800: r"sem(?:aines?)?|w(?:ks?|eeks?)?",
    2_592_000: r"mo(?:is|s|nths?)?",
    31_536_000: r"an(?:s|n[ée]es?)?|y(?:rs?|ears?)?",
}
_AGE = tuple(
    (seconds, re.compile(rf"(\d{{1,3}})[ \xa0\u202f]?(?:{unit})(?!\w)", re.I)) for seconds, unit in _AGES.items()
)


def nest(drafts: Sequence[Draft], blocks: Sequence[Block]) -> None:
    """Set ``above`` of each draft: told replies, ``En réponse à``, indentation, or the name it opens with.

    Which drafts are the owner's is known by then.
    """
    latest: dict[str, int] = {}
    review: int | None = None
    told: dict[int, int] = {}
    indents: list[tuple[int, int]] = []
    for index, (draft, block) in enumerate(zip(drafts, blocks, strict=True)):
        while indents and indents[-1][0] >= block.indent:
            indents.pop()
        by_indent = indents[-1][1] if indents else None
        draft.above = next(
            (
                found
                for found in (
                    review if block.is_owner_answer else None,
                    _answered(block, latest),
                    by_indent,
                    told.get(index),
                    _addressed(draft, latest),
                )
                if found is not None
            ),
            None,
        )
        if not draft.author.is_owner:
            review = index
        indents.append((block.indent, index))
        below = block.replies or _conversing(drafts, blocks, index)
        told.update({index + step: index for step in range(1, below + 1) if index + step < len(drafts)})
        for shown in (draft.author.name, draft.author.handle):
            if shown:
                latest[shown.casefold()] = index


def _conversing(drafts: Sequence[Draft], blocks: Sequence[Block], index: int) -> int:
    """How many messages right below one are what the owner answers, then what its author says to that.

    Only where the network tells of replies. Those of others may as well be the next comment of the post.
    """
    above, block = drafts[index], blocks[index]
    limit = block.counted or (len(drafts) if block.is_unfolded else 0)
    if above.author.is_owner:
        return 0
    found = 0
    for place in range(index + 1, min(index + 1 + limit, len(drafts))):
        draft = drafts[place]
        is_of_both = draft.author.is_owner or (found > 0 and draft.author == above.author)
        if not is_of_both or _has_replies(blocks[place]) or _is_before(draft, above):
            break
        found += 1
    return found


def _has_replies(block: Block) -> bool:
    return bool(block.counted or block.folded or block.replies or block.is_unfolded)


def _is_before(draft: Draft, other: Draft) -> bool:
    """True when ``draft`` was written before ``other``, as far as "2 d" and "1 w" tell."""
    first, second = _age(draft), _age(other)
    return first is not None and second is not None and first[0] >= second[1]


def _age(draft: Draft) -> tuple[int, int] | None:
    """The seconds between which the age of a message is; None where it is told otherwise."""
    words = draft.when.words or ""
    for seconds, pattern in _AGE:
        if found := pattern.search(words):
            count = int(found[1])
            return count * seconds, (count + 1) * seconds
    return None


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
