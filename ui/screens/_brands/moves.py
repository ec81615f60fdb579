"""What is done with a whole brand: removed, given back, exported, copied, made the usual one, brought in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from copilot.domain.brand import Brand
from copilot.errors import OutsideError
from copilot.paths import assets_dir
from ui.desk import Changes, Desk

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.brands import BrandImported
    from copilot.settings import Settings

Body = Mapping[str, object]
_SHOWN = 80


def remove(desk: Desk, owner: QWidget, brand_id: str, done: Callable[[], None]) -> None:
    """Remove a brand and what is typed in it; the message bar gives both back."""
    key = f"brand:{brand_id}"

    async def work(copilot: Copilot) -> tuple[Brand, Body | None]:
        copy = await copilot.working.get(key)
        gone = await copilot.brands.remove(brand_id, by=desk.person)
        await copilot.working.drop(key)
        return gone, copy.body if copy else None

    def removed(told: tuple[Brand, Body | None]) -> None:
        gone, typed = told
        done()
        desk.announce(Changes(brands=True))
        desk.tell(
            "ok",
            desk.t("ui.brands.removed", name=gone.name[:_SHOWN]),
            act_label=desk.t("ui.undo"),
            act=lambda: bring_back(desk, gone, typed),
        )

    desk.run(work, removed, owner=owner)


def bring_back(desk: Desk, gone: Brand, typed: Body | None) -> None:
    """A removed brand, and what was typed in it, come back."""

    async def work(copilot: Copilot) -> Brand:
        kept = await copilot.brands.restore(gone, desk.person)
        if typed is not None:
            await copilot.working.keep(f"brand:{kept.id}", typed)
        return kept

    desk.run(work, lambda kept: _back(desk, kept))


def _back(desk: Desk, kept: Brand) -> None:
    desk.announce(Changes(brands=True))
    desk.go("brands", kept.id)


def tell_imported(desk: Desk, owner: QWidget, done: BrandImported, before: Brand | None) -> None:
    """Say what an import did; the message bar undoes it."""
    t, brand = desk.t, done.brand
    key = "ui.brands.imported" if before is None else "ui.brands.replaced"

    async def work(copilot: Copilot) -> None:
        if before is None:
            await copilot.brands.remove(brand.id, by=desk.person)
        else:
            await copilot.brands.save(before, by=desk.person, replaces=brand)

    def undo() -> None:
        desk.run(work, lambda _none: desk.announce(Changes(brands=True)))

    desk.tell("ok", t(key, name=brand.name[:_SHOWN]), act_label=t("ui.undo"), act=undo)


def load_demo(desk: Desk, owner: QWidget, done: Callable[[BrandImported, Brand | None], None]) -> None:
    """Import the brand of the demonstration."""

    async def work(copilot: Copilot) -> BrandImported:
        text = (assets_dir() / "demo" / "brand.toml").read_text(encoding="utf-8")
        return await copilot.brands.import_toml(text, name="brand.toml", by=desk.person)

    desk.run(work, lambda told: done(told, None), owner=owner)


def make_default(desk: Desk, owner: QWidget, brand_id: str | None) -> None:
    """Make a brand the usual one; the message bar puts the one before back."""
    before = desk.settings.default_brand

    async def work(copilot: Copilot) -> Settings:
        copilot.save_settings(replace(copilot.settings, default_brand=brand_id))
        return copilot.settings

    def kept(settings: Settings) -> None:
        desk.settings = settings
        desk.announce(Changes(settings=True))
        desk.tell(
            "ok",
            desk.t("ui.brands.default_set") if brand_id else desk.t("ui.brands.default_unset"),
            act_label=desk.t("ui.undo"),
            act=lambda: make_default(desk, owner, before),
        )

    desk.run(work, kept, owner=owner)


def ask_where(desk: Desk, owner: QWidget, brand: Brand, unsaved: bool = False) -> None:
    """Ask for a file, then write the brand in it."""
    dialog = QFileDialog(owner, desk.t("ui.brands.export"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([desk.t("ui.brands.import.filter")])
    dialog.setDefaultSuffix("toml")
    dialog.selectFile(f"{brand.id}.toml")
    dialog.fileSelected.connect(lambda path: export_to(desk, owner, brand.id, path, unsaved))
    dialog.open()


def export_to(desk: Desk, owner: QWidget, brand_id: str, path: str, unsaved: bool = False) -> None:
    """Write a brand as it is kept, as TOML, to ``path``; the person agreed to replace what was there.

    With ``unsaved`` it is said that what is typed and not saved is not in the file.
    """
    target = Path(path)

    async def work(copilot: Copilot) -> None:
        text = await copilot.brands.export_toml(brand_id)
        try:
            target.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise OutsideError("file.cannot_write", path=target.name, why=error.strerror or "") from error

    def written(_none: None) -> None:
        if unsaved:
            desk.tell("warn", desk.t("ui.brands.exported_as_saved", name=target.name))
        else:
            desk.tell("ok", desk.t("ui.brands.exported", name=target.name))

    desk.run(work, written, owner=owner)


def copy_text(desk: Desk, owner: QWidget, brand_id: str, unsaved: bool = False) -> None:
    """Put a brand as it is kept, as TOML, on the clipboard; ``unsaved`` as in :func:`export_to`."""

    def copied(text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        if unsaved:
            desk.tell("warn", desk.t("ui.brands.copied_as_saved"))
        else:
            desk.tell("ok", desk.t("ui.copied"))

    desk.run(lambda copilot: copilot.brands.export_toml(brand_id), copied, owner=owner)
