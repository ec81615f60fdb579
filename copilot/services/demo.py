"""The whole job on the demo brand: brief to posts, thread to replies, approved, exported, proved."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from copilot.domain.brand import Brand
from copilot.domain.item import Item
from copilot.domain.review import Action
from copilot.errors import OutsideError
from copilot.importers.briefs import load_brief_file
from copilot.paths import assets_dir
from copilot.services.conversations import Answered, ReplyRequest
from copilot.services.inspection import Inspected
from copilot.services.posts import ComposeRequest, read_brief_text

if TYPE_CHECKING:
    from copilot.app import Copilot

NETWORKS = ("x", "linkedin", "instagram", "facebook_page", "bluesky", "mastodon")
#: Formats written by the demo: those that need no planned time.
FORMATS = {"markdown": "relecture.md", "csv": "posts-et-reponses.csv", "json": "posts-et-reponses.json"}


@dataclass(frozen=True, slots=True)
class DemoBrief:
    """A demo brief and the posts proposed from it."""

    name: str
    facts: int
    posts: tuple[Inspected, ...]


@dataclass(frozen=True, slots=True)
class DemoThread:
    """A demo thread and what was proposed for each message."""

    name: str
    messages: int
    answers: tuple[Answered, ...]

    @property
    def drafts(self) -> tuple[Inspected, ...]:
        """The replies proposed."""
        return tuple(one.inspected for one in self.answers if one.inspected)

    @property
    def silent(self) -> int:
        """Messages better left unanswered."""
        return sum(1 for one in self.answers if one.proposal and one.proposal.do_not_answer)

    @property
    def to_read(self) -> int:
        """Messages no rule understands: a person reads them first."""
        return len(self.answers) - len(self.drafts) - self.silent - self.human

    @property
    def human(self) -> int:
        """Messages for a person at once."""
        return sum(1 for one in self.answers if one.proposal and one.proposal.human_now)


@dataclass(frozen=True, slots=True)
class DemoReport:
    """Everything the demo did."""

    brand: Brand
    briefs: tuple[DemoBrief, ...]
    threads: tuple[DemoThread, ...]
    approved: tuple[Item, ...]
    waiting: tuple[Inspected, ...]
    files: tuple[Path, ...]
    audit_entries: int
    audit_holds: bool
    folder: Path = field(default_factory=Path)


def demo_folder(asked: str | None) -> Path:
    """The folder to write to: the one asked for, else a new ``replique-demo`` here.

    Raises:
        OutsideError: ``demo.cannot_write``.
    """
    folder = Path(asked) if asked else Path("replique-demo")
    number = 2
    while folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        folder = folder.with_name(f"{folder.name.rstrip('0123456789').rstrip('-')}-{number}")
        number += 1
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutsideError("demo.cannot_write", path=str(folder), why=error.strerror or str(error)) from error
    return folder.absolute()


async def run_demo(copilot: Copilot, folder: Path, by: str) -> DemoReport:
    """Do the whole job in ``copilot``'s profile and write the files into ``folder``.

    ``by`` approves what no check blocks, as a person would after reading; the rest is left waiting.
    """
    source = assets_dir() / "demo"
    imported = await copilot.brands.import_toml((source / "brand.toml").read_text(encoding="utf-8"), by=by)
    briefs = [await _brief(copilot, path, imported.brand) for path in _files(source / "briefs")]
    threads = [await _thread(copilot, path, imported.brand) for path in _files(source / "threads")]
    proposed = [post for brief in briefs for post in brief.posts] + [one for thread in threads for one in thread.drafts]
    sound = [one for one in proposed if not one.blocking]
    approved = []
    for one in sound:
        done = await copilot.review.decide(one.item.id, Action.APPROVE, by=by, seen_hash=one.item.package.sha256)
        approved.append(done.item)
    files: list[Path] = []
    for format_name, name in FORMATS.items():
        report = await copilot.exports.export([item.id for item in approved], format_name, folder / name, by=by)
        files += report.files
    proof = await copilot.custody.verify_audit()
    return DemoReport(
        imported.brand,
        tuple(briefs),
        tuple(threads),
        tuple(approved),
        tuple(one for one in proposed if one.blocking),
        tuple(files),
        proof.entries,
        proof.holds,
        folder,
    )


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())


async def _brief(copilot: Copilot, path: Path, brand: Brand) -> DemoBrief:
    text, _format = load_brief_file(path)
    request = ComposeRequest(text=text, name=path.name, networks=NETWORKS, variants=1, brand=brand)
    posts = [one.inspected async for one in copilot.posts.compose(request) if one.inspected]
    return DemoBrief(path.name, len(read_brief_text(text).facts), tuple(posts))


async def _thread(copilot: Copilot, path: Path, brand: Brand) -> DemoThread:
    imported = await copilot.conversations.import_thread(path.read_bytes(), path.name, network="facebook_page")
    request = ReplyRequest(thread_id=imported.thread.id, brand=brand)
    answers = [one async for one in copilot.conversations.reply(request)]
    return DemoThread(path.name, len(imported.thread.messages), tuple(answers))
