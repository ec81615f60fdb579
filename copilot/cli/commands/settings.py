"""``replique settings``: what a person chose once and for all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.session import JsonFlag, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.errors import UserError
from copilot.i18n import LANGUAGES

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.settings import Settings

app = new_app("cli.settings")
NAMES = ("language", "brand", "provider", "four-eyes")


def _told(settings: Settings) -> dict[str, object]:
    return {
        "language": settings.language,
        "brand": settings.default_brand,
        "provider": settings.default_provider,
        "four-eyes": settings.four_eyes,
    }


@app.command("show", cls=LocalCommand, help="cli.settings.show")
def show(ctx: typer.Context, as_json: JsonFlag = False) -> None:
    """Show the settings and where they are."""
    session = session_of(ctx)
    copilot = session.open()
    told = {**_told(copilot.settings), "profile": str(copilot.profile.root), "keyring": copilot.secrets.where()}

    def human() -> None:
        for name, value in told.items():
            shown = "–" if value in (None, "") else str(value)
            print(f"{session.t(f'cli.settings.{name}')}{session.t('cli.colon')}{shown}")

    session.answer({"settings": told}, as_json=as_json, human=human)


@app.command("set", cls=LocalCommand, help="cli.settings.set")
def set_(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="cli.settings.name", show_default=False)],
    value: Annotated[str, typer.Argument(help="cli.settings.value", show_default=False)],
    as_json: JsonFlag = False,
) -> None:
    """Change one setting."""
    session = session_of(ctx)

    async def work(copilot: Copilot) -> Settings:
        changed = await _changed(copilot, name, value)
        copilot.save_settings(changed)
        return changed

    changed = session.do(work)
    session.answer({"settings": _told(changed)}, as_json=as_json, human=lambda: session.say("cli.settings.saved"))


async def _changed(copilot: Copilot, name: str, value: str) -> Settings:
    settings = copilot.settings
    if name == "language" and value in LANGUAGES:
        return replace(settings, language=value)
    if name == "brand":
        return replace(settings, default_brand=(await copilot.brands.get(value)).id)
    if name == "provider":
        if value != "playbook":
            settings.provider(value)
        return replace(settings, default_provider=value)
    if name == "four-eyes" and value in ("on", "off"):
        return replace(settings, four_eyes=value == "on")
    if name in NAMES:
        raise UserError("settings.bad_value", name=name, value=value)
    raise UserError("settings.unknown", name=name, known=", ".join(NAMES))
