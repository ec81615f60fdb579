"""Archives as networks hand them over: which of their files are conversations, and why the others are not read.

Nothing is unpacked to disk, and an archive in an archive is not opened. An account's download holds hundreds of files
that are tables or JSON and no comments: beside files that a format of networks is sure of, others need good reasons.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from types import ModuleType

from copilot.errors import OutsideError, UserError
from copilot.importers._signatures import recognise
from copilot.importers.threads._containers import MAX_NESTED, MAX_UNPACKED, grows, is_archive, is_sound
from copilot.importers.threads._direct import is_direct
from copilot.importers.threads._packed import (
    DEFLATED,
    MAX_DIRECTORY,
    STORED,
    Packed,
    Pages,
    directory_bytes,
    found_members,
    members_of,
    opened_archive,
)
from copilot.importers.threads._recognising import GENERAL, MAX_BYTES, MAX_PIPED_BYTES, ZIP, recognised
from copilot.importers.threads._refusals import NoMessage
from copilot.importers.threads._source import Source
from copilot.importers.threads._texts import label

#: The largest archive opened, in bytes: mostly photos and films, which are not.
MAX_ARCHIVE = 20_000_000_000
#: Files that an archive may hold, those looked into, conversations read of it.
MAX_FILES, MAX_LOOKED, MAX_FOUND = 200_000, 20_000, 2000
#: How an archive of nothing begins.
NOTHING = b"PK\x05\x06"
#: Texts in an archive that somebody may have made for one table.
MAX_SMALL = 40
#: Files left aside that are told one by one.
MAX_LEFT = 200

#: Files that are never texts, by how they are called: there may be a hundred thousand.
_MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|webp|heic|bmp|tiff?|svg|ico|srt|vtt|mp4|mov|m4v|avi|mkv|webm|3gp|mp3|m4a|aac|ogg|opus|wav|"
    r"woff2?|ttf|css|js|pdf)$",
    re.I,
)
#: What systems leave in archives.
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.(?:DS_Store|git|svn)(?:/|$)|Thumbs\.db$|desktop\.ini$)", re.I)
_TABLE = re.compile(r"\.(?:csv|tsv|xlsx|xlsm)$", re.I)
_PAGE = re.compile(r"\.html?$", re.I)
#: How files of comments are called, in the languages downloads keep for names of files: theirs, and ours.
_CALLED = re.compile(
    r"comment|commentaire|avis|review|message|repl(?:y|ies)|r[ée]ponse|mention|conversation|chat", re.I
)
#: ``message_1.json``, ``comments(2).csv``: a number that says which piece of a list a file is.
_NUMBERED = re.compile(r"(?P<base>.*\D)?[ _-]?\(?(?P<number>\d{1,3})\)?")
#: Folders that tell the network of what is in them.
_FOLDERS = {"your_instagram_activity/": "instagram", "your_facebook_activity/": "facebook_page"}
#: Parts beside the text of which one makes a table one of messages.
_TELLING = frozenset(("author", "handle", "parent", "rating", "likes", "reply"))


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation of an archive. ``name`` is what to call it, ``paths`` what the archive calls its files.

    ``network`` and ``origin`` are set where only the folders tell them, ``is_direct`` for what was never public.
    """

    name: str
    content: Packed | Pages
    paths: tuple[str, ...]
    network: str = ""
    origin: str = ""
    is_direct: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A file of an archive that is not read. ``why`` ends a key ``thread.left.*``."""

    name: str
    why: str


@dataclass(slots=True)
class Archive:
    """What an archive holds: at least one conversation. ``counts`` tells all that is left, by reason.

    ``is_cut``: the archive ends too early.
    """

    found: tuple[Found, ...]
    left: list[Left] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    is_cut: bool = False

    def leave(self, name: str, why: str) -> None:
        """Tell of a file that is not read."""
        self.counts[why] += 1
        if why != "media" and len(self.left) < MAX_LEFT:
            self.left.append(Left(shown(name), why))

    def leave_no_more(self, *reasons: str) -> None:
        """Take back that files are not read for ``reasons``."""
        self.left = [one for one in self.left if one.why not in reasons]
        for why in reasons:
            del self.counts[why]


def archive_of(
    content: Path | bytes | Packed | Pages,
    name: str,
    watch: Callable[[int], None] = lambda _done: None,
    *,
    small: bool = False,
) -> Archive | None:
    """The conversations of an archive; None for what is no archive, or cannot be opened at all.

    ``watch`` is called often: what it raises stops the search. ``small``: one of many files is not searched, and
    answered as if nothing were in it.

    Raises:
        UserError: ``thread.too_large``, ``thread.zip_bomb``, ``thread.archive_encrypted``, ``thread.archive_pages``,
            ``thread.archive_nothing``, ``thread.truncated`` for one that is cut before its first conversation.
        OutsideError: ``thread.disk``.
    """
    if not isinstance(content, Path | bytes):
        return None
    try:
        if not _is_zip(content, name):
            return None
        with opened_archive(content) as stream:
            if directory_bytes(stream) > MAX_DIRECTORY:
                raise UserError("thread.zip_bomb", name=name)
        listed = members_of(content)
        if listed is not None and not listed:
            raise NoMessage("archive_empty", "thread.empty", name=name)
        members = tuple(_salvaged(content, name, watch)) if listed is None else listed
        if not members or not is_archive([one.name for one in members], is_cut=listed is None):
            return None
        _check(members, name)
        if small and sum(not _is_beside(one) for one in members) > MAX_SMALL:
            return Archive(())
        return _searched(members, name, watch, is_cut=listed is None)
    except OSError as error:
        raise OutsideError("thread.disk", name=name, why=error.strerror or str(error)) from error


def _is_zip(content: Path | bytes, name: str) -> bool:
    if isinstance(content, bytes):
        return content.startswith((ZIP, NOTHING)) and len(content) <= MAX_PIPED_BYTES
    try:
        if not content.is_file():
            return False
        with content.open("rb") as stream:
            if stream.read(len(ZIP)) not in (ZIP, NOTHING):
                return False
        size = content.stat().st_size
    except (OSError, ValueError):
        # Whoever opens the file as a conversation says what is wrong with it.
        return False
    if size > MAX_ARCHIVE:
        raise UserError("thread.too_large", name=name, size_mb=round(size / 1e6, 1), max_mb=MAX_ARCHIVE // 1_000_000)
    return True


def _salvaged(content: Path | bytes, name: str, watch: Callable[[int], None]) -> Iterator[Packed]:
    """The files of an archive that is cut, as long as they grow within measure."""
    total = 0
    for count, one in enumerate(found_members(content, most=MAX_UNPACKED, watch=watch)):
        if one.method not in (STORED, DEFLATED) or not one.name.isprintable():
            return  # what only begins like a file is none
        total += one.size
        if total > MAX_UNPACKED or count >= MAX_FILES:
            raise UserError("thread.zip_bomb", name=name)
        yield one


def _check(members: Sequence[Packed], name: str) -> None:
    """Refuse an archive that grows out of all measure; what is never unpacked may be as long as it likes."""
    read = [one for one in members if not _is_beside(one)]
    nested = [one for one in read if _is_nested(one) and one.size <= MAX_NESTED and one.method in (STORED, DEFLATED)]
    if (
        len(members) > MAX_FILES
        or sum(one.size for one in read if not _is_nested(one)) > MAX_UNPACKED
        or any(grows(one.size, one.packed_size) for one in read)
        or not all(is_sound(io.BytesIO(_whole(one)), 1) for one in nested[:50])
    ):
        raise UserError("thread.zip_bomb", name=name)


def _whole(member: Packed) -> bytes:
    with member.open() as stream:
        return stream.read()


def _is_beside(member: Packed) -> bool:
    return bool(_MEDIA.search(member.name) or _LITTER.search(member.name))


def _is_nested(member: Packed) -> bool:
    return member.name.lower().endswith((".zip", ".xlsx", ".jar"))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file that a format reads. ``rank``: 0 made by a network, 1 surely messages, 2 perhaps."""

    member: Packed
    format: str
    rank: int
    is_page: bool = False
    is_own: bool = False
    is_called: bool = False
    is_direct: bool = False


def _searched(members: Sequence[Packed], name: str, watch: Callable[[int], None], *, is_cut: bool) -> Archive:
    archive = Archive((), is_cut=is_cut)
    seen: list[_Seen] = []
    looked = 0
    pages = 0
    for member in members:
        if _LITTER.search(member.name):
            continue
        watch(0)
        if _MEDIA.search(member.name):
            archive.leave(member.name, "media")
            continue
        looked += 1
        told = _seen(member) if looked <= MAX_LOOKED else "too_many"
        pages += bool(_PAGE.search(member.name) and _CALLED.search(member.name))
        if isinstance(told, str):
            archive.leave(member.name, told)
        else:
            seen.append(told)
    chosen = _chosen(seen)
    for one in seen:
        if one not in chosen:
            archive.leave(one.member.name, _why_left(one, is_download=any(other.is_own for other in seen)))
    archive.found = tuple(_named(_joined(chosen))) or _alone(members, archive)
    for dropped in archive.found[MAX_FOUND:]:
        archive.leave(dropped.paths[0], "too_many")
    archive.found = archive.found[:MAX_FOUND]
    if not archive.found:
        raise _nothing(archive, name, pages)
    return archive


def _alone(members: Sequence[Packed], archive: Archive) -> tuple[Found, ...]:
    """The only table of an archive of one text, whatever it looks like: who packs one file means that file."""
    texts = [one for one in members if not _is_beside(one)]
    if (
        len(texts) != 1
        or not _TABLE.search(texts[0].name)
        or not archive.counts["not_comments"] + archive.counts["needs_mapping"]
    ):
        return ()
    archive.leave_no_more("not_comments", "needs_mapping")
    name = label(PurePosixPath(texts[0].name).name)[:200]
    return (Found(name, texts[0], (shown(texts[0].name),)),)


def _why_left(one: _Seen, *, is_download: bool) -> str:
    """Why a file that could be messages is not read."""
    if one.rank == 1:
        return "aside"
    return "needs_mapping" if one.is_called and not is_download else "not_comments"


def _nothing(archive: Archive, name: str, pages: int) -> UserError:
    """Why an archive holds no conversation that can be read."""
    if archive.counts["encrypted"]:
        return UserError("thread.archive_encrypted", name=name)
    if archive.is_cut:
        return UserError("thread.truncated", name=name)
    if pages:
        return UserError("thread.archive_pages", name=name)
    if archive.counts["archive"] and not archive.counts.total() - archive.counts["archive"] - archive.counts["media"]:
        return UserError("thread.archive_nested", name=name)
    return UserError("thread.archive_nothing", name=name, count=archive.counts.total())


def _seen(member: Packed) -> _Seen | str:
    """What a file is, or why it is not read."""
    if member.is_encrypted:
        return "encrypted"
    if member.method not in (STORED, DEFLATED):
        return "unsupported"
    if not member.size:
        return "empty"
    if member.size > MAX_BYTES:
        return "too_large"
    with member.open() as stream:
        start = stream.read(512)
    if not start:
        return "damaged"
    if start.startswith(ZIP):
        if not member.name.lower().endswith((".xlsx", ".xlsm")):
            return "archive"
        if member.size > MAX_NESTED:
            return "too_large"
    elif recognise(start) is not None:
        return "archive" if recognise(start) == "archive" else "media"
    try:
        source, module = recognised(member, PurePosixPath(member.name).name)
        return _ranked(member, source, module)
    except UserError as error:
        return _REASONS.get(error.kind, "not_comments")


#: Why a file could not be opened, by what opening it said.
_REASONS = {"thread.malformed": "damaged", "thread.empty": "empty", "thread.archive": "archive"}


def _ranked(member: Packed, source: Source, module: ModuleType) -> _Seen | str:
    """How sure it is that a file holds messages."""
    form = str(module.NAME)
    if form not in GENERAL:
        within = getattr(module, "is_comments", None)
        if within is not None and not within(source.head):
            return "not_comments"
        is_own = bool(getattr(module, "OWN_ONLY", False))
        return _Seen(member, form, 0, is_page=is_own, is_own=is_own)
    if form == "jsonl" and is_direct(source.head):
        return _Seen(member, form, 0, is_page=True, is_direct=True)
    if form == "pasted":
        # A note that comes with the files has no times or buttons of a network.
        return _Seen(member, form, 1) if module.sniff(source.head) > 0.5 else "not_comments"
    mapping = module.mapping(source)
    if mapping is None:
        return "not_comments"
    is_called = _CALLED.search(PurePosixPath(member.name).name) is not None
    if mapping.is_guess and "text" not in mapping.parts and not is_called:
        return "not_comments"
    if mapping.is_guess:
        return _Seen(member, form, 2, is_called=is_called) if form != "jsonl" or is_called else "not_comments"
    if "text" in mapping.parts and (mapping.parts.keys() & _TELLING or (is_called and len(mapping.parts) > 1)):
        return _Seen(member, form, 1)
    return "not_comments"


def _chosen(seen: Sequence[_Seen]) -> list[_Seen]:
    """The conversations: of an account's download, what its network wrote as such; else all that surely are.

    A table that names nothing is one only when it is alone, or its columns could not be asked for.
    """
    is_download = any(one.is_own for one in seen)
    chosen = [one for one in seen if one.rank == 0 or (one.rank == 1 and not is_download)]
    doubtful = [one for one in seen if one.rank == 2]
    return chosen or (doubtful if len(doubtful) == 1 else [])


def _joined(chosen: Sequence[_Seen]) -> Iterator[Found]:
    """Each file a conversation, but for lists that the network cut into numbered files."""
    lists: dict[tuple[str, ...], list[tuple[int, _Seen]]] = {}
    for place, one in enumerate(chosen):
        path = PurePosixPath(one.member.name)
        found = _NUMBERED.fullmatch(path.stem) if one.is_page else None
        number = int(found["number"]) if found else 0
        base = (found["base"] or "").rstrip(" _-(") if found else path.stem
        key = (str(path.parent), base, one.format, path.suffix) if one.is_page else (str(place),)
        lists.setdefault(key, []).append((number, one))
    for pages in lists.values():
        # The first file of a list of direct messages holds the last.
        pages.sort(key=lambda page: page[0], reverse=pages[0][1].is_direct)
        members = tuple(one.member for _number, one in pages)
        content = members[0] if len(members) == 1 else Pages(members)
        network = next((name for folder, name in _FOLDERS.items() if folder in members[0].name), "")
        is_direct = pages[0][1].is_direct
        paths = tuple(shown(one.name) for one in members)
        if is_direct:
            # The folder is what Meta calls the conversation, in every download.
            origin = PurePosixPath(members[0].name).parent.name
            yield Found(members[0].name, content, paths, network, label(origin)[:200], is_direct=True)
        else:
            yield Found(members[0].name, content, paths)


def _named(found: Iterator[Found]) -> Iterator[Found]:
    """Each conversation under the name of its file, and of its folder where two files have one name."""
    all_found = list(found)
    called = Counter(PurePosixPath(one.name).name for one in all_found)
    for one in all_found:
        path = PurePosixPath(one.name)
        name = path.name if called[path.name] == 1 else f"{path.parent.name} · {path.name}".lstrip(" ·")
        yield replace(one, name=label(name)[:200])


def shown(path: str) -> str:
    """What the archive calls a file, on one line and in measure."""
    told = label(path)
    return told if len(told) <= 120 else f"…{told[-119:]}"
