"""``replique crisis``: how serious it looks, what is open, and a holding statement that invents nothing."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.present import inspected_json, moment_json, show_item
from copilot.cli.session import ByName, JsonFlag, Session, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.cli.visible import visible
from copilot.domain.crisis import CrisisLevel
from copilot.errors import UsageError, UserError
from copilot.settings import HIGHEST_THRESHOLD, CrisisThresholds

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.crisis import Crisis, CrisisStatus
    from copilot.i18n import Translator
    from copilot.services.inspection import Inspected

app = new_app("cli.crisis")

BrandName = Annotated[str, typer.Option("--brand", help="cli.crisis.brand", show_default=False)]


@app.command("status", cls=LocalCommand, help="cli.crisis.status")
def status(
    ctx: typer.Context,
    thread_id: Annotated[int | None, typer.Argument(help="cli.thread.id", show_default=False)] = None,
    brand: BrandName = "",
    as_json: JsonFlag = False,
) -> None:
    """Tell the level of a thread, a brand or everything."""
    session = session_of(ctx)

    async def work(copilot: Copilot) -> CrisisStatus:
        return await copilot.crisis.status(thread_id, brand_id=await _brand_id(copilot, brand))

    found = session.do(work)
    session.answer(_status_json(found, session.t), as_json=as_json, human=lambda: _show(session, found))


@app.command("open", cls=LocalCommand, help="cli.crisis.open")
def open_(
    ctx: typer.Context,
    level: Annotated[str, typer.Option("--level", help="cli.crisis.level", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help="cli.crisis.reason", show_default=False)],
    by: ByName = "",
    brand: BrandName = "",
    thread_id: Annotated[int | None, typer.Option("--thread", help="cli.crisis.thread", show_default=False)] = None,
    as_json: JsonFlag = False,
) -> None:
    """Open a crisis."""
    session = session_of(ctx)
    known = [one.value for one in CrisisLevel]
    if level not in known:
        raise UsageError("usage.not_one_of", name="--level", value=level, known=", ".join(known[1:]))

    async def work(copilot: Copilot) -> Crisis:
        brand_id = await _brand_id(copilot, brand)
        return await copilot.crisis.open(CrisisLevel(level), reason, by=by, brand_id=brand_id, thread_id=thread_id)

    crisis = session.do(work)
    _answer(session, crisis, "cli.crisis.opened", as_json=as_json)


@app.command("close", cls=LocalCommand, help="cli.crisis.close")
def close(
    ctx: typer.Context,
    by: ByName = "",
    brand: BrandName = "",
    note: Annotated[str, typer.Option("--note", help="cli.crisis.note", show_default=False)] = "",
    as_json: JsonFlag = False,
) -> None:
    """Close the open crisis."""
    session = session_of(ctx)

    async def work(copilot: Copilot) -> Crisis:
        return await copilot.crisis.close(by=by, brand_id=await _brand_id(copilot, brand), note=note)

    crisis = session.do(work)
    _answer(session, crisis, "cli.crisis.closed", as_json=as_json)


@app.command("list", cls=LocalCommand, help="cli.crisis.list")
def list_(ctx: typer.Context, brand: BrandName = "", as_json: JsonFlag = False) -> None:
    """List crises."""
    session = session_of(ctx)

    async def work(copilot: Copilot) -> tuple[Crisis, ...]:
        return await copilot.crisis.list(await _brand_id(copilot, brand) if brand else None)

    found = session.do(work)

    def human() -> None:
        if not found:
            session.say("cli.crisis.none")
        for one in found:
            _line(session, one)

    session.answer({"crises": [_crisis_json(one) for one in found]}, as_json=as_json, human=human)


@app.command("thresholds", cls=LocalCommand, help="cli.crisis.thresholds")
def thresholds(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="cli.crisis.threshold_name", show_default=False)] = "",
    value: Annotated[str, typer.Argument(help="cli.crisis.threshold_value", show_default=False)] = "",
    usual: Annotated[bool, typer.Option("--usual", help="cli.crisis.thresholds_usual")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Show the thresholds of the levels, change one, or go back to the usual ones."""
    session = session_of(ctx)

    async def work(copilot: Copilot) -> CrisisThresholds:
        kept = copilot.settings.crisis
        limits = CrisisThresholds() if usual else _with_threshold(kept, name, value) if name else kept
        if limits != kept:
            copilot.save_settings(replace(copilot.settings, crisis=limits))
        return limits

    told = asdict(session.do(work))

    def human() -> None:
        for one, limit in told.items():
            shown = session.t.number(round(limit * 100)) + " %" if one == "theme_share" else session.t.number(limit)
            print(f"{one} = {shown}  ({session.t(f'ui.crisis.limits.{one}')})")

    session.answer({"thresholds": told}, as_json=as_json, human=human)


def _with_threshold(limits: CrisisThresholds, name: str, value: str) -> CrisisThresholds:
    """``limits`` with one of them changed, as a person types it: ``2.5``, ``2,5``, ``40 %``.

    Raises:
        UserError: ``settings.unknown``, ``crisis.threshold``.
    """
    told = asdict(limits)
    if name not in told:
        raise UserError("settings.unknown", name=name, known=", ".join(told))
    typed = value.strip().replace(",", ".")
    try:
        wanted = float(typed.removesuffix("%")) / (100 if typed.endswith("%") else 1)
    except ValueError as error:
        raise _no_threshold(name, value) from error
    changed = CrisisThresholds.of({**told, name: wanted})
    rises = changed.safety_orange <= changed.safety_red and changed.theme_share <= 1
    if asdict(changed) != {**told, name: wanted} or not rises:
        raise _no_threshold(name, value)
    return changed


def _no_threshold(name: str, value: str) -> UserError:
    highest = "100 %" if name == "theme_share" else HIGHEST_THRESHOLD
    lowest = "1 %" if name == "theme_share" else 1 if isinstance(getattr(CrisisThresholds(), name), int) else 0.1
    return UserError("crisis.threshold", name=name, value=value[:40], lowest=lowest, highest=highest)


@app.command("statement", cls=LocalCommand, help="cli.crisis.statement")
def statement(
    ctx: typer.Context,
    network: Annotated[list[str] | None, typer.Option("--network", help="cli.option.networks")] = None,
    fact: Annotated[str, typer.Option("--fact", help="cli.crisis.fact", show_default=False)] = "",
    when: Annotated[str, typer.Option("--when", help="cli.crisis.when", show_default=False)] = "",
    known: Annotated[str, typer.Option("--known", help="cli.crisis.known", show_default=False)] = "",
    unknown: Annotated[str, typer.Option("--unknown", help="cli.crisis.unknown", show_default=False)] = "",
    doing: Annotated[str, typer.Option("--doing", help="cli.crisis.doing", show_default=False)] = "",
    next_: Annotated[str, typer.Option("--next", help="cli.crisis.next", show_default=False)] = "",
    page: Annotated[str, typer.Option("--page", help="cli.crisis.page", show_default=False)] = "",
    contact: Annotated[str, typer.Option("--contact", help="cli.crisis.contact", show_default=False)] = "",
    language: Annotated[str, typer.Option("--language", help="cli.crisis.statement_language", show_default=False)] = "",
    brand: Annotated[str, typer.Option("--brand", help="cli.option.brand", show_default=False)] = "",
    by: Annotated[str, typer.Option("--by", help="cli.compose.by", show_default=False)] = "",
    as_json: JsonFlag = False,
) -> None:
    """Draft a holding statement."""
    from copilot.services.crisis import FACTS, Holding

    session = session_of(ctx)
    facts = dict(zip(FACTS, (fact, when, known, unknown, doing, next_, page, contact), strict=True))

    async def work(copilot: Copilot) -> tuple[Inspected, ...]:
        chosen = await copilot.brands.choose(brand or None, copilot.settings.default_brand)
        asked = Holding(
            facts={name: stated for name, stated in facts.items() if stated},
            networks=tuple(network or ()) or tuple(chosen.accounts if chosen else ())[:1],
            language=language or (chosen.voice.language if chosen else "fr"),
            brand=chosen,
            author=by or copilot.settings.author,
        )
        return await copilot.crisis.draft_holding(asked)

    drafts = session.do(work)

    def human() -> None:
        for draft in drafts:
            show_item(session.console, draft, session.t)

    session.answer({"items": [inspected_json(draft, session.t) for draft in drafts]}, as_json=as_json, human=human)


async def _brand_id(copilot: Copilot, name: str) -> str:
    """The id of the brand of this name; empty stands for all brands."""
    return (await copilot.brands.get(name)).id if name else ""


def _show(session: Session, found: CrisisStatus) -> None:
    t = session.t
    session.say("cli.crisis.level_line", level=t(f"crisis.level.{found.shown_level}"))
    if not found.computable:
        session.say("cli.crisis.not_computable")
    for why in found.why:
        print(visible(f"  {t.wording(why)}"))
    if found.as_of:
        session.say("cli.crisis.as_of", at=found.as_of, count=found.dated)
    session.say(f"crisis.advice.{found.shown_level}")
    for one in found.open_all:
        _line(session, one)


def _status_json(found: CrisisStatus, t: Translator) -> dict[str, object]:
    return {
        "level": found.shown_level,
        "computable": found.computable,
        "why": [t.wording(one) for one in found.why],
        "advice": t(f"crisis.advice.{found.shown_level}"),
        "ratio": None if found.ratio is None else round(found.ratio, 2),
        "as_of": moment_json(found.as_of),
        "dated": found.dated,
        "undated": found.undated,
        "about": found.about,
        "thread": found.thread_id,
        "brand": found.brand_id or None,
        "open": _crisis_json(found.open) if found.open else None,
        "open_all": [_crisis_json(one) for one in found.open_all],
        "series": [
            {
                "start": moment_json(hour.start),
                "total": hour.total,
                "negative": hour.negative,
                "usual_low": hour.usual_low,
                "usual_high": hour.usual_high,
            }
            for hour in found.series
        ],
    }


def _answer(session: Session, crisis: Crisis, key: str, *, as_json: bool) -> None:
    level = session.t(f"crisis.level.{crisis.level.value}")
    by = crisis.closed_by or crisis.opened_by
    session.answer(
        _crisis_json(crisis), as_json=as_json, human=lambda: session.say(key, id=str(crisis.id), level=level, by=by)
    )


def _line(session: Session, one: Crisis) -> None:
    key = "cli.crisis.closed_line"
    if one.is_open:
        key = "cli.crisis.open_line_brand" if one.brand_id else "cli.crisis.open_line"
    told = {
        "id": str(one.id),
        "level": session.t(f"crisis.level.{one.level.value}"),
        "at": one.opened_at,
        "by": one.closed_by or one.opened_by,
        "reason": one.reason,
        "brand": one.brand_id,
    }
    print(visible(session.t(key, **told)))


def _crisis_json(one: Crisis) -> dict[str, object]:
    return {
        "id": one.id,
        "brand": one.brand_id or None,
        "thread": one.thread_id,
        "level": one.level.value,
        "reason": one.reason,
        "open": one.is_open,
        "opened_by": one.opened_by,
        "opened_at": moment_json(one.opened_at),
        "closed_by": one.closed_by or None,
        "closed_at": moment_json(one.closed_at),
        "note": one.note or None,
    }
