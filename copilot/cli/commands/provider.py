"""``replique provider``: model sources, their key in the keyring."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.session import JsonFlag, Session, read_stdin, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.errors import OutsideError, UsageError

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.providers import Configured

app = new_app("cli.provider")
ProviderId = Annotated[str, typer.Argument(help="cli.provider.id", metavar="ID", show_default=False)]


def _told(session: Session, one: Configured) -> dict[str, object]:
    return {
        "id": one.id,
        "type": one.provider,
        "model": one.model,
        "remote": one.remote,
        "default": one.is_default,
        "settings": dict(one.values),
    }


@app.command("list", cls=LocalCommand, help="cli.provider.list")
def list_(ctx: typer.Context, as_json: JsonFlag = False) -> None:
    """List what can write."""
    session = session_of(ctx)
    copilot = session.open()
    found = copilot.providers.list()
    t = session.t

    def human() -> None:
        for one in found:
            where = t("cli.provider.remote" if one.remote else "cli.provider.here")
            star = " *" if one.is_default else ""
            print(" · ".join(part for part in (one.id + star, t(one.label_key), one.model, where) if part))

    told = {
        "providers": [_told(session, one) for one in found],
        "types": [
            {
                "name": name,
                "label": t(module.LABEL_KEY),
                "fields": [
                    {"name": field.name, "kind": field.kind, "required": field.required, "default": field.default,
                     "choices": list(field.choices), "label": t.wording(field.label)}
                    for field in module.FIELDS
                ],
            }
            for name, module in copilot.providers.types().items()
        ],
    }  # fmt: skip
    session.answer(told, as_json=as_json, human=human)


@app.command("add", cls=LocalCommand, help="cli.provider.add")
def add(
    ctx: typer.Context,
    provider_id: ProviderId,
    type_name: Annotated[str, typer.Option("--type", help="cli.provider.type")] = "openai_compatible",
    preset: Annotated[str, typer.Option("--preset", help="cli.provider.preset", show_default=False)] = "",
    base_url: Annotated[str, typer.Option("--base-url", help="cli.provider.base_url", show_default=False)] = "",
    model: Annotated[str, typer.Option("--model", help="cli.provider.model", show_default=False)] = "",
    path: Annotated[str, typer.Option("--path", help="cli.provider.path", show_default=False)] = "",
    set_: Annotated[list[str] | None, typer.Option("--set", help="cli.provider.set")] = None,
    key_stdin: Annotated[bool, typer.Option("--key-stdin", help="cli.provider.key_stdin")] = False,
    default: Annotated[bool, typer.Option("--default", help="cli.provider.default")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Add or replace a model source."""
    session = session_of(ctx)
    given = {"preset": preset, "base_url": base_url, "model": model, "path": path}
    values = {name: value for name, value in given.items() if value}
    if type_name == "scripted" and path:
        values["script"] = values.pop("path")
    for pair in set_ or ():
        name, equal, value = pair.partition("=")
        if not equal:
            raise UsageError("usage.bad_value", name="--set", command="replique provider add")
        values[name.strip()] = value.strip()
    copilot = session.open()
    secret = _secret(session, copilot, type_name, values, key_stdin)
    kept = copilot.providers.add(provider_id, type_name, values, secret, default=default)
    where = copilot.secrets.where() if secret else None

    def human() -> None:
        session.say("cli.provider.added", id=kept.id)
        if where:
            session.say("cli.provider.key_kept", where=where)

    session.answer({**_told(session, kept), "key": where}, as_json=as_json, human=human)


def _secret(session: Session, copilot: Copilot, type_name: str, values: dict[str, str], key_stdin: bool) -> str | None:
    """The key, from the standard input or asked without echo; None when none is wanted."""
    if key_stdin:
        return read_stdin().strip() or None
    if not copilot.providers.wants_key(type_name, values) or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    import getpass

    return getpass.getpass(session.t("cli.provider.ask_key") + " ", stream=sys.stderr).strip() or None


@app.command("test", cls=LocalCommand, help="cli.provider.test")
def try_(ctx: typer.Context, provider_id: ProviderId, as_json: JsonFlag = False) -> None:
    """Ask the model for one word."""
    session = session_of(ctx)
    with session.progress("cli.provider.testing"):
        tested = session.do(lambda copilot: copilot.providers.test(provider_id))
    session.answer(
        {"id": provider_id, "works": True, "model": tested.model, "seconds": round(tested.seconds, 3)},
        as_json=as_json,
        human=lambda: session.say("cli.provider.works", id=provider_id, model=tested.model, seconds=tested.seconds),
    )


@app.command("remove", cls=LocalCommand, help="cli.provider.remove")
def remove(ctx: typer.Context, provider_id: ProviderId, as_json: JsonFlag = False) -> None:
    """Forget a model source and its key."""
    session = session_of(ctx)
    copilot = session.open()
    key_left = False
    try:
        copilot.providers.remove(provider_id)
    except OutsideError as error:
        if error.kind != "secret.locked":
            raise
        key_left = True

    def human() -> None:
        session.say("cli.provider.removed", id=provider_id)
        if key_left:
            session.note("cli.provider.key_left")

    session.answer({"removed": provider_id, "key_left": key_left}, as_json=as_json, human=human)
