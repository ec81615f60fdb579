"""The actions of the Compose screen: what the palette, the cheat sheet and the keys reach."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.actions import bind
from ui.screens._compose.card_tools import TOOLS

if TYPE_CHECKING:
    from ui.screens._compose.screen import ComposeScreen


class Shortcuts:
    """Makes the actions; keeps those whose state follows the screen."""

    def __init__(self, screen: ComposeScreen) -> None:
        self._screen = screen
        self._group = screen.t("ui.compose.title")
        t, brief, cards = screen.t, screen.brief, screen.cards
        # Ctrl+Return belongs to the side one is on: it proposes from a brief, it approves a text.
        self.write = self._add("write", t("ui.compose.write"), screen.propose, ("Ctrl+Return", "Ctrl+Enter"),
                               place=screen.left)  # fmt: skip
        self.stop = self._add("stop", t("ui.compose.stop"), screen.stop, "Esc", "square")
        take_back = screen.proposals.undo
        self.undo = self._add("undo", t("ui.compose.undo"), take_back, "Ctrl+Shift+Backspace", "undo-2")
        # Among the cards it would take a proposal away from somebody who takes a hashtag back once too often; an
        # editor keeps it for its own text.
        self._add("undo_beside", t("ui.compose.undo"), take_back, "Ctrl+Z", listed=False, place=screen.left)
        bind(screen.undo_button, self.undo, with_text=False)
        opened = self._add("open", t("ui.compose.open"), brief.choose_file, "Ctrl+O", "folder-open")
        bind(screen.left.write_button, self.write)
        bind(brief.open_button, opened)
        self._add("clear", t("ui.compose.clear"), brief.empty, "Ctrl+N", "file-text")
        self._add("example", t("ui.compose.example"), brief.open_example, (), "lightbulb")
        exported = self._add("export", t("ui.compose.export"), screen.export, "Ctrl+E", "download")
        bind(screen.export_button, exported)
        self._add("other_side", t("ui.compose.other_side"), screen.other_side, "F6", "panel-left")
        self._add("next_card", t("ui.compose.next_card"), lambda: cards.step(1), "Ctrl+Shift+Down", "chevron-down")
        self._add("card_before", t("ui.compose.card_before"), lambda: cards.step(-1), "Ctrl+Shift+Up", "chevron-up")
        for tool in TOOLS:
            self._add(tool.name, t(tool.title), partial(cards.use, tool.name), tool.keys, tool.icon,
                      place=cards)  # fmt: skip
        for number in range(1, 10):
            self._add(f"variant{number}", t("ui.compose.variant", number=number),
                      partial(cards.turn, number), f"Alt+{number}", listed=False, place=cards)  # fmt: skip

    def _add(
        self,
        name: str,
        title: str,
        run: Callable[[], object],
        keys: str | tuple[str, ...] = (),
        icon_name: str = "",
        *,
        listed: bool = True,
        place: QWidget | None = None,
    ) -> QAction:
        screen = self._screen
        return screen.desk.actions.add(
            place or screen, f"compose.{name}", title, run, group=self._group, keys=keys, icon_name=icon_name,
            listed=listed,
        )  # fmt: skip
