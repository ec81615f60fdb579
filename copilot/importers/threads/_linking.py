"""From what a file says of each message to messages: ids, parents, warnings."""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from copilot.domain.conversation import Author, Message
from copilot.domain.imports import Shape, max_depth
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.importers.threads._dates import When
from copilot.importers.threads._places import Places

#: Messages one thread may hold; what follows in the file is left out, and told.
MAX_MESSAGES = 1_000_000

#: Warnings told one by one for each kind; the rest is told as a count.
MAX_TOLD = 20
#: Characters of an id in a warning.
MAX_SHOWN = 60
#: Characters that make an id of what holds no digit.
LONG_ID = 20

#: How some files say that a message answers none.
_NOBODY = frozenset(("0", "-1", "root", "null", "none", "nil", "false", "nan", "n/a", "-"))

#: No parent, and a parent that was not met yet.
_NONE, _LATER = -1, -2


@dataclass(slots=True)
class Draft:
    """One message as the file told it.

    ``parent`` is an id, a handle or a name, as written there; ``above`` is which draft of the file the parent is,
    from 0, when that is what is known. ``called`` is what replies may name it by, beside its id.
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
    called: str = ""


class Warnings:
    """Collects what was dropped or guessed, without drowning the person."""

    def __init__(self) -> None:
        self._told: dict[str, list[Wording]] = defaultdict(list)
        self._counts: dict[str, int] = defaultdict(int)

    def add(self, kind: str, **params: object) -> None:
        """Warn of ``thread.warn.<kind>``, once where nothing more is said of it."""
        if not params and kind in self._counts:
            return
        self._counts[kind] += 1
        if self._counts[kind] > MAX_TOLD:
            return
        key = kind
        if kind == "truncated" and "position" not in params:
            key = "truncated_line" if "line" in params else "truncated_somewhere"
        self._told[kind].append(Wording(f"thread.warn.{key}", params))

    def count(self, *kinds: str) -> int:
        """How often one of ``kinds`` was warned of."""
        return sum(self._counts.get(kind, 0) for kind in kinds)

    def take_back_orphans(self, parents: Collection[str]) -> None:
        """Warn no more of messages whose parent was found elsewhere: ``parents`` has it for each of them."""
        shown = {one[:MAX_SHOWN] for one in parents}
        self._told["orphan"] = [one for one in self._told["orphan"] if one.params.get("parent") not in shown]
        self._counts["orphan"] -= len(parents)

    def result(self) -> tuple[Wording, ...]:
        """What to tell, kind by kind, each cut short and what is left of it counted after it."""
        return tuple(one for kind in self._told for one in self._of(kind))

    def _of(self, kind: str) -> list[Wording]:
        told = self._told[kind]
        rest = self._counts[kind] - len(told)
        return [*told, Wording("thread.warn.more", {"count": rest})] if rest > 0 else told


class Linker:
    """Gives each draft its id and its parent as it comes, and keeps no text.

    A parent that stands later in the file is known at the end only: :meth:`late` tells them.
    """

    def __init__(self, warnings: Warnings) -> None:
        self._warnings = warnings
        self._ids = Places()
        # For each draft, the place of its message: a repetition has that of the first.
        self._places = array("i")
        self._contents = array("q")
        self._parents = array("i")
        self._repeated: dict[str, int] = {}
        self._names = Places()
        self._latest = array("i")
        # Of messages whose parent was not met: their place, what the file calls the parent, a namesake above.
        self._waiting = array("i")
        self._references = Places()
        self._sought = array("i")
        self._namesakes = array("i")
        # What replies call a message beside its id, and what is awaited of other files.
        self._named, self._called_as = array("i"), Places()
        self._orphans, self._awaited, self._awaits = array("i"), array("i"), Places()
        self._owner_replies = self._deleted = self._duplicates = 0
        self._is_owner = bytearray()
        self._is_answered = bytearray()

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, draft: Draft) -> Message | None:
        """The next message, its parent included when it stands above; None for a repetition of one already given."""
        content = hash((draft.author.name, draft.author.handle, draft.text))
        known = self._ids.find(draft.id) if draft.id else None
        if known is not None:
            self._duplicates += 1
            self._warnings.add("duplicate_id", position=len(self) + 1, id=draft.id[:60])
            if self._contents[known] == content:
                self._places.append(known)
                return None
        chosen = draft.id if draft.id and known is None else self._made_up_id(draft)
        place = self._ids.add(chosen)
        self._places.append(place)
        self._contents.append(content)
        if draft.called and self._called_as.add(draft.called) == len(self._named):
            self._named.append(place)
        parent = self._parent(place, draft)
        self._parents.append(parent)
        self._remember(draft.author, place)
        self._is_owner.append(draft.author.is_owner)
        self._is_answered.append(0)
        self._answer(place)
        self._owner_replies += draft.author.is_owner
        self._deleted += draft.deleted
        return _message(place, chosen, self._ids.name(parent) if parent >= 0 else None, draft)

    def late(self) -> Iterator[tuple[int, str | None]]:
        """(position, id of the parent) of the messages whose parent is not what :meth:`add` said.

        It is gone through once, after the last :meth:`add`: what only served to find parents is let go of.
        """
        changed: set[int] = set()
        for place, sought, namesake in zip(self._waiting, self._sought, self._namesakes, strict=True):
            self._parents[place] = self._found_late(place, self._references.name(sought), namesake)
            changed.add(place)
        if changed:
            changed.update(self._break_cycles())
        for place in sorted(changed):
            self._answer(place)
            yield place + 1, self.parent_of(place + 1)
        self._let_go()

    def _let_go(self) -> None:
        """Names and contents of a million messages take as much room as their ids, and storing needs some."""
        self._names, self._references = Places(), Places()
        self._latest, self._contents = array("i"), array("q")
        self._waiting, self._sought, self._namesakes = array("i"), array("i"), array("i")
        self._repeated = {}

    def parent_of(self, position: int) -> str | None:
        """The id of the parent of the message at ``position``; final once :meth:`late` was gone through."""
        parent = self._parents[position - 1]
        return self._ids.name(parent) if parent >= 0 else None

    def is_answered(self, position: int) -> bool:
        """True when a message of the owner is right below the one at ``position``; final as :meth:`parent_of`."""
        return bool(self._is_answered[position - 1]) and not self._is_owner[position - 1]

    def awaited(self) -> Iterator[tuple[int, str]]:
        """(position, id of the parent) of the messages whose parent is in another file, as :meth:`late` found them."""
        for place, sought in zip(self._orphans, self._awaited, strict=True):
            yield place + 1, self._awaits.name(sought)

    def called(self) -> Iterator[tuple[int, str]]:
        """(position, what replies may call it) of the messages that have another name than their id."""
        for number, place in enumerate(self._named):
            yield place + 1, self._called_as.name(number)

    def _answer(self, place: int) -> None:
        if self._is_owner[place] and self._parents[place] >= 0:
            self._is_answered[self._parents[place]] = 1

    def shape(self) -> Shape:
        """What was linked; call it after :meth:`late`."""
        return Shape(
            messages=len(self),
            roots=sum(parent < 0 for parent in self._parents),
            max_depth=max_depth(self._parents),
            owner_replies=self._owner_replies,
            deleted=self._deleted,
            duplicates=self._duplicates,
        )

    def _made_up_id(self, draft: Draft) -> str:
        """An id that is the same whenever the same file is read again, wherever the message then stands.

        Who wrote it and when stay what they are as a text is edited; the text tells apart what shares both.
        """
        author = f"{draft.author.name}\0{draft.author.handle}"
        at = None if draft.when.is_day else draft.when.at
        if at is not None and (author != "\0" or draft.author.is_owner):
            dated = _hashed(f"{author}\0{at.isoformat()}")
            if self._ids.find(dated) is None:
                return dated
        made = chosen = _hashed(f"{author}\0{draft.text}")
        while self._ids.find(chosen) is not None:
            self._repeated[made] = self._repeated.get(made, 1) + 1
            chosen = f"{made}-{self._repeated[made]}"
        return chosen

    def _parent(self, place: int, draft: Draft) -> int:
        if draft.above is not None:
            return self._places[draft.above]
        if not draft.parent:
            return _NONE
        found = self._by_id(draft.parent)
        if found == place:
            self._warnings.add("cycle", position=place + 1)
            return _NONE
        if found is not None:
            return found
        if draft.parent.casefold() in _NOBODY:
            return _NONE
        namesake = self._names.find(_key(draft.parent))
        self._waiting.append(place)
        self._sought.append(self._references.add(draft.parent))
        self._namesakes.append(_NONE if namesake is None else self._latest[namesake])
        return _LATER

    def _by_id(self, reference: str) -> int | None:
        found = self._ids.find(reference)
        if found is None:
            found = self._ids.find(reference.removeprefix("t1_"))
        called = self._called_as.find(reference) if found is None and self._named else None
        return found if called is None else self._named[called]

    def _remember(self, author: Author, place: int) -> None:
        for shown in (author.name, author.handle):
            if shown:
                known = self._names.add(_key(shown))
                if known == len(self._latest):
                    self._latest.append(place)
                else:
                    self._latest[known] = place

    def _found_late(self, place: int, reference: str, namesake: int) -> int:
        found = self._by_id(reference)
        if found == place:
            self._warnings.add("cycle", position=place + 1)
            return _NONE
        if found is not None:
            return found
        # Reddit names the post itself as the parent of a first comment.
        if namesake < 0 and not reference.startswith("t3_"):
            self._warnings.add("orphan", position=place + 1, parent=reference[:MAX_SHOWN])
            if _is_id(reference):
                self._orphans.append(place)
                self._awaited.append(self._awaits.add(reference))
        return namesake

    def _break_cycles(self) -> list[int]:
        """Cut every loop of parents at its first message in the order of the file; the places cut."""
        parents = self._parents
        cut: list[int] = []
        walked = array("i", [0]) * len(parents)
        for start in range(len(parents)):
            place = start
            while place >= 0 and not walked[place]:
                walked[place] = start + 1
                place = parents[place]
            if place >= 0 and walked[place] == start + 1:
                cut.append(self._cut_loop(place))
        return cut

    def _cut_loop(self, inside: int) -> int:
        first, place = inside, self._parents[inside]
        while place != inside:
            first, place = min(first, place), self._parents[place]
        self._warnings.add("cycle", position=first + 1)
        self._parents[first] = _NONE
        return first


def link(drafts: Iterable[Draft], warnings: Warnings) -> tuple[Message, ...]:
    """Messages in the order of the file, with unique ids and parents that exist.

    Raises:
        UserError: ``thread.not_a_thread`` without any message.
    """
    return linked(drafts, Linker(warnings))


def linked(drafts: Iterable[Draft], linker: Linker) -> tuple[Message, ...]:
    """As :func:`link`, with a linker that tells the shape of it afterwards."""
    found = [message for draft in drafts if (message := linker.add(draft)) is not None]
    if not found:
        raise UserError("thread.not_a_thread")
    for position, parent in linker.late():
        found[position - 1] = replace(found[position - 1], parent_id=parent)
    return tuple(replace(one, answered=True) if linker.is_answered(one.position) else one for one in found)


def _hashed(body: str) -> str:
    return f"m-{hashlib.sha256(body.encode('utf-8', 'replace')).hexdigest()[:12]}"


def _message(place: int, chosen: str, parent: str | None, draft: Draft) -> Message:
    return Message(
        id=0,
        thread_id=0,
        position=place + 1,
        external_id=chosen,
        parent_id=parent,
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


def _is_id(reference: str) -> bool:
    """True for what cannot be the name of somebody, which is not kept."""
    is_one = len(reference) >= LONG_ID or any(map(str.isdigit, reference))
    return is_one and not reference.startswith("@") and not any(map(str.isspace, reference))


def _key(shown: str) -> str:
    return shown.lstrip("@").casefold()
