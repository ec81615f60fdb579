"""``replique usage``: what the models cost, in tokens and seconds."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from copilot.cli.session import JsonFlag, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.errors import UsageError

app = new_app()


@app.command(cls=LocalCommand, help="cli.usage")
def usage(
    ctx: typer.Context,
    since: Annotated[str, typer.Option("--since", help="cli.usage.since", show_default=False)] = "",
    as_json: JsonFlag = False,
) -> None:
    """Show the ledger, summed."""
    session = session_of(ctx)
    try:
        start = datetime.fromisoformat(since).astimezone(UTC) if since else None
    except ValueError as error:
        raise UsageError("usage.bad_value", name="--since", command="replique usage") from error
    lines = session.do(lambda copilot: copilot.custody.usage(start))

    def human() -> None:
        from rich.table import Table

        if not lines:
            session.say("cli.usage.none")
            return
        table = Table(box=None, pad_edge=False)
        for column in ("provider", "model", "task", "runs", "failed", "tokens_in", "tokens_out", "seconds"):
            table.add_column(session.t(f"cli.usage.{column}"))
        for line in lines:
            numbers = (line.runs, line.failed, line.tokens_in, line.tokens_out, round(line.seconds, 1))
            table.add_row(line.provider, line.model, line.task, *(session.t.number(one) for one in numbers))
        session.console.print(table)

    session.answer({"usage": [asdict(line) for line in lines]}, as_json=as_json, human=human)
