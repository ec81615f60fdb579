"""The Review screen: what waits for a decision at the left, the item with all that it takes to decide at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget

from copilot.domain.item import NEEDS_APPROVAL, ItemKind, Status
from copilot.domain.review import NEEDS_REASON, TRANSITIONS, Action, same_person
from ui.actions import bind
from ui.desk import Changes, Desk
from ui.screen import Screen
from ui.screens._review.decisions import Decisions
from ui.screens._review.item_panel import ItemPanel
from ui.screens._review.list_panel import ListPanel, ShelfChips
from ui.screens._review.loading import Line, Listing, Shelf, Whole, load_list, load_whole
from ui.widgets.basic import EmptyState, button, label
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from ui.runner import Job

#: Actions of the row under an item, with their keys in the list and their icons.
BUTTONS = (
    (Action.APPROVE, "A", "circle-check"),
    (Action.REQUEST_CHANGES, "C", "pencil"),
    (Action.REJECT, "R", "x"),
    (Action.SUBMIT, "S", "send"),
    (Action.WITHDRAW, "W", "undo-2"),
    (Action.REOPEN, "O", "refresh-cw"),
)
#: Shown even when they are not possible now, with the reason.
ALWAYS = frozenset({Action.APPROVE, Action.REQUEST_CHANGES, Action.REJECT})


class ReviewScreen(Screen):
    """Lists items, shows one, decides on one or several."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.t("ui.review.title"))
        self._listing: Listing | None = None
        self._loading: Job | None = None
        self._showing: Job | None = None
        self._wanted: int | None = None
        self._before: int | None = None  # on show the last time
        self.decisions = Decisions(desk, self)
        self.chips = ShelfChips(desk)
        self.left = ListPanel(desk)
        self.list = self.left.list
        self.panel = ItemPanel(desk)
        self.nothing = EmptyState(
            desk.theme, "circle-check", desk.t("ui.review.choose.title"), desk.t("ui.review.choose.text")
        )
        self.right = QStackedWidget()
        self.right.addWidget(self.nothing)
        self.right.addWidget(self.panel)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(12)
        self.splitter.addWidget(self.left)
        self.splitter.addWidget(self.right)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setSizes([380, 640])
        self._make_actions()
        self.body.addWidget(self.chips)
        self.body.addWidget(self.splitter, 1)
        self._listen()
        self._follow()

    # What the window asks of a screen.

    def appear(self) -> None:
        """Load what is missing."""
        if self._listing is None:
            self._load()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_what(self, what: object) -> None:
        """Show the item of this id, whatever its shelf."""
        if isinstance(what, int) and not isinstance(what, bool):
            self._wanted = what
            if not self.list.turn_to(what):
                self._choose_shelf(Shelf.ALL)

    def refresh(self, changes: Changes) -> None:
        """Items changed, or the house rules."""
        if changes.items or changes.all_items or changes.brands or changes.threads:
            self._load()
            # Not what the panel holds: the next item may be on its way there.
            shown = self.list.current_id
            if shown is not None and (changes.all_items or shown in changes.items):
                self._show(shown)
        if changes.settings:
            self._follow()

    def leave(self) -> None:
        """Make what is typed a version."""
        self.panel.editor.commit()

    def state(self) -> dict[str, Any]:
        """The shelf, the item on show, the splitter."""
        return {
            "shelf": self.left.shelf.value,
            "item": self.list.current_id,
            "sizes": self.splitter.sizes(),
            "network": self.left.network.currentData() or "",
            "kind": str(self.left.kind.currentData() or ""),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Bring back what was shown."""
        if state.get("shelf") in list(Shelf):
            self.left.shelf = Shelf(state["shelf"])
            self.chips.set_current(self.left.shelf)
        if isinstance(state.get("item"), int):
            self._before = state["item"]
        sizes = state.get("sizes")
        if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(one, int) and one > 0 for one in sizes):
            self.splitter.setSizes(sizes)
        if isinstance(state.get("network"), str):
            self.left.choose_network(state["network"])
        if state.get("kind") in list(ItemKind):
            self.left.kind.setCurrentIndex(self.left.kind.findData(ItemKind(state["kind"])))

    # Made once.

    def _listen(self) -> None:
        self.chips.chosen.connect(self._choose_shelf)
        self.left.asked_changed.connect(lambda: self._load(keep=False))
        self.left.compose_wanted.connect(lambda: self.desk.go("compose"))
        self.list.turned.connect(self._show)
        self.list.chosen.connect(self._follow)
        self.decisions.decided.connect(self._go_on)
        self.decisions.undone.connect(self._came_back)
        self.decisions.steps_changed.connect(self._follow)
        self.panel.editor.edited.connect(self._follow)

    def _make_actions(self) -> None:
        t, add = self.t, self.desk.actions.add
        group = t("ui.review.title")
        self.actions_of: dict[Action, QAction] = {}
        self._buttons: dict[Action, QPushButton] = {}
        flow = Flow(self.panel.foot, space=2)
        for action, key, icon_name in BUTTONS:
            made = add(
                self.list, f"review.{action.value}", t(f"ui.review.do.{action.value}", count=1),
                partial(self._decide, action), group=group, keys=key, icon_name=icon_name,
            )  # fmt: skip
            self.actions_of[action] = made
            shown = button("", "primary" if action is Action.APPROVE else "")
            bind(shown, made)
            self._buttons[action] = shown
            flow.addWidget(shown)
        add(self, "review.approve_typed", t("ui.review.do.approve", count=1), partial(self._decide, Action.APPROVE),
            group=group, keys="Ctrl+Return", icon_name="circle-check", listed=False)  # fmt: skip
        self._add(self.list, "next", lambda: self.list.step(1), "J", "chevron-down")
        self._add(self.list, "previous", lambda: self.list.step(-1), "K", "chevron-up")
        self._add(self, "next_typed", lambda: self.list.step(1), "Alt+Down", "chevron-down")
        self._add(self, "previous_typed", lambda: self.list.step(-1), "Alt+Up", "chevron-up")
        self._add(self.list, "edit", self.panel.editor.editor.setFocus, ("E", "Return"), "pen-line")
        self.undo_action = self._add(self.list, "undo", self.decisions.undo, "U", "undo-2")
        history = self._add(self, "history", self._open_history, "Ctrl+H", "history")
        copied = self._add(self, "copy", self.panel.copy_exact, "Ctrl+Shift+C", "copy")
        self.export_action = self._add(self, "export", self._export, "Ctrl+E", "download")
        self._add(self, "search", self.left.search.setFocus, "Ctrl+F", "search")
        self._add(self, "to_list", self.list.setFocus, "Ctrl+L", "list-filter")
        bind(self.panel.history_button, history, with_text=False)
        bind(self.panel.copy_button, copied, with_text=False)
        self.selected = label("", "muted")
        self.undo_button, self.export_button = button("", "quiet"), button("")
        bind(self.undo_button, self.undo_action)
        bind(self.export_button, self.export_action)
        for part in (self.selected, self.undo_button, self.export_button):
            self.head.addWidget(part)

    def _add(
        self, owner: Any, name: str, run: Callable[[], object], keys: str | tuple[str, ...], icon_name: str
    ) -> QAction:
        return self.desk.actions.add(
            owner, f"review.{name}", self.t(f"ui.review.act.{name}"), run, group=self.t("ui.review.title"), keys=keys,
            icon_name=icon_name,
        )  # fmt: skip

    # The list.

    def _choose_shelf(self, shelf: Shelf) -> None:
        self.left.shelf = shelf
        self.chips.set_current(shelf)
        self._load(keep=False)

    def _load(self, *, keep: bool = True) -> None:
        """Ask for the lines. The item being written in stays among them whatever its status became."""
        if self._loading is not None:
            self._loading.cancel()
        stays = self._wanted if self._wanted is not None else self.list.current_id if keep else None
        asked = self.left.asked(stays if stays != -1 else None)
        self._loading = self.desk.run(lambda copilot: load_list(copilot, asked), self._listed, owner=self)

    def _listed(self, listing: Listing) -> None:
        first = self._listing is None
        self._listing = listing
        self.chips.show_counts(listing)
        had_focus = self.list.hasFocus() or self.focusWidget() is None
        self.left.show_listing(listing)
        wanted, self._wanted = self._wanted, None
        if wanted is None and first and any(one.id == self._before for one in listing.lines):
            # It may have left its list since: a draft is not brought back among the approved.
            wanted = self._before
        if wanted is not None:
            self.list.turn_to(wanted)
        elif listing.lines and (first or self.list.current_id is None):
            self.list.turn_to(listing.lines[0].id)
        if not listing.lines:
            self._show(None)
        elif had_focus and self.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._follow()

    # The item.

    def _show(self, item_id: int | None) -> None:
        if self._showing is not None:
            self._showing.cancel()
        if item_id is None:
            self.right.setCurrentWidget(self.nothing)
            self.panel.clear()
            self._follow()
            return

        def found(whole: Whole) -> None:
            if self.list.current_id == item_id:
                self.panel.show_whole(whole)
                self.right.setCurrentWidget(self.panel)
                self._follow()

        self._showing = self.desk.run(lambda copilot: load_whole(copilot, item_id), found, owner=self)

    # Decisions.

    def _chosen(self, action: Action) -> list[Line]:
        """The selected items that ``action`` may be carried out on. What is typed makes an approved text a draft."""
        typed = self.panel.item_id if self.panel.editor.is_touched else None
        return [
            line
            for line in self.list.selected_lines()
            if (Status.DRAFT if line.id == typed else line.status) in TRANSITIONS[action][0]
        ]

    def _decide(self, action: Action) -> None:
        """Carry out ``action`` on the selection, on what is on screen: typed text becomes a version first."""
        if not self.actions_of[action].isEnabled():
            if why := self.actions_of[action].whatsThis():
                self.desk.tell("info", why)
            return
        lines = self._chosen(action)
        if not lines:
            return
        shown = self.panel.item_id

        def decide(status_of: dict[int, Status]) -> None:
            items = [(line.id, status_of.get(line.id, line.status)) for line in lines]
            if action is Action.APPROVE:
                self.decisions.approve(items)
            elif action in NEEDS_REASON:
                self.decisions.ask_reason(action, items)
            else:
                self.decisions.decide(action, items)

        if shown is not None and shown in {line.id for line in lines}:
            self.panel.editor.commit(lambda stored: decide({stored.item.id: stored.item.status}))
        else:
            decide({})

    def _go_on(self, decided: tuple[int, ...]) -> None:
        """The next item loads at once, and the decided ones leave the list."""
        following = self.list.after(set(decided))
        if self.list.current_id in decided and (following is None or not self.list.turn_to(following)):
            self._wanted = -1
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _came_back(self, ids: tuple[int, ...]) -> None:
        """What was taken back is before the eyes again."""
        if ids:
            self._wanted = ids[0]
            self._load()

    def _follow(self) -> None:
        """Titles, states and reasons of the actions follow the selection."""
        lines = self.list.selected_lines()
        t, count = self.t, len(lines)
        for action, made in self.actions_of.items():
            possible = self._chosen(action)
            made.setText(t(f"ui.review.do.{action.value}", count=len(possible) or 1))
            why = self._why_not(action, lines, possible)
            made.setWhatsThis(why)
            made.setEnabled(bool(possible) and not why)
            self._buttons[action].setVisible(action in ALWAYS or bool(possible))
        self.undo_action.setEnabled(self.decisions.can_undo)
        self.undo_button.setVisible(self.decisions.can_undo)
        self.selected.setText(t("ui.review.selected", count=count) if count > 1 else "")
        self.selected.setVisible(count > 1)
        approved = self._listing.counts[Shelf.APPROVED] if self._listing else 0
        self.export_action.setEnabled(bool(self._to_export()) or approved > 0)
        self.export_action.setText(t("ui.review.act.export"))
        self.export_action.setWhatsThis("" if self.export_action.isEnabled() else t("ui.review.nothing_approved"))

    def _why_not(self, action: Action, lines: list[Line], possible: list[Line]) -> str:
        if lines and not possible:
            return self.t(f"ui.review.cannot.{action.value}") if action in ALWAYS else ""
        if action is not Action.APPROVE or not self.desk.settings.four_eyes or len(lines) != 1:
            return ""
        whole = self.panel.whole
        if whole is None or whole.inspected.item.id != lines[0].id:
            return ""
        me = same_person(self.desk.person)
        wrote = self.panel.editor.is_touched or me in map(same_person, whole.authors)
        return self.t("ui.review.own_work") if wrote else ""

    # The rest.

    def _to_export(self) -> list[int]:
        lines = self.list.selected_lines()
        return [line.id for line in lines if line.status in NEEDS_APPROVAL] if len(lines) > 1 else []

    def _export(self) -> None:
        from ui.dialogs.export import ExportDialog

        self.panel.editor.commit()
        ExportDialog(self.desk, self._to_export(), self).open()

    def _open_history(self) -> None:
        from ui.dialogs.history import HistoryDialog

        def show(_stored: object) -> None:
            if (item_id := self.panel.item_id) is not None:
                dialog = HistoryDialog(self.desk, item_id, self)
                dialog.restore_asked.connect(self.panel.editor.restore_version)
                dialog.open()

        self.panel.editor.commit(show)
