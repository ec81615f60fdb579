"""``replique triage``: what each message wants, how urgent it is, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from copilot.cli.jsonl import text_field
from copilot.cli.present import message_json, triage_json, visible
from copilot.cli.session import JsonFlag, JsonlFlag, Session, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.domain.conversation import Message, Thread
from copilot.errors import UsageError

app = new_app()


@app.command(cls=LocalCommand, help="cli.triage")
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
    session.answer(
        {"thread": thread.id, "messages": [message_json(message, session.t) for message in thread.messages]},
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


def _serve(session: Session) -> None:
    import asyncio

    from copilot.cli.jsonl import serve
    from copilot.intelligence.triage import RuleTriage

    rules = RuleTriage()

    def answer(asked: Mapping[str, object]) -> Mapping[str, object]:
        text = text_field(asked, "text")
        author = text_field(asked, "author", required=False) or None
        language = text_field(asked, "lang", required=False) or None
        return triage_json(rules.triage(text, author=author, language=language), session.t)

    asyncio.run(serve(session, answer))
