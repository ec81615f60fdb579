"""``replique settings``: what a person chose once and for all."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.session import JsonFlag, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.i18n import LANGUAGES
from copilot.settings import LONGEST_WAIT, SLA_CLASSES, TEXT_SIZES, THEMES, SlaSettings

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
    """The SLA with one value changed, as a person types it: ``1 h``, ``none``, ``09:00-18:00``, ``1,2,3``, ``P2,P3``.

    Raises:
        UserError: ``settings.bad_value``, with what is accepted.
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
        wait = _minutes(value)
        if wait is None and value.lower() not in _NO_WAIT:
            raise _bad_value(name, value)
        told["minutes"] = wanted = {**sla.minutes, name.removeprefix("sla-").upper(): wait}
    changed = SlaSettings.of(told)
    kept = (changed.in_working_hours, (changed.opens, changed.closes), changed.days, changed.minutes)
    if wanted not in kept:
        raise _bad_value(name, value)
    return changed


#: A wait as people type it: ``90``, ``90 min``, ``1 h``, ``1h30``, ``1,5 h``, ``2 j``, ``2 days``.
_WAIT = re.compile(
    r"(?P<much>\d{1,5}(?:[.,]\d{1,2})?)\s?(?P<unit>minutes?|mins?|mn|m|heures?|hours?|hrs?|h|jours?|days?|j|d)?"
    r"(?:\s?(?P<more>\d{1,2})\s?(?:minutes?|mins?|mn|m)?)?",
    re.IGNORECASE,
)
_UNITS = {"m": 1, "h": 60, "j": 1440, "d": 1440}
_NO_WAIT = ("none", "aucun", "aucune", "jamais", "never", "–", "-")
_WAITS = frozenset(f"sla-{one.lower()}" for one in SLA_CLASSES)


def _minutes(typed: str) -> int | None:
    """The minutes of a wait; None for what is none. Minutes go after hours only (``1 h 30``)."""
    found = _WAIT.fullmatch(" ".join(typed.split()))
    if found is None:
        return None
    unit = (found["unit"] or "m")[0].lower()
    if found["more"] and (unit != "h" or not found["much"].isdecimal() or int(found["more"]) > 59):
        return None
    whole = float(found["much"].replace(",", ".")) * _UNITS[unit]
    return int(whole) + int(found["more"] or 0) if whole.is_integer() else None


def _bad_value(name: str, value: str) -> UserError:
    """The refusal of a value, with what the setting takes."""
    known = {"language": LANGUAGES, "theme": THEMES, "text-size": TEXT_SIZES}
    if name in known:
        accepted = Wording("settings.accepted.one_of", {"known": ", ".join(map(str, known[name]))})
    elif name in SWITCHES:
        accepted = Wording("settings.accepted.one_of", {"known": "on, off"})
    elif name in _WAITS:
        accepted = Wording("settings.accepted.wait", {"count": LONGEST_WAIT // 1440})
    else:
        accepted = Wording(f"settings.accepted.{name.replace('-', '_')}")
    return UserError("settings.bad_value", name=name, value=value[:40], accepted=accepted)


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
        raise _bad_value(name, value)
    raise UserError("settings.unknown", name=name, known=", ".join(NAMES))
