"""Entry point of the command line: options of the whole, errors as sentences, exit codes.

Exit codes: 0 done, 1 refused with a reason, 2 usage, 3 outside world, 70 a fault of ours, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from copilot import __version__, logs
from copilot.cli.session import Session, error_json, print_json
from copilot.cli.tree import LazyGroup
from copilot.cli.visible import visible
from copilot.errors import OutsideError, RepliqueError, UsageError, UserError
from copilot.i18n import LANGUAGES, Translator, choose_language
from copilot.paths import profile_at

#: The exit code of a command that was interrupted, as shells have it: 128 and the number of the signal.
INTERRUPTED = 130

app = typer.Typer(
    cls=LazyGroup, help="cli.root", rich_markup_mode=None, add_completion=False, invoke_without_command=True
)


@app.callback()
def root(
    ctx: typer.Context,
    profile: Annotated[str, typer.Option("--profile", help="cli.option.profile", show_default=False)] = "",
    ui_lang: Annotated[str, typer.Option("--ui-lang", help="cli.option.ui_lang", show_default=False)] = "",
    version: Annotated[bool, typer.Option("--version", help="cli.option.version")] = False,
) -> None:
    """Options that come before the command."""
    if ui_lang and ui_lang not in LANGUAGES:
        raise UsageError("usage.ui_lang", name=ui_lang, known=", ".join(LANGUAGES))
    ctx.obj = Session(profile or None, _language(ui_lang, profile))
    if version:
        print(f"replique {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        print(ctx.get_help())


def _language(asked: str, profile: str) -> str:
    """The language of the interface; broken settings are the command's to tell, not ours."""
    from copilot import settings

    try:
        setting = settings.load(profile_at(profile or None).settings).language
    except RepliqueError:
        setting = None
    return choose_language(asked or None, setting)


def _asked(argv: Sequence[str], option: str) -> str:
    """The value of a root option, read before the parser runs (it may be what fails)."""
    for index, word in enumerate(argv):
        if word == option and index + 1 < len(argv):
            return argv[index + 1]
        if word.startswith(option + "="):
            return word.partition("=")[2]
    return ""


def run(argv: Sequence[str]) -> int:
    """Run the command line on ``argv`` (without the program name); returns the exit code."""
    # Without a log of its own, a library's last resort would print a traceback with what people wrote.
    logging.getLogger("replique").addHandler(logging.NullHandler())
    language = _language(_asked(argv, "--ui-lang"), _asked(argv, "--profile"))
    t = Translator(language)
    command = typer.main.get_command(app)
    try:
        asked = _asked(argv, "--profile")
        code = command.main(
            list(argv), prog_name="replique", standalone_mode=False, obj=Session(asked or None, language)
        )
    except RepliqueError as error:
        return _refused(error, argv, t)
    except (typer.Abort, KeyboardInterrupt):
        return _interrupted(argv, t)
    except BrokenPipeError:
        # The reader of our output left: nothing more to say, and nothing to complain about.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if usage := _usage_error(error, t):
            return _refused(usage, argv, t)
        if isinstance(error, OSError):
            return _refused(OutsideError("cli.outside", why=error.strerror or type(error).__name__), argv, t)
        target = logs.start(profile_at(_asked(argv, "--profile") or None).logs)
        logging.getLogger("replique").exception("unexpected")
        logs.stop(target)
        return _refused(UserError("cli.unexpected", what=type(error).__name__), argv, t, 70)
    # The parser makes this number of Ctrl-C during a command, without a word.
    if code == INTERRUPTED:
        return _interrupted(argv, t)
    return code if isinstance(code, int) else 0


def _interrupted(argv: Sequence[str], t: Translator) -> int:
    return _refused(UserError("cli.interrupted"), argv, t, INTERRUPTED)


def _usage_error(error: Exception, t: Translator) -> UsageError | None:
    """What the parser refused, in our words."""
    kind = type(error).__name__
    if not hasattr(error, "ctx") or not hasattr(error, "format_message"):
        return None
    param = getattr(error, "param", None)
    name = str(getattr(error, "param_hint", None) or (param.opts[0] if param and param.opts else "")).strip("'\"")
    if param is not None and not name.startswith("-") and t.has(f"cli.metavar.{name}"):
        name = t(f"cli.metavar.{name}")
    where = error.ctx.command_path if error.ctx else "replique"
    if kind == "NoSuchOption":
        return UsageError("usage.no_such_option", name=getattr(error, "option_name", ""), command=where)
    if kind == "MissingParameter":
        return UsageError("usage.missing", name=name, command=where)
    if kind == "BadParameter":
        return UsageError("usage.bad_value", name=name, command=where)
    if kind == "BadOptionUsage":
        return UsageError("usage.needs_value", name=getattr(error, "option_name", ""), command=where)
    if kind == "NoArgsIsHelpError":
        return UsageError("usage.which", help=str(error), command=where)
    return UsageError("usage.wrong", command=where)


def _refused(error: RepliqueError, argv: Sequence[str], t: Translator, code: int | None = None) -> int:
    with contextlib.suppress(OSError):
        if "--json" in argv or "--jsonl" in argv:
            print_json(error_json(error, t))
        else:
            print(visible(t.error(error)), file=sys.stderr)
    return error.exit_code if code is None else code


def prepare_streams() -> None:
    """UTF-8 everywhere, whatever the console's code page; what it cannot show is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
