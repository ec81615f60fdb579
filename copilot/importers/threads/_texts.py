"""Texts as networks export them: wrong encodings mended, markup turned into plain text, once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

from copilot.importers._decoding import clean
from copilot.importers.threads._links import with_address_of

#: What UTF-8 read as Latin-1 or cp1252 shows: the first byte of a sequence (source: Unicode 16, table 3-7).
_MOJIBAKE = re.compile("[\xc2\xc3\xc5\xc4\xce\xcf\xd0\xd1\xe2\xf0][\x80-\xbf\u0152-\u2122]")

_C1 = re.compile("[\x80-\x9f]")
_KNOWN = "a|b|i|u|s|p|br|em|strong|span|div|ul|ol|li|blockquote|code|pre|img|del|small|sub|sup|h[1-6]|hr"
_ATTRIBUTES = r"(?:\s+[a-z][\w:-]*\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'|[^\s<>\"'=]+))*"
_TAG = re.compile(rf"</?(?:{_KNOWN})\b{_ATTRIBUTES}\s*/?>", re.I)
#: Only these prove that a text is markup: ``<b>`` and its end may be what the person wrote.
_PROOF = re.compile(r"<br\s*/?>|</(?:a|p|span|div|ul|ol|li|blockquote|pre|h[1-6])\s*>", re.I)
_RAW = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_BREAK = re.compile(r"<br\b[^<>]*>\n?|</(?:p|div|li|blockquote|h[1-6]|pre|ul|ol)\s*>\n?", re.I)
_ANCHOR = re.compile(rf"<a\b(?P<attributes>{_ATTRIBUTES})\s*>|(?P<end></a\s*>)", re.I)
_ITEM = re.compile(r"<li\b[^<>]*>", re.I)
#: With its semicolon only: ``?a=1&copy=2`` is an address.
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def mended(text: str) -> str:
    """``text`` with UTF-8 that was read as Latin-1 or cp1252 put right, when that round-trips; once."""
    if not _MOJIBAKE.search(text):
        return text
    try:
        right = _misread_bytes(text).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text
    # Nobody types C1 controls: a text that would gain them was right as it stood.
    return text if _C1.search(right) else right


def count_mended(texts: Iterable[str]) -> int:
    """How many of ``texts`` :func:`mended` puts right."""
    return sum(mended(text) != text for text in texts if not text.isascii())


def _misread_bytes(text: str) -> bytes:
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        # cp1252 leaves five bytes undefined: those come out as Latin-1 controls.
        return b"".join(char.encode("latin-1" if char in _UNDEFINED else "cp1252") for char in text)


_UNDEFINED = frozenset("\x81\x8d\x8f\x90\x9d")


def plain(text: str) -> str:
    """Plain text of a message that may be markup: line breaks kept, entities decoded once."""
    if "<" in text and _PROOF.search(text):
        text = _ITEM.sub("- ", _BREAK.sub("\n", _with_addresses(_RAW.sub("", text))))
        text = _TAG.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: unescape(found.group()), text)
    return text


def _with_addresses(markup: str) -> str:
    """``markup`` with the address of each link after its words, or in their place."""
    if "href" not in markup.lower():
        return markup
    done: list[str] = []
    position, attributes = 0, ""
    for found in _ANCHOR.finditer(markup):
        inner = markup[position : found.start()]
        done += (_link(inner, attributes) if attributes else inner, found.group())
        position, attributes = found.end(), found["attributes"] or ""
    inner = markup[position:]
    return "".join((*done, _link(inner, attributes) if attributes else inner))


def _link(inner: str, attributes: str) -> str:
    words = unescape(_TAG.sub("", inner))
    shown = with_address_of(words, attributes)
    if shown == words:
        return inner
    # Of words that stay, the line breaks between them do too.
    return inner + escape(shown[len(words) :]) if shown.startswith(words) and words else escape(shown)


def message_text(raw: str) -> str:
    """The text of an exported message: mended, plain, cleaned, without blank edges."""
    return clean(plain(mended(raw))).strip() if raw else ""


def label(raw: str) -> str:
    """A name or a handle: mended, cleaned, on one line."""
    if not raw:
        return ""
    return " ".join(clean(mended(raw)).split())
