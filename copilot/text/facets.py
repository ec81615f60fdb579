"""Bluesky's facets: what in a post is a link, a hashtag or a mention, in UTF-8 byte offsets.

Nothing is a link on Bluesky unless a facet says so. The rules are those of its clients (@atproto/api rich-text):
a link or a mention stands at the start, after a space or an opening parenthesis; a hashtag at the start or after a
space, and keeps all but spaces and closing punctuation (``#L’été``, ``#R&D``). Facets never overlap.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from copilot.text.measure import as_sent, grapheme_count, utf8_bytes
from copilot.text.measure.links import top_level_domains

LINK, TAG, MENTION = "link", "tag", "mention"

#: Longest tag of the lexicon app.bsky.richtext.facet, without its sign.
TAG_GRAPHEMES = 64
TAG_BYTES = 640

# The spaces of JavaScript's \s, which are not Python's.
_SPACE = "\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_LEAD = f"(?:^|(?<=[{_SPACE}(]))"
_LINK = re.compile(
    rf"{_LEAD}(?:(?P<whole>[hH][tT][tT][pP][sS]?://[^{_SPACE}]+)"
    rf"|(?P<domain>[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)+)[^{_SPACE}]*)"
)
_MENTION = re.compile(rf"{_LEAD}@([a-zA-Z0-9.-]+)\b", re.ASCII)
_HIDDEN = "\xad\u2060\u200a-\u200d\u20e2"
_TAG = re.compile(f"(?:^|(?<=[{_SPACE}]))[#\uff03](?!\ufe0f)([^{_SPACE}{_HIDDEN}]+)")
_CLOSING = ".,;:!?\u2026\xbb\u201d\u2019\"'"
_NAMES = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\Z")

#: Top-level domains Bluesky's list (npm tlds 1.261.0) has and X's does not, then the reverse, ASCII ones.
_ADDED = frozenset(("amazon", "kids", "music", "spa"))
_REMOVED_NAMES = """
bq aigo srt rightathome chloe zippo budapest bananarepublic caseih lancaster tiffany vistaprint mopar movistar
active um kinder shaw csc avianca bnl telecity raid volkswagen boots statoil lixil hgtv uconnect cancerresearch
guardian doosan sapo sca jcp scjohnson honeywell montblanc etisalat mutuelle vista bugatti maserati starhub showtime
foodnetwork xperia ses cookingchannel everbank onion alfaromeo nationwide mobily dunlop nadex pramerica piaget
symantec loft northwesternmutual lancia off redstone swiftcover cartier tp warman qvc esurance afamilycompany ceb
vuelos dodge bl lancome jlc duck epost an intel cityeats xfinity newholland mcdonalds metlife telefonica oldnavy
scor orientexpress fujixerox fiat doha eh cbs comcast mf ladbrokes spreadbetting meo flsmidth travelchannel
frontdoor bentley onyourside liaison rmit iselect lupin iinet goodhands rocher duns natura mtpc iwc iveco passagens
macys shriram blanco mcd adac panerai chrysler kerrylogistics spiegel abarth pamperedchef lipsy hoteles dabur htc
glade mutual linde
"""
_REMOVED = frozenset(_REMOVED_NAMES.split())


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` is a ``link``, ``tag`` or ``mention``: ``value`` is the address, the tag or the handle."""

    kind: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A link, tag or mention between two offsets, in UTF-8 bytes of the text as it is sent, the end excluded."""

    kind: str
    byte_start: int
    byte_end: int
    value: str

    def record(self, did: str = "") -> dict[str, object]:
        """The facet as ``app.bsky.richtext.facet`` writes it; ``did`` is that of the handle, for a mention."""
        value = {LINK: ("uri", self.value), TAG: ("tag", self.value), MENTION: ("did", did)}[self.kind]
        feature = {"$type": f"app.bsky.richtext.facet#{self.kind}", value[0]: value[1]}
        return {"index": {"byteStart": self.byte_start, "byteEnd": self.byte_end}, "features": [feature]}


def facets(text: str) -> tuple[Facet, ...]:
    """The facets of ``text`` as it is sent (NFC, line ends as LF), in order."""
    sent = as_sent(text)
    found = []
    at = size = 0
    for span in find_spans(sent):
        start = size + utf8_bytes(sent[at : span.start])
        size = start + utf8_bytes(sent[span.start : span.end])
        at = span.end
        found.append(Facet(span.kind, start, size, span.value))
    return tuple(found)


def facet_records(text: str, dids: Mapping[str, str]) -> list[dict[str, object]]:
    """The facets as a post carries them. ``dids`` gives the DID of each handle; a mention without one is left out."""
    return [
        facet.record(dids.get(facet.value, ""))
        for facet in facets(text)
        if facet.kind != MENTION or dids.get(facet.value)
    ]


def find_spans(text: str) -> tuple[Span, ...]:
    """The links, tags and mentions of ``text`` in character offsets, in order, without overlap."""
    kept: list[Span] = []
    end = 0
    found = [*_links(text), *_tags(text), *_mentions(text)]
    for span in sorted(found, key=lambda one: (one.start, -one.end)):
        if span.start >= end:
            kept.append(span)
            end = span.end
    return tuple(kept)


def _links(text: str) -> Iterator[Span]:
    if "." not in text and "://" not in text:
        return
    for match in _LINK.finditer(text):
        if match["domain"] is not None and not _is_domain(match["domain"]):
            continue
        address = _without_closing(match.group())
        if address.lower() in ("http://", "https://"):
            continue
        uri = address if match["whole"] else f"https://{address}"
        yield Span(LINK, match.start(), match.start() + len(address), uri)


def _without_closing(address: str) -> str:
    """Punctuation that ends the sentence and a parenthesis that was opened before the address are not of it."""
    while True:
        shorter = address.rstrip(_CLOSING)
        if shorter.endswith(")") and "(" not in shorter:
            shorter = shorter.rstrip(")")
        if shorter == address:
            return address
        address = shorter


def _tags(text: str) -> Iterator[Span]:
    for match in _TAG.finditer(text):
        tag = match[1]
        end = len(tag)
        while end and unicodedata.category(tag[end - 1])[0] == "P":
            end -= 1
        tag = tag[:end]
        if any(_makes_a_tag(char) for char in tag) and _is_short(tag):
            yield Span(TAG, match.start(), match.start() + 1 + end, tag)


def _makes_a_tag(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] != "P" and not ("0" <= char <= "9")


def _is_short(tag: str) -> bool:
    return utf8_bytes(tag) <= TAG_BYTES and grapheme_count(tag) <= TAG_GRAPHEMES


def _mentions(text: str) -> Iterator[Span]:
    for match in _MENTION.finditer(text):
        handle = match[1]
        if _NAMES.match(handle) and (_is_domain(handle) or handle.endswith(".test")):
            yield Span(MENTION, match.start(), match.end(), handle)


def _is_domain(name: str) -> bool:
    """Whether the last label, in lower case as the list has it, is a top-level domain."""
    head, _, last = name.rpartition(".")
    return bool(head) and (last in _ADDED or (last in top_level_domains()[0] and last not in _REMOVED))
