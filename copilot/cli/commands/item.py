"""``replique item``: review. See, edit, submit, decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from copilot.cli.present import indented, inspected_json, moment_json, show_item
from copilot.cli.session import ByName, JsonFlag, Session, error_json, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.cli.visible import visible
from copilot.domain.item import ItemKind, PlannedTime, Status
from copilot.domain.review import Action
from copilot.errors import RepliqueError, UsageError, UserError

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.i18n import Translator
    from copilot.services.inspection import Inspected
    from copilot.services.review import Lapse

Choice = TypeVar("Choice", Status, ItemKind)

app = new_app("cli.item")
ItemId = Annotated[int, typer.Argument(metavar="ID", help="cli.item.id", show_default=False)]
ItemIds = Annotated[list[int], typer.Argument(metavar="ID", help="cli.item.ids", show_default=False)]
Reason = Annotated[str, typer.Option("--reason", help="cli.item.reason", show_default=False)]


@app.command("list", cls=LocalCommand, help="cli.item.list")
def list_(
    ctx: typer.Context,
    status: Annotated[list[str] | None, typer.Option("--status", help="cli.item.status")] = None,
    kind: Annotated[str, typer.Option("--kind", help="cli.item.kind", show_default=False)] = "",
    network: Annotated[str, typer.Option("--network", help="cli.option.network", show_default=False)] = "",
    as_json: JsonFlag = False,
) -> None:
    """List items."""
    session = session_of(ctx)
    wanted = [_one_of(Status, name, "--status") for name in status or ()]
    chosen = _one_of(ItemKind, kind, "--kind") if kind else None

    async def work(copilot: Copilot) -> tuple[Inspected, ...]:
        from copilot import networks

        where = networks.get(network).id if network else None
        return await copilot.review.inspect_all(await copilot.review.list(statuses=wanted, kind=chosen, network=where))

    found = session.do(work)
    told = {"items": [inspected_json(one, session.t) for one in found]}
    session.answer(told, as_json=as_json, human=lambda: _table(session, found))


def _one_of(kind: type[Choice], name: str, option: str) -> Choice:
    try:
        return kind(name)
    except ValueError as error:
        raise UsageError("usage.not_one_of", name=option, value=name, known=", ".join(kind)) from error


def _table(session: Session, found: tuple[Inspected, ...]) -> None:
    from rich.table import Table

    t = session.t
    if not found:
        session.say("cli.item.none")
        return
    table = Table(box=None, pad_edge=False)
    for column in ("id", "status", "network", "count", "text"):
        table.add_column(t(f"cli.item.column.{column}"))
    for one in found:
        excerpt = visible(" ".join(one.item.text.split()))
        shown = excerpt if len(excerpt) <= 70 else excerpt[:69] + "…"
        mark = " ✗" if one.blocking else ""
        table.add_row(
            str(one.item.id),
            t(f"status.{one.item.status.value}") + mark,
            one.item.network,
            t.number(one.measure.count),
            shown,
        )
    session.console.print(table)


@app.command("show", cls=LocalCommand, help="cli.item.show")
def show(ctx: typer.Context, item_id: ItemId, as_json: JsonFlag = False) -> None:
    """Show an item: its exact bytes, its findings."""
    session = session_of(ctx)

    async def work(copilot: Copilot) -> tuple[Inspected, Lapse | None]:
        return await copilot.review.show(item_id), (await copilot.review.history(item_id)).lapse

    found, lapse = session.do(work)

    def human() -> None:
        show_item(session.console, found, session.t)
        if lapse is not None:
            indented(session.console, _lapse_line(lapse, session.t), "yellow")

    answer = inspected_json(found, session.t) | ({"lapsed": _lapse_json(lapse)} if lapse else {})
    session.answer(answer, as_json=as_json, human=human)


def _lapse_line(lapse: Lapse, t: Translator) -> str:
    parts = (t(f"item.lapse.{lapse.why}"), lapse.by, moment_json(lapse.at) or "")
    return " · ".join(part for part in parts if part)


def _lapse_json(lapse: Lapse) -> dict[str, str | None]:
    return {"why": lapse.why, "by": lapse.by, "at": moment_json(lapse.at)}


def _answer(session: Session, found: Inspected, as_json: bool) -> None:
    session.answer(
        inspected_json(found, session.t), as_json=as_json, human=lambda: show_item(session.console, found, session.t)
    )


@app.command("edit", cls=LocalCommand, help="cli.item.edit")
def edit(
    ctx: typer.Context,
    item_id: ItemId,
    text: Annotated[str | None, typer.Option("--text", help="cli.item.text", show_default=False)] = None,
    file: Annotated[str, typer.Option("--file", help="cli.item.file", show_default=False)] = "",
    hashtags: Annotated[str | None, typer.Option("--hashtags", help="cli.item.hashtags", show_default=False)] = None,
    account: Annotated[str | None, typer.Option("--account", help="cli.item.account", show_default=False)] = None,
    at: Annotated[str | None, typer.Option("--at", help="cli.item.at", show_default=False)] = None,
    zone: Annotated[str, typer.Option("--zone", help="cli.item.zone", show_default=False)] = "",
    by: ByName = "",
    as_json: JsonFlag = False,
) -> None:
    """Change an item."""
    from copilot.cli.editing import edited_text
    from copilot.services.review import Edit

    session = session_of(ctx)
    if text is not None and file:
        raise UsageError("usage.text_or_file", command="replique item edit")
    other = hashtags is not None or account is not None or at is not None

    async def work(copilot: Copilot) -> Inspected:
        before = await copilot.review.show(item_id)
        body = edited_text(before.item.text, text, file, ask_editor=not other)
        where = zone or await copilot.review.zone_of(item_id)
        change = Edit(text=body, hashtags=_tags(hashtags), account=account, planned=_planned(at, where))
        return await copilot.review.edit(item_id, change, by=by.strip() or "–", revision=before.item.revision)

    _answer(session, session.do(work), as_json)


def _tags(words: str | None) -> tuple[str, ...] | None:
    return None if words is None else tuple(word.lstrip("#") for word in words.split() if word.strip("#"))


def _planned(at: str | None, zone: str) -> PlannedTime | bool | None:
    """``2027-03-03T10:30`` or ``2027-03-03 10:30`` in ``zone``; empty removes it."""
    from datetime import datetime
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if at is None:
        return None
    if not at.strip():
        return False
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UserError("time.unknown_zone", name=zone) from error
    try:
        local = datetime.fromisoformat(at.strip())
        if local.tzinfo is not None:
            local = local.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise UserError("time.not_a_time", value=at) from error
    if len(at.strip()) < len("2027-03-03T10:30") or local.second or local.microsecond:
        raise UserError("time.not_a_time", value=at)
    return PlannedTime(local, zone)


def _decide(
    ctx: typer.Context,
    ids: list[int],
    action: Action,
    by: str,
    as_json: bool,
    *,
    reason: str = "",
    seen_hash: str | None = None,
    confirmed: tuple[str, ...] = (),
) -> None:
    session = session_of(ctx)
    if not by.strip():
        raise UsageError("usage.missing", name="--by", command=f"replique item {action.value.replace('_', '-')}")

    refused: dict[int, RepliqueError] = {}

    async def work(copilot: Copilot) -> list[Inspected]:
        done = []
        for item_id in dict.fromkeys(ids):
            try:
                # What is approved is what was read here: an edit that slips in between has another hash.
                seen = seen_hash or (await copilot.review.show(item_id)).item.package.sha256
                done.append(
                    await copilot.review.decide(
                        item_id, action, by=by, reason=reason, seen_hash=seen, confirmed=confirmed
                    )
                )
            except UserError as error:
                # Each decision stands on its own: one refused does not undo the others, and is told beside them.
                if len(ids) == 1:
                    raise
                refused[item_id] = error
        return done

    done = session.do(work)

    def human() -> None:
        for one in done:
            show_item(session.console, one, session.t)
        for item_id, error in refused.items():
            session.note("cli.item.refused", id=item_id, why=session.t.error(error))

    told = [inspected_json(one, session.t) for one in done]
    failures = [{"id": item_id, **error_json(error, session.t)} for item_id, error in refused.items()]
    several = {"items": told, "failures": failures}
    session.answer({**told[0], **several} if len(ids) == 1 else several, as_json=as_json, human=human)
    if refused:
        raise typer.Exit(1)


@app.command("submit", cls=LocalCommand, help="cli.item.submit")
def submit(ctx: typer.Context, ids: ItemIds, by: ByName = "", as_json: JsonFlag = False) -> None:
    """Ask for a review."""
    _decide(ctx, ids, Action.SUBMIT, by, as_json)


@app.command("approve", cls=LocalCommand, help="cli.item.approve")
def approve(
    ctx: typer.Context,
    ids: ItemIds,
    by: ByName = "",
    seen_hash: Annotated[str, typer.Option("--hash", help="cli.item.hash", show_default=False)] = "",
    confirm: Annotated[list[str] | None, typer.Option("--confirm", help="cli.item.confirm")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Approve exactly the bytes shown."""
    if seen_hash and len(ids) > 1:
        raise UsageError("usage.hash_for_one", command="replique item approve")
    _decide(ctx, ids, Action.APPROVE, by, as_json, seen_hash=seen_hash.lower() or None, confirmed=tuple(confirm or ()))


@app.command("request-changes", cls=LocalCommand, help="cli.item.request_changes")
def request_changes(
    ctx: typer.Context, ids: ItemIds, by: ByName = "", reason: Reason = "", as_json: JsonFlag = False
) -> None:
    """Send an item back with a reason."""
    _decide(ctx, ids, Action.REQUEST_CHANGES, by, as_json, reason=reason)


@app.command("reject", cls=LocalCommand, help="cli.item.reject")
def reject(ctx: typer.Context, ids: ItemIds, by: ByName = "", reason: Reason = "", as_json: JsonFlag = False) -> None:
    """Reject an item with a reason; it is archived."""
    _decide(ctx, ids, Action.REJECT, by, as_json, reason=reason)


@app.command("reopen", cls=LocalCommand, help="cli.item.reopen")
def reopen(ctx: typer.Context, ids: ItemIds, by: ByName = "", as_json: JsonFlag = False) -> None:
    """Bring an archived item back to draft."""
    _decide(ctx, ids, Action.REOPEN, by, as_json)


@app.command("withdraw", cls=LocalCommand, help="cli.item.withdraw")
def withdraw(ctx: typer.Context, ids: ItemIds, by: ByName = "", as_json: JsonFlag = False) -> None:
    """Take the last submit, request for changes or approval back."""
    _decide(ctx, ids, Action.WITHDRAW, by, as_json)


@app.command("archive", cls=LocalCommand, help="cli.item.archive")
def archive(ctx: typer.Context, ids: ItemIds, by: ByName = "", as_json: JsonFlag = False) -> None:
    """Put an item away."""
    _decide(ctx, ids, Action.ARCHIVE, by, as_json)


@app.command("history", cls=LocalCommand, help="cli.item.history")
def history(ctx: typer.Context, item_id: ItemId, as_json: JsonFlag = False) -> None:
    """Everything an item went through."""
    session = session_of(ctx)
    found = session.do(lambda copilot: copilot.review.history(item_id))
    t = session.t

    def human() -> None:
        for version in found.versions:
            session.say(
                "cli.item.version_line",
                n=version.revision,
                by=version.by or "–",
                at=moment_json(version.at) or "",
                hash=version.package_hash[:12],
            )
            print("    " + visible(version.text).replace("\n", "\n    "))
        for one in found.decisions:
            session.say(
                "cli.item.decision_line",
                action=t(f"action.{one.action.value}"),
                by=one.by,
                at=moment_json(one.at) or "",
                status=t(f"status.{one.after.value}"),
                reason=one.reason or "–",
            )
        for lapse in found.lapses:
            print(_lapse_line(lapse, t))

    versions = [
        {
            "revision": version.revision,
            "text": version.text,
            "hashtags": list(version.hashtags),
            "package_hash": version.package_hash,
            "by": version.by,
            "at": moment_json(version.at),
        }
        for version in found.versions
    ]
    decisions = [
        {
            "action": one.action.value,
            "by": one.by,
            "at": moment_json(one.at),
            "reason": one.reason,
            "package_hash": one.package_hash,
            "before": one.before.value,
            "after": one.after.value,
        }
        for one in found.decisions
    ]
    lapses = [_lapse_json(one) for one in found.lapses]
    answer = {"id": item_id, "versions": versions, "decisions": decisions, "lapses": lapses}
    session.answer(answer, as_json=as_json, human=human)
