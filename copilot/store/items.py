"""Items under review in the database, their versions, decisions and exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, true, update

from copilot.domain.item import Approval, Item, ItemKind, ItemVersion, Status
from copilot.domain.package import normal
from copilot.domain.post import Hashtag
from copilot.domain.review import Action, Decision
from copilot.errors import OutsideError, UserError
from copilot.store.columns import (
    hashtags_in,
    hashtags_out,
    media_in,
    media_out,
    moment,
    planned_in,
    shown_time,
)
from copilot.store.parts import in_parts
from copilot.store.tables import decisions, exports, item_versions, items, messages

#: How many earlier replies are looked at for a sentence said too often.
RECENT = 100


def _item(row: Row[Any]) -> Item:
    try:
        return _built(row)
    except (ValueError, TypeError, KeyError) as error:
        # Only somebody else's hand writes what we cannot read back: nothing is guessed.
        raise OutsideError("store.damaged_item", id=row.id) from error


def _built(row: Row[Any]) -> Item:
    approval = None
    if row.approval_hash is not None:
        approval = Approval(row.approval_hash, row.approved_by, moment(row.approved_at))
    return Item(
        id=row.id,
        kind=ItemKind(row.kind),
        network=row.network,
        account=row.account,
        language=row.language,
        text=row.text,
        hashtags=hashtags_in(row.hashtags),
        media=media_in(row.media),
        planned=planned_in(row.planned_local, row.planned_zone),
        brand_id=row.brand_id,
        brief_id=row.brief_id,
        message_id=row.message_id,
        answers=row.answers,
        variant=row.variant,
        structure=row.structure,
        writer=row.writer,
        edited=row.edited,
        author=row.author,
        status=Status(row.status),
        approval=approval,
        revision=row.revision,
        created_at=moment(row.created_at),
        updated_at=moment(row.updated_at),
    )


def _columns(item: Item, at: datetime) -> dict[str, object]:
    approval = item.approval
    return {
        "kind": item.kind.value,
        "network": item.network,
        "account": item.account,
        "language": item.language,
        "text": item.text,
        "hashtags": hashtags_out(item.hashtags),
        "media": media_out(item.media),
        "planned_local": f"{item.planned.local:%Y-%m-%dT%H:%M}" if item.planned else None,
        "planned_zone": item.planned.zone if item.planned else None,
        "brand_id": item.brand_id,
        "brief_id": item.brief_id,
        "message_id": item.message_id,
        "answers": item.answers,
        "variant": item.variant,
        "structure": item.structure,
        "writer": item.writer,
        "edited": item.edited,
        "author": item.author,
        "status": item.status.value,
        "package_hash": item.package.sha256,
        "approval_hash": approval.package_hash if approval else None,
        "approved_by": approval.by if approval else None,
        "approved_at": shown_time(approval.at) if approval else None,
        "revision": item.revision,
        "updated_at": shown_time(at),
    }


def in_normal_form(item: Item) -> Item:
    """The item with its texts as they are hashed and sent, so that what is stored is what leaves."""
    return replace(
        item,
        text=normal(item.text),
        account=normal(item.account),
        hashtags=tuple(Hashtag(normal(tag.tag), tag.reason) for tag in item.hashtags),
        media=tuple(replace(media, alt=normal(media.alt), sha256=media.sha256.lower()) for media in item.media),
    )


class ItemRepository:
    """Items; every write keeps ``package_hash`` equal to the hash of the content."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, item: Item, at: datetime) -> Item:
        """Store a new item as a draft and its proposal as revision 1.

        Raises:
            UserError: ``text.surrogate``; ``store.no_decision`` for an item that claims to be approved.
        """
        item = in_normal_form(replace(item, revision=1))
        columns = {**_columns(item, at), "created_at": shown_time(at)}
        key = self._connection.execute(items.insert().values(columns)).inserted_primary_key
        stored = self.get(int(key[0]) if key else 0)
        self._keep_version(stored, item.author or item.writer, at)
        return stored

    def get(self, item_id: int) -> Item:
        """The item of this id.

        Raises:
            UserError: ``item.unknown``.
        """
        row = self._connection.execute(select(items).where(items.c.id == item_id)).one_or_none()
        if row is None:
            raise UserError("item.unknown", id=item_id)
        return _item(row)

    def list(
        self,
        *,
        ids: Iterable[int] | None = None,
        statuses: Sequence[Status] = (),
        kind: ItemKind | None = None,
        network: str | None = None,
        message_ids: Sequence[int] | None = None,
    ) -> tuple[Item, ...]:
        """Items in the order they were made, narrowed by each condition given."""
        query = select(items).order_by(items.c.id)
        if ids is not None:
            query = query.where(items.c.id.in_(sorted(set(ids))))
        if statuses:
            query = query.where(items.c.status.in_([status.value for status in statuses]))
        if kind:
            query = query.where(items.c.kind == kind.value)
        if network:
            query = query.where(items.c.network == network)
        if message_ids is not None:
            query = query.where(items.c.message_id.in_(message_ids))
        return tuple(_item(row) for row in self._connection.execute(query))

    def of_brief(self, brief_id: int, network: str) -> tuple[Item, ...]:
        """The items written from a brief for one network, in the order they were made."""
        query = select(items).where(items.c.brief_id == brief_id, items.c.network == network).order_by(items.c.id)
        return tuple(_item(row) for row in self._connection.execute(query))

    def recent_replies(self, brand_id: str, *, but: int = 0) -> tuple[str, ...]:
        """The texts of the latest replies of a brand that nobody rejected, at most :data:`RECENT`; ``but`` left out."""
        query = (
            select(items.c.text)
            .where(items.c.kind == ItemKind.REPLY.value, items.c.brand_id == brand_id, items.c.id != but)
            .where(items.c.status != Status.ARCHIVED.value)
            .order_by(items.c.id.desc())
            .limit(RECENT)
        )
        return tuple(self._connection.execute(query).scalars())

    def tags_approved(self, brand_id: str, since: datetime) -> tuple[tuple[datetime, str, tuple[str, ...]], ...]:
        """When each post of a brand was approved since then, its text and its hashtags, oldest first."""
        query = (
            select(items.c.approved_at, items.c.text, items.c.hashtags)
            .where(items.c.kind == ItemKind.POST.value, items.c.brand_id == brand_id)
            .where(items.c.approved_at.is_not(None), items.c.approved_at >= shown_time(since))
            .order_by(items.c.approved_at, items.c.id)
        )
        rows = self._connection.execute(query)
        return tuple(
            (moment(row.approved_at), row.text, tuple(tag.tag for tag in hashtags_in(row.hashtags))) for row in rows
        )

    def save_content(self, item: Item, by: str, at: datetime) -> Item:
        """Store a changed content as the next revision; ``status`` and ``approval`` are the caller's.

        Raises:
            UserError: ``review.edited_meanwhile`` when the stored item is no longer the one that was changed.
        """
        read = item.revision
        item = in_normal_form(replace(item, revision=read + 1))
        self._update(item, read, at)
        self._keep_version(item, by, at)
        return self.get(item.id)

    def save_state(self, item: Item, at: datetime) -> None:
        """Store another status or the loss of an approval; the content is as it was. Raises as :meth:`save_content`."""
        self._update(item, item.revision, at)

    def save_decision(self, item: Item, decision: Decision) -> Item:
        """Record ``decision``, then the status and approval it led to. Raises as :meth:`save_content`."""
        self._connection.execute(
            decisions.insert().values(
                item_id=item.id,
                revision=item.revision,
                action=decision.action.value,
                by=decision.by,
                at=shown_time(decision.at),
                reason=decision.reason,
                package_hash=decision.package_hash,
                status_before=decision.before.value,
                status_after=decision.after.value,
            )
        )
        self._update(item, item.revision, decision.at)
        return self.get(item.id)

    def _update(self, item: Item, read: int, at: datetime) -> None:
        """Store ``item``, read at revision ``read``: what was read in an earlier transaction may be old by now."""
        as_read = (items.c.id == item.id, items.c.revision == read)
        if not self._connection.execute(update(items).where(*as_read).values(_columns(item, at))).rowcount:
            raise UserError("review.edited_meanwhile", id=item.id)

    def _keep_version(self, item: Item, by: str, at: datetime) -> None:
        self._connection.execute(
            item_versions.insert().values(
                item_id=item.id,
                revision=item.revision,
                text=item.text,
                hashtags=hashtags_out(item.hashtags),
                package_hash=item.package.sha256,
                by=by,
                at=shown_time(at),
            )
        )

    def versions(self, item_id: int) -> tuple[ItemVersion, ...]:
        """What the item said at each revision, oldest first."""
        rows = self._connection.execute(
            select(item_versions).where(item_versions.c.item_id == item_id).order_by(item_versions.c.revision)
        )
        return tuple(
            ItemVersion(
                row.item_id,
                row.revision,
                row.text,
                tuple(tag.tag for tag in hashtags_in(row.hashtags)),
                row.package_hash,
                row.by,
                moment(row.at),
            )
            for row in rows
        )

    def decisions(self, item_id: int) -> tuple[Decision, ...]:
        """What was decided on the item, oldest first."""
        rows = self._connection.execute(
            select(decisions).where(decisions.c.item_id == item_id).order_by(decisions.c.id)
        )
        return tuple(
            Decision(
                Action(row.action),
                row.by,
                moment(row.at),
                row.package_hash,
                row.reason,
                Status(row.status_before),
                Status(row.status_after),
            )
            for row in rows
        )

    def reword_reasons(
        self, reworded: Callable[[str], str], *, thread_id: int | None = None, item_ids: Iterable[int] | None = None
    ) -> int:
        """Change the reasons of decisions, of which all the rest never changes; how many changed.

        Those on ``item_ids``, else those on replies in ``thread_id``, else all.
        """
        here = select(items.c.id).join(messages, messages.c.id == items.c.message_id)
        there = here.where(messages.c.thread_id == thread_id)
        among: list[ColumnElement[bool]] = [true() if thread_id is None else decisions.c.item_id.in_(there)]
        if item_ids is not None:
            among = [decisions.c.item_id.in_(some) for some in in_parts(item_ids)]
        count = 0
        for some in among:
            given = select(decisions.c.id, decisions.c.reason).where(some, decisions.c.reason != "")
            for row in self._connection.execute(given).all():
                if (reason := reworded(row.reason)) != row.reason:
                    count += 1
                    one = update(decisions).where(decisions.c.id == row.id)
                    self._connection.execute(one.values(reason=reason))
        return count

    def was_exported(self, item_id: int) -> bool:
        """Whether the item left in a file, in this version or another."""
        return self._connection.execute(select(exports.c.id).where(exports.c.item_id == item_id)).first() is not None

    def record_exports(
        self, hashes: Sequence[tuple[int, str]], format_name: str, file_sha256: str, at: datetime
    ) -> None:
        """Record that these (item id, package hash) left in a file.

        Raises:
            UserError: ``store.not_approved`` when one of them is not approved with that hash.
        """
        self._connection.execute(
            exports.insert(),
            [
                {
                    "item_id": item_id,
                    "package_hash": digest,
                    "format": format_name,
                    "file_sha256": file_sha256,
                    "at": shown_time(at),
                }
                for item_id, digest in hashes
            ],
        )
