"""``replique adapt``: the post of an item for other networks, one new draft each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.commands.compose import tell
from copilot.cli.session import JsonFlag, session_of
from copilot.cli.tree import LocalCommand, new_app

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.posts import Composed

app = new_app()


@app.command(cls=LocalCommand, help="cli.adapt")
def adapt(
    ctx: typer.Context,
    item_id: Annotated[int, typer.Argument(metavar="ID", help="cli.item.id", show_default=False)],
    network: Annotated[list[str], typer.Option("--network", help="cli.option.networks", show_default=False)],
    provider: Annotated[str, typer.Option("--provider", help="cli.option.provider", show_default=False)] = "",
    prompt: Annotated[str, typer.Option("--prompt", help="cli.option.prompt")] = "standard",
    by: Annotated[str, typer.Option("--by", help="cli.compose.by", show_default=False)] = "",
    as_json: JsonFlag = False,
) -> None:
    """Write the post of an item for other networks."""
    session = session_of(ctx)

    async def work(copilot: Copilot) -> list[Composed]:
        from copilot.services.posts import Composed

        writer = copilot.writer(provider or None)
        with session.progress("cli.compose.progress", len(network)) as step:
            done = []
            async for one in copilot.rewriting.adapt(item_id, network, provider=writer, author=by, prompt=prompt):
                if isinstance(one, Composed):
                    done.append(one)
                    step()
        return done

    tell(session, session.do(work), as_json)
