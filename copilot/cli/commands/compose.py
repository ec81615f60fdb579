"""``replique compose``: a brief becomes drafts, one per network and variant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.files import read_brief_argument
from copilot.cli.jsonl import text_field
from copilot.cli.present import inspected_json, measure_json, post_json, show_item
from copilot.cli.session import JsonFlag, JsonlFlag, Session, error_json, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.errors import UsageError

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.posts import Composed, ComposeRequest

app = new_app()


@app.command(cls=LocalCommand, help="cli.compose")
def compose(
    ctx: typer.Context,
    brief: Annotated[str | None, typer.Argument(help="cli.option.brief", show_default=False)] = None,
    brand: Annotated[str, typer.Option("--brand", help="cli.option.brand", show_default=False)] = "",
    network: Annotated[list[str] | None, typer.Option("--network", help="cli.option.networks")] = None,
    variants: Annotated[int, typer.Option("--variants", help="cli.compose.variants")] = 3,
    language: Annotated[str, typer.Option("--language", help="cli.option.language")] = "auto",
    provider: Annotated[str, typer.Option("--provider", help="cli.option.provider", show_default=False)] = "",
    prompt: Annotated[str, typer.Option("--prompt", help="cli.option.prompt")] = "standard",
    by: Annotated[str, typer.Option("--by", help="cli.compose.by", show_default=False)] = "",
    as_json: JsonFlag = False,
    jsonl: JsonlFlag = False,
) -> None:
    """Write drafts from a brief."""
    session = session_of(ctx)
    if jsonl:
        _serve(session, brand)
        return
    if brief is None:
        raise UsageError("usage.missing", name="BRIEF", command="replique compose")
    text, name = read_brief_argument(brief)

    async def work(copilot: Copilot) -> tuple[ComposeRequest, list[Composed]]:
        from copilot.services.posts import ComposeRequest

        chosen = await copilot.brands.choose(brand or None, copilot.settings.default_brand)
        request = ComposeRequest(
            text=text,
            name=name,
            networks=tuple(network or ()),
            variants=variants,
            language=language,
            provider=copilot.writer(provider),
            prompt=prompt,
            brand=chosen,
            author=by,
        )
        with session.progress("cli.compose.progress", len(request.networks) * variants) as step:
            done = []
            async for one in copilot.posts.compose(request):
                done.append(one)
                step()
        return request, done

    _, done = session.do(work)
    tell(session, done, as_json)


def tell(session: Session, done: list[Composed], as_json: bool) -> None:
    """The drafts that were written and the failures; all failed, the command fails as the first did."""
    written = [one.inspected for one in done if one.inspected]
    failed = [one for one in done if one.error]

    def human() -> None:
        for inspected in written:
            show_item(session.console, inspected, session.t)
        for one in failed:
            assert one.error
            session.note("cli.compose.failed", network=one.network, variant=one.variant, why=session.t.error(one.error))
        if written:
            session.say("cli.compose.done", count=len(written), first=written[0].item.id)

    failures = [
        {"network": one.network, "variant": one.variant, **error_json(one.error, session.t)}
        for one in failed
        if one.error
    ]
    session.answer(
        {"items": [inspected_json(one, session.t) for one in written], "failures": failures},
        as_json=as_json,
        human=human,
    )
    if failed and not written:
        first = failed[0].error
        assert first
        raise typer.Exit(first.exit_code)


def _serve(session: Session, brand_name: str) -> None:
    from copilot.cli.jsonl import serve
    from copilot.domain.brand import Brand

    async def work(copilot: Copilot) -> None:
        chosen: Brand | None = await copilot.brands.get(brand_name) if brand_name else None

        async def answer(asked: Mapping[str, object]) -> Mapping[str, object]:
            from copilot import networks
            from copilot.services.posts import ComposeRequest
            from copilot.text.measure import measure

            named = text_field(asked, "brand", required=False)
            variants = asked.get("variants", 3)
            request = ComposeRequest(
                text=text_field(asked, "brief", required=False) or text_field(asked, "text"),
                networks=(text_field(asked, "network"),),
                variants=variants if isinstance(variants, int) else 3,
                language=text_field(asked, "lang", required=False) or "auto",
                brand=await copilot.brands.get(named) if named else chosen,
            )
            posts = []
            for proposal in copilot.posts.propose(request):
                tags = " ".join(f"#{tag.tag}" for tag in proposal.hashtags)
                whole = "\n\n".join(part for part in (proposal.text, tags) if part)
                length = measure(whole, networks.get(proposal.network), "post")
                posts.append({**post_json(proposal, session.t), "outgoing_text": whole, "count": measure_json(length)})
            return {"posts": posts}

        await serve(session, answer)

    session.do(work)
