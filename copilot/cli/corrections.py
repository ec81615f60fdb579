"""``replique triage corrections``: what moderators said messages are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.files import read_text, write_new
from copilot.cli.session import ByName, JsonFlag, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.domain.conversation import Intent
from copilot.errors import UsageError

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.learning import Agreement

app = new_app("cli.corrections")
BrandName = Annotated[str, typer.Option("--brand", help="cli.option.brand", show_default=False)]
FileName = Annotated[str, typer.Argument(help="cli.corrections.file", metavar="FILE", show_default=False)]
Messages = Annotated[list[int], typer.Argument(help="cli.corrections.ids", metavar="ID", show_default=False)]

#: The largest file of corrections, in bytes.
MOST_BYTES = 50_000_000


async def _brand(copilot: Copilot, asked: str) -> str:
    """The id of the brand asked for, else of the usual one, else of the only one; empty when there is none."""
    chosen = await copilot.brands.choose(asked or None, copilot.settings.default_brand)
    return chosen.id if chosen else ""


@app.command("add", cls=LocalCommand, help="cli.corrections.add")
def add(
    ctx: typer.Context,
    ids: Messages,
    intent: Annotated[str, typer.Option("--intent", help="cli.corrections.intent")],
    by: ByName,
    brand: BrandName = "",
    as_json: JsonFlag = False,
) -> None:
    """Say what messages are."""
    session = session_of(ctx)
    if intent not in set(Intent):
        raise UsageError("usage.intent", name=intent, known=", ".join(Intent))

    async def work(copilot: Copilot) -> tuple[int, ...]:
        return await copilot.semantic.correct(ids, Intent(intent), by=by, brand=brand)

    done = session.do(work)
    session.answer(
        {"corrected": list(done), "intent": intent},
        as_json=as_json,
        human=lambda: session.say("cli.corrections.added", count=len(done), intent=session.t(f"intent.{intent}")),
    )


@app.command("undo", cls=LocalCommand, help="cli.corrections.undo")
def undo(ctx: typer.Context, ids: Messages, by: ByName, as_json: JsonFlag = False) -> None:
    """Take back what was said of messages."""
    session = session_of(ctx)
    done = session.do(lambda copilot: copilot.semantic.undo(ids, by=by))
    session.answer(
        {"restored": list(done)},
        as_json=as_json,
        human=lambda: session.say("cli.corrections.undone", count=len(done)),
    )


@app.command("export", cls=LocalCommand, help="cli.corrections.export")
def export(ctx: typer.Context, file: FileName, brand: BrandName = "", as_json: JsonFlag = False) -> None:
    """Write the corrections of a brand to a new file."""
    session = session_of(ctx)

    async def work(copilot: Copilot) -> str:
        return await copilot.semantic.export_corrections(await _brand(copilot, brand))

    text = session.do(work)
    if file == "-":
        print(text, end="")
        return
    path, count = write_new(file, text), text.count("\n")
    session.answer(
        {"file": str(path), "corrections": count},
        as_json=as_json,
        human=lambda: session.say("cli.corrections.exported", count=count, file=str(path)),
    )


@app.command("import", cls=LocalCommand, help="cli.corrections.import")
def import_(ctx: typer.Context, file: FileName, by: ByName, brand: BrandName = "", as_json: JsonFlag = False) -> None:
    """Learn the corrections in a file."""
    session = session_of(ctx)
    text = read_text(file, MOST_BYTES)

    async def work(copilot: Copilot) -> tuple[int, tuple[int, ...], float]:
        chosen = await _brand(copilot, brand)
        done = await copilot.semantic.import_corrections(text, by=by, brand=chosen)
        return done.kept, done.refused, await copilot.semantic.retrain(chosen)

    kept, refused, seconds = session.do(work)

    def human() -> None:
        session.say("cli.corrections.imported", count=kept, seconds=seconds)
        if refused:
            session.note("cli.corrections.refused", count=len(refused), lines=", ".join(map(str, refused[:20])))

    session.answer(
        {"kept": kept, "refused": list(refused), "trained_seconds": round(seconds, 3)}, as_json=as_json, human=human
    )


@app.command("agreement", cls=LocalCommand, help="cli.corrections.agreement")
def agreement(ctx: typer.Context, brand: BrandName = "", as_json: JsonFlag = False) -> None:
    """How often triage and the moderators agreed."""
    session = session_of(ctx)

    async def work(copilot: Copilot) -> Agreement:
        return await copilot.semantic.agreement(await _brand(copilot, brand))

    found = session.do(work)

    def human() -> None:
        if found.rate is None:
            session.say("cli.corrections.none")
            return
        session.say("cli.corrections.rate", count=found.judged, agreed=found.agreed, percent=round(100 * found.rate))
        for intent, one in found.by_intent.items():
            session.say(
                "cli.corrections.class",
                intent=session.t(f"intent.{intent.value}"),
                said=one.said,
                wrong=one.false_alarms,
                missed=one.missed,
            )

    session.answer(_agreement_json(found), as_json=as_json, human=human)


def _agreement_json(found: Agreement) -> dict[str, object]:
    return {
        "judged": found.judged,
        "agreed": found.agreed,
        "rate": found.rate,
        "by_intent": {
            intent.value: {
                "said": one.said,
                "false_alarms": one.false_alarms,
                "missed": one.missed,
                "false_alarm_rate": one.false_alarm_rate,
            }
            for intent, one in found.by_intent.items()
        },
    }
