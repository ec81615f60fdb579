"""Links as text: the address that words stand for is what tells an advertisement, and words can hide it."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape
from urllib.parse import parse_qs, quote, unquote

#: Characters of a tag in which attributes are looked for.
_MAX_TAG = 4000
_ATTRIBUTE = re.compile(r"([A-Za-z][\w:-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
#: Browsers leave these out of an address, wherever they stand.
_LEFT_OUT = re.compile(r"[\x00-\x1f\x7f]+")
#: Browsers also take one stroke, several or the other kind for the two that an address has.
_WEB = re.compile(r"(?:(?P<scheme>https?):(?P<strokes>[/\\]*)|[/\\]{2,})(?P<rest>[^\s/\\?#]\S*)", re.I)
_SPACE = re.compile(r"\s")
_SCHEME = re.compile(r"https?://", re.I)
_PATH = re.compile(r"[/?#]")
_SHORTENED = re.compile(r"(?:…|\.\.\.)$")

#: Networks lead out of their pages by one of their own, which has the address in its question.
_REDIRECTED = re.compile(
    r"https?://(?:(?:www|m)\.youtube\.com/redirect|lm?\.facebook\.com/l\.php|l\.(?:instagram|threads)\.com/"
    r"|l\.threads\.net/|(?:www\.)?google\.[a-z.]{2,6}/url|out\.reddit\.com/[^?#]{0,100})\?",
    re.I,
)

#: How networks mark the links they make of a name or a subject, and of a picture that is in the text.
_MENTIONS, _PICTURE = frozenset(("mention", "hashtag")), "lightbox"
_NAMED = re.compile(r"[@#]\S+")
#: YouTube marks nothing: the names, subjects and moments of a video that it makes links of are all its own.
_YOUTUBE = re.compile(r"https?://(?:(?:www|m)\.)?youtube\.com/(?!redirect\b)", re.I)
_MOMENT = re.compile(r"\d{1,3}(?::\d\d){1,2}")


def attribute(attributes: str, name: str) -> str:
    """An attribute of a tag, its entities decoded; empty when it has none of this name."""
    for found in _ATTRIBUTE.finditer(attributes[:_MAX_TAG]):
        if found[1].lower() == name:
            return unescape(found[2] or found[3] or found[4] or "")
    return ""


def with_address(words: str, address: str, classes: Collection[str] = ()) -> str:
    """``words`` of a link, then its address between brackets; the address alone where they are that, or less of it.

    Words stay as they are without an address of the web, and where they are a mention, a hashtag or a moment of a
    video. ``classes`` are those of the link in HTML, in small letters.
    """
    target = _target(address)
    shown = words.strip()
    if not target or _is_made_by_network(shown, target, classes):
        return words
    if not shown or _is_part_of(shown, target):
        shown = target
    elif not _is_same(shown, target):
        shown = f"{shown} ({target})"
    begins, ends = len(words) - len(words.lstrip()), len(words.rstrip())
    return f"{words[:begins]}{shown}{words[max(begins, ends) :]}"


def with_address_of(words: str, attributes: str) -> str:
    """As :func:`with_address`, for a link of HTML by the attributes of its tag."""
    return with_address(words, attribute(attributes, "href"), attribute(attributes, "class").lower().split())


def _target(address: str) -> str:
    """The address of a page; empty for anything else, above all what a browser would run."""
    target = _SPACE.sub(lambda found: quote(found[0]), _LEFT_OUT.sub("", address).strip())
    found = _WEB.fullmatch(target)
    if not found:
        return ""
    whole = target if found["strokes"] == "//" else f"{found['scheme'] or 'https'}://{found['rest']}"
    return _behind(whole)


def _behind(address: str) -> str:
    """Where a network's own redirection leads; any other address as it is."""
    found = _REDIRECTED.match(address)
    parts = parse_qs(address[found.end() :].partition("#")[0][:_MAX_TAG]) if found else {}
    asked = (parts[name][0] for name in ("q", "u", "url") if name in parts)
    return next((one for one in asked if _SCHEME.match(one) and one.isprintable() and " " not in one), address)


def _is_made_by_network(shown: str, target: str, classes: Collection[str]) -> bool:
    if _PICTURE in classes:
        return True
    if _NAMED.fullmatch(shown):
        return not _MENTIONS.isdisjoint(classes) or _YOUTUBE.match(target) is not None
    return _MOMENT.fullmatch(shown) is not None and _YOUTUBE.match(target) is not None


def _is_same(shown: str, target: str) -> bool:
    """True for an address that is written in full, whatever the letters of its host and the signs it escapes."""
    return _SCHEME.match(shown) is not None and _normal(shown) == _normal(target)


def _is_part_of(shown: str, target: str) -> bool:
    """True for the address without its scheme, or cut after its host: less of it could be that of somebody else."""
    if _is_same(shown, target) or any(map(str.isspace, shown)):
        return False
    (host, path), (whole_host, whole_path) = _normal(_SHORTENED.sub("", shown)), _normal(target)
    return bool(host) and host == whole_host and whole_path.startswith(path)


def _normal(address: str) -> tuple[str, str]:
    """The host and the path of an address, such that two that are written otherwise are alike."""
    rest = _SCHEME.sub("", address, count=1)
    found = _PATH.search(rest)
    ends = found.start() if found else len(rest)
    return rest[:ends].lower().removeprefix("www."), unquote(rest[ends:]).rstrip("/")
