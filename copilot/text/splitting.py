"""A long text as a thread: parts that each fit, cut where a reader would pause, and that give the text back exactly.

A part ends with a sentence where one does within the limit, else with a clause, else with a word; only a run without
a space longer than a whole part is cut between two signs, never inside a link, a hashtag or a mention that a part can
hold. The space between two parts belongs to neither; it is kept beside them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType

from copilot.domain.network import Limit, Network
from copilot.errors import UserError
from copilot.text.measure import measure
from copilot.text.measure.entities import entities, hashtags
from copilot.text.measure.graphemes import grapheme_floor
from copilot.text.measure.links import find_links
from copilot.text.sentences import CLAUSE, SENTENCE, WORD, cuts

SIGN = "sign"
END = "end"

#: How a part says its place, after its text. French readers meet "(1/3)"; English ones a line of its own.
NUMBERING = {"fr": " ({n}/{total})", "en": "\n{n}/{total}"}

#: Characters looked at past the limit at first: most texts count one a character, a long link on X fewer.
_MORE = 64


@dataclass(frozen=True, slots=True)
class Part:
    """One post of a thread: ``text`` is what goes out, ``body`` with its numbering.

    ``before`` and ``after`` are the spaces of the text around ``body`` that do not go out. ``ends`` says after what
    the part was cut: ``sentence``, ``clause``, ``word``, ``sign`` (inside a word), or ``end`` for the last one.
    """

    number: int
    total: int
    text: str
    body: str
    before: str = ""
    after: str = ""
    ends: str = END


@dataclass(frozen=True, slots=True)
class _Piece:
    body: str
    after: str
    ends: str


def split(
    text: str,
    network: Network,
    part: str = "post",
    limit: int | None = None,
    numbered: bool = True,
    *,
    language: str = "fr",
) -> tuple[Part, ...]:
    """``text`` as parts that each fit ``network``; one part, unnumbered, when it fits whole; none when it is empty.

    Args:
        text: What a person wrote.
        network: The network.
        part: What each part is published as: ``post``, ``reply``...
        limit: A limit of the account or the server, in place of the network's.
        numbered: Whether each part says its place, which counts in its length.
        language: ``fr`` or ``en``: how the place is written.

    Raises:
        UserError: ``split.impossible`` when not even one sign and its numbering fit.
    """
    if not text:
        return ()
    whole = measure(text, network, part, limit=limit)
    if whole.limit is None or whole.count <= whole.limit:
        return (Part(1, 1, text, text),)
    before = text[: _skip_spaces(text, 0)]
    rule = _rule(network, part, limit)
    # No part holds more than the limit, but for the spaces left out: how many figures their number will have.
    digits = len(str(max(whole.count // whole.limit, 1)))
    while True:
        form = NUMBERING.get(language, NUMBERING["en"]) if numbered else ""
        widest = form.format(n="9" * digits, total="9" * digits)
        pieces = _Cutter(text, len(before), network, rule, widest).pieces()
        if not numbered or len(str(len(pieces))) <= digits:
            return _parts(pieces, before, form)
        digits += 1


def rejoin(parts: Iterable[Part]) -> str:
    """The text ``parts`` were made of, exactly."""
    return "".join(part.before + part.body + part.after for part in parts)


def _parts(pieces: list[_Piece], before: str, form: str) -> tuple[Part, ...]:
    total = len(pieces)
    return tuple(
        Part(
            number,
            total,
            piece.body + (form.format(n=number, total=total) if piece.body and total > 1 else ""),
            piece.body,
            before if number == 1 else "",
            piece.after,
            piece.ends,
        )
        for number, piece in enumerate(pieces, 1)
    )


def _fits(text: str, network: Network) -> bool:
    """Whether the length is right: a sign X refuses makes no text longer."""
    found = measure(text, network)
    return found.limit is None or found.count <= found.limit


def _rule(network: Network, part: str, limit: int | None) -> Limit:
    rule = network.limit(part)
    return rule if limit is None else replace(rule, max=limit)


def _skip_spaces(text: str, at: int) -> int:
    """Where the spaces that begin at ``at`` end; one that a mark combines with is no longer a space."""
    stop = at
    while stop < len(text) and text[stop].isspace():
        stop += 1
    return at + grapheme_floor(text[at : stop + 1], stop - at)


class _Cutter:
    """Goes through a text once, taking each time as much as fits and ends well."""

    def __init__(self, text: str, start: int, network: Network, rule: Limit, marker: str) -> None:
        self.text = text
        self.at = start
        self.label = network.label
        self.limit = rule.max
        self.network = replace(network, parts=MappingProxyType({"post": _less(rule, marker, network)}))
        self.room = self.network.parts["post"].max or 0
        found = list(cuts(text))
        self.places = {kind: [cut.at for cut in found if cut.kind == kind] for kind in (SENTENCE, CLAUSE, WORD)}
        self.wholes = _wholes(text, network)
        self.starts = [start for start, _ in self.wholes]

    def pieces(self) -> list[_Piece]:
        """The bodies, each with the space after it."""
        found: list[_Piece] = []
        while self.at < len(self.text):
            end, ends = self._end()
            stop = _skip_spaces(self.text, end)
            found.append(_Piece(self.text[self.at : end], self.text[end:stop], END if stop == len(self.text) else ends))
            self.at = stop
        return found or [_Piece("", "", END)]

    def _end(self) -> tuple[int, str]:
        """Where the part that begins here ends, and after what."""
        reach = self._reach()
        if reach >= len(self.text):
            return max(len(self.text.rstrip()), self.at + 1), END
        while reach > self.at:
            for kind in (SENTENCE, CLAUSE, WORD):
                end = self._place(kind, reach)
                if end:
                    return end, kind
            end = self._between_signs(reach)
            if end > self.at and self._holds(end):
                return end, SIGN
            reach = end - 1
        return self._inside_sign(), SIGN

    def _reach(self) -> int:
        """How far the text fits with its numbering, at a grapheme boundary; its length when the rest fits."""
        size = self.room + _MORE
        while True:
            last = self.at + size >= len(self.text)
            window = self.text[self.at : self.at + size]
            found = measure(window.rstrip() if last else window, self.network)
            if found.overflow_at is not None and found.limit is not None and found.count > found.limit:
                return self.at + found.overflow_at
            if last:
                return len(self.text)
            size *= 2

    def _place(self, kind: str, reach: int) -> int:
        """The last end of a ``kind`` of unit that makes a part that fits; 0 when there is none."""
        places = self.places[kind]
        index = bisect_right(places, reach) - 1
        while index >= 0 and places[index] > self.at:
            place = places[index]
            if self._whole_around(place) is None and self._is_boundary(place) and self._holds(place):
                return place
            index -= 1
        return 0

    def _between_signs(self, reach: int) -> int:
        whole = self._whole_around(reach)
        if whole is not None and whole > self.at:
            return whole
        return self.at + grapheme_floor(self.text[self.at : reach + 1], reach - self.at)

    def _inside_sign(self) -> int:
        """What fits of one sign that alone is longer than a part: thousands of marks on a letter."""
        size = min(self.room, len(self.text) - self.at)
        while size > 0 and not self._holds(self.at + size):
            size //= 2
        if size <= 0:
            raise UserError("split.impossible", network=self.label, limit=self.limit)
        return self.at + size

    def _whole_around(self, place: int) -> int | None:
        """Where the link, hashtag or mention that holds ``place`` inside begins; None when there is none."""
        index = bisect_right(self.starts, place) - 1
        if index < 0 or not self.wholes[index][0] < place < self.wholes[index][1]:
            return None
        return self.wholes[index][0]

    def _is_boundary(self, place: int) -> bool:
        return grapheme_floor(self.text[self.at : place + 1], place - self.at) == place - self.at

    def _holds(self, end: int) -> bool:
        return _fits(self.text[self.at : end], self.network)


def _less(rule: Limit, marker: str, network: Network) -> Limit:
    """``rule`` with the room that ``marker`` takes away."""
    if not marker or rule.max is None:
        return rule
    alone = replace(network, parts=MappingProxyType({"post": replace(rule, max_bytes=None)}))
    left = rule.max - measure(marker, alone).count
    if left < 1:
        raise UserError("split.impossible", network=network.label, limit=rule.max)
    return replace(rule, max=left, max_bytes=None if rule.max_bytes is None else rule.max_bytes - len(marker.encode()))


def _wholes(text: str, network: Network) -> list[tuple[int, int]]:
    """What must stay in one piece, as (start, end): in order, without overlap."""
    found = [(one.start, one.end) for one in entities(text, network)]
    found += [(link.start, link.end) for link in find_links(text)]
    found += [(tag.start, tag.end) for tag in hashtags(text)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
