"""``replique backup``: a copy of everything, made while the store is in use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from copilot.cli.session import JsonFlag, session_of
from copilot.cli.tree import LocalCommand, new_app

app = new_app()


@app.command(cls=LocalCommand, help="cli.backup")
def backup(
    ctx: typer.Context,
    out: Annotated[str, typer.Argument(help="cli.backup.out", show_default=False)],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="cli.option.overwrite")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Copy the store to a file."""
    session = session_of(ctx)
    path = session.do(lambda copilot: copilot.custody.backup(Path(out), overwrite=overwrite))
    session.answer({"file": str(path)}, as_json=as_json, human=lambda: session.say("cli.backup.done", path=str(path)))
