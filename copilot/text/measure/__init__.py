"""How long a text is where it will be shown. Nothing is ever cut here: the caller learns where it is too long.

A network's file names one of :data:`COUNTERS`. Texts are counted as they are sent: Unicode NFC, line ends as LF.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from copilot.domain.network import SOURCED, Limit, Measure, Network
from copilot.domain.normal_form import composed
from copilot.text.measure.graphemes import grapheme_count, grapheme_ends, grapheme_floor
from copilot.text.measure.links import find_links
from copilot.text.measure.x_weight import LINK_WEIGHT, first_invalid, x_measure

__all__ = ["COUNTERS", "as_sent", "escape_linkedin", "grapheme_count", "measure", "outgoing", "unit_of"]

LINKEDIN_RESERVED = "\\|{}@[]()<>#*_~"

_MENTION_TEMPLATE = r"@\[[^\[\]\n]{1,200}\]\(urn:li:(?:person|organization|organizationBrand):[A-Za-z0-9_-]{1,80}\)"
# A name may hold dots and hyphens but not end with one.
_MASTODON_MENTION = re.compile(r"(?<![=/\w])(@[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)@[\w.-]*\w")
_NO_MENTION_BEFORE = re.compile("[@\uff20]|://")


@dataclass(frozen=True, slots=True)
class Counter:
    """A way to count: the unit it gives, and ``count(text, limit, network)``.

    The answer is the length of the text, as it is sent, and how many of its leading characters fit in the limit
    (which may stop inside a grapheme cluster, and means nothing when the whole text fits).
    """

    unit: str
    count: Callable[[str, int, Network], tuple[int, int]]


def measure(
    text: str,
    network: Network,
    part: str = "post",
    *,
    limit: int | None = None,
    with_media: bool = False,
    content_warning: str = "",
) -> Measure:
    """Count ``text`` as ``network`` counts its ``part``.

    Args:
        text: What a person wrote, before any escaping.
        network: The network, from ``copilot.networks``.
        part: One of those of the network (``copilot.networks.PARTS``); an unknown one is a post.
        limit: A limit of this account or server, in place of the network's (X Premium, a Mastodon server).
        with_media: A picture or a video goes with it: Telegram then takes the text for a caption.
        content_warning: Text shown before the post, counted with it where the network does (Mastodon).

    Returns:
        The count in the network's unit; where it overflows, an index of ``text`` that falls on a grapheme boundary
        and such that what comes before fits. When two limits hold (Bluesky), the one that is broken, else the first.
        ``confidence`` is that of the limit it gives; one given by the account is sure.
    """
    part = "caption" if with_media and part in ("post", "reply") and "caption" in network.parts else part
    rule = network.limit(part)
    counter = COUNTERS[rule.count]
    sent = as_sent(text)
    warned = grapheme_count(as_sent(content_warning)) if rule.count == "graphemes_mastodon" else 0
    maximum, confidence = (rule.max, rule.confidence) if limit is None else (limit, SOURCED)
    room = len(sent) * 8 if maximum is None else max(maximum - warned, 0)
    count, leading = counter.count(sent, room, network)
    over = maximum is not None and count + warned > maximum
    fit = _fit(counter, sent, leading, room, network) if over else len(sent)
    size = utf8_bytes(sent) if rule.max_bytes is not None else 0
    if rule.max_bytes is not None and size > rule.max_bytes:
        in_bytes = COUNTERS["utf8_bytes"]
        fit = min(fit, _fit(in_bytes, sent, _bytes_leading(sent, rule.max_bytes), rule.max_bytes, network))
        if not over:
            sure = rule.origin_of("max_bytes").confidence
            return Measure(size, rule.max_bytes, in_bytes.unit, False, _in_original(text, sent, fit), sure)
    invalid = first_invalid(sent) if rule.count == "x_weighted" else None
    if invalid is not None:
        fit = min(fit, grapheme_floor(sent, invalid))
    if not over and invalid is None:
        return Measure(count + warned, maximum, counter.unit, True, None, confidence)
    return Measure(count + warned, maximum, counter.unit, False, _in_original(text, sent, fit), confidence)


def unit_of(rule: Limit) -> str:
    """The unit a limit is counted in."""
    return COUNTERS[rule.count].unit


def outgoing(text: str, network: Network, part: str = "post") -> str:
    """``text`` as it is handed to the network: NFC, line ends as LF, reserved characters escaped where it asks."""
    sent = as_sent(text)
    return _escaped(sent, network.escape_chars) if part in network.escape_parts and network.escape_chars else sent


def escape_linkedin(text: str) -> str:
    """A LinkedIn post's commentary: one backslash before each reserved character, mention templates left alone.

    An unescaped one cuts the published post short (learn.microsoft.com, little-text-format). Comments and titles are
    not written in that format and take no escaping.
    """
    return _escaped(text, LINKEDIN_RESERVED)


def as_sent(text: str) -> str:
    """Unicode NFC with line ends as LF; unlike the outgoing package, lone surrogates are kept."""
    return composed(text)


def utf8_bytes(text: str) -> int:
    """Bytes of ``text`` in UTF-8; a lone surrogate counts 3."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def utf16_units(text: str) -> int:
    """UTF-16 code units of ``text``: 2 for each character past U+FFFF."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _reserved(chars: str) -> re.Pattern[str]:
    return re.compile(f"({_MENTION_TEMPLATE})|([{re.escape(chars)}])")


def _escaped(text: str, chars: str) -> str:
    return _reserved(chars).sub(lambda match: match[1] or f"\\{match[2]}", text)


def _mastodon_shown(text: str, network: Network) -> list[tuple[int, int, int]]:
    """The stretches of a toot that do not count for what they are: (start, end, counted)."""
    weight = network.url_weight or 0
    found = (
        [(link.start, link.end, weight) for link in find_links(text, bare=network.links.counted_bare)] if weight else []
    )
    links = found.copy()
    if "@" in text:
        masked = _masked(text, links)
        found += [
            (match.start(), match.end(), len(match[1]))
            for match in _MASTODON_MENTION.finditer(masked)
            if not _NO_MENTION_BEFORE.match(masked, match.end())
        ]
    return sorted(found)


def _masked(text: str, spans: list[tuple[int, int, int]]) -> str:
    """``text`` with letters in place of ``spans``, as long as before."""
    pieces = []
    at = 0
    for start, end, _ in spans:
        pieces += [text[at:start], "x" * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _mastodon(text: str, limit: int, network: Network) -> tuple[int, int]:
    total = at = 0
    leading: int | None = None
    for start, end, counted in [*_mastodon_shown(text, network), (len(text), len(text), 0)]:
        plain = text[at:start]
        shown = grapheme_count(plain)
        if leading is None and total + shown > limit:
            leading = at + _graphemes_leading(plain, limit - total)
        total += shown
        if leading is None and total + counted > limit:
            leading = start
        total, at = total + counted, end
    return total, len(text) if leading is None else leading


def _graphemes(text: str, limit: int, _network: Network) -> tuple[int, int]:
    count = grapheme_count(text)
    return count, len(text) if count <= limit else _graphemes_leading(text, limit)


def _graphemes_leading(text: str, limit: int) -> int:
    end = 0
    for boundary in islice(grapheme_ends(text), limit):
        end = boundary
    return end


def _bytes(text: str, limit: int, _network: Network) -> tuple[int, int]:
    size = utf8_bytes(text)
    return size, len(text) if size <= limit else _bytes_leading(text, limit)


def _bytes_leading(text: str, limit: int) -> int:
    return _leading(text, limit, lambda char: 1 + (char > "\x7f") + (char > "\u07ff") + (char > "\uffff"))


def _leading(text: str, limit: int, cost: Callable[[str], int]) -> int:
    for index, char in enumerate(text):
        limit -= cost(char)
        if limit < 0:
            return index
    return len(text)


def _utf16(text: str, limit: int, _network: Network) -> tuple[int, int]:
    units = utf16_units(text)
    return units, len(text) if units <= limit else _utf16_leading(text, limit)


def _utf16_leading(text: str, limit: int) -> int:
    return _leading(text, limit, lambda char: 1 + (char > "\uffff"))


def _utf16_escaped(text: str, limit: int, network: Network) -> tuple[int, int]:
    units = utf16_units(_escaped(text, network.escape_chars))
    return units, len(text) if units <= limit else _escaped_leading(text, limit, network)


def _escaped_leading(text: str, limit: int, network: Network) -> int:
    at = 0
    for match in _reserved(network.escape_chars).finditer(text):
        plain = text[at : match.start()]
        cost = utf16_units(plain)
        if cost > limit:
            break
        cost += len(match[1]) if match[1] else 2
        if cost > limit:
            return match.start()
        limit, at = limit - cost, match.end()
    return at + _utf16_leading(text[at:], limit)


#: Every way a network counts, by the name its file uses.
COUNTERS: dict[str, Counter] = {
    "x_weighted": Counter(
        "weighted", lambda text, limit, network: x_measure(text, limit, network.url_weight or LINK_WEIGHT)
    ),
    "graphemes": Counter("graphemes", _graphemes),
    "graphemes_mastodon": Counter("graphemes", _mastodon),
    "utf8_bytes": Counter("bytes", _bytes),
    "utf16": Counter("utf16", _utf16),
    "utf16_escaped": Counter("utf16", _utf16_escaped),
    "characters": Counter("characters", lambda text, limit, _: (len(text), min(limit, len(text)))),
}


def _fit(counter: Counter, sent: str, leading: int, limit: int, network: Network) -> int:
    """The longest beginning of ``sent``, at a grapheme boundary at most at ``leading``, that fits when it stands alone.

    A shorter text may hold a link or an emoji that the longer one did not; then the boundary moves back, faster and
    faster so that the search stays short.
    """
    at = grapheme_floor(sent, leading)
    step = 1
    while at > 0 and counter.count(sent[:at], limit, network)[0] > limit:
        at = grapheme_floor(sent, max(at - step, 0))
        step *= 2
    return at


def _in_original(text: str, sent: str, index: int) -> int:
    """The index of ``text`` that stands for ``index`` of what is sent, at a grapheme boundary."""
    if text == sent:
        return index
    end = reached = 0
    for boundary in grapheme_ends(text):
        reached += len(as_sent(text[end:boundary]))
        if reached > index:
            break
        end = boundary
    return end
