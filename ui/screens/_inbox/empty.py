"""What the screen says when the list is empty: nothing loaded yet, nothing found, everything answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from copilot.paths import assets_dir
from ui.widgets.basic import EmptyState, button

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.screens._inbox.filters import Filters
    from ui.screens._inbox.loading import Loading


def example_threads(language: str) -> list[Path]:
    """The demo threads, those of the person's language first."""
    found = sorted((assets_dir() / "demo" / "threads").glob("*.*"))
    return sorted(found, key=lambda path: (path.suffix == ".csv") != (language == "en"))


class Emptiness(QStackedWidget):
    """One of three empty states."""

    def __init__(self, desk: Desk, loading: Loading, filters: Filters) -> None:
        super().__init__()
        t, theme = desk.t, desk.theme

        def try_example() -> None:
            loading.open_path(example_threads(t.language)[0])

        open_file = button(t("ui.inbox.open"), "primary", run=loading.choose_file)
        paste = button(t("ui.inbox.paste"), icon_name="message-square", run=loading.paste)
        example = button(t("ui.inbox.example"), "quiet", icon_name="lightbulb", run=try_example)
        self.none = EmptyState(
            theme, "inbox", t("ui.inbox.empty.title"), t("ui.inbox.empty.text"), open_file, paste, example
        )
        reset = button(t("ui.inbox.filter.reset"), "primary", run=filters.clear)
        self.no_match = EmptyState(theme, "search", t("ui.inbox.no_match.title"), t("ui.inbox.no_match.text"), reset)
        every = button(t("ui.inbox.all_done.see"), icon_name="eye", run=filters.clear)
        more = button(t("ui.inbox.all_done.more"), icon_name="folder-open", run=loading.choose_file)
        self.all_done = EmptyState(
            theme, "circle-check", t("ui.inbox.all_done.title"), t("ui.inbox.all_done.text"), every, more
        )
        for page in (self.none, self.no_match, self.all_done):
            self.addWidget(page)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("ui.inbox.empty"))

    def show_reason(self, has_threads: bool, waiting: int, filters: Filters) -> None:
        """Say why the list is empty."""
        only_open = not (filters.words or filters.urgencies or filters.narrows_kind)
        if not has_threads:
            self.setCurrentWidget(self.none)
        elif only_open and not waiting and set(filters.state.chosen) <= {"waiting", "drafted"}:
            self.setCurrentWidget(self.all_done)
        else:
            self.setCurrentWidget(self.no_match)
