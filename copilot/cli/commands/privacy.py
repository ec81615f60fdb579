"""``replique privacy``: what leaves, what is kept on people, erasing them, the register."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from copilot.cli.jsonl import text_field
from copilot.cli.session import ByName, JsonFlag, JsonlFlag, Session, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.cli.visible import visible
from copilot.errors import OutsideError, UserError

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.privacy import Erased, HeldOn, Preview

app = new_app("cli.privacy")
#: Lines that name somebody, shown to a person; ``--json`` has them all.
MOST_LINES = 50

DryRun = Annotated[bool, typer.Option("--dry-run", help="cli.privacy.dry_run")]
Exact = Annotated[str, typer.Option("--yes", metavar="NAME", help="cli.privacy.yes", show_default=False)]
Out = Annotated[str, typer.Option("--out", metavar="FILE", help="cli.privacy.out", show_default=False)]


@app.callback(invoke_without_command=True)
def privacy(ctx: typer.Context, jsonl: JsonlFlag = False) -> None:
    """Hide what points at people in texts on the standard input, or one of the commands."""
    if jsonl and ctx.invoked_subcommand is None:
        session_of(ctx).serve(_hidden)


def _hidden(asked: Mapping[str, object]) -> Mapping[str, object]:
    from copilot.services.privacy import masked

    names = asked.get("known_names") or []
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        raise UserError("jsonl.not_texts", name="known_names")
    return masked(text_field(asked, "text"), tuple(names))


@app.command(cls=LocalCommand, help="cli.privacy.preview")
def preview(
    ctx: typer.Context,
    message_id: Annotated[int, typer.Argument(metavar="ID", help="cli.privacy.message", show_default=False)],
    provider: Annotated[str, typer.Option("--provider", help="cli.option.provider", show_default=False)] = "",
    prompt: Annotated[str, typer.Option("--prompt", help="cli.option.prompt")] = "standard",
    brand: Annotated[str, typer.Option("--brand", help="cli.option.brand", show_default=False)] = "",
    approach: Annotated[str, typer.Option("--approach", help="cli.reply.approach", show_default=False)] = "",
    raw: Annotated[bool, typer.Option("--raw", help="cli.privacy.raw")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Show what would leave for a reply."""
    from copilot.cli.commands.reply import approach_named

    session = session_of(ctx)
    given = approach_named(approach)

    async def asked(copilot: Copilot) -> Preview:
        # As `reply` chooses it: what is shown is what would leave.
        thread_id = await copilot.conversations.thread_of(message_id)
        chosen = await copilot.brands.choose(brand or None, copilot.settings.default_brand, thread_id=thread_id)
        writer = copilot.writer(provider or None)
        return await copilot.privacy.preview(message_id, writer, prompt=prompt, brand=chosen, approach=given)

    shown = session.do(asked)
    if raw and not as_json:
        sys.stdout.buffer.write(shown.body if shown.messages else b"")
        sys.stdout.buffer.flush()
        return
    notes = _notes(session, shown)
    session.answer(
        {
            "id": message_id,
            "provider": shown.provider,
            "model": shown.model,
            "remote": shown.remote,
            "masked": shown.masked,
            "messages": [{"role": role, "content": text} for role, text in shown.messages],
            "body": shown.body.decode("utf-8", "surrogatepass") if shown.messages else "",
            "bytes": len(shown.body) if shown.messages else 0,
            "kept": [{"token": one.token, "type": one.kind, "value": one.value} for one in shown.kept],
            "health": list(shown.health),
            "notes": notes,
        },
        as_json=as_json,
        human=lambda: _show_preview(session, shown, notes),
    )


def _notes(session: Session, shown: Preview) -> list[str]:
    if not shown.messages:
        return [session.t("cli.privacy.nothing_leaves")]
    where = "cli.privacy.leaves" if shown.remote else "cli.privacy.stays_here"
    notes = [session.t(where, provider=shown.provider, model=shown.model)]
    if not shown.masked:
        notes.append(session.t("cli.privacy.in_clear"))
    if shown.health:
        notes.append(session.t("privacy.preview.health", words=", ".join(shown.health)))
    notes.append(session.t("privacy.preview.health_general"))
    return notes


def _show_preview(session: Session, shown: Preview, notes: list[str]) -> None:
    for role, text in shown.messages:
        print(f"--- {role} ---")
        # Whole and untouched in a file or a pipe; on a terminal, nothing it would obey.
        print("\n".join(map(visible, text.split("\n"))) if sys.stdout.isatty() else text)
    if shown.request:
        told = shown.request.decode("utf-8", "backslashreplace")
        print(f"--- {session.t('cli.privacy.request', count=len(shown.request))} ---")
        print(visible(told) if sys.stdout.isatty() else told)
    if shown.messages:
        print("---")
    if shown.kept:
        print()
        session.say("cli.privacy.kept")
        for one in shown.kept:
            print(f"  {one.token}  {visible(one.value)}")
    print()
    for note in notes:
        print(note)


@app.command(cls=LocalCommand, help="cli.privacy.purge")
def purge(
    ctx: typer.Context,
    brand: Annotated[str, typer.Option("--brand", help="cli.option.brand", show_default=False)] = "",
    dry_run: DryRun = False,
    by: ByName = "",
    as_json: JsonFlag = False,
) -> None:
    """Empty what brands no longer keep."""
    session = session_of(ctx)
    done = session.do(
        lambda copilot: copilot.privacy.purge(by or session.t("cli.privacy.retention"), brand=brand, dry_run=dry_run)
    )

    def human() -> None:
        if not any(one.total for one in done):
            session.say("cli.privacy.purge.nothing")
        for one in done:
            if one.total:
                session.say("cli.privacy.purge.would" if dry_run else "cli.privacy.purge.done", brand=one.brand)
                session.say("cli.privacy.purge.messages", figure=one.messages)
                session.say("cli.privacy.purge.decisions", figure=one.decisions)
                session.say("cli.privacy.purge.pseudonyms", figure=one.pseudonyms)
                session.say("cli.privacy.purge.logs", figure=one.logs)

    told = [
        {
            "brand": one.brand,
            "messages": one.messages,
            "decisions": one.decisions,
            "pseudonyms": one.pseudonyms,
            "logs": one.logs,
        }
        for one in done
    ]
    session.answer({"dry_run": dry_run, "brands": told}, as_json=as_json, human=human)


@app.command(cls=LocalCommand, help="cli.privacy.erase")
def erase(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="cli.privacy.name", show_default=False)],
    by: ByName,
    thread: Annotated[int, typer.Option("--thread", metavar="ID", help="cli.privacy.thread", show_default=False)] = 0,
    also: Annotated[
        list[int] | None, typer.Option("--also", metavar="ID", help="cli.privacy.also", show_default=False)
    ] = None,
    mentions: Annotated[bool, typer.Option("--mentions", help="cli.privacy.mentions")] = False,
    dry_run: DryRun = False,
    exact: Exact = "",
    as_json: JsonFlag = False,
) -> None:
    """Erase somebody."""
    session = session_of(ctx)
    done = session.do(
        lambda copilot: copilot.privacy.erase(
            name,
            by,
            thread_id=thread or None,
            exact=exact,
            also=also or (),
            every_mention=mentions,
            dry_run=dry_run,
        )
    )
    session.answer(_erased_json(done), as_json=as_json, human=lambda: _show_erased(session, done))


def _erased_json(done: Erased) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(done), "posts": done.posts}


def _show_erased(session: Session, done: Erased) -> None:
    from copilot.services.privacy import shown

    who = ", ".join(visible(shown(one)) for one in done.people)
    session.say("cli.privacy.erase.would" if done.dry_run else "cli.privacy.erase.done", name=who)
    session.say("cli.privacy.erase.messages", figure=done.messages)
    session.say("cli.privacy.erase.threads", figure=done.threads)
    session.say("cli.privacy.erase.replies", figure=done.replies)
    session.say("cli.privacy.erase.derived")
    session.say("cli.privacy.erase.corrections", figure=done.corrections)
    session.say("cli.privacy.erase.pseudonyms", figure=done.pseudonyms)
    session.say("cli.privacy.erase.decisions", figure=done.decisions)
    session.say("cli.privacy.erase.versions", figure=done.versions)
    counted = {
        "mentions": done.mentions,
        "reasons": done.reasons,
        "also": done.also,
        "posts": done.posts,
        "backups": done.backups,
    }
    for key, count in counted.items():
        if count:
            session.say(f"cli.privacy.erase.{key}", count=count)
        if count and key == "posts":
            session.say("cli.privacy.erase.post_ids", ids=", ".join(map(str, done.post_ids)))
    if done.named:
        session.say("cli.privacy.erase.named" if done.dry_run else "cli.privacy.erase.stay", count=len(done.named))
    for line in done.named[:MOST_LINES]:
        print(visible(f"  {line.id}  {line.excerpt}"))
    if len(done.named) > MOST_LINES:
        session.say("cli.privacy.erase.more_named", count=len(done.named) - MOST_LINES)
    if not done.dry_run and not done.compacted:
        session.say("cli.privacy.erase.not_compacted")


@app.command(cls=LocalCommand, help="cli.privacy.report")
def report(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="cli.privacy.report.name", show_default=False)] = "",
    exact: Exact = "",
    out: Out = "",
    as_json: JsonFlag = False,
) -> None:
    """All that is held on somebody, or the register of processing."""
    session = session_of(ctx)
    if not name:
        page = session.do(lambda copilot: copilot.privacy.register(session.t.language))
        _hand_over(session, page, out, {"register": page}, as_json)
        return

    async def asked(copilot: Copilot) -> tuple[HeldOn, Any]:
        return await copilot.privacy.held_on(name, exact=exact), copilot.clock()

    from copilot.services._privacy_paper import held_json, held_page

    held, now = session.do(asked)
    _hand_over(session, held_page(session.t.language, held, now), out, dict(held_json(held)), as_json)


def _hand_over(session: Session, page: str, out: str, told: dict[str, Any], as_json: bool) -> None:
    """Print the page (or the object), or write it to a file."""
    if not out:
        session.answer(told, as_json=as_json, human=lambda: print(page, end=""))
        return
    import json

    path = Path(out)
    content = json.dumps(told, ensure_ascii=False, indent=2) + "\n" if path.suffix == ".json" else page
    try:
        path.write_text(content, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise OutsideError("privacy.cannot_write", path=str(path), why=error.strerror or str(error)) from error
    session.answer(
        {"out": str(path)}, as_json=as_json, human=lambda: session.say("cli.privacy.written", path=str(path))
    )
