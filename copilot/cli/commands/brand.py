"""``replique brand``: brands, in and out as TOML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.files import read_text, write_new
from copilot.cli.session import ByName, JsonFlag, session_of
from copilot.cli.tree import LocalCommand, new_app

if TYPE_CHECKING:
    from copilot.brandfile import BrandProblem
    from copilot.domain.brand import Brand
    from copilot.i18n import Translator

app = new_app("cli.brand")
BrandName = Annotated[str, typer.Argument(help="cli.brand.name", metavar="BRAND", show_default=False)]
BrandFile = Annotated[str, typer.Argument(help="cli.brand.file", metavar="FILE", show_default=False)]


def problem_json(problem: BrandProblem, t: Translator) -> dict[str, object]:
    """A problem of a brand file."""
    return {
        "line": problem.line,
        "path": problem.path,
        "severity": problem.severity.value,
        "message": t.wording(problem.wording),
    }


def brand_json(brand: Brand) -> dict[str, object]:
    """A brand, short."""
    return {
        "id": brand.id,
        "name": brand.name,
        "sector": brand.sector,
        "language": brand.voice.language,
        "address": brand.voice.address.value,
        "facts": len(brand.facts),
        "playbooks": len(brand.playbooks),
    }


@app.command("list", cls=LocalCommand, help="cli.brand.list")
def list_(ctx: typer.Context, as_json: JsonFlag = False) -> None:
    """List the brands."""
    session = session_of(ctx)
    brands = session.do(lambda copilot: copilot.brands.list())

    def human() -> None:
        if not brands:
            session.say("cli.brand.none")
        for brand in brands:
            session.say("cli.brand.line", id=brand.id, name=brand.name, count=len(brand.facts))

    session.answer({"brands": [brand_json(brand) for brand in brands]}, as_json=as_json, human=human)


@app.command("show", cls=LocalCommand, help="cli.brand.show")
def show(ctx: typer.Context, brand: BrandName, as_json: JsonFlag = False) -> None:
    """Show a brand as TOML, or as JSON."""
    session = session_of(ctx)
    from copilot.brandfile import write_brand

    found = session.do(lambda copilot: copilot.brands.get(brand))
    text = write_brand(found)
    session.answer(
        {**brand_json(found), "toml": text},
        as_json=as_json,
        human=lambda: print(text, end=""),
    )


@app.command("import", cls=LocalCommand, help="cli.brand.import")
def import_(ctx: typer.Context, file: BrandFile, as_json: JsonFlag = False) -> None:
    """Import a brand from a TOML file."""
    session = session_of(ctx)
    text = read_text(file)
    done = session.do(lambda copilot: copilot.brands.import_toml(text, name=file))

    def human() -> None:
        key = "cli.brand.created" if done.created else "cli.brand.replaced"
        session.say(key, id=done.brand.id, name=done.brand.name)
        for problem in done.warnings:
            session.note("cli.brand.problem", line=str(problem.line), what=problem.wording)

    session.answer(
        {
            **brand_json(done.brand),
            "created": done.created,
            "warnings": [problem_json(problem, session.t) for problem in done.warnings],
        },
        as_json=as_json,
        human=human,
    )


@app.command("export", cls=LocalCommand, help="cli.brand.export")
def export(
    ctx: typer.Context,
    brand: BrandName,
    out: Annotated[str, typer.Option("--out", help="cli.brand.out", show_default=False)] = "",
    as_json: JsonFlag = False,
) -> None:
    """Write a brand as a TOML file."""
    session = session_of(ctx)
    text = session.do(lambda copilot: copilot.brands.export_toml(brand))
    if not out:
        session.answer({"toml": text}, as_json=as_json, human=lambda: print(text, end=""))
        return
    path = write_new(out, text)
    session.answer({"file": str(path)}, as_json=as_json, human=lambda: session.say("cli.written", path=str(path)))


@app.command("remove", cls=LocalCommand, help="cli.brand.remove")
def remove(
    ctx: typer.Context,
    brand: BrandName,
    out: Annotated[str, typer.Option("--out", help="cli.brand.remove_out", show_default=False)] = "",
    by: ByName = "",
    as_json: JsonFlag = False,
) -> None:
    """Remove a brand; its posts and replies stay."""
    session = session_of(ctx)
    # The copy is written first: a full disk must not cost the brand.
    path = write_new(out, session.do(lambda copilot: copilot.brands.export_toml(brand))) if out else None
    gone = session.do(lambda copilot: copilot.brands.remove(brand, by=by))

    def human() -> None:
        session.say("cli.brand.removed", id=gone.id, name=gone.name)
        if path:
            session.note("cli.brand.removed_copy", path=str(path))

    told = {"removed": gone.id, "name": gone.name, "file": str(path) if path else None}
    session.answer(told, as_json=as_json, human=human)


@app.command("check", cls=LocalCommand, help="cli.brand.check")
def check(ctx: typer.Context, file: BrandFile, as_json: JsonFlag = False) -> None:
    """Check a brand file without importing it."""
    session = session_of(ctx)
    text = read_text(file)
    problems = session.do(lambda copilot: copilot.brands.check(text))
    wrong = [problem for problem in problems if problem.severity.value == "blocks"]

    def human() -> None:
        for problem in problems:
            session.say("cli.brand.problem", line=str(problem.line), what=problem.wording)
        if not problems:
            session.say("cli.brand.sound")

    session.answer(
        {"valid": not wrong, "problems": [problem_json(problem, session.t) for problem in problems]},
        as_json=as_json,
        human=human,
    )
    if wrong:
        raise typer.Exit(1)
