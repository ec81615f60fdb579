"""``replique count``: how long a text is where it will be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

import typer

from copilot import networks
from copilot.cli.jsonl import text_field
from copilot.cli.present import measure_json
from copilot.cli.session import JsonFlag, JsonlFlag, argument_or_stdin, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.domain.network import Measure, Network
from copilot.errors import UsageError, UserError
from copilot.text.measure import measure

app = new_app()


@app.command(cls=LocalCommand, help="cli.count")
def count(
    ctx: typer.Context,
    text: Annotated[str | None, typer.Argument(help="cli.count.text", show_default=False)] = None,
    network: Annotated[str, typer.Option("--network", help="cli.option.network", show_default=False)] = "",
    part: Annotated[str, typer.Option("--part", help="cli.count.part")] = "post",
    as_json: JsonFlag = False,
    jsonl: JsonlFlag = False,
) -> None:
    """Count a text as its network does."""
    session = session_of(ctx)
    if jsonl:
        session.serve(_answer_line)
        return
    if not network:
        raise UsageError("usage.missing", name="--network", command="replique count")
    body = argument_or_stdin(text, "TEXT", "replique count")
    where = networks.get(network)
    result = measure(body, where, part_named(part, where))
    session.answer(
        told(body, where, result), as_json=as_json, human=lambda: print(_sentence(session.t, result, where.label))
    )


def part_named(name: str, network: Network) -> str:
    """The part of this name on ``network``; ``comment`` is a reply.

    Raises:
        UserError: ``network.unknown_part``.
    """
    part = "reply" if name == "comment" else name
    if part not in network.parts and part != "reply":
        raise UserError("network.unknown_part", name=name, network=network.label, known=", ".join(network.parts))
    return part


def told(text: str, network: Network, result: Measure) -> dict[str, object]:
    """A length, how sure its limit is, and what the network makes a link of.

    ``start`` and ``end`` are offsets in ``text``; Bluesky's ``facets`` are in UTF-8 bytes of the text as it is sent.
    """
    from copilot.text.measure.entities import entities

    found: dict[str, list[dict[str, object]]] = {"link": [], "hashtag": [], "mention": []}
    for one in entities(text, network):
        found[one.kind].append({"start": one.start, "end": one.end, "value": one.value})
    answer: dict[str, object] = {**measure_json(result), "confidence": result.confidence}
    answer |= {"links": found["link"], "hashtags": found["hashtag"], "mentions": found["mention"]}
    if network.id == "bluesky":
        from copilot.text.facets import facets

        answer["facets"] = [
            {"kind": one.kind, "byteStart": one.byte_start, "byteEnd": one.byte_end, "value": one.value}
            for one in facets(text)
        ]
    return answer


def _sentence(t: object, result: Measure, label: str) -> str:
    from copilot.i18n import Translator

    assert isinstance(t, Translator)
    unit = t(f"unit.{result.unit}", count=result.count if result.limit is None else result.limit)
    if result.limit is None:
        return t("cli.count.no_limit", n=result.count, unit=unit, network=label)
    key = "cli.count.fits" if result.fits else "cli.count.too_long"
    left = abs(result.limit - result.count)
    sentence = t(key, n=result.count, limit=result.limit, unit=unit, network=label, left=left)
    return f"{sentence} {t('cli.count.to_confirm')}" if result.to_confirm else sentence


def _answer_line(asked: Mapping[str, object]) -> Mapping[str, object]:
    text = text_field(asked, "text")
    network = networks.get(text_field(asked, "network"))
    options = options_of(asked)
    bare = options.get("bare_links")
    if isinstance(bare, bool):
        # Releases of Mastodon differ: the newer ones count a domain without https:// as a link too.
        network = replace(network, links=replace(network.links, counted_bare=bare))
    result = measure(
        text,
        network,
        part_named(text_field(asked, "part", required=False) or "post", network),
        limit=limit_of(options),
        with_media=bool(options.get("with_media", False)),
        content_warning=text_field(options, "content_warning", required=False),
    )
    return told(text, network, result) if options.get("details") is True else measure_json(result)


def options_of(asked: Mapping[str, object]) -> Mapping[str, object]:
    """The field ``options`` of a line, empty when it has none.

    Raises:
        UserError: ``jsonl.not_an_object_field``.
    """
    options = asked.get("options") or {}
    if not isinstance(options, Mapping):
        raise UserError("jsonl.not_an_object_field", name="options")
    return options


def limit_of(options: Mapping[str, object]) -> int | None:
    """The limit of the account or the server.

    Raises:
        UserError: ``jsonl.not_a_number``.
    """
    limit = options.get("limit")
    if limit is not None and (not isinstance(limit, int) or isinstance(limit, bool) or limit < 1):
        raise UserError("jsonl.not_a_number", name="options.limit")
    return limit
