"""``replique triage``: what each message wants, how urgent it is, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from copilot.cli.deadlines import Clock, clock_of
from copilot.cli.present import messages_json
from copilot.cli.session import JsonFlag, JsonlFlag, Session, error_json, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.cli.visible import visible
from copilot.domain.conversation import Message, Thread, Triage
from copilot.domain.wording import Wording
from copilot.errors import UsageError

if TYPE_CHECKING:
    from typer._click import Context

    from copilot.app import Copilot
    from copilot.services._refining import Refined
    from copilot.services.second_reading import SecondRead

app = new_app()

#: Reasons that compare with examples, or say that the rules read otherwise.
_LIKENESS = frozenset({"triage.why.meaning", "triage.why.wording", "triage.why.rules_differ"})


class _Triage(LocalCommand):
    """``triage ID``, and ``triage corrections ...``, which is a group of its own."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: Context | None = None, **extra: Any
    ) -> Context:
        """The context of what was asked for."""
        if args[:1] != ["corrections"]:
            return super().make_context(info_name, args, parent, **extra)
        from copilot.cli import corrections

        group = typer.main.get_command(corrections.app)
        return group.make_context(f"{info_name} corrections", args[1:], parent, **extra)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """How a thread is to be triaged."""

    thread_id: int
    brand: str
    provider: str
    most: int
    rules_only: bool
    again: bool


@dataclass(frozen=True, slots=True)
class _Done:
    """A thread and what was done to it; None for what was not."""

    thread: Thread
    clock: Clock
    refined: Refined | None = None
    asked: SecondRead | None = None


@app.command(cls=_Triage, help="cli.triage")
def triage(
    ctx: typer.Context,
    thread_id: Annotated[int | None, typer.Argument(metavar="ID", help="cli.thread.id", show_default=False)] = None,
    brand: Annotated[str, typer.Option("--brand", help="cli.triage.brand", show_default=False)] = "",
    provider: Annotated[str, typer.Option("--provider", help="cli.triage.provider", show_default=False)] = "",
    most: Annotated[int, typer.Option("--most", help="cli.triage.most", min=1)] = 500,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="cli.triage.rules_only")] = False,
    again: Annotated[bool, typer.Option("--again", help="cli.triage.again")] = False,
    everything: Annotated[bool, typer.Option("--all", help="cli.triage.all")] = False,
    as_json: JsonFlag = False,
    jsonl: JsonlFlag = False,
) -> None:
    """Triage a thread, or texts on the standard input."""
    session = session_of(ctx)
    if jsonl:
        _serve(session, brand, rules_only=rules_only)
        return
    if everything and thread_id is None and not provider:
        _refine_all(session, brand, again=again, as_json=as_json)
        return
    if thread_id is None:
        raise UsageError("usage.missing", name="ID", command="replique triage")
    wanted = _Wanted(thread_id, brand, provider, most, rules_only, again)
    done = session.do(lambda copilot: _triaged(session, copilot, wanted))
    session.answer(_told(session, done), as_json=as_json, human=lambda: _show(session, done))
    if done.asked and done.asked.errors and not done.asked.answered:
        raise typer.Exit(done.asked.errors[0].exit_code)


async def _triaged(session: Session, copilot: Copilot, wanted: _Wanted) -> _Done:
    brand = (await copilot.brands.get(wanted.brand)).id if wanted.brand else ""
    if wanted.provider:
        copilot.writer(wanted.provider)
    if wanted.rules_only:
        thread = await copilot.conversations.by_rules(wanted.thread_id)
        return _Done(thread, await clock_of(copilot, thread.brand_id))
    with session.progress("cli.triage.progress") as step:
        refined = await copilot.inbox.refine(
            wanted.thread_id, brand=brand, again=wanted.again, progress=lambda _done, _total: step()
        )
        asked = None
        if wanted.provider and wanted.provider != "playbook":
            asked = await copilot.second_reading.read(
                wanted.thread_id,
                wanted.provider,
                most=wanted.most,
                again=wanted.again,
                progress=lambda _done, _total: step(),
            )
    thread = await copilot.conversations.triage(wanted.thread_id)
    clock = await clock_of(copilot, brand or thread.brand_id)
    return _Done(thread, clock, refined, asked)


def _refine_all(session: Session, brand_name: str, *, again: bool, as_json: bool) -> None:
    """Read all threads by their meaning, or by their words."""

    async def work(copilot: Copilot) -> Refined:
        brand = (await copilot.brands.get(brand_name)).id if brand_name else ""
        with session.progress("cli.triage.progress") as step:
            return await copilot.inbox.refine(brand=brand, again=again, progress=lambda _done, _total: step())

    done = session.do(work)
    session.answer(
        {"refined": _refined_json(done)},
        as_json=as_json,
        human=lambda: session.say("cli.triage.refined", count=done.read, changed=done.changed, unsure=done.unsure),
    )


def _refined_json(one: Refined) -> dict[str, object]:
    return {"read": one.read, "changed": one.changed, "unsure": one.unsure, "by": one.by.value}


def _told(session: Session, done: _Done) -> dict[str, object]:
    thread, clock = done.thread, done.clock
    told = messages_json(thread, session.t, clock)
    answer: dict[str, object] = {"thread": thread.id, "messages": told, "decided_by": _deciders(thread)}
    if done.refined:
        answer["refined"] = _refined_json(done.refined)
    if done.asked:
        answer["asked"] = _asked_json(session, done.asked)
    return answer


def _deciders(thread: Thread) -> dict[str, int]:
    """How many messages each way of reading settled."""
    return dict(Counter(one.triage.decided_by.value for one in thread.messages if one.triage))


def _asked_json(session: Session, asked: SecondRead) -> dict[str, object]:
    return {
        "provider": asked.provider,
        "unsure": asked.unsure,
        "already_asked": asked.already_asked,
        "asked": asked.asked,
        "answered": asked.answered,
        "changed": asked.changed,
        "settled": asked.settled,
        "still_unsure": asked.still_unsure,
        "refused": asked.refused,
        "unanswered": asked.unanswered,
        "questions": asked.questions,
        "tokens_in": asked.usage.tokens_in,
        "tokens_out": asked.usage.tokens_out,
        "seconds": round(asked.usage.seconds, 3),
        "errors": [error_json(one, session.t)["error"] for one in asked.errors],
    }


def _show(session: Session, done: _Done) -> None:
    _table(session, done.thread)
    t = session.t
    ways = [f"{t(f'decider.{name}')} {count}" for name, count in sorted(_deciders(done.thread).items())]
    if ways:
        session.note("cli.triage.decided", ways=", ".join(ways))
    asked = done.asked
    if asked is None:
        return
    if asked.already_asked:
        session.note("cli.triage.already_asked", count=asked.already_asked, provider=asked.provider)
    if not asked.asked:
        if not asked.already_asked:
            session.note("cli.triage.nothing_unsure")
        return
    session.note(
        "cli.triage.asked",
        count=asked.asked,
        provider=asked.provider,
        answered=asked.answered,
        settled=asked.settled,
        unsure=asked.still_unsure,
    )
    session.note("cli.triage.cost", count=asked.usage.tokens_in + asked.usage.tokens_out, questions=asked.questions)
    if asked.refused or asked.unanswered:
        session.note("cli.triage.kept", count=asked.refused + asked.unanswered)
    if asked.left:
        session.note("cli.triage.more_unsure", count=asked.left)
    for error in {one.kind: one for one in asked.errors}.values():
        session.note("cli.triage.failed", why=t.error(error))


def _table(session: Session, thread: Thread) -> None:
    from rich.table import Table

    t = session.t
    table = Table(box=None, pad_edge=False)
    for column in ("urgency", "id", "intent", "author", "text", "why"):
        table.add_column(t(f"cli.triage.{column}"), overflow="fold" if column in ("text", "why") else "ellipsis")
    known = [message for message in thread.messages if message.triage]
    for message in sorted(known, key=_urgent_first):
        assert message.triage
        intent = t(f"intent.{message.triage.intent.value}") + (" ?" if message.triage.unsure else "")
        excerpt = visible(" ".join(message.text.split()))
        why = t.wording(_telling(message.triage)) if message.triage.why else ""
        shown = excerpt if len(excerpt) <= 90 else excerpt[:89] + "…"
        table.add_row(
            message.triage.urgency.value,
            str(message.id),
            intent,
            visible(message.author.name or message.author.handle),
            shown,
            why,
        )
    session.console.print(table)


def _telling(triage: Triage) -> Wording:
    """The reason that says most to a person: words of the message before a likeness in percent."""
    return next((one for one in triage.why if one.key not in _LIKENESS), triage.why[0])


def _urgent_first(message: Message) -> tuple[tuple[str, bool, bool], int]:
    assert message.triage
    return message.triage.gravest_first, message.position


def _serve(session: Session, brand_name: str, *, rules_only: bool) -> None:
    from copilot.cli.triage_lines import Reading, serve

    async def ready(copilot: Copilot) -> tuple[Reading | None, Clock]:
        if rules_only and not brand_name:
            return None, await clock_of(copilot, "")
        brand_id = await _brand(copilot, brand_name)
        triager = copilot.semantic.triager(brand_id)
        read = None if rules_only else triager.triage_batch
        return read, await clock_of(copilot, brand_id)

    read, clock = session.do(ready)
    serve(session.t.language, clock, read)


async def _brand(copilot: Copilot, name: str) -> str:
    """The id of the brand asked for, else of the default one, else of the only one; empty when several could be."""
    if name:
        return (await copilot.brands.get(name)).id
    known = [brand.id for brand in await copilot.brands.list()]
    if copilot.settings.default_brand in known:
        return str(copilot.settings.default_brand)
    return known[0] if len(known) == 1 else ""
