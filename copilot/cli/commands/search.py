"""``replique search``: messages of all threads, by words and filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from copilot.cli.deadlines import Clock, clocks_of
from copilot.cli.present import message_json
from copilot.cli.session import JsonFlag, Session, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.cli.visible import visible
from copilot.domain.conversation import Intent, Urgency
from copilot.domain.inbox import Facets, InboxFilter, InboxRow, Order, State
from copilot.errors import UsageError

if TYPE_CHECKING:
    from copilot.app import Copilot

app = new_app()

Value = TypeVar("Value", bound=StrEnum)
#: Characters of a message shown to a person.
SHOWN = 90


@app.command(cls=LocalCommand, help="cli.search")
def search(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="WORDS", help="cli.search.words")] = None,
    thread: Annotated[int | None, typer.Option("--thread", metavar="ID", help="cli.search.thread")] = None,
    brand: Annotated[str, typer.Option("--brand", help="cli.search.brand", show_default=False)] = "",
    author: Annotated[list[str] | None, typer.Option("--author", help="cli.search.author")] = None,
    intent: Annotated[list[str] | None, typer.Option("--intent", help="cli.search.intent")] = None,
    urgency: Annotated[list[str] | None, typer.Option("--urgency", help="cli.search.urgency")] = None,
    lang: Annotated[list[str] | None, typer.Option("--lang", help="cli.search.language")] = None,
    state: Annotated[list[str] | None, typer.Option("--state", help="cli.search.state")] = None,
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="cli.search.since", show_default=False)] = "",
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="cli.search.until", show_default=False)] = "",
    order: Annotated[str, typer.Option("--order", help="cli.search.order")] = Order.NEWEST.value,
    most: Annotated[int, typer.Option("--most", help="cli.search.most", min=1, max=10_000)] = 50,
    as_json: JsonFlag = False,
) -> None:
    """Find messages."""
    session = session_of(ctx)
    asked = InboxFilter(
        thread_id=thread,
        words=" ".join(words or ()),
        authors=tuple(author or ()),
        intents=_each(Intent, intent, "--intent"),
        urgencies=_each(Urgency, urgency, "--urgency"),
        languages=tuple(lang or ()),
        states=_each(State, state, "--state"),
        since=_day(since, "--since"),
        until=_day(until, "--until", ends=True),
        order=_each(Order, [order], "--order")[0],
    )

    async def work(copilot: Copilot) -> tuple[Facets, tuple[InboxRow, ...], Mapping[int, Clock]]:
        from dataclasses import replace

        whose = (await copilot.brands.get(brand)).id if brand else None
        wanted = replace(asked, brand_id=whose)
        page = await copilot.inbox.page(wanted, most=most)
        rows = await copilot.inbox.rows(page.ids)
        clocks = await clocks_of(copilot, (row.message.thread_id for row in rows))
        return await copilot.inbox.facets(wanted), rows, clocks

    facets, rows, clocks = session.do(work)
    session.answer(
        {"total": facets.total, "messages": [_row_json(session, row, clocks) for row in rows]},
        as_json=as_json,
        human=lambda: _show(session, facets.total, rows),
    )


def _each(kind: type[Value], said: Sequence[str] | None, option: str) -> tuple[Value, ...]:
    """The values that were said.

    Raises:
        UsageError: ``usage.not_one_of``.
    """
    known = {one.value.casefold(): one for one in kind}
    wrong = next((one for one in said or () if one.casefold() not in known), None)
    if wrong is not None:
        raise UsageError("usage.not_one_of", name=option, value=wrong, known=", ".join(one.value for one in kind))
    return tuple(known[one.casefold()] for one in said or ())


def _day(said: str, option: str, *, ends: bool = False) -> datetime | None:
    """The moment that was said, in UTC; a day alone begins at midnight here, and ``ends`` just before the next.

    Raises:
        UsageError: ``usage.bad_value``.
    """
    if not said:
        return None
    try:
        if len(said) > len("2026-11-21"):
            return datetime.fromisoformat(said).astimezone(UTC)
        midnight = datetime.combine(date.fromisoformat(said), time()).astimezone()
        return (midnight + timedelta(days=1, microseconds=-1) if ends else midnight).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError("usage.bad_value", name=option, command="replique search") from error


def _row_json(session: Session, row: InboxRow, clocks: Mapping[int, Clock]) -> dict[str, object]:
    return {
        "thread": row.message.thread_id,
        "title": row.thread_title,
        "network": row.network,
        "state": row.state.value,
        "item": row.item_id,
        **message_json(row.message, session.t, clock=clocks.get(row.message.thread_id)),
    }


def _show(session: Session, total: int, rows: Sequence[InboxRow]) -> None:
    if not rows:
        session.say("cli.search.none")
        return
    from rich.table import Table

    t = session.t
    table = Table(box=None, pad_edge=False)
    for column in ("id", "when", "urgency", "author", "text"):
        table.add_column(t(f"cli.search.column.{column}"), overflow="fold" if column == "text" else "ellipsis")
    for row in rows:
        message = row.message
        said = visible(" ".join(message.text.split()))
        table.add_row(
            str(message.id),
            t.moment(message.created_at) if message.created_at else visible(message.created_rel or ""),
            message.triage.urgency.value if message.triage else "",
            visible(message.author.name or message.author.handle),
            said if len(said) <= SHOWN else said[: SHOWN - 1] + "…",
        )
    session.console.print(table)
    session.note("cli.search.total", count=total, shown=len(rows))
