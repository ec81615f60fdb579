"""``replique moderate``: decisions on messages, with their ground and evidence; what is decided is done elsewhere."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.present import moment_json
from copilot.cli.session import ByName, JsonFlag, Session, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.cli.visible import visible
from copilot.domain.moderation import ModerationAction, ModerationAsked
from copilot.errors import UsageError, UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copilot.app import Copilot
    from copilot.domain.moderation import LegalCategory, Moderation, ReportChannel, Statement
    from copilot.i18n import Translator

app = new_app("cli.moderate")

Messages = Annotated[list[int], typer.Argument(help="cli.moderate.messages", show_default=False)]
Decisions = Annotated[list[int], typer.Argument(help="cli.moderate.decisions", show_default=False)]
BrandName = Annotated[str, typer.Option("--brand", help="cli.option.brand", show_default=False)]


@app.command("decide", cls=LocalCommand, help="cli.moderate.decide")
def decide(
    ctx: typer.Context,
    ids: Messages,
    action: Annotated[str, typer.Option("--action", help="cli.moderate.action", show_default=False)],
    by: ByName = "",
    clause: Annotated[str, typer.Option("--clause", help="cli.moderate.clause", show_default=False)] = "",
    category: Annotated[str, typer.Option("--category", help="cli.moderate.category", show_default=False)] = "",
    facts: Annotated[str, typer.Option("--facts", help="cli.moderate.facts", show_default=False)] = "",
    brand: BrandName = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="cli.moderate.dry_run")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Take a decision on messages, the same on each."""
    session = session_of(ctx)
    known = [one.value for one in ModerationAction]
    if action not in known:
        raise UsageError("usage.not_one_of", name="--action", value=action, known=", ".join(known))

    async def work(copilot: Copilot) -> tuple[Moderation, ...]:
        brand_id = (await copilot.brands.get(brand)).id if brand else ""
        asked = ModerationAsked(tuple(ids), ModerationAction(action), by, clause, category, facts, brand_id)
        service = copilot.moderation
        return await (service.prepare(asked) if dry_run else service.decide(asked))

    told = session.do(work)
    show_decisions(session, told, "cli.moderate.would" if dry_run else "cli.moderate.line", as_json=as_json)


@app.command("propose", cls=LocalCommand, help="cli.moderate.propose")
def propose(
    ctx: typer.Context,
    message_id: Annotated[int, typer.Argument(help="cli.moderate.message", show_default=False)],
    brand: BrandName = "",
    as_json: JsonFlag = False,
) -> None:
    """Suggest a decision on a message."""
    session = session_of(ctx)
    t = session.t

    async def work(copilot: Copilot) -> tuple[dict[str, object], list[str]]:
        brand_id = (await copilot.brands.get(brand)).id if brand else ""
        found = await copilot.moderation.propose(message_id, brand_id=brand_id)
        why = [t.wording(one) for one in found.why]
        clause = {"id": found.clause.id, "text": found.clause.text} if found.clause else None
        told: dict[str, object] = {
            "message": found.message_id,
            "action": found.action.value,
            "clause": clause,
            "category": found.category or None,
            "unsure": found.unsure,
            "why": why,
            "notice": t("moderation.notice"),
        }
        return told, why

    told, why = session.do(work)

    def human() -> None:
        session.say("cli.moderate.suggested", message=str(message_id), action=t(f"moderation.action.{told['action']}"))
        for line in why:
            print(visible(f"  {line}"))
        session.note("moderation.notice")

    session.answer(told, as_json=as_json, human=human)


@app.command("list", cls=LocalCommand, help="cli.moderate.list")
def list_(
    ctx: typer.Context,
    thread_id: Annotated[int | None, typer.Argument(help="cli.thread.id", show_default=False)] = None,
    csv: Annotated[str, typer.Option("--csv", help="cli.moderate.csv", show_default=False)] = "",
    as_json: JsonFlag = False,
) -> None:
    """List decisions, or write them as a table."""
    session = session_of(ctx)
    told = session.do(lambda copilot: copilot.moderation.list(thread_id))
    if csv:
        _write_table(session, told, csv, as_json=as_json)
        return

    def human() -> None:
        if not told:
            session.say("cli.moderate.none")
        for one in told:
            key = "cli.moderate.line" if one.stands else "cli.moderate.undone_line"
            _line(session, one, key)

    session.answer({"decisions": [_told(one, session.t) for one in told]}, as_json=as_json, human=human)


def _write_table(session: Session, told: Sequence[Moderation], name: str, *, as_json: bool) -> None:
    from copilot.cli.files import write_new
    from copilot.services._decisions_csv import decisions_csv

    path = write_new(name, decisions_csv(told, session.t))
    session.answer(
        {"file": str(path), "decisions": len(told)},
        as_json=as_json,
        human=lambda: session.say("cli.written", path=str(path)),
    )


@app.command("done", cls=LocalCommand, help="cli.moderate.done")
def done(ctx: typer.Context, ids: Decisions, by: ByName = "", as_json: JsonFlag = False) -> None:
    """Note that decisions were carried out."""
    session = session_of(ctx)
    told = session.do(lambda copilot: copilot.moderation.done(ids, by=by))
    show_decisions(session, told, "cli.moderate.done_line", as_json=as_json)


@app.command("undo", cls=LocalCommand, help="cli.moderate.undo")
def undo(ctx: typer.Context, ids: Decisions, by: ByName = "", as_json: JsonFlag = False) -> None:
    """Undo decisions."""
    session = session_of(ctx)
    told = session.do(lambda copilot: copilot.moderation.undo(ids, by=by))
    show_decisions(session, told, "cli.moderate.undone_line", as_json=as_json)


@app.command("categories", cls=LocalCommand, help="cli.moderate.categories")
def categories(ctx: typer.Context, as_json: JsonFlag = False) -> None:
    """List the legal categories."""
    session = session_of(ctx)
    found = session.open().moderation.categories()

    def human() -> None:
        for one in found:
            print(f"{one.key} · {one.label[session.t.language]} · {one.law}")
            if one.reports:
                where = [_channel(report, session.t.language) for report in one.reports]
                print("  " + session.t("cli.moderate.report_to", where=where))
            if note := one.note.get(session.t.language):
                print(f"  {note}")
        session.note("moderation.notice")

    told = {"categories": [_category(one) for one in found], "notice": session.t("moderation.notice")}
    session.answer(told, as_json=as_json, human=human)


@app.command("statement", cls=LocalCommand, help="cli.moderate.statement")
def statement(
    ctx: typer.Context,
    decision_id: Annotated[int, typer.Argument(help="cli.moderate.decision", show_default=False)],
    letter: Annotated[bool, typer.Option("--letter", help="cli.moderate.letter")] = False,
    language: Annotated[str, typer.Option("--language", help="cli.option.language", show_default=False)] = "",
    facts: Annotated[str, typer.Option("--facts", help="cli.moderate.facts", show_default=False)] = "",
    origin: Annotated[str, typer.Option("--source", help="cli.moderate.source")] = "own",
    territory: Annotated[str, typer.Option("--territory", help="cli.moderate.territory", show_default=False)] = "",
    content_date: Annotated[
        str, typer.Option("--content-date", help="cli.moderate.content_date", show_default=False)
    ] = "",
    until: Annotated[str, typer.Option("--until", help="cli.moderate.until", show_default=False)] = "",
    anyway: Annotated[bool, typer.Option("--anyway", help="cli.moderate.anyway")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Write the statement of reasons of a decision."""
    from copilot.services.moderation import StatementAsked

    session = session_of(ctx)
    if language not in ("", "fr", "en"):
        raise UserError("language.unknown", name=language)
    asked = StatementAsked(
        decision_id,
        language,
        facts,
        origin,
        tuple(code for code in territory.replace(",", " ").split() if code),
        _day(content_date, "--content-date"),
        _day(until, "--until"),
        anyway,
    )
    found = session.do(lambda copilot: copilot.moderation.statement(asked))
    if found.problems and not letter:
        raise UserError("moderation.statement_blocked", why=found.problems)
    session.answer(_statement_json(found, session.t), as_json=as_json, human=lambda: _show(session, found, letter))


def _day(written: str, option: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise UsageError("usage.bad_value", name=option, command="replique moderate statement") from error


def _show(session: Session, found: Statement, letter: bool) -> None:
    if found.exempt:
        print(session.t.wording(found.exempt))
        return
    if not letter:
        for name, value in found.fields.items():
            print(visible(f"{name}: {', '.join(value) if isinstance(value, list) else value}"))
        print()
    print(visible(found.letter))
    if "{contact}" in found.letter:
        session.note("moderation.no_contact")
    session.note("moderation.duty" if found.duty else "moderation.good_practice")
    session.note("moderation.notice")


def _statement_json(found: Statement, t: Translator) -> dict[str, object]:
    return {
        "decision": found.moderation.id,
        "required": found.duty and found.exempt is None,
        "hosted": found.duty,
        "exempt": t.wording(found.exempt) if found.exempt else None,
        "language": found.language,
        "statement": dict(found.fields) or None,
        "letter": found.letter or None,
        "notice": t("moderation.notice"),
    }


def show_decisions(session: Session, told: Sequence[Moderation], key: str, *, as_json: bool) -> None:
    """Tell decisions, with what speaks against each."""

    def human() -> None:
        spoken: Counter[str] = Counter()
        for one in told:
            _line(session, one, key)
            if one.stands and not one.done_at:
                spoken.update(session.t.wording(warning) for warning in one.warnings)
        # What is true of a whole wave is said once.
        for what, count in spoken.items():
            session.note("cli.warning" if len(told) == 1 else "cli.warning.several", what=what, count=count)
        if any(one.to_do for one in told):
            session.note("moderation.on_network")
        session.note("moderation.notice")

    session.answer(
        {"decisions": [_told(one, session.t) for one in told], "notice": session.t("moderation.notice")},
        as_json=as_json,
        human=human,
    )


def _line(session: Session, one: Moderation, key: str) -> None:
    action = session.t(f"moderation.action.{one.action.value}")
    who = one.undone_by or one.done_by or one.by
    print(visible(session.t(key, id=str(one.id), action=action, message=str(one.message_id or "–"), by=who)))
    if one.stands and one.reason:
        print(visible(f"  {one.reason}"))


def _told(one: Moderation, t: Translator) -> dict[str, object]:
    seen = one.evidence
    return {
        "id": one.id or None,
        "message": one.message_id,
        "thread": one.thread_id,
        "brand": one.brand_id or None,
        "action": one.action.value,
        "by": one.by,
        "at": moment_json(one.at),
        "clause": {"id": one.clause.id, "text": one.clause.text} if one.clause else None,
        "category": one.category or None,
        "facts": one.facts,
        "reason": one.reason,
        "language": one.language,
        "hosted": one.hosted,
        "warnings": [t.wording(warning) for warning in one.warnings],
        "to_do": t("moderation.on_network") if one.to_do else None,
        "evidence": {
            "text": seen.text,
            "message_sha256": seen.message_sha256,
            "text_sha256": seen.text_sha256,
            "taken_at": moment_json(seen.taken_at),
            "said_at": moment_json(seen.said_at),
            "said_rel": seen.said_rel,
            "link": seen.link,
        },
        "done_by": one.done_by or None,
        "done_at": moment_json(one.done_at),
        "undone_by": one.undone_by or None,
        "undone_at": moment_json(one.undone_at),
    }


def _channel(report: ReportChannel, language: str) -> str:
    name = report.name or report.what[language]
    return name if report.reach in ("", name) else f"{name} ({report.reach})"


def _category(one: LegalCategory) -> dict[str, object]:
    return {
        "key": one.key,
        "fr": one.label["fr"],
        "en": one.label["en"],
        "law": one.law,
        "crime": one.crime,
        "copy": one.copy,
        "note": dict(one.note) or None,
        "reports": [
            {"key": report.key, "name": report.name or None, "reach": report.reach or None, **report.what}
            for report in one.reports
        ],
    }
