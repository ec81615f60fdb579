"""``replique thread``: conversations, imported and shown."""

from __future__ import annotations

from typing import Annotated

import typer

from copilot.cli.files import read_bytes
from copilot.cli.present import indented, thread_json, visible
from copilot.cli.session import JsonFlag, session_of
from copilot.cli.tree import LocalCommand, new_app

app = new_app("cli.thread")

#: The largest thread file read here, in bytes.
MOST_BYTES = 50_000_000


@app.command("import", cls=LocalCommand, help="cli.thread.import")
def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(help="cli.thread.file", show_default=False)],
    network: Annotated[str, typer.Option("--network", help="cli.option.network", show_default=False)] = "",
    as_json: JsonFlag = False,
) -> None:
    """Import a thread from a file or the standard input."""
    from pathlib import Path

    session = session_of(ctx)
    content = read_bytes(file, MOST_BYTES)
    name = "" if file == "-" else Path(file).name
    done = session.do(lambda copilot: copilot.inbox.load(content, name, network=network))
    warnings = [session.t.wording(warning) for warning in done.warnings]
    roots = sum(1 for message in done.thread.messages if message.parent_id is None)
    owned = sum(1 for message in done.thread.messages if message.author.is_owner)

    def human() -> None:
        key = "cli.thread.already" if done.already else "cli.thread.imported"
        session.say(key, id=done.thread.id, count=len(done.thread.messages), title=done.thread.title)
        for warning in warnings:
            session.note("cli.warning", what=warning)

    session.answer(
        {
            "id": done.thread.id,
            "format": done.format,
            "title": done.thread.title,
            "network": done.thread.network,
            "lang": done.thread.language,
            "messages": len(done.thread.messages),
            "roots": roots,
            "owner_replies": owned,
            "already": done.already,
            "warnings": warnings,
        },
        as_json=as_json,
        human=human,
    )


@app.command("list", cls=LocalCommand, help="cli.thread.list")
def list_(ctx: typer.Context, as_json: JsonFlag = False) -> None:
    """List the threads."""
    session = session_of(ctx)
    threads = session.do(lambda copilot: copilot.conversations.list())

    def human() -> None:
        if not threads:
            session.say("cli.thread.none")
        for thread, count in threads:
            session.say("cli.thread.line", id=thread.id, title=thread.title, count=count, network=thread.network or "–")

    told = [
        {
            "id": thread.id,
            "title": thread.title,
            "format": thread.source,
            "network": thread.network,
            "lang": thread.language,
            "messages": count,
        }
        for thread, count in threads
    ]
    session.answer({"threads": told}, as_json=as_json, human=human)


@app.command("show", cls=LocalCommand, help="cli.thread.show")
def show(
    ctx: typer.Context,
    thread_id: Annotated[int, typer.Argument(metavar="ID", help="cli.thread.id", show_default=False)],
    as_json: JsonFlag = False,
) -> None:
    """Show a thread."""
    session = session_of(ctx)
    thread = session.do(lambda copilot: copilot.conversations.get(thread_id))

    def human() -> None:
        print(visible(thread.title))
        for message in thread.messages:
            when = message.created_rel or (message.created_at.strftime("%Y-%m-%d %H:%M") if message.created_at else "")
            who = message.author.name or message.author.handle or session.t("cli.thread.nobody")
            indent = "    " if message.parent_id else ""
            print(visible(f"{indent}{message.id} · {who} · {when}".rstrip(" ·")))
            indented(session.console, "\n".join(indent + line for line in message.text.split("\n")))

    session.answer(thread_json(thread, session.t), as_json=as_json, human=human)
