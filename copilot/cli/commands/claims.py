"""``replique claims``: what a text claims, and what its sources say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.files import read_brief_argument
from copilot.cli.jsonl import text_field
from copilot.cli.session import JsonFlag, JsonlFlag, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.errors import UsageError

if TYPE_CHECKING:
    from copilot.domain.claim import JudgedClaim

app = new_app()

_STYLES = {
    "supported": "green",
    "contradicted": "bold red",
    "unsupported": "bold red",
    "expired": "yellow",
    "copied": "yellow",
}


@app.command(cls=LocalCommand, help="cli.claims")
def claims(
    ctx: typer.Context,
    draft: Annotated[str | None, typer.Argument(help="cli.claims.draft", show_default=False)] = None,
    source: Annotated[list[str] | None, typer.Option("--source", help="cli.claims.option_source")] = None,
    today: Annotated[str, typer.Option("--today", help="cli.claims.option_today", show_default=False)] = "",
    as_json: JsonFlag = False,
    jsonl: JsonlFlag = False,
) -> None:
    """Hold the claims of a text against its sources."""
    from copilot.services.claims import day_of, judge_text, source_named

    session = session_of(ctx)
    if jsonl:
        session.serve(_answer_line)
        return
    if draft is None:
        raise UsageError("usage.missing", name="DRAFT", command="replique claims")
    day = day_of(today)
    text = read_brief_argument(draft)[0]
    sources = [source_named(Path(name).name, read_brief_argument(name)[0]) for name in source or ()]
    judged = judge_text(text, sources, day)

    def human() -> None:
        _show(judged, session)

    session.answer({"claims": [claim_json(one) for one in judged]}, as_json=as_json, human=human)


def _show(judged: Sequence[JudgedClaim], session: object) -> None:
    from rich.table import Table
    from rich.text import Text

    from copilot.cli.session import Session
    from copilot.cli.visible import visible

    assert isinstance(session, Session)
    if not judged:
        session.say("cli.claims.none")
        return
    t = session.t
    table = Table(box=None, pad_edge=False)
    for title in ("cli.claims.status", "cli.claims.kind", "cli.claims.quote", "cli.claims.source", "cli.claims.said"):
        table.add_column(t(title))
    for one in judged:
        status = Text(t(f"claim.status.{one.status.value}"), style=_STYLES[one.status.value])
        told = (one.claim.quote, one.source, one.quote)
        table.add_row(
            status, t(f"claim.kind.{one.claim.kind.value}"), *(Text(visible(" ".join(each.split()))) for each in told)
        )
    session.console.print(table)


def claim_json(one: JudgedClaim) -> dict[str, object]:
    """A judged claim; ``source`` and ``quote`` are null when no source speaks of it."""
    return {
        "start": one.claim.start,
        "end": one.claim.end,
        "kind": one.claim.kind.value,
        "status": one.status.value,
        "source": one.source or None,
        "quote": one.quote or None,
    }


def _answer_line(asked: Mapping[str, object]) -> Mapping[str, object]:
    from copilot.services.claims import day_of, judge_text, read_sources

    judged = judge_text(text_field(asked, "draft"), read_sources(asked.get("sources")), day_of(asked.get("today")))
    return {"claims": [claim_json(one) for one in judged]}
