"""Brands: read, checked, kept, given back as TOML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from copilot.brandfile import BrandProblem, check_brand, read_brand, write_brand
from copilot.domain.brand import Brand
from copilot.errors import UserError
from copilot.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class BrandImported:
    """A brand that was stored; ``created`` is False when it replaced one of the same id."""

    brand: Brand
    created: bool
    warnings: tuple[BrandProblem, ...]


class Brands:
    """The brands of a profile."""

    def __init__(self, store: Callable[[], Store], clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def import_toml(self, text: str, *, name: str = "marque.toml", by: str = "") -> BrandImported:
        """Store the brand described by ``text``. Raises UserError ``brand.invalid`` with the line."""
        brand = read_brand(text, name=name)
        at = self._clock()
        with self._store().write() as work:
            created = work.brands.save(brand, at)
            work.audit.append(at, by or "–", "brand_saved", f"brand:{brand.id}", {"created": created})
        return BrandImported(brand, created, check_brand(text))

    async def check(self, text: str) -> tuple[BrandProblem, ...]:
        """Every problem of a brand file, without storing it."""
        return check_brand(text)

    async def export_toml(self, brand_id: str) -> str:
        """The brand as TOML. Raises UserError ``brand.unknown``."""
        return write_brand(await self.get(brand_id))

    async def get(self, brand_id: str) -> Brand:
        """The brand of this id, or of this name."""
        with self._store().read() as work:
            try:
                return work.brands.get(brand_id)
            except UserError as error:
                named = [one for one in work.brands.list() if one.name.casefold() == brand_id.casefold()]
                if error.kind != "brand.unknown" or not named:
                    raise
                return named[0]

    async def list(self) -> tuple[Brand, ...]:
        """All brands by name."""
        with self._store().read() as work:
            return work.brands.list()

    async def choose(self, asked: str | None, default: str | None) -> Brand | None:
        """The brand asked for, else the default one, else the only one, else none.

        Raises:
            UserError: ``brand.unknown``; ``brand.which`` when several could be meant.
        """
        wanted = asked or default
        if wanted:
            return await self.get(wanted)
        known = await self.list()
        if len(known) > 1:
            raise UserError("brand.which", known=", ".join(brand.id for brand in known))
        return known[0] if known else None
