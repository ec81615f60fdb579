"""What a command works with: the profile, the language, the way to answer."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Annotated, BinaryIO, TypeVar

import typer

from copilot.cli.visible import visible
from copilot.errors import RepliqueError, UsageError, UserError
from copilot.i18n import Translator

if TYPE_CHECKING:
    from rich.console import Console

    from copilot.app import Copilot
    from copilot.cli.jsonl import Answer

Result = TypeVar("Result")

#: Objects made between two looks for garbage: commands make next to none, and the usual 700 cost a tenth or more.
GARBAGE_AFTER = 50_000

JsonFlag = Annotated[bool, typer.Option("--json", help="cli.option.json")]
JsonlFlag = Annotated[bool, typer.Option("--jsonl", help="cli.option.jsonl")]
ByName = Annotated[str, typer.Option("--by", help="cli.option.by")]


def look_seldom_for_garbage() -> None:
    """What a command makes is garbage at its end only."""
    gc.set_threshold(GARBAGE_AFTER, 20, 20)


class Session:
    """One run of the command line."""

    def __init__(self, profile: str | None, language: str) -> None:
        self.profile = profile
        self.t = Translator(language)

    def open(self) -> Copilot:
        """The core on this run's profile."""
        from copilot.app import open_copilot

        return open_copilot(self.profile)

    def do(self, work: Callable[[Copilot], Awaitable[Result]]) -> Result:
        """Run ``work`` on the open core and close it afterwards, whatever happens."""
        done: list[Result] = []
        look_seldom_for_garbage()

        async def whole() -> None:
            copilot = self.open()
            try:
                # Kept out of the task: asyncio writes its result out in full when it puts Ctrl-C back.
                done.append(await work(copilot))
            finally:
                await copilot.aclose()

        asyncio.run(whole())
        return done[0]

    def answer(self, told: Mapping[str, object], *, as_json: bool, human: Callable[[], None]) -> None:
        """Print one JSON object, or what ``human`` prints."""
        if as_json:
            print_json(told)
        else:
            human()

    def serve(self, answer: Answer) -> None:
        """Answer each line of the standard input with one line, without opening the profile."""
        from copilot.cli.jsonl import serve

        asyncio.run(serve(self, answer))

    @property
    def console(self) -> Console:
        """For people: tables and colours on a terminal, plain text when piped. Brackets in what people wrote stay."""
        from rich.console import Console

        # Piped, tables keep their columns whole instead of being cut at 80.
        width = None if sys.stdout.isatty() else 240
        return Console(highlight=False, markup=False, emoji=False, width=width)

    def progress(self, key: str, total: int | None = None) -> AbstractContextManager[Callable[[], None]]:
        """A progress bar on the error output of a terminal; nothing when piped. Call it at each step."""
        if not sys.stderr.isatty():
            return nullcontext(lambda: None)
        return _Progress(self.t(key), total)

    def say(self, key: str, **params: object) -> None:
        """A sentence for people, on the standard output."""
        print(visible(self.t(key, **params)))

    def note(self, key: str, **params: object) -> None:
        """A remark beside the answer, on the error output."""
        print(visible(self.t(key, **params)), file=sys.stderr)


class _Progress(AbstractContextManager[Callable[[], None]]):
    def __init__(self, title: str, total: int | None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task(title, total=total)

    def __enter__(self) -> Callable[[], None]:
        self._bar.start()
        return lambda: self._bar.advance(self._task)

    def __exit__(self, *exc: object) -> None:
        self._bar.stop()


def session_of(ctx: typer.Context) -> Session:
    """The session of the running command."""
    session = ctx.find_root().obj
    assert isinstance(session, Session)
    return session


def print_json(told: Mapping[str, object]) -> None:
    """One JSON object on a line of its own; a lone surrogate is escaped, never a crash."""
    text = json.dumps(told, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(told)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def error_json(error: RepliqueError, t: Translator) -> dict[str, object]:
    """An error as the object every command answers with."""
    told: dict[str, object] = {"kind": error.kind, "message": t.error(error)}
    findings = getattr(error, "findings", None)
    if findings:
        from copilot.cli.present import finding_json

        told["findings"] = [finding_json(finding, t) for finding in findings]
    return {"error": told}


def argument_or_stdin(text: str | None, name: str, command: str) -> str:
    """``text``, or the standard input for ``-`` and for nothing when something is piped in.

    The last line end of the standard input is dropped: shells add it, people do not mean it.

    Raises:
        UsageError: ``usage.missing`` when there is neither.
    """
    if text is not None and text != "-":
        return text
    if text is None and sys.stdin is not None and sys.stdin.isatty():
        raise UsageError("usage.missing", name=name, command=command)
    return read_stdin().removesuffix("\n").removesuffix("\r")


def stdin_bytes() -> BinaryIO:
    """The standard input, empty when it is closed."""
    return io.BytesIO() if sys.stdin is None else sys.stdin.buffer


def read_stdin() -> str:
    """The whole standard input as text.

    Raises:
        UserError: ``stdin.not_utf8``.
    """
    return decode_stdin(stdin_bytes().read())


def decode_stdin(content: bytes) -> str:
    """Bytes of the standard input as text: UTF-8, its byte order mark dropped.

    Raises:
        UserError: ``stdin.not_utf8``.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("stdin.not_utf8") from error
