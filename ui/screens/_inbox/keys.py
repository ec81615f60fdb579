"""What a moderator can do, each with its key and, for most, its button."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from ui.actions import bind
from ui.screens._inbox.approaches import MOST
from ui.screens._inbox.foot import Foot
from ui.screens._inbox.head import Head
from ui.widgets.basic import button, icon_button

if TYPE_CHECKING:
    from ui.screens._inbox.screen import InboxScreen


class Keys:
    """Single letters work in the list, the conversation and the approaches: never where someone types."""

    def __init__(self, screen: InboxScreen) -> None:
        self._screen = screen
        self._t = screen.t
        self._group = screen.t("ui.inbox.title")
        self._near: tuple[QWidget, ...] = (screen.conversation, screen.reply.approaches, screen.empty)
        self.actions: dict[str, QAction] = {}
        self._walk()
        self._decide()
        self._bring()
        bind(screen.conversation.correct, self.actions["correct"])

    def head_buttons(self) -> list[QAbstractButton]:
        """The buttons at the right of the title."""
        return [self._button("undo", "quiet"), self._icon("refine"), self._button("paste"), self._button("open")]

    def fill_head(self, head: Head) -> None:
        """The buttons that bring words, beside the title of the reply, and what would leave for them."""
        for name in ("propose", "saved", "preview"):
            head.add(self.actions[name], spelt=name != "preview")

    def foot(self) -> Foot:
        """The decisions, below the reply: those that set it aside, those that send it on."""
        named = self.actions
        return Foot([named[one] for one in ("skip", "hand", "moderate")], [named["submit"], named["approve"]])

    def follow(self) -> None:
        """What can be done now; what cannot says why."""
        screen, t = self._screen, self._t
        count = screen.chosen_count
        several, message = count > 1, screen.reply.row
        own = message is not None and message.message.author.is_owner
        nothing = "" if message is not None or several else t("ui.inbox.why.nothing")
        ours = t("ui.inbox.own_message") if own and not several else ""
        done = message is not None and message.state.value == "approved" and not several
        approved = t("ui.inbox.why.approved") if done else ""
        for name in ("propose", "saved", "write", "preview"):
            self._allow(name, nothing or ours)
        for name in ("skip", "hand"):
            self._allow(name, nothing or ours or approved)
        for name in ("moderate", "correct"):
            self._allow(name, nothing or ours)
        for name in ("submit", "approve"):
            self._allow(name, nothing or ours or approved)
        self._allow("sort_again", "" if screen.standing.is_stale else t("ui.inbox.why.sorted"))
        self._allow("undo", "" if screen.decisions.can_undo else t("ui.inbox.nothing_to_undo"))
        screen.reply.selected.setText(t("ui.inbox.selected", count=count) if several else "")
        screen.reply.selected.setVisible(several)
        screen.reply.head.fit()

    def _allow(self, name: str, why_not: str) -> None:
        action = self.actions[name]
        action.setWhatsThis(why_not)
        action.setEnabled(not why_not)

    def _walk(self) -> None:
        screen = self._screen
        self._letter("next", lambda: screen.list.step(1), "J", "chevron-down")
        self._letter("previous", lambda: screen.list.step(-1), "K", "chevron-up")
        self._letter("next_waiting", screen.acts.next_waiting, "N", "skip-forward")
        self._letter("write", screen.acts.write, ("E", "Return"), "pen-line")
        for place in range(MOST):
            self._letter(f"take_{place + 1}", partial(screen.acts.take, place), str(place + 1), "", place + 1)
        self._everywhere("search", self._search, "Ctrl+F", "search")
        self._inside("back", screen.to_list, "Escape", "arrow-left", screen.reply)

    def _decide(self) -> None:
        screen = self._screen
        self._letter("propose", screen.acts.propose, ("R", "G"), "sparkles")
        self._letter("approve", screen.acts.approve, "A", "")
        self._letter("submit", screen.acts.submit, "V", "")
        self._letter("skip", screen.acts.skip, "S", "skip-forward")
        self._letter("hand", screen.acts.hand_over, "H", "user")
        self._letter("moderate", screen.acts.moderate, "D", "ban")
        self._letter("correct", screen.acts.correct, "T", "")
        self._everywhere("sort_again", screen.standing.sort_again, "F5", "arrow-up-down")
        self._everywhere("to_do", screen.moderating.show_left, "Ctrl+Shift+D", "check-check")
        # In an editor Ctrl+Z goes on taking back what was typed.
        self._letter("undo", screen.decisions.undo, ("U", "Ctrl+Z"), "undo-2")
        screen.grouped.panel.addAction(self.actions["undo"])
        # In the editor, where letters are letters.
        self._inside("approve_here", screen.acts.approve, "Ctrl+Return", "", screen.reply)

    def _bring(self) -> None:
        screen = self._screen
        self._everywhere("refine", screen.refining.start, "Ctrl+Shift+T", "wand-sparkles")
        self._everywhere("preview", screen.acts.preview, "Ctrl+Shift+L", "shield-check")
        self._everywhere("saved", screen.acts.saved_replies, "Ctrl+;", "bookmark")
        self._everywhere("open", screen.loading.choose_file, "Ctrl+O", "folder-open")
        self._everywhere("paste", screen.loading.paste, "Ctrl+Shift+V", "message-square")

    def _search(self) -> None:
        self._screen.filters.search.setFocus()
        self._screen.filters.search.selectAll()

    def _letter(
        self, name: str, run: Callable[[], object], keys: str | tuple[str, ...], icon_name: str, place: int = 0
    ) -> None:
        title = self._t("ui.inbox.do.take", place=place) if place else self._t(f"ui.inbox.do.{name}")

        def run_letter() -> None:
            # While "E" waits for its message, what is typed next is meant for the editor.
            if not self._screen.loader.is_awaited:
                run()

        action = self._inside(name, run_letter, keys, icon_name, self._screen.list, title=title)
        for widget in self._near:
            widget.addAction(action)

    def _inside(
        self,
        name: str,
        run: Callable[[], object],
        keys: str | tuple[str, ...],
        icon_name: str,
        widget: QWidget,
        *,
        title: str = "",
    ) -> QAction:
        made = self._screen.desk.actions.add(
            widget, f"inbox.{name}", title or self._t(f"ui.inbox.do.{name}"), run, group=self._group, keys=keys,
            icon_name=icon_name,
        )  # fmt: skip
        self.actions[name] = made
        return made

    def _everywhere(self, name: str, run: Callable[[], object], keys: str, icon_name: str) -> None:
        self._inside(name, run, keys, icon_name, self._screen)

    def _button(self, name: str, kind: str = "") -> QPushButton:
        made = button("", kind)
        bind(made, self.actions[name])
        return made

    def _icon(self, name: str) -> QAbstractButton:
        made = icon_button("", "")
        bind(made, self.actions[name], with_text=False)
        return made
