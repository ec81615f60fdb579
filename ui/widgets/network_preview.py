"""A post as its network shows it: folded after its usual first lines, links and tags tinted. Nothing is ever loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from copilot.domain.network import Network
from copilot.i18n import Translator
from ui.icons import picture
from ui.theme import Theme
from ui.tokens import SPACE
from ui.widgets.basic import button, card, column, label, row

#: Characters drawn at most: a preview is not a place to read a novel.
MOST_DRAWN = 6_000
#: Characters of an account's name shown.
LONGEST_ACCOUNT = 60
#: Characters past a fold that may still shape its last line.
PAST_FOLD = 200
#: How wide a network's own column is, in px at a text size of 100 %.
WIDEST = 520

_SPECIAL = re.compile(r"(?P<link>https?://[^\s<>\"]{1,2000})|(?<![\w&])(?P<tag>[#@][^\W_][\w.]{0,200})")
_LAST_MARKS = ".,;:!?)»”'’"


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


def first_link(text: str) -> str:
    """The host of the first web address of ``text``, empty when it has none."""
    for found in _SPECIAL.finditer(text[:MOST_DRAWN]):
        if found["link"]:
            try:
                return urlsplit(found["link"]).hostname or ""
            except ValueError:  # "http://[": not an address
                continue
    return ""


class PostText(QWidget):
    """Plain text with its links and tags tinted, folded when it is told to."""

    def __init__(self, theme: Theme, more: str) -> None:
        super().__init__()
        self._theme, self._more = theme, more
        self._text = ""
        self._fold: Fold | None = None
        self._tint_links = self._tint_tags = True
        self._laid_out = (-1, "", False)
        self._heights: dict[int, int] = {}
        self.folds = False
        self.unfolded = False
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._document.setDefaultTextOption(option)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._anew)

    def show_text(self, text: str, network: Network) -> None:
        """Show ``text`` as ``network`` would."""
        before = (self._seen, self._fold, self._tint_links, self._tint_tags)
        self._text = text[:MOST_DRAWN].translate({0: "\ufffd"}) + ("…" if len(text) > MOST_DRAWN else "")
        self._fold = FOLDS.get(network.id)
        self._tint_links = network.links_clickable
        self._tint_tags = network.hashtags.style != "none"
        # A text that grows behind its fold looks the same.
        if before != (self._seen, self._fold, self._tint_links, self._tint_tags):
            self._anew()

    def set_unfolded(self, unfolded: bool) -> None:
        """Show the whole text, or what the network shows of it first."""
        self.unfolded = unfolded
        self._anew()

    @property
    def drawn(self) -> str:
        """What is on screen."""
        return self._document.toPlainText()

    @property
    def _seen(self) -> str:
        """As much of the text as what is on screen depends on."""
        if self._fold is None or self.unfolded:
            return self._text
        return self._text[: self._fold.characters + PAST_FOLD]

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's name
        # Layouts ask for several widths, again and again.
        if width not in self._heights:
            self._lay_out(width)
            self._heights[width] = round(self._document.size().height() + 0.5)
        return self._heights[width]

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        width = self.width() or 300
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(80, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._lay_out(self.width())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        # A layout may have asked for the height of another width since.
        self._lay_out(self.width())
        painter = QPainter(self)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor(self._theme.colours.text))
        context.clip = QRectF(event.rect())
        self._document.documentLayout().draw(painter, context)
        painter.end()

    def _anew(self) -> None:
        width = max(80, self.width())
        before = self._heights.get(width)
        self._heights.clear()
        self._laid_out = (-1, "", False)
        # A text that grows within its last line moves nothing around it.
        if self.heightForWidth(width) != before:
            self.updateGeometry()
        self.update()

    def _lay_out(self, width: int) -> None:
        text = self._seen
        wanted = (width, text, self.unfolded)
        if wanted == self._laid_out:
            return
        self._laid_out = wanted
        # Each of these lays the whole document out again.
        if self._document.defaultFont() != self.font():
            self._document.setDefaultFont(self.font())
        self._document.setPlainText(text)
        if self._document.textWidth() != max(40, width):
            self._document.setTextWidth(max(40, width))
        self._document.size()  # lays the lines out
        cut = self._cut()
        self.folds = cut is not None
        if cut is not None and not self.unfolded:
            shown = self._fitting(cut)
            self._tint(len(shown), muted_tail=True)
        else:
            self._tint(len(text), muted_tail=False)

    def _cut(self) -> int | None:
        """Where the text folds, a Python offset; None when all of it is shown."""
        if self._fold is None:
            return None
        folds = (self._fold.characters, self._end_of_line(self._fold.lines))
        places = [end for end in folds if end < len(self._seen)]
        return min(places, default=None)

    def _fitting(self, cut: int) -> str:
        """What is shown, drawn with the word that unfolds the rest on the last line."""
        shown = self._text[:cut].rstrip(" \n.,;:")
        most = self._fold.lines if self._fold is not None else 1
        # A word at a time, of the last line only: a few turns.
        for _ in range(40):
            self._document.setPlainText(f"{shown}… {self._more}")
            if sum(block.layout().lineCount() for block in _blocks(self._document)) <= most:
                break
            shorter = shown.rstrip().rpartition(" ")[0] or shown[:-10]
            shown = shorter.rstrip(" \n.,;:")
        return shown

    def _end_of_line(self, number: int) -> int:
        seen = 0
        for block in _blocks(self._document):
            layout = block.layout()
            if seen + layout.lineCount() >= number:
                line = layout.lineAt(number - seen - 1)
                return _offset(self._text, block.position() + line.textStart() + line.textLength())
            seen += layout.lineCount()
        return len(self._seen)

    def _tint(self, end: int, *, muted_tail: bool) -> None:
        text = self._document.toPlainText()
        colours = self._theme.colours
        at = place = 0
        for found in _SPECIAL.finditer(text, 0, end):
            if not (self._tint_links if found["link"] else self._tint_tags):
                continue
            words = found.group().rstrip(_LAST_MARKS)
            place += _units(text[at : found.start()])
            length = _units(words)
            self._colour(place, place + length, colours.info)
            at, place = found.start() + len(words), place + length
        if muted_tail:
            start = _units(text[:end])
            self._colour(start, start + _units(text[end:]), colours.muted)

    def _colour(self, start: int, end: int, colour: str) -> None:
        cursor = QTextCursor(self._document)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        made = QTextCharFormat()
        made.setForeground(QColor(colour))
        cursor.mergeCharFormat(made)


class NetworkPreview(QFrame):
    """The post with its account, its fold, and the place of the card of its link."""

    def __init__(self, theme: Theme, t: Translator) -> None:
        super().__init__()
        self._theme, self._t = theme, t
        self._host = ""
        self._shown: tuple[str, str, str] = ("", "", "")
        self.setProperty("card", "sunken")
        self.setAccessibleName(t("ui.compose.preview"))
        self.setMaximumWidth(theme.px(WIDEST))
        self._avatar = QLabel()
        self._avatar.setFixedSize(theme.px(28), theme.px(28))
        self._account = label("", "strong", wrap=True)
        self._where = label("", "small")
        self._text = PostText(theme, t("ui.compose.preview_more"))
        self._unfold = button(t("ui.compose.unfold"), "link", run=self._toggle)
        self._card = card()
        self._card_glyph = QLabel()
        self._card_host = label("", "small")
        row(self._card_glyph, self._card_host, 1, margins=2, parent=self._card)
        self._note = label(t("ui.compose.dead_links"), "small", wrap=True)
        who = column(self._account, self._where, space=0)
        head = row(self._avatar, space=2)
        head.addLayout(who, 1)
        column(head, self._text, self._unfold, self._card, self._note, space=2, margins=3, parent=self)
        for one in (self._unfold, self._card, self._note):
            one.hide()
        theme.changed.connect(self._draw)
        self._draw()

    @property
    def drawn(self) -> str:
        """The text as it is on screen, folded or not."""
        return self._text.drawn

    @property
    def host(self) -> str:
        """The host on the card of the link, empty when there is none."""
        return self._host

    def show_post(self, network: Network, account: str, outgoing: str) -> None:
        """Show what would go out on ``network`` from ``account``."""
        told = (network.id, account, outgoing)
        if told == self._shown:
            return
        self._shown = told
        self._account.setText(account[:LONGEST_ACCOUNT] or self._t("ui.compose.your_account"))
        self._where.setText(network.label)
        self._text.show_text(outgoing, network)
        host = first_link(outgoing)
        self._host = host if network.id in LINK_CARDS else ""
        self._card_host.setText(self._host[:80])
        self._card.setVisible(bool(self._host))
        self._note.setVisible(bool(host) and not network.links_clickable)
        self._follow_fold()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._follow_fold()

    def _toggle(self) -> None:
        self._text.set_unfolded(not self._text.unfolded)
        self._follow_fold()

    def _follow_fold(self) -> None:
        self._unfold.setVisible(self._text.folds)
        name = self._t("ui.compose.fold" if self._text.unfolded else "ui.compose.unfold")
        self._unfold.setText(name)
        self._unfold.setAccessibleName(name)

    def _draw(self) -> None:
        colours, size = self._theme.colours, self._avatar.width()
        ratio = self.devicePixelRatioF()
        self._avatar.setPixmap(picture("user", colours.muted, size - SPACE[2], ratio))
        self._avatar.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._card_glyph.setPixmap(picture("link", colours.muted, 14, ratio))


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.firstBlock()
    while block.isValid():
        yield block
        block = block.next()


def _units(text: str) -> int:
    return len(text) + sum(1 for one in text if one > "\uffff")


def _offset(text: str, place: int) -> int:
    """The Python offset of a UTF-16 ``place``."""
    seen = 0
    for offset, one in enumerate(text):
        if seen >= place:
            return offset
        seen += 2 if one > "\uffff" else 1
    return len(text)
