"""``replique app``: the window. ``replique`` alone opens it too."""

from __future__ import annotations

import typer

from copilot.cli.session import session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.cli.window import open_window

app = new_app()


@app.command(cls=LocalCommand, help="cli.app")
def open_app(ctx: typer.Context) -> None:
    """Open the window."""
    session = session_of(ctx)
    raise typer.Exit(open_window(str(session.profile or ""), session.t.language))
