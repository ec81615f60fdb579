"""The HTML of a comment as the words a reader sees: line ends kept, entities decoded once."""

from __future__ import annotations

import re
from html import unescape

from copilot.importers._decoding import clean
from copilot.importers.threads._links import attribute, with_address_of

#: A quoted attribute may hold ``>``; a ``<`` that opens no tag is a letter like any other. Nothing here backtracks.
_TAG = re.compile(
    r"<(/?)([A-Za-z][\w:-]*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+(?=>)|[^<>]*+)>|<!--|<![A-Za-z][^<>]*+>", re.A
)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure"),
        *("footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"),
        *("section", "summary", "table", "tr", "ul"),
    )
)
#: Elements whose content nobody reads.
_UNSEEN = frozenset(
    ("script", "style", "template", "noscript", "svg", "iframe", "object", "head", "select", "textarea")
)
_VOID = frozenset(("br", "hr", "img", "input", "wbr", "source", "link", "meta", "embed", "area", "base", "col"))
#: Discourse writes the size of a picture and the preview of a link into the comment itself.
_UNSEEN_CLASSES = frozenset(("meta", "onebox", "quote-controls", "expand-quote"))
_SPACES = re.compile(r"[ \t\n\r\f]+")
_PROOF = re.compile(
    r"<(?:br|p|a|div|span|img|b|i|em|strong|ul|ol|li|blockquote|pre|code|h[1-6]|figure|aside)\b[^<>]*>", re.I
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def plain_words(markup: str) -> str:
    """Plain text of a comment in HTML. Without any tag, the line ends it holds are those of its author."""
    shown = _laid_out(markup) if _PROOF.search(markup) else _decoded(markup)
    return clean(shown).strip()


def _decoded(text: str) -> str:
    return _ENTITY.sub(lambda found: unescape(found.group()), text) if "&" in text else text


def _laid_out(markup: str) -> str:
    page = _Page()
    position = 0
    while found := _TAG.search(markup, position):
        page.say(markup[position : found.start()])
        position = found.end()
        if found.group() == "<!--":
            end = markup.find("-->", position)
            position = end + 3 if end >= 0 else len(markup)
        elif found[2]:
            name = found[2].lower()
            if found[1]:
                page.close(name)
            else:
                page.open(name, found[3])
    page.say(markup[position:])
    return page.text()


class _Page:
    """Lines as they are laid out."""

    def __init__(self) -> None:
        self._lines: list[list[str]] = [[]]
        self._quoted: list[int] = [0]
        self._depth = 0
        self._pre = 0
        self._unseen = ""
        self._unseen_depth = 0
        #: The link that is open: its attributes, the line it begins on and how many parts that line then had.
        self._link: tuple[str, int, int] | None = None
        #: A block begins on a new line; a line break makes one, whatever is there.
        self._fresh = True

    def say(self, raw: str) -> None:
        if not raw or self._unseen:
            return
        text = _decoded(raw)
        if self._pre:
            first, *others = text.split("\n")
            self._add(first)
            for line in others:
                self._break()
                self._add(line)
            return
        text = _SPACES.sub(" ", text)
        self._add(text.lstrip(" ") if self._fresh else text)

    def open(self, name: str, attributes: str) -> None:
        if self._unseen:
            self._unseen_depth += name == self._unseen and not attributes.endswith("/")
            return
        if name == "br":
            self._break()
            return
        if name == "img":
            self._add(attribute(attributes, "alt"))
            return
        if name in _BLOCKS:
            self._block()
        if self._is_unseen(name, attributes):
            return
        if name == "a":
            self._end_link()
            self._link = (attributes, len(self._lines) - 1, len(self._lines[-1]))
        elif name == "blockquote":
            self._depth += 1
            self._quoted[-1] = self._depth
        elif name == "pre":
            self._pre += 1
        elif name == "li":
            self._add("- ")
            self._fresh = True

    def _is_unseen(self, name: str, attributes: str) -> bool:
        classes = frozenset(attribute(attributes, "class").lower().split())
        if name in _VOID or not (name in _UNSEEN or classes & _UNSEEN_CLASSES):
            return False
        if "onebox" in classes:
            if name == "a":
                # An inline preview is a link whose words are the title of the page.
                return False
            self._add(attribute(attributes, "data-onebox-src"))
        self._unseen, self._unseen_depth = name, 1
        return True

    def close(self, name: str) -> None:
        if self._unseen:
            self._unseen_depth -= name == self._unseen
            if self._unseen_depth <= 0:
                self._unseen = ""
            return
        if name == "a":
            self._end_link()
        elif name == "blockquote":
            self._block()
            self._depth = max(0, self._depth - 1)
            self._quoted[-1] = self._depth
        elif name == "pre":
            self._pre = max(0, self._pre - 1)
            self._block()
        elif name in ("td", "th"):
            self._add(" ")
        elif name in _BLOCKS:
            self._block()

    def text(self) -> str:
        self._end_link()
        shown = []
        for words, depth in zip(self._lines, self._quoted, strict=True):
            line = "".join(words).rstrip(" ")
            shown.append(("> " * min(depth, 5) + line) if depth and line else line)
        return "\n".join(shown)

    def _end_link(self) -> None:
        """Show the address of the link that is open; one over several lines has it after the last of them."""
        if self._link is None:
            return
        attributes, first, begins = self._link
        self._link = None
        last = len(self._lines) - 1
        while last > first and not "".join(self._lines[last]).strip(" "):
            last -= 1
        line = self._lines[last]
        begins = begins if last == first else 0
        words = "".join(line[begins:])
        shown = with_address_of(words, attributes)
        if shown != words:
            line[begins:] = [shown]
            if last == len(self._lines) - 1:
                self._fresh = shown.endswith(" ") and not self._pre

    def _add(self, text: str) -> None:
        if text:
            self._lines[-1].append(text)
            self._fresh = text.endswith(" ") and not self._pre

    def _block(self) -> None:
        if any(part.strip(" ") for part in self._lines[-1]):
            self._break()

    def _break(self) -> None:
        self._lines.append([])
        self._quoted.append(self._depth)
        self._fresh = True
