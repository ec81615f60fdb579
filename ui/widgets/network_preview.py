"""A post as its network shows it: folded, links written as there, what is too long struck, or as a thread.

Nothing is ever loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel

from copilot.domain.network import Measure, Network
from ui.icons import picture
from ui.tokens import SPACE
from ui.widgets.basic import button, card, column, label, row
from ui.widgets.post_text import PostText
from ui.widgets.post_view import FOLDS, PostView, first_link, plain_view, post_view
from ui.widgets.thread_parts import ThreadParts

if TYPE_CHECKING:
    from copilot.app import Copilot
    from ui.desk import Desk
    from ui.runner import Job

__all__ = ["NetworkPreview", "first_link"]

#: Characters of an account's name shown.
LONGEST_ACCOUNT = 60
#: How wide a network's own column is, in px at a text size of 100 %.
WIDEST = 520
#: Characters that two states of a text share at one of their ends.
SHARED = 200
#: Characters of a text that is looked at at once; a longer one off the window's thread.
AT_ONCE = 2_000


class NetworkPreview(QFrame):
    """The post with its account, its fold, its thread when it is too long, and the place of the card of its link."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._theme, self._t = desk, desk.theme, desk.t
        t = desk.t
        self._view = PostView("")
        self._network: Network | None = None
        self._asked: tuple[object, ...] = ()
        self._outgoing = ""
        self._looking: Job | None = None
        self.setProperty("card", "sunken")
        self.setAccessibleName(t("ui.compose.preview"))
        self.setMaximumWidth(desk.theme.px(WIDEST))
        self._avatar = QLabel()
        self._avatar.setFixedSize(desk.theme.px(28), desk.theme.px(28))
        self._account = label("", "strong", wrap=True)
        self._where = label("", "small")
        self._text = PostText(desk.theme, t("ui.compose.preview_more"), t("ui.compose.cut_here"))
        self._unfold = button(t("ui.compose.unfold"), "link", run=self._toggle)
        self.posts = ThreadParts(desk, self._follow_fold)
        self._card = card()
        self._card_glyph = QLabel()
        self._card_host = label("", "small")
        row(self._card_glyph, self._card_host, 1, margins=2, parent=self._card)
        self._over = label("", "small", tone="danger", wrap=True)
        self._note = label("", "small", wrap=True)
        head = row(self._avatar, space=2)
        head.addLayout(column(self._account, self._where, space=0), 1)
        parts = (self._text, self._unfold, self._card, self._over, self.posts, self._note)
        column(head, *parts, space=2, margins=3, parent=self)
        for one in parts[1:]:
            one.hide()
        desk.theme.changed.connect(self._draw)
        self._draw()

    @property
    def drawn(self) -> str:
        """The text as it is on screen, folded or not."""
        return self._text.drawn

    @property
    def host(self) -> str:
        """The host on the card of the link, empty when there is none."""
        return self._view.host

    @property
    def view(self) -> PostView:
        """What is shown, before it is folded."""
        return self._view

    @property
    def notes(self) -> str:
        """What is said below the text."""
        return "\n".join(one.text() for one in (self._over, self._note) if not one.isHidden())

    def show_post(
        self,
        network: Network,
        account: str,
        outgoing: str,
        *,
        part: str = "post",
        measured: Measure | None = None,
        language: str = "",
    ) -> None:
        """Show what would go out on ``network`` from ``account``.

        ``measured`` is how long a state of this text was found to be: it holds the limit of the account. A thread is
        numbered in ``language``, that of the window without one.
        """
        limit = (measured.limit, measured.unit) if measured is not None else None
        asked = (network.id, account, outgoing, part, limit, language)
        if asked == self._asked:
            return
        # Being typed, it stays as it is until its new state is known; another text is never shown for it.
        same = self._asked[:2] == asked[:2] and _goes_on(self._outgoing, outgoing)
        self._asked, self._outgoing = asked, outgoing
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self._network = network
        self._account.setText(account[:LONGEST_ACCOUNT] or self._t("ui.compose.your_account"))
        self._where.setText(network.label)
        spoken = language or self._t.language
        if len(outgoing) <= AT_ONCE:
            self._show(post_view(outgoing, network, part, measured=measured, language=spoken))
            return
        if not same:
            self._show(plain_view(outgoing))

        async def look(_copilot: Copilot) -> PostView:
            import asyncio

            return await asyncio.to_thread(post_view, outgoing, network, part, measured=measured, language=spoken)

        def done(view: PostView) -> None:
            if self._asked == asked:
                self._show(view)

        self._looking = self._desk.run(look, done, owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._follow_fold()

    def _show(self, view: PostView) -> None:
        if self._network is None:
            return
        self._view = view
        self._text.show_view(view, FOLDS.get(self._network.id))
        self._card_host.setText(view.host[:80])
        self._card.setVisible(bool(view.host))
        self._over.setText(self._t("ui.compose.over", network=self._network.label) if view.over else "")
        self._over.setVisible(view.over)
        notes = [
            self._t(key)
            for key, told in (("ui.compose.dead_links", view.dead_links), ("ui.compose.squeezed", view.squeezed))
            if told
        ]
        self._note.setText(" ".join(notes))
        self._note.setVisible(bool(notes))
        self.posts.show_parts(view.parts, self._network)
        self._follow_fold()

    def _toggle(self) -> None:
        self._text.set_unfolded(not self._text.unfolded)
        self._follow_fold()

    def _follow_fold(self) -> None:
        self._text.setVisible(not self.posts.unrolled)
        self._unfold.setVisible(self._text.folds and not self.posts.unrolled)
        name = self._t("ui.compose.fold" if self._text.unfolded else "ui.compose.unfold")
        self._unfold.setText(name)
        self._unfold.setAccessibleName(name)

    def _draw(self) -> None:
        colours, size = self._theme.colours, self._avatar.width()
        ratio = self.devicePixelRatioF()
        self._avatar.setPixmap(picture("user", colours.muted, size - SPACE[2], ratio))
        self._avatar.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._card_glyph.setPixmap(picture("link", colours.muted, 14, ratio))


def _goes_on(before: str, after: str) -> bool:
    """True when both are states of one text."""
    return len(before) >= SHARED and (before[:SHARED] == after[:SHARED] or before[-SHARED:] == after[-SHARED:])
