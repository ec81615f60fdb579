"""The Brands screen: the brands at the left, the chosen one at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QStackedWidget, QWidget

from copilot.domain.brand import Brand
from ui.actions import bind
from ui.desk import Changes, Desk
from ui.screen import Screen
from ui.screens._brands import moves
from ui.screens._brands.brand_list import BrandList
from ui.screens._brands.dialogs import ImportDialog, NameDialog
from ui.screens._brands.editor import BrandEditor
from ui.widgets.basic import EmptyState, button, card, column, row

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.brands import BrandImported
    from copilot.services.working import WorkingCopy

#: Widths of the list, and of the screen from which it has the greater one, in px at 100 %.
LIST, NARROW_LIST, ROOM = 208, 168, 940


class BrandsScreen(Screen):
    """Brands are made, imported, chosen, edited, copied, exported and removed here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.t("ui.brands.title"))
        self.brands: tuple[Brand, ...] = ()
        self._unsaved: frozenset[str] = frozenset()
        self._wanted = ""
        self._focus_due = False
        self._opened: set[str] = set()
        self._removes = False
        self.setAcceptDrops(True)
        # What the screen would like never takes room from the rail.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.list = BrandList(desk)
        self.editor = BrandEditor(desk)
        self._build()
        self._make_actions()
        self.list.picked.connect(self.open_brand)
        self.editor.state_changed.connect(self._state_changed)

    # What the window calls.

    def appear(self) -> None:
        """Load the brands; the keys go to their list."""
        focused = QApplication.focusWidget()
        heads = (self.import_button, self.new_button)
        self._focus_due = focused is None or focused in heads or not self.isAncestorOf(focused)
        self.load()

    def refresh(self, changes: Changes) -> None:
        """Brands, or which is the usual one, changed."""
        if changes.brands or changes.settings:
            self.load()

    def show_what(self, what: object) -> None:
        """Open a brand by its identifier."""
        if isinstance(what, str):
            self._wanted = what
            self.load()

    def leave(self) -> None:
        """What is typed stays as a working copy."""
        self.editor.commit()
        self.editor.editing.keep_now()

    def state(self) -> dict[str, Any]:
        """The brand and the tab."""
        return {"brand": self.editor.editing.brand.id or self._wanted, "tab": self.editor.tab}

    def restore(self, state: dict[str, Any]) -> None:
        """The brand and the tab."""
        self._wanted = str(state.get("brand") or "")
        self.editor.show_tab(str(state.get("tab") or ""))

    # Loading.

    def load(self) -> None:
        """Ask for the brands and what is typed in them."""

        async def work(copilot: Copilot) -> tuple[tuple[Brand, ...], tuple[WorkingCopy, ...]]:
            return await copilot.brands.list(), await copilot.working.list("brand:")

        self.desk.run(work, lambda told: self._came(*told), owner=self)

    def open_brand(self, brand_id: str) -> None:
        """Show a brand, with what was typed in it."""
        brand = next((one for one in self.brands if one.id == brand_id), None)
        if brand is None:
            return
        self._wanted = brand.id
        self.editor.editing.keep_now()

        async def work(copilot: Copilot) -> dict[str, object] | None:
            from copilot.errors import OutsideError

            try:
                copy = await copilot.working.get(f"brand:{brand.id}")
            except OutsideError:  # a copy nobody can read is worth no more than none
                return None
            return None if copy is None else dict(copy.body)

        def show(working: dict[str, object] | None) -> None:
            if self._wanted == brand.id:
                self.editor.open(brand, working)
                self._stack.setCurrentWidget(self._page)
                self._show_list()
                self._tell_recovered(brand)

        self.desk.run(work, show, owner=self)

    def _tell_recovered(self, brand: Brand) -> None:
        """Say once that what an earlier session left is here; never over the undo of a removal."""
        is_first, was_asked = brand.id not in self._opened, not self._removes
        self._opened.add(brand.id)
        self._removes = False
        if is_first and was_asked and self.editor.editing.was_recovered:
            self.desk.tell("info", self.t("ui.brands.recovered", name=brand.name[:80]))

    def _came(self, brands: tuple[Brand, ...], copies: tuple[WorkingCopy, ...]) -> None:
        editing = self.editor.editing
        self.brands = brands
        known = {one.id: one for one in brands}
        self._unsaved = frozenset(one.key.removeprefix("brand:") for one in copies)
        if editing.is_changed and editing.brand.id not in known:
            # Removed elsewhere while it is typed in: it stays on screen until it is saved again or left.
            self._show_list(editing.brand.id)
            return
        if not brands:
            editing.shut()
            self._wanted = ""
            self.list.show_brands((), "", frozenset(), "")
            self._stack.setCurrentWidget(self._empty)
            self._enable(False)
            self._removes = False
            return
        self._stack.setCurrentWidget(self._page)
        self._enable(True)
        wanted = self._wanted if self._wanted in known else ""
        chosen = wanted or self.desk.settings.default_brand or ""
        chosen = chosen if chosen in known else brands[0].id
        here = known.get(editing.brand.id) if editing.is_open else None
        if here is None or here.id != chosen:
            self.open_brand(chosen)
        elif not editing.is_changed and here != editing.base and not editing.is_saving:
            self.editor.open(here, None)
        self._show_list(chosen)

    def _show_list(self, chosen: str = "") -> None:
        editing = self.editor.editing
        if self._focus_due:
            self._focus_due = False
            self.list.setFocus()
        unsaved = self._unsaved - {editing.brand.id}
        if editing.is_changed:
            unsaved |= {editing.brand.id}
        default = self.desk.settings.default_brand or ""
        self.list.show_brands(self.brands, default, frozenset(unsaved), chosen or self._wanted)
        self.editor.set_badges(is_default=bool(default) and default == editing.brand.id)
        usual = default == (chosen or self._wanted)
        self.defaulting.setEnabled(not usual)
        self.defaulting.setWhatsThis(self.t("ui.brands.is_default") if usual else "")

    def _state_changed(self) -> None:
        editing = self.editor.editing
        if editing.is_open:
            self.list.show_unsaved(editing.brand.id, editing.is_changed)
            if editing.is_changed:
                self._unsaved |= {editing.brand.id}
            else:
                self._unsaved -= {editing.brand.id}

    # What a person does.

    def new(self) -> None:
        """Ask for a name, then make the brand."""
        dialog = NameDialog(self.desk, self)
        dialog.named.connect(self.create_brand)
        dialog.open()

    def create_brand(self, name: str) -> None:
        """Make a brand of this name."""
        self.desk.run(lambda copilot: copilot.brands.create(name, by=self.desk.person), self._made, owner=self)

    def duplicate(self) -> None:
        """A copy of the chosen brand as it is kept."""
        brand_id = self.list.current_id
        if brand_id:
            self.desk.run(
                lambda copilot: copilot.brands.duplicate(brand_id, by=self.desk.person), self._made, owner=self
            )

    def remove(self) -> None:
        """The chosen brand goes; the message bar gives it back."""
        if self.list.current_id:
            self.leave()
            moves.remove(self.desk, self, self.list.current_id, self._removed)

    def import_file(self, path: str = "") -> ImportDialog:
        """Open the dialog of imports, with a file when one is given."""
        dialog = ImportDialog(self.desk, self)
        dialog.imported.connect(self._imported)
        dialog.open()
        if path:
            dialog.open_path(path)
        return dialog

    def export(self) -> None:
        """Ask where to, then write the chosen brand as it is kept."""
        brand = self._chosen()
        if brand is not None:
            moves.ask_where(self.desk, self, brand, self._is_unsaved(brand.id))

    def copy_text(self) -> None:
        """The chosen brand as text, on the clipboard."""
        brand = self._chosen()
        if brand is not None:
            moves.copy_text(self.desk, self, brand.id, self._is_unsaved(brand.id))

    def make_default(self) -> None:
        """The chosen brand becomes the usual one."""
        if self.list.current_id:
            moves.make_default(self.desk, self, self.list.current_id)

    def load_demo(self) -> None:
        """Bring in the brand of the demonstration."""
        moves.load_demo(self.desk, self, self._imported)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The list gives way where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """A file may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """A dropped file is looked at before it is imported."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.import_file(paths[0])

    # Inside.

    def _chosen(self) -> Brand | None:
        return next((one for one in self.brands if one.id == self.list.current_id), None)

    def _is_unsaved(self, brand_id: str) -> bool:
        editing = self.editor.editing
        return editing.is_changed if editing.brand.id == brand_id else brand_id in self._unsaved

    def _made(self, brand: Brand) -> None:
        self._wanted = brand.id
        self.desk.tell("ok", self.t("ui.brands.made", name=brand.name[:80]))
        self.desk.announce(Changes(brands=True))

    def _removed(self) -> None:
        self._wanted = ""
        self._removes = True
        self.editor.editing.shut()

    def _imported(self, done: BrandImported, before: Brand | None) -> None:
        self._wanted = done.brand.id
        editing = self.editor.editing
        if editing.is_open and editing.brand.id == done.brand.id and not editing.is_changed:
            self.editor.open(done.brand, None)
        moves.tell_imported(self.desk, self, done, before)
        self.desk.announce(Changes(brands=True))

    def _enable(self, some: bool) -> None:
        for action in (self.copying, self.removing, self.exporting, self.text_copying, self.defaulting):
            action.setEnabled(some)
            action.setWhatsThis("" if some else self.t("ui.brands.none_yet"))

    def _build(self) -> None:
        t, theme = self.t, self.desk.theme
        self.import_button = button(t("ui.brands.import"))
        self.new_button = button(t("ui.brands.new"))
        self.head.addWidget(self.import_button)
        self.head.addWidget(self.new_button)
        frame = card()
        column(self.list, margins=1, parent=frame)
        self._frame = frame
        theme.changed.connect(self._fit)
        self._fit()
        self._page = QWidget()
        row(frame, self.editor, space=3, parent=self._page).setStretch(1, 1)
        self._waiting = QWidget()
        self._empty = EmptyState(
            theme, "building-2", t("ui.brands.empty"), t("ui.brands.empty_text"),
            button(t("ui.brands.demo"), "primary", run=self.load_demo),
            button(t("ui.brands.import"), icon_name="file-up", run=self.import_file),
            button(t("ui.brands.new"), icon_name="plus", run=self.new),
        )  # fmt: skip
        self._stack = QStackedWidget()
        for one in (self._waiting, self._page, self._empty):
            self._stack.addWidget(one)
        self.body.addWidget(self._stack, 1)

    def _fit(self) -> None:
        px = self.desk.theme.px
        self._frame.setFixedWidth(px(LIST if self.width() >= px(ROOM) else NARROW_LIST))

    def _make_actions(self) -> None:
        t = self.t
        add = partial(self.desk.actions.add, group=t("ui.brands.title"))
        new = add(self, "brands.new", t("ui.brands.new"), self.new, keys="Ctrl+Shift+N", icon_name="plus")
        bringing = add(
            self, "brands.import", t("ui.brands.import"), self.import_file, keys="Ctrl+O", icon_name="file-up"
        )
        self.copying = add(
            self, "brands.copy", t("ui.brands.duplicate"), self.duplicate, keys="Ctrl+Shift+D", icon_name="copy"
        )
        self.defaulting = add(
            self,
            "brands.default",
            t("ui.brands.make_default"),
            self.make_default,
            keys="Ctrl+Shift+B",
            icon_name="star",
        )
        self.exporting = add(
            self, "brands.export", t("ui.brands.export"), self.export, keys="Ctrl+E", icon_name="download"
        )
        self.text_copying = add(
            self,
            "brands.copy_text",
            t("ui.brands.copy_text"),
            self.copy_text,
            keys="Ctrl+Shift+C",
            icon_name="file-text",
        )
        self.removing = add(
            self.list, "brands.remove", t("ui.brands.remove"), self.remove, keys="Del", icon_name="trash-2"
        )
        # The keys of the editor hold in the list of brands as well.
        self.addActions(self.editor.actions())
        bind(self.new_button, new)
        bind(self.import_button, bringing)
        menu = QMenu(self)
        menu.addActions([self.copying, self.defaulting])
        menu.addSeparator()
        menu.addActions([self.exporting, self.text_copying])
        menu.addSeparator()
        menu.addAction(self.removing)
        self.editor.more_button.setMenu(menu)
