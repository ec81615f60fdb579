"""Reviewing items: edit, submit, decide. The only way an item's status or content changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from copilot import networks
from copilot.domain.finding import Finding
from copilot.domain.hashing import sha256_of
from copilot.domain.item import Item, ItemKind, ItemVersion, PlannedTime, Status
from copilot.domain.normal_form import composed
from copilot.domain.package import normal
from copilot.domain.post import Brief, Hashtag
from copilot.domain.review import Action, Decision, ReviewPolicy, ReviewState, changed, decide
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.services.inspection import ClaimSheet, Inspected, Inspector, brand_of, message_of
from copilot.text.language import detect

if TYPE_CHECKING:
    from copilot.store.unit_of_work import Store, UnitOfWork


class Blocked(UserError):
    """An approval refused because of ``findings`` that block."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("review.blocked", count=len(findings), what=tuple(one.wording for one in findings))
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class Edit:
    """What to change; None leaves a field as it is. ``planned`` False removes the planned time."""

    text: str | None = None
    hashtags: tuple[str, ...] | None = None
    account: str | None = None
    planned: PlannedTime | bool | None = None


#: Words from which the language of an edited text is told anew.
ENOUGH_WORDS = 5


#: What the audit calls the events after which a reply is looked at again.
LAPSES = frozenset({"message_changed", "message_deleted", "message_answered", "message_decided"})


@dataclass(frozen=True, slots=True)
class Lapse:
    """A reply became a draft again by itself. ``why`` ends a key ``item.lapse.*``; ``by`` is empty for an import."""

    why: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """Everything an item went through, oldest first."""

    item: Item
    versions: tuple[ItemVersion, ...]
    decisions: tuple[Decision, ...]
    lapses: tuple[Lapse, ...] = ()

    @property
    def lapse(self) -> Lapse | None:
        """Why the item is a draft again, when nobody wrote or decided anything since."""
        if not self.lapses or self.item.status is not Status.DRAFT:
            return None
        last = self.lapses[-1]
        since = [*(one.at for one in self.decisions), *(one.at for one in self.versions)]
        return last if max(since) <= last.at else None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What leaves if a person says yes: shown whole before they do.

    ``network`` is the network's label, ``text`` goes out hashtags included and takes ``size_bytes`` bytes in UTF-8;
    ``planned`` is ``YYYY-MM-DDTHH:MM[Zone/Name]`` or empty. ``sha256`` is the hash of the whole package, ``alt_texts``
    and ``media`` (digests of the files' bytes) included: hand it to :meth:`Review.decide` as ``seen_hash``.
    """

    item_id: int
    network: str
    account: str
    kind: ItemKind
    text: str
    planned: str
    sha256: str
    size_bytes: int
    alt_texts: tuple[str, ...] = ()
    media: tuple[str, ...] = ()


class Review:
    """The review of items, over the store."""

    def __init__(
        self,
        store: Callable[[], Store],
        clock: Callable[[], datetime],
        policy: Callable[[], ReviewPolicy],
        inspector: Inspector,
    ) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._inspector = inspector

    async def list(
        self, *, statuses: Sequence[Status] = (), kind: ItemKind | None = None, network: str | None = None
    ) -> tuple[Item, ...]:
        """Items in the order they were made."""
        with self._store().read() as work:
            return work.items.list(statuses=statuses, kind=kind, network=network)

    async def show(self, item_id: int) -> Inspected:
        """An item with its findings. Raises UserError ``item.unknown``."""
        with self._store().read() as work:
            return self._inspector.inspect(work, work.items.get(item_id))

    async def inspect_all(self, items: Sequence[Item]) -> tuple[Inspected, ...]:
        """Each item with its findings."""
        with self._store().read() as work:
            return tuple(self._inspector.inspect(work, item) for item in items)

    async def history(self, item_id: int) -> History:
        """Versions and decisions of an item."""
        with self._store().read() as work:
            item = work.items.get(item_id)
            lapses = tuple(
                Lapse(one.action, one.by.strip("–"), one.at)
                for one in work.audit.of_subject(f"item:{item_id}")
                if one.action in LAPSES
            )
            return History(item, work.items.versions(item_id), work.items.decisions(item_id), lapses)

    async def bytes_of(self, item_id: int) -> Outgoing:
        """What leaves of the stored item. Raises UserError ``item.unknown``."""
        with self._store().read() as work:
            item = work.items.get(item_id)
        package = item.package
        text = package.outgoing_text
        return Outgoing(
            item_id=item.id,
            network=networks.get(item.network).label,
            account=package.account,
            kind=item.kind,
            text=text,
            planned=package.planned or "",
            sha256=package.sha256,
            size_bytes=len(text.encode()),
            alt_texts=package.alt_texts,
            media=package.media,
        )

    async def preview(self, item_id: int, edit: Edit, confirmed: Iterable[str] = ()) -> Inspected:
        """What :meth:`edit` would show, without storing anything.

        Spans of the findings lie in ``result.item.text``: the text in the form it is sent in. The item keeps the
        number of its stored revision. A lone surrogate in the text or a hashtag is a finding that blocks, not an
        error; the package of such an item has no hash.

        Raises:
            UserError: ``item.unknown``, ``review.frozen``, ``review.archived``, ``time.past``,
                ``time.nonexistent``, ``time.too_far``; ``text.surrogate`` for the account.
        """
        at = self._clock()
        with self._store().read() as work:
            before = work.items.get(item_id)
            if isinstance(edit.planned, PlannedTime):
                check_time(edit.planned, at)
            return self._inspector.inspect(work, _as_if_stored(before, edit), confirmed)

    async def claims(self, item_id: int, edit: Edit | None = None) -> ClaimSheet:
        """What the item claims, as it would be after ``edit``, and what each source says of it. Stores nothing.

        Raises:
            UserError: as :meth:`preview`.
        """
        with self._store().read() as work:
            item = work.items.get(item_id)
            return self._inspector.claims(work, _as_if_stored(item, edit) if edit else item)

    async def mended(self, item_id: int, edit: Edit | None = None) -> str:
        """The text with every automatic fix (typography, spaces, signs that cannot be seen). Stores nothing.

        Raises:
            UserError: as :meth:`preview`.
        """
        with self._store().read() as work:
            item = work.items.get(item_id)
            return self._inspector.mended(work, _as_if_stored(item, edit) if edit else item)

    async def brief_of(self, item_id: int) -> Brief | None:
        """The brief a post was written from; None when it has none or the brief is gone."""
        with self._store().read() as work:
            item = work.items.get(item_id)
            try:
                return work.briefs.get(item.brief_id) if item.brief_id else None
            except UserError as error:
                if error.kind != "brief.unknown":
                    raise
                return None

    async def zone_of(self, item_id: int) -> str:
        """The time zone of the item's brand."""
        with self._store().read() as work:
            brand = brand_of(work, work.items.get(item_id))
            return brand.timezone if brand else "Europe/Paris"

    async def edit(self, item_id: int, edit: Edit, *, by: str, revision: int | None = None) -> Inspected:
        """Change an item. Any change of its package sends it back to draft; its approval lapses.

        ``revision`` is the one the person started from, when known.

        Raises:
            UserError: ``item.unknown``, ``review.frozen``, ``review.archived``, ``text.surrogate``,
                ``review.edited_meanwhile`` when the item is no longer at ``revision``, ``time.past``,
                ``time.nonexistent``, ``time.too_far``.
        """
        at = self._clock()
        with self._store().write() as work:
            before = work.items.get(item_id)
            if isinstance(edit.planned, PlannedTime):
                check_time(edit.planned, at)
            if revision is not None and revision != before.revision:
                raise UserError("review.edited_meanwhile", id=item_id)
            after = _edited(before, edit)
            old, new = before.package.sha256, after.package.sha256
            state = changed(_state(before), old_hash=old, new_hash=new)
            if new == old:
                return self._inspector.inspect(work, before)
            stored = work.items.save_content(
                replace(after, status=state.status, approval=state.approval, edited=True), by, at
            )
            work.audit.append(at, by, "edit", f"item:{item_id}", {"before": old, "after": new})
            if before.approval:
                work.audit.append(
                    at, by, "approval_lapsed", f"item:{item_id}", {"approved": before.approval.package_hash}
                )
            return self._inspector.inspect(work, stored)

    async def decide(
        self,
        item_id: int,
        action: Action,
        *,
        by: str,
        reason: str = "",
        seen_hash: str | None = None,
        confirmed: Iterable[str] = (),
    ) -> Inspected:
        """Carry out a decision of a person.

        Approving needs ``seen_hash``, the hash of what the person saw; ``confirmed`` quotes lift the
        findings that a person may lift.

        Raises:
            Blocked: findings forbid the approval.
            UserError: as :func:`copilot.domain.review.decide`, or ``review.message_changed``.
        """
        at = self._clock()
        confirmed = tuple(confirmed)
        with self._store().write() as work:
            item = work.items.get(item_id)
            present = item.package.sha256
            state, decision = decide(
                _state(item, work.items.versions(item_id)),
                action,
                by=by,
                at=at,
                present_hash=present,
                seen_hash=seen_hash,
                reason=reason,
                policy=self._policy(),
            )
            if action is Action.APPROVE:
                self._may_be_approved(work, item, confirmed)
            stored = work.items.save_decision(replace(item, status=state.status, approval=state.approval), decision)
            details: dict[str, object] = {
                "package": present,
                "before": decision.before.value,
                "after": decision.after.value,
                "network": item.network,
                "account": item.account,
            }
            if decision.reason:
                details["reason_sha256"] = sha256_of(decision.reason)
            if confirmed:
                # What a person confirmed may be somebody's words or name, and an entry is never changed.
                details["confirmed_sha256"] = [sha256_of(quote) for quote in confirmed]
            work.audit.append(at, decision.by, action.value, f"item:{item_id}", details)
            return self._inspector.inspect(work, stored, confirmed)

    def _may_be_approved(self, work: UnitOfWork, item: Item, confirmed: tuple[str, ...]) -> None:
        check_message(work, item)
        blocking = self._inspector.inspect(work, item, confirmed).blocking
        if blocking:
            raise Blocked(blocking)


def check_message(work: UnitOfWork, item: Item) -> None:
    """Refuse a reply whose message is gone or no longer says what was answered.

    Raises:
        UserError: ``review.message_changed``.
    """
    if item.answers is None:
        return
    message = message_of(work, item)
    if message is None or message.sha256 != item.answers:
        raise UserError("review.message_changed", id=item.id)


def check_time(planned: PlannedTime, now: datetime) -> None:
    """Refuse a time that is past, that clocks skip, or out of all reason.

    Raises:
        UserError: ``time.past``, ``time.nonexistent``, ``time.too_far``.
    """
    if not now.year - 1 <= planned.local.year <= now.year + 10:
        raise UserError("time.too_far", value=f"{planned.local:%Y-%m-%d %H:%M}")
    aware = planned.aware
    if aware.astimezone(UTC).astimezone(aware.tzinfo).replace(tzinfo=None) != planned.local:
        raise UserError("time.nonexistent", value=f"{planned.local:%Y-%m-%d %H:%M}", zone=planned.zone)
    if aware <= now:
        raise UserError("time.past", value=f"{planned.local:%Y-%m-%d %H:%M}")


def _state(item: Item, versions: Sequence[ItemVersion] = ()) -> ReviewState:
    """What the review knows: its authors are all those who wrote a version of it."""
    authors = {item.author, *(version.by for version in versions)} - {"", "–", "playbook", "chain"}
    unknown = any(version.by == "–" for version in versions)
    return ReviewState(item.status, item.approval, tuple(sorted(authors)), unknown)


def _edited(item: Item, edit: Edit) -> Item:
    if edit.text is not None:
        item = replace(item, text=edit.text, language=_language(edit.text, item.language))
    if edit.hashtags is not None:
        known = {tag.tag: tag for tag in item.hashtags}
        own = Wording("hashtag.reason.person")
        item = replace(item, hashtags=tuple(known.get(tag) or Hashtag(tag, own) for tag in edit.hashtags))
    if edit.account is not None:
        item = replace(item, account=edit.account)
    if edit.planned is not None:
        item = replace(item, planned=edit.planned if isinstance(edit.planned, PlannedTime) else None)
    return item


def _language(text: str, before: str) -> str:
    """The language the checks read ``text`` in: a text that was translated, by whoever, is no longer in the old one."""
    if before not in ("fr", "en") or len(text.split()) < ENOUGH_WORDS:
        return before
    return detect(text, hint=before, candidates=("fr", "en"))


def _as_if_stored(before: Item, edit: Edit) -> Item:
    """``before`` as :meth:`Review.edit` would store it, lone surrogates kept for the checks to name."""
    after = _edited(before, edit)
    after = replace(
        after,
        text=composed(after.text),
        account=normal(after.account),
        hashtags=tuple(replace(tag, tag=composed(tag.tag)) for tag in after.hashtags),
    )
    try:
        new = after.package.sha256
    except UserError:
        new = ""  # a text that cannot leave: not the stored one for sure
    old = before.package.sha256
    state = changed(_state(before), old_hash=old, new_hash=new)
    return before if new == old else replace(after, status=state.status, approval=state.approval, edited=True)
