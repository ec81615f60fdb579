"""``replique check``: what is wrong with a text, and the text once its typography is mended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.files import read_brief_argument, read_text
from copilot.cli.jsonl import serve, text_field
from copilot.cli.present import count_line, finding_json, indented, measure_json, show_findings
from copilot.cli.session import JsonFlag, JsonlFlag, Session, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.errors import UsageError

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.brand import Brand
    from copilot.services.checking import Checked

app = new_app()


@app.command(cls=LocalCommand, help="cli.check")
def check(
    ctx: typer.Context,
    file: Annotated[str | None, typer.Argument(help="cli.check.file", show_default=False)] = None,
    network: Annotated[str, typer.Option("--network", help="cli.option.network", show_default=False)] = "",
    part: Annotated[str, typer.Option("--part", help="cli.check.part")] = "post",
    brand: Annotated[str, typer.Option("--brand", help="cli.option.brand", show_default=False)] = "",
    language: Annotated[str, typer.Option("--language", help="cli.option.language")] = "auto",
    source: Annotated[list[str] | None, typer.Option("--source", help="cli.check.source")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="cli.check.fix")] = False,
    as_json: JsonFlag = False,
    jsonl: JsonlFlag = False,
) -> None:
    """Check a text against its network, its brand and its language."""
    session = session_of(ctx)
    if jsonl:
        session.do(lambda copilot: _serve(session, copilot, brand))
        return
    if file is None:
        raise UsageError("usage.missing", name="FILE", command="replique check")
    if not network:
        raise UsageError("usage.missing", name="--network", command="replique check")
    # An editor ends a file with a line end that is no part of the text.
    text = read_text(file).removesuffix("\n")
    sources = tuple(_named(read_brief_argument(name)) for name in source) if source else None

    async def work(copilot: Copilot) -> Checked:
        from copilot.services.checking import Asked

        speaker = await brand_named(copilot, brand)
        asked = Asked(text=text, network=network, part=_part(part), language=language, brand=speaker, sources=sources)
        return await copilot.checking.check(asked)

    done = session.do(work)
    session.answer(_told(session, done), as_json=as_json, human=lambda: _show(session, text, done, fix=fix))


async def brand_named(copilot: Copilot, name: str) -> Brand | None:
    """The brand of this name or TOML file; None for an empty name.

    Raises:
        UserError: ``brand.unknown``, ``brand.invalid``, ``file.*``.
    """
    if not name:
        return None
    if name.endswith(".toml"):
        from copilot.brandfile import read_brand

        return read_brand(read_text(name), name=name)
    return await copilot.brands.get(name)


def _named(read: tuple[str, str]) -> tuple[str, str]:
    text, name = read
    return (name or "-", text)


def _part(name: str) -> str:
    return "reply" if name == "comment" else name


def _told(session: Session, done: Checked) -> dict[str, object]:
    return {
        "language": done.language,
        "count": measure_json(done.measure),
        "findings": [finding_json(finding, session.t) for finding in done.findings],
        "fixed": done.fixed,
    }


def _show(session: Session, text: str, done: Checked, *, fix: bool) -> None:
    if fix:
        # Alone on the standard output, so that it can be put in a file.
        import sys

        sys.stdout.write(f"{done.fixed}\n")
        return
    console = session.console
    indented(console, count_line(done.measure, session.t), "dim")
    show_findings(console, done.findings, session.t)
    if not done.findings:
        session.say("cli.check.nothing")
    elif done.fixed != text:
        session.say("cli.check.can_fix")


async def _serve(session: Session, copilot: Copilot, usual: str) -> None:
    from copilot.services.checking import Asked

    async def answer(asked: Mapping[str, object]) -> Mapping[str, object]:
        named = text_field(asked, "brand", required=False) or usual
        done = await copilot.checking.check(
            Asked(
                text=text_field(asked, "text"),
                network=text_field(asked, "network"),
                part=_part(text_field(asked, "part", required=False) or "post"),
                language=text_field(asked, "lang", required=False) or "auto",
                brand=await brand_named(copilot, named),
            )
        )
        return _told(session, done)

    await serve(session, answer)
