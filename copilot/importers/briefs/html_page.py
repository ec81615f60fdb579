"""A web page: what a reader sees of it, with the address of its links."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from copilot.importers._decoding import decode
from copilot.importers.briefs._signs import HTML_EXTENSIONS, is_html

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "html"
EXTENSIONS = HTML_EXTENSIONS

#: Nesting beyond which the page is read flat: the layout engine calls itself once a level.
MAX_DEPTH = 120

#: Elements beyond which the page is read flat: the layout of huge tables costs more than it is worth.
MAX_ELEMENTS = 40_000

_UNSEEN = ("script", "style", "template", "noscript", "iframe", "object", "svg", "head", "select", "textarea")
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"),
        *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
        *("table", "td", "th", "tr", "ul"),
    )
)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_RAW_PARTS = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|template)\b.*?(?:</\1|\Z)", re.I | re.S)
_TAG = re.compile(r"<[^<>]*>")
#: Put aside as non-characters while the page is laid out: French spaces, which would become plain ones, and
#: ``&``, since entities would be decoded a second time.
_PROTECTED = {0xA0: "\ufdd0", 0x202F: "\ufdd1", 0x2009: "\ufdd2", 0x26: "\ufdd3"}
#: Controls a character reference brings in: the tree refuses to take them back.
_CONTROLS = dict.fromkeys((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF))
_RESTORED = {0xFDD0: "\xa0", 0xFDD1: "\u202f", 0xFDD2: "\u2009", 0xFDD3: "&"}
_SPACES = re.compile(r"[ \t\n]+")


def sniff(head: bytes, name: str) -> bool:
    """True for a page or a fragment of one."""
    return is_html(head, name)


def read(content: bytes) -> str:
    """The visible text of the page: no script, style, comment or hidden part; entities decoded once.

    Nothing is fetched and no external entity is read.
    """
    from lxml import etree, html

    declared = _CHARSET.search(content[:2048])
    page, _ = decode(content, declared.group(1).decode("ascii") if declared else None)
    # A charset the page declares is already applied: the parser is told what the bytes are now.
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, default_doctype=False
    )
    try:
        root = html.document_fromstring(page.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return _untagged(page) if _gave_up(parser) else ""
    if _gave_up(parser):
        return _untagged(page)
    _drop_controls(root)
    _drop_unseen(root)
    _write_out_links(root)
    return _laid_out(root) if _is_simple(root) else _flat(root)


def _gave_up(parser: Any) -> bool:
    """True when the parser stopped before the end (more than 2,048 levels): its tree lacks the rest."""
    return any(entry.level_name == "FATAL" for entry in parser.error_log)


def _untagged(page: str) -> str:
    """The text between the tags, for a page no parser follows to its end."""
    shown = _TAG.sub("\n", _RAW_PARTS.sub(" ", page))
    return unescape("\n".join(_SPACES.sub(" ", line) for line in shown.split("\n")))


def _drop_controls(root: Any) -> None:
    for element in root.iter():
        element.text = element.text and element.text.translate(_CONTROLS)
        element.tail = element.tail and element.tail.translate(_CONTROLS)


def _drop_unseen(root: Any) -> None:
    for element in list(root.iter(*_UNSEEN)):
        if element.getparent() is not None:
            element.drop_tree()
    for element in root.xpath("//*[@hidden]"):
        if element.getparent() is not None:
            element.drop_tree()


def _write_out_links(root: Any) -> None:
    """Put the address after the words of a link, since a brief's link is one of its facts."""
    for link in root.iter("a"):
        address = (link.get("href") or "").translate(_CONTROLS).strip()
        if not address.lower().startswith(("http://", "https://", "mailto:")) or len(address) > 2048:
            continue
        address = address.removeprefix("mailto:")
        words = "".join(link.itertext())
        if words.strip() and address.rstrip("/") not in words:
            link.tail = f" ({address}){link.tail or ''}"


def _is_simple(root: Any) -> bool:
    """True when the layout engine can take the page: not too deep, not too many elements."""
    from lxml import etree

    depth = count = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            return False
    return True


def _laid_out(root: Any) -> str:
    from inscriptis.css_profiles import CSS_PROFILES
    from inscriptis.html_engine import Inscriptis
    from inscriptis.model.config import ParserConfig

    for element in root.iter():
        element.text = element.text and element.text.translate(_PROTECTED)
        element.tail = element.tail and element.tail.translate(_PROTECTED)
    text: str = Inscriptis(root, ParserConfig(css=CSS_PROFILES["strict"])).get_text()
    return text.translate(_RESTORED)


def _flat(root: Any) -> str:
    """Text without layout, in time linear in the page and without recursion."""
    return "".join(_pieces(root))


def _pieces(root: Any) -> Iterator[str]:
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end")):
        is_block = element.tag in _BLOCKS
        if event == "start":
            yield "\n" if is_block else ""
            yield _SPACES.sub(" ", element.text or "")
        else:
            yield "\n" if is_block else ""
            yield _SPACES.sub(" ", element.tail or "")
