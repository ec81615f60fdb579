"""The tree of commands: each file is imported when it is asked for, and speaks the person's language."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from copilot.cli import commands
from copilot.errors import UsageError
from copilot.i18n import Translator

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

#: In which order ``--help`` lists the commands: the order of the work.
ORDER = (
    "app", "demo", "brand", "facts", "hashtags", "compose", "thread", "search", "triage", "groups", "moderate",
    "crisis", "reply", "check", "claims", "item", "rewrite", "adapt", "export", "count", "split", "provider", "models",
    "prompts", "usage", "privacy", "audit", "backup", "restore", "settings", "self-check",
)  # fmt: skip


def translator_of(ctx: Context) -> Translator:
    """The translator of the running command; French before the root has spoken."""
    session = ctx.find_root().obj
    return getattr(session, "t", None) or Translator(ctx.find_root().meta.get("replique.language", "fr"))


class _Localised:
    """Help in the person's language: help texts are catalogue keys."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Usage, what it does, arguments, options, commands."""
        t = translator_of(ctx)
        command: Any = self
        pieces = [piece for piece in (_usage_of(param, t) for param in command.get_params(ctx)) if piece]
        if isinstance(command, TyperGroup):
            pieces.append(t("cli.help.command_args"))
        usage = t("cli.help.usage") + " "
        if pieces:
            formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=usage)
        else:
            formatter.write(f"{usage}{ctx.command_path}\n")
        if command.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(t(command.help))
        for title, kind in (("cli.help.arguments", TyperArgument), ("cli.help.options", TyperOption)):
            rows = [_row(param, t) for param in command.get_params(ctx) if _listed(param, kind)]
            if rows:
                with formatter.section(t(title)):
                    formatter.write_dl(rows)
        if isinstance(command, TyperGroup):
            rows = [(name, t(found.help or "")) for name, found in _subcommands(command, ctx)]
            with formatter.section(t("cli.help.commands")):
                formatter.write_dl(rows)


def _listed(param: object, kind: type) -> bool:
    return isinstance(param, kind) and not getattr(param, "hidden", False)


def _usage_of(param: Any, t: Translator) -> str:
    if isinstance(param, TyperArgument):
        name = t(f"cli.metavar.{param.name}") if t.has(f"cli.metavar.{param.name}") else str(param.name).upper()
        shown = name + ("..." if param.nargs != 1 else "")
        return shown if param.required else f"[{shown}]"
    if isinstance(param, TyperOption) and param.required:
        return f"{param.opts[0]} {_metavar(param, t)}"
    return ""


def _metavar(param: Any, t: Translator) -> str:
    if getattr(param, "is_flag", False):
        return ""
    key = f"cli.metavar.{param.name}"
    return t(key) if t.has(key) else str(param.name).upper()


def _row(param: Any, t: Translator) -> tuple[str, str]:
    if isinstance(param, TyperArgument):
        return _usage_of(param, t).strip("[]"), t(param.help or "")
    names = ", ".join(sorted(param.opts, key=len)[::-1] if len(param.opts) > 1 else param.opts)
    shown = f"{names} {_metavar(param, t)}".strip()
    text = t("cli.help.help" if param.name == "help" else (param.help or ""))
    if param.required:
        return shown, f"{text}  [{t('cli.help.required')}]"
    default = param.default
    if isinstance(default, str | int) and not isinstance(default, bool) and default != "":
        return shown, f"{text}  [{t('cli.help.default', value=str(default))}]"
    return shown, text


def _subcommands(group: Any, ctx: Context) -> Iterator[tuple[str, Command]]:
    for name in group.list_commands(ctx):
        found = group.get_command(ctx, name)
        if found and not found.hidden:
            yield name, found


class LocalCommand(_Localised, TyperCommand):
    """A command whose help is translated."""


class LocalGroup(_Localised, TyperGroup):
    """A group whose help is translated."""

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """The command to run; an unknown one is refused with the nearest known."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            known = self.list_commands(ctx)
            near = difflib.get_close_matches(name, known, 1) or [", ".join(known)]
            raise UsageError("usage.no_such_command", name=name, near=near[0], command=ctx.command_path)
        return super().resolve_command(ctx, args)


@cache
def command_names() -> tuple[str, ...]:
    """The commands there are, in the order of the work."""
    found = {entry.name.replace("_", "-") for entry in pkgutil.iter_modules(commands.__path__)}
    return (*(name for name in ORDER if name in found), *sorted(found - set(ORDER)))


@cache
def load_command(name: str) -> Command:
    """The command ``name``, its file imported now."""
    module = importlib.import_module(f"{commands.__name__}.{name.replace('-', '_')}")
    command = typer.main.get_command(module.app)
    command.name = name
    return command


class LazyGroup(LocalGroup):
    """The root: knows the names of all commands, imports only the one that runs."""

    def list_commands(self, ctx: Context) -> list[str]:
        """Names, in the order of the work."""
        del ctx
        return list(command_names())

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """The command of this name, None when there is none."""
        del ctx
        return load_command(cmd_name) if cmd_name in command_names() else None


def new_app(help_key: str = "") -> typer.Typer:
    """A ``Typer`` for a command or a group of commands whose help is ``help_key``."""
    return typer.Typer(
        cls=LocalGroup, help=help_key or None, rich_markup_mode=None, add_completion=False, no_args_is_help=True
    )
