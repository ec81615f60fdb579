"""The ways to build a post. Each structure lays out the same material differently, and says what may go first.

A structure returns a :class:`Layout` or None when the material does not suit it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from copilot.playbook.post_details import Detail
from copilot.playbook.post_habits import ARTICLE, CAPTION, FEED, MICRO, Habits
from copilot.playbook.post_lexicon import PostLexicon
from copilot.playbook.post_material import Material, leans_back
from copilot.playbook.post_typography import title

KEEP = 0
CALL = 1
CONDITIONS = 2
CARD = 3
NEWS = 9  # the announcing sentence under a headline: it goes only when room lacks for it
DETAIL = 10
SUPPORT = 20
ITEM = 240
EXTRA = 300

#: Themes whose posts are of no use without a date.
_DATED = ("event", "opening", "notice")


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
    if material.announcement.startswith(head):
        head = ""
    if pen.habits.family == ARTICLE and not head and material.all_after and len(material.announcement) <= 130:
        blocks = [_line(title(material.announcement)), *_paragraphs("", material, pen)]
    elif short:
        rest = material.all_after[: 3 if pen.habits.target >= 350 else 1]
        blocks = [_prose(_with_emoji(material.standalone, pen), rest)]
    else:
        opening = material.announcement if head else _with_emoji(material.standalone, pen)
        blocks = [_line(_with_emoji(head, pen))] if head else []
        if pen.habits.family == ARTICLE and material.before:
            blocks.append(_prose(material.before[0], material.before[1:]))
        blocks += _paragraphs(opening, material, pen)
    if not short and not _says_items(material):
        blocks += _items(material, pen, ITEM)
    listed = not short and bool(material.items)
    blocks += _details(material, pen, most=(3 if material.headed else 1) if short else 8, untold=short or not listed)
    return _closed(blocks, material, pen)


def question(material: Material, pen: Pen) -> Layout | None:
    """A question to the reader, answered by the news."""
    hook = material.question or pen.hook
    if not hook:
        return None
    says_when = bool(material.when) and material.when in hook
    answer = (material.standalone_undated if says_when else "") or material.standalone
    if material.title and material.title in hook:
        answer = material.announcement  # the question has named the subject
    pen = replace(pen, closing="") if "?" in pen.closing else pen
    hook = _with_emoji(hook, pen)
    rest = () if pen.habits.family == MICRO else material.after[:3]
    short = pen.habits.family == MICRO
    said = material.after[:1] if len(answer) <= 90 else ()
    blocks = [_prose(f"{hook} {answer}", said)] if short else [_line(hook), _prose(answer, rest)]
    details = _details(material, pen, most=3 if short else 6, untold=not rest)
    if not short and not rest and not details and not _says_items(material):
        blocks += _items(material, pen, ITEM)
    elif pen.habits.family in (FEED, ARTICLE) or material.headed or _is_undated(material):
        blocks += details
    return _closed(blocks, material, pen)


def listing(material: Material, pen: Pen) -> Layout | None:
    """A headline and a list, one point a line."""
    if len(material.items) < 2:
        return None
    head = material.title or (title(material.announcement) if material.headed else material.announcement)
    blocks = [_line(_with_emoji(head, pen))]
    blocks += _items(material, pen, SUPPORT, least=2, most=4 if pen.habits.family == MICRO else 12)
    if material.title and not _says_items(material):
        blocks.insert(1, Block((Piece(material.announcement, NEWS),)))
    if pen.habits.family in (FEED, ARTICLE):
        blocks += _details(material, pen, most=4)
    return _closed(blocks, material, pen)


def card(material: Material, pen: Pen) -> Layout | None:
    """A practical card: when, where, how much, one a line."""
    if len(material.details) < 2:
        return None
    derived = any(detail.derived for detail in material.details)
    head = material.title or (_opening_line(material) if derived else material.announcement)
    if not head:
        return None
    blocks = [_line(_with_emoji(head, pen)), *_card(material, pen)]
    if material.title and not material.headed:
        blocks.insert(1, Block((Piece(material.announcement, NEWS),)))
    return _closed(blocks, material, pen)


def story(material: Material, pen: Pen) -> Layout | None:
    """What it brings first, the news next, the practical lines last."""
    opening = material.story
    if not opening or material.theme == "notice":
        return None  # practical news does not wait
    rest = tuple(one for one in material.after if one != opening and not leans_back(one))
    if opening in material.after:
        rest = tuple(one for one in rest if material.after.index(one) > material.after.index(opening))
    family = pen.habits.family
    if family == MICRO:
        blocks = [_prose(f"{_with_emoji(opening, pen)} {material.standalone}", ())]
    else:
        more = material.before[material.before.index(opening) + 1 :] if opening in material.before else ()
        news = material.announcement if opening in material.before else material.standalone
        blocks = [_prose(_with_emoji(opening, pen), more[:2]), _prose(news, rest[:3])]
    if family in (FEED, ARTICLE):
        blocks += _details(material, pen, most=4)
    return _closed(blocks, material, pen)


def essentials(material: Material, pen: Pen) -> Layout | None:
    """The news, then everything else as points: for long texts read in a hurry."""
    points = [*material.items, *(_as_point(one) for one in material.after if not leans_back(one))][:12]
    if len(points) < 3:
        return None
    head = [_line(material.title)] if material.title else []
    news = material.announcement if head or len(material.announcement) > 130 else title(material.announcement)
    bullet = pen.habits.bullet
    pieces = tuple(Piece(f"{bullet}{point}", ITEM + index) for index, point in enumerate(points))
    opener = _headed(pen.lexicon.words["essentials"], pen)
    blocks = [
        *head,
        _line(news),
        Block(pieces, "\n", least=2, opener=opener),
        *_details(material, pen, most=8),
    ]
    return _closed(blocks, material, pen)


def lead(material: Material, pen: Pen) -> Layout:
    """A short affirmative opening, then the news: what is left when the brief holds one sentence."""
    rest = () if pen.habits.family == MICRO else material.after[:3]
    blocks = [_prose(f"{_with_emoji(pen.lead, pen)} {material.standalone}", rest)]
    details = _details(material, pen, most=4, untold=True)
    if pen.habits.family != MICRO or material.headed or _is_undated(material):
        blocks += details
    if not rest and not details and pen.habits.family != MICRO and not _says_items(material):
        blocks += _items(material, pen, ITEM)
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
    opener = _headed(material.list_title, pen) if material.list_title and material.title != material.list_title else ""
    return [Block(pieces, "\n", least=least, opener=opener)]


def _headed(words: str, pen: Pen) -> str:
    return f"{words} :" if pen.lexicon.language == "fr" else f"{words}:"


def _details(material: Material, pen: Pen, *, most: int, untold: bool = False) -> list[Block]:
    """The practical lines the brief labels; with ``untold``, also the date and place no sentence shown says."""
    chosen = [detail for detail in material.details if not detail.derived or (untold and detail in _unsaid(material))][
        :most
    ]
    pieces = tuple(Piece(_detail_line(detail, pen), DETAIL + index) for index, detail in enumerate(chosen))
    return [Block(pieces, "\n")] if pieces else []


def _card(material: Material, pen: Pen) -> list[Block]:
    """Every practical line, those drawn from sentences too."""
    lines = [_detail_line(detail, pen) for detail in material.details[:6]]
    return [Block(tuple(Piece(line, CARD + index) for index, line in enumerate(lines)), "\n")]


def _unsaid(material: Material) -> list[Detail]:
    """The date and the place that matter to the theme and that the announcement does not give."""
    if material.theme not in _DATED:
        return []
    return [one for one in material.details if one.derived and not one.announced and one.kind in ("when", "where")]


def _is_undated(material: Material) -> bool:
    """True when a date is known that the announcement does not give."""
    return any(detail.kind == "when" for detail in _unsaid(material))


def _paragraphs(opening: str, material: Material, pen: Pen) -> list[Block]:
    """The announcement and what follows, in the brief's own paragraphs, none longer than a screen of telephone."""
    longest = 4 if pen.habits.family == ARTICLE else 3
    blocks: list[list[Piece]] = [[Piece(opening)] if opening else []]
    last = material.paragraphs[0]
    for index, (text, paragraph) in enumerate(zip(material.all_after, material.paragraphs[1:], strict=True)):
        if blocks[-1] and (paragraph != last or len(blocks[-1]) >= longest) and not leans_back(text):
            blocks.append([])
        blocks[-1].append(Piece(text, SUPPORT + index))
        last = paragraph
    return [Block(tuple(pieces)) for pieces in blocks if pieces]


def _detail_line(detail: Detail, pen: Pen) -> str:
    mark = (pen.detail_emoji or {}).get(detail.kind, "")
    colon = " : " if pen.lexicon.language == "fr" else ": "
    return f"{mark} {detail.label}{colon}{detail.text}".strip()


def _says_items(material: Material) -> bool:
    """True when the announcement is the list itself, written on one line."""
    return bool(material.items) and material.items[-1].casefold() in material.announcement.casefold()


def _opening_line(material: Material) -> str:
    """A sentence to head a card whose lines come from the announcement itself."""
    return next(
        (one for one in (*material.before, *material.after) if not leans_back(one) and 30 <= len(one) <= 140), ""
    )


def _as_point(text: str) -> str:
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _closed(blocks: list[Block], material: Material, pen: Pen) -> Layout:
    told = not material.link or any(material.link in block.text for block in blocks)
    call = material.call if told else material.call_alone
    if call:
        mark = f"{pen.call_emoji} " if pen.call_emoji and "://" in call else ""
        blocks.append(Block((Piece(mark + call, CALL),)))
    elif pen.closing and not material.conditions:
        blocks.append(Block((Piece(pen.closing, EXTRA),)))
    if material.conditions:
        blocks.append(Block(tuple(Piece(one, CONDITIONS) for one in material.conditions)))
    blocks += [_line(one) for one in material.legal]
    return Layout(tuple(blocks))
