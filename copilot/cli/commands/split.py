"""``replique split``: a long text as a numbered thread that gives it back exactly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from copilot import networks
from copilot.cli.commands.count import limit_of, options_of, part_named
from copilot.cli.jsonl import text_field
from copilot.cli.present import measure_json
from copilot.cli.session import JsonFlag, JsonlFlag, argument_or_stdin, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.domain.network import Network
from copilot.errors import UsageError, UserError
from copilot.text.measure import measure
from copilot.text.splitting import NUMBERING, Part, split

app = new_app()


@app.command(cls=LocalCommand, help="cli.split")
def cut(
    ctx: typer.Context,
    text: Annotated[str | None, typer.Argument(help="cli.count.text", show_default=False)] = None,
    network: Annotated[str, typer.Option("--network", help="cli.option.network", show_default=False)] = "",
    part: Annotated[str, typer.Option("--part", help="cli.split.part")] = "post",
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="cli.split.limit", show_default=False)] = None,
    plain: Annotated[bool, typer.Option("--plain", help="cli.split.plain")] = False,
    language: Annotated[str, typer.Option("--language", help="cli.option.language")] = "auto",
    as_json: JsonFlag = False,
    jsonl: JsonlFlag = False,
) -> None:
    """Cut a text into parts that fit."""
    session = session_of(ctx)
    if jsonl:
        session.serve(_answer_line)
        return
    if not network:
        raise UsageError("usage.missing", name="--network", command="replique split")
    where = networks.get(network)
    named = part_named(part, where)
    body = argument_or_stdin(text, "TEXT", "replique split")
    parts = split(body, where, named, limit, not plain, language=_language(language, body))

    def human() -> None:
        for one in parts:
            length = measure(one.text, where, named, limit=limit)
            unit = session.t(f"unit.{length.unit}", count=length.count)
            session.say("cli.split.head", n=one.number, total=one.total, length=length.count, unit=unit)
            print(one.text)

    session.answer(_told(parts, where, named, limit), as_json=as_json, human=human)


def _told(parts: tuple[Part, ...], network: Network, part: str, limit: int | None) -> dict[str, object]:
    return {
        "parts": [
            {
                "number": one.number,
                "total": one.total,
                "text": one.text,
                "body": one.body,
                "before": one.before,
                "after": one.after,
                "ends": one.ends,
                "count": measure_json(measure(one.text, network, part, limit=limit)),
            }
            for one in parts
        ]
    }


def _language(name: str, text: str) -> str:
    """The language numbers are written in: that of the text when it is not said."""
    if name == "auto":
        from copilot.text.language import detect

        return "en" if detect(text, candidates=("fr", "en")) == "en" else "fr"
    if name not in NUMBERING:
        raise UserError("split.language", name=name)
    return name


def _answer_line(asked: Mapping[str, object]) -> Mapping[str, object]:
    network = networks.get(text_field(asked, "network"))
    part = part_named(text_field(asked, "part", required=False) or "post", network)
    options = options_of(asked)
    limit = limit_of(options)
    text = text_field(asked, "text")
    language = _language(text_field(options, "language", required=False) or "auto", text)
    numbered = options.get("numbered") is not False
    parts = split(text, network, part, limit, numbered, language=language)
    return _told(parts, network, part, limit)
