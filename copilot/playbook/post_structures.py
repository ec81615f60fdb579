"""The ways to build a post. Each structure lays out the same material differently, and says what may go first.

A structure returns a :class:`Layout` or None when the material does not suit it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from copilot.playbook.post_habits import ARTICLE, CAPTION, FEED, MICRO, Habits
from copilot.playbook.post_lexicon import PostLexicon
from copilot.playbook.post_material import Detail, Material, leans_back

KEEP = 0
CALL = 1
DETAIL = 10
SUPPORT = 20
ITEM = 40
EXTRA = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. ``rank`` 0 stays to the end; the highest rank goes first when room lacks."""

    text: str
    rank: int = KEEP


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (``joined`` with spaces) or a list (with line ends). A list below ``least`` pieces goes whole."""

    pieces: tuple[Piece, ...]
    joined: str = " "
    least: int = 1
    opener: str = ""

    def kept(self, limit: int) -> Block | None:
        """The block without the pieces ranked ``limit`` or more."""
        pieces = tuple(piece for piece in self.pieces if piece.rank < limit)
        return replace(self, pieces=pieces) if len(pieces) >= self.least else None

    @property
    def text(self) -> str:
        """The block as it is shown."""
        body = self.joined.join(piece.text for piece in self.pieces)
        return f"{self.opener}\n{body}" if self.opener else body


@dataclass(frozen=True, slots=True)
class Layout:
    """A post before it is fitted: its blocks, in order."""

    blocks: tuple[Block, ...]

    def kept(self, limit: int) -> Layout:
        """The layout without the pieces ranked ``limit`` or more."""
        return Layout(tuple(kept for kept in (block.kept(limit) for block in self.blocks) if kept))

    @property
    def ranks(self) -> tuple[int, ...]:
        """The ranks in use, highest first, those that always stay left out."""
        return tuple(
            sorted({piece.rank for block in self.blocks for piece in block.pieces if piece.rank}, reverse=True)
        )

    @property
    def text(self) -> str:
        """The post, its blocks apart by an empty line."""
        return "\n\n".join(block.text for block in self.blocks if block.text)


@dataclass(frozen=True, slots=True)
class Pen:
    """What a structure writes with: the network's habits, the language, phrases already chosen."""

    habits: Habits
    lexicon: PostLexicon
    hook: str
    lead: str
    closing: str
    emoji: str = ""
    detail_emoji: Mapping[str, str] | None = None
    call_emoji: str = ""


def announce(material: Material, pen: Pen) -> Layout:
    """The news first, then what supports it, the practical lines, the call to action."""
    short = pen.habits.family == MICRO
    head = "" if short or pen.habits.family == CAPTION else material.title
    blocks = [_line(_with_emoji(head, pen))] if head else []
    opening = material.announcement if head else _with_emoji(material.announcement, pen)
    blocks.append(_prose(opening, material.after[:1] if short else material.after))
    if not short:
        blocks += _items(material, pen, ITEM)
    blocks += _details(material, pen, derived=False, most=1 if short else 8)
    return _closed(blocks, material, pen)


def question(material: Material, pen: Pen) -> Layout | None:
    """A question to the reader, answered by the news."""
    hook = material.question or pen.hook
    if not hook:
        return None
    says_when = bool(material.when) and material.when in hook
    answer = material.undated if says_when and material.undated else material.announcement
    hook = _with_emoji(hook, pen)
    rest = () if pen.habits.family == MICRO else material.after[:3]
    short = pen.habits.family == MICRO
    blocks = [_line(f"{hook} {answer}")] if short else [_line(hook), _prose(answer, rest)]
    if pen.habits.family in (FEED, ARTICLE):
        blocks += _details(material, pen, derived=False, most=6)
    return _closed(blocks, material, pen)


def listing(material: Material, pen: Pen) -> Layout | None:
    """A headline and a list, one point a line."""
    if len(material.items) < 2:
        return None
    head = material.title or material.announcement
    blocks = [_line(_with_emoji(head, pen))]
    blocks += _items(material, pen, SUPPORT, least=2, most=4 if pen.habits.family == MICRO else 12)
    if material.title and pen.habits.family != MICRO:
        blocks.append(Block((Piece(material.announcement, SUPPORT - 1),)))
    if pen.habits.family in (FEED, ARTICLE):
        blocks += _details(material, pen, derived=False, most=4)
    return _closed(blocks, material, pen)


def card(material: Material, pen: Pen) -> Layout | None:
    """A practical card: when, where, how much, one a line."""
    if len(material.details) < 2:
        return None
    derived = any(detail.derived for detail in material.details)
    head = material.title or (_opening_line(material) if derived else material.announcement)
    if not head:
        return None
    blocks = [_line(_with_emoji(head, pen)), *_details(material, pen, derived=True, most=6, rank=KEEP + 2)]
    if pen.habits.family != MICRO and material.title and not derived:
        blocks.insert(1, Block((Piece(material.announcement, SUPPORT),)))
    return _closed(blocks, material, pen)


def story(material: Material, pen: Pen) -> Layout | None:
    """What it brings first, the news next, the practical lines last."""
    opening = material.story
    if not opening:
        return None
    rest = tuple(one for one in material.after if one != opening and not leans_back(one))
    if opening in material.after:
        rest = tuple(one for one in rest if material.after.index(one) > material.after.index(opening))
    family = pen.habits.family
    if family == MICRO:
        blocks = [_prose(f"{_with_emoji(opening, pen)} {material.announcement}", ())]
    else:
        blocks = [_line(_with_emoji(opening, pen)), _prose(material.announcement, rest[:3])]
    if family in (FEED, ARTICLE):
        blocks += _details(material, pen, derived=False, most=4)
    return _closed(blocks, material, pen)


def essentials(material: Material, pen: Pen) -> Layout | None:
    """The news, then everything else as points: for long texts read in a hurry."""
    points = [*material.items, *(_as_point(one) for one in material.after if not leans_back(one))][:12]
    if len(points) < 3:
        return None
    head = [_line(material.title)] if material.title else []
    bullet = pen.habits.bullet
    pieces = tuple(Piece(f"{bullet}{point}", ITEM + index) for index, point in enumerate(points))
    opener = pen.lexicon.words["essentials"] + (" :" if pen.lexicon.language == "fr" else ":")
    blocks = [
        *head,
        _line(material.announcement),
        Block(pieces, "\n", least=2, opener=opener),
        *_details(material, pen, derived=False, most=8),
    ]
    return _closed(blocks, material, pen)


def lead(material: Material, pen: Pen) -> Layout:
    """A short affirmative opening, then the news: what is left when the brief holds one sentence."""
    blocks = [_prose(f"{_with_emoji(pen.lead, pen)} {material.announcement}", ())]
    if pen.habits.family != MICRO:
        blocks += _details(material, pen, derived=False, most=4)
    return _closed(blocks, material, pen)


STRUCTURES: Mapping[str, Callable[[Material, Pen], Layout | None]] = {
    "announce": announce,
    "question": question,
    "list": listing,
    "card": card,
    "story": story,
    "essentials": essentials,
    "lead": lead,
}


def _with_emoji(text: str, pen: Pen) -> str:
    return f"{pen.emoji} {text}" if pen.emoji else text


def _line(text: str) -> Block:
    return Block((Piece(text),))


def _prose(first: str, rest: Sequence[str]) -> Block:
    """A paragraph: its first sentence stays, a sentence that leans on one before goes with it or sooner."""
    return Block((Piece(first), *(Piece(one, SUPPORT + index) for index, one in enumerate(rest))))


def _items(material: Material, pen: Pen, rank: int, *, least: int = 2, most: int = 12) -> list[Block]:
    items = material.items[:most]
    if len(items) < least:
        return []
    pieces = tuple(Piece(f"{pen.habits.bullet}{item}", rank + index) for index, item in enumerate(items))
    return [Block(pieces, "\n", least=least)]


def _details(material: Material, pen: Pen, *, derived: bool, most: int, rank: int = DETAIL) -> list[Block]:
    """The practical lines; those drawn from sentences only where the sentences themselves are not shown."""
    chosen = [detail for detail in material.details if derived or not detail.derived][:most]
    pieces = tuple(Piece(_detail_line(detail, pen), rank + index) for index, detail in enumerate(chosen))
    return [Block(pieces, "\n")] if pieces else []


def _detail_line(detail: Detail, pen: Pen) -> str:
    mark = (pen.detail_emoji or {}).get(detail.kind, "")
    colon = " : " if pen.lexicon.language == "fr" else ": "
    return f"{mark} {detail.label}{colon}{detail.text}".strip()


def _opening_line(material: Material) -> str:
    """A sentence to head a card whose lines come from the announcement itself."""
    return next((one for one in (*material.before, *material.after) if not leans_back(one) and len(one) <= 140), "")


def _as_point(text: str) -> str:
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _closed(blocks: list[Block], material: Material, pen: Pen) -> Layout:
    if material.call:
        mark = f"{pen.call_emoji} " if pen.call_emoji and "://" in material.call else ""
        blocks.append(Block((Piece(mark + material.call, CALL),)))
    elif pen.closing:
        blocks.append(Block((Piece(pen.closing, EXTRA),)))
    blocks += [_line(one) for one in material.legal]
    return Layout(tuple(blocks))
