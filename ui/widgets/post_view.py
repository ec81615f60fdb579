"""A text as its network would show it: what becomes a link and how it is written, blank lines, what is too long.

No Qt here: a long text is looked at off the window's thread. The networks publish few of these rules; those from
memory are noted so, and all of them only draw a preview: what leaves is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from copilot.domain.network import Measure, Network

if TYPE_CHECKING:
    from copilot.text.measure.entities import Entity

#: Characters drawn at most: a preview is not a place to read a novel.
MOST_DRAWN = 6_000
#: Characters of a text that is shown as a thread.
MOST_SPLIT = 20_000
#: Characters of a text whose length is counted: beyond, it is too long or the network has no limit.
MOST_COUNTED = 200_000


@dataclass(frozen=True, slots=True)
class Fold:
    """Where a network stops showing a text until it is asked for the rest."""

    characters: int
    lines: int


#: As the apps show posts in a feed, rounded; the networks publish no figure and change it at will.
FOLDS = {
    "facebook_page": Fold(480, 5),
    "google_business": Fold(250, 4),
    "instagram": Fold(125, 2),
    "linkedin": Fold(210, 3),
    "pinterest": Fold(100, 2),
    "tiktok": Fold(100, 2),
    "x": Fold(280, 12),
    "youtube": Fold(150, 3),
}
#: Networks that show a card for the first link.
LINK_CARDS = frozenset(
    {"bluesky", "discord", "facebook_page", "linkedin", "mastodon", "reddit", "telegram", "threads", "x"}
)
#: Networks that keep one blank line of several: Bluesky's clients clean excess lines (@atproto/api rich-text),
#: Mastodon makes paragraphs of them (simple_format).
SQUEEZES = frozenset({"bluesky", "mastodon"})
#: Networks for which an address is a link only as :func:`~copilot.text.measure.entities.entities` says.
STRICT = frozenset({"bluesky", "mastodon", "x"})
#: Signs of an address shown, after its scheme: X (display_url, from memory), Mastodon (text_formatter.rb).
X_SHOWN, MASTODON_SHOWN = 27, 30
#: Signs of a path shown by Bluesky's app (toShortUrl), and above which it cuts.
BLUESKY_PATH, BLUESKY_CUTS = 13, 15

_WRITTEN_LINK = re.compile(r"https?://[^\s<>\"]{1,2000}")
_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_BLANK = re.compile("\n[\\s\u00ad\u2060\u200b-\u200d]*\n")
_TEMPLATE = re.compile(r"@\[([^\[\]\n]{1,200})\]\(")
_LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class PostView:
    """What is drawn of a post. Offsets are those of ``text``.

    ``tints`` are (start, end) of links, hashtags and mentions; ``cut_at`` where what the network refuses begins, None
    when it takes all; ``over`` says that it does not, even past what is drawn. ``parts`` are those of the thread that
    the whole text would make, none when it fits or when the network has no threads.
    """

    text: str
    tints: tuple[tuple[int, int], ...] = ()
    cut_at: int | None = None
    over: bool = False
    parts: tuple[str, ...] = ()
    host: str = ""
    dead_links: bool = False
    squeezed: bool = False


def plain_view(outgoing: str) -> PostView:
    """The text as it is, for the moment it takes to look at it."""
    return PostView(_carriable(outgoing[:MOST_DRAWN]) + ("…" if len(outgoing) > MOST_DRAWN else ""))


def part_view(outgoing: str, network: Network) -> PostView:
    """One post of a thread: it fits."""
    return replace(_drawn(_carriable(outgoing), network), host="", dead_links=False)


def post_view(
    outgoing: str, network: Network, part: str = "post", *, measured: Measure | None = None, language: str = "fr"
) -> PostView:
    """``outgoing`` as ``network`` would show it.

    Args:
        outgoing: Body and hashtags, in any state.
        network: The network.
        part: ``post`` or ``reply``.
        measured: How long a state of this text was found to be; its limit is that of the account, which may differ
            from the network's.
        language: In which a thread is numbered.
    """
    from copilot.text.measure import as_sent

    # Composed text, past what is drawn, is only counted.
    text = as_sent(_carriable(outgoing[:MOST_COUNTED]))
    network = _of_account(network, part, measured)
    cut = _overflow(text, network, part)
    view = _drawn(text[:MOST_DRAWN], network, cut)
    if len(text) > MOST_DRAWN:
        view = replace(view, text=f"{view.text}…")
    parts = _thread(text, network, part, language) if cut is not None else ()
    return replace(view, over=cut is not None, parts=parts)


def first_link(text: str) -> str:
    """The host of the first web address written whole in ``text``, empty when it has none."""
    for found in _WRITTEN_LINK.finditer(text[:MOST_DRAWN]):
        if host := _host(found.group()):
            return host
    return ""


def shown_address(address: str, network_id: str) -> str:
    """An address as a network writes it."""
    if network_id == "mastodon":
        return _shortened(_SCHEME.sub("", address, count=1), MASTODON_SHOWN)
    if network_id == "x":
        return _shortened(_SCHEME.sub("", address, count=1), X_SHOWN)
    if network_id == "bluesky":
        return _as_bluesky(address)
    return address


def _as_bluesky(address: str) -> str:
    whole = address if "://" in address else f"https://{address}"
    try:
        split = urlsplit(whole)
        host = split.netloc
    except ValueError:  # "http://[": not an address
        return address
    path = whole[whole.index("://") + 3 + len(host) :]
    path = "" if path == "/" else path
    return host + (f"{path[:BLUESKY_PATH]}..." if len(path) > BLUESKY_CUTS else path)


def _shortened(text: str, most: int) -> str:
    return f"{text[:most]}…" if len(text) > most else text


def _carriable(text: str) -> str:
    return _LONE.sub("\ufffd", text).replace("\x00", "\ufffd")


def _host(address: str) -> str:
    try:
        return urlsplit(address if "://" in address else f"https://{address}").hostname or ""
    except ValueError:  # "http://[": not an address
        return ""


def _of_account(network: Network, part: str, measured: Measure | None) -> Network:
    """``network`` with the limit that ``measured`` was held against, when it is in the unit of that limit."""
    rule = network.limit(part)
    if measured is None or measured.unit != rule.unit or measured.limit == rule.max:
        return network
    return replace(network, parts=MappingProxyType({**network.parts, part: replace(rule, max=measured.limit)}))


def _overflow(text: str, network: Network, part: str) -> int | None:
    from copilot.text.measure import measure

    return measure(text, network, part).overflow_at


def _thread(text: str, network: Network, part: str, language: str) -> tuple[str, ...]:
    from copilot.errors import UserError
    from copilot.text.splitting import split

    if not network.capabilities.threads or len(text) > MOST_SPLIT:
        return ()
    try:
        parts = split(text, network, part, language=language)
    except UserError:  # not one sign fits
        return ()
    return tuple(one.text for one in parts) if len(parts) > 1 else ()


@dataclass(frozen=True, slots=True)
class _Change:
    """``text[start:end]`` is drawn as ``shown``, tinted when it leads somewhere."""

    start: int
    end: int
    shown: str
    tinted: bool


def _drawn(text: str, network: Network, cut: int | None = None) -> PostView:
    """The view of ``text``; ``cut`` is where what is refused begins."""
    from copilot.text.measure.entities import entities

    found = entities(text, network)
    clickable = network.links_clickable and network.capabilities.links_in_post
    changes = [_change(one, text, network, clickable=clickable) for one in found]
    blanks = list(_excess(text)) if network.id in SQUEEZES else []
    pieces: list[str] = []
    tints: list[tuple[int, int]] = []
    at = length = 0
    cut_at: int | None = None
    for one in sorted([*changes, *blanks], key=lambda change: change.start):
        if cut_at is None and cut is not None and cut < one.end:
            cut_at = length + max(0, min(cut, one.start) - at)
        pieces += [text[at : one.start], one.shown]
        length += one.start - at
        if one.tinted:
            tints.append((length, length + len(one.shown)))
        length += len(one.shown)
        at = one.end
    if cut_at is None and cut is not None and cut < len(text):
        cut_at = length + max(0, cut - at)
    links = [one.value for one in found if one.kind == "link"]
    host = next((host for one in links if (host := _host(one))), "")
    host = host or ("" if network.id in STRICT else first_link(text))
    card = host if network.id in LINK_CARDS else ""
    shown = "".join([*pieces, text[at:]])
    return PostView(shown, tuple(tints), cut_at, cut is not None, (), card, bool(host) and not clickable, bool(blanks))


def _change(one: Entity, text: str, network: Network, *, clickable: bool) -> _Change:
    shown = text[one.start : one.end]
    if one.kind == "link":
        return _Change(one.start, one.end, shown_address(shown, network.id) if clickable else shown, clickable)
    if one.kind == "mention":
        template = _TEMPLATE.match(shown)
        if template:
            shown = template[1]
        elif network.id == "mastodon" and shown.startswith("@"):
            shown = f"@{shown[1:].partition('@')[0]}"
        # On Bluesky a mention is made of a facet, which entities come from.
        return _Change(one.start, one.end, shown, network.mentions.works or network.id == "bluesky")
    return _Change(one.start, one.end, shown, tinted=True)


def _excess(text: str) -> Iterator[_Change]:
    """Several blank lines in a row."""
    for found in _BLANK.finditer(text):
        if found.group().count("\n") > 2:
            yield _Change(found.start(), found.end(), "\n\n", tinted=False)
