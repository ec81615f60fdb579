"""``replique groups``: messages that say the same, found, shown, and answered once for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from copilot.cli.deadlines import Clock, clocks_of
from copilot.cli.files import read_text
from copilot.cli.present import indented, inspected_json, message_json, show_item
from copilot.cli.session import ByName, JsonFlag, Session, error_json, session_of
from copilot.cli.tree import LocalCommand, LocalGroup
from copilot.cli.visible import visible
from copilot.errors import UsageError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typer._click import Command, Context

    from copilot.app import Copilot
    from copilot.domain.grouping import Grouping, GroupMember, MessageGroup
    from copilot.domain.moderation import Moderation
    from copilot.services.grouping import GroupAnswered, ShownGroup, Skipped


#: Hexadecimal digits of a hash, and bytes of a file that tells what was read.
HASH, MOST_SEEN = 64, 100_000_000


class _Groups(LocalGroup):
    """``groups 3`` looks for the groups of thread 3; words are its other commands."""

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """The command to run: ``find`` when a number comes first."""
        return super().resolve_command(ctx, ["find", *args] if args[0].isdigit() else args)


app = typer.Typer(
    cls=_Groups, help="cli.groups", rich_markup_mode=None, add_completion=False, no_args_is_help=True
)  # fmt: skip


@app.command("find", cls=LocalCommand, help="cli.groups.find")
def find(
    ctx: typer.Context,
    thread_id: Annotated[int, typer.Argument(metavar="ID", help="cli.thread.id", show_default=False)],
    group_kind: Annotated[str, typer.Option("--kind", help="cli.groups.kind", show_default=False)] = "",
    as_json: JsonFlag = False,
) -> None:
    """Look for the groups of a thread."""
    from copilot.domain.grouping import GroupKind

    session = session_of(ctx)
    if group_kind and group_kind not in set(GroupKind):
        raise UserError("groups.unknown_kind", name=group_kind, known=", ".join(GroupKind))
    found: Grouping = session.do(lambda copilot: copilot.groups.find(thread_id))
    groups = [group for group in found.groups if not group_kind or group.kind == group_kind]

    def human() -> None:
        session.say("cli.groups.found", count=len(groups), messages=found.messages)
        if not found.semantic:
            session.note("cli.groups.by_words")
        for group in groups:
            _line(session, group)

    told = {
        "thread": thread_id,
        "messages": found.messages,
        "semantic": found.semantic,
        "groups": [group_json(session, group) for group in groups],
    }
    session.answer(told, as_json=as_json, human=human)


@app.command("list", cls=LocalCommand, help="cli.groups.list")
def list_(
    ctx: typer.Context,
    thread_id: Annotated[int | None, typer.Argument(metavar="ID", help="cli.thread.id", show_default=False)] = None,
    thread: Annotated[int | None, typer.Option("--thread", help="cli.thread.id", show_default=False)] = None,
    start: Annotated[int, typer.Option("--start", help="cli.groups.start", min=0)] = 0,
    most: Annotated[int, typer.Option("--most", help="cli.groups.most", min=1, max=1_000)] = 100,
    as_json: JsonFlag = False,
) -> None:
    """List the groups found before."""
    session = session_of(ctx)
    if thread_id is not None and thread not in (None, thread_id):
        raise UsageError("usage.bad_value", name="--thread", command="replique groups list")
    wanted = thread if thread_id is None else thread_id
    groups = session.do(lambda copilot: copilot.groups.page(wanted, start=start, most=most))

    def human() -> None:
        for group in groups:
            _line(session, group)

    session.answer({"groups": [group_json(session, group) for group in groups]}, as_json=as_json, human=human)


@app.command("show", cls=LocalCommand, help="cli.groups.show")
def show(
    ctx: typer.Context,
    group_id: Annotated[int, typer.Argument(metavar="ID", help="cli.groups.id", show_default=False)],
    start: Annotated[int, typer.Option("--start", help="cli.groups.start", min=0)] = 0,
    most: Annotated[int, typer.Option("--most", help="cli.groups.most", min=1, max=1_000)] = 100,
    as_json: JsonFlag = False,
) -> None:
    """Show a group with its messages."""
    session = session_of(ctx)

    async def work(copilot: Copilot) -> tuple[ShownGroup, Clock | None]:
        found = await copilot.groups.show(group_id, start, most)
        thread = found.group.thread_id
        return found, (await clocks_of(copilot, [thread])).get(thread)

    shown, clock = session.do(work)

    def human() -> None:
        _line(session, shown.group)
        for member in shown.members:
            print(f"{member.message.id} · {visible(_author(session, member))} · {member.distance:.2f}")
            indented(session.console, member.message.text)

    told = group_json(session, shown.group) | {"members": [_member_json(session, one, clock) for one in shown.members]}
    session.answer(told, as_json=as_json, human=human)


@app.command("answer", cls=LocalCommand, help="cli.groups.answer")
def answer(
    ctx: typer.Context,
    group_id: Annotated[int, typer.Argument(metavar="ID", help="cli.groups.id", show_default=False)],
    approach: Annotated[str, typer.Option("--approach", help="cli.reply.approach", show_default=False)] = "",
    provider: Annotated[str, typer.Option("--provider", help="cli.option.provider", show_default=False)] = "",
    brand: Annotated[str, typer.Option("--brand", help="cli.option.brand", show_default=False)] = "",
    by: Annotated[str, typer.Option("--by", help="cli.compose.by", show_default=False)] = "",
    as_json: JsonFlag = False,
) -> None:
    """Propose a reply to each message of a group."""
    from copilot.cli.commands.reply import approach_named

    session = session_of(ctx)
    chosen = approach_named(approach)

    async def work(copilot: Copilot) -> list[Any]:
        from copilot.services.conversations import Replying
        from copilot.services.grouping import GroupRequest

        thread_id = (await copilot.groups.show(group_id, most=1)).group.thread_id
        of_brand = await copilot.brands.choose(brand or None, copilot.settings.default_brand, thread_id=thread_id)
        request = GroupRequest(group_id, chosen, copilot.writer(provider), of_brand, by)
        with session.progress("cli.reply.progress") as step:
            done = []
            async for event in copilot.groups.answer(request):
                if not isinstance(event, Replying):
                    done.append(event)
                    step()
        return done

    *events, last = session.do(work)
    session.answer(_told(session, events, last), as_json=as_json, human=lambda: _show_answers(session, events, last))


@app.command("replies", cls=LocalCommand, help="cli.groups.replies")
def replies(
    ctx: typer.Context,
    group_id: Annotated[int, typer.Argument(metavar="ID", help="cli.groups.id", show_default=False)],
    start: Annotated[int, typer.Option("--start", help="cli.groups.start", min=0)] = 0,
    most: Annotated[int, typer.Option("--most", help="cli.groups.most", min=1, max=1_000)] = 100,
    as_json: JsonFlag = False,
) -> None:
    """Show the replies that wait to be read, with the hash of each."""
    session = session_of(ctx)
    found = session.do(lambda copilot: copilot.groups.replies(group_id, start, most))

    def human() -> None:
        for one in found:
            show_item(session.console, one, session.t)
            print(one.item.package.sha256)
        session.say("cli.groups.to_read", count=len(found))

    told = {"group": group_id, "items": [inspected_json(one, session.t) for one in found]}
    session.answer(told, as_json=as_json, human=human)


@app.command("approve", cls=LocalCommand, help="cli.groups.approve")
def approve(
    ctx: typer.Context,
    group_id: Annotated[int, typer.Argument(metavar="ID", help="cli.groups.id", show_default=False)],
    by: ByName = "",
    seen: Annotated[list[str] | None, typer.Option("--seen", help="cli.groups.seen", metavar="ITEM:HASH")] = None,
    seen_in: Annotated[str, typer.Option("--seen-in", help="cli.groups.seen_in", metavar="FILE")] = "",
    confirm: Annotated[list[str] | None, typer.Option("--confirm", help="cli.item.confirm")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Approve the replies that were read, each by the hash of what was read."""
    session = session_of(ctx)
    if not by.strip():
        raise UsageError("usage.missing", name="--by", command="replique groups approve")
    read = seen_among(seen or (), read_text(seen_in, MOST_SEEN) if seen_in else "")
    done = session.do(lambda copilot: copilot.groups.approve(group_id, read, by=by, confirmed=confirm or ()))

    def human() -> None:
        session.say("cli.groups.approved", count=len(done.approved))
        for item_id, error in done.refused:
            session.note("cli.item.refused", id=item_id, why=session.t.error(error))

    told = {
        "group": group_id,
        "items": [inspected_json(one, session.t) for one in done.approved],
        "failures": [{"id": item_id, **error_json(error, session.t)} for item_id, error in done.refused],
    }
    session.answer(told, as_json=as_json, human=human)
    if done.refused:
        raise typer.Exit(1)


def seen_among(pairs: Iterable[str], written: str) -> dict[int, str]:
    """What was read: the hash of each item, from ``ITEM:HASH`` and from what ``answer`` or ``replies`` wrote in JSON.

    Raises:
        UserError: ``groups.bad_seen``.
    """
    import json

    try:
        found = [one.split(":", 1) for one in pairs]
        if written:
            found += [[str(one["id"]), one["package_hash"]] for one in json.loads(written)["items"]]
        read = {int(item): digest for item, digest in found}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError("groups.bad_seen") from error
    if not all(isinstance(digest, str) and len(digest) == HASH for digest in read.values()):
        raise UserError("groups.bad_seen")
    return read


@app.command("decide", cls=LocalCommand, help="cli.groups.decide")
def decide(
    ctx: typer.Context,
    group_id: Annotated[int, typer.Argument(metavar="ID", help="cli.groups.id", show_default=False)],
    action: Annotated[str, typer.Option("--action", help="cli.moderate.action", show_default=False)],
    by: ByName = "",
    clause: Annotated[str, typer.Option("--clause", help="cli.moderate.clause", show_default=False)] = "",
    category: Annotated[str, typer.Option("--category", help="cli.moderate.category", show_default=False)] = "",
    brand: Annotated[str, typer.Option("--brand", help="cli.option.brand", show_default=False)] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="cli.moderate.dry_run")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Take the same decision on each message of a group."""
    from copilot.cli.commands.moderate import show_decisions
    from copilot.domain.moderation import ModerationAction, ModerationAsked

    session = session_of(ctx)
    known = [one.value for one in ModerationAction]
    if action not in known:
        raise UsageError("usage.not_one_of", name="--action", value=action, known=", ".join(known))

    async def work(copilot: Copilot) -> tuple[Moderation, ...]:
        brand_id = (await copilot.brands.get(brand)).id if brand else ""
        ids = await copilot.groups.ids(group_id)
        asked = ModerationAsked(ids, ModerationAction(action), by, clause, category, "", brand_id)
        return await (copilot.moderation.prepare(asked) if dry_run else copilot.moderation.decide(asked))

    told = session.do(work)
    show_decisions(session, told, "cli.moderate.would" if dry_run else "cli.moderate.line", as_json=as_json)


@app.command("undo", cls=LocalCommand, help="cli.groups.undo")
def undo(
    ctx: typer.Context,
    items: Annotated[list[int], typer.Argument(metavar="ITEM", help="cli.groups.items", show_default=False)],
    by: ByName = "",
    as_json: JsonFlag = False,
) -> None:
    """Archive the drafts that an answer made."""
    session = session_of(ctx)
    if not by:
        raise UsageError("usage.missing", name="--by", command="replique groups undo")
    archived = session.do(lambda copilot: copilot.groups.undo(items, by=by))
    session.answer(
        {"archived": list(archived)},
        as_json=as_json,
        human=lambda: session.say("cli.groups.undone", count=len(archived)),
    )


def group_json(session: Session, group: MessageGroup) -> dict[str, object]:
    """A group as every command tells it."""
    growth = group.growth
    return {
        "id": group.id,
        "thread": group.thread_id,
        "kind": group.kind.value,
        "name": group.name,
        "words": list(group.words),
        "size": group.size,
        "authors": group.authors,
        "representative": group.representative,
        "growth": {"last_hour": growth.last_hour, "per_hour_before": growth.before, "until": growth.until.isoformat()}
        if growth
        else None,
        "alarm": group.alarm.value,
        "why": [session.t.wording(one) for one in group.why],
    }


def _member_json(session: Session, member: GroupMember, clock: Clock | None) -> dict[str, object]:
    return message_json(member.message, session.t, clock=clock) | {"distance": member.distance}


def _author(session: Session, member: GroupMember) -> str:
    author = member.message.author
    return author.name or author.handle or session.t("cli.thread.nobody")


def _line(session: Session, group: MessageGroup) -> None:
    kind = session.t(f"groups.kind.{group.kind.value}")
    session.say("cli.groups.line", id=group.id, kind=kind, name=visible(group.name), count=group.size)
    if group.growth is not None and group.growth.is_quick:
        indented(session.console, session.t.wording(group.growth.wording))
    if group.alarm.value != "none":
        why = session.t("cli.groups.because").join(session.t.wording(one) for one in group.why)
        indented(session.console, f"{session.t(f'groups.alarm.{group.alarm.value}')} – {why}", "bold yellow")


def _told(session: Session, events: list[Any], last: GroupAnswered) -> dict[str, object]:
    from copilot.services.conversations import Answered

    answered = [one for one in events if isinstance(one, Answered)]
    return {
        "group": last.group_id,
        "approach": last.approach.value if last.approach else None,
        "items": [inspected_json(one.inspected, session.t) for one in answered if one.inspected],
        "skipped": [_skipped_json(session, one) for one in events if _why(one)],
        "failures": [{"message": one.message.id, **error_json(one.error, session.t)} for one in answered if one.error],
    }


def _why(event: Any) -> tuple[Any, ...]:
    """The reasons why a message got no reply, none when it got one or failed."""
    from copilot.services.conversations import Answered

    if not isinstance(event, Answered):
        skipped: Skipped = event
        return (skipped.why,)
    if event.error or event.inspected or event.proposal is None:
        return ()
    return event.proposal.why


def _skipped_json(session: Session, event: Any) -> dict[str, object]:
    return {"message": event.message.id, "why": [session.t.wording(one) for one in _why(event)]}


def _show_answers(session: Session, events: list[Any], last: GroupAnswered) -> None:
    from copilot.services.conversations import Answered

    for event in events:
        print(event.message.id)
        if isinstance(event, Answered) and event.inspected:
            show_item(session.console, event.inspected, session.t)
        elif isinstance(event, Answered) and event.error:
            indented(session.console, session.t.error(event.error), "red")
        for why in _why(event):
            indented(session.console, session.t.wording(why), "bold yellow")
    session.say("cli.reply.done", count=len(last.items))
