"""``replique restore``: a backup takes the place of the store, after it was checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from copilot.cli.session import JsonFlag, session_of
from copilot.cli.tree import LocalCommand, new_app

app = new_app()


@app.command(cls=LocalCommand, help="cli.restore")
def restore(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="IN", help="cli.restore.source", show_default=False)],
    as_json: JsonFlag = False,
) -> None:
    """Restore a backup."""
    session = session_of(ctx)
    kept = session.do(lambda copilot: copilot.custody.restore(Path(source)))

    def human() -> None:
        session.say("cli.restore.done", path=source)
        if kept:
            session.say("cli.restore.kept", path=str(kept))

    session.answer({"restored": source, "kept": str(kept) if kept else None}, as_json=as_json, human=human)
