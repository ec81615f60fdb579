"""``replique settings``: what a person chose once and for all."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.session import JsonFlag, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.errors import UserError
from copilot.i18n import LANGUAGES
from copilot.settings import SLA_CLASSES, TEXT_SIZES, THEMES, SlaSettings

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.settings import Settings

app = new_app("cli.settings")
NAMES = (
    "language",
    "brand",
    "provider",
    "four-eyes",
    "author",
    "theme",
    "text-size",
    "reduced-motion",
    "first-run-done",
    *(f"sla-{one.lower()}" for one in SLA_CLASSES),
    "sla-working",
    "working-hours",
    "working-days",
)
SWITCHES = ("four-eyes", "reduced-motion", "first-run-done")


def _told(settings: Settings) -> dict[str, object]:
    return {
        "language": settings.language,
        "brand": settings.default_brand,
        "provider": settings.default_provider,
        "four-eyes": settings.four_eyes,
        "author": settings.author,
        "theme": settings.theme,
        "text-size": settings.text_size,
        "reduced-motion": settings.reduced_motion,
        "first-run-done": settings.first_run_done,
        **_sla_told(settings.sla),
    }


def _sla_told(sla: SlaSettings) -> dict[str, object]:
    return {
        **{f"sla-{name.lower()}": wait for name, wait in sla.minutes.items()},
        "sla-working": ",".join(sla.in_working_hours),
        "working-hours": f"{sla.opens}-{sla.closes}",
        "working-days": ",".join(map(str, sla.days)),
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


def _switched(settings: Settings, name: str, on: bool) -> Settings:
    if name == "four-eyes":
        return replace(settings, four_eyes=on)
    if name == "reduced-motion":
        return replace(settings, reduced_motion=on)
    return replace(settings, first_run_done=on)


def _sla_changed(sla: SlaSettings, name: str, value: str) -> SlaSettings:
    """The SLA with one value changed, as a person types it: ``90``, ``none``, ``09:00-18:00``, ``1,2,3``, ``P2,P3``.

    Raises:
        UserError: ``settings.bad_value``.
    """
    told: dict[str, object] = asdict(sla)
    wanted: object
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if name == "sla-working":
        told["in_working_hours"] = wanted = tuple(sorted({part.upper() for part in parts if part != "none"}))
    elif name == "working-hours":
        told["opens"], _, told["closes"] = (part.strip() for part in value.partition("-"))
        wanted = (told["opens"], told["closes"])
    elif name == "working-days":
        days = {int(part) if part.isdecimal() and len(part) == 1 else 0 for part in parts}
        told["days"] = wanted = tuple(sorted(days))
    else:
        wait = int(value) if value.isdecimal() and len(value) < 10 else None
        if wait is None and value != "none":
            raise UserError("settings.bad_value", name=name, value=value)
        told["minutes"] = wanted = {**sla.minutes, name.removeprefix("sla-").upper(): wait}
    changed = SlaSettings.of(told)
    kept = (changed.in_working_hours, (changed.opens, changed.closes), changed.days, changed.minutes)
    if wanted not in kept:
        raise UserError("settings.bad_value", name=name, value=value)
    return changed


async def _changed(copilot: Copilot, name: str, value: str) -> Settings:
    from copilot.domain.review import checked_name

    settings = copilot.settings
    if name == "language" and value in LANGUAGES:
        return replace(settings, language=value)
    if name == "brand":
        return replace(settings, default_brand=(await copilot.brands.get(value)).id)
    if name == "provider":
        if value != "playbook":
            settings.provider(value)
        return replace(settings, default_provider=value)
    if name == "author":
        return replace(settings, author=checked_name(value) if value.strip() else "")
    if name == "theme" and value in THEMES:
        return replace(settings, theme=value)
    if name == "text-size" and value in map(str, TEXT_SIZES):
        return replace(settings, text_size=int(value))
    if name in SWITCHES and value in ("on", "off"):
        return _switched(settings, name, value == "on")
    if name.startswith(("sla-", "working-")) and name in NAMES:
        return replace(settings, sla=_sla_changed(settings.sla, name, value.strip()))
    if name in NAMES:
        raise UserError("settings.bad_value", name=name, value=value)
    raise UserError("settings.unknown", name=name, known=", ".join(NAMES))
