"""``replique reply``: proposed replies to the messages of a thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.deadlines import Clock, clock_of
from copilot.cli.jsonl import text_field
from copilot.cli.present import (
    finding_json,
    indented,
    inspected_json,
    message_json,
    proposal_json,
    show_item,
)
from copilot.cli.session import JsonFlag, JsonlFlag, Session, error_json, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.cli.visible import visible
from copilot.domain.conversation import Approach
from copilot.errors import UsageError, UserError

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.brand import Brand, Fact
    from copilot.domain.conversation import ReplyProposal
    from copilot.domain.finding import Finding
    from copilot.services.conversations import Answered

app = new_app()


def approach_named(name: str) -> Approach | None:
    """The approach of this name, None for an empty one.

    Raises:
        UserError: ``reply.unknown_approach``.
    """
    if not name:
        return None
    try:
        return Approach(name)
    except ValueError as error:
        raise UserError("reply.unknown_approach", name=name, known=", ".join(Approach)) from error


@app.command(cls=LocalCommand, help="cli.reply")
def reply(
    ctx: typer.Context,
    thread_id: Annotated[int | None, typer.Argument(metavar="ID", help="cli.thread.id", show_default=False)] = None,
    message: Annotated[list[int] | None, typer.Option("--message", help="cli.reply.message")] = None,
    everyone: Annotated[bool, typer.Option("--all", help="cli.reply.all")] = False,
    approach: Annotated[str, typer.Option("--approach", help="cli.reply.approach", show_default=False)] = "",
    provider: Annotated[str, typer.Option("--provider", help="cli.option.provider", show_default=False)] = "",
    prompt: Annotated[str, typer.Option("--prompt", help="cli.option.prompt")] = "standard",
    brand: Annotated[str, typer.Option("--brand", help="cli.option.brand", show_default=False)] = "",
    by: Annotated[str, typer.Option("--by", help="cli.compose.by", show_default=False)] = "",
    as_json: JsonFlag = False,
    jsonl: JsonlFlag = False,
) -> None:
    """Propose replies to a message or to all those that need one."""
    session = session_of(ctx)
    if jsonl:
        _serve(session, brand)
        return
    if thread_id is None:
        raise UsageError("usage.missing", name="ID", command="replique reply")
    if bool(message) == everyone:
        raise UsageError("usage.message_or_all", command="replique reply")
    chosen_approach = approach_named(approach)

    async def work(copilot: Copilot) -> tuple[list[Answered], Clock]:
        from copilot.services.conversations import ReplyRequest

        request = ReplyRequest(
            thread_id=thread_id,
            message_ids=tuple(message or ()),
            approach=chosen_approach,
            provider=copilot.writer(provider),
            prompt=prompt,
            brand=await copilot.brands.choose(brand or None, copilot.settings.default_brand, thread_id=thread_id),
            author=by,
        )
        with session.progress("cli.reply.progress") as step:
            done = []
            async for one in copilot.conversations.reply(request):
                done.append(one)
                step()
        return done, await clock_of(copilot, request.brand.id if request.brand else "")

    done, clock = session.do(work)
    session.answer(_told(session, done, clock), as_json=as_json, human=lambda: _show(session, done))
    failed = [one for one in done if one.error]
    if failed and len(failed) == len(done):
        assert failed[0].error
        raise typer.Exit(failed[0].error.exit_code)


def _told(session: Session, done: list[Answered], clock: Clock) -> dict[str, object]:
    replies: list[dict[str, object]] = []
    failures: list[dict[str, object]] = []
    for one in done:
        if one.error:
            failures.append({"message": one.message.id, **error_json(one.error, session.t)})
        elif one.proposal:
            told = proposal_json(one.proposal, session.t)
            told["message"] = one.message.id
            told["item"] = one.inspected.item.id if one.inspected else None
            told["triage"] = message_json(one.message, session.t, clock=clock)["triage"]
            replies.append(told)
    items = [inspected_json(one.inspected, session.t) for one in done if one.inspected]
    return {"replies": replies, "items": items, "failures": failures}


def _why_none(proposal: ReplyProposal) -> str:
    if proposal.human_now:
        return "cli.reply.human_now"
    return "cli.reply.do_not_answer" if proposal.do_not_answer else "cli.reply.to_be_read"


def _show(session: Session, done: list[Answered]) -> None:
    t, console = session.t, session.console
    for one in done:
        who = one.message.author.name or one.message.author.handle or t("cli.thread.nobody")
        print(f"{one.message.id} · {visible(who)}")
        indented(console, one.message.text, "dim")
        if one.error:
            indented(console, t.error(one.error), "red")
        elif one.inspected:
            show_item(console, one.inspected, t)
        elif one.proposal:
            indented(console, t(_why_none(one.proposal)), "bold yellow")
            for why in one.proposal.why:
                indented(console, t.wording(why))
        print()
    drafts = sum(1 for one in done if one.inspected)
    if not done:
        session.say("cli.reply.nothing_left")
    elif drafts:
        session.say("cli.reply.done", count=drafts)


def _serve(session: Session, brand_name: str) -> None:
    from copilot.cli.jsonl import serve

    async def work(copilot: Copilot) -> None:
        brand = await copilot.brands.get(brand_name) if brand_name else None
        said: list[str] = []

        def answer(asked: Mapping[str, object]) -> Mapping[str, object]:
            proposal = _proposed(copilot, asked, brand, said)
            if proposal.text:
                said.append(proposal.text)
                del said[:-50]
            told = proposal_json(proposal, session.t)
            findings = _findings(copilot, asked, proposal, brand) if proposal.text is not None else []
            told["findings"] = [finding_json(finding, session.t) for finding in findings]
            return told

        await serve(session, answer)

    session.do(work)


def _proposed(copilot: Copilot, asked: Mapping[str, object], brand: Brand | None, said: list[str]) -> ReplyProposal:
    from copilot.domain.conversation import Author, Message

    text = text_field(asked, "text")
    author = Author(text_field(asked, "author", required=False))
    triage = copilot.conversations.triage_text(
        text, author=author.name or None, language=text_field(asked, "lang", required=False) or None
    )
    message = Message(0, 0, 0, "1", None, author, text, triage=triage)
    return copilot.conversations.propose(
        message,
        brand=brand,
        approach=approach_named(text_field(asked, "approach", required=False)),
        context=_context(asked),
        facts=_facts(asked),
        avoid=tuple(said),
    )


def _context(asked: Mapping[str, object]) -> tuple[str, ...]:
    told = asked.get("context") or []
    if isinstance(told, str):
        return (told,)
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
        raise UserError("jsonl.not_text", name="context")
    return tuple(told)


def _facts(asked: Mapping[str, object]) -> tuple[Fact, ...]:
    from copilot.domain.brand import Fact

    lines = text_field(asked, "facts", required=False).splitlines()
    stated = [line.strip().lstrip("-•* ").strip() for line in lines]
    return tuple(Fact(f"line-{number}", line) for number, line in enumerate(stated, 1) if line)


def _findings(
    copilot: Copilot, asked: Mapping[str, object], proposal: ReplyProposal, brand: Brand | None
) -> list[Finding]:
    from copilot.services.inspection import inspect_reply

    sources = (("facts", text_field(asked, "facts", required=False)),)
    found = inspect_reply(
        proposal, text_field(asked, "text"), brand=brand, sources=sources, today=copilot.inspector.today(brand)
    )
    return list(found)
