"""The editor of one brand: its name and state at the top, its tabs, the sample beside them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QToolButton, QVBoxLayout, QWidget

from copilot.domain.brand import Brand
from copilot.domain.wording import Wording
from copilot.errors import UserError
from ui.actions import bind
from ui.desk import Desk
from ui.screens._brands.editing import Editing
from ui.screens._brands.facts_tab import FactsTab
from ui.screens._brands.forms import steps_of
from ui.screens._brands.pages import TABS, Pages
from ui.screens._brands.sample import SamplePane
from ui.screens._brands.tab import BrandTab, Steps
from ui.tokens import SPACE
from ui.widgets.basic import badge, button, column, icon_button, label, restyle, row
from ui.widgets.tag_line import TagLine

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.brands import BrandInvalid

#: Widths of the editor, in px at 100 %, from which the sample stands beside the voice, and beside every tab.
BESIDE_VOICE, BESIDE_ALL = 720, 1080
#: Width of the editor, in px at 100 %, from which its head says that something is unsaved.
ROOM_FOR_BADGE = 490
#: Widths of the sample beside a tab, in px at 100 %.
NARROWEST, WIDEST = 250, 440
_ANY_WIDTH = 16_777_215  # Qt's "no limit"
_SHOWN_NAME = 80


class BrandEditor(QWidget):
    """``saved`` carries the brand that was kept, ``state_changed`` tells that it has unsaved changes or no longer."""

    saved = Signal(object)
    state_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        self.editing = Editing(desk, self)
        self.sample = SamplePane(desk, self.editing)
        self.tabs = Pages(desk, self.editing)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(SPACE[3])
        self.splitter.addWidget(self.tabs)
        self.splitter.addWidget(self.sample)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([480, 310])
        self._size_sample()
        desk.theme.changed.connect(self._size_sample)
        self._sample_page = QWidget()
        column(margins=(0, 2, 0, 0), parent=self._sample_page)
        self._beside = True
        column(self._head(), self._conflict(), self.splitter, space=2, parent=self).setStretch(2, 1)
        self._make_actions()
        self._connect()
        self._show_state()

    @property
    def tab(self) -> str:
        """The name of the tab in front."""
        return self.tabs.current or "sample"

    @property
    def voice(self) -> BrandTab:
        """The tab of the voice, the first one."""
        return self.page("voice")

    @property
    def facts(self) -> FactsTab:
        """The tab of the facts."""
        page = self.page("facts")
        assert isinstance(page, FactsTab)  # made as one
        return page

    def show_tab(self, name: str) -> None:
        """Bring a tab to the front."""
        self.tabs.show_page(name)

    def page(self, name: str) -> BrandTab:
        """A tab: voice, facts, playbooks, hashtags, charter, contact, checks; made when it is first needed."""
        return self.tabs.page(name)

    def open(self, brand: Brand, working: dict[str, object] | None) -> None:
        """Show a brand, with what was typed in it and not saved."""
        self._clear_marks()
        self.conflict.hide()
        self.editing.open(brand, working)

    def save(self) -> None:
        """Keep the brand."""
        self.commit()
        if self.editing.is_changed:
            self._clear_marks()
            self.conflict.hide()
            self.editing.save()

    def commit(self) -> None:
        """What is typed in a line of tags and not entered yet counts."""
        for line in self.findChildren(TagLine):
            line.commit()

    def discard(self) -> None:
        """Back to what is kept; the message bar brings the changes back."""
        editing = self.editing
        if editing.is_changed:
            given_up = editing.brand
            self._clear_marks()
            self.conflict.hide()
            editing.discard()

            def bring_back() -> None:
                if editing.is_open and editing.brand.id == given_up.id:
                    editing.put(given_up)

            self.desk.tell("ok", self.t("ui.brands.discarded"), act_label=self.t("ui.undo"), act=bring_back)

    def set_badges(self, *, is_default: bool) -> None:
        """Say whether the brand is the usual one."""
        self._default.setVisible(is_default)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The sample goes where there is room for it."""
        super().resizeEvent(event)
        self._place_sample()

    # Building.

    def _head(self) -> QWidget:
        t = self.t
        self.name = label("", "title", wrap=True)
        self._default = badge(t("ui.brands.default"), "accent")
        self._unsaved = badge(t("ui.brands.unsaved"), "warn")
        self.undo_button = icon_button("undo-2", t("ui.undo"))
        self.redo_button = icon_button("redo-2", t("ui.brands.redo"))
        self.discard_button = button(t("ui.brands.discard"), "quiet")
        self.save_button = button(t("ui.save"), "primary")
        self.more_button = icon_button("ellipsis", t("ui.brands.more"))
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made = QWidget()
        line = row(self.name, space=2, parent=made)
        line.setStretch(0, 1)
        for one in (
            self._default, self._unsaved, self.undo_button, self.redo_button, self.discard_button, self.save_button,
            self.more_button,
        ):  # fmt: skip
            line.addWidget(one)
        return made

    def _conflict(self) -> QFrame:
        t = self.t
        self.conflict = QFrame()
        self.conflict.setProperty("bar", "warn")
        self.conflict_text = label("", wrap=True)
        self.reload_button = button(t("ui.brands.reload"), run=self._reload)
        self.overwrite_button = button(t("ui.brands.overwrite"), run=self._overwrite)
        self.again_button = button(t("ui.brands.save_again"), run=self._save_again)
        line = row(self.conflict_text, self.reload_button, self.overwrite_button, self.again_button, margins=2,
                   parent=self.conflict)  # fmt: skip
        line.setStretch(0, 1)
        self.conflict.hide()
        return self.conflict

    def _make_actions(self) -> None:
        t = self.t
        add = partial(self.desk.actions.add, self, group=t("ui.brands.title"))
        self.saving = add("brands.save", t("ui.save"), self.save, keys="Ctrl+S", icon_name="save")
        self.undoing = add("brands.undo", t("ui.undo"), self.editing.undo, keys="Ctrl+Z", icon_name="undo-2")
        self.redoing = add(
            "brands.redo", t("ui.brands.redo"), self.editing.redo, keys=("Ctrl+Shift+Z", "Ctrl+Y"), icon_name="redo-2"
        )
        self.discarding = add("brands.discard", t("ui.brands.discard"), self.discard)
        bind(self.save_button, self.saving)
        bind(self.undo_button, self.undoing, with_text=False)
        bind(self.redo_button, self.redoing, with_text=False)
        bind(self.discard_button, self.discarding)
        for number, name in enumerate(TABS, 1):
            title = self.tabs.tabText(number - 1)
            add(
                f"brands.tab.{name}",
                t("ui.brands.go_tab", name=title),
                partial(self._go_tab, name),
                keys=f"Alt+{number}",
            )

    def _go_tab(self, name: str) -> None:
        self.show_tab(name)
        self.tabs.tabBar().setFocus()

    def _connect(self) -> None:
        editing = self.editing
        editing.edited.connect(self._show_state)
        editing.shown.connect(self._brand_shown)
        editing.saved.connect(self._kept)
        editing.refused.connect(self._refused)
        self.sample.today.connect(self.tabs.set_today)
        self.tabs.currentChanged.connect(lambda _place: self._place_sample())

    # State.

    def _brand_shown(self) -> None:
        self.tabs.show_brand()
        self._show_state()

    def _show_state(self) -> None:
        editing = self.editing
        shown = " ".join(editing.brand.name[: _SHOWN_NAME * 2].split())
        self.name.setText(shown if len(shown) <= _SHOWN_NAME else f"{shown[: _SHOWN_NAME - 1]}…")
        changed = editing.is_changed
        self._show_unsaved()
        for action in (self.saving, self.discarding):
            action.setEnabled(changed)
            action.setWhatsThis("" if changed else self.t("ui.brands.nothing_to_save"))
        self.undoing.setEnabled(editing.can_undo)
        self.redoing.setEnabled(editing.can_redo)
        self.tabs.warn_of_facts()
        self.state_changed.emit()

    def _kept(self, brand: Brand) -> None:
        self.desk.tell("ok", self.t("ui.brands.saved", name=brand.name[:_SHOWN_NAME]))
        self.saved.emit(brand)

    def _refused(self, error: Exception) -> None:
        kind = error.kind if isinstance(error, UserError) else ""
        if kind == "brand.invalid" and hasattr(error, "problems"):
            self._show_problems(error)  # type: ignore[arg-type]  # only BrandInvalid has problems
        elif kind in ("brand.edited_meanwhile", "brand.removed_meanwhile") and isinstance(error, UserError):
            gone = kind == "brand.removed_meanwhile"
            self.reload_button.setVisible(not gone)
            self.overwrite_button.setVisible(not gone)
            self.again_button.setVisible(gone)
            self.conflict_text.setText(self.t.error(error))
            self.conflict.setAccessibleName(self.t.error(error))
            self.conflict.show()
            (self.again_button if gone else self.reload_button).setFocus()
        else:
            self.desk.tell_error(error)

    def _show_problems(self, error: BrandInvalid) -> None:
        """Each mistake beside its field; the first one in view."""
        self.tabs.make_all()
        wrong: dict[Steps, str] = {}
        for one in error.problems:
            if one.severity.value == "blocks":
                wrong.setdefault(steps_of(one.path), self._why(one.wording))
        first = next(iter(wrong))
        for page in self.tabs.made.values():
            page.mark({steps: text for steps, text in wrong.items() if steps and steps[0] in page.owns})
        for name, page in self.tabs.made.items():
            if first and first[0] in page.owns:
                self.show_tab(name)
                page.reveal(first)
        named = [steps for steps in wrong if steps]
        said = self.t("ui.brands.refused", count=len(named)) if named else self.t.error(error)
        self.desk.tell("danger", said, stays=True)

    def _why(self, wording: Wording) -> str:
        """A mistake as a form says it: an empty field needs no name beside itself."""
        return self.t("ui.brands.missing") if wording.key == "brand.problem.missing" else self.t.wording(wording)

    def _clear_marks(self) -> None:
        for page in self.tabs.made.values():
            page.mark({})

    # A brand that changed elsewhere.

    def _reload(self) -> None:
        brand_id = self.editing.brand.id
        self.conflict.hide()

        def show(stored: Brand) -> None:
            if self.editing.is_open and self.editing.brand.id == stored.id:
                mine = self.editing.brand
                self.editing.reload(stored)
                self.desk.tell(
                    "ok", self.t("ui.brands.reloaded"), act_label=self.t("ui.undo"), act=lambda: self._bring(mine)
                )

        self.desk.run(lambda copilot: copilot.brands.get(brand_id), show, owner=self)

    def _bring(self, brand: Brand) -> None:
        if self.editing.is_open and self.editing.brand.id == brand.id:
            self.editing.put(brand)

    def _overwrite(self) -> None:
        """Save over the other version, which the message bar gives back."""
        brand_id = self.editing.brand.id
        self.conflict.hide()

        async def present(copilot: Copilot) -> Brand:
            return await copilot.brands.get(brand_id)

        def over(other: Brand) -> None:
            if self.editing.is_open and self.editing.brand.id == brand_id:
                self.editing.base = other
                self.editing.save()
                self._offer_other(other)

        self.desk.run(present, over, owner=self)

    def _offer_other(self, other: Brand) -> None:
        # After the news of saving, whose place it takes.
        def tell(_kept: object) -> None:
            self.editing.saved.disconnect(tell)
            act = partial(self._bring, other)
            QTimer.singleShot(0, self, lambda: self.desk.tell(
                "ok", self.t("ui.brands.overwritten"), act_label=self.t("ui.brands.see_other"), act=act
            ))  # fmt: skip

        self.editing.saved.connect(tell)

    def _save_again(self) -> None:
        self.conflict.hide()
        self.editing.save(replaces=False)

    # Where the sample is.

    def _size_sample(self) -> None:
        px = self.desk.theme.px
        self.sample.setMinimumWidth(px(NARROWEST))

    def _show_unsaved(self) -> None:
        """Where there is no room beside the buttons, the list of brands says it alone."""
        self._unsaved.setVisible(self.editing.is_changed and self.width() >= self.desk.theme.px(ROOM_FOR_BADGE))

    def _place_sample(self) -> None:
        px, wide = self.desk.theme.px, self.width()
        in_tab = wide < px(BESIDE_VOICE)
        self._show_unsaved()
        place = self.tabs.indexOf(self._sample_page)
        restyle(self.tabs.tabBar(), tight=in_tab)
        if in_tab and place < 0:
            holder = self._sample_page.layout()
            assert isinstance(holder, QVBoxLayout)  # made as one
            holder.addWidget(self.sample)
            self.tabs.addTab(self._sample_page, self.t("ui.brands.tab.sample"))
            self.sample.show()
        elif not in_tab and place >= 0:
            self.tabs.removeTab(place)
            self.splitter.addWidget(self.sample)
        self.sample.setMaximumWidth(_ANY_WIDTH if in_tab else px(WIDEST))
        if not in_tab:
            # The checks have a sample of their own.
            self.sample.setVisible(self.tab == "voice" or (wide >= px(BESIDE_ALL) and self.tab != "checks"))
