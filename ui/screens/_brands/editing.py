"""The brand under edit: its value, its history, its working copy, and what it was when it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from copilot.domain.brand import Brand
from ui.autosave import Autosave
from ui.desk import Changes, Desk
from ui.screens._brands.forms import FORM, History, from_json, to_json, to_json_values

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.brands import BrandSaved


class Editing(QObject):
    """``edited`` when a form changed the brand, ``shown`` when the forms have to show another value."""

    edited = Signal()
    shown = Signal()
    saved = Signal(object)  # Brand
    refused = Signal(object)  # the exception

    def __init__(self, desk: Desk, parent: QObject) -> None:
        # With a parent: Python alone would never find out that nobody needs it any more.
        super().__init__(parent)
        self.desk = desk
        self.base: Brand | None = None
        self.was_recovered = False
        self.is_saving = False
        self._history = History(Brand("", ""))
        self._autosave = Autosave(desk, self, self._body)

    @property
    def brand(self) -> Brand:
        """The brand as it is on screen."""
        return self._history.brand

    @property
    def is_open(self) -> bool:
        """True when a brand is on screen."""
        return self.base is not None

    @property
    def is_changed(self) -> bool:
        """True when the screen holds something the brand does not."""
        return self.base is not None and self.brand != self.base

    @property
    def can_undo(self) -> bool:
        """True when there is something to undo."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """True when something undone can come back."""
        return self._history.can_redo

    def open(self, stored: Brand, working: dict[str, Any] | None = None) -> None:
        """Turn to a brand, with what was typed in it before if anything was."""
        self.keep_now()
        base, typed = _recovered(stored, working)
        self._history = History(base)
        self.base = base
        self.was_recovered = typed is not None and typed != base
        if typed is not None and typed != base:
            self._history.put(typed)
        self._autosave.follow(f"brand:{stored.id}")
        self.shown.emit()

    def shut(self) -> None:
        """No brand is on screen any more."""
        self.keep_now()
        self._autosave.follow("")
        self.base = None
        self._history = History(Brand("", ""))

    def keep_now(self) -> None:
        """Write the working copy at once."""
        self._autosave.keep_now()

    def edit(self, key: str, brand: Brand) -> None:
        """A form changed the brand; ``key`` names the field, so that typing in it is one step."""
        if self.is_open and brand != self.brand:
            self._history.put(brand, key)
            self._touched()
            self.edited.emit()

    def put(self, brand: Brand) -> None:
        """Another value, which the forms have to show: a row more, a row less."""
        self._history.put(brand)
        self._touched()
        self.shown.emit()

    def undo(self) -> None:
        """One step back."""
        self._history.undo()
        self._touched()
        self.shown.emit()

    def redo(self) -> None:
        """One step on again."""
        self._history.redo()
        self._touched()
        self.shown.emit()

    def discard(self) -> None:
        """Back to the brand as it is kept; undone as any other step."""
        if self.base is not None:
            self.put(self.base)

    def save(self, *, replaces: bool = True) -> None:
        """Keep the brand; with ``replaces`` False, over whatever was kept meanwhile."""
        if not self.is_open or self.is_saving:
            return
        told, base = self.brand, self.base if replaces else None
        self.is_saving = True

        async def work(copilot: Copilot) -> BrandSaved:
            return await copilot.brands.save(told, by=self.desk.person, replaces=base)

        self.desk.run(work, lambda kept: self._kept(told, kept), self._not_kept, owner=self)

    def reload(self, stored: Brand) -> None:
        """Show what is kept now; what was typed is one undo away."""
        self.base = stored
        self.put(stored)

    def _kept(self, told: Brand, kept: BrandSaved) -> None:
        self.is_saving = False
        if self.base is None or self.base.id != kept.brand.id:
            self.desk.run(lambda copilot: _drop_saved(copilot, told))
        else:
            self.base = kept.brand
            if self.brand == told:
                self._history.correct(kept.brand)
            self._touched()
            self.shown.emit()
        self.saved.emit(kept.brand)
        self.desk.announce(Changes(brands=True))

    def _not_kept(self, error: Exception) -> None:
        self.is_saving = False
        self.refused.emit(error)

    def _touched(self) -> None:
        if self.is_changed:
            self._autosave.touched()
        else:
            self.was_recovered = False
            self._autosave.forget()

    def _body(self) -> dict[str, Any]:
        base = self.base or self.brand
        return {"form": FORM, "brand": to_json(self.brand), "base": to_json(base)}


async def _drop_saved(copilot: Copilot, saved: Brand) -> None:
    """Drop the copy of a brand that was saved, when another one is on screen by now; what was typed since stays."""
    key = f"brand:{saved.id}"
    copy = await copilot.working.get(key)
    if copy is not None and copy.body.get("brand") == to_json_values(saved):
        await copilot.working.drop(key)


def _recovered(stored: Brand, working: dict[str, Any] | None) -> tuple[Brand, Brand | None]:
    """What was typed in a brand, and the brand it was typed in; a copy that cannot be read is left aside."""
    if not working or working.get("form") != FORM:
        return stored, None
    try:
        base, typed = from_json(working["base"]), from_json(working["brand"])
    except (KeyError, ValueError):
        return stored, None
    if typed.id != stored.id or typed == stored:
        return stored, None
    return base, typed
