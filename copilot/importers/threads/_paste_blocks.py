"""Cuts a pasted thread into messages, by the times and buttons a network prints around each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from copilot.importers.threads._paste_lines import SEE_MORE, Kind, Line

_FOOTER = frozenset((Kind.TIME, Kind.BUTTON, Kind.COUNT))
_AROUND_NAME = frozenset((Kind.OWNER, Kind.BADGE, Kind.DEGREE, Kind.HANDLE))
_NOT_WORDS = _FOOTER | _AROUND_NAME | {Kind.BLANK, Kind.SORT}
_EDITED = re.compile(r"\W*(?:modifi[ée]e?|edited)\W*", re.I)
_FOLLOW = re.compile(r"\s*[·•]\s*(?:suivre|suivi\(?e?\)?|follow(?:ing)?)$", re.I)
#: "jess_w 3w": Instagram on a telephone has the age beside the name.
_NAME_TIME = re.compile(
    r"(?P<name>[\w.]{2,30})[ \xa0\u202f]+(?P<time>\d{1,3}[ \xa0\u202f]?(?:s|m|min|h|j|d|sem\.?|w|mo|y|ans?))"
)

#: A header holds a name, a handle, a degree, a headline and badges: more lines are someone's text.
_HEADER_LINES = 6


@dataclass(slots=True)
class Block:
    """One message as it was cut out. ``replies`` is how many of the next ones are told to be its replies.

    ``begins`` is the line of its header when that stands above the text, else 0. ``has_more`` is True when a
    button under it offers the rest of the text.
    """

    name: str = ""
    handle: str = ""
    is_owner: bool = False
    lines: list[Line] = field(default_factory=list)
    time: str = ""
    indent: int = 0
    number: int = 0
    begins: int = 0
    replies: int = 0
    answers: str = ""
    has_more: bool = False
    is_edited: bool = False
    #: As those of a line: replies that are not shown, and those that may be.
    folded: int = 0
    counted: int = 0
    is_unfolded: bool = False
    #: It answers the message above, as it says itself.
    is_owner_answer: bool = False


def has_grammar(lines: Sequence[Line]) -> bool:
    """True when times or reply buttons stand around the words."""
    return any(line.kind is Kind.TIME or line.is_reply_button for line in lines) and any(
        line.kind is Kind.WORDS for line in lines
    )


def split_post(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the post above ``Les plus pertinents`` or ``12 commentaires``, and those of the comments."""
    for index, line in enumerate(lines):
        if line.is_reply_button:
            break
        if line.kind is Kind.SORT:
            after = index + 1
            while after < len(lines) and lines[after].kind in (Kind.SORT, Kind.BLANK):
                after += 1
            return list(lines[:index]), list(lines[after:])
    return [], list(lines)


def post_text(lines: Sequence[Line]) -> str:
    """The words of the post, without its author, time and buttons."""
    kept = [line for line in lines if line.kind not in _NOT_WORDS or line.kind is Kind.BLANK]
    times = [line.number for line in lines if line.kind is Kind.TIME]
    if times:
        after = [line for line in kept if line.number > times[0]]
        kept = after if any(line.text for line in after) else kept
    return "\n".join(line.text for line in kept).strip("\n")


def cut(lines: Sequence[Line]) -> list[Block]:
    """The messages of a paste that :func:`has_grammar`."""
    return _cut_by_headers(lines) if _is_time_first(lines) else _cut_by_footers(lines)


def words_above(lines: Sequence[Line], blocks: Sequence[Block]) -> list[Line]:
    """The lines of words above the first of ``blocks``, which :func:`cut` made a part of none."""
    begins = blocks[0].begins if blocks else 0
    return [line for line in takewhile(lambda line: line.number < begins, lines) if line.kind is Kind.WORDS]


def _is_time_first(lines: Sequence[Line]) -> bool:
    """Whether times stand above the texts (YouTube, LinkedIn, X) or below them (Facebook)."""
    shown = [line for line in lines if line.kind is not Kind.BLANK]
    places = [index for index, line in enumerate(shown) if line.kind is Kind.TIME]
    if not places:
        return False
    if any(line.is_owner_answer for line in shown):
        # Only reviews have them, and a review has its time above.
        return True
    above = below = 0
    for place in places:
        up, down = _votes(shown, place)
        above, below = above + up, below + down
    if any(line.kind is Kind.WORDS for line in shown[places[-1] + 1 :]):
        above += 2
    else:
        below += 2
    return above > below


def _votes(shown: Sequence[Line], place: int) -> tuple[int, int]:
    """What one time line says of the layout: (above the text, below it)."""
    line = shown[place]
    if line.ends_header:
        return 3, 0
    before = shown[place - 1].kind if place else None
    earlier = shown[place - 2].kind if place > 1 else None
    after = shown[place + 1].kind if place + 1 < len(shown) else None
    up = 2 * (before in (Kind.HANDLE, Kind.DEGREE))
    if before is Kind.WORDS and earlier in (None, Kind.BUTTON, Kind.COUNT) and after is Kind.WORDS:
        up += 1 if earlier else 2
    down = (after in (None, Kind.BUTTON, Kind.COUNT)) + (before is Kind.BUTTON)
    return up, down


def _cut_by_footers(lines: Sequence[Line]) -> list[Block]:
    blocks: list[Block] = []
    body: list[Line] = []
    index = 0
    while index < len(lines):
        footer = _footer_at(lines, index)
        if not footer:
            body.append(lines[index])
            index += 1
            continue
        body = _give_back_counts(body, footer)
        if any(line.kind not in (Kind.BLANK, Kind.BUTTON, Kind.COUNT) for line in body):
            blocks.append(_block(body, footer))
        elif blocks:
            _close(blocks[-1], footer)
        body = []
        index += len(footer)
    if any(line.kind in (Kind.WORDS, Kind.HANDLE) for line in body):
        blocks.append(_block(body, []))
    return blocks


def _footer_at(lines: Sequence[Line], start: int) -> list[Line]:
    """The run of times, buttons and counts at ``start``, when it closes a message."""
    if lines[start].kind not in _FOOTER:
        return []
    end = start
    while end < len(lines) and (lines[end].kind in _FOOTER or lines[end].kind is Kind.BLANK):
        end += 1
    run = list(lines[start:end])
    return run if any(line.kind is Kind.TIME or line.is_reply_button for line in run) else []


def _give_back_counts(body: list[Line], footer: list[Line]) -> list[Line]:
    """A lone number between a name and its time is what the person wrote, not a count of likes."""
    words = [line for line in body if line.kind in (Kind.WORDS, Kind.HANDLE)]
    if len(words) == 1 and footer[0].kind is Kind.COUNT and footer[-1] is not footer[0]:
        return [*body, footer[0]]
    return body


def _block(body: Sequence[Line], footer: Sequence[Line]) -> Block:
    block = Block()
    rest = list(body)
    while rest and rest[0].kind not in (Kind.WORDS, Kind.HANDLE):
        block.is_owner = rest.pop(0).kind is Kind.OWNER or block.is_owner
    if rest:
        _take_name(block, rest.pop(0))
    while rest and (rest[0].kind in _AROUND_NAME or _repeats(rest[0], block)):
        _take_mark(block, rest.pop(0))
    block.lines = rest or [line for line in body[1:] if line.is_review_count]
    _close(block, footer)
    if not block.time and (found := _NAME_TIME.fullmatch(block.name)):
        block.name, block.time = found["name"], found["time"]
    return block


def _take_name(block: Block, line: Line) -> None:
    block.indent, block.number = line.indent, line.number
    if line.kind is Kind.HANDLE:
        block.handle = line.handle
    else:
        block.name = _FOLLOW.sub("", line.name or line.text).rstrip(" \xa0\u202f·•")
    block.is_owner = block.is_owner or line.is_owner


def _take_mark(block: Block, line: Line) -> None:
    block.is_owner = block.is_owner or line.kind is Kind.OWNER
    block.handle = line.handle or block.handle


def _repeats(line: Line, block: Block) -> bool:
    """LinkedIn prints a name twice: once for the eye, once for screen readers."""
    return line.kind is Kind.WORDS and bool(block.name) and (line.name or line.text) == block.name


def _close(block: Block, footer: Sequence[Line]) -> None:
    for line in footer:
        block.time = block.time or line.time
        block.replies = block.replies or line.replies
        block.answers = block.answers or line.answers
        block.has_more = block.has_more or SEE_MORE.fullmatch(line.text) is not None
        block.is_edited = block.is_edited or line.is_edited
        block.folded = block.folded or line.folded
        block.counted = block.counted or line.counted
        block.is_unfolded = block.is_unfolded or line.is_unfolded


def _cut_by_headers(lines: Sequence[Line]) -> list[Block]:
    places = [index for index, line in enumerate(lines) if line.kind is Kind.TIME]
    named_handles = _names_handles(lines[: places[0]])
    starts: list[int] = []
    bound = 0
    for place in places:
        starts.append(_header_start(lines, bound, place, named_handles))
        bound = place + 1
    ends = [*starts[1:], len(lines)]
    return [
        _block_of_header(lines, start, place, end)
        for start, place, end in zip(starts, places, ends, strict=True)
        if place < end
    ]


def _names_handles(first_header: Sequence[Line]) -> bool:
    """Whether a name stands above each handle (X) or the handle is all there is (YouTube)."""
    kinds = [line.kind for line in first_header if line.kind is not Kind.BLANK]
    return Kind.WORDS in kinds


def _header_start(lines: Sequence[Line], bound: int, place: int, named_handles: bool) -> int:
    """Where the header that ends with the time at ``place`` begins, not before ``bound``."""
    floor, is_clear = bound, bound == 0
    for index in range(place - 1, bound - 1, -1):
        # "Modifié" stands in the header of what was changed.
        if lines[index].kind in (Kind.BUTTON, Kind.COUNT) and not _EDITED.fullmatch(lines[index].text):
            floor, is_clear = index + 1, True
            break
    inline = lines[place]
    if inline.name or inline.is_owner_answer or (inline.handle and not named_handles):
        return place
    segment = [index for index in range(floor, place) if lines[index].kind is not Kind.BLANK]
    words = [index for index in segment if lines[index].kind is Kind.WORDS]
    if is_clear and len(segment) <= _HEADER_LINES and len({lines[index].text for index in words}) <= 2:
        return segment[0] if segment else place
    return _shortest_header(lines, segment, place, named_handles)


def _shortest_header(lines: Sequence[Line], segment: Sequence[int], place: int, named_handles: bool) -> int:
    """Without a button to mark the end of the text above: the fewest lines that can name an author."""
    tail = segment[-_HEADER_LINES:]
    degrees = [index for index in tail if lines[index].kind is Kind.DEGREE]
    limit = degrees[-1] if degrees else place
    start = place
    for index in reversed([index for index in tail if index <= limit]):
        kind = lines[index].kind
        if kind is Kind.HANDLE and not named_handles:
            return index
        if kind is Kind.WORDS:
            return index
        if kind not in _AROUND_NAME:
            break
        start = index
    return start


def _block_of_header(lines: Sequence[Line], start: int, place: int, end: int) -> Block:
    number = lines[start].number
    block = Block(indent=lines[start].indent, number=number, begins=number)
    header = lines[start:place]
    for index, line in enumerate(header):
        if line.kind is Kind.WORDS and (not block.name or _is_above_handle(header, index)):
            _take_name(block, line)
        elif line.kind in _AROUND_NAME:
            _take_mark(block, line)
    inline = lines[place]
    block.name = block.name or inline.name
    block.handle = block.handle or inline.handle
    block.time = inline.time
    block.is_owner, block.is_owner_answer = block.is_owner or inline.is_owner, inline.is_owner_answer
    block.is_edited = any(line.is_edited or _EDITED.fullmatch(line.text) for line in (*header, inline))
    body = list(lines[place + 1 : end])
    counted = [line for line in body if line.is_review_count]
    while body and body[0].kind in (Kind.OWNER, Kind.BADGE, Kind.BLANK):
        _take_mark(block, body.pop(0))
    block.lines, footer = _without_footer(body)
    block.lines = block.lines or counted
    _close(block, [line for line in (*body[:1], *footer) if line.kind is Kind.BUTTON])
    return block


def _is_above_handle(header: Sequence[Line], index: int) -> bool:
    """The name is what stands on the handle (X); above it may be who passed the post on."""
    after = next((line for line in header[index + 1 :] if line.kind is not Kind.BLANK), None)
    return after is not None and after.kind is Kind.HANDLE


def _without_footer(body: list[Line]) -> tuple[list[Line], list[Line]]:
    """The text and the buttons and counts under it; a text that is only a number is a text."""
    end = len(body)
    while end and body[end - 1].kind in (Kind.BUTTON, Kind.COUNT, Kind.BLANK, Kind.SORT):
        end -= 1
    if end == 0 and body and body[0].kind is Kind.COUNT:
        end = 1
    return body[:end], body[end:]
