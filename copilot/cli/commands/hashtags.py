"""``replique hashtags``: hashtags to choose from for a brief, each with its reason and what to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from copilot import networks
from copilot.cli.files import read_brief_argument
from copilot.cli.jsonl import text_field
from copilot.cli.session import JsonFlag, JsonlFlag, Session, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.errors import UsageError, UserError

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.brand import Brand
    from copilot.i18n import Translator
    from copilot.services.hashtags import Proposed, TagGroup
    from copilot.text.hashtags import ProposedTag

app = new_app()

_COMMAND = "replique hashtags"


@app.command(cls=LocalCommand, help="cli.hashtags")
def hashtags(
    ctx: typer.Context,
    brief: Annotated[str | None, typer.Argument(help="cli.option.brief", show_default=False)] = None,
    network: Annotated[str, typer.Option("--network", help="cli.option.network", show_default=False)] = "",
    brand: Annotated[str, typer.Option("--brand", help="cli.option.brand", show_default=False)] = "",
    language: Annotated[str, typer.Option("--language", help="cli.option.language")] = "auto",
    limit: Annotated[int | None, typer.Option("--limit", help="cli.hashtags.limit", show_default=False)] = None,
    groups: Annotated[bool, typer.Option("--groups", help="cli.hashtags.groups")] = False,
    save: Annotated[str, typer.Option("--save", help="cli.hashtags.save", show_default=False)] = "",
    by: Annotated[str, typer.Option("--by", help="cli.compose.by", show_default=False)] = "",
    as_json: JsonFlag = False,
    jsonl: JsonlFlag = False,
) -> None:
    """Propose hashtags for a brief, or show the groups a brand keeps."""
    session = session_of(ctx)
    if jsonl:
        _serve(session, brand)
        return
    if groups:
        _show_groups(session, brand, network, as_json=as_json)
        return
    if brief is None:
        raise UsageError("usage.missing", name="BRIEF", command=_COMMAND)
    if not network:
        raise UsageError("usage.missing", name="--network", command=_COMMAND)
    if save and not brand:
        raise UsageError("usage.missing", name="--brand", command=f"{_COMMAND} --save")
    where = networks.get(network)
    text, name = read_brief_argument(brief)
    if not text.strip():
        raise UserError("brief.empty", name=name or "–")

    async def work(copilot: Copilot) -> Proposed:
        service = copilot.hashtags
        chosen = await _brand(copilot, brand)
        proposed = await service.propose(text, where, chosen, language=language, limit=limit)
        if save:
            await service.save_group(brand, save, [one.tag for one in proposed.tags], (where.id,), by=by)
        return proposed

    proposed = session.do(work)
    session.answer(_told(proposed, session.t), as_json=as_json, human=lambda: _show(session, proposed))


async def _brand(copilot: Copilot, asked: str) -> Brand | None:
    """The brand asked for, else the usual one; none when several could be meant."""
    try:
        return await copilot.brands.choose(asked or None, copilot.settings.default_brand)
    except UserError as error:
        if error.kind != "brand.which":
            raise
        return None


def _told(proposed: Proposed, t: Translator) -> dict[str, object]:
    rules = proposed.network.hashtags
    return {
        "language": proposed.language,
        "network": proposed.network.id,
        "cap": rules.max,
        "advised": list(rules.advised),
        "hashtags": [tag_json(one, t) for one in proposed.tags],
    }


def tag_json(tag: ProposedTag, t: Translator) -> dict[str, object]:
    """A proposed hashtag, without its sign."""
    return {
        "tag": tag.tag,
        "reason": t.wording(tag.reason),
        "reason_id": tag.reason_id,
        "cap": tag.cap,
        "advised": tag.advised,
        "warnings": [{"id": one.id, "message": t.wording(one.wording)} for one in tag.warnings],
    }


def _show(session: Session, proposed: Proposed) -> None:
    rules, t = proposed.network.hashtags, session.t
    label = proposed.network.label
    if rules.max == 0:
        session.say("cli.hashtags.unused", network=label)
        return
    if not proposed.tags:
        session.say("cli.hashtags.none")
        return
    low, high = rules.advised
    if rules.max is None:
        session.say("cli.hashtags.advice", network=label, low=low, high=high)
    else:
        session.say("cli.hashtags.cap", network=label, cap=rules.max, low=low, high=high)
    for tag in proposed.tags:
        _show_tag(session, tag, t)


def _show_tag(session: Session, tag: ProposedTag, t: Translator) -> None:
    from copilot.cli.present import MARKS, indented
    from copilot.cli.visible import visible
    from copilot.domain.finding import Severity

    mark = " " if tag.advised else "·"
    print(visible(f"{mark} #{tag.tag}  {t.wording(tag.reason)}"))
    for caution in tag.warnings:
        indented(session.console, f"{MARKS[Severity.WARNS]} {t.wording(caution.wording)}", "yellow")


def _show_groups(session: Session, brand: str, network: str, *, as_json: bool) -> None:
    if not brand:
        raise UsageError("usage.missing", name="--brand", command=f"{_COMMAND} --groups")
    where = networks.get(network) if network else None

    async def work(copilot: Copilot) -> tuple[TagGroup, ...]:
        return copilot.hashtags.groups(await copilot.brands.get(brand), where)

    found = session.do(work)

    def human() -> None:
        from copilot.cli.visible import visible

        if not found:
            session.say("cli.hashtags.no_groups")
        for group in found:
            print(visible(group.name))
            for tag in group.tags:
                _show_tag(session, tag, session.t)

    told = [
        {
            "name": group.name,
            "networks": list(group.networks),
            "hashtags": [tag_json(one, session.t) for one in group.tags],
        }
        for group in found
    ]
    session.answer({"groups": told}, as_json=as_json, human=human)


def _serve(session: Session, brand_name: str) -> None:
    """Answer lines; the store is opened only for the lines that name a brand."""
    from copilot.cli.jsonl import serve
    from copilot.services.hashtags import propose_tags

    async def work(copilot: Copilot) -> None:
        async def answer(asked: Mapping[str, object]) -> Mapping[str, object]:
            text = text_field(asked, "brief", required=False) or text_field(asked, "text")
            where = networks.get(text_field(asked, "network"))
            language = text_field(asked, "language", required=False) or "auto"
            named = text_field(asked, "brand", required=False) or brand_name
            limit = _limit(asked)
            if not named:
                return _told(propose_tags(text, where, language=language, limit=limit), session.t)
            brand = await copilot.brands.get(named)
            proposed = await copilot.hashtags.propose(text, where, brand, language=language, limit=limit)
            return _told(proposed, session.t)

        await serve(session, answer)

    session.do(work)


def _limit(asked: Mapping[str, object]) -> int | None:
    limit = asked.get("limit")
    if limit is not None and (not isinstance(limit, int) or isinstance(limit, bool)):
        raise UserError("jsonl.not_a_number", name="limit")
    return limit
