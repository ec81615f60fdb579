"""``replique triage``: what each message wants, how urgent it is, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from copilot.cli.jsonl import text_field
from copilot.cli.present import messages_json, triage_json, visible
from copilot.cli.session import JsonFlag, JsonlFlag, Session, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.domain.brand import Brand
from copilot.domain.conversation import Message, Thread, Triage
from copilot.domain.sla import Due, due
from copilot.errors import UsageError, UserError

if TYPE_CHECKING:
    from typer._click import Context

app = new_app()


class _Triage(LocalCommand):
    """``triage ID``, and ``triage corrections ...``, which is a group of its own."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: Context | None = None, **extra: Any
    ) -> Context:
        """The context of what was asked for."""
        if args[:1] != ["corrections"]:
            return super().make_context(info_name, args, parent, **extra)
        from copilot.cli import corrections

        group = typer.main.get_command(corrections.app)
        return group.make_context(f"{info_name} corrections", args[1:], parent, **extra)


@app.command(cls=_Triage, help="cli.triage")
def triage(
    ctx: typer.Context,
    thread_id: Annotated[int | None, typer.Argument(metavar="ID", help="cli.thread.id", show_default=False)] = None,
    as_json: JsonFlag = False,
    jsonl: JsonlFlag = False,
) -> None:
    """Triage a thread, or texts on the standard input."""
    session = session_of(ctx)
    if jsonl:
        _serve(session)
        return
    if thread_id is None:
        raise UsageError("usage.missing", name="ID", command="replique triage")
    thread = session.do(lambda copilot: copilot.conversations.triage(thread_id))
    clock = _Clock(session, thread.brand_id)
    told = messages_json(thread, session.t)
    for shown, message in zip(told, thread.messages, strict=True):
        if message.triage:
            shown["triage"] = triage_json(message.triage, session.t, clock.due(message.triage, message.created_at))
    session.answer(
        {"thread": thread.id, "messages": told},
        as_json=as_json,
        human=lambda: _table(session, thread),
    )


def _table(session: Session, thread: Thread) -> None:
    from rich.table import Table

    t = session.t
    table = Table(box=None, pad_edge=False)
    for column in ("urgency", "id", "intent", "author", "text", "why"):
        table.add_column(t(f"cli.triage.{column}"), overflow="fold" if column in ("text", "why") else "ellipsis")
    known = [message for message in thread.messages if message.triage]
    for message in sorted(known, key=_urgent_first):
        assert message.triage
        intent = t(f"intent.{message.triage.intent.value}") + (" ?" if message.triage.unsure else "")
        excerpt = visible(" ".join(message.text.split()))
        why = t.wording(message.triage.why[0]) if message.triage.why else ""
        shown = excerpt if len(excerpt) <= 90 else excerpt[:89] + "…"
        table.add_row(
            message.triage.urgency.value,
            str(message.id),
            intent,
            visible(message.author.name or message.author.handle),
            shown,
            why,
        )
    session.console.print(table)


def _urgent_first(message: Message) -> tuple[str, int]:
    return (message.triage.urgency.value if message.triage else "", message.position)


class _Clock:
    """By when answers are due, as the person set it, in the time zone of a brand."""

    def __init__(self, session: Session, brand_id: str = "") -> None:
        copilot = session.open()
        self._sla = copilot.settings.sla
        brand_id = brand_id or copilot.settings.default_brand or ""
        brands = session.do(lambda copilot: copilot.brands.list()) if brand_id else ()
        self._zone = next((brand.timezone for brand in brands if brand.id == brand_id), Brand("", "").timezone)

    def due(self, triage: Triage, created_at: datetime | None) -> Due:
        return due(triage.urgency, created_at, self._sla, self._zone)


def _moment(asked: Mapping[str, object]) -> datetime | None:
    """When the message was written, when that is said; UTC where no zone is.

    Raises:
        UserError: ``triage.bad_time``.
    """
    told = text_field(asked, "created_at", required=False)
    if not told:
        return None
    try:
        at = datetime.fromisoformat(told)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UserError("triage.bad_time", value=told[:40]) from error


def _serve(session: Session) -> None:
    import asyncio

    from copilot.cli.jsonl import serve
    from copilot.intelligence.triage import RuleTriage

    rules, clock = RuleTriage(), _Clock(session)

    def answer(asked: Mapping[str, object]) -> Mapping[str, object]:
        text = text_field(asked, "text")
        author = text_field(asked, "author", required=False) or None
        language = text_field(asked, "lang", required=False) or None
        around = text_field(asked, "thread_lang", required=False) or None
        at = _moment(asked)
        triage = rules.triage(text, author=author, language=language, thread_language=around)
        return triage_json(triage, session.t, clock.due(triage, at))

    asyncio.run(serve(session, answer))
