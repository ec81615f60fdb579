"""``replique self-check``: what the installation holds and whether the profile is sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from copilot import __version__
from copilot.cli.session import JsonFlag, session_of
from copilot.cli.tree import LocalCommand, command_names, new_app

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.self_check import SelfCheck

app = new_app()


@app.command(cls=LocalCommand, help="cli.self_check")
def self_check(ctx: typer.Context, as_json: JsonFlag = False) -> None:
    """Check the installation and the profile."""
    session = session_of(ctx)
    t = session.t

    async def work(copilot: Copilot) -> SelfCheck:
        from copilot.services.self_check import check

        return await check(copilot.profile, copilot.store, copilot.secrets, copilot.prompts.library)

    found = session.do(work)
    counts = {**found.counts, "commands": len(command_names())}
    problems = [t.error(problem) for problem in found.problems]
    places = {"version": __version__, "profile": found.profile, "store": found.store, "keyring": found.keyring or "–"}

    def human() -> None:
        for name, value in {**places, **counts}.items():
            session.say("cli.self_check.line", name=t(f"cli.self_check.{name}"), value=value)
        for problem in problems:
            session.say("cli.self_check.wrong", what=problem)
        if not problems:
            session.say("cli.self_check.sound")

    session.answer(
        {"sound": not problems, **places, "keyring": found.keyring, "counts": counts, "problems": problems},
        as_json=as_json,
        human=human,
    )
    if problems:
        raise typer.Exit(1)
