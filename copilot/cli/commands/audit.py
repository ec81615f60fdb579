"""``replique audit``: proof of what happened."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.files import write_new
from copilot.cli.session import JsonFlag, session_of
from copilot.cli.tree import LocalCommand, new_app

if TYPE_CHECKING:
    from copilot.domain.audit import AuditEntry

app = new_app("cli.audit")


@app.command("verify", cls=LocalCommand, help="cli.audit.verify")
def verify(ctx: typer.Context, as_json: JsonFlag = False) -> None:
    """Prove the chain, or name the first broken entry."""
    session = session_of(ctx)
    result = session.do(lambda copilot: copilot.custody.verify_audit())

    def human() -> None:
        if result.holds:
            session.say("cli.audit.holds", count=result.entries)
        else:
            session.say(f"cli.audit.broken.{result.why}", entry=str(result.broken_at))

    session.answer(
        {"holds": result.holds, "entries": result.entries, "broken_at": result.broken_at, "why": result.why or None},
        as_json=as_json,
        human=human,
    )
    if not result.holds:
        raise typer.Exit(1)


@app.command("export", cls=LocalCommand, help="cli.audit.export")
def export(
    ctx: typer.Context,
    out: Annotated[str, typer.Option("--out", help="cli.audit.out", show_default=False)] = "",
    as_json: JsonFlag = False,
) -> None:
    """Write the audit as JSON Lines."""
    session = session_of(ctx)
    entries = session.do(lambda copilot: copilot.custody.audit_entries())
    if as_json and not out:
        session.answer({"entries": [_told(entry) for entry in entries]}, as_json=True, human=lambda: None)
        return
    lines = "".join(json.dumps(_told(entry), ensure_ascii=False) + "\n" for entry in entries)
    if not out:
        sys.stdout.write(lines)
        return
    path = write_new(out, lines)
    session.answer(
        {"file": str(path), "entries": len(entries)},
        as_json=as_json,
        human=lambda: session.say("cli.written", path=str(path)),
    )


def _told(entry: AuditEntry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        # To the microsecond: the hash covers it.
        "at": entry.at.isoformat(timespec="microseconds"),
        "by": entry.by,
        "action": entry.action,
        "subject": entry.subject,
        "details": dict(entry.details),
        "previous": entry.previous,
        "hash": entry.hash,
    }
