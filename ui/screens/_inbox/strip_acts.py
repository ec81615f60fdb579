"""What a press on the strip does: narrow the list, show what is behind the level, set the time limits."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.screens._inbox.filters import Filters
from ui.screens._inbox.strip import Strip


class StripActs:
    """Joins the strip to the filters and to its dialogs."""

    def __init__(self, desk: Desk, strip: Strip, filters: Filters, screen: QWidget) -> None:
        self._desk = desk
        self._strip = strip
        self._filters = filters
        self._screen = screen
        strip.intent_chosen.connect(filters.toggle_intent)
        strip.language_chosen.connect(filters.toggle_language)
        strip.due_chosen.connect(filters.toggle_due)
        strip.more_intents.connect(filters.intent.showMenu)
        strip.more_languages.connect(filters.language.showMenu)
        strip.crisis_asked.connect(self.show_crisis)
        filters.more.limits_asked.connect(self.set_limits)
        self._list()

    def show_crisis(self) -> None:
        """The level with its curve and reasons, of what the list shows."""
        from ui.dialogs.crisis import CrisisDialog

        dialog = CrisisDialog(self._desk, self._filters.thread_id, self._screen)
        dialog.changed.connect(lambda: self._strip.read(self._filters.thread_id, anew=True))
        dialog.open()

    def set_limits(self) -> None:
        """By when each class should have its answer."""
        from ui.dialogs.deadlines import DeadlinesDialog

        dialog = DeadlinesDialog(self._desk, self._screen)
        dialog.changed.connect(lambda: self._strip.read(self._filters.thread_id))
        dialog.open()

    def _list(self) -> None:
        t, group = self._desk.t, self._desk.t("ui.inbox.title")
        for name, run, keys, icon_name in (
            ("crisis", self.show_crisis, "Ctrl+Shift+K", "triangle-alert"),
            ("limits", self.set_limits, "", "clock"),
            ("strip", self._strip.toggle, "", "panel-left"),
        ):
            self._desk.actions.add(
                self._screen,
                f"inbox.{name}",
                t(f"ui.inbox.do.{name}"),
                run,
                group=group,
                keys=keys,
                icon_name=icon_name,
            )
