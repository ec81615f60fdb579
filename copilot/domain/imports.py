"""What an import found, and what it did to a conversation that was there already."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from copilot.domain.conversation import Author, Urgency


@dataclass(frozen=True, slots=True)
class Shape:
    """What a conversation is made of. ``max_depth`` is 0 when nothing answers anything.

    ``duplicates`` are messages of the file whose id another one had already.
    """

    messages: int = 0
    roots: int = 0
    max_depth: int = 0
    owner_replies: int = 0
    deleted: int = 0
    duplicates: int = 0


def in_all(shapes: Sequence[Shape]) -> Shape:
    """What several conversations are made of."""
    return Shape(
        sum(one.messages for one in shapes),
        sum(one.roots for one in shapes),
        max((one.max_depth for one in shapes), default=0),
        sum(one.owner_replies for one in shapes),
        sum(one.deleted for one in shapes),
        sum(one.duplicates for one in shapes),
    )


@dataclass(frozen=True, slots=True)
class Updated:
    """What a later export of the same conversation brought; a message counts once, ``lapsed`` counts replies.

    ``answered``: a reply of ours is now below. ``lapsed``: replies that are drafts again, since what they answer is
    another text or gone.
    """

    added: int = 0
    changed: int = 0
    deleted: int = 0
    answered: int = 0
    unchanged: int = 0
    lapsed: int = 0


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A message that is not stored yet: ``text`` is its beginning."""

    urgency: Urgency
    author: Author
    text: str


@dataclass(frozen=True, slots=True)
class SoFar:
    """What an import has read and triaged by now.

    ``urgent`` counts the messages of the most urgent classes; ``first`` are the gravest of them, the gravest first.
    """

    messages: int = 0
    urgent: Mapping[Urgency, int] = field(default_factory=dict)
    first: tuple[Glimpse, ...] = ()


@dataclass(frozen=True, slots=True)
class FileLeft:
    """A file of an archive that was not read; ``why`` ends a key ``thread.left.*``."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What stands in an archive beside the conversations that were read of it.

    ``left`` names the first files left aside, photos and films but counted; ``left_count`` counts all of them.
    ``truncated``: the archive ends too early.
    """

    left: tuple[FileLeft, ...] = ()
    left_count: int = 0
    truncated: bool = False


def max_depth(parents: Sequence[int]) -> int:
    """How deep the deepest message is, 0 at the top. ``parents`` are places in the same list, negative at the top.

    A loop must not be in it.
    """
    depths = array("i", [-1]) * len(parents)
    deepest = 0
    for start in range(len(parents)):
        place, steps = start, 0
        while place >= 0 and depths[place] < 0:
            place, steps = parents[place], steps + 1
        depth = (depths[place] if place >= 0 else -1) + steps
        deepest = max(deepest, depth)
        place = start
        while place >= 0 and depths[place] < 0:
            depths[place], depth = depth, depth - 1
            place = parents[place]
    return deepest


#: The parts of a message that a column may hold, in the order a person looks for them.
PARTS = (
    *("text", "author", "handle", "date", "clock", "id", "parent", "rating", "likes"),
    *("title", "reply", "reply_date", "owner", "edited", "deleted", "hidden", "link"),
)


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How the columns of a table are read; a person may correct it, and it is remembered by its ``signature``.

    ``parts`` maps a part of a message (``text``, ``author``, ``date``...) to its column, from 0; ``header`` is the line
    that names the columns, from 1, or 0 without one; ``delimiter`` and ``sheet`` are empty where they do not apply.
    ``sample`` holds the first rows as they are, ``is_guess`` is True when nothing in the file names the text,
    ``is_said`` when a person said what the columns are. ``guessed`` are the parts that only the cells of their column
    betray. ``top`` holds the first rows with their lines, one of which may be the header; ``known_as`` the signature
    that the table has under each header it could have, the likeliest first (both empty where there is no choice).
    ``numbers`` is the column whose ``1-1`` under ``1`` tell which message answers which, where no other says so.
    """

    signature: str
    columns: tuple[str, ...]
    parts: Mapping[str, int]
    header: int = 1
    delimiter: str = ""
    sheet: str = ""
    encoding: str = ""
    sample: tuple[tuple[str, ...], ...] = ()
    is_guess: bool = False
    is_said: bool = False
    guessed: tuple[str, ...] = ()
    top: tuple[tuple[int, tuple[str, ...]], ...] = ()
    known_as: tuple[tuple[int, str], ...] = ()
    numbers: int | None = None
