"""``replique facts``: what a brief says, read without a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from copilot.cli.files import read_brief_argument
from copilot.cli.jsonl import text_field
from copilot.cli.present import fact_json
from copilot.cli.session import JsonFlag, JsonlFlag, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.cli.visible import visible
from copilot.errors import UsageError

app = new_app()


@app.command(cls=LocalCommand, help="cli.facts")
def facts(
    ctx: typer.Context,
    brief: Annotated[str | None, typer.Argument(help="cli.option.brief", show_default=False)] = None,
    language: Annotated[str, typer.Option("--language", help="cli.option.language")] = "auto",
    as_json: JsonFlag = False,
    jsonl: JsonlFlag = False,
) -> None:
    """Read the facts of a brief."""
    from copilot.services.posts import read_brief_text

    session = session_of(ctx)
    if jsonl:
        session.serve(_answer_line)
        return
    if brief is None:
        raise UsageError("usage.missing", name="BRIEF", command="replique facts")
    text, name = read_brief_argument(brief)
    read = read_brief_text(text, name, language)

    def human() -> None:
        from rich.table import Table

        table = Table(box=None, pad_edge=False)
        for column in ("kind", "value", "normalised"):
            table.add_column(session.t(f"cli.facts.{column}"))
        for fact in read.facts:
            table.add_row(session.t(f"fact.{fact.kind.value}"), visible(fact.value), visible(fact.normalised))
        if read.facts:
            session.console.print(table)
        else:
            session.say("cli.facts.none")

    session.answer(
        {"language": read.brief.language, "facts": [fact_json(fact) for fact in read.facts]},
        as_json=as_json,
        human=human,
    )


def _answer_line(asked: Mapping[str, object]) -> Mapping[str, object]:
    from copilot.services.posts import read_brief_text

    text = text_field(asked, "brief", required=False) or text_field(asked, "text")
    read = read_brief_text(text, language=text_field(asked, "lang", required=False) or "auto")
    return {"facts": [fact_json(fact) for fact in read.facts]}
