"""``replique thread``: conversations, imported and shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.deadlines import Clock, clock_of
from copilot.cli.files import read_bytes
from copilot.cli.present import indented, thread_json
from copilot.cli.session import ByName, JsonFlag, Session, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.cli.visible import visible
from copilot.errors import UsageError, UserError

if TYPE_CHECKING:
    from pathlib import Path

    from copilot.app import Copilot
    from copilot.domain.conversation import Message, Thread
    from copilot.domain.imports import TableMapping
    from copilot.i18n import Translator
    from copilot.services.conversations import ThreadImported

app = new_app("cli.thread")

#: The largest thread read from the standard input, in bytes.
MOST_BYTES = 50_000_000
#: What ``--map`` calls the line that names the columns, 0 for none: no part of a message has this name.
HEADER = "header"
#: What a refused file is called in JSON: shorter than the kinds of the whole product, and stable.
REFUSALS = {
    **{
        f"thread.{kind}": kind
        for kind in (
            *("empty", "not_a_thread", "needs_mapping", "truncated", "malformed"),
            *("unsupported", "too_deep", "zip_bomb", "entity_expansion"),
        )
    },
    **{f"thread.{kind}": "unsupported" for kind in ("binary", "archive", "is_folder", "not_a_file")},
    **{f"thread.archive_{kind}": "unsupported" for kind in ("encrypted", "pages", "nested", "nothing")},
}


class Refused(UserError):
    """A file that is no thread, under the short name of why."""

    def __init__(self, why: UserError) -> None:
        super().__init__(REFUSALS[why.kind], **why.params)
        self._key = why.key

    @property
    def key(self) -> str:
        """Key of the sentence, that of the error refused."""
        return self._key


@app.command("import", cls=LocalCommand, help="cli.thread.import")
def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(help="cli.thread.file", show_default=False)],
    network: Annotated[str, typer.Option("--network", help="cli.option.network", show_default=False)] = "",
    brand: Annotated[str, typer.Option("--brand", help="cli.option.brand", show_default=False)] = "",
    into: Annotated[int, typer.Option("--into", metavar="ID", help="cli.thread.into", show_default=False)] = 0,
    columns: Annotated[list[str] | None, typer.Option("--map", metavar="PART=COLUMN", help="cli.thread.map")] = None,
    copied_at: Annotated[
        str, typer.Option("--copied-at", metavar="TIME", help="cli.thread.copied_at", show_default=False)
    ] = "",
    as_json: JsonFlag = False,
) -> None:
    """Import a thread from a file or the standard input."""
    session = session_of(ctx)
    asked = _Import(file, network, brand, into or None, _asked_columns(columns or ()), _copied(copied_at, file))
    done, count = _imported(session, asked)
    counts = {done.thread.id: count}

    def human() -> None:
        for one in (done, *done.others):
            session.say(
                _said(one),
                id=one.thread.id,
                count=counts.get(one.thread.id, one.shape.messages),
                title=one.thread.title,
            )
            if one.updated is not None and not one.already:
                session.say("cli.thread.updates", **asdict(one.updated))
            if one.files:
                session.note("cli.thread.read_from", files=", ".join(one.files))
            for warning in one.warnings:
                session.note("cli.warning", what=session.t.wording(warning))

    answer = _answer(done, session)
    if done.others:
        answer["others"] = [_answer(one, session) for one in done.others]
    if done.archive is not None:
        answer["truncated"] = done.truncated or done.archive.truncated
        answer["archive"] = {
            "read": [{"id": one.thread.id, "files": list(one.files)} for one in (done, *done.others)],
            "left": [asdict(one) for one in done.archive.left],
            "left_count": done.archive.left_count,
            "truncated": done.archive.truncated,
        }
    session.answer(answer, as_json=as_json, human=human)


def _answer(done: ThreadImported, session: Session) -> dict[str, object]:
    """What the import of one thread answers as JSON."""
    return {
        "id": done.thread.id,
        "format": done.format,
        "title": done.thread.title,
        "network": done.thread.network,
        "brand": done.thread.brand_id or None,
        "lang": done.thread.language,
        **asdict(done.shape),
        "truncated": done.truncated,
        "already": done.already,
        "updated": asdict(done.updated) if done.updated is not None else None,
        "warnings": [session.t.wording(warning) for warning in done.warnings],
    }


@dataclass(frozen=True, slots=True)
class _Import:
    """What to import, as the options of the command say it."""

    file: str
    network: str
    brand: str
    into: int | None
    columns: Mapping[str, str]
    copied_at: datetime | None


def _copied(told: str, file: str) -> datetime | None:
    """When a paste was copied, in the zone of this computer where none is said; None when nobody knows.

    Raises:
        UsageError: ``usage.copied_at``.
    """
    if told == "now" or (not told and file == "-"):
        return datetime.now().astimezone()
    try:
        at = datetime.fromisoformat(told) if told else None
        return at if at is None or at.tzinfo else at.astimezone()
    except (ValueError, OverflowError) as error:
        raise UsageError("usage.copied_at", given=told[:40]) from error


def _imported(session: Session, asked: _Import) -> tuple[ThreadImported, int]:
    """What the import answers, and how many messages the thread now holds.

    Raises:
        Refused: the file is no thread.
    """
    from pathlib import Path

    with session.progress("cli.thread.reading", 100) as step:
        shown = 0

        def progress(done: int, total: int) -> None:
            nonlocal shown
            while shown < 100 * done // max(1, total):
                shown += 1
                step()

        async def taken_in(copilot: Copilot) -> tuple[ThreadImported, int]:
            file = asked.file
            content = read_bytes(file, MOST_BYTES) if file == "-" else Path(file)
            mapping = await _mapped(copilot, content, "" if file == "-" else Path(file).name, asked.columns)
            if isinstance(content, bytes):
                return await copilot.inbox.take_in(
                    content, "", network=asked.network, brand=asked.brand, into=asked.into, mapping=mapping,
                    copied_at=asked.copied_at, progress=progress,
                )  # fmt: skip
            return await copilot.inbox.take_in_file(
                content, network=asked.network, brand=asked.brand, into=asked.into, mapping=mapping,
                copied_at=asked.copied_at, progress=progress,
            )  # fmt: skip

        try:
            return session.do(taken_in)
        except UserError as error:
            if error.kind in REFUSALS:
                raise Refused(error) from error
            raise


def _asked_columns(told: Sequence[str]) -> dict[str, str]:
    """What ``--map`` says: the column of each part, and under :data:`HEADER` the line of the header.

    Raises:
        UsageError: ``usage.map``.
    """
    asked: dict[str, str] = {}
    for one in told:
        part, sign, column = one.partition("=")
        if not sign or not part:
            raise UsageError("usage.map", given=one)
        asked[part.strip()] = column.strip()
    return asked


async def _mapped(
    copilot: Copilot, content: Path | bytes, name: str, columns: Mapping[str, str]
) -> TableMapping | None:
    """The columns as asked, remembered for the next table like this one; None when nothing was asked.

    Raises:
        UserError: ``mapping.*``.
    """
    if not columns:
        return None
    return await copilot.mappings.remember(await _as_asked(copilot, content, name, columns))


async def _as_asked(copilot: Copilot, content: Path | bytes, name: str, columns: Mapping[str, str]) -> TableMapping:
    """The columns with what ``--map`` says over what they look like.

    Raises:
        UserError: ``mapping.*``.
    """
    from copilot.services.mappings import named_parts, with_parts

    parts = {part: column for part, column in columns.items() if part != HEADER}
    header = columns.get(HEADER)
    if header is not None and not (header.isdecimal() and len(header) < 7):
        raise UsageError("usage.map_header", given=header)
    found = await copilot.mappings.proposed(content, name, int(header) if header is not None else None)
    if found is None:
        raise UserError("mapping.no_table", name=name or "-")
    return with_parts(found, named_parts(found, parts))


@app.command("columns", cls=LocalCommand, help="cli.thread.columns")
def columns_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(help="cli.thread.file", show_default=False)],
    columns: Annotated[list[str] | None, typer.Option("--map", metavar="PART=COLUMN", help="cli.thread.map")] = None,
    forget: Annotated[bool, typer.Option("--forget", help="cli.thread.columns_forget")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Show how the columns of a table would be read; what is said of them here is kept for the tables that follow."""
    from pathlib import Path

    session = session_of(ctx)

    asked = _asked_columns(columns or ())

    async def proposed(copilot: Copilot) -> TableMapping | None:
        if asked:
            return await _mapped(copilot, Path(file), Path(file).name, asked)
        found = await copilot.mappings.proposed(Path(file), Path(file).name)
        if found is not None and forget and await copilot.mappings.forget(found):
            found = await copilot.mappings.proposed(Path(file), Path(file).name)
        return found

    try:
        found = session.do(proposed)
    except UserError as error:
        raise (Refused(error) if error.kind in REFUSALS else error) from error
    if found is None:
        raise UserError("mapping.no_table", name=Path(file).name)
    named = {place: part for part, place in found.parts.items()}
    guessed = set(found.guessed)
    if found.numbers is not None and found.numbers not in named and "parent" not in found.parts:
        named[found.numbers] = "parent"
        guessed.add("parent")
    shown = [
        {"column": name, "part": part, "guess": part in guessed}
        for place, name in enumerate(found.columns)
        for part in (named.get(place),)
    ]

    def human() -> None:
        for place, one in enumerate(shown, start=1):
            part = session.t(f"mapping.part.{one['part']}") if one["part"] else "–"
            part = session.t("cli.thread.guessed", part=part) if one["guess"] else part
            first = found.sample[0][place - 1] if found.sample and place <= len(found.sample[0]) else ""
            print(visible(f"{place:>3}  {part:<24}  {one['column'] or '–'}  {first[:60]}"))
        if found.top:
            # Objects name their parts themselves: no line does.
            session.say("cli.thread.header" if found.header else "cli.thread.no_header", line=found.header)

    session.answer(
        {
            "columns": shown,
            "header": found.header,
            "delimiter": found.delimiter or None,
            "sheet": found.sheet or None,
            "encoding": found.encoding or None,
            "guess": found.is_guess,
            "remembered": found.is_said,
            "sample": [list(row) for row in found.sample],
        },
        as_json=as_json,
        human=human,
    )


def _said(done: ThreadImported) -> str:
    if done.already:
        return "cli.thread.already"
    return "cli.thread.imported" if done.updated is None else "cli.thread.updated"


@app.command("remove", cls=LocalCommand, help="cli.thread.remove")
def remove(
    ctx: typer.Context,
    thread_id: Annotated[int, typer.Argument(metavar="ID", help="cli.thread.id", show_default=False)],
    by: ByName,
    as_json: JsonFlag = False,
) -> None:
    """Forget a thread and its messages."""
    session = session_of(ctx)
    gone = session.do(lambda copilot: copilot.storage.forget_thread(thread_id, by))
    session.answer(
        {"id": thread_id, "messages": gone.messages, "replies": gone.replies},
        as_json=as_json,
        human=lambda: session.say("cli.thread.removed", id=thread_id, count=gone.messages),
    )


@app.command("list", cls=LocalCommand, help="cli.thread.list")
def list_(ctx: typer.Context, as_json: JsonFlag = False) -> None:
    """List the threads."""
    session = session_of(ctx)
    threads = session.do(lambda copilot: copilot.conversations.list())

    def human() -> None:
        if not threads:
            session.say("cli.thread.none")
        for thread, count in threads:
            session.say("cli.thread.line", id=thread.id, title=thread.title, count=count, network=thread.network or "–")

    told = [
        {
            "id": thread.id,
            "title": thread.title,
            "format": thread.source,
            "network": thread.network,
            "lang": thread.language,
            "messages": count,
        }
        for thread, count in threads
    ]
    session.answer({"threads": told}, as_json=as_json, human=human)


@app.command("show", cls=LocalCommand, help="cli.thread.show")
def show(
    ctx: typer.Context,
    thread_id: Annotated[int, typer.Argument(metavar="ID", help="cli.thread.id", show_default=False)],
    as_json: JsonFlag = False,
) -> None:
    """Show a thread."""
    session = session_of(ctx)

    async def read(copilot: Copilot) -> tuple[Thread, Clock]:
        thread = await copilot.conversations.get(thread_id)
        return thread, await clock_of(copilot, thread.brand_id)

    thread, clock = session.do(read)

    def human() -> None:
        print(visible(thread.title))
        for message in thread.messages:
            when = message.created_rel or (message.created_at.strftime("%Y-%m-%d %H:%M") if message.created_at else "")
            who = message.author.name or message.author.handle or session.t("cli.thread.nobody")
            indent = "    " if message.parent_id else ""
            told = [str(message.id), who, when, *_marks(message, session.t)]
            print(visible(indent + " · ".join(one for one in told if one)))
            indented(session.console, "\n".join(indent + line for line in message.text.split("\n")))

    session.answer(thread_json(thread, session.t, clock), as_json=as_json, human=human)


def _marks(message: Message, t: Translator) -> Iterator[str]:
    """What sets a message apart: whose it is, and what became of it on the network."""
    marks = {
        "owner": message.author.is_owner,
        "deleted": message.deleted,
        "hidden": message.hidden,
        "edited": message.edited_at is not None or message.changed_at is not None,
        "answered": message.answered,
    }
    return (t(f"cli.thread.mark.{name}") for name, is_so in marks.items() if is_so)
