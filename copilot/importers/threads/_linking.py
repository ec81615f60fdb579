"""From what a file says of each message to messages: ids, parents, warnings."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from copilot.domain.conversation import Author, Message
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.importers.threads._dates import When

#: Messages one thread may hold; a file past it is split by the person, not cut by us.
MAX_MESSAGES = 200_000

#: Warnings told one by one for each kind; the rest is told as a count.
MAX_TOLD = 20


@dataclass(slots=True)
class Draft:
    """One message as the file told it.

    ``parent`` is an id, a handle or a name, as written there; ``above`` is the place of the parent in the
    list, when that is what is known.
    """

    author: Author
    text: str
    when: When = field(default_factory=When)
    id: str = ""
    parent: str = ""
    rating: float | None = None
    line: int = 0
    above: int | None = None
    edited_at: datetime | None = None
    likes: int | None = None
    link: str = ""
    deleted: bool = False
    hidden: bool = False


class Warnings:
    """Collects what was dropped or guessed, without drowning the person."""

    def __init__(self) -> None:
        self._told: list[Wording] = []
        self._counts: dict[str, int] = defaultdict(int)

    def add(self, kind: str, **params: object) -> None:
        """Warn of ``thread.warn.<kind>``."""
        self._counts[kind] += 1
        if self._counts[kind] <= MAX_TOLD:
            self._told.append(Wording(f"thread.warn.{kind}", params))

    def result(self) -> tuple[Wording, ...]:
        """What to tell, the most repeated kinds cut short and counted."""
        rest = sum(max(0, count - MAX_TOLD) for count in self._counts.values())
        return (*self._told, *((Wording("thread.warn.more", {"count": rest}),) if rest else ()))


def link(drafts: Sequence[Draft], warnings: Warnings) -> tuple[Message, ...]:
    """Messages in the order of the file, with unique ids and parents that exist.

    Raises:
        UserError: ``thread.not_a_thread`` without any message, ``thread.too_many``.
    """
    if not drafts:
        raise UserError("thread.not_a_thread")
    if len(drafts) > MAX_MESSAGES:
        raise UserError("thread.too_many", max=MAX_MESSAGES)
    ids = _unique_ids(drafts, warnings)
    parents = _break_cycles(_parents(drafts, ids, warnings), warnings)
    return tuple(
        Message(
            id=0,
            thread_id=0,
            position=index + 1,
            external_id=ids[index],
            parent_id=None if parent is None else ids[parent],
            author=draft.author,
            text=draft.text,
            created_at=draft.when.at,
            created_rel=draft.when.words,
            rating=draft.rating,
            edited_at=draft.edited_at,
            likes=draft.likes,
            link=draft.link,
            deleted=draft.deleted,
            hidden=draft.hidden,
        )
        for index, (draft, parent) in enumerate(zip(drafts, parents, strict=True))
    )


def _unique_ids(drafts: Sequence[Draft], warnings: Warnings) -> list[str]:
    given = {draft.id for draft in drafts if draft.id}
    seen: set[str] = set()
    ids = []
    for position, draft in enumerate(drafts, start=1):
        chosen = draft.id
        if chosen in seen:
            warnings.add("duplicate_id", position=position, id=chosen)
            chosen = ""
        if not chosen:
            chosen = _made_up_id(position, draft, given, seen)
        seen.add(chosen)
        ids.append(chosen)
    return ids


def _made_up_id(position: int, draft: Draft, given: set[str], seen: set[str]) -> str:
    """An id that is the same whenever the same file is read again."""
    body = f"{draft.author.name}\0{draft.author.handle}\0{draft.text}".encode("utf-8", "replace")
    made = f"m{position}-{hashlib.sha256(body).hexdigest()[:8]}"
    while made in given or made in seen:
        made += "x"
    return made


def _parents(drafts: Sequence[Draft], ids: list[str], warnings: Warnings) -> list[int | None]:
    by_id: dict[str, int] = {}
    for index, draft in enumerate(drafts):
        by_id.setdefault(draft.id or ids[index], index)
    by_author: dict[str, int] = {}
    parents: list[int | None] = []
    for index, draft in enumerate(drafts):
        parents.append(draft.above if draft.above is not None else _parent(index, draft, by_id, by_author, warnings))
        for shown in (draft.author.name, draft.author.handle):
            if shown:
                by_author[_key(shown)] = index
    return parents


def _parent(
    index: int, draft: Draft, by_id: dict[str, int], by_author: dict[str, int], warnings: Warnings
) -> int | None:
    if not draft.parent:
        return None
    for reference in (draft.parent, draft.parent.removeprefix("t1_")):
        found = by_id.get(reference)
        if found == index:
            warnings.add("cycle", position=index + 1)
            return None
        if found is not None:
            return found
    found = by_author.get(_key(draft.parent))
    # Reddit names the post itself as the parent of a first comment.
    if found is None and not draft.parent.startswith("t3_"):
        warnings.add("orphan", position=index + 1, parent=draft.parent[:60])
    return found


def _key(shown: str) -> str:
    return shown.lstrip("@").casefold()


def _break_cycles(parents: list[int | None], warnings: Warnings) -> list[int | None]:
    """Cut every loop of parents at its first message in the order of the file."""
    done: set[int] = set()
    for start in range(len(parents)):
        path: dict[int, None] = {}
        step: int | None = start
        while step is not None and step not in done and step not in path:
            path[step] = None
            step = parents[step]
        if step is not None and step in path:
            nodes = list(path)
            first = min(nodes[nodes.index(step) :])
            warnings.add("cycle", position=first + 1)
            parents[first] = None
        done.update(path)
    return parents
