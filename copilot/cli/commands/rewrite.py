"""``replique rewrite``: the text of an item written another way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.present import count_line, finding_json, indented, measure_json, show_findings
from copilot.cli.session import JsonFlag, Session, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.errors import UsageError, UserError

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.rewriting import Rewritten

app = new_app()


@app.command(cls=LocalCommand, help="cli.rewrite")
def rewrite(
    ctx: typer.Context,
    item_id: Annotated[int, typer.Argument(metavar="ID", help="cli.item.id", show_default=False)],
    rewriting: Annotated[str, typer.Option("--as", help="cli.rewrite.as", show_default=False)],
    keep: Annotated[bool, typer.Option("--keep", help="cli.rewrite.keep")] = False,
    provider: Annotated[str, typer.Option("--provider", help="cli.option.provider", show_default=False)] = "",
    prompt: Annotated[str, typer.Option("--prompt", help="cli.option.prompt")] = "standard",
    by: Annotated[str, typer.Option("--by", help="cli.option.by", show_default=False)] = "",
    as_json: JsonFlag = False,
) -> None:
    """Write the text of an item another way; keep it only when asked to."""
    session = session_of(ctx)

    async def work(copilot: Copilot) -> Rewritten:
        from copilot.services.review import Edit
        from copilot.services.rewriting import RewriteKind, Rewritten

        if rewriting not in tuple(RewriteKind):
            raise UsageError("usage.not_one_of", name="--as", value=rewriting, known=", ".join(RewriteKind))
        before = await copilot.review.show(item_id)
        writer = copilot.writer(provider or None)
        answers = copilot.rewriting.rewrite(item_id, RewriteKind(rewriting), provider=writer, author=by, prompt=prompt)
        done = [one async for one in answers if isinstance(one, Rewritten)][-1]
        if keep and done.lost:
            raise UserError("rewrite.lost", names=done.lost, text=done.text)
        if keep:
            change = Edit(text=done.text)
            await copilot.review.edit(item_id, change, by=by.strip() or "–", revision=before.item.revision)
        return done

    done = session.do(work)
    told = {
        "item": done.item_id,
        "kind": done.kind.value,
        "text": done.text,
        "count": measure_json(done.measure),
        "findings": [finding_json(finding, session.t) for finding in done.findings],
        "kept": keep,
    }
    session.answer(told, as_json=as_json, human=lambda: _show(session, done, keep=keep))


def _show(session: Session, done: Rewritten, *, keep: bool) -> None:
    console = session.console
    indented(console, done.text)
    indented(console, count_line(done.measure, session.t), "dim")
    show_findings(console, done.findings, session.t)
    session.say("cli.rewrite.kept" if keep else "cli.rewrite.not_kept", id=done.item_id)
