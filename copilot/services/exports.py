"""Exporting approved items: re-hashed, refused when anything differs, written whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType

from copilot import networks, registry
from copilot.domain.brand import Brand
from copilot.domain.item import NEEDS_APPROVAL, Item, ItemKind, Status
from copilot.domain.post import FactKind
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.exporters import ExportFile, ExportRow, write_files
from copilot.services.inspection import brand_of, message_of
from copilot.services.proof import require_proof
from copilot.services.review import check_message
from copilot.store.unit_of_work import Store, UnitOfWork
from copilot.text.facts import find_facts


@dataclass(frozen=True, slots=True)
class ExportReport:
    """The files written, the items in them, and what their reader must know (a date order to choose...)."""

    files: tuple[Path, ...]
    items: tuple[Item, ...]
    format: str
    notes: tuple[Wording, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format. ``label_key`` is its name in the catalogues, ``extension`` begins with a dot.

    ``kinds`` are those of the items it takes; ``timed`` is True when each needs a planned time to come.
    """

    name: str
    label_key: str
    extension: str
    kinds: tuple[ItemKind, ...]
    timed: bool


@dataclass(frozen=True, slots=True)
class PreviewFile:
    """One file as it would be written. ``name_suffix`` goes between the name a person chose and ``extension``."""

    name_suffix: str
    extension: str
    content: bytes
    items: tuple[int, ...]
    notes: tuple[Wording, ...] = ()

    @property
    def text(self) -> str:
        """The content as text, without its byte order mark."""
        return self.content.decode("utf-8-sig", "replace")


@dataclass(frozen=True, slots=True)
class ExportPreview:
    """What an export would write: a scheduling tool wants one file an account, the other formats one in all."""

    format: str
    files: tuple[PreviewFile, ...]
    items: tuple[Item, ...]


def formats() -> tuple[str, ...]:
    """The names of the formats."""
    return tuple(registry.discover("copilot.exporters"))


class Exports:
    """Exports of approved items."""

    def __init__(self, store: Callable[[], Store], clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def formats(self) -> tuple[ExportFormat, ...]:
        """The formats by name."""
        return tuple(
            ExportFormat(
                name, module.LABEL_KEY, module.EXTENSION, tuple(map(ItemKind, module.KINDS)), bool(module.TIMED)
            )
            for name, module in registry.discover("copilot.exporters").items()
        )

    async def preview(self, ids: Sequence[int], format_name: str, language: str = "fr") -> ExportPreview:
        """What :meth:`export` would write now, byte for byte. Nothing is written, nothing is recorded.

        Raises:
            UserError: as :meth:`export`, ``export.not_approved`` included: what nobody approved has no preview.
        """
        exporter = _exporter(format_name)
        with self._store().read() as work:
            items, files = self._made(work, ids, exporter, self._clock(), language)
        shown = [PreviewFile(one.name_suffix, one.extension, one.content, one.rows, one.notes) for one in files]
        return ExportPreview(format_name, tuple(shown), items)

    async def export(
        self,
        ids: Sequence[int],
        format_name: str,
        out: Path,
        *,
        by: str = "",
        overwrite: bool = False,
        language: str = "fr",
    ) -> ExportReport:
        """Write the approved items ``ids`` (all the approved ones when empty) to ``out``.

        ``language`` is that of headings in the formats for people.

        Raises:
            UserError: ``export.unknown_format``, ``export.not_approved`` (names the items), ``export.nothing``,
                ``export.unproved`` (the decisions and the audit do not tell of this approval),
                ``export.audit_broken``, ``review.message_changed``, or what the format refuses.
            OutsideError: the disk refused; nothing was written.
        """
        exporter = _exporter(format_name)
        now = self._clock()
        # One transaction: the database agrees that each item is approved, then the files are written,
        # then the record is kept. A crash in between leaves approved files without a record, never the reverse.
        with self._store().write() as work:
            items, files = self._made(work, ids, exporter, now, language)
            hashes = {item.id: item.package.sha256 for item in items}
            for file in files:
                digest = hashlib.sha256(file.content).hexdigest()
                work.items.record_exports([(one, hashes[one]) for one in file.rows], format_name, digest, now)
                work.audit.append(
                    now,
                    by or "–",
                    "export",
                    f"format:{format_name}",
                    {"file": digest, "items": {str(one): hashes[one] for one in file.rows}},
                )
            written = write_files(files, out, overwrite=overwrite)
        notes: list[Wording] = []
        for file in files:
            notes += [note for note in file.notes if note not in notes]
        return ExportReport(tuple(written), items, format_name, tuple(notes))

    def _made(
        self, work: UnitOfWork, ids: Sequence[int], exporter: ModuleType, now: datetime, language: str
    ) -> tuple[tuple[Item, ...], Sequence[ExportFile]]:
        """The approved items asked for, and the files of them, in memory."""
        items = self._approved(work, ids)
        rows = [_row(work, item) for item in items]
        return items, exporter.export(rows, now=now, brand_zone=_zone(work, items), language=language)

    def _approved(self, work: UnitOfWork, ids: Sequence[int]) -> tuple[Item, ...]:
        if ids:
            items = tuple(work.items.get(item_id) for item_id in dict.fromkeys(ids))
        else:
            items = work.items.list(statuses=[Status.APPROVED, Status.SCHEDULED])
        if not items:
            raise UserError("export.nothing")
        refused = [item.id for item in items if not _is_approved(item)]
        if refused:
            raise UserError("export.not_approved", count=len(refused), ids=", ".join(map(str, refused)))
        for item in items:
            check_message(work, item)
            require_proof(work, item)
        if not work.audit.verify().holds:
            raise UserError("export.audit_broken")
        return items


def _exporter(name: str) -> ModuleType:
    exporters = registry.discover("copilot.exporters")
    if name not in exporters:
        raise UserError("export.unknown_format", name=name, known=", ".join(exporters))
    return exporters[name]


def _is_approved(item: Item) -> bool:
    """True when the approval is of the bytes the item holds now, hashed again here."""
    return (
        item.status in NEEDS_APPROVAL
        and item.approval is not None
        and item.approval.package_hash == item.package.sha256
    )


def _row(work: UnitOfWork, item: Item) -> ExportRow:
    network = networks.get(item.network)
    brand = brand_of(work, item)
    message = message_of(work, item)
    links = [fact.value for fact in find_facts(item.text, item.language) if fact.kind is FactKind.LINK]
    approval = item.approval
    if approval is None:
        raise UserError("export.not_approved", count=1, ids=str(item.id))
    return ExportRow(
        item_id=item.id,
        kind=item.kind.value,
        network=item.network,
        network_label=network.label,
        account=item.account,
        text=item.outgoing_text,
        body=item.package.text,
        hashtags=item.package.hashtags,
        link=links[0] if links else "",
        media_urls=tuple(media.url for media in item.media if media.url),
        alt_texts=item.package.alt_texts,
        planned=item.planned,
        answers_author=message.author.name if message and item.kind is ItemKind.REPLY else None,
        answers_text=message.text if message and item.kind is ItemKind.REPLY else None,
        approved_by=approval.by,
        approved_at=approval.at,
        package_hash=approval.package_hash,
        campaign="",
        zone=brand.timezone if brand else "",
    )


def _zone(work: UnitOfWork, items: Sequence[Item]) -> str:
    brands: list[Brand | None] = [brand_of(work, item) for item in items]
    return next((brand.timezone for brand in brands if brand), "Europe/Paris")
