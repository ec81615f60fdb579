"""Brands and briefs in the database."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, delete, select, update

from copilot.brandfile import read_brand, write_brand
from copilot.domain.brand import Brand
from copilot.domain.post import Brief
from copilot.errors import UserError
from copilot.store.columns import shown_time
from copilot.store.tables import brands, briefs


@lru_cache(maxsize=32)
def _read(document: str, brand_id: str) -> Brand:
    """A stored document as a brand, read once: every check of every item asks for it."""
    return read_brand(document, name=brand_id)


class BrandRepository:
    """Brands by id, kept as their TOML document."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, brand: Brand, at: datetime) -> bool:
        """Store ``brand``; True when it was not there before."""
        values = {"name": brand.name, "document": write_brand(brand), "updated_at": shown_time(at)}
        changed = self._connection.execute(update(brands).where(brands.c.id == brand.id).values(values)).rowcount
        if not changed:
            self._connection.execute(brands.insert().values(id=brand.id, **values))
        return not changed

    def get(self, brand_id: str) -> Brand:
        """The brand of this id.

        Raises:
            UserError: ``brand.unknown``.
        """
        document = self._connection.execute(select(brands.c.document).where(brands.c.id == brand_id)).scalar()
        if document is None:
            known = self._connection.execute(select(brands.c.id).order_by(brands.c.id)).scalars()
            raise UserError("brand.unknown", name=brand_id, known=", ".join(known) or "–")
        return _read(document, brand_id)

    def list(self) -> tuple[Brand, ...]:
        """All brands by name."""
        documents = self._connection.execute(select(brands.c.id, brands.c.document).order_by(brands.c.name))
        return tuple(_read(row.document, row.id) for row in documents)

    def remove(self, brand_id: str) -> bool:
        """Forget a brand; its items stay. True when it was there."""
        return bool(self._connection.execute(delete(brands).where(brands.c.id == brand_id)).rowcount)


class BriefRepository:
    """Briefs, each text once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, brief: Brief, at: datetime) -> Brief:
        """Store ``brief``, or return the one with the same text."""
        found = self._connection.execute(select(briefs).where(briefs.c.sha256 == brief.sha256)).one_or_none()
        if found is None:
            self._connection.execute(
                briefs.insert().values(
                    name=brief.name,
                    text=brief.text,
                    language=brief.language,
                    sha256=brief.sha256,
                    created_at=shown_time(at),
                )
            )
            found = self._connection.execute(select(briefs).where(briefs.c.sha256 == brief.sha256)).one()
        return Brief(found.id, found.name, found.text, found.language, found.sha256)

    def get(self, brief_id: int) -> Brief:
        """The brief of this id.

        Raises:
            UserError: ``brief.unknown``.
        """
        found = self._connection.execute(select(briefs).where(briefs.c.id == brief_id)).one_or_none()
        if found is None:
            raise UserError("brief.unknown", id=brief_id)
        return Brief(found.id, found.name, found.text, found.language, found.sha256)
