"""``replique export``: approved items become files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from copilot.cli.session import JsonFlag, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.errors import UsageError

app = new_app()


@app.command(cls=LocalCommand, help="cli.export")
def export(
    ctx: typer.Context,
    ids: Annotated[list[int] | None, typer.Argument(metavar="ID", help="cli.export.ids", show_default=False)] = None,
    format_name: Annotated[str, typer.Option("--format", help="cli.export.format", show_default=False)] = "",
    out: Annotated[str, typer.Option("--out", help="cli.export.out", show_default=False)] = "",
    by: Annotated[str, typer.Option("--by", help="cli.option.by", show_default=False)] = "",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="cli.option.overwrite")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Write approved items to files."""
    session = session_of(ctx)
    for name, value in (("--format", format_name), ("--out", out)):
        if not value:
            raise UsageError("usage.missing", name=name, command="replique export")
    report = session.do(
        lambda copilot: copilot.exports.export(
            ids or [], format_name, Path(out), by=by, overwrite=overwrite, language=session.t.language
        )
    )

    def human() -> None:
        session.say("cli.export.done", count=len(report.items))
        for path in report.files:
            session.say("cli.written", path=str(path))
        for note in notes:
            session.note("cli.warning", what=note)

    notes = [session.t.wording(note) for note in report.notes]
    session.answer(
        {
            "format": report.format,
            "files": [str(path) for path in report.files],
            "notes": notes,
            "items": [{"id": item.id, "package_hash": item.package.sha256} for item in report.items],
        },
        as_json=as_json,
        human=human,
    )
